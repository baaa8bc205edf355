#include "desks/yearly_report/yearly_report.h"

#include "access/day.h"
#include "desks/performance/publication.h"
#include "writing/official/marks.h"

namespace jiheng::desks {
namespace {

using writing::marked;
using writing::OfficialValues;

const std::string no_last = "无上年数据";
const std::string dash = "—";
constexpr std::size_t most_rules = 10;
constexpr std::size_t most_departments = 5;

std::string figure(const std::string& key, const std::string& text) {
  return marked("figure:" + key, text);
}

std::string source(const std::string& key, const std::string& text) {
  return marked("source:" + key, text);
}

/// The change without its sign, with a word for it: "增加" and "2".
struct Change {
  std::string word;
  std::string size;
};
Change change_of(const YearlyFigure& of) {
  const Decimal change = Decimal::parse(of.change.value_or("0")).value_or(Decimal());
  if (change.is_zero()) return {"持平", ""};
  const bool ratio = of.unit == "%" || of.unit == "分";
  return {change.is_negative() ? (ratio ? "下降" : "减少") : (ratio ? "提高" : "增加"), change.abs().plain()};
}

/// 比上年增加2家; of what may be below zero 上年为-20万元, as taking more away would be called a smaller change.
std::string comparison(const YearlyFigure& of) {
  if (!of.change || of.below_zero) return of.last ? "上年为" + figure(of.key + "@last", *of.last) + of.unit : no_last;
  const Change change = change_of(of);
  if (change.size.empty()) return "与上年持平";
  return "比上年" + change.word + figure(of.key + "@change", change.size) + of.change_unit();
}

class Report {
 public:
  Report(registry::Registry& registry, const YearlyFigures& figures) : registry_(registry), figures_(figures) {}

  Result<OfficialMade> make() {
    head();
    for (const YearlyFigure& each : figures_.figures) {
      values_.marked[each.label] = each.value ? figure(each.key, *each.value) : "";
      values_.marked[each.label + "·上年"] = each.last ? figure(each.key + "@last", *each.last) + each.unit : no_last;
      values_.marked[each.label + "·比较"] = comparison(each);
      const bool any = each.value.value_or("0") != "0";
      values_.texts["有" + each.label] = any ? "是" : "";
      values_.texts["没有" + each.label] = any ? "" : "是";
    }
    for (const YearlyChapter& each : figures_.chapters) {
      values_.texts["有" + each.title] = each.any ? "是" : "";
      values_.texts["没有" + each.title] = each.any ? "" : "是";
      values_.charts[each.code];
    }
    for (const char* each : {"coverage", "rules", "lights", "departments", "kinds", "problems", "money"}) values_.charts[each];
    for (const YearlyChart& each : figures_.charts) values_.charts[each.code] = each.chart;
    tables();
    annex();
    return make_official(registry_, "yearly_report", std::move(values_), std::to_string(figures_.year) + "年度预算绩效管理工作情况报告");
  }

 private:
  void head() {
    values_.marked["年度"] = figure("year", std::to_string(figures_.year));
    values_.marked["日期"] = figure("day", chinese_day(access::local_day(registry_.now())));
    values_.marked["机关"] = marked("quote:bureau", bureau_name(*registry_.store().read(), registry_.tenant()));
  }

  std::string value(const std::string& key) const {
    const YearlyFigure* found = figures_.find(key);
    return found != nullptr && found->value ? figure(key, *found->value) : dash;
  }
  std::string last(const std::string& key) const {
    const YearlyFigure* found = figures_.find(key);
    if (!figures_.has_last) return no_last;
    return found != nullptr && found->last ? figure(key + "@last", *found->last) : dash;
  }
  /// The name that a figure of a row has before what it says of it.
  std::string name(const std::string& key, const std::string& behind, const char* tag) const {
    const YearlyFigure* found = figures_.find(key);
    if (found == nullptr) return {};
    return marked(std::string("quote:") + tag, found->label.substr(0, found->label.rfind(behind)));
  }

  void tables() {
    auto& rules = values_.lists["规则"];
    for (std::size_t i = 0; i < figures_.rules.size() && i < most_rules; ++i) {
      const std::string& key = figures_.rules[i];
      rules.push_back({{},
                       {},
                       {{"名称", name(key + ".units", "涉及的申报", "rule")},
                        {"申报数", value(key + ".units")},
                        {"条数", value(key + ".findings")},
                        {"上年条数", last(key + ".findings")}}});
    }
    auto& rounds = values_.lists["监控轮"];
    for (const std::string& key : figures_.rounds)
      rounds.push_back({{},
                        {},
                        {{"名称", name(key + ".tables", "监控的目标表", "round")},
                         {"已报", value(key + ".filed")},
                         {"目标表", value(key + ".tables")},
                         {"绿灯", value(key + ".green")},
                         {"蓝灯", value(key + ".blue")},
                         {"黄灯", value(key + ".yellow")},
                         {"红灯", value(key + ".red")},
                         {"上年红灯", last(key + ".red")}}});
    departments();
    auto& kinds = values_.lists["指标类型"];
    for (const std::string& key : figures_.kinds)
      kinds.push_back({{},
                       {},
                       {{"名称", name(key + ".rate", "得分率", "kind")},
                        {"个数", value(key + ".indicators")},
                        {"完成", value(key + ".met")},
                        {"得分率", value(key + ".rate")},
                        {"上年得分率", last(key + ".rate")}}});
    auto& sources = values_.lists["问题来源"];
    for (const std::string& key : figures_.sources) {
      const YearlyFigure* found = figures_.find(key);
      const bool any = found->value.value_or("0") != "0" || found->last.value_or("0") != "0";
      if (any) sources.push_back({{}, {}, {{"名称", name(key, "发现的问题", "source")}, {"个数", value(key)}, {"上年个数", last(key)}}});
    }
    auto& measures = values_.lists["办法"];
    for (const std::string& key : figures_.measures)
      measures.push_back({{},
                          {},
                          {{"名称", name(key + ".projects", "的项目", "measure")},
                           {"项目数", value(key + ".projects")},
                           {"金额", value(key + ".effect")},
                           {"上年金额", last(key + ".effect")}}});
    grades("自评等级", "self.grade.");
    grades("重点评价等级", "evaluation.grade.");
    grades("事前评估结论", "evaluation.conclusion.");
    history();
  }

