// Inside desks/follow_up only: what lists and pages ask for, kept in the transaction that changes the record.
#pragma once

#include <string>
#include <vector>

#include "desks/follow_up/follow_ups.h"
#include "store/connection.h"

namespace jiheng::desks {

/// `tables`: as filed, or as they stood when the record was stored.
FollowUpSummary summary_of(const registry::Record& record, const FollowUpBody& body, const std::vector<FilledTable>& tables,
                           const policy::Pack& pack);
void store_summary(store::Connection& connection, const std::string& tenant, const FollowUpSummary& summary);
void remove_summary(store::Connection& connection, const std::string& tenant, std::string_view id);
/// Of a round, in the order of units' names.
std::vector<FollowUpSummary> summaries_of(store::Connection& connection, const std::string& tenant, FollowUpKind kind, int year, int month);
/// The form of a submission in a round; "" where there is none.
std::string form_of_submission(store::Connection& connection, const std::string& tenant, FollowUpKind kind, int year, int month,
                               std::string_view submission);

}  // namespace jiheng::desks
