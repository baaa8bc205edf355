// What can befall a database file.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "store/sqlite/sqlite.h"
#include "store/store.h"
#include "support/engines.h"

namespace jiheng::store {
namespace {

using test::failure_of;

class SqliteFile : public testing::Test {
 protected:
  std::unique_ptr<Store> opened(int busy_timeout_ms = 100) {
    Options options;
    options.busy_timeout_ms = busy_timeout_ms;
    auto store = open("sqlite:" + path_, options);
    EXPECT_TRUE(store.ok());
    return std::move(*store);
  }

  test::TemporaryFolder folder_;
  std::string path_ = folder_.file("deep/inside/jiheng.db");
};

TEST_F(SqliteFile, is_made_with_its_folders) {
  opened();
  EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(SqliteFile, that_is_no_database_is_told_so) {
  std::filesystem::create_directories(folder_.path() / "deep/inside");
  std::ofstream(path_) << "这是一个普通的文本文件，不是数据库文件。这是一个普通的文本文件，不是数据库文件。";
  const auto store = open("sqlite:" + path_);
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, "db-damaged");
}

TEST_F(SqliteFile, where_no_folder_can_be_made_is_told_so) {
  const auto store = open("sqlite:/proc/nowhere/jiheng.db");
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, "db-open");
}

TEST_F(SqliteFile, held_by_another_program_fails_as_busy_after_the_wait) {
  const auto store = opened();
  const auto other = connect_sqlite(path_, 100);
  other->begin_write();
  EXPECT_EQ(failure_of([&] { store->write(); }), "db-busy");
  other->rollback();
  EXPECT_EQ(failure_of([&] { store->write(); }), "");
}

TEST_F(SqliteFile, on_a_full_disk_keeps_what_was_committed_and_nothing_half_done) {
  const auto store = opened();
  {
    auto writing = store->write();
    writing->script("CREATE TABLE things (n INTEGER) STRICT; INSERT INTO things VALUES (1); PRAGMA max_page_count = 60");
    writing.commit();
  }
  EXPECT_EQ(failure_of([&] {
              auto writing = store->write();
              for (int i = 0; i < 100000; ++i) writing->run("INSERT INTO things (n) VALUES (?)", {i});
              writing.commit();
            }),
            "db-full");
  int rows = 0;
  store->read()->query("SELECT COUNT(*) FROM things", {}, [&](const Row& row) { rows = row.small(0); });
  EXPECT_EQ(rows, 1);
}

TEST_F(SqliteFile, that_may_only_be_read_refuses_to_write) {
  const auto store = opened();
  auto writing = store->write();
  writing->script("CREATE TABLE things (n INTEGER) STRICT; PRAGMA query_only = ON");
  EXPECT_EQ(failure_of([&] { writing->run("INSERT INTO things (n) VALUES (1)"); }), "db-read-only");
}

TEST_F(SqliteFile, keeps_the_rules_that_safety_rests_on) {
  const auto store = opened();
  const auto pragma = [&](const char* name) {
    std::string value;
    store->read()->query("PRAGMA " + std::string(name), {}, [&](const Row& row) { value = row.string(0); });
    return value;
  };
  EXPECT_EQ(pragma("journal_mode"), "wal");
  EXPECT_EQ(pragma("synchronous"), "2");
  EXPECT_EQ(pragma("foreign_keys"), "1");
}

TEST(StoreAddress, that_nobody_knows_is_an_error) {
  for (const char* url : {"", "mysql://x", "sqlite:", "jiheng.db"}) {
    const auto store = open(url);
    ASSERT_FALSE(store.ok()) << url;
    EXPECT_EQ(store.error().code, "db-url");
  }
}

}  // namespace
}  // namespace jiheng::store
