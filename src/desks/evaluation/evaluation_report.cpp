#include "desks/evaluation/evaluation_report.h"

#include <algorithm>

#include "access/day.h"
#include "base/text.h"
#include "desks/performance/audited.h"
#include "desks/performance/publication.h"
#include "desks/rectification/problem_json.h"
#include "policy/pack.h"
#include "writing/official/marks.h"

namespace jiheng::desks {
namespace {

using writing::marked;
using writing::OfficialValues;

const std::string amount_label = "年度预算金额";

/// Who wrote a part of the report, out of the record's revisions: what was written stays his until somebody writes it anew.
struct Writers {
  std::vector<std::string> of_sections;  ///< "" where nothing is written
  std::string of_spread;
};

Writers writers_of(registry::Registry& registry, const Evaluation& evaluation) {
  Writers writers;
  writers.of_sections.resize(evaluation.sections.size());
  std::vector<std::string> before(evaluation.sections.size());
  const auto revisions = registry.history(evaluation_kind, evaluation.id);
  for (auto record = revisions.rbegin(); record != revisions.rend(); ++record) {
    if (record->action == evaluation_action_code(EvaluationAction::explain)) writers.of_spread = record->by;
    if (record->action != evaluation_action_code(EvaluationAction::write)) continue;
    const Evaluation written = evaluation_from_json(record->body);
    for (std::size_t i = 0; i < before.size() && i < written.sections.size(); ++i) {
      if (written.sections[i] != before[i]) writers.of_sections[i] = record->by;
      before[i] = written.sections[i];
    }
  }
  return writers;
}

/// As a record has it.
std::string quoted(std::string_view what, std::string_view text) {
  return writing::marked_lines("quote:" + std::string(what), text);
}

/// The report: each figure stands in the text under a key of its own, and under the same key in an annex: what was scored in the score
/// sheet, beside the names of those who scored, everything else with its source. Words that people wrote say by whom. Whoever sees the
/// report of his unit alone is told no names, as nowhere else.
class Report {
 public:
  Report(registry::Registry& registry, const Problems& problems, const EvaluationView& view, const access::Principal& who)
      : registry_(registry),
        problems_(problems),
        view_(view),
        evaluation_(view.evaluation),
        who_(who),
        names_(who.reach(access::Permission::see_submissions).all) {}

  Result<OfficialMade> make() {
    values_.lists["数据"];
    head();
    results();
    words();
    values_.lists["一级"] = levels();
    values_.lists["指标"];
    for (std::size_t i = 0; i < evaluation_.criteria.size(); ++i) values_.lists["指标"].push_back(criterion(i));
    for (std::size_t i = 0; i < evaluation_.figures.size(); ++i) {
      const SourcedFigure& each = evaluation_.figures[i];
      source("f" + std::to_string(i + 1), each.label, each.value, each.unit, each.source);
    }
    values_.lists["底稿"];
    for (std::size_t i = 0; i < evaluation_.notes.size(); ++i) values_.lists["底稿"].push_back(note(i));
    values_.lists["问题"] = problems();
    return make_official(registry_, "evaluation_report", std::move(values_),
                         view_.unit_name + std::to_string(evaluation_.year) + "年" + evaluation_.project + form_name() + "报告");
  }

 private:
  /// A row of the annex.
  void source(const std::string& key, const std::string& label, const std::string& value, const std::string& unit,
              const std::string& from) {
    values_.lists["数据"].push_back(
        {{}, {}, {{"名称", label}, {"数值", value.empty() ? "" : marked("source:" + key, value)}, {"单位名", unit}, {"来源", from}}});
  }
  /// As the text has it.
  std::string figure(const std::string& key, const std::string& label, const std::string& value, const std::string& unit,
                     const std::string& from) {
    if (value.empty()) return {};
    source(key, label, value, unit, from);
    return marked("figure:" + key, value);
  }
  std::string form_name() const { return std::string(evaluation_form_name(evaluation_.form)); }
  /// "（张三）"; nothing where no name is told.
  std::string by(const std::string& name) const { return names_ && !name.empty() ? "（" + name + "）" : std::string(); }

