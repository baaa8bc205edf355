// One conversation with the database, the same on both engines.
//
// SQL is written in the subset that SQLite 3.40 and PostgreSQL 13 both speak, with ? for values. Everything throws store::Failure.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "store/failure.h"

namespace jiheng::store {

enum class Engine { sqlite, postgresql };
std::string_view engine_code(Engine engine);  ///< "sqlite", "postgresql"

/// A value to bind: null, a whole number or UTF-8 text without NUL. A view: what it points to must outlive the call.
class Value {
 public:
  Value() = default;
  Value(std::nullopt_t) {}
  Value(int number) : value_(std::int64_t{number}) {}
  Value(std::int64_t number) : value_(number) {}
  Value(std::string_view text) : value_(text) {}
  Value(const std::string& text) : value_(std::string_view(text)) {}
  Value(const char* text) : value_(std::string_view(text)) {}
  Value(const std::optional<std::string>& text) {
    if (text) value_ = std::string_view(*text);
  }
  Value(const std::optional<int>& number) {
    if (number) value_ = std::int64_t{*number};
  }

  bool is_null() const { return value_.index() == 0; }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const std::string_view* text() const { return std::get_if<std::string_view>(&value_); }

 private:
  std::variant<std::monostate, std::int64_t, std::string_view> value_;
};

/// The row a query stands on; its views last until the next row.
class Row {
 public:
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;

  int small(int column) const { return static_cast<int>(integer(column)); }
  std::string string(int column) const { return std::string(text(column)); }
  std::optional<std::string> optional_text(int column) const { return is_null(column) ? std::optional<std::string>() : string(column); }
  std::optional<int> optional_small(int column) const { return is_null(column) ? std::optional<int>() : small(column); }

 protected:
  ~Row() = default;
};

using Values = std::span<const Value>;
using Take = std::function<void(const Row&)>;
/// Fills the next row of a bulk load; false when there is none. What the values point to must last until the next call.
using NextRow = std::function<bool(std::vector<Value>&)>;

/// Used by one thread at a time; handed out by the store within a transaction. Statements are prepared once and kept.
class Connection {
 public:
  virtual ~Connection() = default;
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  virtual Engine engine() const = 0;

  /// Number of rows changed.
  std::int64_t run(std::string_view sql, std::initializer_list<Value> values = {}) { return run_all(sql, {values.begin(), values.size()}); }
  /// Calls `take` for each row in order. `take` may not use the connection.
  void query(std::string_view sql, std::initializer_list<Value> values, const Take& take) {
    query_all(sql, {values.begin(), values.size()}, take);
  }
  virtual std::int64_t run_all(std::string_view sql, Values values) = 0;
  virtual void query_all(std::string_view sql, Values values, const Take& take) = 0;

  /// Several statements without values, as a migration has.
  virtual void script(const std::string& sql) = 0;
  /// Many rows into one table the engine's fastest way (COPY on PostgreSQL). Returns how many.
  virtual std::int64_t load(std::string_view table, std::span<const std::string_view> columns, const NextRow& next) = 0;

  // For the pool.
  virtual void begin_read() = 0;   ///< one snapshot for all that is read
  virtual void read_one() {}       ///< after begin_read(): one query is all that follows, and needs nothing round it
  virtual void begin_write() = 0;  ///< on SQLite the one writer
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  virtual bool usable() const = 0;  ///< false: to be thrown away
};

}  // namespace jiheng::store
