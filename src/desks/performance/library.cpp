#include "desks/performance/library.h"

#include <boost/json.hpp>

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/function_class.h"
#include "desks/performance/library_rows.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_name = 300;    ///< bytes
constexpr std::size_t longest_text = 6'000;  ///< bytes
constexpr int most_uses = 500;
constexpr std::string_view select_uses =
    "SELECT u.year_key, u.kind, u.target, u.submission, u.project_name, u.table_no, u.indicator_no, s.unit_id, COALESCE(n.name, "
    "s.unit_name), COALESCE(n.classified, 0) FROM library_uses u JOIN submission_summaries s ON s.tenant_id = u.tenant_id AND s.id = "
    "u.submission "
    "LEFT JOIN units n ON n.tenant_id = s.tenant_id AND n.id = s.unit_id "
    "WHERE u.tenant_id = ? AND u.entry = ? "
    "ORDER BY u.year_key DESC, u.submission DESC, u.table_no, u.indicator_no";

Error not_found(std::string_view id) {
  return {"not-found", "指标库里没有这条指标，它所在的绩效目标可能已调整。", {std::string(id)}};
}

Error invalid(std::string message, std::string field) {
  return {"invalid-entry", std::move(message), {std::move(field)}};
}

std::optional<Error> trouble_with(const Curation& curation) {
  const auto fits = [](const Text& text, std::size_t most) { return !text || (text->size() <= most && is_valid_utf8(*text)); };
  if (!fits(curation.name, longest_name)) return invalid("指标名称太长（不超过100个字）或有不能识别的字符。", "name");
  if (curation.name && fold_label(*curation.name).empty()) return invalid("指标名称里没有文字。", "name");
  if (!fits(curation.explanation, longest_text)) return invalid("指标解释太长（不超过2000个字）或有不能识别的字符。", "explanation");
  if (!fits(curation.evidence, longest_text)) return invalid("数据来源太长（不超过2000个字）或有不能识别的字符。", "evidence");
  if (curation.function_class && function_class_name(*curation.function_class).empty())
    return invalid("没有这个功能分类。", "function_class");
  return std::nullopt;
}

std::string body_of(const LibraryNote& note) {
  std::string text;
  JsonWriter(text)
      .begin_object()
      .field("level1", note.level1)
      .field("level2", note.level2)
      .field("original", note.original)
      .field("direction", note.direction)
      .field("unit", note.unit)
      .field("name", note.name)
      .field("explanation", note.explanation)
      .field("evidence", note.evidence)
      .field("function_class", note.function_class)
      .key("retired")
      .boolean(note.retired)
      .end_object();
  return text;
}

std::optional<LibraryEntry> find_entry(store::Connection& connection, const std::string& tenant, std::string_view id) {
  static const std::string sql = "SELECT " + std::string(library_columns) + " FROM library_entries e WHERE e.tenant_id = ? AND e.id = ?";
  std::optional<LibraryEntry> found;
  connection.query(sql, {tenant, id}, [&](const store::Row& row) { found = library_entry_of(row); });
  return found;
}

bool is_id(std::string_view id) {
  return id.size() == 32 && std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<LibraryDetail> detail_of(store::Connection& connection, const std::string& tenant, std::string_view id,
                                const access::Principal& who) {
  auto entry = is_id(id) ? find_entry(connection, tenant, id) : std::nullopt;
  if (!entry) return not_found(id);
  LibraryDetail detail;
  detail.entry = std::move(*entry);
  detail.written = find_library_note(connection, tenant, id);
  if (detail.written && detail.written->name) detail.original = detail.written->original;
  const access::Reach reach = who.reach(access::Permission::see_submissions);
  connection.query(select_uses, {tenant, id}, [&](const store::Row& row) {
    // Asked of the database it made a planner believe that hardly any row is left, and walk all submissions for these.
    if (row.small(9) != 0) return;
    if (++detail.uses_total > most_uses) return;
    LibraryUse use;
    use.year = row.small(0);
    use.kind = kind_from_code(row.text(1)).value_or(TableKind::project);
    use.target = row.string(2);
    // Who set a target is told to whoever may see the table anyway.
    if (reach.all || (!row.is_null(7) && reach.contains(row.text(7)))) {
      use.submission = row.string(3);
      use.project_name = row.optional_text(4);
      use.table = row.small(5);
      use.indicator = row.small(6);
      use.unit_name = row.optional_text(8);
    }
    detail.uses.push_back(std::move(use));
  });
  return detail;
}

}  // namespace