  void head() {
    const policy::Pack& pack = pack_for(Text(evaluation_.pack), {});
    const std::string planned = form_name() + "立项登记" + by(name_of(evaluation_.made_by));
    Decimal full;
    for (const policy::Criterion& each : evaluation_.criteria) full += each.points;
    std::vector<std::string> group;
    group.reserve(evaluation_.evaluators.size());
    for (const Assigned& each : evaluation_.evaluators) group.push_back(each.name);
    auto& to = values_.marked;
    to["年度"] = figure("year", "评价年度", std::to_string(evaluation_.year), "年", planned);
    to["日期"] = figure("day", "报告日期", chinese_day(access::local_day(registry_.now())), "", "生成报告的日期");
    to["机关"] = quoted("bureau", bureau_name(*registry_.store().read(), registry_.tenant()));
    to["项目"] = quoted("project", evaluation_.project);
    to["单位"] = quoted("unit", view_.unit_name);
    to["金额"] = amount(planned);
    to["确定方式"] = evaluation_.reason.empty() ? (evaluation_.draw ? "公开抽取。" : "绩效股确定。")
                                                : quoted("reason", evaluation_.reason + by(name_of(evaluation_.made_by)));
    to["口径"] = quoted("pack", pack.title + "（" + pack.id() + "，" + pack.basis + "）");
    to["指标数"] = figure("criteria", "评价指标", std::to_string(evaluation_.criteria.size()), "条", "评分表列出的评价指标");
    to["指标满分"] = figure("full", "评价指标满分", full.plain(), "分", "评分表各条指标的分值之和");
    to["评分人数"] = figure("scorers", "评分人数", std::to_string(evaluation_.scores.size()), "人", "交了评分表的人数");
    to["评价组"] = quoted("group", joined(group, "、"));
    values_.texts["形式"] = form_name();
    values_.texts["稿"] = evaluation_.result ? "" : "（征求意见稿）";
  }

  /// What was filed is quoted from the filed table where somebody has gathered its figures.
  std::string amount(const std::string& planned) {
    const std::string value = evaluation_.amount.value_or("");
    for (std::size_t i = 0; i < evaluation_.figures.size(); ++i) {
      if (evaluation_.figures[i].label == amount_label && evaluation_.figures[i].value == value)
        return marked("figure:f" + std::to_string(i + 1), value);
    }
    return figure("amount", amount_label, value, "万元", planned + "，报送了绩效目标表的取自目标表");
  }

  void results() {
    const bool is_scored = !evaluation_.scores.empty();
    const bool key = evaluation_.form == EvaluationForm::key;
    const auto points = [&](const char* code, const char* label, const Decimal& value, const char* from) {
      return is_scored ? figure(code, label, value.plain(), "分", from) : std::string();
    };
    auto& to = values_.marked;
    values_.texts["有评分"] = is_scored ? "是" : "";
    to["最高"] = points("most", "各人总分最高", view_.scored.most, "评分表：各人总分中最高的");
    to["最低"] = points("least", "各人总分最低", view_.scored.least, "评分表：各人总分中最低的");
    to["相差"] = points("spread", "各人总分相差", view_.scored.spread, "各人总分最高减最低");
    to["总分"] = points("total", "综合得分", view_.scored.total, "评分表：各人总分的平均");
    to["产出效益"] = key ? points("results", "产出和效益得分", view_.scored.results, "评分表：产出、效益各指标得分之和的平均") : "";
    to["结论"] = evaluation_.result ? figure("grade", "评价结论", evaluation_.result->grade, "",
                                             "按政策口径的等级由综合得分得出，定稿" + by(name_of(evaluation_.result->by)))
                                    : "";
  }

  void words() {
    const Writers writers = writers_of(registry_, evaluation_);
    const auto& sections = evaluation_sections();
    std::string told;
    const auto tell = [&](const std::string& part, const std::string& name) {
      if (const std::string named = by(name); !named.empty()) told += (told.empty() ? "" : "、") + part + named;
    };
    for (std::size_t i = 0; i < sections.size(); ++i) {
      const std::string text = i < evaluation_.sections.size() ? evaluation_.sections[i] : "";
      values_.marked[sections[i]] = quoted("words", text);
      if (!text.empty()) tell(sections[i], writers.of_sections[i]);
    }
    values_.marked["分歧说明"] = quoted("words", evaluation_.spread_why);
    if (!evaluation_.spread_why.empty()) tell("分歧说明", writers.of_spread);
    values_.marked["撰写人"] = quoted("writers", told);
  }

  static std::string key_of(std::size_t criterion) { return "c" + std::to_string(criterion + 1); }
  std::string mean_of(std::size_t at) const { return at < view_.scored.means.size() ? view_.scored.means[at].plain() : std::string(); }

  /// Why points were taken, by whoever took them.
  std::string reasons(std::size_t at) const {
    std::vector<std::pair<std::string, std::vector<std::string>>> reasons;
    for (const ScoreSheet& each : evaluation_.scores) {
      const std::string reason(trim(each.reasons[at]));
      if (reason.empty()) continue;
      auto found = std::find_if(reasons.begin(), reasons.end(), [&](const auto& one) { return one.first == reason; });
      if (found == reasons.end()) found = reasons.insert(reasons.end(), {reason, {}});
      if (!each.name.empty()) found->second.push_back(each.name);
    }
    std::vector<std::string> told;
    told.reserve(reasons.size());
    for (const auto& [reason, names] : reasons) told.push_back(reason + by(joined(names, "、")));
    return quoted("reason", joined(told, "；"));
  }

