#include "desks/follow_up/follow_ups.h"

#include <algorithm>

#include "access/day.h"
#include "access/units.h"
#include "base/text.h"
#include "desks/follow_up/alarms.h"
#include "desks/follow_up/filling.h"
#include "desks/follow_up/follow_up_lists.h"
#include "desks/follow_up/follow_up_steps.h"
#include "desks/follow_up/standing.h"
#include "desks/people/people.h"
#include "desks/performance/indicator_identity.h"
#include "desks/performance/publication.h"
#include "desks/performance/years.h"
#include "desks/results/results_used.h"

namespace jiheng::desks {
namespace {

using access::Permission;

constexpr std::size_t longest_words = 60'000;

int stops_in(const std::vector<FilledTable>& tables) {
  int stops = 0;
  for (const FilledTable& table : tables)
    stops += static_cast<int>(std::count_if(table.remarks.begin(), table.remarks.end(), [](const Remark& each) { return each.stops; }));
  return stops;
}

/// What stands otherwise in the ledgers than it was filed.
std::vector<FollowUp::Later> differing(const std::vector<FilledTable>& filed, const std::vector<FilledTable>& now) {
  std::vector<FollowUp::Later> out;
  for (std::size_t t = 0; t < filed.size() && t < now.size(); ++t) {
    const Execution& before = filed[t].table.execution.front();
    const Execution& after = now[t].table.execution.front();
    if (filed[t].money.source == Actual::Source::measured && before.executed != after.executed)
      out.push_back({static_cast<int>(t), -1, "执行数", before.executed.value_or("—"), after.executed.value_or("—")});
    for (std::size_t i = 0; i < filed[t].facts.size() && i < now[t].facts.size(); ++i) {
      const auto source = filed[t].facts[i].origin.source;
      if (source != Actual::Source::measured && source != Actual::Source::surveyed) continue;
      const Text& was = filed[t].table.indicators[i].actual;
      const Text& is = now[t].table.indicators[i].actual;
      if (was != is)
        out.push_back({static_cast<int>(t), static_cast<int>(i), filed[t].table.indicators[i].level3, was.value_or("—"), is.value_or("—")});
    }
  }
  return out;
}

/// The entries of tables that were approved anew: the same indicator of the same table keeps what a person said of it.
std::vector<TableEntry> carried_over(const std::vector<GoalTable>& before, const std::vector<TableEntry>& entries,
                                     const std::vector<GoalTable>& after) {
  std::vector<TableEntry> out;
  for (const GoalTable& table : after) {
    TableEntry next;
    next.indicators.resize(table.indicators.size());
    for (std::size_t t = 0; t < before.size() && t < entries.size(); ++t) {
      if (table_key_of(before[t]) != table_key_of(table)) continue;
      const std::size_t rows = table.indicators.size();
      next = entries[t];
      next.indicators.assign(rows, {});
      for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t j = 0; j < before[t].indicators.size() && j < entries[t].indicators.size(); ++j) {
          if (identity_of(before[t].indicators[j]).path_key == identity_of(table.indicators[i]).path_key)
            next.indicators[i] = entries[t].indicators[j];
        }
      }
      break;
    }
    out.push_back(std::move(next));
  }
  return out;
}

}  // namespace

Error closed_round() {
  return {"round-closed", "这一批已经结束，不再改动；确需改动，请绩效股重新开启。", {}};
}

Error no_form() {
  return {"not-found", "没有这份表，或者它不在您的范围内。", {}};
}

const policy::Pack* pack_named(const std::string& id) {
  const auto found = policy::find_pack(id);
  return found ? *found : *policy::find_pack("");
}

Result<std::vector<FilledTable>> FollowUps::filled(const FollowUpBody& body, bool receipts) const {
  Figures figures(ledgers_);
  Filling filling{body.kind, body.year, body.month, body.unit_name, {}, *pack_named(body.pack), receipts};
  // What was filed has its own; the figures of today are only held against it.
  if (receipts || body.filed.empty())
    filling.department = access::department_with_code(*registry_.store().read_one(), registry_.tenant(), body.unit);
  return fill(filling, tables_at(registry_, body.submission, body.submission_revision), body.entries, figures);
}

Result<FollowUps::Standing> FollowUps::standing(std::string_view id, const access::Principal& who) const {
  auto record = registry_.latest(follow_up_kind, id);
  if (!record) return no_form();
  Standing out{std::move(*record), {}, FollowUpState::draft, nullptr};
  out.body = follow_up_from_json(out.record.body);
  if (!who.may(Permission::see_submissions, out.body.unit)) return no_form();
  out.state = follow_up_state_from_code(out.record.state).value_or(FollowUpState::draft);
  out.pack = pack_named(out.body.pack);
  return out;
}

