#include "ledgers/value.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/text.h"
#include "ledgers/kept_file.h"
#include "reading/encoding.h"

namespace jiheng::ledgers {
namespace {

constexpr std::int64_t ms_a_day = 86'400'000;
constexpr std::int64_t beijing_ms = 8 * 3'600'000;
constexpr std::size_t longest_text = 2000;  // bytes
constexpr std::size_t longest_key = 120;
/// Day 0 of a spreadsheet's dates, which know a 29 February 1900: 1899-12-30.
constexpr Date serial_epoch = Date() + -25'569;
constexpr int first_serial = 20'000;  ///< 1954; a smaller number is no day of a ledger
constexpr int last_serial = 80'000;   ///< 2119

Error bad(std::string reason) {
  return {"bad-value", std::move(reason), {}};
}
std::string cited(std::string_view text) {
  return "“" + std::string(reading::clipped(text, 60)) + "”";
}

std::optional<int> whole(std::string_view digits) {
  int value = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failed != std::errc() || end != digits.data() + digits.size() || digits.empty() || digits[0] == '-') return std::nullopt;
  return value;
}

/// Takes digits off the front, `most` at most.
std::optional<int> take_digits(std::string_view& text, std::size_t most) {
  std::size_t end = 0;
  while (end < text.size() && end < most && text[end] >= '0' && text[end] <= '9') ++end;
  const auto value = whole(text.substr(0, end));
  if (value) text.remove_prefix(end);
  return value;
}

bool take(std::string_view& text, std::string_view mark) {
  if (!text.starts_with(mark)) return false;
  text.remove_prefix(mark.size());
  return true;
}

void skip_blanks(std::string_view& text) {
  while (take(text, " ")) {
  }
}

/// The day at the front of the text: 2026-03-05, 2026.3.5, 2026/3/5, 2026年3月5日, 20260305.
std::optional<Date> take_day(std::string_view& text) {
  std::string_view rest = text;
  const auto year = take_digits(rest, 4);
  if (!year || text.size() - rest.size() != 4) return std::nullopt;
  std::optional<int> month;
  std::optional<int> day;
  const auto parted_by = [&](std::string_view mark, std::string_view second, std::string_view last) {
    std::string_view tail = rest;
    if (!take(tail, mark)) return false;
    skip_blanks(tail);
    month = take_digits(tail, 2);
    if (!month || !take(tail, second)) return false;
    skip_blanks(tail);
    day = take_digits(tail, 2);
    if (!day) return false;
    if (!last.empty()) take(tail, last);
    rest = tail;
    return true;
  };
  const bool found = parted_by("-", "-", "") || parted_by(".", ".", "") || parted_by("/", "/", "") || parted_by("年", "月", "日");
  if (!found) {
    if (rest.size() < 4 || rest.substr(0, 4).find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    month = whole(rest.substr(0, 2));
    day = whole(rest.substr(2, 2));
    rest.remove_prefix(4);
    if (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') return std::nullopt;
  }
  const auto date = Date::of(*year, *month, *day);
  if (date) text = rest;
  return date;
}

/// The time of day that follows, in ms; nullopt where what stands there is none.
std::optional<std::int64_t> take_clock(std::string_view& text) {
  std::string_view rest = text;
  skip_blanks(rest);
  take(rest, "T");
  const auto hour = take_digits(rest, 2);
  if (!hour || (!take(rest, ":") && !take(rest, "时") && !take(rest, "点"))) return std::nullopt;
  const auto minute = take_digits(rest, 2);
  if (!minute) return std::nullopt;
  take(rest, "分");
  int second = 0;
  std::int64_t ms = 0;
  if (take(rest, ":") || (!rest.empty() && rest[0] >= '0' && rest[0] <= '9')) {
    const auto seconds = take_digits(rest, 2);
    if (!seconds) return std::nullopt;
    second = *seconds;
    take(rest, "秒");
    if (take(rest, ".")) {
      std::int64_t scale = 100;
      std::size_t digits = 0;
      for (; !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; rest.remove_prefix(1), scale /= 10, ++digits) ms += (rest[0] - '0') * scale;
      if (digits == 0) return std::nullopt;
    }
  }
  if (*hour > 23 || *minute > 59 || second > 59) return std::nullopt;
  text = rest;
  return ((*hour * 60 + *minute) * 60 + second) * 1000LL + ms;
}

/// The offset that follows, in ms east of Greenwich; Beijing's where none is given.
std::optional<std::int64_t> take_offset(std::string_view& text) {
  skip_blanks(text);
  if (text.empty()) return beijing_ms;
  if (take(text, "Z")) return 0;
  const bool east = text[0] == '+';
  if (!east && text[0] != '-') return std::nullopt;
  text.remove_prefix(1);
  const auto hours = take_digits(text, 2);
  if (!hours) return std::nullopt;
  take(text, ":");
  const int minutes = text.empty() ? 0 : take_digits(text, 2).value_or(60);
  if (*hours > 14 || minutes > 59) return std::nullopt;
  const std::int64_t offset = (*hours * 60 + minutes) * 60'000LL;
  return east ? offset : -offset;
}

/// "46086", "46086.5": days since the spreadsheet's day 0, in ms from it.
std::optional<std::int64_t> serial_ms(std::string_view text) {
  const auto number = Decimal::parse(text);
  if (!number || *number < Decimal(first_serial) || *number > Decimal(last_serial)) return std::nullopt;
  const Decimal ms = (*number * Decimal(86'400)).rounded(0) * Decimal(1000);
  std::int64_t value = 0;
  const std::string digits = ms.plain();
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

Result<Value> parse_date(std::string_view text) {
  std::string_view rest = text;
  if (const auto day = take_day(rest)) {
    // A spreadsheet writes midnight behind a day.
    const auto clock = rest.empty() ? std::optional<std::int64_t>(0) : take_clock(rest);
    if (clock == 0 && rest.empty()) return Value(std::int64_t{day->days()});
    return bad(cited(text) + "应只是日期，不带时间");
  }
  if (const auto ms = serial_ms(text)) {
    if (*ms % ms_a_day == 0) return Value(std::int64_t{(serial_epoch + static_cast<int>(*ms / ms_a_day)).days()});
  }
  return bad(cited(text) + "不是日期，应写成 2026-03-05 的样子");
}

Result<Value> parse_time(std::string_view text) {
  std::string_view rest = text;
  if (const auto day = take_day(rest)) {
    const auto clock = take_clock(rest);
    if (clock || rest.empty()) {
      const auto offset = take_offset(rest);
      if (offset && rest.empty()) return Value(std::int64_t{day->days()} * ms_a_day + clock.value_or(0) - *offset);
    }
  } else if (const auto ms = serial_ms(text)) {
    return Value(std::int64_t{serial_epoch.days()} * ms_a_day + *ms - beijing_ms);
  }
  return bad(cited(text) + "不是时间，应写成 2026-03-05 14:30 的样子");
}

Result<Value> parse_month(std::string_view text, TextPool& pool) {
  std::string_view rest = text;
  const auto year = take_digits(rest, 4);
  if (year && text.size() - rest.size() == 4 && *year >= Date::first_year && *year <= Date::last_year) {
    const bool parted = take(rest, "-") || take(rest, ".") || take(rest, "/") || take(rest, "年");
    const auto month = take_digits(rest, 2);
    take(rest, "月");
    if (month && *month >= 1 && *month <= 12 && rest.empty() && (parted || text.size() == 6)) {
      char out[8];
      std::snprintf(out, sizeof out, "%04d-%02d", *year % 10000, *month % 100);
      return Value(pool.keep(out));
    }
  }
  // A day stands for its month: spreadsheets keep a month as its first day.
  if (const auto day = parse_date(text)) {
    Date date;
    date += static_cast<int>(*day.value().integer());
    return Value(pool.keep(date.text().substr(0, 7)));
  }
  return bad(cited(text) + "不是月份，应写成 2026-03 的样子");
}

Result<Value> parse_year(std::string_view text) {
  std::string_view rest = text;
  const auto year = take_digits(rest, 4);
  take(rest, "年度") || take(rest, "年");
  if (year && rest.empty() && *year >= Date::first_year && *year <= Date::last_year) return Value(std::int64_t{*year});
  return bad(cited(text) + "不是年度，应写成 2026 的样子");
}

/// Of the numbers as nearly all tables write them: digits, perhaps a point and not too many behind it.
std::optional<std::int64_t> plain_number(std::string_view text, int places) {
  constexpr std::size_t most_digits = 12;
  const bool negative = text.starts_with("-");
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  if (point == 0 || point > most_digits) return std::nullopt;
  std::int64_t value = 0;
  int behind = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at == point) continue;
    if (text[at] < '0' || text[at] > '9' || (at > point && ++behind > places)) return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  if (point < text.size() && behind == 0) return std::nullopt;
  for (; behind < places; ++behind) value *= 10;
  return negative ? -value : value;
}

Result<Value> parse_number(const Field& field, std::string_view text) {
  if (const auto plain = plain_number(text, stored_places(field.kind))) return Value(*plain);
  std::string digits;
  std::string_view rest = text;
  take(rest, "¥") || take(rest, "￥");
  for (const std::string_view unit : {std::string_view("元"), std::string_view("%"), std::string_view("％")}) {
    if ((unit == "元") == (field.kind == Kind::amount) && rest.ends_with(unit)) rest.remove_suffix(unit.size());
  }
  rest = trim(rest);
  // Separators stand before groups of three digits, or it is another number than was meant.
  for (std::size_t at = 0; at < rest.size(); ++at) {
    if (rest[at] == ',') {
      const std::size_t group = rest.find_first_not_of("0123456789", at + 1);
      if (at == 0 || (group == std::string_view::npos ? rest.size() : group) - at != 4) return bad(cited(text) + "的分隔号位置不对");
    } else {
      digits.push_back(rest[at]);
    }
  }
  if (digits.starts_with("+")) digits.erase(0, 1);
  if (digits.starts_with(".")) digits.insert(0, "0");
  const auto number = Decimal::parse(digits);
  if (!number) return bad(cited(text) + (field.kind == Kind::amount ? "不是金额" : "不是数"));
  const int places = stored_places(field.kind);
  if (number->rounded(places) != *number) {
    return bad(cited(text) + (places == 0 ? std::string("应是整数") : "最多" + std::to_string(places) + "位小数"));
  }
  if (number->abs() >= Decimal(1'000'000'000'000)) return bad(cited(text) + "太大了");
  Decimal scaled = *number;
  for (int i = 0; i < places; ++i) scaled = scaled * Decimal(10);
  const std::string plain = scaled.plain();
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (failed != std::errc() || end != plain.data() + plain.size()) return bad(cited(text) + "太大了");
  return Value(value);
}

Result<Value> parse_yes_no(std::string_view text) {
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const char* yes : {"yes", "是", "y", "true", "1", "√", "有"}) {
    if (folded == yes) return Value(std::int64_t{1});
  }
  for (const char* no : {"no", "否", "n", "false", "0", "×", "无"}) {
    if (folded == no) return Value(std::int64_t{0});
  }
  return bad(cited(text) + "应是“是”或“否”");
}

Result<Value> parse_choice(const Field& field, std::string_view text) {
  for (const Choice& each : field.choices) {
    if (text == each.code || text == each.label) return Value(each.code);
  }
  std::string all;
  for (const Choice& each : field.choices) all += (all.empty() ? "" : "、") + each.label;
  return bad(cited(text) + "不在可选的各项里（" + all + "）");
}

Result<Value> parse_text(std::string_view text, std::size_t longest) {
  if (text.size() > longest) return bad("太长，最多" + std::to_string(longest / 3) + "个字");
  if (std::any_of(text.begin(), text.end(), [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F; })) {
    return bad("里有不能显示的字符");
  }
  return Value(text);
}

/// With all its places, or without the zeros at their end.
void append_number(std::string& out, std::int64_t value, int places, bool all_places) {
  char digits[24];
  const bool negative = value < 0;
  auto rest = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  char* const end = digits + sizeof digits;
  char* at = end;
  int place = 0;
  bool shown_any = all_places;
  do {
    const auto digit = static_cast<char>('0' + rest % 10);
    rest /= 10;
    if (place < places) {
      shown_any = shown_any || digit != '0';
      if (shown_any) *--at = digit;
    } else {
      if (place == places && places > 0 && shown_any) *--at = '.';
      *--at = digit;
    }
    ++place;
  } while (rest != 0 || place <= places);
  if (negative) out.push_back('-');
  out.append(at, static_cast<std::size_t>(end - at));
}

void append_digits(std::string& out, int number, int digits) {
  char text[8];
  for (int at = digits; at-- > 0; number /= 10) text[at] = static_cast<char>('0' + number % 10);
  out.append(text, static_cast<std::size_t>(digits));
}

std::string clock_text(std::int64_t ms, char between, bool always_seconds) {
  const std::int64_t local = ms + beijing_ms;
  const std::int64_t in_day = ((local % ms_a_day) + ms_a_day) % ms_a_day;
  const int seconds = static_cast<int>(in_day / 1000);
  std::string text = day_of_ms(ms).text();
  text.push_back(between);
  append_digits(text, seconds / 3600 % 24, 2);
  text.push_back(':');
  append_digits(text, seconds / 60 % 60, 2);
  if (always_seconds || seconds % 60 != 0 || in_day % 1000 != 0) {
    text.push_back(':');
    append_digits(text, seconds % 60, 2);
  }
  if (in_day % 1000 != 0) {
    text.push_back('.');
    append_digits(text, static_cast<int>(in_day % 1000), 3);
  }
  return text;
}

}  // namespace

std::int64_t start_of_day_ms(Date day) {
  return std::int64_t{day.days()} * ms_a_day - beijing_ms;
}

Date day_of_ms(std::int64_t ms) {
  const std::int64_t local = ms + beijing_ms;
  const std::int64_t days = local >= 0 ? local / ms_a_day : -((-local + ms_a_day - 1) / ms_a_day);
  return Date() + static_cast<int>(days);
}

Result<Value> parse_value(const Field& field, std::string_view text, TextPool& pool) {
  if (is_number(field.kind) || field.kind == Kind::month) {
    // Full-width digits and signs are read like any others.
    static thread_local std::string room;
    text = normalise(text, room);
  }
  switch (field.kind) {
    case Kind::amount:
    case Kind::decimal:
    case Kind::integer:
      return parse_number(field, text);
    case Kind::year:
      return parse_year(text);
    case Kind::date:
      return parse_date(text);
    case Kind::time:
      return parse_time(text);
    case Kind::month:
      return parse_month(text, pool);
    case Kind::yes_no:
      return parse_yes_no(text);
    case Kind::choice:
      return parse_choice(field, text);
    case Kind::file: {
      // Only an upload makes the link to a file that is kept here: whoever writes a hash, or several, gets the name alone.
      std::string_view name = text;
      while (const auto kept = kept_file(name)) name = kept->name;
      return parse_text(name, longest_text);
    }
    default:
      return parse_text(text, field.kind == Kind::reference ? longest_key : longest_text);
  }
}

void append_written(std::string& out, const Field& field, const Value& value) {
  if (const auto* text = value.text()) {
    out += *text;
    return;
  }
  const auto* number = value.integer();
  if (number == nullptr) return;
  switch (field.kind) {
    case Kind::amount:
      append_number(out, *number, 2, true);
      break;
    case Kind::decimal:
      append_number(out, *number, 6, false);
      break;
    case Kind::date:
      out += (Date() + static_cast<int>(*number)).text();
      break;
    case Kind::time:
      out += clock_text(*number, 'T', true);
      out += "+08:00";
      break;
    case Kind::yes_no:
      out += *number != 0 ? "yes" : "no";
      break;
    default:
      append_number(out, *number, 0, true);
      break;
  }
}

std::string written(const Field& field, const Value& value) {
  std::string out;
  append_written(out, field, value);
  return out;
}

std::string shown(const Field& field, const Value& value) {
  if (value.is_null()) return {};
  switch (field.kind) {
    case Kind::choice:
      for (const Choice& each : field.choices) {
        if (each.code == *value.text()) return each.label;
      }
      return written(field, value);
    case Kind::yes_no:
      return *value.integer() != 0 ? "是" : "否";
    case Kind::time:
      return clock_text(*value.integer(), ' ', false);
    case Kind::file:
      return std::string(file_name(*value.text()));
    default:
      return written(field, value);
  }
}

std::string number_text(std::int64_t value, int places) {
  std::string out;
  append_number(out, value, places, true);
  return out;
}

}  // namespace jiheng::ledgers
