#include "service/api/answer_cache.h"

namespace jiheng::service {

std::optional<CachedAnswer> AnswerCache::find(const std::string& key, std::string_view head) {
  const std::lock_guard lock(mutex_);
  if (head_ != head) return std::nullopt;
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void AnswerCache::keep(const std::string& key, std::string_view head, const CachedAnswer& answer) {
  const std::lock_guard lock(mutex_);
  if (head_ != head) {
    // A late answer made under an older head empties the cache for nothing, and harms nobody: the next one fills it again.
    drop_all();
    head_ = head;
  }
  if (by_key_.contains(key)) return;
  entries_.push_front({key, answer});
  by_key_.emplace(entries_.front().key, entries_.begin());
  bytes_ += entries_.front().bytes();
  while (bytes_ > max_bytes_ && !entries_.empty()) {
    bytes_ -= entries_.back().bytes();
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

std::size_t AnswerCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

void AnswerCache::drop_all() {
  by_key_.clear();
  entries_.clear();
  bytes_ = 0;
}

}  // namespace jiheng::service
