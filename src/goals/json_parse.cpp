#include <boost/json.hpp>

#include "goals/json.h"

namespace jiheng {
namespace {

namespace json = boost::json;

/// Reads the fields of one object; the first thing of the wrong shape is remembered and everything after it is skipped.
class Fields {
 public:
  Fields(const json::value& value, std::string place, std::optional<Error>& error) : place_(std::move(place)), error_(error) {
    object_ = value.if_object();
    if (object_ == nullptr) fail("应是一个对象");
  }

  /// Text or null; a number is taken as its digits where it is whole (a year typed as text goes the other way in integer()).
  Text text(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_string()) return value->as_string().empty() ? Text() : Text(std::string(value->as_string()));
    if (value->is_int64()) return std::to_string(value->as_int64());
    fail("“" + std::string(name) + "”应是文字（数字也写成文字，如 \"1813.77\"）");
    return std::nullopt;
  }

  std::string required_text(std::string_view name) { return text(name).value_or(""); }

  std::optional<int> integer(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_int64() && value->as_int64() >= -1000000 && value->as_int64() <= 1000000) return static_cast<int>(value->as_int64());
    fail("“" + std::string(name) + "”应是整数");
    return std::nullopt;
  }

  const json::array* array(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr || value->is_null()) return nullptr;
    if (value->is_array()) return &value->as_array();
    fail("“" + std::string(name) + "”应是数组");
    return nullptr;
  }

  const json::value* find(std::string_view name) {
    if (object_ == nullptr || error_) return nullptr;
    return object_->if_contains(name);
  }

  void fail(std::string what) {
    if (!error_) error_ = Error{"json-shape", "数据格式不对：" + std::move(what) + "。", {place_}};
  }

 private:
  const json::object* object_ = nullptr;
  std::string place_;
  std::optional<Error>& error_;
};

Source source_of(const json::value* value, std::optional<Error>& error) {
  Source source;
  if (value == nullptr || value->is_null()) return source;
  Fields fields(*value, "source", error);
  source.page_or_sheet = fields.required_text("page_or_sheet");
  source.row = fields.integer("row").value_or(0);
  source.column = fields.integer("column").value_or(0);
  source.text = fields.required_text("text");
  return source;
}

Indicator indicator_of(const json::value& value, std::size_t index, std::optional<Error>& error) {
  Fields fields(value, "indicators[" + std::to_string(index) + "]", error);
  Indicator indicator;
  indicator.level1 = fields.required_text("level1");
  indicator.level2 = fields.text("level2");
  indicator.level3 = fields.required_text("level3");
  if (const Text code = fields.text("comparator")) {
    const auto comparator = comparator_from_code(*code);
    comparator ? void(indicator.comparator = *comparator) : fields.fail("“comparator”不认识：“" + *code + "”");
  }
  indicator.value = fields.text("value");
  indicator.unit = fields.text("unit");
  indicator.upper = fields.text("upper");
  indicator.long_term = fields.text("horizon") == "long_term";
  indicator.explanation = fields.text("explanation");
  indicator.scoring_rule = fields.text("scoring_rule");
  indicator.note = fields.text("note");
  indicator.weight = fields.text("weight");
  indicator.actual = fields.text("actual");
  indicator.score = fields.text("score");
  indicator.deviation = fields.text("deviation");
  indicator.forecast = fields.text("forecast");
  if (const json::value* causes = fields.find("causes"); causes != nullptr && causes->is_object()) {
    for (const auto& [column, text] : causes->as_object()) {
      if (text.is_string()) indicator.causes.emplace_back(std::string(column), std::string(text.as_string()));
    }
  }
  indicator.likelihood = fields.text("likelihood");
  indicator.source = source_of(fields.find("source"), error);
  return indicator;
}

Budget budget_of(const json::value& value, std::optional<Error>& error) {
  Fields fields(value, "budget", error);
  return {fields.text("total"),           fields.text("general_public"), fields.text("government_fund"),
          fields.text("special_account"), fields.text("other"),          fields.text("basic"),
          fields.text("project"),         fields.text("state_capital"),  fields.text("fiscal_appropriation")};
}

