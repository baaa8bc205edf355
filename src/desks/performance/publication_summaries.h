// What the public index shows of published tables and what its search looks through, kept by the tables' SHA-256: the index is made without
// reading them all. Derived.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "goals/goal_table.h"
#include "store/connection.h"
#include "writing/site/site.h"

namespace jiheng::desks {

// All within the connection's transaction.
void store_summary(store::Connection& connection, const std::string& tenant, const std::string& content,
                   const std::vector<GoalTable>& tables);
/// Contents that are out and of which nothing is kept yet, or by another version of the program.
std::vector<std::string> contents_without_summary(store::Connection& connection, const std::string& tenant);
/// By content, without their words.
std::map<std::string, writing::SiteUnit, std::less<>> summaries_of(store::Connection& connection, const std::string& tenant);
/// Of what is out of the year, by content.
std::map<std::string, std::vector<std::string>, std::less<>> words_of(store::Connection& connection, const std::string& tenant, int year);

}  // namespace jiheng::desks
