// A file that somebody holds beside what is on record: the published tables, the approved ones. What recognition may have misread is told
// apart from what plainly says otherwise.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "goals/differences.h"

namespace jiheng::desks {

struct ComparedValue {
  Difference difference;  ///< before: on record; after: as read
  /// False: recognition was not sure enough to say that it is otherwise, or that it is the same; somebody has to look.
  bool certain = true;
  std::optional<int> confidence;  ///< of the recognition, in per cent, where it told
};

struct RecordComparison {
  bool recognised = false;  ///< at least a part of it is a picture
  /// What differs; and of a picture also targets that read the same, but that nobody should trust.
  std::vector<ComparedValue> values;

  std::size_t differing() const;  ///< for certain
  std::size_t unsure() const;
};

RecordComparison compare_with_record(std::span<const GoalTable> record, const Document& document);

}  // namespace jiheng::desks
