// An append-only log of server-sent events that any number of connections follow, each at its own pace. A slow reader costs one
// position, not a queue; one who comes late, or again, is told all that came before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng::service {

/// Thread-safe. Followers are woken without the lock held, on the thread that appends.
class EventLog {
 public:
  /// `data` must hold no line end (JSON of ours has none).
  void append(std::string_view event, std::string_view data);
  /// No more will come; followers are woken once more.
  void close();

  struct Batch {
    std::string text;  ///< whole events, ready to send
    std::size_t next = 0;
    bool at_end = false;  ///< the log is closed and nothing is left after `next`
  };
  /// Events from number `from` on, at least one where there is one, up to about `max_bytes`.
  Batch read(std::size_t from, std::size_t max_bytes) const;

  std::uint64_t follow(std::function<void()> wake);
  void unfollow(std::uint64_t follower);

 private:
  void wake_followers();

  mutable std::mutex mutex_;
  std::vector<std::string> events_;
  bool closed_ = false;
  std::uint64_t next_follower_ = 1;
  std::map<std::uint64_t, std::function<void()>> followers_;
};

}  // namespace jiheng::service
