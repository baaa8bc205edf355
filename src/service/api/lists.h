// What the pages list, as sheets to take away: the headings of the page, numbers as numbers, in Chinese as offices file it. One function a
// list.
#pragma once

#include <string>
#include <vector>

#include "access/accounts.h"
#include "access/login_log.h"
#include "access/units.h"
#include "desks/performance/comparisons.h"
#include "desks/performance/notices.h"
#include "desks/performance/overview.h"
#include "desks/performance/publication.h"
#include "desks/performance/submissions.h"
#include "desks/performance/years.h"
#include "registry/registry.h"
#include "writing/list.h"

namespace jiheng::service {

writing::List submissions_list(const std::vector<desks::Summary>& items);
/// `units`: all, for the names of departments and sections; `shown`: those of the list.
writing::List units_list(const std::vector<access::Unit>& units, const std::vector<access::Unit>& shown);
writing::List accounts_list(const std::vector<access::Account>& accounts, const std::vector<access::Unit>& units);
writing::List wall_list(const desks::Wall& wall, const std::vector<desks::Tile>& shown, const std::vector<access::Unit>& units);
writing::List publications_list(int year, const std::vector<desks::Publishable>& items);
writing::List journal_list(const std::vector<registry::JournalEntry>& entries);
writing::List logins_list(const std::vector<access::LoginEvent>& events);
writing::List notices_list(const std::vector<desks::Notice>& notices);
writing::List sections_list(const desks::Overview& overview);
writing::List rules_list(const desks::Overview& overview);
writing::List comparisons_list(const desks::Comparisons& comparisons, const std::vector<GoalTable>& tables, const std::string& unit_name);

}  // namespace jiheng::service
