// A filing on its way: from the clerk through the steps to approval, everybody in his own post.
#include <gtest/gtest.h>

#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

using Filing = tests::FilingTest;

TEST_F(Filing, GoesThroughTheStepsToApproval) {
  const std::string id = file();
  EXPECT_EQ(actions(id, "clerk"), "submit delete ");
  EXPECT_EQ(actions(id, "head"), "");
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  // The unit has no department over it: that step is left out.
  for (const char* step : {"unit", "section", "performance", "leader"}) {
    EXPECT_EQ(place(id), std::string("submitted at ") + step);
    const std::map<std::string, std::string> signers{
        {"unit", "head"}, {"section", "section"}, {"performance", "chief"}, {"leader", "leader"}};
    for (const auto& [at, login] : signers) {
      const bool his_turn = at == step;
      EXPECT_EQ(actions(id, login), his_turn ? "return approve " : "") << step << " " << login;
      if (his_turn) continue;
      EXPECT_EQ(outcome(id, login, "approve"), "forbidden") << step << " " << login;
    }
    EXPECT_EQ(outcome(id, signers.at(step), "approve", "同意"), "") << step;
  }
  EXPECT_EQ(place(id), "approved");
  const json::value body = opened(id, "leader");
  const json::array& signatures = body.at("filing").at("signatures").as_array();
  ASSERT_EQ(signatures.size(), 4U);
  EXPECT_EQ(signatures[3].at("name").as_string(), "leader同志");
  EXPECT_EQ(signatures[0].at("content").as_string().size(), 64U);
  EXPECT_EQ(signatures[0].at("content"), signatures[3].at("content"));
}

TEST_F(Filing, OfAUnitBelowADepartmentWaitsForTheDepartmentToo) {
  person("sub", {{Role::unit_clerk, unit("甲局下属中心")}, {Role::unit_clerk, unit("乙局")}});
  person("subhead", {{Role::unit_head, unit("甲局下属中心")}});
  person("department", {{Role::department_officer, unit("甲局")}});
  const auto imported = bring("sub", tests::goal_table("甲局下属中心"));
  const std::string id(imported.at("submission").as_string());
  EXPECT_EQ(outcome(id, "sub", "submit"), "");
  EXPECT_EQ(outcome(id, "subhead", "approve"), "");
  EXPECT_EQ(place(id), "submitted at department");
  EXPECT_EQ(outcome(id, "department", "approve"), "");
  EXPECT_EQ(place(id), "submitted at section");
}

TEST_F(Filing, IsSeenOnlyByThoseWhosePostsReachTheUnit) {
  const std::string id = file();
  for (const char* login : {"clerk", "head", "section", "officer", "chief", "leader"})
    EXPECT_EQ(get("/api/v1/submissions/" + id, as(login)).status, 200) << login;
  const json::value body = opened(id, "clerk");
  const std::string original(body.at("tables").at(0).at("attachment").as_string());
  for (const std::string& target :
       {"/api/v1/submissions/" + id, "/api/v1/submissions/" + id + "/revisions", "/api/v1/submissions/" + id + "/revisions/1",
        "/api/v1/submissions/" + id + "/export", "/api/v1/export?ids=" + id, "/api/v1/attachments/" + original,
        "/api/v1/attachments/" + original + "/layout"}) {
    EXPECT_EQ(get(target, as("stranger")).status, 404) << target;
    EXPECT_EQ(get(target, as("head")).status, 200) << target;
  }
  tests::Headers headers = as("stranger");
  headers.emplace_back("If-Match", "\"1\"");
  EXPECT_EQ(send("POST", "/api/v1/submissions/" + id + "/actions", json::object{{"action", "delete"}}, headers).status, 404);
  EXPECT_EQ(send("PUT", "/api/v1/submissions/" + id + "/tables", json::object{{"tables", json::array()}}, headers).status, 404);
  EXPECT_EQ(expect_documented(get("/api/v1/submissions", as("stranger")), "listSubmissions").at("total").as_int64(), 0);
  EXPECT_EQ(expect_documented(get("/api/v1/submissions", as("clerk")), "listSubmissions").at("total").as_int64(), 1);
}

