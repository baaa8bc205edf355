// What can befall a database server.
#include "store/placeholders.h"
#include "support/engines.h"

namespace jiheng::store {
namespace {

using test::failure_of;
using test::PostgresqlCluster;

TEST(Placeholders, are_numbered_outside_of_quotes_and_comments) {
  EXPECT_EQ(numbered_placeholders("SELECT a FROM t WHERE b = ? AND c = '?' AND \"d?\" = ? -- ?\n AND e = ?"),
            "SELECT a FROM t WHERE b = $1 AND c = '?' AND \"d?\" = $2 -- ?\n AND e = $3");
}

class PostgresqlServer : public testing::Test {
 protected:
  void SetUp() override {
    if (PostgresqlCluster::get() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    url_ = PostgresqlCluster::get()->new_database();
  }
  std::string url_;
};

TEST_F(PostgresqlServer, that_is_not_there_is_told_so) {
  const auto store = open("postgresql:///x?host=/nowhere&user=jiheng");
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, "db-lost");
}

TEST_F(PostgresqlServer, lost_in_the_middle_is_a_clean_failure_and_found_again_once_it_is_back) {
  const auto store = open(url_);
  ASSERT_TRUE(store.ok());
  const auto entries = [&] {
    int rows = -1;
    (*store)->read()->query("SELECT COUNT(*) FROM journal", {}, [&](const Row& row) { rows = row.small(0); });
    return rows;
  };
  EXPECT_EQ(entries(), 0);
  auto writing = (*store)->write();
  writing->run("INSERT INTO journal_heads (tenant_id, seq, hash) VALUES ('a', 0, 'x')");
  PostgresqlCluster::get()->stop();
  EXPECT_EQ(failure_of([&] { writing.commit(); }), "db-lost");
  EXPECT_EQ(failure_of([&] { entries(); }), "db-lost");
  PostgresqlCluster::get()->start();
  EXPECT_EQ(entries(), 0);
  int heads = -1;
  (*store)->read()->query("SELECT COUNT(*) FROM journal_heads", {}, [&](const Row& row) { heads = row.small(0); });
  EXPECT_EQ(heads, 0);
}

TEST_F(PostgresqlServer, with_another_character_set_is_refused) {
  const auto admin = connect_postgresql(url_, 1000);
  admin->script("CREATE DATABASE gbless TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
  std::string url = url_;
  const auto from = url.find("///") + 3;
  url.replace(from, url.find('?') - from, "gbless");
  const auto store = open(url);
  ASSERT_FALSE(store.ok());
  EXPECT_EQ(store.error().code, "db-encoding");
}

TEST_F(PostgresqlServer, a_row_held_by_another_fails_as_busy_after_the_wait) {
  Options options;
  options.busy_timeout_ms = 200;
  const auto store = open(url_, options);
  ASSERT_TRUE(store.ok());
  {
    auto writing = (*store)->write();
    writing->run("INSERT INTO journal_heads (tenant_id, seq, hash) VALUES ('a', 0, 'x')");
    writing.commit();
  }
  auto holding = (*store)->write();
  holding->run("UPDATE journal_heads SET seq = seq WHERE tenant_id = 'a'");
  EXPECT_EQ(failure_of([&] { (*store)->write()->run("UPDATE journal_heads SET seq = seq WHERE tenant_id = 'a'"); }), "db-busy");
}

}  // namespace
}  // namespace jiheng::store
