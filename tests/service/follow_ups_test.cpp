// Monitoring and self-evaluation on their way: a round is opened, the unit fills, its head signs, the bureau checks.
#include <gtest/gtest.h>

#include <set>

#include "goals/json.h"
#include "reading/reader.h"
#include "service/filing_fixture.h"
#include "writing/writer.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;
using tests::Headers;

constexpr std::int64_t august = 1785546000;    // 2026-08-01 09:00 in China
constexpr std::int64_t february = 1801443600;  // 2027-02-01

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

TEST_F(FollowUps, WhatWasAcceptedIsFiledAnewAndStaysToBeRead) {
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

TEST_F(FollowUps, AResultThatMoneyWasDecidedOnIsNotFiledAnew) {
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

TEST_F(FollowUps, AReopenedMonitoringFormTakesItsRedLightsBack) {
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

TEST_F(FollowUps, AProblemIsRaisedFromARedLightAndLeadsBackToIt) {
  const std::string id = laid("monitoring", 7);
  EXPECT_EQ(edit(id, filled({"3", "99", "12", "95"}, "10")).status, 200);
  file_form(id);
  const json::value alarms = get_json("/api/v1/alarms?year=2026", "chief");
  const json::value* money = nullptr;
  for (const json::value& each : alarms.at("items").as_array()) {
    if (each.at("indicator").as_int64() == -1) money = &each;
  }
  ASSERT_NE(money, nullptr);
  const std::string alarm(money->at("id").as_string());
  const json::value draft = expect_documented(get("/api/v1/problems/draft?kind=alarm&id=" + alarm, as("officer")), "draftProblem");
  EXPECT_EQ(draft.at("source").as_string(), "monitoring");
  EXPECT_EQ(draft.at("kind").as_string(), "execution");
  EXPECT_EQ(draft.at("unit").as_string(), unit("甲局"));
  EXPECT_EQ(draft.at("reference").as_string(), "2026年1-7月绩效运行监控：“甲局信息系统运维项目”，预算执行");
  EXPECT_TRUE(draft.at("open").is_null());
  json::object problem = raising(draft);
  EXPECT_EQ(code_of(get("/api/v1/problems/draft?kind=alarm&id=nothing", as("officer"))), "source-unknown");
  EXPECT_EQ(code_of(get("/api/v1/problems/draft?kind=alarm&id=" + alarm, as("clerk"))), "forbidden");
  EXPECT_EQ(code_of(get("/api/v1/problems/draft?kind=alarm&id=" + alarm, as("desk"))), "source-unknown") << "he sees no forms";
  EXPECT_EQ(code_of(send("POST", "/api/v1/problems", problem, as("desk"))), "source-unknown");
  EXPECT_EQ(code_of(send("POST", "/api/v1/problems", problem, as("clerk"))), "forbidden");
  json::object elsewhere = problem;
  elsewhere["unit"] = unit("乙局");
  EXPECT_EQ(code_of(send("POST", "/api/v1/problems", elsewhere, as("officer"))), "invalid-problem");
  const json::value raised = expect_documented(send("POST", "/api/v1/problems", problem, as("officer")), "raiseProblem");
  EXPECT_EQ(raised.at("page").as_string(), "/follow-ups/" + id + "?table=0");
  EXPECT_EQ(raised.at("form").as_string(), id);
  const Answer again = send("POST", "/api/v1/problems", problem, as("chief"));
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(code_of(again), "problem-exists");
  EXPECT_NE(again.body.find("2026-0001"), std::string::npos) << "it names the open one";
  EXPECT_EQ(get_json("/api/v1/problems/draft?kind=alarm&id=" + alarm, "chief").at("open").at("number").as_string(), "2026-0001");
  // What was taken back is nothing to raise a problem from.
  EXPECT_EQ(step(id, "chief", "return", "请核实"), "");
  EXPECT_EQ(code_of(get("/api/v1/problems/draft?kind=alarm&id=" + alarm, as("chief"))), "source-settled");
}

TEST_F(FollowUps, AProblemOfARecheckIsClosedOnTheFormFiledAnew) {
  turn_to(february);
  const std::string id = self_evaluated({"12", "98", "12", "95"}, "100");
  const auto draft_at = [&](int indicator) {
    return get("/api/v1/problems/draft?kind=recheck&table=0&id=" + id + "&indicator=" + std::to_string(indicator), as("chief"));
  };
  EXPECT_EQ(code_of(draft_at(0)), "source-unknown") << "nothing was checked again";
  EXPECT_EQ(recheck(id, {{"table", 0}, {"indicator", 0}, {"score", "18.75"}, {"why", "现场核对巡检记录只有9次"}}), "");
  EXPECT_EQ(recheck(id, {{"table", 0}, {"indicator", 1}, {"score", "25"}, {"why", "一致"}}), "");
  EXPECT_EQ(code_of(draft_at(1)), "source-settled") << "there is no difference";
  const json::value draft = expect_documented(draft_at(0), "draftProblem");
  EXPECT_EQ(draft.at("source").as_string(), "self-evaluation");
  EXPECT_EQ(draft.at("text").as_string(), "“甲局信息系统运维项目”“系统巡检次数”自评25.00分，复核18.75分：现场核对巡检记录只有9次");
  const json::value raised = expect_documented(send("POST", "/api/v1/problems", raising(draft), as("chief")), "raiseProblem");
  EXPECT_EQ(raised.at("page").as_string(), "/follow-ups/" + id + "?table=0&indicator=0");
  const std::string problem(raised.at("id").as_string());
  const auto act_on = [&](const char* login, json::object body) {
    const std::int64_t revision = get_json("/api/v1/problems/" + problem, "chief").at("revision").as_int64();
    const Answer got = send("POST", "/api/v1/problems/" + problem + "/actions", body, with_revision(login, static_cast<int>(revision)));
    return got.status < 300 ? std::string() : code_of(got) + " " + std::string(json::parse(got.body).at("context").at(0).as_string());
  };
  EXPECT_EQ(act_on("clerk", {{"action", "reply"}, {"text", "已更正自评"}}), "");
  EXPECT_EQ(act_on("officer", {{"action", "check"}, {"text", "已核对"}}), "");
  const auto close_on_form = [&](const std::string& form_id) {
    const json::object named{{"id", form_id}, {"revision", form(form_id, "chief").at("revision")}};
    return act_on("leader", {{"action", "close"},
                             {"text", "同意"},
                             {"basis", json::object{{"kind", "record"}, {"record_kind", "follow-up"}, {"records", json::array{named}}}}});
  };
  EXPECT_EQ(close_on_form(id), "closing-refused record-older");
  EXPECT_EQ(step(id, "officer", "accept", "同意"), "");
  EXPECT_EQ(close_on_form(id), "closing-refused record-unchanged") << "accepted, not mended";
  EXPECT_EQ(step(id, "chief", "reopen", "按复核结果更正"), "");
  EXPECT_EQ(close_on_form(id), "closing-refused record-unfiled");
  EXPECT_EQ(edit(id, filled({"9", "98", "12", "95"}, "100")).status, 200);
  file_form(id);
  EXPECT_EQ(close_on_form(id), "");
}

TEST_F(FollowUps, FormsRedLightsAndProblemsStandAmongOnesNoticesAndInHisCalendar) {
  const auto notices = [&](const char* login) {
    std::string text;
    const json::value found = expect_documented(get("/api/v1/me/notices", as(login)), "listNotices");
    for (const json::value& each : found.at("items").as_array()) {
      if (each.at("page").is_null()) continue;
      text += std::string(each.at("kind").as_string()) + (each.at("due").is_null() ? "" : " " + std::string(each.at("due").as_string())) +
              " " + std::to_string(each.at("work_days").as_int64()) + "; ";
    }
    return text;
  };
  const auto calendar = [&](const char* login) {
    std::string text;
    const std::set<std::string> before{"opens", "filing", "step", "publication", "delegation"};
    const json::value found = expect_documented(get("/api/v1/calendar?from=2026-07-01&to=2026-10-31", as(login)), "calendar");
    for (const json::value& each : found.at("entries").as_array()) {
      const std::string kind(each.at("kind").as_string());
      if (before.contains(kind)) continue;
      text += kind + " " + std::string(each.at("date").as_string()) + " " + std::to_string(each.at("count").as_int64()) + "/" +
              std::to_string(each.at("total").as_int64()) + (each.at("overdue").as_bool() ? " over" : "") +
              (each.at("limited").as_bool() ? "" : " unlimited") + "; ";
    }
    return text;
  };
  const auto days_on = [&](int days) {
    pass(static_cast<std::int64_t>(days) * 24 * 3600);
    for (const char* login : {"clerk", "head", "officer", "chief", "leader", "stranger", "section"}) log_in_again(login);
  };
  const std::string id = laid("monitoring", 7);  // opened on Saturday 1 August, due on Friday the 14th
  EXPECT_EQ(notices("clerk"), "") << "there are days enough";
  EXPECT_EQ(calendar("clerk"), "form 2026-08-14 1/1; ");
  EXPECT_EQ(calendar("chief"), "form 2026-08-14 1/1; ");
  EXPECT_EQ(calendar("stranger"), "");
  days_on(10);  // Tuesday the 11th: three work days
  EXPECT_EQ(notices("clerk"), "form_due_soon 2026-08-14 3; ");
  EXPECT_EQ(notices("head"), "form_due_soon 2026-08-14 3; ");
  EXPECT_EQ(notices("stranger"), "");
  EXPECT_EQ(notices("chief"), "") << "the bureau has its lists";
  days_on(6);  // Monday the 17th
  EXPECT_EQ(notices("clerk"), "form_overdue 2026-08-14 -1; ");
  EXPECT_EQ(calendar("clerk"), "form 2026-08-14 1/1 over; ");
  EXPECT_EQ(edit(id, filled({"3", "99", "12", "95"}, "10")).status, 200);
  EXPECT_EQ(step(id, "clerk", "submit"), "");
  EXPECT_EQ(calendar("head"), "form 2026-08-14 1/1 over; form_sign 2026-08-14 1/1 over; ");
  EXPECT_EQ(step(id, "head", "sign"), "");
  // Filed: two red lights to be answered in ten work days, until Monday the 31st.
  EXPECT_EQ(notices("clerk"), "alarm_raised 2026-08-31 0; alarm_raised 2026-08-31 0; ");
  EXPECT_EQ(calendar("clerk"), "form 2026-08-14 0/1; alarm 2026-08-31 2/2; ");
  EXPECT_EQ(calendar("officer"), "form 2026-08-14 0/1; form_check 2026-08-17 1/1 unlimited; alarm 2026-08-31 2/2; ");
  EXPECT_EQ(step(id, "officer", "accept", "同意"), "");
  const std::string alarm(get_json("/api/v1/alarms?year=2026", "clerk").at("items").at(0).at("id").as_string());
  const json::object answer{{"action", "answer"}, {"choice", "continue"}, {"words", "下半年加快"}};
  ASSERT_EQ(send("POST", "/api/v1/alarms/" + alarm + "/actions", answer, with_revision("clerk", 1)).status, 200);
  EXPECT_EQ(calendar("officer"), "form 2026-08-14 0/1; alarm_check 2026-08-17 1/1 unlimited; alarm 2026-08-31 1/2; ");
  ASSERT_EQ(send("POST", "/api/v1/alarms/" + alarm + "/actions", json::object{{"action", "refuse"}, {"words", "没有写明责任人"}},
                 with_revision("chief", 2))
                .status,
            200);
  EXPECT_NE(notices("clerk").find("alarm_refused 2026-08-31 0; "), std::string::npos);
  // A problem: 30 work days.
  const json::value draft = get_json("/api/v1/problems/draft?kind=alarm&id=" + alarm, "officer");
  json::object body = raising(draft);
  body["work_days"] = 5;
  const std::string problem(expect_documented(send("POST", "/api/v1/problems", body, as("officer")), "raiseProblem").at("id").as_string());
  const auto act_on = [&](const char* login, int revision, json::object deed) {
    const Answer got = send("POST", "/api/v1/problems/" + problem + "/actions", deed, with_revision(login, revision));
    EXPECT_EQ(got.status, 200) << got.body;
  };
  EXPECT_NE(notices("head").find("problem_raised 2026-08-24 0; "), std::string::npos);
  EXPECT_NE(calendar("clerk").find("problem 2026-08-24 1/1; "), std::string::npos);
  days_on(4);  // Friday the 21st
  EXPECT_NE(notices("clerk").find("problem_due_soon 2026-08-24 1; "), std::string::npos);
  act_on("clerk", 1, {{"action", "ask-time"}, {"text", "正在采购"}, {"work_days", 2}});
  EXPECT_NE(calendar("chief").find("problem_time 2026-08-21 1/1 unlimited; "), std::string::npos);
  EXPECT_EQ(calendar("officer").find("problem_time"), std::string::npos) << "more time is not his to give";
  act_on("chief", 2, {{"action", "deny-time"}, {"text", "时间够"}});
  EXPECT_NE(notices("clerk").find("problem_kept 2026-08-24 0; "), std::string::npos);
  days_on(4);
  EXPECT_NE(notices("clerk").find("problem_overdue 2026-08-24 -1; "), std::string::npos);
  act_on("clerk", 3, {{"action", "reply"}, {"text", "已整改"}});
  EXPECT_EQ(notices("clerk").find("problem_overdue"), std::string::npos) << "it was answered";
  EXPECT_NE(calendar("officer").find("problem_check 2026-08-25 1/1 unlimited; "), std::string::npos);
  EXPECT_NE(calendar("clerk").find("problem 2026-08-24 0/1; "), std::string::npos);
  EXPECT_EQ(calendar("clerk").find("problem_check"), std::string::npos);
  act_on("officer", 4, {{"action", "refuse"}, {"text", "没有改到位"}});
  EXPECT_NE(notices("clerk").find("problem_returned 2026-09-08 0; "), std::string::npos);
  act_on("clerk", 5, {{"action", "reply"}, {"text", "改到位了"}});
  act_on("officer", 6, {{"action", "check"}, {"text", "已核对"}});
  EXPECT_NE(calendar("chief").find("problem_close 2026-08-25 1/1 unlimited; "), std::string::npos);
  // A form that goes back is news to its unit, and what is read is read.
  EXPECT_EQ(step(id, "chief", "reopen", "执行数有误"), "");
  EXPECT_EQ(notices("clerk").find("alarm"), std::string::npos) << "its red lights went with it";
  const json::value all = get_json("/api/v1/me/notices", "clerk");
  json::array ids;
  for (const json::value& each : all.at("items").as_array()) ids.push_back(each.at("id"));
  EXPECT_NE(notices("clerk").find("form_returned"), std::string::npos);
  EXPECT_EQ(send("POST", "/api/v1/me/notices/read", json::object{{"notices", ids}}, as("clerk")).status, 204);
  EXPECT_EQ(get_json("/api/v1/me/notices", "clerk").at("unread").as_int64(), 0);
  EXPECT_EQ(get("/api/v1/me/notices?as=xlsx", as("clerk")).status, 200);
  EXPECT_NE(get("/api/v1/calendar/file?from=2026-07-01&to=2026-10-31", as("clerk")).body.find("甲局：2026年1-7月绩效运行监控报送截止"),
            std::string::npos);
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

TEST_F(FollowUps, WhatIsWrittenReadsBackTheSame) {
  const std::string id = laid("monitoring", 7);
  json::object table = filled({"3", "99", "5", "95"}, "60");
  table["indicators"].as_array()[0].as_object()["causes"] = json::array{json::object{{"cause", "人员保障"}, {"text", "运维人员不足"}}};
  EXPECT_EQ(edit(id, table).status, 200);
  const json::value body = form(id);
  for (const char* carrier : {"docx", "xlsx", "pdf", "html"}) {
    const Answer file = get("/api/v1/follow-ups/" + id + "/export?to=" + carrier, as("clerk"));
    ASSERT_EQ(file.status, 200) << carrier;
    const Document read = reading::read_document(file.body, std::string("表.") + carrier);
    ASSERT_EQ(read.tables.size(), 1U) << carrier;
    const GoalTable& back = read.tables.front();
    EXPECT_EQ(back.kind, TableKind::monitoring) << carrier;
    const json::value& shown = body.at("tables").at(0).at("table");
    for (std::size_t i = 0; i < 4; ++i) {
      const json::value& row = shown.at("indicators").at(i);
      EXPECT_EQ(back.indicators.at(i).level3, row.at("level3").as_string()) << carrier;
      EXPECT_EQ(back.indicators.at(i).actual.value_or(""), row.at("actual").as_string()) << carrier;
      EXPECT_EQ(back.indicators.at(i).forecast.value_or(""), row.at("forecast").as_string()) << carrier;
      EXPECT_EQ(back.indicators.at(i).likelihood.value_or(""), row.at("likelihood").as_string()) << carrier;
    }
    EXPECT_EQ(back.execution.at(0).executed.value_or(""), "60") << carrier;
    EXPECT_EQ(back.execution.at(0).rate.value_or(""), "49.79") << carrier;
    EXPECT_EQ(back.indicators.at(0).causes.size(), 1U) << carrier;
  }
  EXPECT_EQ(get("/api/v1/follow-ups/" + id + "/export?to=docx", as("stranger")).status, 404);
}

TEST_F(FollowUps, AFormFilledInElsewhereIsTakenAndWhatItAlteredIsTold) {
  set_clock(february);
  for (const char* login : {"clerk", "head", "chief"}) log_in_again(login);
  const std::string id = laid("self_evaluation", 12);
  auto table = table_from_json(json::serialize(form(id).at("tables").at(0).at("table"))).value();
  table.goal_result = "全年完成。";
  table.execution.front().executed = "100";
  const char* actuals[] = {"11", "98", "12", "95"};
  for (std::size_t i = 0; i < 4; ++i) {
    table.indicators[i].actual = actuals[i];
    table.indicators[i].score = "22.50";
    table.indicators[i].weight = "22.50";
  }
  table.indicators[2].value = "8";  // 10 was approved
  table.total_score = "99.99";
  table.indicators.pop_back();
  const auto bytes = writing::write_forms({&table, 1}, writing::Carrier::docx).value();
  const auto take = [&](const std::string& login, const std::string& content) {
    return upload_to("/api/v1/follow-ups/" + id + "/form", {{"自评表.docx", content}}, at_latest(id, login));
  };
  EXPECT_EQ(code_of(take("head", bytes)), "forbidden");
  EXPECT_EQ(code_of(take("clerk", tests::document_of(tests::goal_table("甲局")))), "no-form");
  EXPECT_GE(take("clerk", "不是文档").status, 400);
  const json::value taken = expect_documented(take("clerk", bytes), "takeForm");
  std::set<std::string> told;
  for (const json::value& each : taken.at("faults").as_array())
    told.insert(std::string(each.at("code").as_string()) + " " + std::string(each.at("name").as_string()));
  EXPECT_EQ(told,
            (std::set<std::string>{"target-changed 业务办理提速比例", "indicator-dropped 使用人员满意度", "score-miscounted 系统巡检次数",
                                   "score-miscounted 故障处理合格率", "score-miscounted 业务办理提速比例",
                                   "deviation-unexplained 系统巡检次数", "total-miscounted 甲局信息系统运维项目"}));
  const json::value& filled = taken.at("form").at("tables").at(0).at("table");
  EXPECT_EQ(filled.at("indicators").at(0).at("actual").as_string(), "11");
  EXPECT_EQ(filled.at("indicators").at(2).at("value").as_string(), "10") << "what was approved stays";
  EXPECT_EQ(filled.at("goal_result").as_string(), "全年完成。");
  EXPECT_EQ(filled.at("execution").at(0).at("executed").as_string(), "100");
}

}  // namespace
}  // namespace jiheng::service
