// The whole service on a database and a data folder of its own, asked over real sockets.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "goals/goal_table.h"
#include "registry/registry.h"
#include "service/api/api.h"
#include "service/http_client.h"
#include "service/schema_check.h"
#include "service/server.h"

namespace jiheng::service::tests {

/// A sound project table of that unit, with one faulty indicator where asked (a share above 100 %).
GoalTable goal_table(const std::string& unit, int year = 2026, bool faulty = false);
/// The table as a Word document.
std::string document_of(const GoalTable& table);

class ApiTest : public testing::Test {
 protected:
  /// `database`: where it is kept; in the test's own folder where nothing is said.
  explicit ApiTest(const std::string& database = {});
  ~ApiTest() override;

  Server& server() { return *server_; }
  unsigned short port() const { return server_->port(); }
  registry::Registry& registry() { return *registry_; }
  /// From now on the service's clock shows this, and moves on only when told to.
  void set_clock(std::int64_t seconds) { *clock_ = seconds; }
  void pass(std::int64_t seconds) { *clock_ += seconds; }
  std::int64_t now() const { return registry_->now(); }
  /// Starts the service anew with other options; what is stored stays.
  void restart(Options options);

  Answer ask(std::string_view method, std::string_view target, std::string_view body = {}, Headers headers = {}) const;
  Answer get(std::string_view target, Headers headers = {}) const { return ask("GET", target, {}, std::move(headers)); }
  /// With Content-Type application/json.
  Answer send(std::string_view method, std::string_view target, const boost::json::value& body, Headers headers = {}) const;

  Answer upload(const std::vector<std::pair<std::string, std::string>>& files, Headers headers = {}) const;
  Answer upload_to(const std::string& target, const std::vector<std::pair<std::string, std::string>>& files, Headers headers = {},
                   const std::string& method = "POST") const;
  /// Uploads and waits for the end; the job as GET /imports/{id} gives it.
  boost::json::object import_files(const std::vector<std::pair<std::string, std::string>>& files) const;
  /// Imports one document of that table; the submission's id.
  std::string import_table(const GoalTable& table, const std::string& name = "申报表.docx") const;

 private:
  void run(Options options);
  void stop();

  std::filesystem::path folder_;
  std::shared_ptr<std::atomic<std::int64_t>> clock_ = std::make_shared<std::atomic<std::int64_t>>(0);  ///< 0: the machine's
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<registry::Registry> registry_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

/// The code of a problem; its shape is checked.
std::string code_of(const Answer& answer);

}  // namespace jiheng::service::tests
