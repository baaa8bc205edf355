#include "reading/target.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_set>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"

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

constexpr std::array signs = {
    Word{"≥", Comparator::at_least},   Word{"≧", Comparator::at_least},   Word{"⩾", Comparator::at_least},
    Word{">=", Comparator::at_least},  Word{"=>", Comparator::at_least},  Word{"≤", Comparator::at_most},
    Word{"≦", Comparator::at_most},    Word{"⩽", Comparator::at_most},    Word{"<=", Comparator::at_most},
    Word{"=<", Comparator::at_most},   Word{">", Comparator::more_than},  Word{"﹥", Comparator::more_than},
    Word{"<", Comparator::less_than},  Word{"﹤", Comparator::less_than}, Word{"=", Comparator::equal},
    Word{"〉", Comparator::more_than}, Word{"〈", Comparator::less_than},
};

constexpr std::array after_words = {
    Word{"(含)以上", Comparator::at_least}, Word{"（含）以上", Comparator::at_least}, Word{"及以上", Comparator::at_least},
    Word{"或以上", Comparator::at_least},   Word{"以上（含）", Comparator::at_least}, Word{"以上(含)", Comparator::at_least},
    Word{"以上", Comparator::at_least},     Word{"(含)以下", Comparator::at_most},    Word{"（含）以下", Comparator::at_most},
    Word{"及以下", Comparator::at_most},    Word{"或以下", Comparator::at_most},      Word{"以下", Comparator::at_most},
    Word{"(含)以内", Comparator::at_most},  Word{"（含）以内", Comparator::at_most},  Word{"以内", Comparator::at_most},
};

/// Takes a comparator off the front: signs as they are, words after them.
std::optional<Comparator> take_front(std::string_view& text) {
  for (const Word& sign : signs) {
    if (!starts_with(text, sign.word)) continue;
    text.remove_prefix(sign.word.size());
    text = trim(text);
    // "＞ =" and "> ＝" are one sign that the typesetter tore.
    if (starts_with(text, "=") && (sign.comparator == Comparator::more_than || sign.comparator == Comparator::less_than)) {
      text = trim(text.substr(1));
      return sign.comparator == Comparator::more_than ? Comparator::at_least : Comparator::at_most;
    }
    return sign.comparator;
  }
  for (const Word& word : before_words) {
    if (!starts_with(text, word.word)) continue;
    text = trim(text.substr(word.word.size()));
    return word.comparator;
  }
  return std::nullopt;
}

std::optional<Comparator> take_back(std::string_view& text) {
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

/// Takes a number with correct thousands separators off the front of a normalised text.
Text take_number(std::string_view& text) {
  std::size_t at = 0;
  std::string digits;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
    if (text[at] == '-') digits.push_back('-');
    ++at;
  } else if (starts_with(text, "−")) {
    digits.push_back('-');
    at += std::string_view("−").size();
  }
  const std::size_t first = at;
  while (at < text.size() && is_digit(text[at])) digits.push_back(text[at++]);
  if (at == first) return std::nullopt;
  const bool groups = at - first <= 3;
  while (groups && at + 3 < text.size() && text[at] == ',' && is_digit(text[at + 1]) && is_digit(text[at + 2]) && is_digit(text[at + 3]) &&
         (at + 4 >= text.size() || !is_digit(text[at + 4]))) {
    digits.append(text.substr(at + 1, 3));
    at += 4;
  }
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
    digits.push_back('.');
    ++at;
    while (at < text.size() && is_digit(text[at])) digits.push_back(text[at++]);
  }
  if (!Decimal::parse(digits)) return std::nullopt;
  text.remove_prefix(at);
  return digits;
}

