// How many may be inside at once, and how many from one address in a minute: for what anybody may ask and what costs work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace jiheng::service {

/// Thread-safe.
class Turnstile {
 public:
  Turnstile(std::size_t most_inside, std::size_t most_a_minute) : most_inside_(most_inside), most_a_minute_(most_a_minute) {}

  /// Lets its holder out again.
  class Pass {
   public:
    explicit Pass(Turnstile* of) : of_(of) {}
    Pass(Pass&& other) noexcept : of_(other.of_) { other.of_ = nullptr; }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;
    ~Pass() {
      if (of_ != nullptr) of_->leave();
    }
    explicit operator bool() const { return of_ != nullptr; }

   private:
    Turnstile* of_;
  };

  /// `now`: seconds. False where there is no room.
  Pass enter(std::string_view address, std::int64_t now) {
    const std::lock_guard lock(mutex_);
    if (now / 60 != minute_) {
      minute_ = now / 60;
      seen_.clear();
    }
    if (inside_ >= most_inside_) return Pass(nullptr);
    // More addresses than can be told apart share what is left.
    const std::string key(seen_.size() < most_addresses || seen_.contains(std::string(address)) ? address : "");
    std::size_t& count = seen_[key];
    if (count >= most_a_minute_) return Pass(nullptr);
    ++count;
    ++inside_;
    return Pass(this);
  }

 private:
  static constexpr std::size_t most_addresses = 10'000;

  void leave() {
    const std::lock_guard lock(mutex_);
    --inside_;
  }

  const std::size_t most_inside_;
  const std::size_t most_a_minute_;
  std::mutex mutex_;
  std::size_t inside_ = 0;
  std::int64_t minute_ = 0;
  std::map<std::string, std::size_t> seen_;
};

}  // namespace jiheng::service