LibraryEntry library_entry_of(const store::Row& row) {
  LibraryEntry entry;
  entry.id = row.string(0);
  entry.revision = row.small(1);
  entry.level1 = row.string(2);
  entry.level2 = row.optional_text(3);
  entry.name = row.string(4);
  entry.direction = direction_from_code(row.text(5)).value_or(Direction::exact);
  entry.comparator = comparator_from_code(row.text(6)).value_or(Comparator::none);
  entry.unit = row.optional_text(7);
  entry.explanation = row.optional_text(8);
  entry.scoring_rule = row.optional_text(9);
  entry.evidence = row.optional_text(10);
  entry.function_class = row.optional_text(11);
  entry.retired = row.integer(12) != 0;
  entry.tables = row.small(13);
  entry.units = row.small(14);
  entry.years = row.small(15);
  entry.last_year = row.optional_small(16);
  entry.overall_tables = row.small(17);
  entry.project_tables = row.small(18);
  if (row.small(19) > 0)
    entry.figures = TargetFigures{row.small(19), row.string(20), row.string(21), row.string(22), row.string(23), row.string(24)};
  return entry;
}

LibraryNote library_note_from(const registry::Record& record) {
  // What the registry verified and we wrote; anything else is damage.
  try {
    const json::value body = json::parse(record.body);
    const auto text = [&](std::string_view name) {
      const json::value& value = body.at(name);
      return value.is_null() ? Text() : Text(std::string(value.as_string()));
    };
    return {record.id,
            record.revision,
            text("level1").value_or(""),
            text("level2"),
            text("original").value_or(""),
            text("direction").value_or(""),
            text("unit"),
            text("name"),
            text("explanation"),
            text("evidence"),
            text("function_class"),
            body.at("retired").as_bool()};
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里指标库的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

void Library::settle() const {
  try {
    settle_library(registry_);
  } catch (const store::Failure&) {
    // A full disk, or an import that stores for long: who reads gets what is there; the next one tries again.
  }
}

Result<LibraryDetail> Library::open(std::string_view id, const access::Principal& who) const {
  settle();
  return detail_of(*registry_.store().read(), registry_.tenant(), id, who);
}

Result<LibraryDetail> Library::curate(std::string_view id, int from_revision, Curation curation, const access::Principal& who, Text why) {
  if (!who.may(access::Permission::audit_performance)) return forbidden();
  if (auto trouble = trouble_with(curation)) return std::move(*trouble);
  settle_library(registry_);
  auto change = registry_.begin(author_of(who, std::move(why)));
  store::Connection& connection = change.connection();
  const auto entry = is_id(id) ? find_entry(connection, registry_.tenant(), id) : std::nullopt;
  if (!entry) return not_found(id);
  auto note = find_library_note(connection, registry_.tenant(), id);
  if (!note) {
    note = LibraryNote{std::string(id),
                       0,
                       entry->level1,
                       entry->level2,
                       entry->name,
                       std::string(direction_code(entry->direction)),
                       entry->unit,
                       {},
                       {},
                       {},
                       {},
                       false};
  }
  const bool was_retired = note->retired;
  note->name = std::move(curation.name);
  note->explanation = std::move(curation.explanation);
  note->evidence = std::move(curation.evidence);
  note->function_class = std::move(curation.function_class);
  note->retired = curation.retired;
  const auto record = change.put({std::string(library_kind),
                                  note->id,
                                  from_revision,
                                  note->retired ? "retired" : "in-use",
                                  was_retired == note->retired ? "edit"
                                  : note->retired              ? "retire"
                                                               : "reopen",
                                  body_of(*note),
                                  {}});
  if (!record) return record.error();
  note->revision = record->revision;
  store_library_note(connection, registry_.tenant(), *note);
  refresh_library_entry(connection, registry_.tenant(), note->id);
  auto detail = detail_of(connection, registry_.tenant(), id, who);
  change.commit();
  return detail;
}

}  // namespace jiheng::desks
