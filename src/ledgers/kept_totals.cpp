#include "ledgers/kept_totals.h"

#include <string_view>

#include "ledgers/ledgers.h"

namespace jiheng::ledgers {
namespace {

/// Questions of some hundred readers; when there are more, all begin anew.
constexpr std::size_t most_kept = 1'000;

/// Each part with its length before it, so that no part runs into the next.
std::string key_of(const RecordType& type, const Question& question) {
  std::string key;
  const auto add = [&](std::string_view part) {
    key += std::to_string(part.size()) + ":";
    key += part;
  };
  for (const std::string_view part :
       {std::string_view(type.name), std::string_view(question.view), std::string_view(question.text),
        std::string_view(question.from_field), std::string_view(question.from), std::string_view(question.to)})
    add(part);
  for (const auto& [field, value] : question.equal) {
    add(field);
    add(value);
  }
  return key;
}

}  // namespace

std::optional<Totals> KeptTotals::find(const RecordType& type, const Question& question, std::int64_t head) const {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(key_of(type, question));
  if (found == kept_.end() || found->second.head != head) return std::nullopt;
  return found->second.totals;
}

void KeptTotals::keep(const RecordType& type, const Question& question, std::int64_t head, const Totals& totals) {
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= most_kept) kept_.clear();
  kept_.insert_or_assign(key_of(type, question), Kept{head, totals});
}

}  // namespace jiheng::ledgers
