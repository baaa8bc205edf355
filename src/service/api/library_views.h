// The indicator library and comparisons as the JSON of the API, and the library as a list to take away.
#pragma once

#include <string>
#include <vector>

#include "desks/performance/comparisons.h"
#include "desks/performance/library.h"
#include "writing/list.h"

namespace jiheng::service {

std::string library_page_json(const desks::LibraryPage& page);
std::string suggestions_json(const std::vector<desks::LibraryEntry>& entries);
std::string library_detail_json(const desks::LibraryDetail& detail);
std::string comparisons_json(const desks::Comparisons& comparisons);
/// In Chinese, as offices file it.
writing::List library_list(const std::vector<desks::LibraryEntry>& entries);

}  // namespace jiheng::service
