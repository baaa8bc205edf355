#include "reading/target.h"

#include <algorithm>

#include "base/text.h"
#include "reading/target_doubts.h"

namespace jiheng::reading {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Any other digit left in the text: a second number.
bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit);
}

bool mentions_number(std::string_view text) {
  return has_digit(text) || contains(text, "百分之");
}

std::string numbers_seen(std::string_view text) {
  std::string seen;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const std::size_t from = at;
    while (at < text.size() && (is_digit(text[at]) || text[at] == '.' || text[at] == ',')) ++at;
    if (!seen.empty()) seen += "、";
    seen += text.substr(from, at - from);
  }
  return seen;
}

/// What stands in the brackets at the end of the name, be there brackets in it: 检修水泵（台（套））.
std::string_view bracket_of(std::string_view name) {
  constexpr std::string_view wide_open = "（";
  constexpr std::string_view wide_close = "）";
  if (!ends_with(name, ")") && !ends_with(name, wide_close)) return {};
  const std::size_t end = name.size() - (name.back() == ')' ? 1 : wide_close.size());
  int depth = 1;
  for (std::size_t at = end; at-- > 0;) {
    const std::string_view rest = name.substr(at, wide_open.size());
    if (rest[0] == ')' || rest == wide_close) ++depth;
    if (rest[0] != '(' && rest != wide_open) continue;
    if (--depth > 0) continue;
    const std::size_t from = at + (rest[0] == '(' ? 1 : wide_open.size());
    return at == 0 ? std::string_view() : trim(name.substr(from, end - from));
  }
  return {};
}

struct NameHint {
  std::optional<Comparator> comparator;
  views::Text unit;
};

/// The unit that stands only in brackets at the end of the name, 城镇新增就业人数（人）, or the form's pattern there: 满意度（≥**%）.
NameHint hint_in_name(std::string_view name, TextPool& texts) {
  NameHint hint;
  std::string_view inner = bracket_of(name);
  if (inner.empty()) return hint;
  for (const std::string_view word : {"单位：", "单位:"}) {
    if (starts_with(inner, word)) inner = trim(inner.substr(word.size()));
  }
  std::string_view rest = inner;
  const auto comparator = take_comparator(rest);
  bool filler = false;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view blank : {"*", "×", "X", "x", "_", "…", "○", "N", " ", "＊"}) {
      if (!starts_with(rest, blank)) continue;
      rest.remove_prefix(blank.size());
      filler = more = true;
    }
  }
  if (comparator && filler) {
    hint.comparator = comparator;
    inner = rest;
  }
  if (is_measurement_unit(inner)) hint.unit = canonical_unit(inner, texts);
  return hint;
}

/// The value cell says the indicator's name first: "居民参与率不低于100%". Only one comparator and number may follow.
std::optional<Amount> amount_behind_name(std::string_view value, std::string_view name, TextPool& texts) {
  if (name.empty() || !has_digit(value)) return std::nullopt;
  if (starts_with(value, name) && value.size() > name.size()) {
    std::string_view rest = value.substr(name.size());
    for (const std::string_view colon : {"：", ":", "为", "达到", "达"}) {
      if (starts_with(rest, colon)) rest = rest.substr(colon.size());
    }
    if (auto amount = whole_amount(rest, texts); amount && amount->comparator) return amount;
  }
  // The name itself is the sentence: split it at its comparator.
  if (value != name) return std::nullopt;
  for (std::size_t at = 1; at < value.size(); ++at) {
    std::string_view rest = value.substr(at);
    if ((static_cast<unsigned char>(rest[0]) & 0xC0) == 0x80) continue;
    std::string_view probe = rest;
    if (!take_comparator(probe)) continue;
    if (auto amount = whole_amount(rest, texts); amount && !mentions_number(value.substr(0, at))) return amount;
  }
  return std::nullopt;
}

/// The first doubt stands.
void note(Target& target, std::string_view code, TextPool& texts, std::initializer_list<std::string_view> message) {
  if (!target.note_code.empty()) return;
  target.note_code = code;
  target.note_message = texts.join(message);
}

void settle_amount(Target& target, const Amount& amount, std::optional<Comparator> column, TextPool& texts) {
  target.value = amount.value;
  target.upper = amount.upper;
  if (amount.comparator) {
    target.comparator = *amount.comparator;
    if (column && *column != *amount.comparator) {
      note(target, "value-ambiguous", texts,
           {"指标值类型栏是“", comparator_sign(*column), "”，指标值栏写的是“", comparator_sign(*amount.comparator),
            "”，按指标值栏读，请核对。"});
    }
  } else if (column) {
    target.comparator = *column;
  }
  if (!amount.unit) return;
  // 无 and / in the unit's column say that there is none.
  const bool placeholder = target.unit && (*target.unit == "/" || *target.unit == "-" || *target.unit == "—" || *target.unit == "无");
  if (!target.unit || placeholder || *target.unit == *amount.unit) {
    target.unit = amount.unit;
  } else {
    note(target, "value-ambiguous", texts,
         {"指标值栏带的单位“", *amount.unit, "”与度量单位栏“", *target.unit, "”不一致，按度量单位栏读，请核对。"});
  }
}

}  // namespace

