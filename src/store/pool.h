// Connections that are handed out for one transaction each and come back.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "store/connection.h"

namespace jiheng::store {

/// Thread-safe. Connections are opened when first needed and kept; one that became unusable is replaced.
class Pool {
 public:
  using Connect = std::function<std::unique_ptr<Connection>()>;
  using Begin = void (Connection::*)();

  Pool(int most, Connect connect, Begin begin, int wait_ms) : most_(most), connect_(std::move(connect)), begin_(begin), wait_ms_(wait_ms) {}

  /// A connection with its transaction begun. Throws db-busy where none came free in time.
  std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection) noexcept;

 private:
  std::unique_ptr<Connection> take_slot();
  void free_slot() noexcept;

  const int most_;
  const Connect connect_;
  const Begin begin_;
  const int wait_ms_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int out_ = 0;
};

}  // namespace jiheng::store
