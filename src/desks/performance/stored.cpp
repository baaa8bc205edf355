#include "desks/performance/stored.h"

#include <algorithm>

#include "base/text.h"
#include "desks/performance/workflow.h"
#include "desks/performance/years.h"
#include "goals/json.h"

namespace jiheng::desks {
namespace {

constexpr std::size_t most_tables = 500;
constexpr std::size_t most_indicators = 5000;
constexpr std::size_t most_bytes = 16U << 20;

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

}  // namespace

void add_filer(Filing& filing, const access::Principal& who, const access::Post* stands_in) {
  if (who.is_operator()) return;
  for (const std::string& account : {who.id(), stands_in == nullptr ? std::string() : stands_in->for_account}) {
    if (account.empty() || std::find(filing.filers.begin(), filing.filers.end(), account) != filing.filers.end()) continue;
    filing.filers.push_back(account);
  }
}

// Nobody can hold it against us later that a table was cut: what is too large or no text is refused.
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

Submission submission_of(Opened opened, const access::Principal& who) {
  Submission submission;
  const Standing standing{opened.summary.state, opened.summary.unit, opened.body.filing};
  const FilingRules rules = filing_rules(*opened.pack);
  submission.actions = allowed_actions(standing, who, rules);
  submission.may_review = !review_refusal(standing, who, rules);
  submission.pack = opened.pack;
  submission.grades = std::move(opened.grades);
  submission.summary = std::move(opened.summary);
  submission.tables = std::move(opened.body.tables);
  for (Body::FiledNote& each : opened.body.notes) submission.notes.push_back(std::move(each.note));
  submission.audit = std::move(opened.report);
  submission.opinion = std::move(opened.body.opinion);
  submission.filing = std::move(opened.body.filing);
  return submission;
}

Result<Opened> store_revision(registry::Registry& registry, const registry::Record& from, Body body, std::string state, std::string action,
                              const registry::Author& author) {
  const registry::Revision revision{from.kind,         from.id,         from.revision,     std::move(state),
                                    std::move(action), body_json(body), body.attachments()};
  const Text pack = year_pack(registry, year_of(body));
  Opened next = opened(registry::Record{}, std::move(body), pack);
  auto change = registry.begin(author);
  // Audited before nobody else had to wait; meanwhile the year may have got other rules.
  if (const Text now = year_pack(change, next.summary.year); now != pack) next = opened(registry::Record{}, std::move(next.body), now);
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

}  // namespace jiheng::desks
