#include "goals/json.h"

namespace jiheng {
namespace {

/// Writes the vocabulary over one kind of strings.
template <class Words>
class Writing {
 public:
  explicit Writing(JsonWriter& out) : out_(out) {}

  void source(const typename Words::Source& source) {
    out_.begin_object();
    out_.member<"page_or_sheet">(source.page_or_sheet);
    out_.member<"row">(std::int64_t{source.row});
    out_.member<"column">(std::int64_t{source.column});
    out_.member<"text">(source.text);
    out_.end_object();
  }

  void indicator(const typename Words::Indicator& indicator) {
    out_.begin_object();
    out_.member<"level1">(indicator.level1);
    out_.member<"level2">(indicator.level2);
    out_.member<"level3">(indicator.level3);
    if (indicator.comparator == Comparator::none)
      out_.null_member<"comparator">();
    else
      out_.member<"comparator">(comparator_code(indicator.comparator));
    out_.member<"value">(indicator.value);
    out_.member<"unit">(indicator.unit);
    out_.optional_member<"upper">(indicator.upper);
    if (indicator.long_term) out_.member<"horizon">("long_term");
    out_.member<"explanation">(indicator.explanation);
    out_.member<"scoring_rule">(indicator.scoring_rule);
    out_.member<"note">(indicator.note);
    out_.member<"weight">(indicator.weight);
    out_.optional_member<"actual">(indicator.actual);
    out_.optional_member<"score">(indicator.score);
    out_.optional_member<"deviation">(indicator.deviation);
    out_.optional_member<"forecast">(indicator.forecast);
    if (!indicator.causes.empty()) {
      out_.key("causes").begin_object();
      for (const auto& [column, text] : indicator.causes) out_.field(std::string_view(column), text);
      out_.end_object();
    }
    out_.optional_member<"likelihood">(indicator.likelihood);
    out_.key("source");
    source(indicator.source);
    out_.end_object();
  }

  void table(const typename Words::GoalTable& table) {
    const bool overall = table.kind == TableKind::overall;
    out_.begin_object();
    out_.member<"kind">(kind_code(table.kind));
    out_.member<"title">(table.title);
    optional_integer("year", table.year);
    out_.member<"unit_name">(table.unit_name);
    out_.member<"department">(table.department);
    out_.member<"money_unit">(table.money_unit);
    out_.member<"annual_goal">(table.annual_goal);
    out_.member<"long_term_goal">(table.long_term_goal);
    out_.member<"goal_result">(table.goal_result);
    out_.key("tasks");
    tasks(table.tasks);
    out_.key("budget");
    table.budget ? budget(*table.budget) : static_cast<void>(out_.null());
    if (!overall || table.project_name) {
      out_.member<"project_name">(table.project_name);
      out_.member<"project_category">(table.project_category);
      out_.member<"period">(table.period);
      out_.member<"amount">(table.amount);
      out_.member<"amount_total">(table.amount_total);
    }
    out_.key("execution");
    execution(table.execution);
    out_.optional_member<"total_score">(table.total_score);
    out_.key("indicators").begin_array();
    for (const auto& each : table.indicators) indicator(each);
    out_.end_array().end_object();
  }

  void note(const typename Words::Note& note) {
    out_.begin_object();
    out_.member<"code">(note.code);
    out_.member<"message">(note.message);
    optional_integer("table", note.table);
    optional_integer("indicator", note.indicator);
    out_.key("source");
    note.source ? source(*note.source) : static_cast<void>(out_.null());
    out_.end_object();
  }

  void document(const typename Words::Document& document) {
    out_.begin_object();
    out_.member<"file">(document.file);
    out_.key("format");
    document.format.empty() ? out_.null() : out_.string(document.format);
    out_.member<"sha256">(document.sha256);
    out_.optional_member<"version_code">(document.version_code);
    out_.key("tables").begin_array();
    for (const auto& each : document.tables) table(each);
    out_.end_array().key("notes").begin_array();
    for (const auto& each : document.notes) note(each);
    out_.end_array().key("error");
    if (document.error) {
      out_.begin_object();
      out_.member<"code">(document.error->code);
      out_.member<"message">(document.error->message);
      out_.end_object();
    } else {
      out_.null();
    }
    out_.end_object();
  }