  std::vector<OfficialValues> levels() {
    std::vector<OfficialValues> levels;
    for (std::size_t first = 0; first < evaluation_.criteria.size();) {
      const std::string& name = evaluation_.criteria[first].level1;
      OfficialValues level;
      level.lists["扣分"];
      Decimal full;
      Decimal got;
      std::size_t at = first;
      for (; at < evaluation_.criteria.size() && evaluation_.criteria[at].level1 == name; ++at) {
        const policy::Criterion& each = evaluation_.criteria[at];
        full += each.points;
        if (at >= view_.scored.means.size()) continue;
        got += view_.scored.means[at];
        if (view_.scored.means[at] >= each.points) continue;
        level.lists["扣分"].push_back({{},
                                       {},
                                       {{"指标", quoted("criterion", each.level3)},
                                        {"分值", marked("figure:" + key_of(at) + ".full", each.points.plain())},
                                        {"得分", marked("figure:" + key_of(at) + ".mean", mean_of(at))},
                                        {"理由", reasons(at)}}});
      }
      const std::string key = "l" + std::to_string(levels.size() + 1);
      level.marked["名称"] = quoted("level", name);
      level.marked["满分"] = figure(key + ".full", name + "满分", full.plain(), "分", "评分表：这一级各条指标的分值之和");
      level.marked["得分"] = evaluation_.scores.empty()
                                 ? "　"
                                 : figure(key + ".mean", name + "平均得分", got.plain(), "分", "评分表：这一级各条指标的平均得分之和");
      levels.push_back(std::move(level));
      first = at;
    }
    return levels;
  }

  /// A row of the score sheet: whence the text has its points, and who gave them.
  OfficialValues criterion(std::size_t at) const {
    const policy::Criterion& each = evaluation_.criteria[at];
    const std::string mean = mean_of(at);
    std::string points;
    for (std::size_t i = 0; i < evaluation_.scores.size(); ++i) {
      const ScoreSheet& sheet = evaluation_.scores[i];
      if (i > 0) points += "、";
      if (names_) points += quoted("scorer", sheet.name) + "：";
      points += marked("source:" + key_of(at) + ".s" + std::to_string(i + 1), sheet.points[at]);
    }
    return {{},
            {},
            {{"一级", quoted("level", each.level1)},
             {"二级", quoted("level", each.level2)},
             {"三级", quoted("level", each.level3)},
             {"分值", marked("source:" + key_of(at) + ".full", each.points.plain())},
             {"得分", mean.empty() ? "" : marked("source:" + key_of(at) + ".mean", mean)},
             {"各人得分", points}}};
  }

  OfficialValues note(std::size_t at) const {
    const WorkingNote& note = evaluation_.notes[at];
    std::vector<std::string> files;
    for (const int number : note.evidence) {
      for (const BroughtFile& each : evaluation_.evidence) {
        if (each.number == number) files.push_back(each.name);
      }
    }
    const std::string criterion = note.criterion ? evaluation_.criteria[static_cast<std::size_t>(*note.criterion)].level3 : "";
    return {{{"序号", std::to_string(at + 1)}},
            {},
            {{"指标", quoted("criterion", criterion)},
             {"内容", quoted("note", note.text)},
             {"材料", quoted("files", joined(files, "；"))},
             {"记录人", quoted("person", name_of(note.by))},
             {"日期", quoted("note-day", local_day_of(note.at))}}};
  }

  /// As their records have them, whose numbers stand beside.
  std::vector<OfficialValues> problems() const {
    std::vector<OfficialValues> rows;
    for (const std::string& id : evaluation_.problems) {
      const auto view = problems_.open(id, who_);
      if (!view || view->problem.state == ProblemState::voided) continue;
      const Problem& problem = view->problem;
      rows.push_back({{{"序号", std::to_string(rows.size() + 1)}, {"状态", std::string(problem_state_name(problem.state))}},
                      {},
                      {{"编号", quoted("problem", problem.number)},
                       {"内容", quoted("problem", problem.text)},
                       {"要求", quoted("problem", problem.action)},
                       {"期限", quoted("problem", problem.due)}}});
    }
    return rows;
  }

  registry::Registry& registry_;
  const Problems& problems_;
  const EvaluationView& view_;
  const Evaluation& evaluation_;
  const access::Principal& who_;
  const bool names_;
  OfficialValues values_;
};

}  // namespace

Result<OfficialMade> evaluation_report(registry::Registry& registry, const Evaluations& evaluations, const Problems& problems,
                                       std::string_view id, const access::Principal& who) {
  const auto view = evaluations.open(id, who);
  if (!view) return view.error();
  return Report(registry, problems, *view, who).make();
}

}  // namespace jiheng::desks
