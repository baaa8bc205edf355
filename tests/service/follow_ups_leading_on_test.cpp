// From red lights and rechecks to problems, notices and the calendar.
#include <gtest/gtest.h>

#include <set>

#include "service/follow_ups_fixture.h"

namespace jiheng::service {
namespace {

struct FollowUpsLeadingOn : FollowUps {};

TEST_F(FollowUpsLeadingOn, AProblemIsRaisedFromARedLightAndLeadsBackToIt) {
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

TEST_F(FollowUpsLeadingOn, AProblemOfARecheckIsClosedOnTheFormFiledAnew) {
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

TEST_F(FollowUpsLeadingOn, FormsRedLightsAndProblemsStandAmongOnesNoticesAndInHisCalendar) {
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

}  // namespace
}  // namespace jiheng::service
