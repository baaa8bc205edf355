// Answers that stay true until something is stored. Every change goes through the registry and moves the journal's head, so an answer
// made under a head is good for as long as the head is the same, whoever changed what, in this process or in another.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace jiheng::service {

struct CachedAnswer {
  std::shared_ptr<const std::string> body;
  std::string etag;
};

/// Thread-safe; the answers used least recently go first.
class AnswerCache {
 public:
  explicit AnswerCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  std::optional<CachedAnswer> find(const std::string& key, std::string_view head);
  void keep(const std::string& key, std::string_view head, const CachedAnswer& answer);
  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    CachedAnswer answer;
    std::size_t bytes() const { return key.size() + answer.body->size() + 256; }
  };
  void drop_all();

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::string head_;
  std::list<Entry> entries_;  ///< the one used last in front
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

}  // namespace jiheng::service