 private:
  template <class Name>
  void optional_integer(const Name& name, const std::optional<int>& value) {
    out_.key(name);
    value ? out_.integer(*value) : out_.null();
  }

  void budget(const typename Words::Budget& budget) {
    out_.begin_object();
    out_.member<"total">(budget.total);
    out_.member<"general_public">(budget.general_public);
    out_.member<"government_fund">(budget.government_fund);
    out_.member<"special_account">(budget.special_account);
    out_.member<"other">(budget.other);
    out_.member<"basic">(budget.basic);
    out_.member<"project">(budget.project);
    out_.optional_member<"state_capital">(budget.state_capital);
    out_.optional_member<"fiscal_appropriation">(budget.fiscal_appropriation);
    out_.end_object();
  }

  void tasks(const std::vector<typename Words::Task>& tasks) {
    out_.begin_array();
    for (const auto& task : tasks) {
      out_.begin_object();
      out_.member<"name">(task.name);
      out_.member<"content">(task.content);
      out_.optional_member<"amount">(task.amount);
      out_.optional_member<"goal">(task.goal);
      out_.end_object();
    }
    out_.end_array();
  }

  void execution(const std::vector<typename Words::Execution>& rows) {
    out_.begin_array();
    for (const auto& row : rows) {
      out_.begin_object();
      out_.member<"fund">(row.fund);
      out_.member<"initial">(row.initial);
      out_.member<"budget">(row.budget);
      out_.member<"executed">(row.executed);
      out_.member<"forecast">(row.forecast);
      out_.member<"rate">(row.rate);
      out_.member<"weight">(row.weight);
      out_.member<"score">(row.score);
      out_.end_object();
    }
    out_.end_array();
  }

  JsonWriter& out_;
};

using Owned = Vocabulary<std::string>;

template <class Words>
std::string line_of(const typename Words::Document& document) {
  std::string text;
  text.reserve(32768);
  JsonWriter out(text);
  Writing<Words>(out).document(document);
  return text;
}

}  // namespace

void write_json(JsonWriter& out, const Source& source) {
  Writing<Owned>(out).source(source);
}

void write_json(JsonWriter& out, const Indicator& indicator) {
  Writing<Owned>(out).indicator(indicator);
}

void write_json(JsonWriter& out, const GoalTable& table) {
  Writing<Owned>(out).table(table);
}

void write_json(JsonWriter& out, const Note& note) {
  Writing<Owned>(out).note(note);
}

void write_json(JsonWriter& out, const Document& document) {
  Writing<Owned>(out).document(document);
}

std::string json_line(const Document& document) {
  return line_of<Owned>(document);
}

std::string json_line(const views::Document& document) {
  return line_of<views::Words>(document);
}

void append_note(std::string& line, const Note& note) {
  // The last of these: no text holds them, as a quotation mark inside one is escaped.
  constexpr std::string_view behind_notes = "],\"error\":";
  const std::size_t end = line.rfind(behind_notes);
  if (end == std::string::npos || end == 0) return;
  std::string text;
  if (line[end - 1] != '[') text += ',';
  JsonWriter out(text);
  write_json(out, note);
  line.insert(end, text);
}

std::string_view sha256_of(std::string_view line) {
  constexpr std::string_view name = "\"sha256\":\"";
  constexpr std::size_t digits = 64;
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return {};
  const std::string_view value = line.substr(at + name.size(), digits);
  return value.find('"') == std::string_view::npos ? value : std::string_view();
}

std::string tables_json(const std::vector<GoalTable>& tables) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const GoalTable& table : tables) Writing<Owned>(out).table(table);
  out.end_array();
  return text;
}

}  // namespace jiheng
