#include "desks/performance/submissions.h"

#include <map>

#include "desks/performance/body.h"
#include "desks/performance/lists.h"
#include "desks/performance/workflow.h"

namespace jiheng::desks {
namespace {

constexpr std::size_t most_tables = 2000;
constexpr std::size_t most_indicators = 20000;  ///< of one submission

Error not_found(std::string_view id) {
  return {"not-found", "没有这份报送，可能已被删除。请回到清单重新打开。", {std::string(id)}};
}

Error not_allowed(State state, std::string_view what) {
  return {"action-not-allowed", "这份报送现在是“" + std::string(state_name(state)) + "”，不能" + std::string(what) + "。", {}};
}

std::string_view action_name(Action action) {
  switch (action) {
    case Action::submit:
      return "报送";
    case Action::withdraw:
      return "撤回";
    case Action::send_back:
      return "退回修改";
    case Action::approve:
      return "审核通过";
    case Action::remove:
      return "删除";
  }
  return "";
}

/// A stored body that cannot be read is a damaged database, not an expected failure.
Body read_body(const registry::Record& record) {
  auto body = body_from_json(record.body);
  if (!body)
    throw store::Failure("db-damaged", "数据库里这份报送的内容已损坏，请用 jiheng admin verify 核对，并从备份恢复。",
                         record.id + ": " + body.error().message);
  return std::move(body).value();
}

Submission submission_of(const registry::Record& record, Body body) {
  Submission submission;
  submission.audit = audit_of(body);
  submission.summary = summary_of(record, body, submission.audit);
  submission.actions = allowed_actions(submission.summary.state);
  submission.opinion = body.opinion;
  submission.notes = std::move(body.notes);
  submission.tables = std::move(body.tables);
  return submission;
}

std::optional<registry::Record> living(std::optional<registry::Record> record) {
  return record && record->state != deleted_state ? std::move(record) : std::nullopt;
}

std::optional<Error> shape_error(const std::vector<GoalTable>& tables) {
  if (tables.size() > most_tables) return Error{"invalid-table", "一份报送最多 2000 张表。", {"tables"}};
  std::size_t indicators = 0;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    indicators += tables[t].indicators.size();
    for (std::size_t i = 0; i < tables[t].indicators.size(); ++i) {
      if (!tables[t].indicators[i].level3.empty()) continue;
      return Error{"invalid-table",
                   "第 " + std::to_string(t + 1) + " 张表第 " + std::to_string(i + 1) + " 项指标没有名称，请填写或删去这一行。",
                   {"tables[" + std::to_string(t) + "].indicators[" + std::to_string(i) + "].level3"}};
    }
  }
  if (indicators > most_indicators) return Error{"invalid-table", "一份报送最多 20000 项指标。", {"tables"}};
  return std::nullopt;
}

bool same_form(const GoalTable& a, const GoalTable& b) {
  return a.kind == b.kind && a.project_name == b.project_name;
}

/// The edited tables with where each came from: by its place while none was added or taken away, else by its kind and project.
/// Notes go with their tables.
void replace_tables(Body& body, std::vector<GoalTable> tables) {
  std::vector<FiledTable> filed;
  std::map<int, int> moved;  // old index → new
  std::vector<bool> used(body.tables.size());
  const bool in_place = tables.size() == body.tables.size();
  for (std::size_t i = 0; i < tables.size(); ++i) {
    std::size_t from = in_place ? i : 0;
    while (!in_place && from < used.size() && (used[from] || !same_form(body.tables[from].table, tables[i]))) ++from;
    FiledTable next{std::move(tables[i]), {}, std::nullopt};
    if (from < used.size()) {
      used[from] = true;
      moved[static_cast<int>(from)] = static_cast<int>(i);
      next.file = body.tables[from].file;
      next.attachment = body.tables[from].attachment;
    }
    filed.push_back(std::move(next));
  }
  std::vector<Note> notes;
  for (Note& note : body.notes) {
    if (note.table) {
      const auto found = moved.find(*note.table);
      if (found == moved.end()) continue;
      note.table = found->second;
    }
    notes.push_back(std::move(note));
  }
  body.tables = std::move(filed);
  body.notes = std::move(notes);
}

}  // namespace

Page Submissions::list(const Filter& filter) const {
  auto reading = registry_.store().read();
  return list_page(*reading, registry_.tenant(), filter);
}

Result<Submission> Submissions::open(std::string_view id) const {
  const auto record = living(registry_.latest(submission_kind, id));
  if (!record) return not_found(id);
  return submission_of(*record, read_body(*record));
}

Result<OpenedJson> Submissions::open_json(std::string_view id) const {
  auto reading = registry_.store().read();
  auto opened = opened_json(*reading, registry_.tenant(), id);
  if (!opened) return not_found(id);
  return std::move(*opened);
}

