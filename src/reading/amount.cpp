#include "reading/amount.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "base/text.h"
#include "reading/units.h"

namespace jiheng::reading {
namespace {

struct Word {
  std::string_view word;
  Comparator comparator;
};

// Longer words first: "不超过" must not be read as "超过", "大于等于" not as "大于".
constexpr std::array before_words = {
    Word{"大于或等于", Comparator::at_least}, Word{"大于等于", Comparator::at_least}, Word{"小于或等于", Comparator::at_most},
    Word{"小于等于", Comparator::at_most},    Word{"不低于", Comparator::at_least},   Word{"不少于", Comparator::at_least},
    Word{"不小于", Comparator::at_least},     Word{"不高于", Comparator::at_most},    Word{"不超过", Comparator::at_most},
    Word{"不多于", Comparator::at_most},      Word{"不大于", Comparator::at_most},    Word{"至少", Comparator::at_least},
    Word{"大于", Comparator::more_than},      Word{"高于", Comparator::more_than},    Word{"超过", Comparator::more_than},
    Word{"多于", Comparator::more_than},      Word{"小于", Comparator::less_than},    Word{"低于", Comparator::less_than},
    Word{"少于", Comparator::less_than},      Word{"等于", Comparator::equal},
};

constexpr std::array after_words = {
    Word{"(含)以上", Comparator::at_least}, Word{"（含）以上", Comparator::at_least}, Word{"及以上", Comparator::at_least},
    Word{"或以上", Comparator::at_least},   Word{"以上（含）", Comparator::at_least}, Word{"以上(含)", Comparator::at_least},
    Word{"以上", Comparator::at_least},     Word{"(含)以下", Comparator::at_most},    Word{"（含）以下", Comparator::at_most},
    Word{"及以下", Comparator::at_most},    Word{"或以下", Comparator::at_most},      Word{"以下", Comparator::at_most},
    Word{"(含)以内", Comparator::at_most},  Word{"（含）以内", Comparator::at_most},  Word{"以内", Comparator::at_most},
};

/// By its first character: every sign and word of a comparator begins with one of these. White space and full-width signs may, too.
bool may_be_comparator(std::string_view printed) {
  const auto lead = static_cast<unsigned char>(printed[0]);
  if (lead < 0xE4) return lead <= ' ' || lead == '<' || lead == '>' || lead == '=' || lead == '(' || lead >= 0xC2;
  if (lead > 0xE9) return true;
  std::size_t at = 0;
  switch (next_code_point(printed, at)) {
    case U'大':
    case U'小':
    case U'不':
    case U'至':
    case U'高':
    case U'超':
    case U'多':
    case U'等':
    case U'低':
    case U'少':
    case U'定':
    case U'无':
    case U'文':
    case U'以':
    case U'及':
    case U'或':
      return true;
    default:
      return false;
  }
}

std::optional<Comparator> sign_of(char32_t c) {
  switch (c) {
    case 0x2265:  // ≥
    case 0x2267:  // ≧
    case 0x2A7E:  // ⩾
      return Comparator::at_least;
    case 0x2264:  // ≤
    case 0x2266:  // ≦
    case 0x2A7D:  // ⩽
      return Comparator::at_most;
    case '>':
    case 0xFE65:  // ﹥
    case 0x3009:  // 〉
      return Comparator::more_than;
    case '<':
    case 0xFE64:  // ﹤
    case 0x3008:  // 〈
      return Comparator::less_than;
    case '=':
      return Comparator::equal;
    default:
      return std::nullopt;
  }
}

/// Takes a sign off the front: one character, or > and < with = on either side.
std::optional<Comparator> take_sign(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const auto lead = static_cast<unsigned char>(text[0]);
  const bool may_be = lead == '<' || lead == '>' || lead == '=' || lead == 0xE2 || lead == 0xE3 || lead == 0xEF;
  if (!may_be) return std::nullopt;
  std::size_t width = 0;
  auto sign = sign_of(next_code_point(text, width));
  if (!sign) return std::nullopt;
  if (lead == '=' && width < text.size() && (text[width] == '>' || text[width] == '<'))
    sign = text[width++] == '>' ? Comparator::at_least : Comparator::at_most;
  text = trim(text.substr(width));
  // ">=" is one sign; "＞ =" and "> ＝", too, which the typesetter tore.
  if ((*sign == Comparator::more_than || *sign == Comparator::less_than) && starts_with(text, "=")) {
    text = trim(text.substr(1));
    return *sign == Comparator::more_than ? Comparator::at_least : Comparator::at_most;
  }
  return sign;
}

/// Takes a comparator off the front: signs as they are, words after them.
std::optional<Comparator> take_front(std::string_view& text) {
  if (text.empty() || !may_be_comparator(text)) return std::nullopt;
  if (const auto sign = take_sign(text)) return sign;
  for (const Word& word : before_words) {
    if (!starts_with(text, word.word)) continue;
    text = trim(text.substr(word.word.size()));
    return word.comparator;
  }
  return std::nullopt;
}

std::optional<Comparator> take_back(std::string_view& text) {
  // Each ends in 上, 下, 内 or a bracket.
  constexpr std::size_t shortest = 6;  // bytes
  if (text.size() <= shortest) return std::nullopt;
  const std::string_view last = text.substr(text.size() - 3);
  if (last != "上" && last != "下" && last != "内" && last != "）" && text.back() != ')') return std::nullopt;
  for (const Word& word : after_words) {
    if (!ends_with(text, word.word) || text.size() == word.word.size()) continue;
    text = trim(text.substr(0, text.size() - word.word.size()));
    return word.comparator;
  }
  return std::nullopt;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// More digits than this are held against Decimal; fewer always fit.
constexpr std::size_t surely_fits = 18;

/// A number at the front of a text: its sign, and where its groups of thousands and the number itself end.
struct NumberShape {
  bool negative = false;
  std::size_t first = 0;    ///< of its digits
  std::size_t leading = 0;  ///< behind the digits before the first separator
  std::size_t whole = 0;    ///< behind the last group
  std::size_t end = 0;

  bool is_plain() const { return leading == whole; }
  std::string digits(std::string_view text) const {
    std::string out;
    if (negative) out.push_back('-');
    out.append(text, first, leading - first);
    for (std::size_t group = leading; group < whole; group += 4) out.append(text, group + 1, 3);
    return out.append(text, whole, end - whole);
  }
};

/// The number with correct thousands separators at the front of a normalised text; nullopt where there is none, or one too long.
std::optional<NumberShape> number_at_front(std::string_view text) {
  NumberShape shape;
  std::size_t at = 0;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
    shape.negative = text[at] == '-';
    ++at;
  } else if (starts_with(text, "−")) {
    shape.negative = true;
    at += std::string_view("−").size();
  }
  shape.first = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  if (at == shape.first) return std::nullopt;
  shape.leading = at;
  if (at - shape.first <= 3) {
    while (at + 3 < text.size() && text[at] == ',' && is_digit(text[at + 1]) && is_digit(text[at + 2]) && is_digit(text[at + 3]) &&
           (at + 4 >= text.size() || !is_digit(text[at + 4])))
      at += 4;
  }
  shape.whole = at;
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
    ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  shape.end = at;
  if (at - shape.first > surely_fits && !Decimal::parse(shape.digits(text))) return std::nullopt;
  return shape;
}

/// As printed, but for separators, + and the long minus.
std::string_view number_in(std::string_view text, const NumberShape& shape, TextPool& texts) {
  const bool printed = shape.is_plain() && (!shape.negative || text[0] == '-');
  const std::size_t from = shape.negative ? 0 : shape.first;
  return printed ? text.substr(from, shape.end - from) : texts.keep(shape.digits(text));
}

/// Takes a number off the front of a normalised text.
views::Text take_number(std::string_view& text, TextPool& texts) {
  const auto shape = number_at_front(text);
  if (!shape) return std::nullopt;
  const std::string_view number = number_in(text, *shape, texts);
  text.remove_prefix(shape->end);
  return number;
}

/// Between the two bounds of a range.
bool take_range_sign(std::string_view& text) {
  for (const std::string_view sign : {"--", "——", "—", "–", "-", "~", "～", "〜", "至", "到"}) {
    if (!starts_with(text, sign)) continue;
    text = trim(text.substr(sign.size()));
    return true;
  }
  return false;
}

/// The unit before the comparator, or a template of the form: "%≥95", "（人）≥200".
views::Text take_leading_unit(std::string_view& text, TextPool& texts) {
  // The comparators that are signs, as bytes; a unit is short, so the sign stands within the first bytes.
  constexpr std::size_t longest = 24;
  for (std::size_t at = 1; at < text.size() && at < longest; ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    std::string_view rest = text.substr(at);
    if (is_digit(rest[0])) return std::nullopt;
    if (!take_sign(rest)) continue;
    const std::string_view unit = trim(text.substr(0, at));
    if (!is_measurement_unit(unit)) return std::nullopt;
    text = text.substr(at);
    return canonical_unit(unit, texts);
  }
  return std::nullopt;
}

/// 小时内, 个工作日内: a time within which. 12月内 and 2026年内 may as well tell which month, which year.
std::string_view without_within(std::string_view unit) {
  for (const std::string_view time : {"小时", "分钟", "秒", "日", "天", "工作日", "个工作日", "个月", "周"}) {
    if (starts_with(unit, time) && unit.substr(time.size()) == "内") return time;
  }
  return {};
}

/// Words behind a number that a sign leads: "≥3所学校" counts in 所学校. Short, without digits, signs or punctuation.
bool may_count_in(std::string_view text) {
  constexpr std::size_t longest = 24;  // bytes: eight characters
  if (text.empty() || text.size() > longest) return false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool letter = (c >= 0x4E00 && c <= 0x9FFF) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/';
    if (!letter) return false;
  }
  // Words that go on with the sentence, or turn the comparator round.
  for (const std::string_view word :
       {"以", "及", "且", "或", "之", "前", "后", "内", "左右", "不", "余", "多", "约", "月", "日", "年", "至", "到", "％"}) {
    if (starts_with(text, word)) return false;
  }
  return true;
}

/// ≥70%（含）, 98%以上（含98%）: the text without the bracket which says that the bound belongs to it, and what the bracket repeats.
bool take_included(std::string_view& text, std::string_view& repeated) {
  constexpr std::size_t longest = 60;  // bytes: more is a sentence
  if (text.size() > longest) return false;
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（含", "）"}, {"(含", ")"}}) {
    const std::size_t at = text.rfind(open);
    if (at == std::string_view::npos || !ends_with(text, close)) continue;
    repeated = trim(text.substr(at + open.size(), text.size() - at - open.size() - close.size()));
    text = trim(text.substr(0, at));
    return true;
  }
  return false;
}

}  // namespace

