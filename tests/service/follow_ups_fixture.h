// A unit whose goals are approved, and the forms that follow them, through the API.
#pragma once

#include <string>
#include <vector>

#include "service/filing_fixture.h"

namespace jiheng::service {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;
using tests::Headers;

inline constexpr std::int64_t august = 1785546000;    // 2026-08-01 09:00 in China
inline constexpr std::int64_t february = 1801443600;  // 2027-02-01

struct FollowUps : tests::FilingTest {
  void SetUp() override {
    set_clock(august);
    FilingTest::SetUp();
    person("desk", {{Role::desk_staff, {}}});
    submission_ = file();
    EXPECT_EQ(outcome(submission_, "clerk", "submit"), "");
    approve_all(submission_);
    EXPECT_EQ(FilingTest::place(submission_), "approved");
  }

  Answer open_round(const std::string& kind, int month, const std::string& login = "chief") {
    const std::string opens = kind == "monitoring" ? "2026-08-01" : "2027-02-01";
    return send("PUT", "/api/v1/follow-up-rounds",
                json::object{{"kind", kind}, {"year", 2026}, {"month", month}, {"opens", opens}, {"work_days", 10}, {"notice", ""}},
                as(login));
  }
  json::value page(const std::string& kind, int month, const std::string& login, const std::string& more = {}) {
    return expect_documented(get("/api/v1/follow-ups?kind=" + kind + "&year=2026&month=" + std::to_string(month) + more, as(login)),
                             "listFollowUps");
  }
  /// Opens the round; the id of the unit's form.
  std::string laid(const std::string& kind, int month) {
    EXPECT_EQ(open_round(kind, month).status, 201);
    const json::value found = page(kind, month, "clerk");
    EXPECT_EQ(found.at("total").as_int64(), 1);
    return std::string(found.at("items").at(0).at("id").as_string());
  }
  json::value form(const std::string& id, const std::string& login = "clerk") {
    return expect_documented(get("/api/v1/follow-ups/" + id, as(login)), "followUp");
  }
  Headers at_latest(const std::string& id, const std::string& login) {
    Headers headers = as(login);
    headers.emplace_back("If-Match", "\"" + std::to_string(form(id, "chief").at("revision").as_int64()) + "\"");
    return headers;
  }
  /// "" where it was done, else the code.
  std::string step(const std::string& id, const std::string& login, const std::string& action, const std::string& opinion = {}) {
    const Answer answer =
        send("POST", "/api/v1/follow-ups/" + id + "/actions", json::object{{"action", action}, {"opinion", opinion}}, at_latest(id, login));
    return answer.status < 300 ? "" : code_of(answer);
  }
  std::string actions_of(const std::string& id, const std::string& login) {
    const json::value body = form(id, login);
    std::string text;
    for (const json::value& each : body.at("actions").as_array()) text += std::string(each.as_string()) + " ";
    return text;
  }
  Answer edit(const std::string& id, json::object table, const std::string& login = "clerk") {
    return send("PUT", "/api/v1/follow-ups/" + id, json::object{{"tables", json::array{std::move(table)}}}, at_latest(id, login));
  }
  /// Each indicator's actual; all else as it should be.
  static json::object filled(const std::vector<std::string>& actuals, const std::string& executed, bool explained = true) {
    json::array rows;
    for (const std::string& actual : actuals)
      rows.push_back(json::object{
          {"actual", actual}, {"likelihood", "有可能"}, {"note", explained ? json::value("进度偏慢，下半年加快") : json::value()}});
    return {
        {"goal_result", "全年巡检均按计划完成。"}, {"executed", executed}, {"execution_note", "合同款下半年支付"}, {"indicators", rows}};
  }
  std::string light_of(const json::value& body, std::size_t indicator) {
    return std::string(body.at("tables").at(0).at("facts").at(indicator).at("progress").at("light").as_string());
  }
  std::string prove(const std::string& id, const std::string& query = "?table=0", const std::string& login = "clerk") {
    const Answer answer =
        upload_to("/api/v1/follow-ups/" + id + "/evidence" + query, {{"验收单.pdf", "%PDF-1.4 验收"}}, at_latest(id, login));
    return answer.status < 300 ? "" : code_of(answer);
  }
  void file_form(const std::string& id) {
    EXPECT_EQ(step(id, "clerk", "submit"), "");
    EXPECT_EQ(step(id, "head", "sign"), "");
  }
  void turn_to(std::int64_t moment) {
    set_clock(moment);
    for (const char* login : {"clerk", "head", "section", "chief", "officer", "leader", "stranger"}) log_in_again(login);
  }
  /// Filled in, proved, filed.
  std::string self_evaluated(const std::vector<std::string>& actuals, const std::string& executed) {
    const std::string id = laid("self_evaluation", 12);
    EXPECT_EQ(edit(id, filled(actuals, executed)).status, 200);
    EXPECT_EQ(prove(id), "");
    file_form(id);
    return id;
  }
  std::string recheck(const std::string& id, const json::object& finding) {
    const Answer got = send("POST", "/api/v1/follow-ups/" + id + "/rechecks", finding, at_latest(id, "chief"));
    return got.status < 300 ? "" : code_of(got);
  }
  Headers with_revision(const std::string& login, int revision) const {
    Headers headers = as(login);
    headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return headers;
  }
  json::value get_json(const std::string& path, const std::string& login) const { return json::parse(get(path, as(login)).body); }
  /// What is sent to raise a problem as it was proposed.
  static json::object raising(const json::value& draft) {
    return {{"source", draft.at("source")}, {"found", draft.at("found")}, {"unit", draft.at("unit")}, {"year", draft.at("year")},
            {"kind", draft.at("kind")},     {"text", draft.at("text")},   {"action", "请整改"}};
  }

  std::string submission_;
};

}  // namespace jiheng::service
