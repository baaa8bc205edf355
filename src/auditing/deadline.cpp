#include "auditing/deadline.h"

#include <algorithm>

#include "base/text.h"

namespace jiheng::auditing {
namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// A run of digits at `at`, at most `most` long; moves behind it. -1 where there is none.
int number_at(std::string_view text, std::size_t& at, std::size_t most) {
  std::size_t end = at;
  int value = 0;
  while (end < text.size() && digit(text[end]) && end - at < most) value = value * 10 + (text[end++] - '0');
  if (end == at) return -1;
  at = end;
  return value;
}

bool skip(std::string_view text, std::size_t& at, std::string_view word) {
  if (!starts_with(text.substr(at), word)) return false;
  at += word.size();
  return true;
}

/// A four-digit year that stands alone, at `at`.
int year_at(std::string_view text, std::size_t at) {
  if (at > 0 && (digit(text[at - 1]) || text[at - 1] == '.')) return -1;
  std::size_t end = at;
  const int year = number_at(text, end, 4);
  return end - at == 4 && year >= 1990 && year <= 2099 && (end >= text.size() || !digit(text[end])) ? year : -1;
}

/// 较2025年, 比2025年, 与2025年 compare; 《2025年…》, 〔2025〕 name a document; 自2025年, 从2025年 begin.
bool refers_back(std::string_view before) {
  for (const std::string_view word : {"较", "比", "与", "同", "超", "超过", "自", "从", "《", "〔", "对", "按", "据", "照"}) {
    if (ends_with(before, word)) return true;
  }
  return false;
}

/// What follows a date that is a deadline.
bool bounds(std::string_view after) {
  for (const std::string_view word : {"前", "之前", "以前", "底前", "末前", "底之前", "内", "年内", "年度内", "底完成", "完成", "到位",
                                      "结束", "办结", "建成", "竣工", "交付", "验收", "止"}) {
    if (starts_with(after, word)) return true;
  }
  // Nothing but the date.
  return after.empty() || after == "底" || after == "末";
}

}  // namespace

std::optional<Deadline> last_deadline(std::string_view text) {
  std::optional<Deadline> last;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (!digit(text[begin])) continue;
    const int year = year_at(text, begin);
    if (year < 0) continue;
    std::size_t at = begin + 4;
    const bool marked = skip(text, at, "年");
    if (!marked && !(at < text.size() && (text[at] == '.' || text[at] == '-' || text[at] == '/'))) continue;
    skip(text, at, "度");
    if (!marked) ++at;
    int month = 12;
    std::size_t after_month = at;
    if (const int found = number_at(text, after_month, 2); found >= 1 && found <= 12) {
      month = found;
      at = after_month;
      skip(text, at, "月") || skip(text, at, ".") || skip(text, at, "-") || skip(text, at, "/");
      std::size_t after_day = at;
      if (number_at(text, after_day, 2) >= 1) at = after_day;
      skip(text, at, "日");
    }
    skip(text, at, "份");
    if (!refers_back(text.substr(0, begin)) && bounds(text.substr(at))) last = Deadline{year, month, text.substr(begin, at - begin)};
    begin = at - 1;
  }
  return last;
}

std::optional<Years> years_of(std::string_view period) {
  std::optional<Years> years;
  for (std::size_t at = 0; at < period.size(); ++at) {
    if (!digit(period[at])) continue;
    std::size_t end = at;
    while (end < period.size() && digit(period[end])) ++end;
    // 20260101 is a date too.
    int year = -1;
    if (end - at == 4 || end - at == 6 || end - at == 8) {
      year = 0;
      for (std::size_t i = at; i < at + 4; ++i) year = year * 10 + (period[i] - '0');
    }
    if (year >= 1990 && year <= 2099) {
      if (!years) years = Years{year, year};
      years->first = std::min(years->first, year);
      years->last = std::max(years->last, year);
    }
    at = end;
  }
  return years;
}

}  // namespace jiheng::auditing
