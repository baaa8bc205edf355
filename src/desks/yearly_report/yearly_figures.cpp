#include "desks/yearly_report/yearly_figures.h"

#include <algorithm>
#include <optional>
#include <set>

#include "auditing/rules.h"
#include "base/text.h"
#include "desks/follow_up/alarms.h"
#include "scoring/light.h"

namespace jiheng::desks {
namespace {

using Measure = policy::ResultRule::Measure;

constexpr std::size_t most_earlier = 4;
constexpr std::size_t most_bars = 12;
constexpr const char* this_colour = "2F6DA8";
constexpr const char* last_colour = "B7C9DB";

/// A figure of one year: nothing, or its value with how many records it was counted from.
struct Counted {
  std::optional<Decimal> value;
  int records = 0;
};

Counted counted(int value, int records) {
  return {Decimal(value), records};
}

/// part ÷ whole in per cent.
std::optional<Decimal> percent(const Decimal& part, const Decimal& whole) {
  if (whole.is_zero()) return std::nullopt;
  return Decimal::share(Decimal(100), part, whole, 2);
}

std::optional<Decimal> mean(const Decimal& sum, int count) {
  if (count == 0) return std::nullopt;
  return Decimal::quotient(sum, Decimal(count), 2);
}

std::string rule_title(const std::string& rule) {
  for (const auditing::Card* card : auditing::cards()) {
    if (card->id == rule) return std::string(card->title);
  }
  return rule;
}

std::string severity_word(const std::string& severity) {
  return severity == "error" ? "错误" : severity == "warning" ? "警告" : "提示";
}

/// What a figure's key calls it: a key stands in a content control's name, which has 64 characters.
std::string short_name(const std::string& name, std::size_t before) {
  return name.empty() || length_utf8(name) > 24 ? "n" + std::to_string(before + 1) : name;
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string months_of(int month) {
  return month <= 1 ? std::string("1月") : "1-" + std::to_string(month) + "月";
}

/// Puts the figures of both years side by side.
class Making {
 public:
  Making(const YearCounts& now, const std::vector<YearCounts>& earlier) : now_(now), earlier_(earlier) {
    out_.year = now.year;
    if (!earlier.empty() && earlier.front().year == now.year - 1) last_ = &earlier.front();
    out_.has_last = last_ != nullptr;
  }

  YearlyFigures make() {
    coverage();
    audit();
    monitoring();
    self_evaluation();
    rechecks();
    evaluations();
    problems();
    money();
    if (earlier_.size() > 1 || (earlier_.size() == 1 && last_ == nullptr)) history();
    return std::move(out_);
  }

 private:
  void chapter(const char* code, const char* title, bool any) {
    chapter_ = code;
    out_.chapters.push_back({code, title, any});
  }

  /// `get`: of a year's part → Counted.
  template <class Part, class Get>
  void add(std::string key, std::string label, std::string unit, std::string rule, std::optional<Part> YearCounts::* part, const Get& get) {
    YearlyFigure figure;
    figure.key = std::move(key);
    figure.chapter = chapter_;
    figure.label = std::move(label);
    figure.unit = std::move(unit);
    figure.rule = std::move(rule);
    std::optional<Decimal> value;
    std::optional<Decimal> last;
    if (now_.*part) {
      const Counted found = get(*(now_.*part));
      value = found.value;
      figure.counted = found.records;
    }
    if (last_ != nullptr && last_->*part) {
      const Counted found = get(*(last_->*part));
      last = found.value;
      figure.last_counted = found.records;
    }
    if (value) figure.value = value->plain();
    if (last) figure.last = last->plain();
    if (value && last) figure.change = (*value - *last).plain();
    out_.figures.push_back(std::move(figure));
  }

  /// Of the figure just added.
  void may_be_below_zero() { out_.figures.back().below_zero = true; }

  void coverage() {
    chapter("coverage", "绩效目标管理", now_.coverage.has_value());
    const auto of = [this](const char* key, const char* label, const char* unit, const char* rule, const auto& get) {
      add(std::string("coverage.") + key, label, unit, rule, &YearCounts::coverage, get);
    };
    using Part = CoverageCounts;
    of("due", "应报单位", "家", "申报年度中应当报送绩效目标的单位，免报单位不算",
       [](const Part& each) { return Counted{each.due ? std::optional(Decimal(*each.due)) : std::nullopt, each.due.value_or(0)}; });
    of("filed", "已报单位", "家", "应报单位中提交过绩效目标的，填写中的不算，调整中的算；没有开启申报的年度，按所有单位算",
       [](const Part& each) { return counted(each.filed, each.filed); });
    of("approved", "已批复单位", "家", "应报单位中绩效目标已批复的，正在调整的仍算；没有开启申报的年度，按所有单位算",
       [](const Part& each) { return counted(each.approved, each.approved); });
    of("strangers", "未对上单位的申报", "份", "已提交、还没有对上单位的申报，不算在已报单位和已批复单位里",
       [](const Part& each) { return counted(each.strangers, each.strangers); });
    of("approved_rate", "批复率", "%", "已批复单位÷应报单位", [](const Part& each) {
      return Counted{each.due ? percent(Decimal(each.approved), Decimal(*each.due)) : std::nullopt, each.due.value_or(0)};
    });
    of("tables", "批复的目标表", "张", "已批复的部门整体支出和项目支出绩效目标表，正在调整的按调整前",
       [](const Part& each) { return counted(each.overall + each.projects, each.overall + each.projects); });
    of("overall", "部门整体支出目标表", "张", "已批复的部门整体支出绩效目标表",
       [](const Part& each) { return counted(each.overall, each.overall); });
    of("projects", "项目支出目标表", "张", "已批复的项目支出绩效目标表",
       [](const Part& each) { return counted(each.projects, each.projects); });
    of("overall_amount", "部门整体支出金额", "万元", "已批复的部门整体支出目标表上的预算总额之和，大得不合理的不算",
       [](const Part& each) { return Counted{each.overall_amount, each.overall}; });
    of("project_amount", "项目支出金额", "万元", "已批复的项目支出目标表上的预算金额之和，大得不合理的不算",
       [](const Part& each) { return Counted{each.project_amount, each.projects}; });
    of("lines", "预算项目", "个", "预算批复台账中本年度的预算项目", [](const Part& each) { return counted(each.lines, each.lines); });
    of("lines_amount", "预算项目金额", "万元", "预算批复台账的金额之和，有调整的按调整后",
       [](const Part& each) { return Counted{each.lines_amount, each.lines}; });
    of("covered", "有目标的预算项目", "个",
       "台账中的预算项目，同一单位有同名的已批复项目支出目标表；项目或申报没有对上单位的，只看项目名称",
       [](const Part& each) { return counted(each.covered, each.lines); });
    of("covered_amount", "有目标的预算项目金额", "万元", "有目标的预算项目的金额之和",
       [](const Part& each) { return Counted{each.covered_amount, each.lines}; });
    of("covered_rate", "目标覆盖率", "%", "有目标的预算项目金额÷预算项目金额",
       [](const Part& each) { return Counted{percent(each.covered_amount, each.lines_amount), each.lines}; });
    chart("coverage", "绩效目标申报和批复", "家", false,
          {{"应报单位", "coverage.due"}, {"已报单位", "coverage.filed"}, {"已批复单位", "coverage.approved"}});
  }

  void audit() {
    chapter("audit", "绩效目标审核", now_.audit.has_value());
    const auto of = [this](std::string key, std::string label, const char* unit, std::string rule, const auto& get) {
      add("audit." + std::move(key), std::move(label), unit, std::move(rule), &YearCounts::audit, get);
    };
    using Part = AuditCounts;
    of("filings", "审核的申报", "份", "本年度的绩效目标申报", [](const Part& each) { return counted(each.filings, each.filings); });
    of("findings", "审核发现", "条", "现行各份申报上的错误、警告和提示之和",
       [](const Part& each) { return counted(each.findings[0] + each.findings[1] + each.findings[2], each.filings); });
    constexpr std::array<std::array<const char*, 2>, 3> severities{{{"error", "错误"}, {"warning", "警告"}, {"hint", "提示"}}};
    for (std::size_t i = 0; i < severities.size(); ++i)
      of(severities[i][0], std::string("审核发现的") + severities[i][1], "条", std::string("现行各份申报上的") + severities[i][1],
         [i](const Part& each) { return counted(each.findings[i], each.filings); });
    of("waived", "豁免的错误", "条", "审核人写明理由豁免的错误", [](const Part& each) { return counted(each.waived, each.filings); });
    of("rounds", "报送次数", "次", "各份申报提交的次数之和", [](const Part& each) { return counted(each.rounds, each.filings); });
    of("returned", "退回过的申报", "份", "日志中至少退回过一次的申报",
       [](const Part& each) { return counted(each.returned, each.filings); });
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string name(auditing::grade_name(static_cast<auditing::Grade>(i)));
      of("grade." + name, "审核等级为" + name + "的申报", "份", "以最差的一张表为准的审核等级",
         [i](const Part& each) { return counted(each.grades[i], each.filings); });
    }
    if (now_.audit) {
      for (const RuleFigures& rule : now_.audit->rules) {
        const std::string key = rule.rule + "." + rule.severity;
        const std::string label = rule_title(rule.rule) + "（" + severity_word(rule.severity) + "）";
        const auto found = [rule](const Part& each, bool units) {
          const auto same = std::find_if(each.rules.begin(), each.rules.end(),
                                         [&](const RuleFigures& one) { return one.rule == rule.rule && one.severity == rule.severity; });
          const int value = same == each.rules.end() ? 0 : units ? same->units : same->findings;
          return counted(value, each.filings);
        };
        // Without the chapter's name: a content control's name has 64 characters.
        add("rule." + key + ".units", label + "涉及的申报", "份", "现行版本上有这条审核发现的申报", &YearCounts::audit,
            [found](const Part& each) { return found(each, true); });
        add("rule." + key + ".findings", label + "的条数", "条", "现行各份申报上的这条审核发现", &YearCounts::audit,
            [found](const Part& each) { return found(each, false); });
        out_.rules.push_back("rule." + key);
      }
    }
    Bars bars;
    for (std::size_t i = 0; i < out_.rules.size() && i < most_bars; ++i) {
      const std::string key = out_.rules[i] + ".units";
      std::string name = out_.find(key)->label;
      bars.push_back({name.substr(0, name.rfind("涉及的申报")), key});
    }
    chart("rules", "审核发现涉及的申报", "份", true, bars);
  }

  void monitoring() {
    chapter("monitoring", "绩效运行监控", now_.monitoring.has_value());
    using Rounds = std::vector<LightCounts>;
    const auto of = [this](std::string key, std::string label, const char* unit, const char* rule, const auto& get) {
      add("monitoring." + std::move(key), std::move(label), unit, rule, &YearCounts::monitoring, get);
    };
    of("rounds", "监控轮次", "轮", "本年度开启的绩效运行监控",
       [](const Rounds& each) { return counted(static_cast<int>(each.size()), static_cast<int>(each.size())); });
    Bars bars;
    for (const LightCounts& round : now_.monitoring.value_or(Rounds())) {
      const std::string number = two_digits(round.month);
      const std::string name = months_of(round.month);
      const auto get = [month = round.month](const auto& pick) {
        return [month, pick](const Rounds& rounds) {
          for (const LightCounts& each : rounds) {
            if (each.month == month) return counted(pick(each), each.tables);
          }
          return Counted{};
        };
      };
      of(number + ".forms", name + "发出的监控表", "份", "这一轮发到单位的监控表", get([](const LightCounts& each) { return each.forms; }));
      of(number + ".filed", name + "已报的监控表", "份", "单位负责人签字报送的监控表",
         get([](const LightCounts& each) { return each.filed; }));
      of(number + ".tables", name + "监控的目标表", "张", "已报监控表里的绩效目标表",
         get([](const LightCounts& each) { return each.tables; }));
      for (const auto light :
           {scoring::Light::green, scoring::Light::blue, scoring::Light::yellow, scoring::Light::red, scoring::Light::none})
        of(number + "." + std::string(scoring::light_code(light)), name + std::string(scoring::light_name(light)), "张",
           "已报的目标表，以表中最差的灯为准",
           get([light](const LightCounts& each) { return each.lights[static_cast<std::size_t>(light)]; }));
      out_.rounds.push_back("monitoring." + number);
    }
    if (!out_.rounds.empty()) {
      const std::string& key = out_.rounds.back();
      for (const char* light : {"green", "blue", "yellow", "red"}) bars.push_back({out_.find(key + "." + light)->label, key + "." + light});
    }
    chart("lights", "最近一轮监控的灯色", "张", false, bars);
    using Part = AlarmCounts;
    const auto alarm = [this](const char* key, std::string label, const char* rule, const auto& get) {
      add(std::string("alarms.") + key, std::move(label), "个", rule, &YearCounts::alarms, get);
    };
    alarm("raised", "红灯预警", "监控中亮红灯而发出的预警，撤回的不算", [](const Part& each) { return counted(each.raised, each.raised); });
    alarm("answered", "已答复的预警", "单位已答复的预警", [](const Part& each) { return counted(each.answered, each.raised); });
    alarm("closed", "已办结的预警", "绩效股核查办结的预警", [](const Part& each) { return counted(each.closed, each.raised); });
    alarm("overdue", "逾期未答复的预警", "过了答复期限还没有答复的预警",
          [](const Part& each) { return counted(each.overdue, each.raised); });
    for (const auto choice : {AlarmChoice::go_on, AlarmChoice::shift, AlarmChoice::cancel})
      alarm(alarm_choice_code(choice).data(), "预警处理为" + std::string(alarm_choice_name(choice)), "单位答复中选择的处理办法",
            [choice](const Part& each) { return counted(each.choices[static_cast<std::size_t>(choice)], each.raised); });
  }

  void self_evaluation() {
    chapter("self", "绩效自评", now_.self_evaluation.has_value());
    using Part = SelfEvaluationCounts;
    const auto of = [this](std::string key, std::string label, const char* unit, std::string rule, const auto& get) {
      add("self." + std::move(key), std::move(label), unit, std::move(rule), &YearCounts::self_evaluation, get);
    };
    of("laid", "应自评单位", "家", "发出的自评表份数", [](const Part& each) { return counted(each.laid, each.laid); });
    of("filed", "已自评单位", "家", "单位负责人签字报送的自评", [](const Part& each) { return counted(each.filed, each.laid); });
    of("accepted", "自评已审核单位", "家", "绩效股审核通过的自评", [](const Part& each) { return counted(each.accepted, each.laid); });
    of("tables", "自评的目标表", "张", "已报自评里打了分的绩效目标表", [](const Part& each) { return counted(each.tables, each.tables); });
    of("mean", "自评平均分", "分", "单位自评总分的简单平均",
       [](const Part& each) { return Counted{mean(each.points, each.tables), each.tables}; });
    std::vector<std::string> names;
    for (const YearCounts* year : {&now_, last_}) {
      if (year == nullptr || !year->self_evaluation) continue;
      for (const auto& [name, count] : year->self_evaluation->grades) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
    for (const std::string& name : names)
      of("grade." + name, "自评等级为" + name + "的目标表", "张", "按政策口径由自评总分得出的等级", [name](const Part& each) {
        const auto found = std::find_if(each.grades.begin(), each.grades.end(), [&](const auto& one) { return one.first == name; });
        return counted(found == each.grades.end() ? 0 : found->second, each.tables);
      });
    departments(of);
    kinds(of);
  }

  template <class Of>
  void departments(const Of& of) {
    if (!now_.self_evaluation) return;
    Bars bars;
    std::set<std::string> named;
    for (const auto& department : now_.self_evaluation->departments) {
      const std::string code = short_name(department.code, out_.departments.size());
      const std::string name = named.insert(department.name).second ? department.name : department.name + "（" + code + "）";
      const auto same = [department](const SelfEvaluationCounts& each) {
        const auto found = std::find_if(each.departments.begin(), each.departments.end(), [&](const auto& one) {
          return one.code == department.code && (!one.code.empty() || one.name == department.name);
        });
        return found == each.departments.end() ? SelfEvaluationCounts::Department() : *found;
      };
      const std::string key = "department." + code;
      of(key + ".tables", name + "自评的目标表", "张", "部门和所属单位打了分的绩效目标表", [same](const SelfEvaluationCounts& each) {
        const auto found = same(each);
        return found.tables == 0 ? Counted{} : counted(found.tables, found.tables);
      });
      of(key + ".mean", name + "自评平均分", "分", "部门和所属单位自评总分的简单平均", [same](const SelfEvaluationCounts& each) {
        const auto found = same(each);
        return Counted{mean(found.points, found.tables), found.tables};
      });
      out_.departments.push_back("self." + key);
      bars.push_back({name, "self." + key + ".mean"});
    }
    // Of many the lowest are what is to be looked at.
    if (bars.size() > most_bars) bars.erase(bars.begin(), bars.end() - most_bars);
    const bool some = bars.size() < out_.departments.size();
    chart("departments", some ? "自评平均分最低的部门" : "各部门自评平均分", "分", true, bars);
  }

  template <class Of>
  void kinds(const Of& of) {
    if (!now_.self_evaluation) return;
    Bars bars;
    for (const auto& kind : now_.self_evaluation->kinds) {
      std::string name = kind.level2;
      const bool twice =
          std::any_of(out_.kinds.begin(), out_.kinds.end(), [&](const std::string& each) { return each == "self.kind." + name; });
      if (twice) name.insert(0, kind.level1 + "·");
      const auto same = [kind](const SelfEvaluationCounts& each) {
        const auto found = std::find_if(each.kinds.begin(), each.kinds.end(),
                                        [&](const auto& one) { return one.level1 == kind.level1 && one.level2 == kind.level2; });
        return found == each.kinds.end() ? SelfEvaluationCounts::Kind() : *found;
      };
      const std::string key = "kind." + short_name(name, out_.kinds.size());
      of(key + ".indicators", name + "的个数", "个", "已报自评里打了分的这类指标", [same](const SelfEvaluationCounts& each) {
        const auto found = same(each);
        return found.indicators == 0 ? Counted{} : counted(found.indicators, found.indicators);
      });
      of(key + ".met", name + "完成的个数", "个", "打了分的这类指标中达到目标值的", [same](const SelfEvaluationCounts& each) {
        const auto found = same(each);
        return found.indicators == 0 ? Counted{} : counted(found.met, found.indicators);
      });
      of(key + ".rate", name + "得分率", "%", "这类指标自评得分之和÷分值之和", [same](const SelfEvaluationCounts& each) {
        const auto found = same(each);
        return Counted{percent(found.points, found.weight), found.indicators};
      });
      out_.kinds.push_back("self." + key);
      bars.push_back({name, "self." + key + ".rate"});
    }
    chart("kinds", "各类指标得分率", "%", true, bars);
  }

  void rechecks() {
    chapter("rechecks", "自评复核", now_.rechecks.has_value());
    using Part = RecheckCounts;
    const auto of = [this](const char* key, const char* label, const char* unit, const char* rule, const auto& get) {
      add(std::string("rechecks.") + key, label, unit, rule, &YearCounts::rechecks, get);
    };
    of("units", "复核的单位", "家", "绩效股复核了得分的自评", [](const Part& each) { return counted(each.units, each.units); });
    of("tables", "复核的目标表", "张", "有复核得分的绩效目标表", [](const Part& each) { return counted(each.tables, each.tables); });
    of("lower", "复核核减的目标表", "张", "复核总分低于自评总分的表", [](const Part& each) { return counted(each.lower, each.tables); });
    of("higher", "复核核增的目标表", "张", "复核总分高于自评总分的表", [](const Part& each) { return counted(each.higher, each.tables); });
    of("regraded", "复核后等级变化的目标表", "张", "复核等级与自评等级不同的表",
       [](const Part& each) { return counted(each.regraded, each.tables); });
    of("difference", "复核平均差异", "分", "复核总分减自评总分的简单平均，负数是核减",
       [](const Part& each) { return Counted{mean(each.difference, each.tables), each.tables}; });
    may_be_below_zero();
    of("largest", "复核最大差异", "分", "单张表复核总分与自评总分相差最多的分数",
       [](const Part& each) { return Counted{each.largest, each.tables}; });
  }

  void evaluations() {
    chapter("evaluation", "绩效评价", now_.evaluations.has_value());
    using Part = EvaluationCounts;
    const auto of = [this](std::string key, std::string label, const char* unit, const char* rule, const auto& get) {
      add("evaluation." + std::move(key), std::move(label), unit, rule, &YearCounts::evaluations, get);
    };
    of("key", "完成的重点评价", "项", "已定稿的重点评价", [](const Part& each) { return counted(each.key, each.key); });
    of("amount", "重点评价金额", "万元", "已定稿的重点评价项目的金额之和", [](const Part& each) { return Counted{each.amount, each.key}; });
    of("mean", "重点评价平均分", "分", "已定稿的重点评价总分的简单平均",
       [](const Part& each) { return Counted{mean(each.points, each.key), each.key}; });
    of("ex_ante", "完成的事前评估", "项", "已定稿的事前绩效评估", [](const Part& each) { return counted(each.ex_ante, each.ex_ante); });
    of("others", "进行中的评价", "项", "拟评价和评分中的评价、评估", [](const Part& each) { return counted(each.others, each.others); });
    const auto each_name = [&](std::map<std::string, int> Part::* names, const char* prefix, const char* head, const char* rule) {
      std::set<std::string> all;
      for (const YearCounts* year : {&now_, last_}) {
        if (year == nullptr || !year->evaluations) continue;
        for (const auto& [name, count] : (*year->evaluations).*names) all.insert(name);
      }
      for (const std::string& name : all)
        of(prefix + name, head + name + "的项目", "项", rule, [names, name](const Part& each) {
          const auto found = (each.*names).find(name);
          return counted(found == (each.*names).end() ? 0 : found->second, each.key + each.ex_ante);
        });
    };
    each_name(&Part::grades, "grade.", "重点评价等级为", "已定稿的重点评价的等级");
    each_name(&Part::conclusions, "conclusion.", "事前评估结论为", "已定稿的事前绩效评估的结论");
  }

  void problems() {
    chapter("problems", "问题整改", now_.problems.has_value());
    using Part = ProblemCounts;
    const auto of = [this](std::string key, std::string label, const char* unit, const char* rule, const auto& get) {
      add("problems." + std::move(key), std::move(label), unit, rule, &YearCounts::problems, get);
    };
    of("raised", "提出的问题", "个", "本年度的问题，撤销的不算", [](const Part& each) { return counted(each.raised, each.raised); });
    of("closed", "已销号的问题", "个", "已销号的问题", [](const Part& each) { return counted(each.closed, each.raised); });
    of("closed_rate", "问题销号率", "%", "已销号的问题÷提出的问题",
       [](const Part& each) { return Counted{percent(Decimal(each.closed), Decimal(each.raised)), each.raised}; });
    of("overdue", "逾期未整改的问题", "个", "过了整改期限还没有回复的问题",
       [](const Part& each) { return counted(each.overdue, each.raised); });
    of("recurred", "屡查屡犯的问题", "个", "同一单位同一类问题在政策口径规定的年限内再次发生的",
       [](const Part& each) { return counted(each.recurred, each.raised); });
    of("extended", "延期整改的问题", "个", "批准过延期的问题", [](const Part& each) { return counted(each.extended, each.raised); });
    of("amount", "问题涉及金额", "万元", "问题登记的金额之和", [](const Part& each) { return Counted{each.amount, each.raised}; });
    Bars bars;
    for (std::size_t i = 0; i < 6; ++i) {
      const auto source = static_cast<ProblemSource>(i);
      const std::string key = "source." + std::string(problem_source_code(source));
      of(key, std::string(problem_source_name(source)) + "发现的问题", "个", "按发现的来源",
         [i](const Part& each) { return counted(each.sources[i], each.raised); });
      out_.sources.push_back("problems." + key);
    }
    for (const auto& [name, key] : Bars{{"提出的问题", "problems.raised"},
                                        {"已销号的问题", "problems.closed"},
                                        {"逾期未整改的问题", "problems.overdue"},
                                        {"屡查屡犯的问题", "problems.recurred"}})
      bars.push_back({name, key});
    if (now_.problems) chart("problems", "问题整改", "个", false, bars);
  }

  void money() {
    chapter("money", "结果应用", now_.money.has_value());
    using Part = MoneyCounts;
    const auto of = [this](std::string key, std::string label, const char* unit, const char* rule, const auto& get) {
      add("money." + std::move(key), std::move(label), unit, rule, &YearCounts::money, get);
    };
    of("projects", "纳入结果应用的项目", "个", "有评价结果，或自评已审核的项目",
       [](const Part& each) { return counted(each.projects, each.projects); });
    of("amount", "纳入结果应用的金额", "万元", "这些项目的本年金额之和",
       [](const Part& each) { return Counted{each.amount, each.projects}; });
    of("suggested", "按口径建议变动的金额", "万元", "按政策口径对各等级的规定算出的下年变动之和，负数是减少",
       [](const Part& each) { return Counted{each.suggested, each.projects}; });
    may_be_below_zero();
    of("decided", "已决定变动的金额", "万元", "已作决定的项目的下年变动之和，负数是减少",
       [](const Part& each) { return Counted{each.decided, each.projects}; });
    may_be_below_zero();
    of("undecided", "尚未决定的项目", "个", "还没有作决定的项目", [](const Part& each) { return counted(each.undecided, each.projects); });
    Bars bars;
    for (std::size_t i = 0; i < std::tuple_size_v<decltype(Part::measures)>; ++i) {
      const std::string key(policy::measure_code(static_cast<Measure>(i)));
      const std::string name = "决定" + std::string(policy::measure_name(static_cast<Measure>(i)));
      of(key + ".projects", name + "的项目", "个", "按决定的办法",
         [i](const Part& each) { return counted(each.measures[i].projects, each.projects); });
      of(key + ".effect", name + "变动的金额", "万元", "按决定的办法，下年变动之和",
         [i](const Part& each) { return Counted{each.measures[i].effect, each.measures[i].projects}; });
      may_be_below_zero();
      out_.measures.push_back("money." + key);
      bars.push_back({name + "变动的金额", "money." + key + ".effect"});
    }
    chart("money", "结果应用对下年资金的影响", "万元", false, bars);
  }

  using Bars = std::vector<std::pair<std::string, std::string>>;  ///< name, key

  /// Both years' bars where the year before is stored; nothing where this year has none of the figures.
  void chart(const char* code, const char* title, const char* unit, bool across, const Bars& bars) {
    YearlyChart made{code, chapter_, {title, unit, across, {}, {}}};
    writing::OfficialChart::Series now{"本年", this_colour, {}, {}};
    writing::OfficialChart::Series last{"上年", last_colour, {}, {}};
    bool any_last = false;
    for (const auto& [name, key] : bars) {
      const YearlyFigure* figure = out_.find(key);
      if (figure == nullptr || !figure->value) continue;
      made.chart.categories.push_back(name);
      now.values.push_back(*figure->value);
      now.keys.push_back(key);
      last.values.push_back(figure->last.value_or(""));
      last.keys.push_back(figure->last ? key + "@last" : std::string());
      any_last = any_last || figure->last;
    }
    if (made.chart.categories.empty()) return;
    made.chart.series.push_back(std::move(now));
    if (any_last) made.chart.series.push_back(std::move(last));
    out_.charts.push_back(std::move(made));
  }

  void history() {
    std::vector<YearlyFigures> each{figures_of_one(now_)};
    for (const YearCounts& year : earlier_) each.push_back(figures_of_one(year));
    for (const char* key : {"coverage.approved", "coverage.tables", "audit.findings", "alarms.raised", "self.tables", "self.mean",
                            "rechecks.tables", "evaluation.key", "problems.raised", "problems.closed", "money.decided"}) {
      YearlyHistory line;
      line.key = key;
      for (const YearlyFigures& year : each) {
        const YearlyFigure* figure = year.find(key);
        line.label = figure->label;
        line.unit = figure->unit;
        line.values.emplace_back(year.year, figure->value);
      }
      out_.history.push_back(std::move(line));
    }
  }
  static YearlyFigures figures_of_one(const YearCounts& year) { return Making(year, {}).make(); }

  const YearCounts& now_;
  const std::vector<YearCounts>& earlier_;
  const YearCounts* last_ = nullptr;
  std::string chapter_;
  YearlyFigures out_;
};

}  // namespace

const YearlyFigure* YearlyFigures::find(std::string_view key) const {
  const auto found = std::find_if(figures.begin(), figures.end(), [&](const YearlyFigure& each) { return each.key == key; });
  return found == figures.end() ? nullptr : &*found;
}

YearlyFigures figures_from(const YearCounts& now, const std::vector<YearCounts>& earlier) {
  return Making(now, earlier).make();
}

Result<YearlyFigures> yearly_figures(const YearSources& from, int year) {
  const auto stored = stored_years(from);
  if (std::find(stored.begin(), stored.end(), year) == stored.end())
    return Error{"not-found", std::to_string(year) + "年没有任何绩效管理数据。", {std::to_string(year)}};
  const YearCounts now = counts_of(from, year);
  std::vector<YearCounts> earlier;
  for (const int each : stored) {
    if (each < year && earlier.size() < most_earlier) earlier.push_back(counts_of(from, each, each == year - 1));
  }
  return figures_from(now, earlier);
}

}  // namespace jiheng::desks