TEST_F(Filing, BringsOnlyTheOwnUnitsTables) {
  const auto foreign = bring("clerk", tests::goal_table("乙局"));
  EXPECT_EQ(foreign.at("state").as_string(), "failed");
  EXPECT_EQ(foreign.at("code").as_string(), "not-your-unit");
  // By another of its names, and by one that is nobody's: a clerk of one unit brings his own.
  EXPECT_EQ(bring("clerk", tests::goal_table("甲局机关")).at("state").as_string(), "imported");
  EXPECT_EQ(bring("clerk", tests::goal_table("申局"), "再来.docx").at("state").as_string(), "imported");
  EXPECT_EQ(expect_documented(get("/api/v1/submissions", as("clerk")), "listSubmissions").at("total").as_int64(), 1);
  EXPECT_EQ(expect_documented(get("/api/v1/submissions", as("stranger")), "listSubmissions").at("total").as_int64(), 0);
}

TEST_F(Filing, StaysTheUnitsWhateverNameIsWrittenIntoIt) {
  // Taken in by the bureau, so that only the name says whose it is.
  const std::string id(bring("officer", tests::goal_table("甲局")).at("submission").as_string());
  json::value tables = opened(id, "clerk").at("tables");
  tables.at(0).as_object()["unit_name"] = "乙局";
  tests::Headers headers = as("clerk");
  headers.emplace_back("If-Match", "\"1\"");
  EXPECT_EQ(send("PUT", "/api/v1/submissions/" + id + "/tables", json::object{{"tables", tables}}, headers).status, 200);
  EXPECT_EQ(opened(id, "clerk").at("submission").at("unit").as_string(), unit("甲局"));
  EXPECT_EQ(get("/api/v1/submissions/" + id, as("stranger")).status, 404);
}

TEST_F(Filing, SentBackIsMendedAndFiledAgain) {
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(outcome(id, "head", "approve"), "");
  EXPECT_EQ(outcome(id, "clerk", "withdraw"), "action-not-allowed") << "somebody has signed it";
  EXPECT_EQ(outcome(id, "section", "return", "请补充指标解释"), "");
  EXPECT_EQ(place(id), "returned");
  EXPECT_EQ(opened(id, "clerk").at("opinion").as_string(), "请补充指标解释");
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(outcome(id, "clerk", "withdraw"), "");
  EXPECT_EQ(place(id), "draft");
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(opened(id, "clerk").at("filing").at("round").as_int64(), 3);
  EXPECT_EQ(place(id), "submitted at unit") << "who signed before signs anew";
}

TEST_F(Filing, IsNotChangedOnItsWayNorOnceApproved) {
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  const auto edit = [&](const std::string& login) {
    const json::value body = opened(id, "chief");
    tests::Headers headers = as(login);
    headers.emplace_back("If-Match", "\"" + std::to_string(body.at("submission").at("revision").as_int64()) + "\"");
    json::value tables = body.at("tables");
    tables.at(0).as_object()["amount"] = "99.00";
    const Answer answer = send("PUT", "/api/v1/submissions/" + id + "/tables", json::object{{"tables", tables}}, headers);
    return answer.status == 200 ? std::string() : code_of(answer);
  };
  EXPECT_EQ(edit("clerk"), "action-not-allowed");
  EXPECT_EQ(edit("head"), "forbidden");
  EXPECT_EQ(bring("clerk", tests::goal_table("甲局", 2026, true)).at("code").as_string(), "action-not-allowed");
  approve_all(id);
  EXPECT_EQ(edit("clerk"), "action-not-allowed");
  EXPECT_EQ(outcome(id, "clerk", "submit"), "action-not-allowed");
  // An adjustment needs its reason, shows what it adjusts, and goes the whole way again.
  EXPECT_EQ(actions(id, "clerk"), "adjust ");
  EXPECT_EQ(outcome(id, "clerk", "adjust", "  "), "why-missing");
  EXPECT_EQ(outcome(id, "clerk", "adjust", "年中追加经费"), "");
  json::value body = opened(id, "clerk");
  EXPECT_EQ(body.at("filing").at("adjust_why").as_string(), "年中追加经费");
  EXPECT_EQ(body.at("filing").at("adjusts").as_int64() + 1, body.at("submission").at("revision").as_int64());
  EXPECT_EQ(outcome(id, "clerk", "delete"), "action-not-allowed");
  EXPECT_EQ(edit("clerk"), "");
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  approve_all(id);
  body = opened(id, "clerk");
  EXPECT_EQ(body.at("submission").at("state").as_string(), "approved");
  EXPECT_TRUE(body.at("filing").at("adjusts").is_null());
}

