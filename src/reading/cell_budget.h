// Counts the slots of all grids of a document against Limits, before any memory is taken for them.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "reading/limits.h"

namespace jiheng::reading {

class CellBudget {
 public:
  explicit CellBudget(const Limits& limits) : limits_(limits) {}

  /// Whether a grid of this size would still do, without taking it.
  bool holds(std::uint64_t rows, std::uint64_t columns) const {
    std::uint64_t slots = 0;
    return !__builtin_mul_overflow(rows, columns, &slots) && slots <= limits_.cells - slots_;
  }
  /// The error where it would not.
  std::optional<Error> check(std::uint64_t rows, std::uint64_t columns) const;
  /// Takes a grid of this size.
  std::optional<Error> take(std::uint64_t rows, std::uint64_t columns);
  /// A paragraph costs as much as a slot.
  std::optional<Error> take_paragraph();

 private:
  const Limits& limits_;
  std::uint64_t slots_ = 0;
  std::uint64_t tables_ = 0;
};

}  // namespace jiheng::reading
