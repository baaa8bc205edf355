#include "desks/follow_up/follow_up_files.h"

#include <algorithm>
#include <array>

#include "desks/performance/indicator_identity.h"

namespace jiheng::desks {
namespace {

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

std::string amount_words(const Text& amount, const Text& unit) {
  return amount ? *amount + unit.value_or("万元") : std::string("未填");
}

/// 目标≥300个，实际完成333个，完成率111%，得12.50分（满分12.50分）。
std::string indicator_words(const FilledTable& filled, std::size_t i, const IndicatorEntry& entry) {
  const Indicator& row = filled.table.indicators[i];
  const std::string unit = row.unit.value_or("");
  std::string words = "“" + row.level3 + "”目标" + target_text(row) + unit;
  if (entry.not_applicable) return words + "，经批准不适用（" + *entry.not_applicable + "）。";
  words += row.actual ? "，实际完成" + *row.actual + (row.comparator == Comparator::qualitative ? "" : unit) : "，没有完成值";
  const auto& score = filled.facts[i].score;
  if (score && score->achievement) words += "，完成率" + score->achievement->plain() + "%";
  if (row.score) words += "，得" + *row.score + "分（满分" + row.weight.value_or("") + "分）";
  return words + "。";
}

std::string sanitised(std::string name) {
  for (char& c : name) {
    if (c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20) c = '-';
  }
  return name;
}

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
  OfficialValues values;
  const std::string year = std::to_string(form.body.year);
  values.texts = {{"年度", year}, {"单位", form.body.unit_name}, {"表数", std::to_string(form.tables.size())}, {"口径", form.pack->title}};
  for (const Section& section : sections) {
    const auto words =
        std::find_if(form.body.words.begin(), form.body.words.end(), [&](const auto& each) { return each.first == section.code; });
    values.texts.emplace(section.field, words == form.body.words.end() ? std::string() : words->second);
  }
  auto& tables = values.lists["表"];
  auto& deviations = values.lists["偏差"];
  auto& origins = values.lists["来源"];
  const auto add_origin = [&](const FilledTable& filled, std::string what, const Text& value, const Origin& origin) {
    origins.push_back({{{"序号", std::to_string(origins.size() + 1)},
                        {"表名", name_of(filled)},
                        {"数据", std::move(what)},
                        {"值", value.value_or("")},
                        {"出处", source_words(origin)},
                        {"收据", short_hash(origin.receipt)}},
                       {}});
  };
  for (std::size_t t = 0; t < form.tables.size(); ++t) {
    const FilledTable& filled = form.tables[t];
    const Execution& money = filled.table.execution.front();
    OfficialValues table;
    table.texts = {{"序号", std::to_string(t + 1)},
                   {"表名", name_of(filled)},
                   {"全年预算数", amount_words(money.budget, filled.table.money_unit)},
                   {"全年执行数", amount_words(money.executed, filled.table.money_unit)},
                   {"执行率", money.rate.value_or("")},
                   {"执行得分", money.score.value_or("")},
                   {"总分", filled.table.total_score.value_or("未打分")},
                   {"等级", filled.grade.value_or("")},
                   {"完成情况", filled.table.goal_result.value_or("")}};
    add_origin(filled, "全年执行数", money.executed, filled.money);
    for (std::size_t i = 0; i < filled.facts.size(); ++i) {
      const Indicator& row = filled.table.indicators[i];
      if (row.long_term) continue;
      const IndicatorEntry entry = t < form.body.entries.size() && i < form.body.entries[t].indicators.size()
                                       ? form.body.entries[t].indicators[i]
                                       : IndicatorEntry();
      table.lists["指标"].push_back({{{"话", indicator_words(filled, i, entry)}}, {}});
      add_origin(filled, row.level3,
                 row.actual ? Text(*row.actual + (row.comparator == Comparator::qualitative ? "" : row.unit.value_or(""))) : row.actual,
                 filled.facts[i].origin);
      const auto& score = filled.facts[i].score;
      if (score && score->met == false && row.deviation)
        deviations.push_back({{{"表名", name_of(filled)}, {"指标名", row.level3}, {"原因", *row.deviation}}, {}});
    }
    tables.push_back(std::move(table));
  }
  values.texts.emplace("没有偏差", deviations.empty() ? "是" : "");
  return make_official(registry, "self_report", std::move(values), sanitised(form.body.unit_name + year + "年度绩效自评报告"));
}

Result<OfficialMade> alarm_letter(registry::Registry& registry, const Alarm& alarm) {
  OfficialValues values;
  values.texts = {{"年度", std::to_string(alarm.year)},
                  {"月份", std::to_string(alarm.month)},
                  {"单位", alarm.unit_name},
                  {"表名", alarm.project_name.value_or("部门整体支出")},
                  {"事项", alarm.what},
                  {"情况", alarm.why},
                  {"发出日期", chinese_day(alarm.raised_on)},
                  {"期限", chinese_day(alarm.due)},
                  {"工作日", std::to_string(alarm.work_days)}};
  return make_official(registry, "alarm", std::move(values), sanitised(alarm.unit_name + alarm.what + "预警函"));
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
