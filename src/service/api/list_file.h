// A list of the API as a file: `?as=xlsx` or `?as=csv` beside what filters it.
#pragma once

#include <optional>

#include "service/api/api.h"
#include "writing/list.h"

namespace jiheng::service {

/// Most rows of a file; who has more filters.
inline constexpr int most_rows = 10'000;

inline bool wants_file(const Request& request) {
  return request.query_value("as").has_value();
}
/// Named after the list's title. Errors: bad-parameter (as), those of the writer.
Response list_file(const Api& api, const Request& request, const writing::List& list);

}  // namespace jiheng::service
