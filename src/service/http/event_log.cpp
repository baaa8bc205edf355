#include "service/http/event_log.h"

namespace jiheng::service {

void EventLog::append(std::string_view event, std::string_view data) {
  {
    const std::lock_guard lock(mutex_);
    // The id is the number of the next event: a browser that lost the connection sends it back as Last-Event-ID.
    std::string text = "id: " + std::to_string(events_.size() + 1) + "\nevent: ";
    text.append(event).append("\ndata: ").append(data).append("\n\n");
    events_.push_back(std::move(text));
  }
  wake_followers();
}

void EventLog::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  wake_followers();
}

EventLog::Batch EventLog::read(std::size_t from, std::size_t max_bytes) const {
  const std::lock_guard lock(mutex_);
  Batch batch;
  batch.next = std::min(from, events_.size());
  while (batch.next < events_.size() && (batch.text.empty() || batch.text.size() + events_[batch.next].size() <= max_bytes)) {
    batch.text += events_[batch.next++];
  }
  batch.at_end = closed_ && batch.next == events_.size();
  return batch;
}

std::uint64_t EventLog::follow(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  followers_.emplace(next_follower_, std::move(wake));
  return next_follower_++;
}

void EventLog::unfollow(std::uint64_t follower) {
  const std::lock_guard lock(mutex_);
  followers_.erase(follower);
}

void EventLog::wake_followers() {
  std::vector<std::function<void()>> wakes;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [follower, wake] : followers_) wakes.push_back(wake);
  }
  for (const auto& wake : wakes) wake();
}

}  // namespace jiheng::service
