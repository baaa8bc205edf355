#include "desks/performance/record_comparison.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/decimal.h"
#include "base/likeness.h"
#include "base/text.h"
#include "reading/scan/confidence.h"

namespace jiheng::desks {
namespace {

/// Recognition that is as sure as this is believed where it reads something else.
constexpr int trusted = 80;
/// Below this not even the right value is worth anything: it may have been guessed.
constexpr int guessed = 50;
/// A text that is this much alike, with the same figures in it, is the same text with a character misread.
constexpr int alike = 60;

using IndicatorKey = std::pair<int, int>;

std::map<IndicatorKey, int> confidences(const Document& document) {
  std::map<IndicatorKey, int> found;
  for (const Note& note : document.notes) {
    if (const auto percent = reading::confidence_of(note); percent && note.table && note.indicator)
      found[{*note.table, *note.indicator}] = *percent;
  }
  return found;
}

bool is_recognised(const Document& document) {
  return document.format == "picture" || std::ranges::any_of(document.notes, [](const Note& note) { return note.code.starts_with("ocr"); });
}

std::size_t han_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    count += c >= 0x4E00 && c <= 0x9FFF ? 1 : 0;
  }
  return count;
}

/// Tables whose figures bear each other out, as read.
std::set<int> proven_tables(const Document& document) {
  std::set<int> proven;
  for (const Note& note : document.notes) {
    if (note.code == "ocr-confirmed" && note.table) proven.insert(*note.table);
  }
  for (const Note& note : document.notes) {
    if (note.code == "ocr-doubted" && note.table) proven.erase(*note.table);
  }
  return proven;
}

std::string figures_in(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits.push_back(c);
  }
  return digits;
}

/// "≥" of "≥98%"; "" where none stands in front.
std::string_view sign_of(std::string_view target) {
  for (const std::string_view sign : {"≥", "≤", ">", "<", "＞", "＜", "="}) {
    if (target.starts_with(sign)) return sign;
  }
  return {};
}

/// Recognition loses signs and takes "%" for a character, however sure it is of the figures: only other figures count, or another sign.
bool target_says_otherwise(std::string_view before, std::string_view after) {
  if (figures_in(after).empty()) return false;
  if (figures_in(before) != figures_in(after)) return true;
  return !sign_of(before).empty() && !sign_of(after).empty() && sign_of(before) != sign_of(after);
}

/// Whether what was read on a picture says for certain something else than the record. `proven`: the sums of its table hold.
bool says_otherwise(const Difference& difference, const std::optional<int>& confidence, bool proven) {
  // A row that was not found may have been cut off or lie under the seal.
  if (difference.kind != Difference::Kind::changed || !difference.before || !difference.after) return false;
  const std::string before = normalise(*difference.before);
  const std::string after = normalise(*difference.after);
  if (difference.field == "指标值") return (!confidence || *confidence >= trusted) && target_says_otherwise(before, after);
  // Of a number by itself recognition tells no confidence; one point lost makes another number of it.
  if (Decimal::parse(before)) return proven && Decimal::parse(after).has_value();
  // Where most of the characters are gone it was not read at all.
  if (2 * han_in(after) < han_in(before)) return false;
  return figures_in(before) != figures_in(after) || likeness_percent(before, after) < alike;
}

}  // namespace

std::size_t RecordComparison::differing() const {
  return static_cast<std::size_t>(std::ranges::count_if(values, [](const ComparedValue& each) { return each.certain; }));
}

std::size_t RecordComparison::unsure() const {
  return values.size() - differing();
}

RecordComparison compare_with_record(std::span<const GoalTable> record, const Document& document) {
  RecordComparison result;
  result.recognised = is_recognised(document);
  const auto sure = confidences(document);
  const auto proven = proven_tables(document);
  std::set<IndicatorKey> told;
  for (Difference& each : differences(record, document.tables)) {
    ComparedValue value{std::move(each), true, {}};
    const IndicatorKey key{value.difference.table_after, value.difference.indicator_after};
    if (const auto found = sure.find(key); found != sure.end() && value.difference.field == "指标值") {
      value.confidence = found->second;
      told.insert(key);
    }
    value.certain = !result.recognised || says_otherwise(value.difference, value.confidence, proven.contains(value.difference.table_after));
    result.values.push_back(std::move(value));
  }
  for (const auto& [key, percent] : sure) {
    if (percent >= guessed || told.contains(key)) continue;
    const auto& table = document.tables.at(static_cast<std::size_t>(key.first));
    const Indicator& indicator = table.indicators.at(static_cast<std::size_t>(key.second));
    const std::string name = table.kind == TableKind::overall ? std::string(kind_name(table.kind)) : table.project_name.value_or("");
    result.values.push_back({{Difference::Kind::changed, name, indicator.level1 + " / " + indicator.level3, "指标值",
                              shown_target(indicator), shown_target(indicator), indicator.source, key.first, key.second},
                             false,
                             percent});
  }
  return result;
}

}  // namespace jiheng::desks
