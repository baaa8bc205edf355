#include "store/store.h"

#include "base/text.h"
#include "store/migrate.h"
#include "store/pool.h"
#include "store/postgresql/postgresql.h"
#include "store/sqlite/sqlite.h"

namespace jiheng::store {
namespace {

/// As many as the server's threads need that ask at the same time, each perhaps for a second snapshot while it holds the first. A thread
/// that asks PostgreSQL waits for another process, so the server has more of them there.
constexpr int sqlite_readers = 8;
constexpr int postgresql_readers = 24;

}  // namespace

std::string_view engine_code(Engine engine) {
  return engine == Engine::sqlite ? "sqlite" : "postgresql";
}

Transaction::Transaction(Pool& pool, std::unique_ptr<Connection> connection) : pool_(&pool), connection_(std::move(connection)) {}

Transaction::Transaction(Transaction&& other) noexcept
    : pool_(other.pool_), connection_(std::move(other.connection_)), open_(std::exchange(other.open_, false)) {}

Transaction::~Transaction() {
  if (!connection_) return;
  if (open_) connection_->rollback();
  pool_->give_back(std::move(connection_));
}

void Transaction::commit() {
  connection_->commit();
  open_ = false;
  pool_->give_back(std::move(connection_));
}

Store::Store(Engine engine, std::unique_ptr<Pool> readers, std::unique_ptr<Pool> writers)
    : engine_(engine), readers_(std::move(readers)), writers_(std::move(writers)) {}
Store::~Store() = default;

Engine Store::engine() const {
  return engine_;
}

Transaction Store::read() {
  return {*readers_, readers_->take()};
}

Transaction Store::read_one() {
  Transaction reading(*readers_, readers_->take());
  reading->read_one();
  return reading;
}

Transaction Store::write() {
  return {*writers_, writers_->take()};
}

namespace {

constexpr std::string_view sqlite_prefix = "sqlite:";

bool is_postgresql(std::string_view url) {
  return starts_with(url, "postgresql://") || starts_with(url, "postgres://");
}

}  // namespace

Result<std::unique_ptr<Store>> open(std::string_view url, const Options& options) {
  const bool sqlite = starts_with(url, sqlite_prefix) && url.size() > sqlite_prefix.size();
  if (!sqlite && !is_postgresql(url)) {
    return Error{"db-url",
                 "数据库地址“" + std::string(url) + "”不认识。请写成 sqlite:文件路径 或 postgresql://用户@主机/数据库。",
                 {std::string(url)}};
  }
  const std::string place(sqlite ? url.substr(sqlite_prefix.size()) : url);
  Pool::Connect connect;
  Pool::Connect connect_writer;
  if (sqlite) {
    connect = [place, wait = options.busy_timeout_ms] { return connect_sqlite(place, wait); };
    connect_writer = [place, wait = options.busy_timeout_ms] { return connect_sqlite(place, wait, true); };
  } else {
    connect = [place, wait = options.busy_timeout_ms] { return connect_postgresql(place, wait); };
    connect_writer = connect;
  }
  try {
    const auto connection = connect();
    if (auto migrated = migrate(*connection); !migrated) return std::move(migrated).error();
  } catch (const Failure& failure) {
    Error error = failure.error();
    if (error.code == "db-failed") error.code = "db-open";
    return std::move(error).in(sqlite ? place : "postgresql");
  }
  const int reader_count = options.readers > 0 ? options.readers : sqlite ? sqlite_readers : postgresql_readers;
  auto readers = std::make_unique<Pool>(reader_count, connect, &Connection::begin_read, options.busy_timeout_ms);
  auto writers = std::make_unique<Pool>(sqlite ? 1 : options.writers, connect_writer, &Connection::begin_write, options.busy_timeout_ms);
  return std::unique_ptr<Store>(new Store(sqlite ? Engine::sqlite : Engine::postgresql, std::move(readers), std::move(writers)));
}

}  // namespace jiheng::store