Result<FollowUps::Standing> FollowUps::standing_at(std::string_view id, int from_revision, const access::Principal& who) const {
  auto found = standing(id, who);
  if (!found) return found;
  if (who.is_read_only()) return forbidden();
  const auto round = round_of(registry_, found->body.kind, found->body.year, found->body.month);
  if (round && round->closed) return closed_round();
  if (found->record.revision != from_revision) return registry::stale_revision(found->record);
  return found;
}

Result<FollowUp> FollowUps::view(Standing from, const access::Principal& who) const {
  FollowUp out;
  out.id = from.record.id;
  out.revision = from.record.revision;
  out.state = from.state;
  out.pack = from.pack;
  out.updated_at = from.record.at;
  auto now = filled(from.body, false);
  if (!now) return std::move(now).error();
  if (from.body.filed.empty()) {
    out.tables = std::move(*now);
  } else {
    out.tables = from.body.filed;
    out.later = differing(out.tables, *now);
  }
  if (is_open(from.state)) {
    const auto approved = approved_tables(registry_, from.body.submission);
    if (approved && approved->revision > from.body.submission_revision) out.newer_submission = approved->revision;
  }
  const auto round = round_of(registry_, from.body.kind, from.body.year, from.body.month);
  if (round) {
    if (const auto deadline = round_deadline(*round)) out.due = deadline->due.text();
  }
  const bool closed = round && round->closed;
  if (!closed) out.actions = allowed(from.body, from.state, out.newer_submission.has_value(), who);
  out.may_edit = !closed && is_open(from.state) && may_file(from.body, who) && !who.is_read_only();
  out.may_recheck = !closed && from.body.kind == FollowUpKind::self_evaluation &&
                    (from.state == FollowUpState::filed || from.state == FollowUpState::accepted) &&
                    who.may(Permission::audit_performance, from.body.unit) &&
                    !had_a_hand(from.body, who, Permission::audit_performance, true) && !who.is_read_only();
  out.body = std::move(from.body);
  return out;
}

Result<FollowUp> FollowUps::open(std::string_view id, const access::Principal& who) const {
  auto found = standing(id, who);
  return found ? view(std::move(*found), who) : Result<FollowUp>(found.error());
}

Result<FollowUp> FollowUps::open_accepted(std::string_view id, int revision, const access::Principal& who) const {
  const auto now = standing(id, who);
  if (!now) return now.error();
  const auto& before = now->body.accepted_before;
  if (std::none_of(before.begin(), before.end(), [&](const AcceptedBefore& each) { return each.revision == revision; })) return no_form();
  const auto record = registry_.at_revision(follow_up_kind, id, revision);
  if (!record) return no_form();
  FollowUp out;
  out.id = record->id;
  out.revision = revision;
  out.state = FollowUpState::accepted;
  out.earlier = true;
  out.updated_at = record->at;
  out.body = follow_up_from_json(record->body);
  out.tables = out.body.filed;
  out.pack = pack_named(out.body.pack);
  return out;
}

/// What was decided on the grade would rest on nothing.
std::optional<Error> FollowUps::reopening_refusal(registry::Change& change, const std::string& id, int year) const {
  if (is_closed_year(change, year)) return closed_year(year);
  const auto used = result_used(registry_, change.connection(), id);
  if (!used) return std::nullopt;
  return Error{"results-used",
               "“" + used->project + "”的自评结果已经用于下一年的预算安排（" + local_day_of(used->at) + "，" + used->by +
                   "），不能退回重报；自评与实际不符的，请用复核写明差异。",
               {used->project}};
}

Result<FollowUp> FollowUps::store(Standing from, FollowUpState state, std::string_view action, Text why, const access::Principal& who,
                                  Permission as, const Besides& besides) {
  // Worked out before the journal's head is held: it asks the ledgers.
  std::vector<FilledTable> now;
  if (from.body.filed.empty()) {
    auto filled_now = filled(from.body, false);
    if (!filled_now) return std::move(filled_now).error();
    now = std::move(*filled_now);
  }
  auto change = registry_.begin(author_of(who, why, who.is_operator() ? nullptr : who.stands_in(as, from.body.unit)));
  if (besides) {
    if (auto refused = besides(change)) return std::move(*refused);
  }
  const auto record =
      change.put({std::string(follow_up_kind), from.record.id, from.record.revision, std::string(follow_up_state_code(state)),
                  std::string(action), follow_up_json(from.body), from.body.attachments()});
  if (!record) return record.error();
  const std::vector<FilledTable>& tables = from.body.filed.empty() ? now : from.body.filed;
  store_summary(change.connection(), registry_.tenant(), summary_of(*record, from.body, tables, *from.pack));
  if (from.body.kind == FollowUpKind::monitoring && state == FollowUpState::filed && action == "sign") {
    if (auto error = raise_alarms(change, registry_, *record, from.body, *from.pack)) return std::move(*error);
  }
  if (from.body.kind == FollowUpKind::monitoring && state == FollowUpState::returned) {
    if (auto error = void_alarms(change, registry_, record->id)) return std::move(*error);
  }
  change.commit();
  from.record = *record;
  from.state = state;
  return view(std::move(from), who);
}