const std::unordered_set<std::string_view>& simple_units() {
  static const std::unordered_set<std::string_view> units = {
      "%",      "‰",      "百分比",   "百分点", "个百分点", "元",       "万元",     "亿元", "千元", "百元",   "百万元", "美元",
      "万美元", "个",     "家",       "次",     "人",       "件",       "份",       "亩",   "万亩", "公里",   "千米",   "米",
      "场",     "场次",   "起",       "年",     "月",       "日",       "天",       "周",   "季",   "季度",   "小时",   "分钟",
      "秒",     "工作日", "个工作日", "日历天", "台",       "套",       "台套",     "台次", "条",   "项",     "座",     "处",
      "户",     "户次",   "人次",     "篇",     "期",       "批",       "批次",     "吨",   "万吨", "千克",   "公斤",   "克",
      "斤",     "升",     "毫升",     "平方米", "万平方米", "平方公里", "平方千米", "㎡",   "m2",   "m²",     "立方米", "万立方米",
      "m3",     "m³",     "公顷",     "万人",   "万人次",   "万户",     "万次",     "万件", "万份", "万册",   "万个",   "分",
      "名",     "所",     "支",       "辆",     "棵",       "株",       "只",       "头",   "羽",   "尾",     "本",     "册",
      "张",     "幅",     "例",       "宗",     "类",       "种",       "门",       "课时", "学时", "节",     "级",     "倍",
      "度",     "千瓦时", "千瓦",     "兆瓦",   "兆",       "兆字节",   "GB",       "TB",   "MB",   "Mbps",   "M",      "个月",
      "部",     "副",     "把",       "块",     "片",       "根",       "盏",       "口",   "眼",   "栋",     "幢",     "间",
      "层",     "床",     "张床",     "站",     "站点",     "点",       "路",       "对",   "组",   "队",     "届",     "班",
      "班次",   "车次",   "航班",     "趟",     "艘",       "架",       "门次",     "卷",   "盒",   "箱",     "袋",     "瓶",
      "桶",     "枚",     "面",       "道",     "段",       "扇",       "樘",       "延米", "厘米", "毫米",   "km",     "m",
      "kg",     "t",      "t/a",      "℃",      "分贝",     "人天",     "人日",     "套次", "件次", "例次",   "标段",   "村",
      "乡镇",   "镇",     "县",       "社区",   "街道",     "单位",     "系统",     "平台", "万字", "字",     "页",     "秒钟",
      "万台",   "万套",   "万辆",     "万株",   "万头",     "万只",     "吨标准煤", "毫克", "微克", "小时内", "元整",   "刻",
      "例数",   "宗地",   "则",       "款",
  };
  return units;
}

/// The parts of 元/人·月, 台（套）, 人次（户） one by one.
bool parts_are_units(std::string_view text) {
  std::string part;
  int parts = 0;
  const auto flush = [&] {
    if (part.empty()) return true;
    ++parts;
    const bool known = simple_units().contains(part);
    part.clear();
    return known;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    const bool separator = c == '/' || c == 0xB7 || c == 0x2022 || c == 0x30FB || c == '(' || c == ')' || c == 0xFF08 || c == 0xFF09 ||
                           c == 0x3001 || c == '*' || c == ' ' || c == 0x6BCF;  // 每
    if (separator) {
      if (!flush()) return false;
    } else {
      part.append(text.substr(from, at - from));
    }
  }
  return flush() && parts >= 1 && parts <= 4;
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

struct Amount {
  std::optional<Comparator> comparator;
  std::string value;
  Text unit;
  Text upper;
};

/// Between the two bounds of a range.
bool take_range_sign(std::string_view& text) {
  for (const std::string_view sign : {"--", "——", "—", "–", "-", "~", "～", "〜", "至", "到"}) {
    if (!starts_with(text, sign)) continue;
    text = trim(text.substr(sign.size()));
    return true;
  }
  return false;
}

/// A text that is a target and nothing else: [comparator] number [unit] [comparator word], or a range of two.
std::optional<Amount> whole_amount(std::string_view text) {
  Amount amount;
  text = trim(text);
  // A year or a date is not an amount: 2026年, 2026年12月.
  amount.comparator = take_front(text);
  const auto behind = take_back(text);
  if (behind && amount.comparator && *behind != *amount.comparator) return std::nullopt;
  if (behind) amount.comparator = behind;
  Text number = take_number(text);
  if (!number) return std::nullopt;
  amount.value = *number;
  text = trim(text);
  if (starts_with(text, "%") || starts_with(text, "‰")) {
    std::string_view rest = trim(text.substr(starts_with(text, "%") ? 1 : 3));
    if (!rest.empty() && take_range_sign(rest)) {
      const auto upper = take_number(rest);
      if (!upper || (trim(rest) != "%" && !rest.empty())) return std::nullopt;
      amount.upper = upper;
      amount.unit = "%";
      return amount;
    }
  }
  if (std::string_view rest = text; !rest.empty() && !amount.comparator && take_range_sign(rest)) {
    if (const auto upper = take_number(rest)) {
      rest = trim(rest);
      if (!rest.empty() && !is_measurement_unit(rest)) return std::nullopt;
      amount.upper = upper;
      if (!rest.empty()) amount.unit = canonical_unit(rest);
      return amount;
    }
    return std::nullopt;
  }
  if (text.empty()) return amount;
  if (text == "年" && amount.value.size() == 4 && amount.value > "1949" && amount.value < "2100") return std::nullopt;
  if (!is_measurement_unit(text)) return std::nullopt;
  amount.unit = canonical_unit(text);
  return amount;
}

/// The unit that stands only in brackets at the end of the name: 城镇新增就业人数（人）.
Text unit_in_name(std::string_view name) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}, {"（", ")"}, {"(", "）"}}) {
    if (!ends_with(name, close)) continue;
    const std::string_view inner = name.substr(0, name.size() - close.size());
    const std::size_t at = inner.rfind(open);
    if (at == std::string_view::npos || at == 0) continue;
    std::string_view unit = trim(inner.substr(at + open.size()));
    if (starts_with(unit, "单位：")) unit = unit.substr(std::string_view("单位：").size());
    if (is_measurement_unit(unit)) return canonical_unit(unit);
  }
  return std::nullopt;
}

