// What a table's project was given and what was paid for it, out of the budget lines and payments (desks/budget_execution).
#pragma once

#include <optional>
#include <string>

#include "desks/follow_up/follow_up.h"
#include "desks/performance/figures.h"

namespace jiheng::desks {

/// In 万元, exact to the cent of a yuan. Nothing where the ledgers do not know the project, or keep no budget line of it.
struct Money {
  std::optional<Decimal> budget;  ///< 全年预算数
  std::optional<Decimal> paid;    ///< within the period
  Origin origin;
};

/// Of an overall table: all projects of the unit. `receipts`: the figures are to be kept with what they rest on. Errors: those of
/// ledgers::figure_of().
Result<Money> money_of(const GoalTable& table, const std::string& unit_name, int year, const ledgers::Period& period, bool receipts,
                       Figures& figures);

/// An amount of 万元 in the table's own money unit, as it is printed there.
std::string in_money_unit(const Decimal& amount, const Text& money_unit);
/// And back.
std::optional<Decimal> in_wan(const Text& amount, const Text& money_unit);

}  // namespace jiheng::desks
