// The service's own failures: one table of codes with their HTTP status and their texts in both languages.
#pragma once

#include <string_view>

#include "base/result.h"

namespace jiheng::service {

struct ProblemKind {
  std::string_view code;
  int status;
  std::string_view title;
  std::string_view title_en;
  std::string_view detail;     ///< a complete Chinese sentence, used where the failure brings none of its own
  std::string_view detail_en;  ///< the same in English
};

/// The kind of a code; a code the table does not know (a reader's, a desk's) is a request that could not be carried out: 422.
const ProblemKind& problem_kind(std::string_view code);
/// The failure with the table's own sentence.
Error problem(std::string_view code);

}  // namespace jiheng::service
