#include "desks/performance/submissions.h"

#include <algorithm>

#include "access/units.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/workflow.h"
#include "desks/performance/years.h"
#include "goals/json.h"

namespace jiheng::desks {
namespace {

constexpr std::size_t most_tables = 500;
constexpr std::size_t most_indicators = 5000;
constexpr std::size_t most_bytes = 16U << 20;

Error not_found(std::string_view id) {
  return {"not-found", "没有这份绩效目标，它可能已被删除。", {std::string(id)}};
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

Standing standing_of(const Opened& opened) {
  return {opened.summary.state, opened.summary.unit, opened.body.filing};
}

Submission submission_of(Opened opened, const access::Principal& who, const FilingRules& rules) {
  Submission submission;
  submission.actions = allowed_actions(standing_of(opened), who, rules);
  submission.summary = std::move(opened.summary);
  submission.tables = std::move(opened.body.tables);
  for (Body::FiledNote& each : opened.body.notes) submission.notes.push_back(std::move(each.note));
  submission.audit = std::move(opened.report);
  submission.opinion = std::move(opened.body.opinion);
  submission.filing = std::move(opened.body.filing);
  return submission;
}

RevisionEntry entry_of(const registry::Record& record, std::size_t tables) {
  return {record.revision,         record.at, record.by, record.why, record.action, state_from_code(record.state).value_or(State::draft),
          static_cast<int>(tables)};
}

/// What is audited before the record has its revision gets it afterwards.
void stand_in(Opened& opened, registry::Record record) {
  opened.record = std::move(record);
  opened.summary.id = opened.record.id;
  opened.summary.revision = opened.record.revision;
  opened.summary.state = state_from_code(opened.record.state).value_or(State::draft);
  opened.summary.step = opened.summary.state == State::submitted ? opened.body.filing.waiting() : std::nullopt;
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
  // Neither out of a closed year nor into one: the tables themselves say the year.
  for (const auto& year : {listed_year(change.connection(), registry.tenant(), from.id), next.summary.year}) {
    if (is_closed_year(change, year)) return closed_year(*year);
  }
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

Error not_text(std::string_view what) {
  return {"invalid-table", std::string(what) + "里有不能识别的字符，请重新输入。", {"opinion"}};
}

/// Whoever had a hand in the content signs nothing of it later.
void add_filer(Filing& filing, const access::Principal& who, const access::Post* post) {
  if (who.is_operator()) return;
  for (const std::string& account : {who.id(), post == nullptr ? std::string() : post->for_account}) {
    if (account.empty() || std::find(filing.filers.begin(), filing.filers.end(), account) != filing.filers.end()) continue;
    filing.filers.push_back(account);
  }
}

}  // namespace

Result<registry::Record> Submissions::current(std::string_view id, int from_revision, const access::Principal& who) const {
  auto record = readable_id(id) ? registry_.latest(submission_kind, id) : std::nullopt;
  if (!record || record->state == removed_state) return not_found(id);
  auto reading = registry_.store().read();
  if (!who.may(access::Permission::see_submissions, listed_unit(*reading, registry_.tenant(), id).value_or(""))) return not_found(id);
  if (record->revision != from_revision) return registry::stale_revision(*record);
  return std::move(*record);
}

Result<Submission> Submissions::seen(registry::Record record, const access::Principal& who) const {
  Opened found = opened(std::move(record));
  found.summary.unit = listed_unit(*registry_.store().read(), registry_.tenant(), found.record.id);
  return submission_of(std::move(found), who, rules_);
}

Page Submissions::list(const Filter& filter, const access::Principal& who) const {
  auto reading = registry_.store().read();
  return list_page(*reading, registry_.tenant(), filter, who.reach(access::Permission::see_submissions));
}

Result<Submission> Submissions::open(std::string_view id, const access::Principal& who) const {
  auto record = readable_id(id) ? registry_.latest(submission_kind, id) : std::nullopt;
  if (!record || record->state == removed_state) return not_found(id);
  Opened found = opened(std::move(*record));
  found.summary.unit = listed_unit(*registry_.store().read(), registry_.tenant(), found.record.id);
  if (!who.may(access::Permission::see_submissions, found.summary.unit.value_or(""))) return not_found(id);
  return submission_of(std::move(found), who, rules_);
}

Result<OpenedJson> Submissions::open_json(std::string_view id, const access::Principal& who) const {
  if (!readable_id(id)) return not_found(id);
  auto reading = registry_.store().read();
  auto found = list_page_of(*reading, registry_.tenant(), id);
  if (!found) return found;
  if (!who.may(access::Permission::see_submissions, found->summary.unit.value_or(""))) return not_found(id);
  found->actions = allowed_actions({found->summary.state, found->summary.unit, found->filing}, who, rules_);
  return found;
}

Result<Submission> Submissions::edit(std::string_view id, int from_revision, std::vector<GoalTable> tables, const access::Principal& who,
                                     Text why) const {
  auto record = current(id, from_revision, who);
  if (!record) return std::move(record).error();
  Body body = body_from_json(record->body);
  const State state = state_from_code(record->state).value_or(State::draft);
  const Text unit = listed_unit(*registry_.store().read(), registry_.tenant(), id);
  const Standing standing{state, unit, body.filing};
  if (auto refused = edit_refusal(standing, who, "修改")) return std::move(*refused);
  if (auto trouble = trouble_with(tables)) return std::move(*trouble);
  const std::string before = body_json(body);
  replace_tables(body, std::move(tables));
  // Saved without a change: nothing happened that the journal should tell of.
  if (body_json(body) == before) return seen(std::move(*record), who);
  body.pack = std::nullopt;
  // Whatever name he writes into it, what he may change stays his unit's.
  if (!body.unit && !who.reach(access::Permission::file_submissions).all) body.unit = unit;
  const access::Post* post = post_for(standing, Action::submit, who);
  const registry::Author author = author_of(who, std::move(why), post);
  add_filer(body.filing, who, post);
  auto next = store_revision(registry_, *record, std::move(body), record->state, "edit", author);
  if (!next) return std::move(next).error();
  return submission_of(std::move(*next), who, rules_);
}

Result<Submission> Submissions::act(std::string_view id, int from_revision, Action action, Text opinion, const access::Principal& who,
                                    Text why) const {
  auto record = current(id, from_revision, who);
  if (!record) return std::move(record).error();
  Body body = body_from_json(record->body);
  const State state = state_from_code(record->state).value_or(State::draft);
  std::optional<access::Unit> unit;
  {
    auto reading = registry_.store().read();
    const Text unit_id = listed_unit(*reading, registry_.tenant(), id);
    if (unit_id) unit = access::find_unit(*reading, registry_.tenant(), *unit_id);
  }
  const Text unit_id = unit ? Text(unit->id) : std::nullopt;
  const Standing standing{state, unit_id, body.filing};
  if (auto refused = refusal(standing, action, who, rules_)) return std::move(*refused);
  for (const Text& text : {opinion, why}) {
    if (text && !is_valid_utf8(*text)) return not_text("审核意见");
  }
  if (opinion && trim(*opinion).empty()) opinion.reset();
  const access::Post* post = post_for(standing, action, who);
  const registry::Author author = author_of(who, action == Action::adjust ? opinion : why, post);
  // What was decided keeps its pack; what is decided now gets that of today.
  const bool decides = action == Action::send_back || action == Action::approve;
  body.pack = decides ? Text(pack_in_use()) : std::nullopt;
  switch (action) {
    case Action::submit:
      add_filer(body.filing, who, post);
      body.filing.steps = steps_for(unit, who, rules_);
      body.filing.signatures.clear();
      break;
    case Action::approve:
      body.opinion = opinion;
      if (const auto step = body.filing.waiting()) {
        body.filing.signatures.push_back({*step, who.id(), who.name(), post ? Text(post->for_account) : std::nullopt,
                                          post ? Text(post->for_name) : std::nullopt, registry_.now_text(), opinion, content_hash(body)});
      }
      break;
    case Action::send_back:
      body.opinion = opinion;
      break;
    case Action::adjust:
      if (!opinion) return Error{"why-missing", "请写明为什么要调整，调整理由和内容会一起送审。", {"opinion"}};
      body.filing.adjusts = record->revision;
      body.filing.adjust_why = opinion;
      break;
    case Action::withdraw:
    case Action::remove:
      break;
  }
  const State after = moved(state, body.filing, action);
  if (after == State::approved) {
    body.filing.adjust_why.reset();
    body.filing.adjusts.reset();
  }
  const bool removing = action == Action::remove;
  auto next = store_revision(registry_, *record, std::move(body), std::string(removing ? removed_state : state_code(after)),
                             std::string(action_code(action)), author);
  if (!next) return std::move(next).error();
  if (removing) next->summary.state = state;
  if (!next->summary.unit) next->summary.unit = unit_id;
  return submission_of(std::move(*next), who, rules_);
}

Result<Submission> Submissions::assign(std::string_view id, int from_revision, std::string_view unit, const access::Principal& who) const {
  auto record = current(id, from_revision, who);
  if (!record) return std::move(record).error();
  if (!who.may(access::Permission::manage_units)) return forbidden();
  {
    const auto found = access::find_unit(*registry_.store().read(), registry_.tenant(), unit);
    if (!found || found->kind != access::Unit::Kind::unit) return Error{"not-found", "没有这个单位。", {std::string(unit)}};
  }
  Body body = body_from_json(record->body);
  body.unit = std::string(unit);
  auto next = store_revision(registry_, *record, std::move(body), record->state, "assign", author_of(who));
  if (!next) return std::move(next).error();
  return submission_of(std::move(*next), who, rules_);
}

Result<std::vector<RevisionEntry>> Submissions::revisions(std::string_view id, const access::Principal& who) const {
  const auto records = readable_id(id) ? registry_.history(submission_kind, id) : std::vector<registry::Record>();
  if (records.empty() || records.front().state == removed_state) return not_found(id);
  if (!who.may(access::Permission::see_submissions, listed_unit(*registry_.store().read(), registry_.tenant(), id).value_or("")))
    return not_found(id);
  std::vector<RevisionEntry> entries;
  for (const registry::Record& record : records) entries.push_back(entry_of(record, body_from_json(record.body).tables.size()));
  return entries;
}

Result<PastRevision> Submissions::revision(std::string_view id, int number, const access::Principal& who) const {
  auto record = readable_id(id) ? registry_.at_revision(submission_kind, id, number) : std::nullopt;
  if (!record || record->state == removed_state) return not_found(id);
  if (!who.may(access::Permission::see_submissions, listed_unit(*registry_.store().read(), registry_.tenant(), id).value_or("")))
    return not_found(id);
  Opened past = opened(std::move(*record));
  RevisionEntry entry = entry_of(past.record, past.body.tables.size());
  return PastRevision{std::move(entry), std::move(past.body.tables), std::move(past.report)};
}

bool Submissions::may_see_attachment(std::string_view sha256, const access::Principal& who) const {
  const access::Reach reach = who.reach(access::Permission::see_submissions);
  if (reach.all || reach.none()) return reach.all;
  auto reading = registry_.store().read();
  for (const std::string& id : holders_of(*reading, registry_.tenant(), sha256)) {
    if (reach.contains(listed_unit(*reading, registry_.tenant(), id).value_or(""))) return true;
  }
  return false;
}

}  // namespace jiheng::desks
