// What both engines promise through the port.
#include <atomic>
#include <thread>

#include "store/migrate.h"
#include "support/engines.h"

namespace jiheng::store {
namespace {

using test::failure_of;

class Port : public test::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (IsSkipped()) return;
    Options options;
    options.busy_timeout_ms = 3000;
    store_ = opened(url_, options);
    auto writing = store_->write();
    writing->script("CREATE TABLE things (tenant_id TEXT NOT NULL, n INTEGER NOT NULL, text TEXT, PRIMARY KEY (tenant_id, n))");
    writing.commit();
  }

  void add(int n, const Value& text) {
    auto writing = store_->write();
    writing->run("INSERT INTO things (tenant_id, n, text) VALUES (?, ?, ?)", {"a", n, text});
    writing.commit();
  }
  void change(const char* sql) {
    auto writing = store_->write();
    writing->run(sql);
    writing.commit();
  }
  int count() {
    int rows = -1;
    auto reading = store_->read();
    reading->query("SELECT COUNT(*) FROM things", {}, [&](const Row& row) { rows = row.small(0); });
    return rows;
  }

  std::unique_ptr<Store> store_;
};
JIHENG_ON_EACH_ENGINE(Port);

TEST_P(Port, gives_back_what_was_stored_to_the_last_byte) {
  const std::string text = "绩效 '目标' \\ \" 100%\n\t😀 ? $1 ;--";
  add(1, text);
  add(2, "");
  add(3, std::nullopt);
  std::vector<std::optional<std::string>> seen;
  auto reading = store_->read();
  reading->query("SELECT text FROM things WHERE tenant_id = ? ORDER BY n", {"a"},
                 [&](const Row& row) { seen.push_back(row.optional_text(0)); });
  EXPECT_EQ(seen, (std::vector<std::optional<std::string>>{text, "", std::nullopt}));
}

TEST_P(Port, keeps_whole_numbers_of_sixty_four_bits) {
  std::int64_t seen = 0;
  auto reading = store_->read();
  reading->query("SELECT CAST(? AS BIGINT)", {INT64_MIN + 1}, [&](const Row& row) { seen = row.integer(0); });
  EXPECT_EQ(seen, INT64_MIN + 1);
}

TEST_P(Port, says_how_many_rows_changed) {
  add(1, "x");
  add(2, "x");
  auto writing = store_->write();
  EXPECT_EQ(writing->run("UPDATE things SET text = ? WHERE tenant_id = ?", {"y", "a"}), 2);
  EXPECT_EQ(writing->run("DELETE FROM things WHERE n = ?", {7}), 0);
}

TEST_P(Port, forgets_a_transaction_that_is_not_committed) {
  {
    auto writing = store_->write();
    writing->run("INSERT INTO things (tenant_id, n) VALUES ('a', 1)");
  }
  EXPECT_EQ(count(), 0);
}

TEST_P(Port, a_reader_sees_one_moment_while_others_write) {
  add(1, "x");
  auto reading = store_->read();
  const auto rows = [&] {
    int number = 0;
    reading->query("SELECT COUNT(*) FROM things", {}, [&](const Row& row) { number = row.small(0); });
    return number;
  };
  EXPECT_EQ(rows(), 1);
  add(2, "x");
  EXPECT_EQ(rows(), 1);
  EXPECT_EQ(count(), 2);
}

TEST_P(Port, a_broken_constraint_has_its_code_and_spoils_nothing_else) {
  add(1, "x");
  EXPECT_EQ(failure_of([&] { add(1, "again"); }), "db-constraint");
  add(2, "x");
  EXPECT_EQ(count(), 2);
}

TEST_P(Port, wrong_sql_is_a_failure_and_the_connection_goes_on) {
  EXPECT_EQ(failure_of([&] { store_->read()->query("SELECT nonsense FROM nowhere", {}, [](const Row&) {}); }), "db-failed");
  EXPECT_EQ(count(), 0);
}

TEST_P(Port, a_failure_inside_a_transaction_takes_all_of_it_back) {
  EXPECT_EQ(failure_of([&] {
              auto writing = store_->write();
              writing->run("INSERT INTO things (tenant_id, n) VALUES ('a', 1)");
              writing->run("INSERT INTO things (tenant_id, n) VALUES ('a', 1)");
              writing.commit();
            }),
            "db-constraint");
  EXPECT_EQ(count(), 0);
}

TEST_P(Port, loads_many_rows_at_once) {
  auto writing = store_->write();
  const std::string_view columns[] = {"tenant_id", "n", "text"};
  int n = 0;
  std::string text;
  const auto rows = writing->load("things", columns, [&](std::vector<Value>& row) {
    if (n == 5000) return false;
    text = "第" + std::to_string(n) + "行\t\\\n";
    row.assign({Value("b"), Value(n), n % 2 == 0 ? Value(text) : Value()});
    ++n;
    return true;
  });
  writing.commit();
  EXPECT_EQ(rows, 5000);
  EXPECT_EQ(count(), 5000);
  std::string seen;
  store_->read()->query("SELECT text FROM things WHERE n = 4998", {}, [&](const Row& row) { seen = row.string(0); });
  EXPECT_EQ(seen, "第4998行\t\\\n");
}

TEST_P(Port, a_load_that_fails_leaves_nothing) {
  EXPECT_NE(failure_of([&] {
              auto writing = store_->write();
              const std::string_view columns[] = {"tenant_id", "n"};
              int n = 0;
              writing->load("things", columns, [&](std::vector<Value>& row) {
                row.assign({Value("b"), Value(n / 2)});
                return ++n < 100;
              });
              writing.commit();
            }),
            "");
  EXPECT_EQ(count(), 0);
  add(1, "x");
  EXPECT_EQ(count(), 1);
}

TEST_P(Port, many_threads_read_and_write_without_losing_a_row) {
  std::vector<std::thread> threads;
  std::atomic<int> troubles{0};
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      try {
        for (int i = 0; i < 25; ++i) {
          add(100 * t + i, "x");
          count();
        }
      } catch (const Failure&) {
        ++troubles;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(troubles, 0);
  EXPECT_EQ(count(), 200);
}

TEST_P(Port, opening_again_finds_everything_and_runs_no_migration_twice) {
  add(1, "x");
  store_.reset();
  store_ = opened(url_);
  EXPECT_EQ(count(), 1);
}

TEST_P(Port, a_migration_altered_after_it_ran_is_refused) {
  change("UPDATE schema_migrations SET checksum = 'other' WHERE version = 1");
  store_.reset();
  const auto again = open(url_);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, "migration-altered");
}

TEST_P(Port, a_database_of_a_newer_program_is_refused) {
  change("INSERT INTO schema_migrations (version, title, checksum) VALUES (9999, '9999-later.sql', 'x')");
  store_.reset();
  const auto again = open(url_);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, "db-newer");
}

TEST_P(Port, a_migration_that_fails_half_way_leaves_the_schema_as_it_was) {
  const std::string folder(engine_code(GetParam()));
  const std::string name = folder + "/9000-broken.sql";
  std::vector<embedded::File> files{{name, "CREATE TABLE half (n INTEGER); CREATE TABLE half (n INTEGER);"}};
  change("DELETE FROM schema_migrations");
  EXPECT_EQ(failure_of([&] {
              auto connection = store_->write();
              connection->rollback();
              (void)migrate(*connection, files);
            }),
            "db-failed");
  EXPECT_EQ(failure_of([&] { store_->read()->query("SELECT n FROM half", {}, [](const Row&) {}); }), "db-failed");
}

}  // namespace
}  // namespace jiheng::store
