#include "desks/performance/indicator_identity.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "goals/tree.h"

namespace jiheng::desks {
namespace {

// Far more than any target has, and far less than Decimal holds once quartiles are worked out.
constexpr std::size_t most_whole_digits = 15;
constexpr std::size_t most_places = 6;
constexpr std::size_t longest_key = 300;       ///< bytes
constexpr std::size_t longest_evidence = 600;  ///< bytes
constexpr std::size_t most_grams = 400;        ///< of a paragraph that slipped into the column of names only the beginning is found

struct DirectionRow {
  Direction direction;
  std::string_view code;
  Comparator comparator;
};
constexpr std::array directions{DirectionRow{Direction::at_least, "at_least", Comparator::at_least},
                                DirectionRow{Direction::at_most, "at_most", Comparator::at_most},
                                DirectionRow{Direction::exact, "exact", Comparator::equal},
                                DirectionRow{Direction::qualitative, "qualitative", Comparator::qualitative}};

const DirectionRow& row_of(Direction direction) {
  return directions[static_cast<std::size_t>(direction)];
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "2026年度道路养护" → "道路养护".
std::string without_years(std::string text) {
  for (std::size_t at = 0; at + 4 <= text.size();) {
    const bool year = text.compare(at, 2, "20") == 0 && is_digit(text[at + 2]) && is_digit(text[at + 3]) &&
                      (at == 0 || !is_digit(text[at - 1])) && (at + 4 == text.size() || !is_digit(text[at + 4]));
    if (!year) {
      ++at;
      continue;
    }
    text.erase(at, 4);
    for (const std::string_view mark : {"年度", "年"}) {
      if (text.compare(at, mark.size(), mark) != 0) continue;
      text.erase(at, mark.size());
      break;
    }
  }
  return text;
}

std::optional<std::string> clause_behind(std::string_view text, std::string_view mark) {
  const std::size_t found = text.find(mark);
  if (found == std::string_view::npos) return std::nullopt;
  std::string_view rest = trim(text.substr(found + mark.size()));
  for (const std::string_view colon : {"：", ":"}) {
    if (!rest.starts_with(colon)) continue;
    rest = trim(rest.substr(colon.size()));
    std::size_t end = rest.size();
    for (const std::string_view stop : {"。", "；", ";", "\n"}) end = std::min(end, rest.find(stop));
    rest = trim(rest.substr(0, end));
    if (rest.empty() || rest.size() > longest_evidence) return std::nullopt;
    return std::string(rest);
  }
  return std::nullopt;
}

}  // namespace

std::string_view direction_code(Direction direction) {
  return row_of(direction).code;
}

std::optional<Direction> direction_from_code(std::string_view code) {
  const auto* found = std::find_if(directions.begin(), directions.end(), [&](const DirectionRow& row) { return row.code == code; });
  return found == directions.end() ? std::nullopt : std::optional(found->direction);
}

Direction direction_of(Comparator comparator) {
  switch (comparator) {
    case Comparator::at_least:
    case Comparator::more_than:
      return Direction::at_least;
    case Comparator::at_most:
    case Comparator::less_than:
      return Direction::at_most;
    case Comparator::qualitative:
      return Direction::qualitative;
    case Comparator::equal:
    case Comparator::none:
      return Direction::exact;
  }
  return Direction::exact;
}

Comparator usual_comparator(Direction direction) {
  return row_of(direction).comparator;
}

std::string measure_unit_key(const Text& unit) {
  std::string key;
  for (const char c : normalise(unit.value_or(""))) {
    if (c != ' ') key.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  }
  return key;
}

Identity identity_of(std::string_view level1, const Text& level2, std::string_view name, const Text& unit, Direction direction) {
  Identity identity;
  const auto first = canonical_level1(level1);
  identity.level1 = first ? std::string(*first) : normalise(level1);
  if (level2 && !trim(*level2).empty()) {
    const auto second = canonical_level2(*level2);
    identity.level2 = second ? std::string(*second) : normalise(*level2);
  }
  identity.name_key = fold_label(name);
  identity.path_key =
      sha256_hex(fold_label(identity.level1) + "\n" + fold_label(identity.level2.value_or("")) + "\n" + identity.name_key).substr(0, 32);
  identity.id = sha256_hex(identity.path_key + "\n" + measure_unit_key(unit) + "\n" + std::string(direction_code(direction))).substr(0, 32);
  return identity;
}

Identity identity_of(const Indicator& indicator) {
  return identity_of(indicator.level1, indicator.level2, indicator.level3, indicator.unit, direction_of(indicator.comparator));
}

std::optional<Decimal> comparable_target(const Indicator& indicator) {
  if (indicator.long_term || indicator.upper || !indicator.value || indicator.comparator == Comparator::qualitative) return std::nullopt;
  const auto number = Decimal::parse(*indicator.value);
  if (!number) return std::nullopt;
  const std::string plain = number->abs().plain();
  const std::size_t point = std::min(plain.find('.'), plain.size());
  if (point > most_whole_digits || plain.size() > point + 1 + most_places) return std::nullopt;
  return number;
}

std::string target_text(const Indicator& indicator) {
  const std::string sign(comparator_sign(indicator.comparator));
  std::string text = indicator.comparator == Comparator::qualitative ? sign + "：" : sign;
  text += indicator.value.value_or("");
  if (indicator.upper) text += "～" + *indicator.upper;
  return text;
}

std::string table_key_of(const GoalTable& table) {
  if (table.kind == TableKind::overall) return {};
  std::string key = without_years(fold_label(table.project_name.value_or("")));
  // It stands in an index; what is no name but a paragraph is known by its hash.
  return key.size() > longest_key ? sha256_hex(key) : key;
}

Text stated_evidence(const Indicator& indicator) {
  for (const Text* text : {&indicator.explanation, &indicator.note, &indicator.scoring_rule}) {
    if (!*text) continue;
    for (const std::string_view mark : {"数据来源", "取值方式", "佐证材料", "佐证资料", "取数来源"}) {
      if (auto found = clause_behind(**text, mark)) return found;
    }
  }
  return std::nullopt;
}

std::vector<std::string> grams_of(std::string_view folded) {
  std::vector<std::string> grams;
  std::string before;
  for (std::size_t at = 0; at < folded.size() && grams.size() < most_grams;) {
    const std::size_t from = at;
    next_code_point(folded, at);
    std::string here(folded.substr(from, at - from));
    if (here == "\n") {
      before.clear();
      continue;
    }
    if (!before.empty()) grams.push_back(before + here);
    grams.push_back(here);
    before = std::move(here);
  }
  std::sort(grams.begin(), grams.end());
  grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
  return grams;
}

}  // namespace jiheng::desks
