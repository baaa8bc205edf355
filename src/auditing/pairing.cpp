// Which indicator of a project is which of the overall table.
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "auditing/names.h"
#include "auditing/submission.h"
#include "base/likeness.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

/// Work beyond this many comparisons is not done: a real submission needs a few hundred.
constexpr std::size_t most_comparisons = 500'000;
constexpr std::size_t four_characters = 12;
constexpr int alike_percent = 60;
/// Longer names are no names; they are compared whole only.
constexpr std::size_t longest_name = 600;

using Index = std::unordered_multimap<std::string, const IndicatorView*>;

std::string index_key(const IndicatorView& indicator, std::string_view key) {
  std::string out(view(indicator.raw->level2));
  out.push_back('\n');
  return out.append(key);
}

Index index_of(const TableView& whole) {
  Index index;
  index.reserve(whole.indicators.size());
  for (const IndicatorView& indicator : whole.indicators) {
    if (!indicator.raw->long_term) index.emplace(index_key(indicator, indicator.key), &indicator);
  }
  return index;
}

/// The overall table's names that hold the project's own name, without it: 非遗保护人均补助标准 → 人均补助标准.
Index index_without(const TableView& whole, std::string_view core) {
  Index index;
  if (core.empty()) return index;
  for (const IndicatorView& indicator : whole.indicators) {
    if (indicator.raw->long_term || !contains(indicator.key, core)) continue;
    index.emplace(index_key(indicator, without(indicator.key, core)), &indicator);
  }
  return index;
}

/// The one of those under `key` that has the same unit; else the first that is not taken yet.
const IndicatorView* found_in(const Index& index, const std::string& key, const IndicatorView& wanted,
                              const std::set<const IndicatorView*>& taken) {
  const IndicatorView* best = nullptr;
  std::size_t looked_at = 0;
  const auto [begin, end] = index.equal_range(key);
  for (auto it = begin; it != end && looked_at < 64; ++it, ++looked_at) {
    if (taken.contains(it->second)) continue;
    const bool better = best == nullptr || (it->second->unit == wanted.unit && best->unit != wanted.unit) ||
                        ((it->second->unit == wanted.unit) == (best->unit == wanted.unit) && it->second->index < best->index);
    if (better) best = it->second;
  }
  return best;
}

class Matcher {
 public:
  Matcher(Submission& submission, const TableView& whole) : submission_(submission), whole_(whole), index_(index_of(whole)) {
    parts_ = 0;
    for (const TableView& table : submission.tables) parts_ += submission.whole_of(table) == &whole;
  }

  void match(const TableView& part) {
    std::set<const IndicatorView*> taken;
    const Index reduced = parts_ * whole_.indicators.size() <= most_comparisons ? index_without(whole_, part.core) : Index();
    std::vector<const IndicatorView*> left;
    // Names that are equal as they stand come first, so that no shortened one takes their place.
    for (const IndicatorView& indicator : part.indicators) {
      if (indicator.raw->long_term) continue;
      const IndicatorView* same = found_in(index_, index_key(indicator, indicator.key), indicator, taken);
      same == nullptr ? left.push_back(&indicator) : pair(part, indicator, *same, taken);
    }
    for (const IndicatorView* indicator : left) {
      const std::string bare = without(indicator->key, part.core);
      const IndicatorView* same = found_in(index_, index_key(*indicator, bare), *indicator, taken);
      if (same == nullptr) same = found_in(reduced, index_key(*indicator, bare), *indicator, taken);
      same == nullptr ? unmatched_.push_back({&whole_, nullptr, &part, indicator}) : pair(part, *indicator, *same, taken);
    }
  }