TEST_F(Filing, NobodySignsWhatHeFiledNorTwoStepsOfOneRound) {
  person("both", {{Role::unit_clerk, unit("甲局")}, {Role::unit_head, unit("甲局")}});
  person("many", {{Role::section_officer, section("预算股")}, {Role::performance_head, {}}});
  const std::string id(bring("both", tests::goal_table("甲局")).at("submission").as_string());
  EXPECT_EQ(outcome(id, "both", "submit"), "");
  EXPECT_EQ(actions(id, "both"), "withdraw return ");
  EXPECT_EQ(outcome(id, "both", "approve"), "four-eyes");
  EXPECT_EQ(outcome(id, "head", "approve"), "");
  EXPECT_EQ(outcome(id, "many", "approve"), "");
  EXPECT_EQ(outcome(id, "many", "approve"), "four-eyes");
  EXPECT_EQ(outcome(id, "chief", "approve"), "");
}

TEST_F(Filing, ThatTheBureauTookInOnPaperSkipsTheUnitsStepsButNotTheSecondPerson) {
  const std::string id(bring("officer", tests::goal_table("乙局")).at("submission").as_string());
  EXPECT_EQ(outcome(id, "officer", "submit"), "");
  EXPECT_EQ(place(id), "submitted at section");
  EXPECT_EQ(outcome(id, "section", "approve"), "");
  EXPECT_EQ(outcome(id, "officer", "approve"), "four-eyes");
  EXPECT_EQ(outcome(id, "chief", "approve"), "");
}

TEST_F(Filing, WhoStandsInIsNoSecondPersonForWhatHeFiled) {
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  const auto delegate = [&](const std::string& from, const std::string& to, Role role) {
    return send(
        "POST", "/api/v1/delegations",
        json::object{{"to_account", ids_.at(to)}, {"role", access::role_code(role)}, {"from_day", "2026-03-02"}, {"to_day", "2026-03-04"}},
        as(from));
  };
  EXPECT_EQ(code_of(delegate("clerk", "stranger", Role::unit_head)), "invalid-delegation") << "it is not his to give";
  EXPECT_EQ(delegate("head", "clerk", Role::unit_head).status, 201);
  EXPECT_EQ(outcome(id, "clerk", "approve"), "four-eyes");
}

TEST_F(Filing, WhomSomebodyStoodInForWhileFilingIsNoSecondPersonEither) {
  person("both", {{Role::unit_clerk, unit("甲局")}, {Role::unit_head, unit("甲局")}});
  EXPECT_EQ(
      send("POST", "/api/v1/delegations",
           json::object{{"to_account", ids_.at("stranger")}, {"role", "unit_clerk"}, {"from_day", "2026-03-02"}, {"to_day", "2026-03-02"}},
           as("both"))
          .status,
      201);
  const Answer begun = send("POST", "/api/v1/submissions", json::object{{"unit", unit("甲局")}, {"year", 2026}}, as("stranger"));
  ASSERT_EQ(begun.status, 201) << begun.body;
  const std::string id(json::parse(begun.body).at("submission").at("id").as_string());
  EXPECT_EQ(bring("stranger", tests::goal_table("甲局")).at("state").as_string(), "imported");
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(outcome(id, "both", "approve"), "four-eyes");
  EXPECT_EQ(outcome(id, "head", "approve"), "");
}

