// A bureau at work: a unit's clerk and head, a section, the performance section, a leader, and somebody of another unit.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "service/people_fixture.h"

namespace jiheng::service::tests {

class FilingTest : public PeopleTest {
 protected:
  void SetUp() override {
    set_up();
    person("clerk", {{access::Role::unit_clerk, unit("甲局")}});
    person("head", {{access::Role::unit_head, unit("甲局")}});
    person("section", {{access::Role::section_officer, section("预算股")}});
    person("officer", {{access::Role::performance_officer, {}}});
    person("chief", {{access::Role::performance_head, {}}});
    person("leader", {{access::Role::bureau_leader, {}}});
    person("stranger", {{access::Role::unit_clerk, unit("乙局")}});
  }

  void person(const std::string& login, const std::vector<Wanted>& posts) {
    ids_[login] = make(login, posts);
    cookies_[login] = log_in(login);
  }
  /// When the session of before is over.
  void log_in_again(const std::string& login) { cookies_[login] = log_in(login); }
  Headers as(const std::string& login) const { return cookie_of(cookies_.at(login)); }

  /// Imports one document as that person; the file's outcome.
  boost::json::object bring(const std::string& login, const GoalTable& table, const std::string& name = "申报表.docx") {
    const Answer started = upload({{name, document_of(table)}}, as(login));
    EXPECT_EQ(started.status, 202) << started.body;
    if (started.status != 202) return {};
    const std::string job = "/api/v1/imports/" + std::string(boost::json::parse(started.body).at("id").as_string());
    for (int i = 0; i < 2000; ++i) {
      const boost::json::value state = boost::json::parse(get(job, as(login)).body);
      if (state.at("state").as_string() != "running") return state.at("files").at(0).as_object();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "the import does not end";
    return {};
  }
  std::string file(const std::string& unit_name = "甲局") {
    return std::string(bring("clerk", goal_table(unit_name)).at("submission").as_string());
  }

  boost::json::value opened(const std::string& id, const std::string& login) const {
    return expect_documented(get("/api/v1/submissions/" + id, as(login)), "openSubmission");
  }
  std::string actions(const std::string& id, const std::string& login) const {
    const boost::json::value body = opened(id, login);
    std::string text;
    for (const boost::json::value& each : body.at("actions").as_array()) text += std::string(each.as_string()) + " ";
    return text;
  }
  Answer act(const std::string& id, const std::string& login, const std::string& action, const std::string& opinion = {}) const {
    const boost::json::value body = opened(id, "chief");
    Headers headers = as(login);
    headers.emplace_back("If-Match", "\"" + std::to_string(body.at("submission").at("revision").as_int64()) + "\"");
    return send("POST", "/api/v1/submissions/" + id + "/actions", boost::json::object{{"action", action}, {"opinion", opinion}}, headers);
  }
  /// "" where it was done, else the code.
  std::string outcome(const std::string& id, const std::string& login, const std::string& action, const std::string& opinion = {}) const {
    const Answer answer = act(id, login, action, opinion);
    return answer.status < 300 ? "" : code_of(answer);
  }
  std::string place(const std::string& id) const {
    const boost::json::value body = opened(id, "chief");
    const boost::json::value& summary = body.at("submission");
    return std::string(summary.at("state").as_string()) +
           (summary.at("step").is_null() ? "" : " at " + std::string(summary.at("step").as_string()));
  }
  void approve_all(const std::string& id) {
    for (const char* login : {"head", "section", "chief", "leader"}) EXPECT_EQ(outcome(id, login, "approve"), "") << login;
  }

  std::map<std::string, std::string> ids_;

 private:
  std::map<std::string, std::string> cookies_;
};

}  // namespace jiheng::service::tests
