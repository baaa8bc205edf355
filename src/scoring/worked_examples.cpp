#include "scoring/worked_examples.h"

#include <algorithm>
#include <functional>

#include "policy/evaluation_parameters.h"
#include "scoring/overall.h"
#include "scoring/score.h"

namespace jiheng::scoring {
namespace {

using Values = std::vector<std::optional<std::string>>;

std::optional<std::string> text(const std::optional<Decimal>& figure) {
  return figure ? std::optional(figure->text()) : std::nullopt;
}

Values column(const TableScore& score, const std::function<std::optional<std::string>(const IndicatorScore&)>& field) {
  Values values;
  for (const IndicatorScore& indicator : score.indicators) values.push_back(field(indicator));
  return values;
}

std::optional<Values> got(const TableScore& score, const std::string& field) {
  if (field == "weights") return column(score, [](const IndicatorScore& i) { return text(i.weight); });
  if (field == "scores") return column(score, [](const IndicatorScore& i) { return text(i.score); });
  if (field == "achievements") return column(score, [](const IndicatorScore& i) { return text(i.achievement); });
  if (field == "met") {
    return column(score, [](const IndicatorScore& i) {
      if (!i.met) return std::optional<std::string>();
      return std::optional<std::string>(*i.met ? "true" : "false");
    });
  }
  if (field == "execution") return Values{score.execution.score.text()};
  if (field == "total") return Values{score.total.text()};
  if (field == "grade") return Values{score.grade};
  return std::nullopt;
}

std::string shown(const Values& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : " ") + value.value_or("null");
  return out;
}

std::string run(const policy::Pack& pack, const policy::ScoringExample& example) {
  auto tables = tables_from_json(example.table_json);
  if (!tables) return tables.error().message;
  if (example.expected.empty()) return "没有写 expected（应得的结果）";
  auto scored = score(tables->front(), pack.scoring);
  if (const auto refused = example.expected.find("refused"); refused != example.expected.end()) {
    if (scored) return "应当不能打分，却打了 " + scored->total.text();
    return shown(refused->second) == scored.error().code ? ""
                                                         : "不能打分的原因是 " + scored.error().code + "，应是 " + shown(refused->second);
  }
  if (!scored) return refusal_text(scored.error());
  for (const auto& [field, expected] : example.expected) {
    const auto values = got(*scored, field);
    if (!values) return "expected 里的“" + field + "”不认识";
    if (*values != expected) return field + " 得到 " + shown(*values) + "，应是 " + shown(expected);
  }
  return {};
}

std::string run(const policy::Pack& pack, const policy::OverallExample& example) {
  if (!pack.overall) return "口径里没有 overall 表";
  const auto& items = pack.overall->items;
  const auto item = std::find_if(items.begin(), items.end(), [&](const policy::OverallItem& each) { return each.name == example.item; });
  if (item == items.end()) return "overall 表里没有“" + example.item + "”";
  const auto scored = score_overall(*item, example.figures);
  if (!scored) return scored.error().message;
  if (example.rate && text(scored->rate) != example.rate)
    return "比率得到 " + text(scored->rate).value_or("null") + "，应是 " + *example.rate;
  if (example.points && scored->points.text() != *example.points) return "得分 " + scored->points.text() + "，应是 " + *example.points;
  return {};
}

std::string run(const policy::Pack& pack, const policy::OutcomeExample& example) {
  if (example.conclusion) {
    const std::string& found = policy::band_of(example.total, pack.evaluation->conclusions);
    if (found != *example.conclusion) return "结论是 " + found + "，应是 " + *example.conclusion;
  }
  const std::string& grade = policy::band_of(example.total, pack.scoring.grades);
  if (example.grade && grade != *example.grade) return "等级是 " + grade + "，应是 " + *example.grade;
  if (!example.effect) return {};
  const policy::ResultRule* rule = pack.evaluation->result(grade);
  if (rule == nullptr || !example.amount) return "口径里没有“" + grade + "”的结果应用，或示例没有写 amount";
  const std::string effect = policy::budget_effect(*rule, *example.amount).plain();
  return effect == *example.effect ? "" : "金额变动得到 " + effect + "，应是 " + *example.effect;
}

}  // namespace

std::vector<ExampleFault> run_examples(const policy::Pack& pack, const policy::Examples& examples) {
  std::vector<ExampleFault> faults;
  const auto note = [&](int line, const std::string& name, std::string why) {
    if (!why.empty()) faults.push_back({line, "示例“" + name + "”不符：" + std::move(why) + "。"});
  };
  for (const policy::ScoringExample& example : examples.scoring) note(example.line, example.title, run(pack, example));
  for (const policy::OverallExample& example : examples.overall) note(example.line, example.item, run(pack, example));
  for (const policy::OutcomeExample& example : examples.outcomes) note(example.line, example.total.text() + "分", run(pack, example));
  return faults;
}

}  // namespace jiheng::scoring
