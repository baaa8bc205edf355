// Numbers that the program gives: 评审〔{year}〕{n}号, one after the other within the year, where the number was left empty.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

/// What stands before and behind the serial number; {year} in it is the year.
class NumberRule {
 public:
  /// Nothing where the text has not exactly one {n} or {n:DIGITS}.
  static std::optional<NumberRule> parse(std::string_view text);

  std::string number(int year, std::int64_t serial) const;
  /// The serial number of a number by this rule; nothing where it is none.
  std::optional<std::int64_t> serial(int year, std::string_view number) const;
  std::string before(int year) const;
  std::string behind(int year) const;

 private:
  std::string before_;
  std::string behind_;
  int digits_ = 1;
};

/// The next one: one more than the greatest that a standing record has.
std::string next_number(store::Connection& connection, const std::string& tenant, const RecordType& type, const Field& field, int year);
/// Whether a record has it already.
bool is_number_taken(store::Connection& connection, const std::string& tenant, const RecordType& type, const Field& field,
                     std::string_view number);

}  // namespace jiheng::ledgers