/// The value cell says the indicator's name first: "居民参与率不低于100%". Only one comparator and number may follow.
std::optional<Amount> amount_behind_name(std::string_view value, std::string_view name) {
  if (name.empty()) return std::nullopt;
  if (starts_with(value, name) && value.size() > name.size()) {
    std::string_view rest = value.substr(name.size());
    for (const std::string_view colon : {"：", ":", "为", "达到", "达"}) {
      if (starts_with(rest, colon)) rest = rest.substr(colon.size());
    }
    if (auto amount = whole_amount(rest); amount && amount->comparator) return amount;
  }
  // The name itself is the sentence: split it at its comparator.
  if (value != name) return std::nullopt;
  for (std::size_t at = 1; at < value.size(); ++at) {
    std::string_view rest = value.substr(at);
    if ((static_cast<unsigned char>(rest[0]) & 0xC0) == 0x80) continue;
    std::string_view probe = rest;
    if (!take_front(probe)) continue;
    if (auto amount = whole_amount(rest); amount && !mentions_number(value.substr(0, at))) return amount;
  }
  return std::nullopt;
}

void note(Target& target, std::string code, std::string message) {
  if (!target.note_code.empty()) return;
  target.note_code = std::move(code);
  target.note_message = std::move(message);
}

void settle_amount(Target& target, const Amount& amount, std::optional<Comparator> column) {
  target.value = amount.value;
  target.upper = amount.upper;
  if (amount.comparator) {
    target.comparator = *amount.comparator;
    if (column && *column != *amount.comparator) {
      note(target, "value-ambiguous",
           "指标值类型栏是“" + std::string(comparator_sign(*column)) + "”，指标值栏写的是“" +
               std::string(comparator_sign(*amount.comparator)) + "”，按指标值栏读，请核对。");
    }
  } else if (column) {
    target.comparator = *column;
  }
  if (!amount.unit) return;
  if (!target.unit || *target.unit == *amount.unit) {
    target.unit = amount.unit;
  } else {
    note(target, "value-ambiguous",
         "指标值栏带的单位“" + *amount.unit + "”与度量单位栏“" + *target.unit + "”不一致，按度量单位栏读，请核对。");
  }
}

}  // namespace

