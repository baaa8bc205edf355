#include "store/postgresql/postgresql.h"

#include <libpq-fe.h>

#include <charconv>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "store/placeholders.h"

namespace jiheng::store {
namespace {

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Answer = std::unique_ptr<PGresult, Clear>;
using Server = std::unique_ptr<PGconn, Clear>;

[[noreturn]] void lost(const std::string& detail) {
  throw Failure("db-lost", "与数据库服务器的连接断了，操作没有完成。请检查服务器和网络后再试。", detail);
}

/// By SQLSTATE class: https://www.postgresql.org/docs/15/errcodes-appendix.html
[[noreturn]] void fail(std::string_view state, const std::string& detail) {
  if (starts_with(state, "08") || starts_with(state, "57P")) lost(detail);
  if (state == "53100" || state == "53200") throw Failure("db-full", "数据库服务器的磁盘或内存已满，数据没有保存。请清理后再试。", detail);
  if (state == "25006") throw Failure("db-read-only", "数据库服务器只允许读，数据没有保存。请连接到主服务器。", detail);
  if (state == "55P03" || state == "53300") throw Failure("db-busy", "数据库正忙，请稍候再试。", detail);
  if (starts_with(state, "40")) throw Failure("db-conflict", "与另一项操作冲突，数据没有保存，请再试一次。", detail);
  if (starts_with(state, "23")) throw Failure("db-constraint", "数据不符合数据库的约束，没有保存。请与维护人员联系。", detail);
  if (starts_with(state, "XX")) throw Failure("db-damaged", "数据库服务器报告内部损坏。请与维护人员联系。", detail);
  throw Failure("db-failed", "数据库出错，操作没有完成。请与维护人员联系。", detail);
}

class PostgresqlRow final : public Row {
 public:
  explicit PostgresqlRow(const PGresult* answer) : answer_(answer) {}
  void move_to(int row) { row_ = row; }
  bool is_null(int column) const override { return PQgetisnull(answer_, row_, column) != 0; }
  std::int64_t integer(int column) const override {
    const std::string_view digits = text(column);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(answer_, row_, column), static_cast<std::size_t>(PQgetlength(answer_, row_, column))};
  }

 private:
  const PGresult* answer_;
  int row_ = 0;
};

/// The values as libpq wants them: texts that end in NUL.
class Parameters {
 public:
  explicit Parameters(Values values) {
    texts_.reserve(values.size());
    for (const Value& value : values) {
      if (const auto* number = value.integer()) {
        texts_.push_back(std::to_string(*number));
      } else {
        texts_.emplace_back(value.text() ? *value.text() : std::string_view());
      }
      pointers_.push_back(value.is_null() ? nullptr : texts_.back().c_str());
    }
  }
  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* data() const { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<const char*> pointers_;
};

/// One value in COPY's text format.
void append_copied(std::string& line, const Value& value) {
  if (value.is_null()) {
    line += "\\N";
  } else if (const auto* number = value.integer()) {
    line += std::to_string(*number);
  } else {
    for (const char c : *value.text()) {
      switch (c) {
        case '\\':
          line += "\\\\";
          break;
        case '\t':
          line += "\\t";
          break;
        case '\n':
          line += "\\n";
          break;
        case '\r':
          line += "\\r";
          break;
        default:
          line.push_back(c);
      }
    }
  }
}

class PostgresqlConnection final : public Connection {
 public:
  PostgresqlConnection(const std::string& url, int lock_timeout_ms) {
    const char* const names[] = {"dbname", "connect_timeout", "client_encoding", "application_name", "keepalives_idle", nullptr};
    const char* const values[] = {url.c_str(), "5", "UTF8", "jiheng", "30", nullptr};
    server_.reset(PQconnectdbParams(names, values, 1));
    if (PQstatus(server_.get()) != CONNECTION_OK) {
      throw Failure("db-lost", "连不上数据库服务器。请检查地址、账号和服务器是否在运行。", PQerrorMessage(server_.get()));
    }
    PQsetNoticeProcessor(server_.get(), [](void*, const char*) {}, nullptr);
    const char* encoding = PQparameterStatus(server_.get(), "server_encoding");
    if (encoding == nullptr || std::strcmp(encoding, "UTF8") != 0) {
      throw Failure("db-encoding", "数据库的字符集不是UTF8，存不下全部汉字。请用 ENCODING 'UTF8' 新建数据库。", encoding ? encoding : "");
    }
    script("SET lock_timeout = " + std::to_string(lock_timeout_ms) + "; SET TimeZone = 'UTC'; SET standard_conforming_strings = on");
  }