Result<Submission> Submissions::edit(std::string_view id, int from_revision, std::vector<GoalTable> tables,
                                     const registry::Author& author) {
  if (auto error = shape_error(tables)) return std::move(*error);
  auto change = registry_.begin(author);
  const auto latest = living(change.latest(submission_kind, id));
  if (!latest) return not_found(id);
  const State state = state_from_code(latest->state).value_or(State::draft);
  if (!may_edit(state)) return not_allowed(state, "修改；如需修改请先退回");
  Body body = read_body(*latest);
  replace_tables(body, std::move(tables));
  auto stored = change.put(
      {std::string(submission_kind), std::string(id), from_revision, latest->state, "edit", body_json(body), attachments_of(body)});
  if (!stored) return std::move(stored).error();
  const auditing::Report report = audit_of(body);
  store_lists(change.connection(), registry_.tenant(), *stored, body, report);
  change.commit();
  return submission_of(*stored, std::move(body));
}

Result<Submission> Submissions::act(std::string_view id, int from_revision, Action action, Text opinion, const registry::Author& author) {
  auto change = registry_.begin(author);
  const auto latest = living(change.latest(submission_kind, id));
  if (!latest) return not_found(id);
  const State state = state_from_code(latest->state).value_or(State::draft);
  Body body = read_body(*latest);
  if (action == Action::send_back || action == Action::approve) body.opinion = std::move(opinion);
  const std::string next = action == Action::remove ? std::string(deleted_state) : std::string(state_code(state_after(state, action)));
  // A stale revision is told first: somebody else's change is why the action no longer fits.
  if (latest->revision == from_revision && !is_allowed(state, action)) return not_allowed(state, action_name(action));
  auto stored = change.put({std::string(submission_kind), std::string(id), from_revision, next, std::string(action_code(action)),
                            body_json(body), attachments_of(body)});
  if (!stored) return std::move(stored).error();
  if (action == Action::remove) {
    drop_lists(change.connection(), registry_.tenant(), id);
    change.commit();
    return submission_of(*latest, std::move(body));
  }
  store_lists(change.connection(), registry_.tenant(), *stored, body, audit_of(body));
  change.commit();
  return submission_of(*stored, std::move(body));
}

namespace {

RevisionEntry entry_of(const registry::Record& record, int tables) {
  return {record.revision, record.at, record.by, record.why, record.action, state_from_code(record.state).value_or(State::draft), tables};
}

}  // namespace

Result<std::vector<RevisionEntry>> Submissions::revisions(std::string_view id) const {
  const std::vector<registry::Record> history = registry_.history(submission_kind, id);
  if (history.empty() || history.front().state == deleted_state) return not_found(id);
  std::vector<RevisionEntry> entries;
  for (const registry::Record& record : history) entries.push_back(entry_of(record, static_cast<int>(read_body(record).tables.size())));
  return entries;
}

Result<PastRevision> Submissions::revision(std::string_view id, int number) const {
  const auto record = living(registry_.at_revision(submission_kind, id, number));
  if (!record) return not_found(id);
  Body body = read_body(*record);
  PastRevision past;
  past.entry = entry_of(*record, static_cast<int>(body.tables.size()));
  past.audit = audit_of(body);
  past.tables = std::move(body.tables);
  return past;
}

int Submissions::prepare() {
  const std::string& tenant = registry_.tenant();
  std::map<std::string, int> records;
  std::map<std::string, int> listed;
  std::string maker;
  {
    auto reading = registry_.store().read();
    reading->query("SELECT made_by FROM submission_lists WHERE tenant_id = ?", {tenant},
                   [&](const store::Row& row) { maker = row.string(0); });
    reading->query(
        "SELECT j.record_id, j.revision FROM journal j WHERE j.tenant_id = ? AND j.kind = ? AND j.state <> ? AND NOT EXISTS "
        "(SELECT 1 FROM journal n WHERE n.tenant_id = j.tenant_id AND n.kind = j.kind AND n.record_id = j.record_id AND n.revision > "
        "j.revision)",
        {tenant, submission_kind, deleted_state}, [&](const store::Row& row) { records[row.string(0)] = row.small(1); });
    reading->query("SELECT id, revision FROM submission_summaries WHERE tenant_id = ?", {tenant},
                   [&](const store::Row& row) { listed[row.string(0)] = row.small(1); });
  }
  if (maker == list_maker() && records == listed) return 0;
  return rebuild();
}

int Submissions::rebuild() {
  const std::string& tenant = registry_.tenant();
  int made = 0;
  // The change holds the journal's head: no record moves while its list is made.
  auto change = registry_.begin({});
  store::Connection& connection = change.connection();
  for (const std::string_view table : {"submission_summaries", "submission_pages", "submission_files", "submission_lists"}) {
    connection.run("DELETE FROM " + std::string(table) + " WHERE tenant_id = ?", {tenant});
  }
  auto reading = registry_.store().read();
  registry_.each_latest(*reading, submission_kind, [&](const registry::Record& record) {
    if (record.state == deleted_state) return;
    const Body body = read_body(record);
    store_lists(connection, tenant, record, body, audit_of(body));
    ++made;
  });
  const std::string maker = list_maker();
  connection.run("INSERT INTO submission_lists (tenant_id, made_by) VALUES (?, ?)", {tenant, maker});
  change.commit();
  return made;
}

}  // namespace jiheng::desks
