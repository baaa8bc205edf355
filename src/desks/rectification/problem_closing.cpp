#include "desks/rectification/problem_closing.h"

#include <algorithm>

#include "base/text.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/performance/audited.h"
#include "desks/performance/indicator_identity.h"
#include "desks/performance/lists.h"
#include "desks/performance/publication.h"
#include "desks/performance/workflow.h"
#include "desks/rectification/problem_lists.h"
#include "desks/rectification/problem_records.h"
#include "desks/rectification/problem_sources.h"

namespace jiheng::desks {
namespace {

using ledgers::Entry;
using ledgers::RecordType;

constexpr std::string_view ledger_prefix = "ledger.";
constexpr std::size_t most_records = 50;

Error refused(const char* why, std::string message) {
  return {"closing-refused", std::move(message), {why}};
}

Error not_there(const std::string& id) {
  return refused("record-unknown", "没有找到“" + id + "”这条记录，请核对编号。");
}

Error older(const std::string& label) {
  return refused("record-older", "“" + label + "”在提出问题之后没有改动过，不能作为销号的依据。");
}

Error unchanged(const std::string& label) {
  return refused("record-unchanged", "“" + label + "”的内容与提出问题时一样，没有改正，不能作为销号的依据。");
}

Error of_no_unit(const std::string& label) {
  return refused("no-unit", "“" + label + "”没有写明是哪个单位的，不能作为销号的依据。");
}

Error brand_new(const std::string& label) {
  return refused("record-new", "“" + label + "”是提出问题之后新登记的，不是改正过的记录，不能作为销号的依据。");
}

Error of_other_unit(const std::string& label) {
  return refused("other-unit", "“" + label + "”不是这个单位的，不能作为销号的依据。");
}

Error of_other_year(const std::string& label, int year) {
  return refused("other-year", "“" + label + "”不是" + std::to_string(year) + "年的，与这个问题无关，不能作为销号的依据。");
}

Error of_other_matter(const std::string& label) {
  return refused("other-matter", "“" + label + "”与这个问题说的不是一件事，不能作为销号的依据。");
}

Error moved_on(const std::string& label, int revision) {
  return {"stale-revision", "“" + label + "”在您查看之后又有改动，请重新查看后再销号。", {std::to_string(revision)}};
}

/// What the tables say, as a hash.
std::string content_of(std::vector<FiledTable> tables) {
  Body body;
  body.tables = std::move(tables);
  return content_hash(body);
}

/// The tables of a submission, or of a form as it was filed; nothing of a form that is not.
std::vector<FiledTable> tables_in(const registry::Record& record) {
  if (record.kind == submission_kind) return std::move(body_from_json(record.body).tables);
  std::vector<FiledTable> tables;
  for (FilledTable& each : follow_up_from_json(record.body).filed) tables.push_back({std::move(each.table), {}, {}});
  return tables;
}

/// Whether something of what the problem is about was changed between two revisions: where it was found in one table, in that one.
bool is_changed(const registry::Record& before, const registry::Record& latest, std::optional<int> found_in) {
  std::vector<FiledTable> was = tables_in(before);
  std::vector<FiledTable> is = tables_in(latest);
  if (found_in && *found_in >= 0 && static_cast<std::size_t>(*found_in) < was.size()) {
    FiledTable& one = was[static_cast<std::size_t>(*found_in)];
    // Tables may have been put in another order; one that goes by its name no longer was changed.
    const auto same =
        std::find_if(is.begin(), is.end(), [&](const FiledTable& each) { return table_key_of(each.table) == table_key_of(one.table); });
    return same == is.end() || content_of({std::move(one)}) != content_of({std::move(*same)});
  }
  return content_of(std::move(was)) != content_of(std::move(is));
}

/// What is shared by records that the desks keep themselves: changed since, and in what the problem is about.
std::optional<Error> prove_revision(const std::vector<registry::Record>& history, const Since& since, std::optional<int> found_in,
                                    ClosingBasis::Named& named) {
  const registry::Record& latest = history.front();
  if (named.revision != latest.revision) return moved_on(named.label, latest.revision);
  if (latest.seq <= since.seq) return older(named.label);
  const auto before = std::find_if(history.begin(), history.end(), [&](const registry::Record& each) { return each.seq <= since.seq; });
  if (before != history.end() && !is_changed(*before, latest, found_in)) return unchanged(named.label);
  named.day = local_day_of(latest.at);
  return std::nullopt;
}

std::optional<Error> prove_submission(registry::Registry& registry, const Problem& problem, const Since& since,
                                      ClosingBasis::Named& named) {
  const auto history = registry.history(submission_kind, named.id);
  if (history.empty() || history.front().state == removed_state) return not_there(named.id);
  Text unit;
  std::optional<int> year;
  {
    auto reading = registry.store().read();
    unit = listed_unit(*reading, registry.tenant(), named.id);
    const auto page = list_page_of(*reading, registry.tenant(), named.id);
    if (page) year = page->summary.year;
    named.label = (page ? page->summary.unit_name.value_or("") : std::string()) + (year ? std::to_string(*year) + "年" : "") + "绩效目标";
  }
  if (unit != problem.unit) return of_other_unit(named.label);
  if (year != problem.year) return of_other_year(named.label, problem.year);
  const ProblemMatter matter = matter_of(registry, problem);
  if (!matter.submission.empty() && matter.submission != named.id) return of_other_matter(named.label);
  return prove_revision(history, since, matter.submission.empty() ? std::nullopt : matter.table, named);
}

/// A form of monitoring or self-evaluation that was filed anew.
std::optional<Error> prove_follow_up(registry::Registry& registry, const Problem& problem, const Since& since, ClosingBasis::Named& named) {
  const auto history = registry.history(follow_up_kind, named.id);
  if (history.empty()) return not_there(named.id);
  const FollowUpBody body = follow_up_from_json(history.front().body);
  named.label = body.unit_name + std::to_string(body.year) + "年" + std::string(follow_up_name(body.kind)) + "表";
  if (body.unit != problem.unit) return of_other_unit(named.label);
  if (body.year != problem.year) return of_other_year(named.label, problem.year);
  const ProblemMatter matter = matter_of(registry, problem);
  if (matter.follow_up != named.id) return of_other_matter(named.label);
  const auto state = follow_up_state_from_code(history.front().state);
  if (state != FollowUpState::filed && state != FollowUpState::accepted)
    return refused("record-unfiled", "“" + named.label + "”还没有重新报送，不能作为销号的依据。");
  return prove_revision(history, since, matter.table, named);
}

/// Of what inspections find some is of years before; the others are of one year.
bool is_of_one_year(const Problem& problem) {
  return problem.source != ProblemSource::inspection && problem.source != ProblemSource::other;
}

bool same_values(const RecordType& type, std::span<const ledgers::Value> a, std::span<const ledgers::Value> b) {
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (a[i].is_null() != b[i].is_null()) return false;
    if (!a[i].is_null() && ledgers::written(type.fields[i], a[i]) != ledgers::written(type.fields[i], b[i])) return false;
  }
  return true;
}

/// The ledger's record by its number, or id, sound and of the problem's unit.
struct Found {
  ledgers::Entries entries;
  const Entry& entry() const { return entries.rows.front(); }
};

Result<Found> find_record(registry::Registry& registry, const ledgers::Ledgers& ledgers, const Problem& problem, const RecordType& type,
                          ClosingBasis::Named& named) {
  std::optional<std::string> id;
  {
    auto reading = registry.store().read();
    id = ledgers::entry_named(*reading, registry.tenant(), type, named.id).id;
  }
  if (!id) return not_there(named.id);
  auto entries = ledgers.find(type, *id);
  if (!entries) return not_there(named.id);
  Found found{std::move(*entries)};
  const Entry& entry = found.entry();
  named.id = entry.id;
  named.label = type.label + " " + (type.key.empty() ? entry.id : ledger_text(type, entry.values, type.key));
  if (named.revision != 0 && named.revision != entry.revision) return moved_on(named.label, entry.revision);
  named.revision = entry.revision;
  if (!type.state.empty() && type.is_void(ledger_text(type, entry.values, type.state)))
    return refused("record-void", "“" + named.label + "”已经作废，不能作为销号的依据。");
  const auto units = units_named_in(ledgers, type, entry.values);
  if (units.empty()) return of_no_unit(named.label);
  if (std::find(units.begin(), units.end(), problem.unit) == units.end()) return of_other_unit(named.label);
  return found;
}

std::optional<Error> prove_ledger_record(registry::Registry& registry, const ledgers::Ledgers& ledgers, const Problem& problem,
                                         const Since& since, const RecordType& type, ClosingBasis::Named& named) {
  const auto found = find_record(registry, ledgers, problem, type, named);
  if (!found) return found.error();
  const Entry& entry = found->entry();
  // What the bureau writes of the problem into its own ledger of problems proves nothing.
  if (std::string(ledger_prefix) + type.name == ledger_finding_reference) return of_other_matter(named.label);
  const auto years = years_named_in(ledgers, type, entry.values);
  if (is_of_one_year(problem) && !years.empty() && std::find(years.begin(), years.end(), std::to_string(problem.year)) == years.end())
    return of_other_year(named.label, problem.year);
  if (entry.seq <= since.seq) return older(named.label);
  const ledgers::Timeline timeline = ledgers.timeline(type, entry.id);
  const auto before =
      std::find_if(timeline.moments.begin(), timeline.moments.end(), [&](const ledgers::Moment& each) { return each.seq <= since.seq; });
  if (before == timeline.moments.end()) return brand_new(named.label);
  if (same_values(type, before->values, entry.values)) return unchanged(named.label);
  const auto last = std::find_if(timeline.moments.begin(), timeline.moments.end(),
                                 [&](const ledgers::Moment& each) { return each.revision == entry.revision; });
  if (last != timeline.moments.end()) named.day = local_day_of(last->at);
  return std::nullopt;
}

std::optional<Error> prove_payment(registry::Registry& registry, const ledgers::Ledgers& ledgers, const Problem& problem,
                                   const Since& since, const RecordType& type, const policy::PaymentRecords& rule,
                                   ClosingBasis::Named& named) {
  const auto found = find_record(registry, ledgers, problem, type, named);
  if (!found) return found.error();
  const Entry& entry = found->entry();
  named.day = ledger_text(type, entry.values, rule.day);
  named.amount = ledger_text(type, entry.values, rule.amount);
  if (named.day < since.day)
    return refused("payment-older", "“" + named.label + "”是" + named.day + "的，早于提出问题的" + since.day + "，不能作为销号的依据。");
  if (!closed_on_payment(*registry.store().read(), registry.tenant(), std::string(ledger_prefix) + type.name, entry.id).empty())
    return refused("payment-used", "“" + named.label + "”已经作为另一个问题销号的依据，不能再用。");
  return std::nullopt;
}

/// Yuan against 万元. Where no amount was asked for, any payment of the unit would do, which proves nothing.
std::optional<Error> enough(const Problem& problem, const ClosingBasis& basis) {
  const auto asked = problem.amount ? Decimal::parse(*problem.amount) : std::nullopt;
  if (!asked) return refused("payment-unasked", "这个问题没有写明涉及金额，不能凭付款销号，请凭改正的记录或证明材料销号。");
  Decimal paid;
  for (const ClosingBasis::Named& each : basis.records) paid += Decimal::parse(each.amount).value_or(Decimal()).abs();
  if (paid >= *asked * Decimal(10000)) return std::nullopt;
  return refused("payment-short", "这些款项合计" + paid.plain() + "元，不足问题金额" + asked->plain() + "万元，不能据此销号。");
}

const RecordType* ledger_of(const ledgers::Ledgers& ledgers, std::string_view record_kind) {
  if (!record_kind.starts_with(ledger_prefix)) return nullptr;
  const RecordType* type = ledgers.catalogue().type(record_kind.substr(ledger_prefix.size()));
  return type == nullptr || type->kept_by_units ? nullptr : type;
}

Result<ClosingBasis> proven_document(const Problem& problem, const Since& since, ClosingBasis basis) {
  basis.records.clear();
  basis.record_kind.clear();
  const auto file = std::find_if(problem.evidence.begin(), problem.evidence.end(),
                                 [&](const BroughtFile& each) { return each.number == basis.evidence; });
  if (file == problem.evidence.end()) return refused("record-unknown", "没有这份材料，请先上传，再据以销号。");
  if (file->number <= since.evidence)
    return refused("document-older", "“" + file->name + "”是重新整改之前的材料，不能再次据以销号，请上传新的材料。");
  const auto& kinds = rules_of(problem).documents;
  if (std::find(kinds.begin(), kinds.end(), file->kind) == kinds.end())
    return refused(
        "document-kind", "“" + file->name + "”不是可以据以销号的材料，应是下列之一：" + [&] {
          std::string all;
          for (const std::string& kind : kinds) all += (all.empty() ? "" : "、") + kind;
          return all;
        }() + "。");
  return basis;
}

}  // namespace

