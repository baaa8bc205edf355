#include "goals/json.h"

namespace jiheng {
namespace {

template <class Name>
void optional_field(JsonWriter& out, const Name& name, const Text& value) {
  if (value) out.field(name, *value);
}

template <class Name>
void optional_integer(JsonWriter& out, const Name& name, const std::optional<int>& value) {
  out.key(name);
  value ? out.integer(*value) : out.null();
}

void write_budget(JsonWriter& out, const Budget& budget) {
  out.begin_object();
  out.field("total", budget.total).field("general_public", budget.general_public).field("government_fund", budget.government_fund);
  out.field("special_account", budget.special_account).field("other", budget.other);
  out.field("basic", budget.basic).field("project", budget.project);
  optional_field(out, "state_capital", budget.state_capital);
  optional_field(out, "fiscal_appropriation", budget.fiscal_appropriation);
  out.end_object();
}

void write_tasks(JsonWriter& out, const std::vector<Task>& tasks) {
  out.begin_array();
  for (const Task& task : tasks) {
    out.begin_object().field("name", task.name).field("content", task.content);
    optional_field(out, "amount", task.amount);
    optional_field(out, "goal", task.goal);
    out.end_object();
  }
  out.end_array();
}

void write_execution(JsonWriter& out, const std::vector<Execution>& rows) {
  out.begin_array();
  for (const Execution& row : rows) {
    out.begin_object().field("fund", row.fund).field("initial", row.initial).field("budget", row.budget);
    out.field("executed", row.executed).field("forecast", row.forecast).field("rate", row.rate);
    out.field("weight", row.weight).field("score", row.score).end_object();
  }
  out.end_array();
}

}  // namespace

void write_json(JsonWriter& out, const Source& source) {
  out.begin_object().field("page_or_sheet", source.page_or_sheet).key("row").integer(source.row).key("column").integer(source.column);
  out.field("text", source.text).end_object();
}

void write_json(JsonWriter& out, const Indicator& indicator) {
  out.begin_object();
  out.field("level1", indicator.level1).field("level2", indicator.level2).field("level3", indicator.level3);
  out.key("comparator");
  indicator.comparator == Comparator::none ? out.null() : out.string(comparator_code(indicator.comparator));
  out.field("value", indicator.value).field("unit", indicator.unit);
  optional_field(out, "upper", indicator.upper);
  if (indicator.long_term) out.field("horizon", "long_term");
  out.field("explanation", indicator.explanation).field("scoring_rule", indicator.scoring_rule).field("note", indicator.note);
  out.field("weight", indicator.weight);
  optional_field(out, "actual", indicator.actual);
  optional_field(out, "score", indicator.score);
  optional_field(out, "deviation", indicator.deviation);
  optional_field(out, "forecast", indicator.forecast);
  if (!indicator.causes.empty()) {
    out.key("causes").begin_object();
    for (const auto& [column, text] : indicator.causes) out.field(column, text);
    out.end_object();
  }
  optional_field(out, "likelihood", indicator.likelihood);
  out.key("source");
  write_json(out, indicator.source);
  out.end_object();
}

void write_json(JsonWriter& out, const GoalTable& table) {
  const bool overall = table.kind == TableKind::overall;
  out.begin_object().field("kind", kind_code(table.kind)).field("title", table.title);
  optional_integer(out, "year", table.year);
  out.field("unit_name", table.unit_name).field("department", table.department).field("money_unit", table.money_unit);
  out.field("annual_goal", table.annual_goal).field("long_term_goal", table.long_term_goal).field("goal_result", table.goal_result);
  out.key("tasks");
  write_tasks(out, table.tasks);
  out.key("budget");
  table.budget ? write_budget(out, *table.budget) : static_cast<void>(out.null());
  if (!overall || table.project_name) {
    out.field("project_name", table.project_name).field("project_category", table.project_category).field("period", table.period);
    out.field("amount", table.amount).field("amount_total", table.amount_total);
  }
  out.key("execution");
  write_execution(out, table.execution);
  optional_field(out, "total_score", table.total_score);
  out.key("indicators").begin_array();
  for (const Indicator& indicator : table.indicators) write_json(out, indicator);
  out.end_array().end_object();
}

void write_json(JsonWriter& out, const Note& note) {
  out.begin_object().field("code", note.code).field("message", note.message);
  optional_integer(out, "table", note.table);
  optional_integer(out, "indicator", note.indicator);
  out.key("source");
  note.source ? write_json(out, *note.source) : static_cast<void>(out.null());
  out.end_object();
}

void write_json(JsonWriter& out, const Document& document) {
  out.begin_object().field("file", document.file).key("format");
  document.format.empty() ? out.null() : out.string(document.format);
  out.field("sha256", document.sha256);
  if (document.version_code) out.field("version_code", document.version_code);
  out.key("tables").begin_array();
  for (const GoalTable& table : document.tables) write_json(out, table);
  out.end_array().key("notes").begin_array();
  for (const Note& note : document.notes) write_json(out, note);
  out.end_array().key("error");
  if (document.error) {
    out.begin_object().field("code", document.error->code).field("message", document.error->message).end_object();
  } else {
    out.null();
  }
  out.end_object();
}

std::string json_line(const Document& document) {
  std::string text;
  text.reserve(32768);
  JsonWriter out(text);
  write_json(out, document);
  return text;
}

std::string tables_json(const std::vector<GoalTable>& tables) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const GoalTable& table : tables) write_json(out, table);
  out.end_array();
  return text;
}

}  // namespace jiheng
