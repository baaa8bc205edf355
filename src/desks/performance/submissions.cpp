#include "desks/performance/submissions.h"

#include <algorithm>

#include "access/units.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/stored.h"
#include "desks/performance/workflow.h"
#include "desks/performance/years.h"
#include "goals/json.h"

namespace jiheng::desks {
namespace {

Standing standing_of(const Opened& opened) {
  return {opened.summary.state, opened.summary.unit, opened.body.filing};
}

Error not_found(std::string_view id) {
  return {"not-found", "没有这份绩效目标，它可能已被删除。", {std::string(id)}};
}

bool readable_id(std::string_view id) {
  return id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

RevisionEntry entry_of(const registry::Record& record, std::size_t tables) {
  return {record.revision,         record.at, record.by, record.why, record.action, state_from_code(record.state).value_or(State::draft),
          static_cast<int>(tables)};
}

Error not_text(std::string_view what) {
  return {"invalid-table", std::string(what) + "里有不能识别的字符，请重新输入。", {"opinion"}};
}

std::optional<access::Unit> listed_unit_of(registry::Registry& registry, std::string_view id) {
  auto reading = registry.store().read();
  const Text unit = listed_unit(*reading, registry.tenant(), id);
  return unit ? access::find_unit(*reading, registry.tenant(), *unit) : std::nullopt;
}

bool needs_reason(Action action) {
  return action == Action::adjust || action == Action::decline;
}

Error reason_missing(Action action) {
  return action == Action::adjust ? Error{"why-missing", "请写明为什么要调整，调整理由和内容会一起送审。", {"opinion"}}
                                  : Error{"why-missing", "请写明为什么不同意，审核人会看到。", {"opinion"}};
}

/// What somebody does, once it is known that he may.
struct Deed {
  Action action;
  const Text& opinion;
  const access::Principal& who;
  const access::Post* post;
  int revision;  ///< that it is done to
  std::string at;
};

Signature signature_of(const Deed& deed, Step step, const Body& body) {
  const access::Post* post = deed.post;
  return {
      step,    deed.who.id(), deed.who.name(),   post ? Text(post->for_account) : std::nullopt, post ? Text(post->for_name) : std::nullopt,
      deed.at, deed.opinion,  content_hash(body)};
}

/// The proposal becomes the content. Whoever signed the earlier wording signs anew; the unit's head does so by agreeing.
void agree(const Deed& deed, const std::optional<access::Unit>& unit, Body& body) {
  Review& review = body.filing.review;
  std::vector<GoalTable> tables = std::move(review.proposal->tables);
  std::erase_if(review.judged, [&](const JudgedAspect& each) {
    const auto at = static_cast<std::size_t>(each.table);
    return tables.size() != body.tables.size() || at >= tables.size() || !(tables[at] == body.tables[at].table);
  });
  review.proposal.reset();
  replace_tables(body, std::move(tables));
  // Whatever name the new wording bears, it stays the unit's that agreed.
  if (!body.unit && unit) body.unit = unit->id;
  body.filing.signatures.clear();
  if (!body.filing.steps.empty() && body.filing.steps.front() == Step::unit)
    body.filing.signatures.push_back(signature_of(deed, Step::unit, body));
}

void carry_out(const Deed& deed, const std::optional<access::Unit>& unit, const FilingRules& rules, Body& body) {
  Filing& filing = body.filing;
  switch (deed.action) {
    case Action::submit:
      add_filer(filing, deed.who, deed.post);
      filing.steps = steps_for(unit, deed.who, rules);
      filing.signatures.clear();
      filing.review.judged.clear();
      filing.review.declined.reset();
      break;
    case Action::approve:
      body.opinion = deed.opinion;
      if (const auto step = filing.waiting()) filing.signatures.push_back(signature_of(deed, *step, body));
      break;
    case Action::send_back:
      body.opinion = deed.opinion;
      filing.review.proposal.reset();
      filing.filed_before = deed.revision;
      break;
    case Action::agree:
      agree(deed, unit, body);
      break;
    case Action::decline:
      filing.review.proposal.reset();
      filing.review.declined = Declined{deed.opinion.value_or(""), deed.who.id(), deed.who.name(), deed.at};
      break;
    case Action::adjust:
      filing.adjusts = deed.revision;
      filing.adjust_why = deed.opinion;
      filing.filed_before = deed.revision;
      break;
    case Action::withdraw:
      filing.review.proposal.reset();
      break;
    case Action::give_up:
    case Action::remove:
      break;
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
  Opened found = opened(std::move(record), registry_);
  found.summary.unit = listed_unit(*registry_.store().read_one(), registry_.tenant(), found.record.id);
  return submission_of(std::move(found), who);
}

Page Submissions::list(const Filter& filter, const access::Principal& who) const {
  auto reading = registry_.store().read();
  return list_page(*reading, registry_.tenant(), filter, who);
}

Result<Submission> Submissions::open(std::string_view id, const access::Principal& who) const {
  auto record = readable_id(id) ? registry_.latest(submission_kind, id) : std::nullopt;
  if (!record || record->state == removed_state) return not_found(id);
  Opened found = opened(std::move(*record), registry_);
  found.summary.unit = listed_unit(*registry_.store().read_one(), registry_.tenant(), found.record.id);
  if (!who.may(access::Permission::see_submissions, found.summary.unit.value_or(""))) return not_found(id);
  return submission_of(std::move(found), who);
}

Result<OpenedJson> Submissions::open_json(std::string_view id, const access::Principal& who) const {
  if (!readable_id(id)) return not_found(id);
  auto reading = registry_.store().read();
  auto found = list_page_of(*reading, registry_.tenant(), id);
  if (!found) return found;
  if (!who.may(access::Permission::see_submissions, found->summary.unit.value_or(""))) return not_found(id);
  const Standing standing{found->summary.state, found->summary.unit, found->filing};
  const FilingRules rules = filing_rules(*found->pack);
  found->actions = allowed_actions(standing, who, rules);
  found->may_review = !review_refusal(standing, who, rules);
  return found;
}

Result<Submission> Submissions::edit(std::string_view id, int from_revision, std::vector<GoalTable> tables, const access::Principal& who,
                                     Text why) const {
  auto record = current(id, from_revision, who);
  if (!record) return std::move(record).error();
  Body body = body_from_json(record->body);
  const State state = state_from_code(record->state).value_or(State::draft);
  const Text unit = listed_unit(*registry_.store().read_one(), registry_.tenant(), id);
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
  return submission_of(std::move(*next), who);
}

Result<Submission> Submissions::act(std::string_view id, int from_revision, Action action, Text opinion, const access::Principal& who,
                                    Text why) const {
  auto record = current(id, from_revision, who);
  if (!record) return std::move(record).error();
  Opened now = opened(std::move(*record), registry_);
  const auto unit = listed_unit_of(registry_, id);
  now.summary.unit = unit ? Text(unit->id) : std::nullopt;
  const FilingRules rules = filing_rules(*now.pack);
  if (auto refused = refusal(standing_of(now), action, who, rules)) return std::move(*refused);
  for (const Text& text : {opinion, why}) {
    if (text && !is_valid_utf8(*text)) return not_text("审核意见");
  }
  if (opinion && trim(*opinion).empty()) opinion.reset();
  if (needs_reason(action) && !opinion) return reason_missing(action);
  if (action == Action::approve && !who.is_operator()) {
    if (auto refused = content_refusal(standing_of(now), {now.summary.errors, now.grades}, rules)) return std::move(*refused);
  }
  const Deed deed{action, opinion, who, post_for(standing_of(now), action, who), now.record.revision, registry_.now_text()};
  Body body = now.body;
  if (action == Action::give_up) {
    auto approved = registry_.at_revision(submission_kind, id, body.filing.adjusts.value_or(0));
    if (!approved) return not_found(id);
    body = body_from_json(approved->body);
    // Whose it is may have been said since.
    body.unit = now.body.unit;
  } else {
    // What was decided keeps its pack; what is on its way again is under the year's.
    const bool decides = action == Action::send_back || action == Action::approve;
    body.pack = decides ? Text(now.pack->id()) : std::nullopt;
    carry_out(deed, unit, rules, body);
  }
  const State after = moved(now.summary.state, body.filing, action);
  if (after == State::approved) {
    body.filing.adjust_why.reset();
    body.filing.adjusts.reset();
  }
  const bool removing = action == Action::remove;
  const registry::Author author = author_of(who, action == Action::adjust || action == Action::decline ? opinion : why, deed.post);
  auto next = store_revision(registry_, now.record, std::move(body), std::string(removing ? removed_state : state_code(after)),
                             std::string(action_code(action)), author);
  if (!next) return std::move(next).error();
  if (removing) next->summary.state = now.summary.state;
  if (!next->summary.unit) next->summary.unit = now.summary.unit;
  return submission_of(std::move(*next), who);
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
  return submission_of(std::move(*next), who);
}

Result<std::vector<RevisionEntry>> Submissions::revisions(std::string_view id, const access::Principal& who) const {
  const auto records = readable_id(id) ? registry_.history(submission_kind, id) : std::vector<registry::Record>();
  if (records.empty() || records.front().state == removed_state) return not_found(id);
  if (!who.may(access::Permission::see_submissions, listed_unit(*registry_.store().read_one(), registry_.tenant(), id).value_or("")))
    return not_found(id);
  std::vector<RevisionEntry> entries;
  for (const registry::Record& record : records) entries.push_back(entry_of(record, body_from_json(record.body).tables.size()));
  return entries;
}

Result<PastRevision> Submissions::revision(std::string_view id, int number, const access::Principal& who) const {
  auto record = readable_id(id) ? registry_.at_revision(submission_kind, id, number) : std::nullopt;
  if (!record || record->state == removed_state) return not_found(id);
  if (!who.may(access::Permission::see_submissions, listed_unit(*registry_.store().read_one(), registry_.tenant(), id).value_or("")))
    return not_found(id);
  Opened past = opened(std::move(*record), registry_);
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
