#include "goals/views.h"

namespace jiheng::views {
namespace {

using Owned = Vocabulary<std::string>;

/// From one kind of strings to the other, field by field.
template <class To>
struct Copy {
  using String = typename To::Text::value_type;

  static String text(const auto& from) { return String(from); }
  static typename To::Text optional(const auto& from) {
    if (!from) return std::nullopt;
    return String(*from);
  }

  static typename To::Source source(const auto& from) { return {text(from.page_or_sheet), from.row, from.column, text(from.text)}; }

  static typename To::Note note(const auto& from) {
    typename To::Note to{text(from.code), text(from.message), from.table, from.indicator, std::nullopt};
    if (from.source) to.source = source(*from.source);
    return to;
  }

  static typename To::Indicator indicator(const auto& from) {
    typename To::Indicator to;
    to.level1 = text(from.level1);
    to.level2 = optional(from.level2);
    to.level3 = text(from.level3);
    to.comparator = from.comparator;
    to.value = optional(from.value);
    to.unit = optional(from.unit);
    to.upper = optional(from.upper);
    to.long_term = from.long_term;
    to.explanation = optional(from.explanation);
    to.scoring_rule = optional(from.scoring_rule);
    to.note = optional(from.note);
    to.weight = optional(from.weight);
    to.actual = optional(from.actual);
    to.score = optional(from.score);
    to.deviation = optional(from.deviation);
    to.forecast = optional(from.forecast);
    to.causes.reserve(from.causes.size());
    for (const auto& [column, cause] : from.causes) to.causes.emplace_back(text(column), text(cause));
    to.likelihood = optional(from.likelihood);
    to.source = source(from.source);
    return to;
  }

  static typename To::Budget budget(const auto& from) {
    return {optional(from.total),           optional(from.general_public), optional(from.government_fund),
            optional(from.special_account), optional(from.other),          optional(from.basic),
            optional(from.project),         optional(from.state_capital),  optional(from.fiscal_appropriation)};
  }

  static typename To::Execution execution(const auto& from) {
    return {optional(from.fund),     optional(from.initial), optional(from.budget), optional(from.executed),
            optional(from.forecast), optional(from.rate),    optional(from.weight), optional(from.score)};
  }

  static typename To::GoalTable table(const auto& from) {
    typename To::GoalTable to;
    to.kind = from.kind;
    to.title = optional(from.title);
    to.year = from.year;
    to.unit_name = optional(from.unit_name);
    to.department = optional(from.department);
    to.money_unit = optional(from.money_unit);
    to.annual_goal = optional(from.annual_goal);
    to.long_term_goal = optional(from.long_term_goal);
    to.goal_result = optional(from.goal_result);
    to.tasks.reserve(from.tasks.size());
    for (const auto& task : from.tasks)
      to.tasks.push_back({optional(task.name), optional(task.content), optional(task.amount), optional(task.goal)});
    if (from.budget) to.budget = budget(*from.budget);
    to.project_name = optional(from.project_name);
    to.project_category = optional(from.project_category);
    to.period = optional(from.period);
    to.amount = optional(from.amount);
    to.amount_total = optional(from.amount_total);
    to.execution.reserve(from.execution.size());
    for (const auto& row : from.execution) to.execution.push_back(execution(row));
    to.total_score = optional(from.total_score);
    to.indicators.reserve(from.indicators.size());
    for (const auto& each : from.indicators) to.indicators.push_back(indicator(each));
    return to;
  }

  static typename To::Document document(const auto& from) {
    typename To::Document to;
    to.file = text(from.file);
    to.format = text(from.format);
    to.sha256 = text(from.sha256);
    to.version_code = optional(from.version_code);
    to.tables.reserve(from.tables.size());
    for (const auto& each : from.tables) to.tables.push_back(table(each));
    to.notes.reserve(from.notes.size());
    for (const auto& each : from.notes) to.notes.push_back(note(each));
    if (from.error) to.error = {text(from.error->code), text(from.error->message)};
    return to;
  }
};

}  // namespace

jiheng::Document owned(const Document& document) {
  return Copy<Owned>::document(document);
}

jiheng::Note owned(const Note& note) {
  return Copy<Owned>::note(note);
}

Note view_of(const jiheng::Note& note) {
  return Copy<Words>::note(note);
}

}  // namespace jiheng::views