Since changed_since(registry::Registry& registry, const Problem& problem) {
  Since since{0, problem.raised_on, 0};
  for (const registry::Record& each : registry.history(problem_kind, problem.id)) {
    const bool reopened = each.action == problem_action_code(ProblemAction::reopen);
    if (!reopened && each.revision != 1) continue;
    since.seq = each.seq;
    if (reopened) {
      since.day = local_day_of(each.at);
      since.evidence = static_cast<int>(problem_from_json(each.body).evidence.size());
    }
    break;
  }
  return since;
}

const policy::PaymentRecords* payments_in(const policy::Rectification& rules, const ledgers::RecordType& type) {
  for (const policy::PaymentRecords& each : rules.payments) {
    if (each.type == type.name && type.field(each.day) != nullptr && type.field(each.amount) != nullptr) return &each;
  }
  return nullptr;
}

Result<ClosingBasis> proven(registry::Registry& registry, const ledgers::Ledgers& ledgers, const Problem& problem, ClosingBasis basis) {
  const Since since = changed_since(registry, problem);
  if (basis.kind == ClosingBasis::Kind::document) return proven_document(problem, since, std::move(basis));
  basis.evidence = 0;
  if (basis.records.empty()) return refused("record-unknown", "请写明据哪条记录销号。");
  if (basis.records.size() > most_records) return refused("record-unknown", "据以销号的记录太多了，最多50条。");
  const RecordType* type = ledger_of(ledgers, basis.record_kind);
  const policy::PaymentRecords* rule = type == nullptr ? nullptr : payments_in(rules_of(problem), *type);
  const bool by_payment = basis.kind == ClosingBasis::Kind::payment;
  if (!by_payment && rule != nullptr)
    return refused("record-payment", "“" + type->label + "”记录的是款项，请选“款项已缴付”，金额和日期要一并核对。");
  if (by_payment && rule == nullptr) return refused("record-unknown", "“" + basis.record_kind + "”不是记录款项的台账。");
  const bool by_form = basis.record_kind == follow_up_kind;
  if (!by_payment && type == nullptr && basis.record_kind != submission_kind && !by_form)
    return refused("record-unknown", "没有“" + basis.record_kind + "”这种记录。");
  for (ClosingBasis::Named& each : basis.records) {
    each.label.clear();
    each.day.clear();
    each.amount.clear();
    auto trouble = by_payment        ? prove_payment(registry, ledgers, problem, since, *type, *rule, each)
                   : by_form         ? prove_follow_up(registry, problem, since, each)
                   : type == nullptr ? prove_submission(registry, problem, since, each)
                                     : prove_ledger_record(registry, ledgers, problem, since, *type, each);
    if (trouble) return std::move(*trouble);
  }
  for (std::size_t i = 0; i < basis.records.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (basis.records[i].id == basis.records[j].id)
        return refused("payment-used", "“" + basis.records[i].label + "”写了两次，请删去一次。");
    }
  }
  if (by_payment) {
    if (auto short_of = enough(problem, basis)) return std::move(*short_of);
  }
  return basis;
}

std::optional<Error> brought_himself(const Problem& problem, const ClosingBasis& basis, const Person& by) {
  if (basis.kind != ClosingBasis::Kind::document) return std::nullopt;
  for (const BroughtFile& each : problem.evidence) {
    if (each.number == basis.evidence && is_same_post(each.by, by))
      return Error{"four-eyes", "“" + each.name + "”是您（或委托您的人）上传的，据它销号要由另一个人。", {}};
  }
  return std::nullopt;
}

std::optional<Error> used_elsewhere(store::Connection& connection, const std::string& tenant, const Problem& problem,
                                    const ClosingBasis& basis) {
  if (basis.kind != ClosingBasis::Kind::payment) return std::nullopt;
  for (const ClosingBasis::Named& each : basis.records) {
    const std::string other = closed_on_payment(connection, tenant, basis.record_kind, each.id);
    if (!other.empty() && other != problem.id)
      return refused("payment-used", "“" + each.label + "”已经作为另一个问题销号的依据，不能再用。");
  }
  return std::nullopt;
}

}  // namespace jiheng::desks