Result<FollowUp> FollowUps::edit(std::string_view id, int from_revision, std::vector<TableEntry> entries, const access::Principal& who) {
  auto found = standing_at(id, from_revision, who);
  if (!found) return found.error();
  FollowUpBody& body = found->body;
  if (!may_file(body, who)) return forbidden();
  if (!is_open(found->state)) return not_allowed(found->state, "修改");
  if (entries.size() != body.entries.size()) return Error{"invalid-entry", "表的张数和批复的不一样，请刷新后再填。", {"tables"}};
  for (std::size_t t = 0; t < entries.size(); ++t) {
    const TableEntry& before = body.entries[t];
    if (entries[t].indicators.size() != before.indicators.size())
      return Error{"invalid-entry", "第" + std::to_string(t + 1) + "张表的指标个数和批复的不一样，请刷新后再填。", {"indicators"}};
    entries[t].evidence = before.evidence;
    for (std::size_t i = 0; i < before.indicators.size(); ++i) entries[t].indicators[i].evidence = before.indicators[i].evidence;
  }
  body.entries = std::move(entries);
  add_hand(body, who);
  const FollowUpState state = found->state;
  return store(std::move(*found), state, "edit", {}, who, Permission::file_submissions);
}

Result<FollowUps::Taken> FollowUps::take(std::string_view id, int from_revision, const std::function<Document()>& read,
                                         const access::Principal& who) {
  auto found = standing_at(id, from_revision, who);
  if (!found) return found.error();
  FollowUpBody& body = found->body;
  if (!may_file(body, who)) return forbidden();
  if (!is_open(found->state)) return not_allowed(found->state, "修改");
  // Whoever may not fill it in makes nobody read a file.
  const Document document = read();
  Figures figures(ledgers_);
  const Filling filling{body.kind,
                        body.year,
                        body.month,
                        body.unit_name,
                        access::department_with_code(*registry_.store().read_one(), registry_.tenant(), body.unit),
                        *found->pack,
                        false};
  auto taken = take_form(filling, tables_at(registry_, body.submission, body.submission_revision), body.entries, document, figures);
  if (!taken) return taken.error();
  if (auto fault = check_entries(taken->entries)) return std::move(*fault);
  body.entries = std::move(taken->entries);
  add_hand(body, who);
  const FollowUpState state = found->state;
  auto stored = store(std::move(*found), state, "take-form", "导入“" + document.file + "”", who, Permission::file_submissions);
  if (!stored) return stored.error();
  return Taken{std::move(*stored), std::move(taken->faults)};
}