std::optional<Amount> whole_amount(std::string_view text, TextPool& texts) {
  Amount amount;
  text = trim(text);
  if (std::none_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  if (std::string_view repeated; (text.back() == ')' || ends_with(text, "）")) && take_included(text, repeated)) {
    const auto bound = whole_amount(text, texts);
    if (!bound || (bound->comparator != Comparator::at_least && bound->comparator != Comparator::at_most)) return std::nullopt;
    if (repeated.empty()) return bound;
    const auto again = whole_amount(repeated, texts);
    const bool same = again && !again->comparator && !again->upper && again->value == bound->value;
    return same && (!again->unit || again->unit == bound->unit) ? bound : std::nullopt;
  }
  const auto take_value = [&](std::string_view& rest) {
    const views::Text number = take_number(rest, texts);
    amount.value = number.value_or(std::string_view());
    return number.has_value();
  };
  // Nothing but a number, most of the time.
  if (std::string_view rest = text; is_digit(text[0]) && take_value(rest) && rest.empty()) return amount;
  if (text.back() == ';' || static_cast<unsigned char>(text.back()) >= 0x80) {
    for (const std::string_view stop : {"。", "；", ";", "，"}) {
      if (ends_with(text, stop)) text = trim(text.substr(0, text.size() - stop.size()));
    }
  }
  views::Text leading_unit;
  if (!is_digit(text[0])) leading_unit = take_leading_unit(text, texts);
  amount.comparator = take_sign(text);
  const bool led_by_sign = amount.comparator.has_value();
  if (!led_by_sign) amount.comparator = take_front(text);
  const auto behind = take_back(text);
  if (behind && amount.comparator && *behind != *amount.comparator) return std::nullopt;
  if (behind) amount.comparator = behind;
  if (!take_value(text)) return std::nullopt;
  text = trim(text);
  const auto with_unit = [&](std::string_view unit) -> std::optional<Amount> {
    if (leading_unit && *leading_unit != unit) return std::nullopt;
    amount.unit = unit;
    return amount;
  };
  if (starts_with(text, "%") || starts_with(text, "‰")) {
    std::string_view rest = trim(text.substr(starts_with(text, "%") ? 1 : 3));
    if (!rest.empty() && !amount.comparator && take_range_sign(rest)) {
      const auto upper = take_number(rest, texts);
      if (!upper || (trim(rest) != "%" && !rest.empty())) return std::nullopt;
      amount.upper = upper;
      return with_unit("%");
    }
  }
  if (std::string_view rest = text; !rest.empty() && !amount.comparator && take_range_sign(rest)) {
    if (const auto upper = take_number(rest, texts)) {
      rest = trim(rest);
      if (!rest.empty() && !is_measurement_unit(rest)) return std::nullopt;
      amount.upper = upper;
      if (!rest.empty()) return with_unit(canonical_unit(rest, texts));
      amount.unit = leading_unit;
      return amount;
    }
    return std::nullopt;
  }
  if (text.empty()) {
    amount.unit = leading_unit;
    return amount;
  }
  if (const std::string_view time = without_within(text); !time.empty() && !amount.comparator) {
    amount.comparator = Comparator::at_most;
    return with_unit(time);
  }
  // A year is not an amount: 2026年.
  if (text == "年" && amount.value.size() == 4 && amount.value > "1949" && amount.value < "2100") return std::nullopt;
  if (is_measurement_unit(text) || (led_by_sign && may_count_in(text))) return with_unit(canonical_unit(text, texts));
  return std::nullopt;
}

std::optional<Comparator> take_comparator(std::string_view& text) {
  return take_front(text);
}

std::optional<Comparator> comparator_of(std::string_view printed) {
  constexpr std::size_t longest_comparator = 24;  // bytes
  if (printed.empty() || printed.size() > longest_comparator || !may_be_comparator(printed)) return std::nullopt;
  if (is_digit(printed.back()) || printed.back() == '%') return std::nullopt;  // ≥95, 不低于95%: a whole target
  // One sign alone, most of the time.
  if (std::size_t width = 0; printed.size() <= 3) {
    if (const auto sign = sign_of(next_code_point(printed, width)); sign && width == printed.size()) return sign;
  }
  std::string room;
  const std::string_view text = normalise(printed, room);
  std::string_view rest = text;
  if (rest == "定性" || rest == "无" || rest == "定性指标" || rest == "文字描述") return Comparator::qualitative;
  const auto comparator = take_front(rest);
  if (comparator && rest.empty()) return comparator;
  for (const Word& word : after_words) {
    if (text == word.word) return word.comparator;
  }
  // The sign and its word, one in brackets: "≥（大于等于）".
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
    if (!comparator || !starts_with(rest, open) || !ends_with(rest, close) || rest.size() <= open.size() + close.size()) continue;
    std::string_view inner = rest.substr(open.size(), rest.size() - open.size() - close.size());
    if (take_front(inner) == comparator && inner.empty()) return comparator;
  }
  return std::nullopt;
}

