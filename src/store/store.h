// One database behind one port: SQLite on the county's machine, PostgreSQL for a province.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/connection.h"

namespace jiheng::store {

struct Options {
  int readers = 0;              ///< connections that read at the same time, opened when needed; 0: as suits the engine
  int writers = 4;              ///< PostgreSQL only; SQLite has one
  int busy_timeout_ms = 10000;  ///< how long a writer waits for another one
};

class Pool;
class Store;

/// A connection held for the time of one transaction. Destroyed without commit(), it is rolled back. Not shared between threads.
class Transaction {
 public:
  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;

  Connection& operator*() { return *connection_; }
  Connection* operator->() { return connection_.get(); }
  /// Once it returns, everything is on the disk and the connection is given back. A failure db-lost leaves open whether the server still
  /// did it.
  void commit();

 private:
  friend class Store;
  Transaction(Pool& pool, std::unique_ptr<Connection> connection);

  Pool* pool_;
  std::unique_ptr<Connection> connection_;
  bool open_ = true;
};

/// Thread-safe. Outlives every transaction it gave out.
class Store {
 public:
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  Engine engine() const;
  /// Reading in one snapshot; waits where all readers are busy. Never blocks, nor is blocked by, a writer.
  Transaction read();
  /// For one query alone, which is a snapshot by itself: on PostgreSQL one way there and back, and no transaction.
  Transaction read_one();
  /// Writing. On SQLite one at a time.
  Transaction write();

 private:
  friend Result<std::unique_ptr<Store>> open(std::string_view url, const Options& options);
  Store(Engine engine, std::unique_ptr<Pool> readers, std::unique_ptr<Pool> writers);

  Engine engine_;
  std::unique_ptr<Pool> readers_;
  std::unique_ptr<Pool> writers_;
};

/// `sqlite:path/to/file.db` (folders are made) or `postgresql://user@host/database`. Brings the schema up to date.
/// Errors: db-url, db-open (cannot be opened, and why), db-encoding, migration-altered, db-newer, and the codes of Failure.
Result<std::unique_ptr<Store>> open(std::string_view url, const Options& options = {});

}  // namespace jiheng::store