  /// After all parts are matched: what is left on both sides and is most likely one.
  void find_renamed() {
    std::unordered_map<std::string, std::vector<const IndicatorView*>> buckets;
    for (const IndicatorView& indicator : whole_.indicators) {
      if (!paired_.contains(&indicator) && !indicator.raw->long_term) buckets[bucket(indicator)].push_back(&indicator);
    }
    std::unordered_set<const IndicatorView*> taken;
    std::size_t comparisons = 0;
    for (Pair& pair : unmatched_) {
      const auto found = buckets.find(bucket(*pair.of_part));
      if (found == buckets.end()) continue;
      int best = 0;
      for (const IndicatorView* candidate : found->second) {
        if (++comparisons > most_comparisons) return;
        if (taken.contains(candidate)) continue;
        const int likely = likely_one(*candidate, *pair.of_part, *pair.part);
        if (likely > best && !submission_.speaks_of_another(candidate->key, *pair.part)) {
          best = likely;
          pair.of_whole = candidate;
        }
      }
      if (best == 0) continue;
      taken.insert(pair.of_whole);
      submission_.renamed.push_back(pair);
    }
  }

 private:
  void pair(const TableView& part, const IndicatorView& indicator, const IndicatorView& same, std::set<const IndicatorView*>& taken) {
    submission_.pairs.push_back({&whole_, &same, &part, &indicator});
    taken.insert(&same);
    paired_.insert(&same);
  }

  static std::string bucket(const IndicatorView& indicator) {
    return index_key(indicator, indicator.unit) + (indicator.numeric ? "#" : "");
  }

  /// How likely both are one, 0 where they are two. Only what a person can follow: one name has something more, and that is the
  /// project's or the value is the same; or one character differs or most is alike, and the value is the same. Never where the overall one
  /// bears another project's name, or where the names differ in 城市 and 农村 only.
  int likely_one(const IndicatorView& of_whole, const IndicatorView& of_part, const TableView& part) const {
    if (!of_whole.numeric || std::min(of_whole.key.size(), of_part.key.size()) < four_characters) return 0;
    if (std::max(of_whole.key.size(), of_part.key.size()) > longest_name) return 0;
    const bool same_value = of_whole.value == of_part.value;
    const auto [theirs, mine] = differing_part(of_whole.key, of_part.key);
    if (theirs.empty() || mine.empty()) return same_value || told_by(theirs + mine, part) ? 100 : 0;
    const policy::WordList& contrasts = submission_.words().contrasts;
    if (!same_value || (contrasts.in(theirs) && contrasts.in(mine))) return 0;
    if (length_utf8(theirs) == 1 && length_utf8(mine) == 1) return 90;
    // The project's own name in both makes any two names look alike.
    const int alike = likeness_percent(without(of_whole.key, part.core), without(of_part.key, part.core));
    return alike >= alike_percent ? alike : 0;
  }

  /// Every character of `more` stands in the project's name.
  static bool told_by(std::string_view more, const TableView& part) {
    const std::string_view name = view(part.raw->project_name);
    for (std::size_t at = 0; at < more.size();) {
      const std::size_t begin = at;
      next_code_point(more, at);
      if (!contains(name, more.substr(begin, at - begin))) return false;
    }
    return true;
  }

  Submission& submission_;
  const TableView& whole_;
  Index index_;
  std::size_t parts_ = 0;
  std::unordered_set<const IndicatorView*> paired_;
  std::vector<Pair> unmatched_;
};

/// Beyond this many, names are not searched for them.
constexpr std::size_t most_subjects = 400;

std::vector<std::string> subjects_of(const Submission& submission) {
  std::set<std::string> subjects;
  for (const TableView& table : submission.tables) {
    if (!table.core.empty() && subjects.size() < most_subjects) subjects.insert(table.core);
    if (!table.overall()) continue;
    for (const Task& task : table.raw->tasks) {
      if (subjects.size() >= most_subjects) break;
      std::string core = task.name ? project_core(*task.name, submission.words()) : std::string();
      if (!core.empty()) subjects.insert(std::move(core));
    }
  }
  return {subjects.begin(), subjects.end()};
}

}  // namespace

void pair_indicators(Submission& submission) {
  submission.subjects = subjects_of(submission);
  for (const TableView& whole : submission.tables) {
    if (!whole.overall()) continue;
    Matcher matcher(submission, whole);
    for (const TableView& part : submission.tables) {
      if (submission.whole_of(part) == &whole) matcher.match(part);
    }
    matcher.find_renamed();
  }
}

}  // namespace jiheng::auditing