GoalTable table_of(const json::value& value, std::size_t index, std::optional<Error>& error) {
  Fields fields(value, "tables[" + std::to_string(index) + "]", error);
  GoalTable table;
  const auto kind = kind_from_code(fields.required_text("kind"));
  kind ? void(table.kind = *kind) : fields.fail("“kind”应是 overall、project、self_evaluation 或 monitoring");
  table.title = fields.text("title");
  table.year = fields.integer("year");
  table.unit_name = fields.text("unit_name");
  table.department = fields.text("department");
  table.money_unit = fields.text("money_unit");
  table.annual_goal = fields.text("annual_goal");
  table.long_term_goal = fields.text("long_term_goal");
  table.goal_result = fields.text("goal_result");
  if (const json::array* tasks = fields.array("tasks")) {
    for (const json::value& each : *tasks) {
      Fields task(each, "tasks", error);
      table.tasks.push_back({task.text("name"), task.text("content"), task.text("amount"), task.text("goal")});
    }
  }
  if (const json::value* budget = fields.find("budget"); budget != nullptr && !budget->is_null()) table.budget = budget_of(*budget, error);
  table.project_name = fields.text("project_name");
  table.project_category = fields.text("project_category");
  table.period = fields.text("period");
  table.amount = fields.text("amount");
  table.amount_total = fields.text("amount_total");
  if (const json::array* rows = fields.array("execution")) {
    for (const json::value& each : *rows) {
      Fields row(each, "execution", error);
      table.execution.push_back({row.text("fund"), row.text("initial"), row.text("budget"), row.text("executed"), row.text("forecast"),
                                 row.text("rate"), row.text("weight"), row.text("score")});
    }
  }
  table.total_score = fields.text("total_score");
  if (const json::array* indicators = fields.array("indicators")) {
    table.indicators.reserve(indicators->size());
    for (const json::value& each : *indicators) table.indicators.push_back(indicator_of(each, table.indicators.size(), error));
  }
  return table;
}

Result<json::value> parse(std::string_view text) {
  boost::system::error_code failed;
  json::parse_options options;
  options.max_depth = 16;
  json::value value = json::parse(json::string_view(text.data(), text.size()), failed, {}, options);
  if (failed) return Error{"json-syntax", "不是合格的 JSON：" + failed.message() + "。", {}};
  return value;
}

Note note_of(const json::value& value, std::optional<Error>& error) {
  Fields fields(value, "notes", error);
  Note note;
  note.code = fields.required_text("code");
  note.message = fields.required_text("message");
  note.table = fields.integer("table");
  note.indicator = fields.integer("indicator");
  if (const json::value* source = fields.find("source"); source != nullptr && !source->is_null()) note.source = source_of(source, error);
  return note;
}

}  // namespace

Result<Document> document_from_json(std::string_view text) {
  auto value = parse(text);
  if (!value) return std::move(value).error();
  std::optional<Error> error;
  Fields fields(*value, "document", error);
  Document document;
  document.file = fields.required_text("file");
  document.format = fields.required_text("format");
  document.sha256 = fields.required_text("sha256");
  document.version_code = fields.text("version_code");
  if (const json::array* tables = fields.array("tables")) {
    for (const json::value& each : *tables) document.tables.push_back(table_of(each, document.tables.size(), error));
  }
  if (const json::array* notes = fields.array("notes")) {
    for (const json::value& each : *notes) document.notes.push_back(note_of(each, error));
  }
  if (const json::value* failure = fields.find("error"); failure != nullptr && !failure->is_null()) {
    Fields reason(*failure, "error", error);
    document.error = Document::Failure{reason.required_text("code"), reason.required_text("message")};
  }
  if (error) return std::move(*error);
  return document;
}

Result<GoalTable> table_from_json(std::string_view text) {
  auto value = parse(text);
  if (!value) return std::move(value).error();
  std::optional<Error> error;
  GoalTable table = table_of(*value, 0, error);
  if (error) return std::move(*error);
  return table;
}

Result<std::vector<GoalTable>> tables_from_json(std::string_view text) {
  auto value = parse(text);
  if (!value) return std::move(value).error();
  const json::value* list = &*value;
  if (const json::object* object = list->if_object()) list = object->if_contains("tables");
  if (list == nullptr || !list->is_array()) return Error{"json-shape", "数据格式不对：没有“tables”数组。", {}};
  std::optional<Error> error;
  std::vector<GoalTable> tables;
  for (const json::value& each : list->as_array()) tables.push_back(table_of(each, tables.size(), error));
  if (error) return std::move(*error);
  return tables;
}

}  // namespace jiheng