  Engine engine() const override { return Engine::postgresql; }

  std::int64_t run_all(std::string_view sql, Values values) override {
    const Answer answer = execute(sql, values);
    return changed(answer.get());
  }

  void query_all(std::string_view sql, Values values, const Take& take) override {
    const Answer answer = execute(sql, values);
    PostgresqlRow row(answer.get());
    const int rows = PQntuples(answer.get());
    for (int i = 0; i < rows; ++i) {
      row.move_to(i);
      take(row);
    }
  }

  void script(const std::string& sql) override {
    settle();
    check(Answer(PQexec(server_.get(), sql.c_str())));
  }

  std::int64_t load(std::string_view table, std::span<const std::string_view> columns, const NextRow& next) override {
    std::string sql = "COPY " + std::string(table) + " (";
    for (const auto& column : columns) sql += std::string(sql.back() == '(' ? "" : ", ") + std::string(column);
    check(Answer(PQexec(server_.get(), (sql + ") FROM STDIN").c_str())), PGRES_COPY_IN);
    try {
      send_rows(next);
    } catch (...) {
      PQputCopyEnd(server_.get(), "stopped");
      drain();
      throw;
    }
    if (PQputCopyEnd(server_.get(), nullptr) != 1) lost(PQerrorMessage(server_.get()));
    const Answer answer(PQgetResult(server_.get()));
    drain();
    check_status(answer.get(), PGRES_COMMAND_OK);
    return changed(answer.get());
  }

  /// Goes out with the first query, so that reading one thing is one way there and back and not three.
  void begin_read() override {
    settle();
    // A server that went away has closed the line, which shows without asking.
    if (PQconsumeInput(server_.get()) == 0 || PQstatus(server_.get()) != CONNECTION_OK) lost(PQerrorMessage(server_.get()));
    begin_waits_ = true;
    reading_ = true;
  }
  void read_one() override { begin_waits_ = false; }
  void begin_write() override {
    script("BEGIN ISOLATION LEVEL READ COMMITTED");
    reading_ = false;
  }
  void commit() override {
    if (std::exchange(begin_waits_, false)) return;
    const Answer answer(PQexec(server_.get(), "COMMIT"));
    check_status(answer.get(), PGRES_COMMAND_OK);
    // A transaction in which something failed answers COMMIT with ROLLBACK.
    if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0) fail("40000", "the transaction had failed before");
  }
  void rollback() noexcept override {
    if (std::exchange(begin_waits_, false) || PQtransactionStatus(server_.get()) == PQTRANS_IDLE) return;
    // Nobody waits for the end of what only read; the next transaction takes the answer.
    if (reading_ && PQsendQuery(server_.get(), "ROLLBACK") == 1 && PQflush(server_.get()) == 0)
      ending_ = true;
    else
      Answer(PQexec(server_.get(), "ROLLBACK"));
  }
  bool usable() const override {
    if (ending_) return !lost_ && PQstatus(server_.get()) == CONNECTION_OK;
    return !lost_ && PQstatus(server_.get()) == CONNECTION_OK && PQtransactionStatus(server_.get()) == PQTRANS_IDLE;
  }

