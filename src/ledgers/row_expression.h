// Inside ledgers/ only: an expression worked out over a record that is at hand, as the database works it out over its row.
//
// Both engines' rules for what is missing hold: a comparison with nothing is neither true nor false. What the engines themselves do not
// agree on (a condition used as a number, numbers that leave 64 bits) is given up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledgers/declaration.h"
#include "ledgers/value.h"

namespace jiheng::ledgers {

/// Immutable; threads may share it.
class RowExpression {
 public:
  struct Cell {
    enum class Kind { missing, number, text, truth, given_up };
    Kind kind = Kind::missing;
    std::int64_t number = 0;  ///< of a truth: 1 or 0
    std::string_view text;
  };

  /// nullopt where it needs more than the record's own stored fields: the period, another record.
  static std::optional<RowExpression> of(const Expression& expression, const RecordType& type);

  /// Texts are views into the row or into this.
  Cell value(std::span<const Value> row) const { return value(root_, row); }

 private:
  enum class Step {
    field,
    number,
    text,
    missing,
    logical_not,
    logical_and,
    logical_or,
    is_missing,
    equal,
    unequal,
    less,
    at_most,
    plus,
    minus,
    times,
    negative,
    absolute,
    first_given,
    cases  ///< condition, value, …, and the value of else
  };
  struct Node {
    Step step;
    std::int64_t number = 0;  ///< of a field: its place
    std::string text;
    std::vector<int> parts;
  };
  class Reader;

  Cell value(int node, std::span<const Value> row) const;
  Cell compared(const Node& node, std::span<const Value> row) const;
  Cell reckoned(const Node& node, std::span<const Value> row) const;
  Cell joined(const Node& node, std::span<const Value> row) const;
  Cell chosen(const Node& node, std::span<const Value> row) const;

  std::vector<Node> nodes_;
  int root_ = 0;
};

}  // namespace jiheng::ledgers
