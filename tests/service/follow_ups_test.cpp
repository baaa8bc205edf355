// Monitoring and self-evaluation on their way: a round is opened, the unit fills, its head signs, the bureau checks.
#include <gtest/gtest.h>

#include <set>

#include "service/follow_ups_fixture.h"

namespace jiheng::service {
namespace {

TEST_F(FollowUps, ARoundLaysAFormBeforeEveryUnitWithApprovedTables) {
  EXPECT_EQ(code_of(open_round("monitoring", 7, "clerk")), "forbidden");
  EXPECT_EQ(code_of(open_round("monitoring", 13)), "invalid-round");
  EXPECT_EQ(code_of(open_round("self_evaluation", 7)), "invalid-round");
  const json::value opened = expect_documented(open_round("monitoring", 7), "putRound");
  // Ten work days from Saturday 1 August 2026.
  EXPECT_EQ(opened.at("due").as_string(), "2026-08-14");
  EXPECT_EQ(code_of(open_round("monitoring", 7)), "round-exists");
  EXPECT_EQ(page("monitoring", 7, "stranger").at("total").as_int64(), 0);
  EXPECT_EQ(page("monitoring", 7, "leader").at("total").as_int64(), 1);
  // Another unit's tables are approved later.
  person("second", {{Role::unit_clerk, unit("乙局")}});
  person("secondhead", {{Role::unit_head, unit("乙局")}});
  const std::string late(bring("second", tests::goal_table("乙局")).at("submission").as_string());
  EXPECT_EQ(outcome(late, "second", "submit"), "");
  for (const char* login : {"secondhead", "section", "chief", "leader"}) EXPECT_EQ(outcome(late, login, "approve"), "") << login;
  const Answer more = send("POST", "/api/v1/follow-up-rounds/forms?kind=monitoring&year=2026&month=7", json::object(), as("chief"));
  EXPECT_EQ(expect_documented(more, "layForms").at("laid").as_int64(), 1);
  EXPECT_EQ(page("monitoring", 7, "chief").at("total").as_int64(), 2);
  EXPECT_EQ(expect_documented(get("/api/v1/follow-up-rounds", as("clerk")), "listRounds").as_array().size(), 1U);
}

TEST_F(FollowUps, TheFormIsFilledAsFarAsTheRecordsGo) {
  const std::string id = laid("monitoring", 7);
  const json::value body = form(id);
  EXPECT_EQ(body.at("may_edit").as_bool(), true);
  const json::value& table = body.at("tables").at(0).at("table");
  EXPECT_EQ(table.at("kind").as_string(), "monitoring");
  EXPECT_EQ(table.at("title").as_string(), "2026年1-7月项目支出绩效目标执行监控表");
  EXPECT_EQ(table.at("execution").at(0).at("initial").as_string(), "120.50");
  EXPECT_EQ(table.at("indicators").at(0).at("level3").as_string(), "系统巡检次数");
  EXPECT_EQ(table.at("indicators").at(0).at("value").as_string(), "12");
  EXPECT_EQ(actions_of(id, "clerk"), "submit ");
  EXPECT_EQ(step(id, "clerk", "submit"), "remarks-open");
  EXPECT_EQ(step(id, "head", "sign"), "action-not-allowed");
  EXPECT_EQ(step(id, "stranger", "submit"), "not-found");
}

TEST_F(FollowUps, LightsAndForecastsComeFromTheFiguresAndTheirRules) {
  const std::string id = laid("monitoring", 7);
  // 12 × 7 ÷ 12 = 7 inspections were due; the budget's even share is 70.29.
  const json::value body = expect_documented(edit(id, filled({"3", "99", "5", "95"}, "60")), "editFollowUp");
  EXPECT_EQ(light_of(body, 0), "red");
  EXPECT_EQ(light_of(body, 1), "green");
  EXPECT_EQ(light_of(body, 2), "red");
  EXPECT_EQ(light_of(body, 3), "green");
  const json::value& shown = body.at("tables").at(0);
  EXPECT_EQ(shown.at("execution").at("light").as_string(), "green");
  EXPECT_EQ(shown.at("execution").at("percent").as_string(), "49.79");
  EXPECT_EQ(shown.at("light").as_string(), "red");
  EXPECT_EQ(shown.at("table").at("indicators").at(0).at("forecast").as_string(), "5");  // 3 × 12 ÷ 7
  EXPECT_EQ(shown.at("facts").at(0).at("forecast_method").as_string(), "按1-7月月均0.43推算");
  EXPECT_EQ(shown.at("facts").at(1).at("forecast_method").as_string(), "按目前水平预计");
  EXPECT_EQ(shown.at("table").at("execution").at(0).at("forecast").as_string(), "102.86");
  const json::value listed = page("monitoring", 7, "chief", "&light=red");
  EXPECT_EQ(listed.at("total").as_int64(), 1);
  EXPECT_EQ(listed.at("items").at(0).at("tables").at(0).at("cells").at(0).at(1).as_string(), "red");
  EXPECT_EQ(page("monitoring", 7, "chief", "&light=yellow").at("total").as_int64(), 0);
}

TEST_F(FollowUps, WhatIsLeftOutOrWrongIsToldAtItsPlace) {
  const std::string id = laid("monitoring", 7);
  const auto fault = [&](json::object table) { return json::parse(edit(id, std::move(table)).body); };
  json::object words = filled({"3", "99", "5", "95"}, "六十");
  EXPECT_EQ(fault(words).at("code").as_string(), "invalid-entry");
  words = filled({"3", "99", "5", "95"}, "60");
  words["indicators"].as_array()[2].as_object()["likelihood"] = "也许";
  const json::value told = fault(words);
  EXPECT_EQ(told.at("context").at(0).as_string(), "第1张表第3个指标");
  EXPECT_EQ(fault(filled({"3"}, "60")).at("code").as_string(), "invalid-entry") << "one indicator for four";
  // Not explained: the red ones ask for it.
  const json::value body = expect_documented(edit(id, filled({"3", "99", "", "95"}, "60", false)), "editFollowUp");
  std::set<std::string> codes;
  for (const json::value& each : body.at("tables").at(0).at("remarks").as_array()) codes.insert(std::string(each.at("code").as_string()));
  EXPECT_EQ(codes, (std::set<std::string>{"actual-missing", "reason-missing"}));
  EXPECT_EQ(step(id, "clerk", "submit"), "remarks-open");
}

TEST_F(FollowUps, GoesFromTheClerkToTheHeadToTheBureauAndNobodySignsHisOwn) {
  const std::string id = laid("monitoring", 7);
  EXPECT_EQ(edit(id, filled({"3", "99", "5", "95"}, "60")).status, 200);
  EXPECT_EQ(step(id, "head", "submit"), "forbidden");
  EXPECT_EQ(step(id, "clerk", "submit"), "");
  EXPECT_EQ(actions_of(id, "clerk"), "withdraw ");
  EXPECT_EQ(actions_of(id, "head"), "sign return ");
  EXPECT_EQ(code_of(edit(id, filled({"9", "99", "5", "95"}, "60"))), "action-not-allowed");
  EXPECT_EQ(step(id, "clerk", "withdraw"), "");
  EXPECT_EQ(step(id, "clerk", "submit"), "");
  EXPECT_EQ(step(id, "head", "return"), "why-missing");
  EXPECT_EQ(step(id, "head", "return", "第1项数字不对"), "");
  EXPECT_EQ(edit(id, filled({"4", "99", "5", "95"}, "60")).status, 200);
  file_form(id);
  EXPECT_EQ(step(id, "clerk", "withdraw"), "action-not-allowed");
  EXPECT_EQ(step(id, "head", "accept"), "forbidden");
  EXPECT_EQ(step(id, "chief", "accept"), "");
  const json::value body = form(id, "leader");
  EXPECT_EQ(body.at("state").as_string(), "accepted");
  EXPECT_EQ(body.at("signatures").as_array().back().at("name").as_string(), "chief同志");
  EXPECT_EQ(actions_of(id, "officer"), "");

  // Whoever fills it in for the unit does not check it.
  const std::string other = laid("monitoring", 10);
  EXPECT_EQ(edit(other, filled({"3", "99", "5", "95"}, "60"), "officer").status, 200);
  file_form(other);
  EXPECT_EQ(step(other, "officer", "accept"), "four-eyes");
  EXPECT_EQ(step(other, "chief", "accept"), "");
}

TEST_F(FollowUps, TwoPeopleAtOneFormLoseNothing) {
  const std::string id = laid("monitoring", 7);
  const Headers stale = at_latest(id, "clerk");
  EXPECT_EQ(edit(id, filled({"3", "99", "5", "95"}, "60")).status, 200);
  const Answer late =
      send("PUT", "/api/v1/follow-ups/" + id, json::object{{"tables", json::array{filled({"9", "9", "9", "9"}, "1")}}}, stale);
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(form(id).at("entries").at(0).at("indicators").at(0).at("actual").as_string(), "3");
}

TEST_F(FollowUps, ARedLightWantsAnAnswerWithinItsWorkDays) {
  const std::string id = laid("monitoring", 7);
  EXPECT_EQ(edit(id, filled({"3", "99", "12", "95"}, "10")).status, 200);
  const auto alarms = [&](const std::string& login, const std::string& more = {}) {
    return expect_documented(get("/api/v1/alarms?year=2026" + more, as(login)), "listAlarms");
  };
  EXPECT_EQ(alarms("chief").at("total").as_int64(), 0) << "not filed yet";
  file_form(id);
  const json::value raised = alarms("clerk");
  ASSERT_EQ(raised.at("total").as_int64(), 2);  // the inspections and the money
  EXPECT_EQ(alarms("stranger").at("total").as_int64(), 0);
  EXPECT_EQ(raised.at("items").at(0).at("due").as_string(), "2026-08-14");
  const std::string alarm(raised.at("items").at(0).at("id").as_string());
  const auto answer = [&](const std::string& login, int revision, json::object body) {
    Headers headers = as(login);
    headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    const Answer got = send("POST", "/api/v1/alarms/" + alarm + "/actions", body, headers);
    return got.status < 300 ? std::string() : code_of(got);
  };
  EXPECT_EQ(answer("clerk", 1, {{"action", "answer"}, {"choice", "continue"}}), "why-missing");
  EXPECT_EQ(answer("clerk", 1, {{"action", "answer"}, {"choice", "later"}, {"words", "好"}}), "json-shape");
  EXPECT_EQ(answer("chief", 1, {{"action", "close"}}), "action-not-allowed");
  EXPECT_EQ(answer("head", 1, {{"action", "answer"}, {"choice", "continue"}, {"words", "好"}}), "forbidden");
  EXPECT_EQ(answer("stranger", 1, {{"action", "answer"}, {"choice", "continue"}, {"words", "好"}}), "not-found");
  pass(15LL * 24 * 3600);
  for (const char* login : {"clerk", "chief"}) log_in_again(login);
  EXPECT_EQ(alarms("chief", "&overdue=true").at("total").as_int64(), 2);
  EXPECT_EQ(answer("clerk", 1, {{"action", "answer"}, {"choice", "continue"}, {"words", "9月底前完成招标并支付"}}), "");
  EXPECT_EQ(answer("chief", 2, {{"action", "refuse"}, {"words", "没有写明责任人"}}), "");
  EXPECT_EQ(answer("clerk", 3, {{"action", "answer"}, {"choice", "shift"}, {"words", "调剂30万元"}}), "");
  EXPECT_EQ(answer("clerk", 4, {{"action", "close"}}), "forbidden");
  EXPECT_EQ(answer("chief", 4, {{"action", "close"}, {"words", "同意"}}), "");
  EXPECT_EQ(alarms("chief", "&state=closed").at("total").as_int64(), 1);
  EXPECT_EQ(alarms("chief").at("overdue").as_int64(), 1);
  EXPECT_EQ(get("/api/v1/alarms/" + alarm + "/letter?to=docx", as("chief")).status, 200);
  EXPECT_EQ(expect_documented(get("/api/v1/alarms/" + alarm + "/deadline", as("clerk")), "alarmDeadline").at("due").as_string(),
            "2026-08-14");
  // A form that goes back takes its red lights with it.
  EXPECT_EQ(step(id, "chief", "return", "请核实执行数"), "");
  EXPECT_EQ(alarms("chief", "&state=void").at("total").as_int64(), 2);
  EXPECT_EQ(registry().verify().ok, true);
}

TEST_F(FollowUps, ASelfEvaluationIsScoredProvedAndCheckedAgain) {
  set_clock(february);
  for (const char* login : {"clerk", "head", "chief", "officer", "leader", "stranger"}) log_in_again(login);
  const std::string id = laid("self_evaluation", 12);
  // 11 of 12 inspections; 100 of 120.50 paid.
  const json::value body = expect_documented(edit(id, filled({"11", "98", "12", "95"}, "100")), "editFollowUp");
  const json::value& table = body.at("tables").at(0).at("table");
  EXPECT_EQ(table.at("total_score").as_string(), "96.22");  // 22.92 + 25 + 30 + 10 + 8.30
  EXPECT_EQ(table.at("execution").at(0).at("score").as_string(), "8.30");
  EXPECT_EQ(table.at("indicators").at(0).at("score").as_string(), "22.92");
  EXPECT_EQ(body.at("tables").at(0).at("grade").as_string(), "优");
  EXPECT_EQ(step(id, "clerk", "submit"), "remarks-open") << "nothing is proved yet";
  EXPECT_EQ(prove(id, "?table=0&indicator=9"), "invalid-entry");
  EXPECT_EQ(prove(id, "?table=0", "head"), "forbidden");
  EXPECT_EQ(prove(id), "");
  const std::string sha(form(id).at("entries").at(0).at("evidence").at(0).at("sha256").as_string());
  EXPECT_EQ(get("/api/v1/follow-ups/" + id + "/evidence/" + sha, as("leader")).body, "%PDF-1.4 验收");
  EXPECT_EQ(get("/api/v1/follow-ups/" + id + "/evidence/" + sha, as("stranger")).status, 404);
  // What a client sends as evidence is not taken for it.
  json::object smuggled = filled({"11", "98", "12", "95"}, "100");
  smuggled["evidence"] = json::array{json::object{{"sha256", std::string(64, 'a')}, {"name", "别人的"}}};
  EXPECT_EQ(edit(id, smuggled).status, 200);
  EXPECT_EQ(form(id).at("entries").at(0).at("evidence").as_array().size(), 1U);
  file_form(id);

  const auto recheck = [&](const std::string& login, json::object finding) {
    const Answer got = send("POST", "/api/v1/follow-ups/" + id + "/rechecks", finding, at_latest(id, login));
    return got.status < 300 ? std::string() : code_of(got);
  };
  EXPECT_EQ(recheck("clerk", {{"table", 0}, {"indicator", 0}, {"score", "20"}, {"why", "少了两次"}}), "forbidden");
  EXPECT_EQ(recheck("chief", {{"table", 0}, {"indicator", 0}, {"score", "26"}, {"why", "少了两次"}}), "invalid-entry");
  EXPECT_EQ(recheck("chief", {{"table", 0}, {"indicator", 0}, {"score", "18.75"}}), "invalid-entry");
  EXPECT_EQ(recheck("chief", {{"table", 0}, {"indicator", 0}, {"actual", "9"}, {"score", "18.75"}, {"why", "现场核对巡检记录只有9次"}}),
            "");
  const json::value checked = form(id, "leader");
  EXPECT_EQ(checked.at("rechecked").at(0).at("total").as_string(), "92.05");
  EXPECT_EQ(checked.at("rechecks").at(0).at("own_score").as_string(), "22.92");
  EXPECT_EQ(checked.at("tables").at(0).at("table").at("total_score").as_string(), "96.22") << "the unit's own stays";
  EXPECT_EQ(page("self_evaluation", 12, "chief", "&drawn=true").at("items").at(0).at("tables").at(0).at("rechecked_grade").as_string(),
            "优");
  EXPECT_EQ(step(id, "chief", "accept"), "");
}

TEST_F(FollowUps, TheDrawCanBeRepeatedByAnybody) {
  set_clock(february);
  for (const char* login : {"clerk", "head", "chief"}) log_in_again(login);
  const std::string id = laid("self_evaluation", 12);
  const auto draw = [&](const std::string& login, int percent, const std::string& seed) {
    return send("POST", "/api/v1/follow-up-rounds/draw", json::object{{"year", 2026}, {"percent", percent}, {"seed", seed}}, as(login));
  };
  EXPECT_EQ(code_of(draw("clerk", 10, "20270201")), "forbidden");
  EXPECT_EQ(code_of(draw("chief", 0, "20270201")), "invalid-draw");
  EXPECT_EQ(code_of(draw("chief", 10, " ")), "invalid-draw");
  EXPECT_EQ(expect_documented(draw("chief", 10, "20270201"), "drawRechecks").at("drawn").as_array().size(), 0U) << "nothing is filed yet";
  EXPECT_EQ(edit(id, filled({"12", "98", "12", "95"}, "100")).status, 200);
  EXPECT_EQ(prove(id), "");
  file_form(id);
  EXPECT_EQ(expect_documented(draw("chief", 10, "20270201"), "drawRechecks").at("drawn").at(0).as_string(), id);
  EXPECT_EQ(form(id, "chief").at("drawn").as_bool(), true);
}

}  // namespace
}  // namespace jiheng::service
