#include "desks/follow_up/money.h"

#include "base/hash.h"

namespace jiheng::desks {
namespace {

constexpr int most_projects = 1000;  ///< of one unit in a year
const Decimal wan(10'000);

/// The projects that the table is about, as the ledgers know them.
std::vector<std::string> projects_of(const ledgers::Ledgers& ledgers, const GoalTable& table, const std::string& unit_name, int year) {
  const ledgers::RecordType* projects = ledgers.catalogue().type("project");
  if (projects == nullptr) return {};
  const std::string& tenant = ledgers.registry().tenant();
  if (table.kind != TableKind::overall) {
    if (!table.project_name) return {};
    // Its questions stand each by itself: by code, else by name.
    auto reading = ledgers.registry().store().read_one();
    const auto found = ledgers::entry_named(*reading, tenant, *projects, *table.project_name);
    return found.id ? std::vector{*found.id} : std::vector<std::string>();
  }
  const ledgers::Field* unit = projects->field("unit");
  if (unit == nullptr || projects->field("year") == nullptr) return {};
  std::string unit_id;
  {
    auto reading = ledgers.registry().store().read();
    const ledgers::RecordType* units = ledgers.catalogue().type(unit->to);
    if (units == nullptr) return {};
    const auto found = ledgers::entry_named(*reading, tenant, *units, unit_name);
    // Where no register of units is kept, its name stands in the projects.
    if (!found.id && !found.register_empty) return {};
    unit_id = found.id.value_or(unit_name);
  }
  ledgers::Question question;
  question.equal = {{"unit", unit_id}, {"year", std::to_string(year)}};
  question.limit = most_projects;
  std::vector<std::string> ids;
  for (const ledgers::Entry& each : ledgers.list(*projects, question).rows) ids.push_back(each.id);
  return ids;
}

struct Sum {
  Decimal yuan;
  std::string receipts;  ///< of each part, one after the other
};

}  // namespace

Result<Money> money_of(const GoalTable& table, const std::string& unit_name, int year, const ledgers::Period& period, bool receipts,
                       Figures& figures) {
  Money money;
  const ledgers::Ledgers& ledgers = figures.ledgers();
  const ledgers::Measure* budget = ledgers.catalogue().measure("execution.budget");
  const ledgers::Measure* paid = ledgers.catalogue().measure("execution.paid");
  if (budget == nullptr || paid == nullptr) return money;
  const auto projects = projects_of(ledgers, table, unit_name, year);
  if (projects.empty()) return money;
  const ledgers::Period whole{Date::of(year, 1, 1).value_or(period.from), Date::of(year, 12, 31).value_or(period.to)};
  Sum budgets;
  Sum payments;
  for (const std::string& project : projects) {
    const auto given = figures.of(*budget, project, whole);
    if (!given) return given.error();
    const auto spent = figures.of(*paid, project, period);
    if (!spent) return spent.error();
    // A project without a budget line: its payments may not be kept here either, and a zero would be a guess.
    if (!given->numerator || given->numerator->is_zero()) return money;
    budgets.yuan += *given->numerator;
    payments.yuan += spent->numerator.value_or(Decimal());
    for (const std::string& gap : spent->gaps) money.origin.gaps.push_back(gap);
    if (!receipts) continue;
    const auto receipt = ledgers::receipt_of(ledgers, {paid, period, project, std::nullopt});
    if (!receipt) return receipt.error();
    payments.receipts += receipt->sha256;
    money.origin.journal = receipt->journal;
  }
  money.budget = Decimal::quotient(budgets.yuan, wan, 6);
  money.paid = Decimal::quotient(payments.yuan, wan, 6);
  money.origin.source = Actual::Source::measured;
  money.origin.measure = paid->id;
  money.origin.label = paid->label;
  money.origin.project = projects.size() == 1 ? projects.front() : std::string();
  // Of several projects the receipts are one by their hash, in the order of the projects' ids.
  if (receipts) money.origin.receipt = projects.size() == 1 ? payments.receipts : sha256_hex(payments.receipts);
  return money;
}

std::string in_money_unit(const Decimal& amount, const Text& money_unit) {
  return money_unit == "元" ? (amount * wan).rounded(2).plain() : amount.rounded(2).plain();
}

std::optional<Decimal> in_wan(const Text& amount, const Text& money_unit) {
  if (!amount) return std::nullopt;
  const auto number = Decimal::parse(*amount);
  if (!number || number->text().size() > 30) return std::nullopt;
  return money_unit == "元" ? Decimal::quotient(*number, wan, 6) : *number;
}

}  // namespace jiheng::desks