 private:
  Answer execute(std::string_view sql, Values values) {
    const std::string& name = prepared(sql, static_cast<int>(values.size()));
    const Parameters parameters(values);
    if (std::exchange(begin_waits_, false)) return begin_and_execute(name, parameters);
    return check(Answer(PQexecPrepared(server_.get(), name.c_str(), parameters.count(), parameters.data(), nullptr, nullptr, 0)));
  }

  Answer begin_and_execute(const std::string& name, const Parameters& parameters) {
    PGconn* server = server_.get();
    constexpr const char* begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    const bool sent = PQenterPipelineMode(server) == 1 && PQsendQueryParams(server, begin, 0, nullptr, nullptr, nullptr, nullptr, 0) == 1 &&
                      PQsendQueryPrepared(server, name.c_str(), parameters.count(), parameters.data(), nullptr, nullptr, 0) == 1 &&
                      PQpipelineSync(server) == 1;
    if (!sent) {
      lost_ = true;
      lost(PQerrorMessage(server));
    }
    Answer begun(PQgetResult(server));
    drain();
    Answer answer(PQgetResult(server));
    drain();
    Answer(PQgetResult(server));  // that both are through
    PQexitPipelineMode(server);
    check_status(begun.get(), PGRES_COMMAND_OK);
    return check(std::move(answer));
  }

  /// The end of the transaction before.
  void settle() {
    if (std::exchange(ending_, false)) drain();
  }

  const std::string& prepared(std::string_view sql, int count) {
    const auto [entry, fresh] = names_.try_emplace(std::string(sql));
    if (!fresh) return entry->second;
    const std::string name = "s" + std::to_string(names_.size());
    try {
      check(Answer(PQprepare(server_.get(), name.c_str(), numbered_placeholders(sql).c_str(), count, nullptr)));
    } catch (...) {
      names_.erase(entry);
      throw;
    }
    return entry->second = name;
  }

  void send_rows(const NextRow& next) {
    constexpr std::size_t block = 64 * 1024;
    std::string lines;
    std::vector<Value> values;
    bool more = true;
    while (more) {
      values.clear();
      more = next(values);
      for (std::size_t i = 0; more && i < values.size(); ++i) {
        if (i > 0) lines.push_back('\t');
        append_copied(lines, values[i]);
      }
      if (more) lines.push_back('\n');
      if (lines.size() < block && more) continue;
      if (PQputCopyData(server_.get(), lines.data(), static_cast<int>(lines.size())) != 1) lost(PQerrorMessage(server_.get()));
      lines.clear();
    }
  }

  void drain() {
    while (PGresult* rest = PQgetResult(server_.get())) PQclear(rest);
  }

  static std::int64_t changed(PGresult* answer) {
    const std::string_view digits = PQcmdTuples(answer);
    std::int64_t rows = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), rows);
    return rows;
  }

  Answer check(Answer answer, ExecStatusType also = PGRES_COMMAND_OK) {
    check_status(answer.get(), also);
    return answer;
  }

  void check_status(const PGresult* answer, ExecStatusType expected) {
    const auto status = PQresultStatus(answer);
    if (answer != nullptr && (status == expected || status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)) return;
    const std::string detail = PQerrorMessage(server_.get());
    const char* state = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_SQLSTATE);
    // What the server itself refuses has a state; without one, the line to it is broken.
    if (state == nullptr || PQstatus(server_.get()) != CONNECTION_OK) {
      lost_ = true;
      lost(detail);
    }
    fail(state, detail);
  }

  Server server_;
  bool lost_ = false;
  bool reading_ = false;
  bool begin_waits_ = false;                            ///< a reading transaction has begun here, but not at the server yet
  bool ending_ = false;                                 ///< it was told to end, and its answer is not taken yet
  std::unordered_map<std::string, std::string> names_;  ///< SQL → name of the prepared statement
};

}  // namespace

std::unique_ptr<Connection> connect_postgresql(const std::string& url, int lock_timeout_ms) {
  return std::make_unique<PostgresqlConnection>(url, lock_timeout_ms);
}

}  // namespace jiheng::store
