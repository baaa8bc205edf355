#include "desks/follow_up/follow_up_files.h"

#include <algorithm>
#include <array>

#include "access/day.h"
#include "desks/performance/indicator_identity.h"
#include "writing/official/marks.h"

namespace jiheng::desks {
namespace {

using writing::marked;
using writing::OfficialValues;
using writing::Style;

struct Section {
  std::string_view code;
  std::string_view field;  ///< of the document's text
};
constexpr std::array sections{Section{"overview", "基本情况"}, Section{"work", "主要工作"}, Section{"problems", "问题及原因"},
                              Section{"measures", "改进措施"}, Section{"other", "其他说明"}};
constexpr auto section_codes = [] {
  std::array<std::string_view, sections.size()> codes{};
  for (std::size_t i = 0; i < sections.size(); ++i) codes[i] = sections[i].code;
  return codes;
}();

std::string name_of(const FilledTable& filled) {
  return filled.table.project_name.value_or("部门整体支出");
}

std::string source_words(const Origin& origin) {
  switch (origin.source) {
    case Actual::Source::measured:
      return "业务台账：" + origin.label;
    case Actual::Source::surveyed:
      return "满意度调查：" + origin.label;
    case Actual::Source::reported:
      return "单位填报";
    default:
      return "没有数据";
  }
}

std::string short_hash(const Text& receipt) {
  return receipt ? receipt->substr(0, 16) : std::string();
}

/// 一 … 九十九: the form of official documents numbers its parts so.
std::string chinese_number(std::size_t number) {
  static constexpr std::array<std::string_view, 10> digits{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  const std::size_t tens = number / 10 % 10;
  std::string text;
  if (tens > 1) text += digits[tens];
  if (tens > 0) text += "十";
  return text.append(digits[number % 10]);
}

std::string unit_of(const Indicator& row) {
  return row.comparator == Comparator::qualitative ? std::string() : row.unit.value_or("");
}

std::string sanitised(std::string name) {
  for (char& c : name) {
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '-';
  }
  return name;
}

/// 自评报告: each figure stands in the text under a key of its own, and under the same key in the annex with where it comes from.
class SelfReport {
 public:
  SelfReport(registry::Registry& registry, const FollowUp& form) : registry_(registry), form_(form) {}

  Result<OfficialMade> make() {
    head();
    auto& tables = values_.lists["表"];
    auto& deviations = values_.lists["偏差"];
    for (std::size_t t = 0; t < form_.tables.size(); ++t) tables.push_back(table(t, deviations));
    values_.texts.emplace("没有偏差", deviations.empty() ? "是" : "");
    return make_official(registry_, "self_report", std::move(values_),
                         sanitised(form_.body.unit_name + std::to_string(form_.body.year) + "年度绩效自评报告"));
  }

 private:
  /// As the text has it; a row of the annex tells its source.
  std::string figure(const std::string& key, const FilledTable* filled, std::string what, const Text& value, std::string from,
                     const Text& receipt = {}) {
    if (!value || value->empty()) return {};
    auto& rows = values_.lists["来源"];
    rows.push_back({{},
                    {},
                    {{"序号", std::to_string(rows.size() + 1)},
                     {"表名", filled == nullptr ? std::string("全部") : name_of(*filled)},
                     {"数据", std::move(what)},
                     {"值", marked("source:" + key, *value)},
                     {"出处", std::move(from)},
                     {"收据", short_hash(receipt)}}});
    return marked("figure:" + key, *value);
  }

  void head() {
    const std::string filed = form_.body.filed.empty() ? "自评表（填写中）" : "自评表";
    values_.lists["来源"];
    values_.marked["年度"] = figure("year", nullptr, "年度", std::to_string(form_.body.year), filed + "的年度");
    values_.marked["日期"] = figure("day", nullptr, "报告日期", chinese_day(access::local_day(registry_.now())), "生成报告的日期");
    values_.marked["表数"] = figure("tables", nullptr, "自评的目标表张数", std::to_string(form_.tables.size()),
                                    "批复的绩效目标表，第" + std::to_string(form_.body.submission_revision) + "版");
    values_.marked["单位"] = marked("quote:unit", form_.body.unit_name);
    values_.marked["口径"] = marked("quote:pack", form_.pack->title);
    for (const Section& section : sections) {
      const auto words =
          std::find_if(form_.body.words.begin(), form_.body.words.end(), [&](const auto& each) { return each.first == section.code; });
      values_.marked[std::string(section.field)] =
          words == form_.body.words.end() ? std::string() : writing::marked_lines("quote:words", words->second);
    }
  }

  OfficialValues table(std::size_t t, std::vector<OfficialValues>& deviations) {
    const FilledTable& filled = form_.tables[t];
    const Execution& money = filled.table.execution.front();
    const std::string key = "t" + std::to_string(t + 1);
    const std::string by_pack = "按“" + form_.pack->title + "”计算";
    const std::string money_unit = filled.table.money_unit.value_or("万元");
    const auto amount = [&](const char* which, const char* what, const Text& value, const std::string& from, const Text& receipt) {
      return value ? figure(key + "." + which, &filled, std::string(what) + "（" + money_unit + "）", value, from, receipt) + money_unit
                   : std::string("未填");
    };
    const bool budgeted = filled.money.source == Actual::Source::measured;
    OfficialValues table;
    table.texts = {{"序号", chinese_number(t + 1)}};
    table.marked = {
        {"表名", marked("quote:project", name_of(filled))},
        {"全年预算数", amount("budget", "全年预算数", money.budget, budgeted ? "业务台账：全年预算数" : "批复的目标表或单位填报", {})},
        {"全年执行数", amount("executed", "全年执行数", money.executed, source_words(filled.money), filled.money.receipt)},
        {"执行率", figure(key + ".rate", &filled, "预算执行率（%）", money.rate, "全年执行数÷全年预算数")},
        {"执行得分", figure(key + ".money", &filled, "预算执行得分", money.score, by_pack)},
        {"完成情况", writing::marked_lines("quote:words", filled.table.goal_result.value_or(""))}};
    table.lists["指标"];
    for (std::size_t i = 0; i < filled.facts.size(); ++i) {
      const Indicator& row = filled.table.indicators[i];
      if (row.long_term) continue;
      const IndicatorEntry entry = t < form_.body.entries.size() && i < form_.body.entries[t].indicators.size()
                                       ? form_.body.entries[t].indicators[i]
                                       : IndicatorEntry();
      table.lists["指标"].push_back({{}, {}, {{"话", indicator(key + ".i" + std::to_string(i + 1), filled, i, entry)}}});
      const auto& score = filled.facts[i].score;
      if (score && score->met == false && row.deviation)
        deviations.push_back({{},
                              {},
                              {{"表名", marked("quote:project", name_of(filled))},
                               {"指标名", marked("quote:indicator", row.level3)},
                               {"原因", writing::marked_lines("quote:words", *row.deviation)}}});
    }
    const std::string total = figure(key + ".total", &filled, "自评总分", filled.table.total_score, "各项得分之和");
    table.marked["总分"] = total.empty() ? "未打分" : total;
    const bool scored = filled.department && filled.department->total;
    table.marked["部门表"] = scored ? marked("quote:department", filled.department->title) : "";
    table.marked["部门得分"] = scored ? figure(key + ".department", &filled, "部门整体支出得分", filled.department->total, by_pack) : "";
    table.marked["部门满分"] = scored ? figure(key + ".most", &filled, "部门整体支出满分", filled.department->most, by_pack) : "";
    table.marked["等级"] = figure(key + ".grade", &filled, "自评等级", filled.grade, by_pack);
    return table;
  }

  /// 目标≥300个，实际完成333个，完成率111%，得12.50分（满分12.50分）。
  std::string indicator(const std::string& key, const FilledTable& filled, std::size_t i, const IndicatorEntry& entry) {
    const Indicator& row = filled.table.indicators[i];
    const IndicatorFact& fact = filled.facts[i];
    const std::string unit = unit_of(row);
    const std::string by_pack = "按“" + form_.pack->title + "”计算";
    std::string words = "“" + marked("quote:indicator", row.level3) + "”目标" +
                        figure(key + ".target", &filled, row.level3 + "目标值", target_text(row) + row.unit.value_or(""),
                               "批复的绩效目标表，第" + std::to_string(form_.body.submission_revision) + "版");
    if (entry.not_applicable) return words + "，经批准不适用（" + marked("quote:approval", *entry.not_applicable) + "）。";
    const Text actual = row.actual ? Text(*row.actual + unit) : Text();
    words += actual ? "，实际完成" +
                          figure(key + ".actual", &filled, row.level3 + "完成值", actual, source_words(fact.origin), fact.origin.receipt)
                    : "，没有完成值";
    if (fact.score && fact.score->achievement)
      words += "，完成率" +
               figure(key + ".rate", &filled, row.level3 + "完成率（%）", fact.score->achievement->plain(), "完成值与目标值相比") + "%";
    if (row.score)
      words += "，得" + figure(key + ".score", &filled, row.level3 + "得分", row.score, by_pack) + "分（满分" +
               figure(key + ".weight", &filled, row.level3 + "分值", row.weight, "目标表的权重或“" + form_.pack->title + "”的分配") +
               "分）";
    return words + "。";
  }

  registry::Registry& registry_;
  const FollowUp& form_;
  OfficialValues values_;
};

std::string two_digits(std::size_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string form_file_name(const FollowUp& form) {
  const std::string year = std::to_string(form.body.year) + "年";
  const std::string what =
      form.body.kind == FollowUpKind::monitoring ? "1-" + std::to_string(form.body.month) + "月绩效运行监控表" : "绩效自评表";
  return sanitised(form.body.unit_name + year + what);
}

std::span<const std::string_view> report_sections() {
  return section_codes;
}

Result<OfficialMade> self_evaluation_report(registry::Registry& registry, const FollowUp& form) {
  if (form.body.kind != FollowUpKind::self_evaluation) return Error{"nothing-to-write", "只有绩效自评有自评报告。", {}};
  return SelfReport(registry, form).make();
}

Result<OfficialMade> alarm_letter(registry::Registry& registry, const Alarm& alarm) {
  OfficialValues values;
  values.texts = {{"年度", std::to_string(alarm.year)},
                  {"月份", std::to_string(alarm.month)},
                  {"期间", "1-" + std::to_string(alarm.month) + "月"},
                  {"单位", alarm.unit_name},
                  {"表名", alarm.project_name.value_or("部门整体支出")},
                  {"事项", alarm.what},
                  {"情况", alarm.why},
                  {"发出日期", chinese_day(alarm.raised_on)},
                  {"期限", chinese_day(alarm.due)},
                  {"工作日", std::to_string(alarm.work_days)}};
  values.source = "预警" + alarm.id;
  return make_official(registry, "alarm", std::move(values), sanitised(alarm.unit_name + alarm.what + "预警函"));
}

Result<writing::List> department_list(const FollowUp& form) {
  const auto filled = std::find_if(form.tables.begin(), form.tables.end(), [](const FilledTable& each) { return each.department; });
  if (filled == form.tables.end())
    return Error{"nothing-to-write", "这份自评没有部门整体支出绩效评价指标表：所用的政策口径里没有这张表。", {}};
  const DepartmentTable& table = *filled->department;
  writing::List list;
  list.name = "部门整体支出";
  list.title = form.body.unit_name + std::to_string(form.body.year) + "年度" + table.title;
  list.line = "政策口径：" + form.pack->title;
  list.columns = {
      {"评价内容", 2.4},          {"指标", 3},    {"分值", 0.9, Style::number}, {"基础数据", 4}, {"比率（%）", 1.2, Style::number},
      {"得分", 1, Style::number}, {"扣分原因", 3}};
  for (const DepartmentRow& row : table.rows) {
    std::string figures;
    for (const DepartmentFigure& each : table.figures) {
      if (std::find(row.figures.begin(), row.figures.end(), each.name) == row.figures.end()) continue;
      figures += (figures.empty() ? "" : "；") + each.name + (each.value ? " " + *each.value : "（未填）");
    }
    list.rows.push_back({row.group, row.name, row.points, figures, row.rate.value_or(""), row.score.value_or(""), row.why.value_or("")});
  }
  list.rows.push_back({"合计", "", table.most, "", "", table.total.value_or(""), ""});
  return list;
}

std::vector<EvidenceFile> evidence_files(const FollowUp& form) {
  std::vector<EvidenceFile> files;
  for (std::size_t t = 0; t < form.body.entries.size() && t < form.tables.size(); ++t) {
    const TableEntry& entry = form.body.entries[t];
    const std::string folder = two_digits(t + 1) + sanitised(name_of(form.tables[t])) + "/";
    std::size_t number = 0;
    const auto add = [&](const Evidence& each, int indicator, const std::string& about) {
      files.push_back({folder + two_digits(++number) + about + "-" + sanitised(each.name), each.sha256, static_cast<int>(t), indicator});
    };
    for (const Evidence& each : entry.evidence) add(each, -1, "整表");
    for (std::size_t i = 0; i < entry.indicators.size(); ++i) {
      for (const Evidence& each : entry.indicators[i].evidence)
        add(each, static_cast<int>(i), sanitised(form.tables[t].table.indicators[i].level3));
    }
  }
  return files;
}

writing::List evidence_index(const FollowUp& form) {
  writing::List list;
  list.name = "佐证目录";
  list.title = form.body.unit_name + std::to_string(form.body.year) + "年佐证材料目录";
  list.columns = {{"表", 3}, {"指标", 3}, {"完成值", 1.5, Style::center}, {"来源", 3}, {"佐证材料", 5}, {"收据或文件的校验值", 4}};
  const auto files = evidence_files(form);
  const auto row_of = [&](std::size_t t, int indicator, std::string what, const Text& value, const Origin& origin) {
    std::string named;
    std::string hashes;
    for (const EvidenceFile& each : files) {
      if (each.table != static_cast<int>(t) || each.indicator != indicator) continue;
      named += (named.empty() ? "" : "；") + each.path;
      hashes += (hashes.empty() ? "" : "；") + each.sha256.substr(0, 16);
    }
    if (origin.receipt) hashes += (hashes.empty() ? "" : "；") + *origin.receipt;
    list.rows.push_back({name_of(form.tables[t]), std::move(what), value.value_or(""), source_words(origin), named, hashes});
  };
  for (std::size_t t = 0; t < form.tables.size(); ++t) {
    const FilledTable& filled = form.tables[t];
    row_of(t, -1, "整张表、执行数", filled.table.execution.front().executed, filled.money);
    for (std::size_t i = 0; i < filled.facts.size(); ++i)
      row_of(t, static_cast<int>(i), filled.table.indicators[i].level3, filled.table.indicators[i].actual, filled.facts[i].origin);
  }
  return list;
}

}  // namespace jiheng::desks
