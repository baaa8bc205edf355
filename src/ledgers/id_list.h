// " IN (?, ?, …)" for some ids.
#pragma once

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.h"

namespace jiheng::ledgers {

inline constexpr std::size_t most_listed_ids = 512;

/// Appends the list to the statement and its values. The length is a power of two, the last id standing as often as need be: connections
/// keep each statement, and there shall be few. `ids` has one at least and most_listed_ids at most; its texts must outlive the statement.
inline void add_id_list(std::string& sql, std::vector<store::Value>& values, const std::vector<std::string_view>& ids) {
  sql += " IN (";
  for (std::size_t i = 0; i < std::bit_ceil(ids.size()); ++i) {
    sql += i > 0 ? ", ?" : "?";
    values.emplace_back(ids[std::min(i, ids.size() - 1)]);
  }
  sql += ")";
}

}  // namespace jiheng::ledgers
