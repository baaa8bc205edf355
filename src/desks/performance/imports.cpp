#include "desks/performance/imports.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/hash.h"
#include "desks/performance/body.h"
#include "desks/performance/lists.h"
#include "desks/performance/workflow.h"

namespace jiheng::embedded {
std::span<const File> sample_bureau();
}

namespace jiheng::desks {
namespace {

using Outcome = ImportedFile::State;

constexpr std::string_view sample_name = "株洲市渌口区财政局2026年绩效目标表.txt";

ImportedFile failed(std::string file, std::string code, std::string message) {
  ImportedFile imported;
  imported.state = Outcome::failed;
  imported.file = std::move(file);
  imported.code = std::move(code);
  imported.message = std::move(message);
  return imported;
}

Body body_of(Document document, const std::string& name, const std::string& sha256) {
  Body body;
  body.file = name;
  body.notes = std::move(document.notes);
  for (GoalTable& table : document.tables) body.tables.push_back({std::move(table), name, sha256});
  return body;
}

/// The new file's tables in the place of those read from a file of the same name; the other files' stay.
Body merged(Body old, Body incoming) {
  Body body;
  body.file = incoming.file;
  body.opinion = old.opinion;
  std::vector<int> moved(old.tables.size(), -1);
  const auto take_incoming = [&] {
    const int first = static_cast<int>(body.tables.size());
    for (FiledTable& table : incoming.tables) body.tables.push_back(std::move(table));
    for (Note& note : incoming.notes) {
      if (note.table) *note.table += first;
      body.notes.push_back(std::move(note));
    }
    incoming = {};
  };
  bool taken = false;
  for (std::size_t i = 0; i < old.tables.size(); ++i) {
    if (old.tables[i].file == body.file) {
      if (!taken) take_incoming();
      taken = true;
      continue;
    }
    moved[i] = static_cast<int>(body.tables.size());
    body.tables.push_back(std::move(old.tables[i]));
  }
  if (!taken) take_incoming();
  for (Note& note : old.notes) {
    if (!note.table || *note.table < 0 || *note.table >= static_cast<int>(moved.size()) || moved[static_cast<std::size_t>(*note.table)] < 0)
      continue;
    note.table = moved[static_cast<std::size_t>(*note.table)];
    body.notes.push_back(std::move(note));
  }
  return body;
}

ImportedFile stored_as(const std::string& file, Outcome state, const registry::Record& record, const Body& body) {
  const Summary summary = summary_of(record, body, audit_of(body));
  ImportedFile imported;
  imported.state = state;
  imported.file = file;
  imported.submission = record.id;
  imported.unit_name = summary.unit_name;
  imported.tables = summary.tables;
  imported.errors = summary.errors;
  imported.warnings = summary.warnings;
  imported.hints = summary.hints;
  return imported;
}

ImportedFile store(registry::Registry& registry, const std::string& file, const std::string& sha256, Body incoming,
                   const registry::Author& author) {
  auto change = registry.begin(author);
  if (const auto id = find_file(change.connection(), registry.tenant(), sha256)) {
    const auto record = change.latest(submission_kind, *id);
    if (const auto body = record ? body_from_json(record->body) : Result<Body>(Error{}))
      return stored_as(file, Outcome::unchanged, *record, *body);
  }
  const auto id = find_submission(change.connection(), registry.tenant(), incoming);
  const auto latest = id ? change.latest(submission_kind, *id) : std::nullopt;
  Body body = std::move(incoming);
  std::string state(state_code(State::draft));
  if (latest) {
    const auto now = state_from_code(latest->state).value_or(State::draft);
    if (!may_edit(now)) return failed(file, "action-not-allowed", "这个单位的目标表已审核通过，没有导入；如需更换，请先退回修改。");
    auto old = body_from_json(latest->body);
    if (!old) return failed(file, "db-damaged", "数据库里这个单位原有的报送已损坏，没有导入。请用 jiheng admin verify 核对。");
    body = merged(std::move(old).value(), std::move(body));
    state = latest->state;
  }
  auto stored = change.put({std::string(submission_kind), latest ? latest->id : registry::new_id(), latest ? latest->revision : 0, state,
                            "import", body_json(body), attachments_of(body)});
  if (!stored) return failed(file, stored.error().code, stored.error().message);
  store_lists(change.connection(), registry.tenant(), *stored, body, audit_of(body));
  change.commit();
  return stored_as(file, Outcome::imported, *stored, body);
}

}  // namespace

std::string_view import_state_code(Outcome state) {
  switch (state) {
    case Outcome::waiting:
      return "waiting";
    case Outcome::imported:
      return "imported";
    case Outcome::unchanged:
      return "unchanged";
    case Outcome::failed:
      return "failed";
    case Outcome::empty:
      return "empty";
  }
  return "";
}

ImportedFile import_file(registry::Registry& registry, const IncomingFile& file, const Reader& read, const registry::Author& author) {
  if (file.trouble) return failed(file.name, file.trouble->code, file.trouble->message);
  Document document = read(file.bytes, file.name);
  if (document.error) return failed(file.name, document.error->code, document.error->message);
  if (document.tables.empty()) {
    ImportedFile nothing =
        failed(file.name, "no-table",
               "文件里没有绩效目标表。请确认选对了文件；如果有表而没有认出来，请检查是否有“一级指标、三级指标、指标值”等表头。");
    nothing.state = Outcome::empty;
    return nothing;
  }
  // The original is on the disk before anything names it.
  const std::string sha256 = registry.keep(file.bytes);
  return store(registry, file.name, sha256, body_of(std::move(document), file.name, sha256), author);
}

ImportedFile load_sample(registry::Registry& registry, const Reader& read) {
  const auto files = embedded::sample_bureau();
  if (files.empty()) return failed(std::string(sample_name), "no-sample", "程序里没有示例单位的数据，请重新构建。");
  const IncomingFile sample{std::string(sample_name), std::string(files.front().bytes), std::nullopt};
  const std::string sha256 = sha256_hex(sample.bytes);
  // Once there, always there: a clerk who deleted the sample does not want it back.
  if (registry.attachment(sha256)) {
    ImportedFile unchanged;
    unchanged.state = Outcome::unchanged;
    unchanged.file = sample.name;
    return unchanged;
  }
  registry::Author author;
  author.why = "装入示例单位";
  return import_file(registry, sample, read, author);
}

}  // namespace jiheng::desks
