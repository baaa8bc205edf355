#include "store/sqlite/sqlite.h"

#include <sqlite3.h>

#include <filesystem>
#include <unordered_map>

namespace jiheng::store {
namespace {

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

[[noreturn]] void fail(int code, const std::string& detail) {
  switch (code & 0xFF) {
    case SQLITE_FULL:
      throw Failure("db-full", "磁盘已满，数据没有保存。请清理磁盘空间后再试。", detail);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      throw Failure("db-read-only", "数据库文件只能读、不能写，数据没有保存。请检查文件和所在文件夹的权限。", detail);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Failure("db-busy", "数据库正被另一个程序占用，请稍候再试。", detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Failure("db-damaged", "数据库文件已损坏，或不是数据库文件。请用备份恢复。", detail);
    case SQLITE_CONSTRAINT:
      throw Failure("db-constraint", "数据不符合数据库的约束，没有保存。请与维护人员联系。", detail);
    default:
      throw Failure("db-failed", "数据库出错，操作没有完成。请检查磁盘，或与维护人员联系。", detail);
  }
}

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return text == nullptr ? std::string_view()
                           : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  sqlite3_stmt* statement_;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::string& path, int busy_timeout_ms, bool writes) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(raw);
    if (code != SQLITE_OK) throw Failure("db-failed", "数据库文件“" + path + "”打不开。请检查路径和权限。", raw ? sqlite3_errmsg(raw) : "");
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, busy_timeout_ms);
    // A reader's cache is small because the system's own holds the file; readers then cost 4 MB each, and a ledger of some ten
    // thousand records is read without asking the system for the same page twice. The one writer takes what a large import changes before
    // it commits: without room, each page would go through the log again and again.
    script(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 16777216;"
        "PRAGMA trusted_schema = OFF; PRAGMA cache_size = " +
        std::string(writes ? "-131072" : "-4096"));
  }

  Engine engine() const override { return Engine::sqlite; }

  std::int64_t run_all(std::string_view sql, Values values) override {
    query_all(sql, values, [](const Row&) {});
    return sqlite3_changes64(database_.get());
  }

  void query_all(std::string_view sql, Values values, const Take& take) override {
    Borrowed statement(*this, sql);
    bind(statement.get(), values);
    const SqliteRow row(statement.get());
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) take(row);
    check(code == SQLITE_DONE ? SQLITE_OK : code);
  }

  void script(const std::string& sql) override { check(sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr)); }

  std::int64_t load(std::string_view table, std::span<const std::string_view> columns, const NextRow& next) override {
    std::string sql = "INSERT INTO " + std::string(table) + " (";
    std::string marks;
    for (const auto& column : columns) {
      sql += (marks.empty() ? "" : ", ") + std::string(column);
      marks += marks.empty() ? "?" : ", ?";
    }
    sql += ") VALUES (" + marks + ")";
    Borrowed statement(*this, sql);
    std::int64_t rows = 0;
    std::vector<Value> values;
    for (values.clear(); next(values); values.clear(), ++rows) {
      bind(statement.get(), values);
      const int code = sqlite3_step(statement.get());
      sqlite3_reset(statement.get());
      check(code == SQLITE_DONE ? SQLITE_OK : code);
    }
    return rows;
  }

  void begin_read() override { run("BEGIN"); }
  void begin_write() override { run("BEGIN IMMEDIATE"); }
  void commit() override { run("COMMIT"); }
  void rollback() noexcept override {
    // A full disk has rolled back already.
    if (sqlite3_get_autocommit(database_.get()) == 0) sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  bool usable() const override { return sqlite3_get_autocommit(database_.get()) != 0; }

 private:
  /// A prepared statement taken out of the cache while it runs, so that a second use of the same text gets its own.
  class Borrowed {
   public:
    Borrowed(SqliteConnection& owner, std::string_view sql) : owner_(owner), sql_(sql), statement_(owner.take(sql_)) {}
    ~Borrowed() {
      sqlite3_reset(statement_.get());
      sqlite3_clear_bindings(statement_.get());
      owner_.statements_[sql_] = std::move(statement_);
    }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    sqlite3_stmt* get() const { return statement_.get(); }

   private:
    SqliteConnection& owner_;
    std::string sql_;
    Statement statement_;
  };

  Statement take(const std::string& sql) {
    if (const auto found = statements_.find(sql); found != statements_.end() && found->second) return std::move(found->second);
    sqlite3_stmt* raw = nullptr;
    check(sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr));
    return Statement(raw);
  }

  void bind(sqlite3_stmt* statement, Values values) {
    int at = 0;
    for (const Value& value : values) {
      ++at;
      if (const auto* number = value.integer()) {
        check(sqlite3_bind_int64(statement, at, *number));
      } else if (const auto* text = value.text()) {
        // The empty view may have no address, which SQLite would take for null.
        const char* data = text->empty() ? "" : text->data();
        check(sqlite3_bind_text64(statement, at, data, text->size(), SQLITE_STATIC, SQLITE_UTF8));
      } else {
        check(sqlite3_bind_null(statement, at));
      }
    }
  }

  void check(int code) {
    if (code != SQLITE_OK) fail(code, sqlite3_errmsg(database_.get()));
  }

  Database database_;
  std::unordered_map<std::string, Statement> statements_;  // after database_: they go first
};

}  // namespace

std::unique_ptr<Connection> connect_sqlite(const std::string& path, int busy_timeout_ms, bool writes) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty()) std::filesystem::create_directories(folder, error);
  if (error) throw Failure("db-failed", "数据库所在的文件夹“" + folder.string() + "”建不了。请检查路径和权限。", error.message());
  return std::make_unique<SqliteConnection>(path, busy_timeout_ms, writes);
}

}  // namespace jiheng::store
