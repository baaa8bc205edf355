#include "auditing/submission.h"

#include <algorithm>
#include <set>

#include "auditing/money.h"
#include "auditing/names.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

bool has_bound(Comparator comparator) {
  return comparator != Comparator::none && comparator != Comparator::qualitative;
}

IndicatorView view_of(const Indicator& indicator, int index, const policy::Words& words) {
  IndicatorView view;
  view.raw = &indicator;
  view.index = index;
  view.name = fold_label(indicator.level3);
  view.key = indicator_key(indicator.level3, indicator.unit, words);
  view.unit = indicator.unit ? fold_label(*indicator.unit) : std::string();
  view.value = number(indicator.value);
  view.upper = number(indicator.upper);
  view.numeric = view.value.has_value() && has_bound(indicator.comparator);
  view.percent = view.unit == "%";
  view.growth = words.not_shares.in(view.name);
  view.share = view.percent && !view.growth && words.shares.in(view.name);
  view.countable = words.countable_units.has(view.unit);
  view.signed_value = words.may_be_negative.in(view.name);
  const std::string_view level2 = indicator.level2 ? std::string_view(*indicator.level2) : std::string_view();
  view.cost = indicator.level1 == "成本指标" || level2 == "成本指标";
  view.output = level2 == "数量指标" || level2 == "质量指标" || level2 == "时效指标";
  view.satisfaction = indicator.level1 == "满意度指标" || level2 == "服务对象满意度指标";
  view.yuan = yuan_in(view.unit);
  return view;
}

bool same_year(const GoalTable& a, const GoalTable& b) {
  return !a.year || !b.year || *a.year == *b.year;
}

}  // namespace

std::string bare_unit_name(std::string_view printed) {
  std::string name = fold_label(printed);
  const auto code = [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '_'; };
  std::size_t begin = 0;
  while (begin < name.size() && code(name[begin])) ++begin;
  if (begin == name.size()) return name;
  name.erase(0, begin);
  while (code(name.back())) name.pop_back();
  constexpr std::string_view itself = "本级";
  if (ends_with(name, itself) && name.size() > itself.size()) name.resize(name.size() - itself.size());
  return name;
}

std::int64_t TableView::yuan() const {
  return (raw->money_unit ? yuan_in(*raw->money_unit) : std::nullopt).value_or(10'000);
}

TableView view_of(const Document& document, int document_index, int table_index, int ordinal, const policy::Words& words) {
  TableView view;
  view.document = &document;
  view.raw = &document.tables[static_cast<std::size_t>(table_index)];
  view.document_index = document_index;
  view.index = table_index;
  view.ordinal = ordinal;
  view.unit_name = view.raw->unit_name ? bare_unit_name(*view.raw->unit_name) : std::string();
  view.core = view.raw->project_name ? project_core(*view.raw->project_name, words) : std::string();
  view.indicators.reserve(view.raw->indicators.size());
  for (const Indicator& indicator : view.raw->indicators) {
    view.indicators.push_back(view_of(indicator, static_cast<int>(view.indicators.size()), words));
  }
  return view;
}

const TableView* Submission::whole_of(const TableView& part) const {
  if (!part.project()) return nullptr;
  for (const TableView& table : tables) {
    if (table.overall() && same_year(*table.raw, *part.raw)) return &table;
  }
  return nullptr;
}

bool Submission::speaks_of_another(std::string_view name, const TableView& part) const {
  const std::string own = part.raw->project_name ? fold_label(*part.raw->project_name) : std::string();
  return std::any_of(subjects.begin(), subjects.end(),
                     [&](const std::string& subject) { return contains(name, subject) && !contains(own, subject); });
}

std::vector<const TableView*> Submission::parts_of(const TableView& whole) const {
  std::vector<const TableView*> parts;
  std::set<std::string> seen;
  for (const TableView& table : tables) {
    if (!table.project() || !same_year(*table.raw, *whole.raw)) continue;
    if (table.raw->project_name && !seen.insert(fold_label(*table.raw->project_name) + '\n' + std::string(view(table.raw->amount))).second)
      continue;
    parts.push_back(&table);
  }
  return parts;
}

}  // namespace jiheng::auditing
