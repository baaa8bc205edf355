#include "store/migrate.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "base/hash.h"
#include "base/text.h"

namespace jiheng::embedded {
std::span<const File> migrations();
}

namespace jiheng::store {
namespace {

constexpr std::string_view make_table =
    "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER NOT NULL PRIMARY KEY, title TEXT NOT NULL, checksum TEXT NOT NULL)";
constexpr std::string_view lock_postgresql = "SELECT pg_advisory_xact_lock(7234116)";
constexpr std::string_view select_done = "SELECT version, title, checksum FROM schema_migrations ORDER BY version";
constexpr std::string_view insert_done = "INSERT INTO schema_migrations (version, title, checksum) VALUES (?, ?, ?)";

struct Step {
  int version = 0;
  std::string title;
  std::string sql;
  std::string checksum;
};

/// "sqlite/0001-registry.sql" of the engine's folder, in the order of their numbers.
std::vector<Step> steps_of(std::span<const embedded::File> files, Engine engine) {
  const std::string folder = std::string(engine_code(engine)) + "/";
  std::vector<Step> steps;
  for (const embedded::File& file : files) {
    if (!starts_with(file.name, folder)) continue;
    Step step;
    step.title = std::string(file.name.substr(folder.size()));
    std::from_chars(step.title.data(), step.title.data() + step.title.size(), step.version);
    step.sql = std::string(file.bytes);
    step.checksum = sha256_hex(file.bytes);
    steps.push_back(std::move(step));
  }
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.version < b.version; });
  return steps;
}

struct Applied {
  std::string title;
  std::string checksum;
};

std::map<int, Applied> applied_steps(Connection& connection) {
  std::map<int, Applied> done;
  connection.query(select_done, {}, [&](const Row& row) { done[row.small(0)] = {row.string(1), row.string(2)}; });
  return done;
}

std::optional<Error> disagreement(const std::vector<Step>& steps, const std::map<int, Applied>& done) {
  for (const auto& [version, applied] : done) {
    const auto step = std::find_if(steps.begin(), steps.end(), [&](const Step& each) { return each.version == version; });
    if (step == steps.end()) {
      return Error{"db-newer", "数据库是由更新版本的程序建立的，当前程序不能打开。请换用新版本的程序。", {applied.title}};
    }
    if (step->checksum != applied.checksum) {
      return Error{"migration-altered",
                   "数据库结构的升级记录与程序里的不一致，可能混用了不同的程序。请换回建立数据库时的程序，或与维护人员联系。",
                   {applied.title}};
    }
  }
  return std::nullopt;
}

Result<Done> run_missing(Connection& connection, const std::vector<Step>& steps) {
  if (connection.engine() == Engine::postgresql) connection.query(lock_postgresql, {}, [](const Row&) {});
  connection.run(make_table);
  const auto done = applied_steps(connection);
  if (auto error = disagreement(steps, done)) return std::move(*error);
  for (const Step& step : steps) {
    if (done.contains(step.version)) continue;
    connection.script(step.sql);
    connection.run(insert_done, {step.version, step.title, step.checksum});
  }
  return Done{};
}

}  // namespace

Result<Done> migrate(Connection& connection) {
  return migrate(connection, embedded::migrations());
}

Result<Done> migrate(Connection& connection, std::span<const embedded::File> files) {
  connection.begin_write();
  try {
    auto result = run_missing(connection, steps_of(files, connection.engine()));
    result ? connection.commit() : connection.rollback();
    return result;
  } catch (...) {
    connection.rollback();
    throw;
  }
}

}  // namespace jiheng::store