  /// "优12张、良3张".
  void grades(const char* field, const std::string& prefix) {
    std::string text;
    for (const YearlyFigure& each : figures_.figures) {
      if (!each.key.starts_with(prefix) || !each.value) continue;
      text +=
          (text.empty() ? "" : "、") + marked("quote:grade", each.key.substr(prefix.size())) + figure(each.key, *each.value) + each.unit;
    }
    values_.marked[field] = text;
  }

  OfficialValues department(const std::string& key) const {
    return {{},
            {},
            {{"名称", name(key + ".mean", "自评平均分", "unit")},
             {"目标表", value(key + ".tables")},
             {"平均分", value(key + ".mean")},
             {"上年平均分", last(key + ".mean")}}};
  }
  void departments() {
    const auto& all = figures_.departments;
    auto& best = values_.lists["得分高的部门"];
    auto& worst = values_.lists["得分低的部门"];
    const bool few = all.size() <= 2 * most_departments;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (few || i < most_departments) best.push_back(department(all[i]));
      if (!few && i + most_departments >= all.size()) worst.push_back(department(all[i]));
    }
    values_.marked["部门数"] = figure("departments", std::to_string(all.size()));
  }

  void history() {
    auto& rows = values_.lists["历年"];
    if (figures_.history.empty()) return;
    const std::size_t years = figures_.history.front().values.size();
    for (std::size_t i = 0; i < years; ++i) {
      const std::string year = std::to_string(figures_.history.front().values[i].first);
      OfficialValues row;
      row.marked["年份"] = marked("quote:year", year);
      for (const YearlyHistory& each : figures_.history) {
        const Text& found = each.values[i].second;
        row.marked[each.label] = found ? figure("history." + each.key + "." + year, *found) : dash;
      }
      rows.push_back(std::move(row));
    }
  }

  void annex() {
    auto& rows = values_.lists["来源"];
    int number = 0;
    const auto row = [&](std::string label, std::string now, std::string before, std::string change, std::string rule, std::string count) {
      rows.push_back({{},
                      {},
                      {{"序号", std::to_string(++number)},
                       {"数据", std::move(label)},
                       {"本年值", std::move(now)},
                       {"上年值", std::move(before)},
                       {"增减", std::move(change)},
                       {"规则", std::move(rule)},
                       {"记录数", std::move(count)}}});
    };
    for (const YearlyFigure& each : figures_.figures) {
      if (!each.value && !each.last) continue;
      std::string change = dash;
      if (each.change) {
        const Change words = each.below_zero ? Change{"", *each.change} : change_of(each);
        change = words.size.empty() ? words.word : words.word + source(each.key + "@change", words.size);
      }
      row(each.label + "（" + each.unit + "）", each.value ? source(each.key, *each.value) : dash,
          each.last ? source(each.key + "@last", *each.last) : "无", std::move(change), each.rule,
          std::to_string(each.counted) + (figures_.has_last ? "/" + std::to_string(each.last_counted) : std::string()));
    }
    others(number);
  }

  /// What is of no year, or of years before the last.
  void others(int number) {
    auto& rows = values_.lists["其他来源"];
    const auto row = [&](std::string label, const std::string& year, std::string value, std::string rule) {
      rows.push_back({{},
                      {},
                      {{"序号", std::to_string(++number)},
                       {"数据", std::move(label)},
                       {"年份", year},
                       {"值", std::move(value)},
                       {"规则", std::move(rule)}}});
    };
    row("报告年度", "", source("year", std::to_string(figures_.year)), "生成报告时所选的年度");
    row("报告日期", "", source("day", chinese_day(access::local_day(registry_.now()))), "生成报告的日期，各项数据截至这一天");
    row("自评涉及的部门（个）", std::to_string(figures_.year), source("departments", std::to_string(figures_.departments.size())),
        "已报自评的单位按主管部门归并");
    for (const YearlyHistory& each : figures_.history) {
      for (const auto& [year, found] : each.values) {
        if (!found) continue;
        row(each.label + "（" + each.unit + "）", std::to_string(year), source("history." + each.key + "." + std::to_string(year), *found),
            figures_.find(each.key)->rule);
      }
    }
  }

  registry::Registry& registry_;
  const YearlyFigures& figures_;
  OfficialValues values_;
};

}  // namespace

Result<OfficialMade> yearly_report(registry::Registry& registry, const YearlyFigures& figures) {
  return Report(registry, figures).make();
}

}  // namespace jiheng::desks