Result<FollowUp> FollowUps::act(std::string_view id, int from_revision, FollowUpAction action, Text opinion, const access::Principal& who) {
  auto found = standing_at(id, from_revision, who);
  if (!found) return found.error();
  FollowUpBody& body = found->body;
  if (auto refused = refusal(body, found->state, action, who)) return std::move(*refused);
  if (opinion && (opinion->size() > longest_words || !is_valid_utf8(*opinion)))
    return Error{"invalid-entry", "意见太长或有不能识别的字符。", {"opinion"}};
  FollowUpState state = found->state;
  switch (action) {
    case FollowUpAction::submit: {
      auto tables = filled(body, true);
      if (!tables) return std::move(tables).error();
      if (const int stops = stops_in(*tables); stops > 0)
        return Error{
            "remarks-open", "还有" + std::to_string(stops) + "处没有填好，请按页面上的提示补齐后再提交。", {std::to_string(stops)}};
      body.filed = std::move(*tables);
      body.signatures.clear();
      // What was drawn to be checked again stays so, however often it is filed.
      body.rechecks.clear();
      add_hand(body, who);
      state = FollowUpState::submitted;
      break;
    }
    case FollowUpAction::withdraw:
      body.filed.clear();
      state = FollowUpState::draft;
      break;
    case FollowUpAction::sign:
      state = FollowUpState::filed;
      break;
    case FollowUpAction::send_back:
      if (!opinion || trim(*opinion).empty()) return Error{"why-missing", "请写明为什么退回。", {"opinion"}};
      body.filed.clear();
      state = FollowUpState::returned;
      break;
    case FollowUpAction::accept:
      state = FollowUpState::accepted;
      break;
    case FollowUpAction::reopen: {
      if (!opinion || trim(*opinion).empty()) return Error{"why-missing", "请写明为什么退回重报。", {"opinion"}};
      const FollowUpSignature* acceptance = acceptance_of(body);
      body.accepted_before.push_back({found->record.revision, acceptance == nullptr ? "" : acceptance->at,
                                      acceptance == nullptr ? "" : acceptance->name, registry_.now_text(), who.name(), *opinion});
      // Checked again was what stands in that revision.
      body.rechecks.clear();
      body.filed.clear();
      state = FollowUpState::returned;
      break;
    }
    case FollowUpAction::renew: {
      auto approved = approved_tables(registry_, body.submission);
      if (!approved || approved->revision <= body.submission_revision) return Error{"action-not-allowed", "没有更新的批复，不用换。", {}};
      body.entries = carried_over(tables_at(registry_, body.submission, body.submission_revision), body.entries, approved->tables);
      body.submission_revision = approved->revision;
      break;
    }
  }
  const Permission as = permission_of(action, found->state);
  const access::Post* post = who.is_operator() ? nullptr : who.stands_in(as, body.unit);
  body.signatures.push_back({std::string(follow_up_action_code(action)), who.id(), who.name(), registry_.now_text(), opinion,
                             post ? Text(post->for_account) : Text(), post ? Text(post->for_name) : Text()});
  Besides besides;
  if (action == FollowUpAction::reopen)
    besides = [this, id = std::string(id), year = body.year](registry::Change& change) { return reopening_refusal(change, id, year); };
  return store(std::move(*found), state, follow_up_action_code(action), std::move(opinion), who, as, besides);
}

Result<FollowUp> FollowUps::set_words(std::string_view id, int from_revision, std::vector<std::pair<std::string, std::string>> words,
                                      const access::Principal& who) {
  auto found = standing_at(id, from_revision, who);
  if (!found) return found.error();
  if (!may_file(found->body, who)) return forbidden();
  if (!is_open(found->state)) return not_allowed(found->state, "修改报告");
  std::size_t size = 0;
  for (const auto& [section, text] : words) {
    size += text.size();
    if (section.size() > 100 || !is_valid_utf8(section) || !is_valid_utf8(text))
      return Error{"invalid-entry", "报告里有不能识别的字符。", {"words"}};
  }
  if (size > longest_words || words.size() > 20) return Error{"invalid-entry", "报告的文字太多，请精简。", {"words"}};
  found->body.words = std::move(words);
  add_hand(found->body, who);
  const FollowUpState state = found->state;
  return store(std::move(*found), state, "edit-report", {}, who, Permission::file_submissions);
}

int FollowUps::prepare() {
  bool behind = false;
  {
    auto reading = registry_.store().read();
    std::int64_t listed = 0;
    reading->query("SELECT COUNT(*) FROM follow_ups WHERE tenant_id = ?", {registry_.tenant()},
                   [&](const store::Row& row) { listed = row.integer(0); });
    behind = listed != registry_.count_of(*reading, follow_up_kind);
  }
  return behind ? rebuild() : 0;
}

int FollowUps::rebuild() {
  std::vector<registry::Record> records;
  registry_.each_latest(*registry_.store().read(), follow_up_kind, [&](const registry::Record& record) { records.push_back(record); });
  std::vector<FollowUpSummary> summaries;
  for (const registry::Record& record : records) {
    const FollowUpBody body = follow_up_from_json(record.body);
    auto tables = body.filed.empty() ? filled(body, false) : Result<std::vector<FilledTable>>(body.filed);
    if (!tables) throw store::Failure("db-damaged", tables.error().message, record.id);
    summaries.push_back(summary_of(record, body, *tables, *pack_named(body.pack)));
  }
  auto change = registry_.begin({});
  const std::string& tenant = registry_.tenant();
  change.connection().run("DELETE FROM follow_up_tables WHERE tenant_id = ?", {tenant});
  change.connection().run("DELETE FROM follow_ups WHERE tenant_id = ?", {tenant});
  for (const FollowUpSummary& each : summaries) store_summary(change.connection(), tenant, each);
  relist_alarms(change, registry_);
  change.commit();
  return static_cast<int>(summaries.size());
}

}  // namespace jiheng::desks
