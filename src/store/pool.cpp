#include "store/pool.h"

#include <chrono>

namespace jiheng::store {

std::unique_ptr<Connection> Pool::take_slot() {
  std::unique_lock lock(mutex_);
  if (!freed_.wait_for(lock, std::chrono::milliseconds(wait_ms_), [&] { return out_ < most_; })) {
    throw Failure("db-busy", "数据库正忙，请稍候再试。", "no connection came free");
  }
  ++out_;
  if (idle_.empty()) return nullptr;
  auto connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

void Pool::free_slot() noexcept {
  {
    const std::lock_guard lock(mutex_);
    --out_;
  }
  freed_.notify_one();
}

std::unique_ptr<Connection> Pool::take() {
  auto connection = take_slot();
  try {
    if (connection) {
      try {
        ((*connection).*begin_)();
        return connection;
      } catch (const Failure& failure) {
        // The server was restarted since: nothing is lost yet, so once more on a new connection.
        if (failure.code() != "db-lost") throw;
      }
    }
    connection = connect_();
    ((*connection).*begin_)();
    return connection;
  } catch (...) {
    connection.reset();
    free_slot();
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection) noexcept {
  if (connection->usable()) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  connection.reset();
  free_slot();
}

}  // namespace jiheng::store
