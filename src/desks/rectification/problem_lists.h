// Inside desks/rectification only: what is derived from problems' records.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desks/rectification/problems.h"

namespace jiheng::desks {

/// In the transaction that made the revision.
void store_problem(store::Connection& connection, const std::string& tenant, const Problem& problem);
void clear_problems(store::Connection& connection, const std::string& tenant);

/// What the same reference raised, unless it was withdrawn; "" for nothing.
std::string problem_raised_by(store::Connection& connection, const std::string& tenant, std::string_view source_key);
/// What the same reference raised and is not closed or withdrawn: number, id and state of it.
std::optional<ProblemLine> open_problem_at(store::Connection& connection, const std::string& tenant, std::string_view source_key);
/// The next number of the year.
int next_problem_serial(store::Connection& connection, const std::string& tenant, int year);
/// The problem that was closed on the payment; "" for none.
std::string closed_on_payment(store::Connection& connection, const std::string& tenant, std::string_view record_kind,
                              std::string_view record);

ProblemPage problem_page(store::Connection& connection, const std::string& tenant, const ProblemFilter& filter,
                         const access::Principal& who, std::string_view today);
std::vector<ProblemUnit> problem_board(store::Connection& connection, const std::string& tenant, int year, const access::Reach& reach,
                                       std::string_view today);
/// Not withdrawn, within the reach: those due from one day to another, and whatever waits for the bureau. By day.
std::vector<ProblemLine> problems_due(store::Connection& connection, const std::string& tenant, const access::Reach& reach,
                                      std::string_view from, std::string_view to, std::string_view today);
/// Of the same unit and kind, within the years that count; the latest first.
std::vector<ProblemLine> earlier_problems(store::Connection& connection, const std::string& tenant, const Problem& problem,
                                          std::string_view today);

/// The day from which on an earlier problem makes one raised on that day a recurrence.
std::string recurs_from(std::string_view raised_on, int years);

}  // namespace jiheng::desks