bool is_number(std::string_view printed) {
  std::string room;
  const std::string_view text = normalise(printed, room);
  const auto shape = number_at_front(text);
  return shape && trim(text.substr(shape->end)).empty();
}

views::Text number_of(std::string_view printed, TextPool& texts) {
  std::string_view rest = texts.normal(printed);
  const views::Text number = take_number(rest, texts);
  if (!number || !trim(rest).empty()) return std::nullopt;
  return number;
}

namespace {

/// 1，234，567.89: Chinese commas between groups of three digits are separators of thousands.
bool has_wide_separators(std::string_view text) {
  constexpr std::string_view comma = "，";
  std::size_t at = text.find(comma);
  if (at == std::string_view::npos || at == 0 || at > 3) return false;
  const auto digits = [&](std::size_t from, std::size_t end) {
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.begin() + static_cast<std::ptrdiff_t>(end),
                       [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!digits(0, at)) return false;
  while (starts_with(text.substr(at), comma)) {
    const std::size_t group = at + comma.size();
    if (text.size() < group + 3 || !digits(group, group + 3)) return false;
    at = group + 3;
  }
  return at == text.size() || text[at] < '0' || text[at] > '9';
}

/// Units of money and the like that are no part of the number.
bool may_stand_behind_amount(std::string_view rest) {
  return rest.empty() || rest == "%" || rest == "万元" || rest == "元" || rest == "亿元" || rest == "分";
}

std::string without_wide_separators(std::string_view text) {
  constexpr std::string_view comma = "，";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (starts_with(text.substr(at), comma))
      at += comma.size();
    else
      out.push_back(text[at++]);
  }
  return out;
}

/// The text of an amount, normalised; `room` holds it where it is not as printed.
std::string_view narrowed(std::string_view printed, std::string& room) {
  const std::string_view text = normalise(printed, room);
  if (!has_wide_separators(text)) return text;
  room = without_wide_separators(text);
  return room;
}

std::optional<NumberShape> amount_in(std::string_view text) {
  const auto shape = number_at_front(text);
  if (!shape || !may_stand_behind_amount(trim(text.substr(shape->end)))) return std::nullopt;
  return shape;
}

}  // namespace

bool reads_as_amount(std::string_view printed) {
  std::string room;
  return amount_in(narrowed(printed, room)).has_value();
}

views::Text amount_of(std::string_view printed, TextPool& texts) {
  std::string room;
  std::string_view text = narrowed(printed, room);
  const auto shape = amount_in(text);
  if (!shape) return std::nullopt;
  if (!room.empty()) text = texts.keep(text);
  return number_in(text, *shape, texts);
}

}  // namespace jiheng::reading
