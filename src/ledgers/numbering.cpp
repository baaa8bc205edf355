#include "ledgers/numbering.h"

#include <algorithm>
#include <charconv>

#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

constexpr std::string_view year_mark = "{year}";
constexpr int most_digits = 9;
/// Numbers of the same length sort as their serial numbers do; what else people wrote may stand among them.
constexpr int looked_at = 200;

std::string with_year(std::string text, int year) {
  for (std::size_t at; (at = text.find(year_mark)) != std::string::npos;) text.replace(at, year_mark.size(), std::to_string(year));
  return text;
}

}  // namespace

std::optional<NumberRule> NumberRule::parse(std::string_view text) {
  const std::size_t at = text.find("{n");
  const std::size_t end = at == std::string_view::npos ? at : text.find('}', at);
  if (end == std::string_view::npos) return std::nullopt;
  NumberRule rule;
  const std::string_view digits = text.substr(at + 2, end - at - 2);
  if (!digits.empty()) {
    if (digits.size() != 2 || digits[0] != ':' || digits[1] < '1' || digits[1] > '0' + most_digits) return std::nullopt;
    rule.digits_ = digits[1] - '0';
  }
  rule.before_ = text.substr(0, at);
  rule.behind_ = text.substr(end + 1);
  for (const std::string& part : {with_year(rule.before_, 2026), with_year(rule.behind_, 2026)}) {
    if (part.find_first_of("{}") != std::string::npos) return std::nullopt;
  }
  return rule;
}

std::string NumberRule::before(int year) const {
  return with_year(before_, year);
}

std::string NumberRule::behind(int year) const {
  return with_year(behind_, year);
}

std::string NumberRule::number(int year, std::int64_t serial) const {
  std::string digits = std::to_string(serial);
  if (digits.size() < static_cast<std::size_t>(digits_)) digits.insert(0, static_cast<std::size_t>(digits_) - digits.size(), '0');
  return before(year) + digits + behind(year);
}

std::optional<std::int64_t> NumberRule::serial(int year, std::string_view number) const {
  const std::string head = before(year);
  const std::string tail = behind(year);
  if (number.size() <= head.size() + tail.size() || !number.starts_with(head) || !number.ends_with(tail)) return std::nullopt;
  const std::string_view digits = number.substr(head.size(), number.size() - head.size() - tail.size());
  std::int64_t serial = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), serial);
  if (failed != std::errc() || end != digits.data() + digits.size() || serial < 0 || digits.size() > most_digits) return std::nullopt;
  return serial;
}

std::string next_number(store::Connection& connection, const std::string& tenant, const RecordType& type, const Field& field, int year) {
  const NumberRule rule = *NumberRule::parse(field.number);
  const std::string column = column_of(field);
  const std::string first = rule.before(year);
  const std::string behind_last = first + "\xF4\x8F\xBF\xBF";  // the last character there is: a range that an index knows
  std::int64_t greatest = 0;
  connection.query("SELECT " + column + " FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL AND " + column + " >= ? AND " +
                       column + " < ? ORDER BY LENGTH(" + column + ") DESC, " + column + " DESC LIMIT " + std::to_string(looked_at),
                   {tenant, first, behind_last},
                   [&](const store::Row& row) { greatest = std::max(greatest, rule.serial(year, row.text(0)).value_or(0)); });
  // Somebody may have typed one that is longer than any rule gives.
  std::int64_t serial = greatest + 1;
  while (is_number_taken(connection, tenant, type, field, rule.number(year, serial))) ++serial;
  return rule.number(year, serial);
}

bool is_number_taken(store::Connection& connection, const std::string& tenant, const RecordType& type, const Field& field,
                     std::string_view number) {
  bool taken = false;
  const std::string column = column_of(field);
  connection.query("SELECT 1 FROM " + table_of(type) + " WHERE tenant_id = ? AND until IS NULL AND " + column + " = ?", {tenant, number},
                   [&](const store::Row&) { taken = true; });
  return taken;
}

}  // namespace jiheng::ledgers
