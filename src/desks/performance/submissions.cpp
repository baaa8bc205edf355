#include "desks/performance/submissions.h"

#include <algorithm>

#include "base/text.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/workflow.h"
#include "goals/json.h"

namespace jiheng::desks {
namespace {

constexpr std::size_t most_tables = 500;
constexpr std::size_t most_indicators = 5000;
constexpr std::size_t most_bytes = 16U << 20;

Error not_found(std::string_view id) {
  return {"not-found", "没有这份绩效目标，它可能已被删除。", {std::string(id)}};
}

Error not_allowed(State state, std::string_view what) {
  return {"action-not-allowed",
          "这份绩效目标现在是“" + std::string(state_name(state)) + "”状态，不能" + std::string(what) + "。",
          {std::string(state_code(state))}};
}

bool readable_id(std::string_view id) {
  return id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

/// Nobody can hold it against us later that a table was cut: what is too large or no text is refused.
std::optional<Error> trouble_with(const std::vector<GoalTable>& tables) {
  if (tables.size() > most_tables)
    return Error{"invalid-table", "表太多了，一份绩效目标最多" + std::to_string(most_tables) + "张表。", {"tables"}};
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (tables[i].indicators.size() <= most_indicators) continue;
    return Error{"invalid-table",
                 "指标太多了，一张表最多" + std::to_string(most_indicators) + "条指标。",
                 {"tables[" + std::to_string(i) + "].indicators"}};
  }
  const std::string json = tables_json(tables);
  if (json.size() > most_bytes) return Error{"invalid-table", "内容太多了，请分成几份填报。", {"tables"}};
  if (!is_valid_utf8(json)) return Error{"invalid-table", "内容里有不能识别的字符，请重新输入。", {"tables"}};
  return std::nullopt;
}

Submission submission_of(Opened opened) {
  Submission submission;
  submission.summary = std::move(opened.summary);
  submission.tables = std::move(opened.body.tables);
  for (Body::FiledNote& each : opened.body.notes) submission.notes.push_back(std::move(each.note));
  submission.audit = std::move(opened.report);
  submission.actions = allowed_actions(submission.summary.state);
  submission.opinion = std::move(opened.body.opinion);
  return submission;
}

RevisionEntry entry_of(const registry::Record& record, std::size_t tables) {
  return {record.revision,         record.at, record.by, record.why, record.action, state_from_code(record.state).value_or(State::draft),
          static_cast<int>(tables)};
}

/// The latest revision, where it is there and is the one the change was made from.
Result<registry::Record> current(registry::Registry& registry, std::string_view id, int from_revision) {
  auto record = readable_id(id) ? registry.latest(submission_kind, id) : std::nullopt;
  if (!record || record->state == removed_state) return not_found(id);
  if (record->revision != from_revision) return registry::stale_revision(*record);
  return std::move(*record);
}

/// What is audited before the record has its revision gets it afterwards.
void stand_in(Opened& opened, registry::Record record) {
  opened.record = std::move(record);
  opened.summary.id = opened.record.id;
  opened.summary.revision = opened.record.revision;
  opened.summary.state = state_from_code(opened.record.state).value_or(State::draft);
  opened.summary.updated_at = opened.record.at;
  opened.summary.updated_by = opened.record.by;
}

/// Stores the body as the next revision, with the lists. The record may have moved on meanwhile: stale-revision.
Result<Opened> store_revision(registry::Registry& registry, const registry::Record& from, Body body, std::string state, std::string action,
                              const registry::Author& author) {
  const registry::Revision revision{from.kind,         from.id,         from.revision,     std::move(state),
                                    std::move(action), body_json(body), body.attachments()};
  Opened next = opened(registry::Record{}, std::move(body));
  auto change = registry.begin(author);
  auto record = change.put(revision);
  if (!record) return std::move(record).error();
  stand_in(next, std::move(*record));
  if (next.record.state == removed_state) {
    remove_lists(change.connection(), registry.tenant(), next.record.id);
  } else {
    store_lists(change.connection(), registry.tenant(), next);
  }
  change.commit();
  return next;
}

}  // namespace

Page Submissions::list(const Filter& filter) const {
  auto reading = registry_.store().read();
  return list_page(*reading, registry_.tenant(), filter);
}

Result<Submission> Submissions::open(std::string_view id) const {
  auto record = readable_id(id) ? registry_.latest(submission_kind, id) : std::nullopt;
  if (!record || record->state == removed_state) return not_found(id);
  return submission_of(opened(std::move(*record)));
}

Result<OpenedJson> Submissions::open_json(std::string_view id) const {
  if (!readable_id(id)) return not_found(id);
  auto reading = registry_.store().read();
  return list_page_of(*reading, registry_.tenant(), id);
}

Result<Submission> Submissions::edit(std::string_view id, int from_revision, std::vector<GoalTable> tables,
                                     const registry::Author& author) {
  auto record = current(registry_, id, from_revision);
  if (!record) return std::move(record).error();
  const State state = state_from_code(record->state).value_or(State::draft);
  if (!is_editable(state)) return not_allowed(state, "修改");
  if (auto trouble = trouble_with(tables)) return std::move(*trouble);
  Body body = body_from_json(record->body);
  const std::string before = body_json(body);
  replace_tables(body, std::move(tables));
  // Saved without a change: nothing happened that the journal should tell of.
  if (body_json(body) == before) return submission_of(opened(std::move(*record), std::move(body)));
  body.pack = std::nullopt;
  auto next = store_revision(registry_, *record, std::move(body), record->state, "edit", author);
  if (!next) return std::move(next).error();
  return submission_of(std::move(*next));
}

Result<Submission> Submissions::act(std::string_view id, int from_revision, Action action, Text opinion, const registry::Author& author) {
  auto record = current(registry_, id, from_revision);
  if (!record) return std::move(record).error();
  const State state = state_from_code(record->state).value_or(State::draft);
  if (!is_allowed(state, action)) return not_allowed(state, action_name(action));
  Body body = body_from_json(record->body);
  body.pack = std::nullopt;
  if (action == Action::send_back || action == Action::approve) {
    body.pack = pack_in_use();
    if (opinion && !is_valid_utf8(*opinion)) return Error{"invalid-table", "审核意见里有不能识别的字符，请重新输入。", {"opinion"}};
    body.opinion = opinion && !trim(*opinion).empty() ? opinion : std::nullopt;
  }
  const bool removing = action == Action::remove;
  std::string next_state(removing ? removed_state : state_code(state_after(state, action)));
  auto next = store_revision(registry_, *record, std::move(body), std::move(next_state), std::string(action_code(action)), author);
  if (!next) return std::move(next).error();
  if (removing) next->summary.state = state;
  return submission_of(std::move(*next));
}

Result<std::vector<RevisionEntry>> Submissions::revisions(std::string_view id) const {
  const auto records = readable_id(id) ? registry_.history(submission_kind, id) : std::vector<registry::Record>();
  if (records.empty() || records.front().state == removed_state) return not_found(id);
  std::vector<RevisionEntry> entries;
  for (const registry::Record& record : records) entries.push_back(entry_of(record, body_from_json(record.body).tables.size()));
  return entries;
}

Result<PastRevision> Submissions::revision(std::string_view id, int number) const {
  auto record = readable_id(id) ? registry_.at_revision(submission_kind, id, number) : std::nullopt;
  if (!record || record->state == removed_state) return not_found(id);
  Opened past = opened(std::move(*record));
  RevisionEntry entry = entry_of(past.record, past.body.tables.size());
  return PastRevision{std::move(entry), std::move(past.body.tables), std::move(past.report)};
}

}  // namespace jiheng::desks
