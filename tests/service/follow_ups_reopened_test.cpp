// 退回重报: what was accepted is filed anew, and stays to be read as it was.
#include <gtest/gtest.h>

#include "service/follow_ups_fixture.h"

namespace jiheng::service {
namespace {

struct FollowUpsReopened : FollowUps {};

TEST_F(FollowUpsReopened, WhatWasAcceptedIsFiledAnewAndStaysToBeRead) {
  person("deputy", {{Role::performance_head, {}}});
  turn_to(february);
  const std::string id = self_evaluated({"12", "98", "12", "95"}, "100");
  EXPECT_EQ(step(id, "chief", "reopen", "执行数有误"), "action-not-allowed") << "it is not accepted yet";
  EXPECT_EQ(recheck(id, {{"table", 0}, {"indicator", 0}, {"score", "18.75"}, {"why", "现场核对巡检记录只有9次"}}), "");
  EXPECT_EQ(step(id, "officer", "accept", "同意"), "");
  const json::value accepted = form(id, "leader");
  const std::int64_t revision = accepted.at("revision").as_int64();
  // Nobody but the head of the performance section, and a reason.
  for (const char* login : {"clerk", "head", "section", "officer", "leader"}) {
    EXPECT_EQ(step(id, login, "reopen", "执行数有误"), "forbidden") << login;
    EXPECT_EQ(actions_of(id, login), "") << login;
  }
  EXPECT_EQ(step(id, "stranger", "reopen", "执行数有误"), "not-found");
  EXPECT_EQ(actions_of(id, "chief"), "reopen ");
  EXPECT_EQ(step(id, "chief", "reopen", "  "), "why-missing");
  // What is over stays as it is.
  json::object round{{"kind", "self_evaluation"}, {"year", 2026}, {"month", 12},   {"opens", "2027-02-01"},
                     {"work_days", 10},           {"notice", ""}, {"closed", true}};
  ASSERT_EQ(send("PUT", "/api/v1/follow-up-rounds", round, with_revision("chief", 1)).status, 200);
  EXPECT_EQ(step(id, "chief", "reopen", "执行数有误"), "round-closed");
  EXPECT_EQ(actions_of(id, "chief"), "");
  round["closed"] = false;
  ASSERT_EQ(send("PUT", "/api/v1/follow-up-rounds", round, with_revision("chief", 2)).status, 200);
  json::object year{{"opens", "2026-02-25"}, {"work_days", 10}, {"notice", ""}};
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", year, as("chief")).status, 201);
  year["closed"] = true;
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", year, with_revision("chief", 1)).status, 200);
  EXPECT_EQ(step(id, "chief", "reopen", "执行数有误"), "year-closed");
  year["closed"] = false;
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", year, with_revision("chief", 2)).status, 200);
  EXPECT_EQ(form(id, "chief").at("revision").as_int64(), revision) << "what was refused changed nothing";

  EXPECT_EQ(step(id, "chief", "reopen", "执行数有误"), "");
  const json::value now = form(id);
  EXPECT_EQ(now.at("state").as_string(), "returned");
  EXPECT_EQ(now.at("may_edit").as_bool(), true);
  EXPECT_TRUE(now.at("rechecks").as_array().empty()) << "what was checked again is no longer filed";
  const json::value& before = now.at("accepted_before").at(0);
  EXPECT_EQ(before.at("revision").as_int64(), revision);
  EXPECT_EQ(before.at("accepted_by").as_string(), "officer同志");
  EXPECT_EQ(before.at("reopened_by").as_string(), "chief同志");
  EXPECT_EQ(before.at("why").as_string(), "执行数有误");
  EXPECT_EQ(step(id, "chief", "reopen", "再来一次"), "action-not-allowed");
  EXPECT_EQ(edit(id, filled({"9", "98", "12", "95"}, "80")).status, 200);
  const std::string sha(now.at("entries").at(0).at("evidence").at(0).at("sha256").as_string());
  const std::string at = "/api/v1/follow-ups/" + id;
  EXPECT_EQ(ask("DELETE", at + "/evidence/" + sha + "?table=0", {}, at_latest(id, "clerk")).status, 200);
  // As it was: figures, scores, evidence, the check, the files made of it; and nothing to be done with it.
  const std::string then = "?revision=" + std::to_string(revision);
  for (const char* login : {"clerk", "leader"}) {
    const json::value read = expect_documented(get(at + then, as(login)), "followUp");
    EXPECT_EQ(read.at("earlier").as_bool(), true);
    EXPECT_EQ(read.at("state").as_string(), "accepted");
    EXPECT_EQ(read.at("tables"), accepted.at("tables"));
    EXPECT_EQ(read.at("entries"), accepted.at("entries"));
    EXPECT_EQ(read.at("rechecked"), accepted.at("rechecked"));
    EXPECT_EQ(read.at("signatures"), accepted.at("signatures"));
    EXPECT_TRUE(read.at("actions").as_array().empty());
    EXPECT_EQ(read.at("may_edit").as_bool(), false);
    EXPECT_EQ(get(at + "/evidence/" + sha, as(login)).body, "%PDF-1.4 验收");
  }
  for (const char* file : {"/export?to=docx&", "/report?to=docx&", "/evidence?"})
    EXPECT_EQ(get(at + file + then.substr(1), as("clerk")).status, 200) << file;
  EXPECT_EQ(get(at + then, as("stranger")).status, 404);
  EXPECT_EQ(get(at + "?revision=1", as("chief")).status, 404) << "drafts are nobody's to read";
  EXPECT_EQ(get(at + "?revision=x", as("chief")).status, 400);
  // Filed and accepted anew, it may be opened once more, by who did not accept it.
  EXPECT_EQ(prove(id), "");
  file_form(id);
  EXPECT_EQ(step(id, "chief", "accept", "同意"), "");
  EXPECT_EQ(step(id, "chief", "reopen", "又有误"), "four-eyes") << "he accepted it himself";
  EXPECT_EQ(actions_of(id, "chief"), "");
  log_in_again("deputy");
  EXPECT_EQ(step(id, "deputy", "reopen", "又有误"), "");
  EXPECT_EQ(form(id).at("accepted_before").as_array().size(), 2U);
  EXPECT_EQ(registry().verify().ok, true);
}

TEST_F(FollowUpsReopened, AResultThatMoneyWasDecidedOnIsNotFiledAnew) {
  turn_to(february);
  const std::string id = self_evaluated({"12", "98", "12", "95"}, "100");
  EXPECT_EQ(step(id, "officer", "accept", "同意"), "");
  const json::value results = expect_documented(get("/api/v1/years/2026/results", as("leader")), "listResults");
  ASSERT_EQ(results.at("items").as_array().size(), 1U);
  const json::object decision{{"unit", unit("甲局")}, {"project", results.at("items").at(0).at("project")},
                              {"revision", 0},        {"measure", "prefer"},
                              {"effect", "1"},        {"why", "成效突出"}};
  expect_documented(send("POST", "/api/v1/years/2026/results", decision, as("leader")), "decideResult");
  EXPECT_EQ(step(id, "chief", "reopen", "执行数有误"), "results-used");
  EXPECT_EQ(form(id).at("state").as_string(), "accepted");
  EXPECT_EQ(recheck(id, {{"table", 0}, {"indicator", 0}, {"score", "18.75"}, {"why", "只有9次"}}), "") << "what is wrong can be told";
}

TEST_F(FollowUpsReopened, AReopenedMonitoringFormTakesItsRedLightsBack) {
  const std::string id = laid("monitoring", 7);
  EXPECT_EQ(edit(id, filled({"3", "99", "12", "95"}, "10")).status, 200);
  file_form(id);
  EXPECT_EQ(step(id, "officer", "accept", "同意"), "");
  const auto count = [&](const char* state) {
    return get_json("/api/v1/alarms?year=2026&state=" + std::string(state), "chief").at("total").as_int64();
  };
  EXPECT_EQ(count("open"), 2);
  EXPECT_EQ(step(id, "chief", "reopen", "执行数有误"), "");
  EXPECT_EQ(count("void"), 2);
  EXPECT_EQ(edit(id, filled({"3", "99", "12", "95"}, "70")).status, 200);
  file_form(id);
  EXPECT_EQ(count("open"), 1) << "the money is green now";
}

}  // namespace
}  // namespace jiheng::service