namespace {

/// By its first character: every sign and word of a comparator begins with one of these. White space and full-width signs may, too.
bool may_be_comparator(std::string_view printed) {
  const auto lead = static_cast<unsigned char>(printed[0]);
  if (lead < 0xE4) return lead <= ' ' || lead == '<' || lead == '>' || lead == '=' || lead == '(' || lead >= 0xC2;
  if (lead > 0xE9) return true;
  static constexpr std::string_view first = "大小不至高超多等低少定无文以及或";
  const std::string_view character = printed.substr(0, 3);
  for (std::size_t at = 0; at < first.size(); at += 3) {
    if (first.substr(at, 3) == character) return true;
  }
  return false;
}

}  // namespace

std::optional<Comparator> comparator_of(std::string_view printed) {
  constexpr std::size_t longest_comparator = 24;  // bytes
  if (printed.empty() || printed.size() > longest_comparator || !may_be_comparator(printed)) return std::nullopt;
  const std::string text = normalise(printed);
  std::string_view rest = text;
  if (rest == "定性" || rest == "无" || rest == "定性指标" || rest == "文字描述") return Comparator::qualitative;
  const auto comparator = take_front(rest);
  if (comparator && rest.empty()) return comparator;
  for (const Word& word : after_words) {
    if (text == word.word) return word.comparator;
  }
  return std::nullopt;
}

Text number_of(std::string_view printed) {
  const std::string text = normalise(printed);
  std::string_view rest = text;
  Text number = take_number(rest);
  if (!number || !trim(rest).empty()) return std::nullopt;
  return number;
}

Text amount_of(std::string_view printed) {
  const std::string text = normalise(printed);
  std::string_view rest = text;
  Text number = take_number(rest);
  rest = trim(rest);
  if (!number || !(rest.empty() || rest == "%" || rest == "万元" || rest == "元" || rest == "亿元" || rest == "分")) return std::nullopt;
  return number;
}

bool is_measurement_unit(std::string_view text) {
  if (text.empty() || text.size() > 30) return false;
  return simple_units().contains(text) || parts_are_units(text);
}

std::string canonical_unit(std::string_view printed) {
  std::string unit = normalise(printed);
  if (unit == "百分比" || unit == "百分比（%）" || unit == "百分比(%)") return "%";
  return unit;
}

Target read_target(const TargetCells& cells) {
  Target target;
  const std::string value = normalise(cells.value);
  const std::string unit = canonical_unit(cells.unit);
  const std::string name = normalise(cells.name);
  if (!unit.empty()) target.unit = unit;
  const auto column = comparator_of(cells.comparator);
  if (!cells.comparator.empty() && !column && !normalise(cells.comparator).empty() && normalise(cells.comparator) != "定量") {
    note(target, "value-ambiguous", "指标值类型“" + normalise(cells.comparator) + "”不认识，没有读作比较符号，请核对。");
  }
  if (value.empty()) {
    if (column) target.comparator = *column;
    return target;
  }

  auto amount = whole_amount(value);
  if (!amount) amount = amount_behind_name(value, name);
  if (amount && cells.percent && !amount->unit) amount->unit = "%";
  if (amount && !(column == Comparator::qualitative && !amount->comparator)) {
    settle_amount(target, *amount, column);
    if (!target.unit) {
      if (Text from_name = unit_in_name(name)) {
        target.unit = from_name;
        note(target, "unit-from-name", "度量单位栏为空，按指标名称括号内的“" + *from_name + "”读作度量单位。");
      }
    }
    return target;
  }

  target.value = value;
  target.comparator = column.value_or(Comparator::qualitative);
  if (amount) return target;  // a number called qualitative stays as printed
  std::string_view probe = value;
  if (take_front(probe) && !comparator_of(cells.comparator)) {
    note(target, "value-ambiguous",
         "指标值“" + value + "”带比较词但不是一个数，按文字保留" +
             (mentions_number(value) ? "（见到的数：" + numbers_seen(value) + "）" : "") + "，请核对。");
  } else if (mentions_number(value)) {
    const std::string seen = numbers_seen(value);
    const bool several = contains(seen, "、") || contains(value, "约");
    note(target, several ? "value-ambiguous" : "value-in-sentence",
         "指标值“" + value + "”是一句话，其中的数（" + seen + "）没有取作目标值，按文字保留。");
  }
  return target;
}

}  // namespace jiheng::reading
