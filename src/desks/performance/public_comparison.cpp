#include "desks/performance/public_comparison.h"

#include <algorithm>

#include "access/units.h"
#include "base/hash.h"
#include "desks/performance/record_comparison.h"

namespace jiheng::desks {
namespace {

/// The published tables of the unit that the tables name, of their year (the latest where they name none); where there are several, those
/// that they are nearest to.
std::optional<PublishedVersion> version_by_name(registry::Registry& registry, const Publications& publications,
                                                const std::vector<GoalTable>& tables) {
  Text name;
  std::optional<int> year;
  for (const GoalTable& table : tables) {
    if (!name) name = table.unit_name;
    if (!year) year = table.year;
  }
  if (!name) return std::nullopt;
  const auto unit = access::unit_named(*registry.store().read(), registry.tenant(), *name);
  if (!unit) return std::nullopt;
  std::optional<PublishedVersion> best;
  std::size_t least = 0;
  for (Published& each : publications.published(year.value_or(0))) {
    if (each.unit != *unit || (best && each.year != best->what.year)) continue;
    const std::size_t count = differences(publications.tables(each), tables).size();
    if (best && count >= least) continue;
    best = PublishedVersion{std::move(each), true};
    least = count;
  }
  return best;
}

}  // namespace

std::string_view outcome_code(PublicComparison::Outcome outcome) {
  static constexpr std::string_view codes[] = {"identical", "equal", "differs", "unknown", "unreadable"};
  return codes[static_cast<int>(outcome)];
}

std::string_view how_code(PublicComparison::How how) {
  static constexpr std::string_view codes[] = {"", "file", "code", "name"};
  return codes[static_cast<int>(how)];
}

PublicComparison compare_with_published(registry::Registry& registry, const Publications& publications, std::string_view bytes,
                                        const std::string& name, const ReadDocument& read) {
  using Outcome = PublicComparison::Outcome;
  using How = PublicComparison::How;
  PublicComparison result;
  result.sha256 = sha256_hex(bytes);
  result.version = publications.version_of(result.sha256);
  if (result.version) {
    result.outcome = Outcome::identical;
    result.how = How::file;
    return result;
  }
  const Document document = read(bytes, name);
  if (document.error || document.tables.empty()) {
    result.outcome = Outcome::unreadable;
    result.message = document.error ? document.error->message : "文件里没有找到绩效目标表。";
    return result;
  }
  result.recognised = compare_with_record({}, document).recognised;
  if (document.version_code) result.version = publications.version_of(*document.version_code);
  if (result.version) {
    result.how = How::code;
  } else {
    result.version = version_by_name(registry, publications, document.tables);
    if (!result.version) return result;
    result.how = How::name;
  }
  for (ComparedValue& each : compare_with_record(publications.tables(result.version->what), document).values) {
    // What reads the same is no difference, however badly it was to be read.
    if (each.difference.before != each.difference.after) result.differences.push_back(std::move(each.difference));
  }
  result.outcome = result.differences.empty() ? Outcome::equal : Outcome::differs;
  return result;
}

}  // namespace jiheng::desks
