// A test that is run on both engines, each time on a new empty database.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "store/store.h"
#include "support/postgresql_cluster.h"
#include "support/temporary_folder.h"

namespace jiheng::test {

class OnEachEngine : public testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == store::Engine::postgresql && PostgresqlCluster::get() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    url_ = new_url();
  }

  std::string new_url() {
    if (GetParam() == store::Engine::postgresql) return PostgresqlCluster::get()->new_database();
    return "sqlite:" + folder_.file("db" + std::to_string(++databases_) + "/jiheng.db");
  }

  static std::unique_ptr<store::Store> opened(const std::string& url, const store::Options& options = {}) {
    auto store = store::open(url, options);
    if (!store)
      throw std::runtime_error(store.error().code + ": " + store.error().message +
                               (store.error().context.empty() ? "" : " " + store.error().context[0]));
    return std::move(*store);
  }

  TemporaryFolder folder_;
  std::string url_;

 private:
  int databases_ = 0;
};

inline std::string engine_name(const testing::TestParamInfo<store::Engine>& info) {
  return std::string(store::engine_code(info.param));
}

#define JIHENG_ON_EACH_ENGINE(Suite) \
  INSTANTIATE_TEST_SUITE_P(, Suite, testing::Values(store::Engine::sqlite, store::Engine::postgresql), test::engine_name)

/// The code of the store::Failure that `action` throws, "" where it throws none.
template <class Action>
std::string failure_of(const Action& action) {
  try {
    action();
  } catch (const store::Failure& failure) {
    return failure.code();
  }
  return "";
}

}  // namespace jiheng::test