TEST_F(Filing, ADelegationLastsItsDays) {
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(
      send("POST", "/api/v1/delegations",
           json::object{{"to_account", ids_.at("stranger")}, {"role", "unit_head"}, {"from_day", "2026-03-03"}, {"to_day", "2026-03-03"}},
           as("head"))
          .status,
      201);
  EXPECT_EQ(get("/api/v1/submissions/" + id, as("stranger")).status, 404);
  pass(24 * 3600);
  const auto sees = [&] { return get("/api/v1/submissions/" + id, cookie_of(log_in("stranger"))).status == 200; };
  EXPECT_TRUE(sees());
  pass(24 * 3600);
  EXPECT_FALSE(sees());
}

TEST_F(Filing, ADelegatesSignatureNamesBoth) {
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(
      send("POST", "/api/v1/delegations",
           json::object{{"to_account", ids_.at("stranger")}, {"role", "unit_head"}, {"from_day", "2026-03-02"}, {"to_day", "2026-03-02"}},
           as("head"))
          .status,
      201);
  EXPECT_EQ(outcome(id, "stranger", "approve"), "");
  const json::value body = opened(id, "head");
  const json::value& signature = body.at("filing").at("signatures").at(0);
  EXPECT_EQ(signature.at("name").as_string(), "stranger同志");
  EXPECT_EQ(signature.at("for_name").as_string(), "head同志");
  const json::value journal = json::parse(get("/api/v1/journal?limit=1", cookie_of(auditor())).body);
  EXPECT_EQ(journal.at(0).at("actor").as_string(), "stranger（代head同志）");
}

TEST_F(Filing, UnderANameThatIsNobodysIsGivenToItsUnitOnceAndKnownEverAfter) {
  const std::string id(bring("officer", tests::goal_table("甲居")).at("submission").as_string());
  json::value body = opened(id, "officer");
  EXPECT_TRUE(body.at("submission").at("unit").is_null());
  EXPECT_EQ(get("/api/v1/submissions/" + id, as("clerk")).status, 404);
  tests::Headers headers = as("officer");
  headers.emplace_back("If-Match", "\"1\"");
  const Answer assigned = send("PUT", "/api/v1/submissions/" + id + "/unit", json::object{{"unit", unit("甲局")}}, headers);
  EXPECT_EQ(assigned.status, 200) << assigned.body;
  EXPECT_EQ(get("/api/v1/submissions/" + id, as("clerk")).status, 200);
  const auto next = bring("officer", tests::goal_table("甲居", 2027), "来年.docx");
  body = opened(std::string(next.at("submission").as_string()), "officer");
  EXPECT_EQ(body.at("submission").at("unit").as_string(), unit("甲局"));
}

