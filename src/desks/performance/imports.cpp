#include "desks/performance/imports.h"

#include <algorithm>
#include <exception>
#include <map>
#include <span>
#include <stdexcept>

#include "access/units.h"
#include "auditing/submission.h"
#include "base/embedded.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/stored.h"
#include "desks/performance/workflow.h"
#include "desks/performance/years.h"
#include "policy/pack.h"

namespace jiheng::embedded {
std::span<const File> sample_bureau();
}

namespace jiheng::desks {
namespace {

using Outcome = ImportedFile::State;

ImportedFile failed(ImportedFile file, const Error& error) {
  file.state = Outcome::failed;
  file.code = error.code;
  file.message = error.message;
  return file;
}

/// What of a document belongs to one unit.
struct Part {
  std::vector<GoalTable> tables;
  std::vector<Note> notes;
};

/// Notes on the document as a whole go with the first part.
std::vector<Part> parts_of(const Document& document) {
  std::map<int, std::pair<std::size_t, int>> places;  // table of the document → part, table of the part
  std::vector<Part> parts;
  for (const auditing::Submission& submission : auditing::submissions(std::span(&document, 1), pack_for({}, {}))) {
    Part& part = parts.emplace_back();
    for (const auditing::TableView& table : submission.tables) {
      places[table.index] = {parts.size() - 1, static_cast<int>(part.tables.size())};
      part.tables.push_back(*table.raw);
    }
  }
  for (Note note : document.notes) {
    const auto place = note.table ? places.find(*note.table) : places.end();
    if (place != places.end()) note.table = place->second.second;
    if (note.table && place == places.end()) continue;
    parts[place == places.end() ? 0 : place->second.first].notes.push_back(std::move(note));
  }
  return parts;
}

std::optional<int> year_of(const Part& part) {
  for (const GoalTable& table : part.tables) {
    if (table.year) return table.year;
  }
  return std::nullopt;
}

/// Findings that touch the file.
void count_findings(ImportedFile& file, const auditing::Report& report) {
  for (const auditing::Finding& finding : report.findings) {
    if (std::none_of(finding.at.begin(), finding.at.end(), [&](const auditing::Place& place) { return place.file == file.file; })) continue;
    ++(finding.severity == auditing::Severity::error     ? file.errors
       : finding.severity == auditing::Severity::warning ? file.warnings
                                                         : file.hints);
  }
}

/// Tells of the submissions the file went to, or was found in.
void describe(ImportedFile& file, const std::string& sha256, const std::vector<Opened>& touched) {
  for (const Opened& each : touched) {
    if (file.submission.empty()) {
      file.submission = each.summary.id;
      file.unit_name = each.summary.unit_name;
    }
    for (const FiledTable& table : each.body.tables) file.tables += table.attachment == sha256 ? 1 : 0;
    count_findings(file, each.report);
  }
  if (touched.size() > 1) file.message = "文件里有" + std::to_string(touched.size()) + "个单位的表，已分别登记到各单位。";
}

/// Whose the part is: the unit that goes by its name; a person of one unit alone brings his own where the name is nobody's.
Text unit_of_part(store::Connection& connection, const std::string& tenant, const Text& name, const access::Reach& reach) {
  Text unit = name ? access::unit_named(connection, tenant, *name) : std::nullopt;
  if (!unit && reach.units.size() == 1) unit = reach.units.front();
  return unit;
}

/// One unit's part into its submission, within the change.
Result<Opened> store_part(registry::Change& change, const std::string& tenant, Part part, const Body::File& file,
                          const access::Principal& who) {
  Body fresh;
  for (const GoalTable& table : part.tables) fresh.tables.push_back({table, file.name, file.attachment});
  const Text name = unit_of(by_file(fresh));
  const access::Reach reach = who.reach(access::Permission::file_submissions);
  const Text unit = unit_of_part(change.connection(), tenant, name, reach);
  if (!reach.contains(unit.value_or("")))
    return Error{"not-your-unit", "文件是“" + name.value_or("没有写明单位") + "”的，您只能填报自己单位的绩效目标。", {name.value_or("")}};
  const std::string id = find_submission(change.connection(), tenant, unit, unit_key_of(name, file.name), year_of(part));
  const auto latest = id.empty() ? std::nullopt : change.latest(submission_kind, id);
  const State state = latest ? state_from_code(latest->state).value_or(State::draft) : State::draft;
  Body body = latest ? body_from_json(latest->body) : Body();
  if (state == State::approved) return Error{"action-not-allowed", "这个单位本年度的绩效目标已经审核通过，不能再导入。", {id}};
  if (auto refused = edit_refusal({state, unit, body.filing}, who, "导入")) return std::move(*refused);
  // Tables without a year join the unit's latest submission, which may lie in a closed one.
  for (const auto& year : {year_of(part), listed_year(change.connection(), tenant, id)}) {
    if (is_closed_year(change, year)) return closed_year(*year);
  }
  replace_file(body, file, std::move(part.tables), std::move(part.notes));
  body.pack = std::nullopt;
  if (!reach.all && !body.unit) body.unit = unit;
  add_filer(body.filing, who, who.stands_in(access::Permission::file_submissions, unit.value_or("")));
  auto record = change.put({std::string(submission_kind), latest ? latest->id : registry::new_id(), latest ? latest->revision : 0,
                            std::string(state_code(state)), "import", body_json(body), body.attachments()});
  if (!record) return std::move(record).error();
  const Text pack = year_pack(change, year_of(body));
  Opened stored = opened(std::move(*record), std::move(body), pack);
  store_lists(change.connection(), tenant, stored);
  return stored;
}

ImportedFile store(registry::Registry& registry, ImportedFile result, const IncomingFile& file, const Document& document,
                   const access::Principal& who, Text why) {
  std::vector<Part> parts = parts_of(document);
  const Body::File source{result.file, registry.keep(file.bytes)};
  auto change = registry.begin(author_of(who, std::move(why)));
  std::vector<Opened> touched;
  const auto holders = holders_of(change.connection(), registry.tenant(), source.attachment);
  if (holders.size() >= parts.size()) {
    for (const std::string& id : holders) {
      const Text unit = listed_unit(change.connection(), registry.tenant(), id);
      if (!who.may(access::Permission::file_submissions, unit.value_or("")))
        return failed(std::move(result), {"not-your-unit", "这个文件已由别的单位报过，您只能填报自己单位的绩效目标。", {}});
      if (auto record = change.latest(submission_kind, id)) touched.push_back(opened(std::move(*record), change));
    }
    result.state = Outcome::unchanged;
    describe(result, source.attachment, touched);
    return result;
  }
  for (Part& part : parts) {
    auto stored = store_part(change, registry.tenant(), std::move(part), source, who);
    if (!stored) return failed(std::move(result), stored.error());
    touched.push_back(std::move(*stored));
  }
  change.commit();
  result.state = Outcome::imported;
  describe(result, source.attachment, touched);
  return result;
}

Document read_with(const Reader& read, const IncomingFile& file, const std::string& name) {
  try {
    return read(file.bytes, name);
  } catch (const std::exception&) {
    Document document;
    document.error = Document::Failure{"reader-failed", "读取这个文件时程序出了意外，文件没有导入。请把文件交给维护人员查看。"};
    return document;
  }
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
  return "failed";
}

ImportedFile import_file(registry::Registry& registry, const IncomingFile& file, const Reader& read, const access::Principal& who,
                         Text why) {
  ImportedFile result;
  result.file = reading::readable_name(file.name);
  if (!who.may(access::Permission::file_submissions)) return failed(std::move(result), forbidden());
  if (file.trouble) return failed(std::move(result), *file.trouble);
  const Document document = read_with(read, file, result.file);
  if (document.error) return failed(std::move(result), {document.error->code, document.error->message, {}});
  if (document.tables.empty()) {
    result = failed(std::move(result),
                    {"no-table", "文件里没有找到绩效目标表。请确认文件是否传错；确是绩效目标表的，请按财政部门的样表格式填写。", {}});
    result.state = Outcome::empty;
    return result;
  }
  try {
    return store(registry, result, file, document, who, std::move(why));
  } catch (const store::Failure& failure) {
    return failed(std::move(result), failure.error());
  }
}

ImportedFile load_sample(registry::Registry& registry, const Reader& read) {
  const auto files = embedded::sample_bureau();
  if (files.empty()) {
    ImportedFile none;
    none.file = "sample";
    return failed(std::move(none), {"no-sample", "程序里没有带示例单位的文件，请重新构建程序。", {}});
  }
  const IncomingFile sample{"示例/株洲市渌口区财政局2026年绩效目标.txt", std::string(files.front().bytes), std::nullopt};
  return import_file(registry, sample, read, access::Principal::operator_at_machine(), "载入示例单位");
}

}  // namespace jiheng::desks