namespace {

/// Words that the comparator's column holds and that are none: 定量, 正向指标.
bool is_kind_word(std::string_view text) {
  for (const std::string_view word :
       {"定量", "定量指标", "正向", "反向", "逆向", "正向指标", "反向指标", "逆向指标", "数值", "数字", "量化", "/", "-", "—"}) {
    if (text == word) return true;
  }
  return false;
}

void complete_from_name(Target& target, std::string_view name, TextPool& texts) {
  if (target.unit && target.comparator != Comparator::none) return;
  const NameHint hint = hint_in_name(name, texts);
  if (!target.unit && hint.unit) {
    target.unit = hint.unit;
    note(target, "unit-from-name", texts, {"度量单位栏为空，按指标名称括号内的“", *hint.unit, "”读作度量单位。"});
  }
  if (target.comparator == Comparator::none && hint.comparator) {
    target.comparator = *hint.comparator;
    note(target, "comparator-from-name", texts, {"没有比较符号，按指标名称括号内的“", comparator_sign(*hint.comparator), "”读，请核对。"});
  }
}

/// A target that is no number: kept as printed, with a note where numbers or comparators stand in it.
void settle_text(Target& target, bool column_compares, TextPool& texts) {
  const std::string_view value = *target.value;
  std::string_view probe = value;
  if (take_comparator(probe) && !column_compares) {
    if (mentions_number(value))
      note(target, "value-ambiguous", texts,
           {"指标值“", value, "”带比较词但不是一个数，按文字保留（见到的数：", numbers_seen(value), "），请核对。"});
    else
      note(target, "value-ambiguous", texts, {"指标值“", value, "”带比较词但不是一个数，按文字保留，请核对。"});
  } else if (mentions_number(value)) {
    const std::string seen = numbers_seen(value);
    const bool several = contains(seen, "、") || contains(value, "约");
    note(target, several ? "value-ambiguous" : "value-in-sentence", texts,
         {"指标值“", value, "”是一句话，其中的数（", seen, "）没有取作目标值，按文字保留。"});
  }
}

}  // namespace

namespace {

/// What a spreadsheet shows where a formula has no result: =95% typed as a text's first sign may become one.
bool is_formula_error(std::string_view value) {
  if (value.empty() || value[0] != '#') return false;
  for (const std::string_view error : {"#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"}) {
    if (value == error) return true;
  }
  return false;
}

}  // namespace

Target read_target(const TargetCells& cells, TextPool& texts) {
  Target target;
  const std::string_view value = cells.value;
  const std::string_view name = cells.name;
  if (!cells.unit.empty()) {
    const std::string_view unit = canonical_unit(cells.unit, texts);
    if (!unit.empty()) target.unit = unit;
  }
  const auto column = comparator_of(cells.comparator);
  if (!cells.comparator.empty() && !column && !is_kind_word(cells.comparator))
    note(target, "value-ambiguous", texts, {"指标值类型“", cells.comparator, "”不认识，没有读作比较符号，请核对。"});
  if (value.empty()) {
    if (column) target.comparator = *column;
    return target;
  }

  if (is_formula_error(value)) {
    if (column) target.comparator = *column;
    note(target, "value-ambiguous", texts, {"指标值的公式出错（“", value, "”），没有读作目标值，请核对原文。"});
    return target;
  }

  auto amount = whole_amount(value, texts);
  if (!amount) amount = amount_behind_name(value, name, texts);
  if (amount && cells.percent && !amount->unit) amount->unit = "%";
  if (amount && !(column == Comparator::qualitative && !amount->comparator)) {
    settle_amount(target, *amount, column, texts);
    complete_from_name(target, name, texts);
    if (const std::string_view doubt = doubt_of_number(target, name, texts); !doubt.empty())
      note(target, "value-ambiguous", texts, {doubt});
    return target;
  }
  // A cell with nothing but a unit holds no target.
  if (!amount && column != Comparator::qualitative && is_measurement_unit(value)) {
    if (column) target.comparator = *column;
    if (!target.unit) target.unit = canonical_unit(value, texts);
    note(target, "value-ambiguous", texts, {"指标值栏里只有单位“", value, "”，没有数值，请核对原文后补填。"});
    return target;
  }

  target.value = value;
  target.comparator = column.value_or(Comparator::qualitative);
  if (!amount) settle_text(target, column.has_value(), texts);  // a number called qualitative stays as printed
  return target;
}

}  // namespace jiheng::reading