TEST_F(Filing, BeginsOnThePageWithEmptyFormsOrThoseOfTheYearBefore) {
  const auto begin = [&](const std::string& login, int year, json::object more = {}) {
    more["unit"] = unit("甲局");
    more["year"] = year;
    return send("POST", "/api/v1/submissions", more, as(login));
  };
  EXPECT_EQ(code_of(begin("head", 2027)), "forbidden");
  EXPECT_EQ(code_of(begin("stranger", 2027)), "forbidden");
  EXPECT_EQ(code_of(begin("clerk", 1999)), "invalid-table");
  EXPECT_EQ(code_of(begin("clerk", 2027, {{"overall", false}})), "invalid-table");
  EXPECT_EQ(code_of(begin("clerk", 2026, {{"from_last_year", true}})), "nothing-last-year");
  const json::value empty = expect_documented(begin("clerk", 2026, {{"projects", json::array{"培训项目", " "}}}), "beginSubmission");
  ASSERT_EQ(empty.at("tables").as_array().size(), 2U);
  EXPECT_EQ(empty.at("tables").at(0).at("kind").as_string(), "overall");
  EXPECT_EQ(empty.at("tables").at(1).at("project_name").as_string(), "培训项目");
  EXPECT_EQ(empty.at("submission").at("unit").as_string(), unit("甲局"));
  const std::string id(empty.at("submission").at("id").as_string());
  EXPECT_EQ(code_of(begin("clerk", 2026)), "submission-exists");
  // The next year begins with what this one holds, without what was done.
  json::value tables = empty.at("tables");
  tables.at(1).as_object()["indicators"] = json::array{json::object{{"level1", "产出指标"},
                                                                    {"level2", "数量指标"},
                                                                    {"level3", "培训期数"},
                                                                    {"comparator", ">="},
                                                                    {"upper", "15"},
                                                                    {"value", "12"},
                                                                    {"unit", "期"},
                                                                    {"actual", "13"}}};
  tests::Headers headers = as("clerk");
  headers.emplace_back("If-Match", "\"1\"");
  ASSERT_EQ(send("PUT", "/api/v1/submissions/" + id + "/tables", json::object{{"tables", tables}}, headers).status, 200);
  const json::value next = expect_documented(begin("clerk", 2027, {{"from_last_year", true}}), "beginSubmission");
  const json::value& indicator = next.at("tables").at(1).at("indicators").at(0);
  EXPECT_EQ(next.at("submission").at("year").as_int64(), 2027);
  EXPECT_EQ(indicator.at("value").as_string(), "12");
  EXPECT_EQ(indicator.at("upper").as_string(), "15");
  EXPECT_FALSE(indicator.as_object().contains("actual") && !indicator.at("actual").is_null());
}

TEST_F(Filing, WaitsInTheListOfWhoHasTheNextMove) {
  const std::string id = file();
  const auto mine = [&](const std::string& login) {
    const json::value list = expect_documented(get("/api/v1/submissions?mine=1", as(login)), "listSubmissions");
    EXPECT_EQ(list.at("total"), list.at("counts").at("mine"));
    return list.at("items").as_array().size();
  };
  const auto only = [&](const std::string& whose) {
    for (const char* login : {"clerk", "head", "section", "officer", "chief", "leader", "stranger"}) {
      const bool his = whose == login || (whose == "chief" && std::string(login) == "officer");
      EXPECT_EQ(mine(login), his ? 1U : 0U) << login << " where it is the turn of " << whose;
    }
  };
  only("clerk");
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  only("head");
  EXPECT_EQ(outcome(id, "head", "approve"), "");
  only("section");
  EXPECT_EQ(outcome(id, "section", "approve"), "");
  only("chief");
  EXPECT_EQ(outcome(id, "chief", "approve"), "");
  only("leader");
  EXPECT_EQ(outcome(id, "leader", "approve"), "");
  only("nobody");
  EXPECT_EQ(code_of(get("/api/v1/submissions?mine=2", as("clerk"))), "bad-parameter");
}

TEST_F(Filing, LeavesAJournalThatVerifies) {
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  approve_all(id);
  EXPECT_TRUE(json::parse(ask("POST", "/api/v1/verify", {}, cookie_of(auditor())).body).at("ok").as_bool());
  // What is derived comes back from the records alone.
  const std::string before = get("/api/v1/accounts", cookie_of(security())).body + get("/api/v1/units", cookie_of(security())).body;
  access::Sessions sessions(registry().store(), registry().tenant(), [this] { return now(); });
  desks::People(registry(), sessions).rebuild();
  EXPECT_EQ(get("/api/v1/accounts", cookie_of(security())).body + get("/api/v1/units", cookie_of(security())).body, before);
}

}  // namespace
}  // namespace jiheng::service
