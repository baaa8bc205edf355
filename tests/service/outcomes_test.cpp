// 问题整改, 重点评价 and 结果应用 through the API, as the bureau's people and the unit's meet them.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;
using tests::Headers;

class AfterTheYear : public tests::FilingTest {
 protected:
  static Headers with(Headers headers, const json::value& view) {
    headers.emplace_back("If-Match", "\"" + std::to_string(view.at("revision").as_int64()) + "\"");
    return headers;
  }
  json::value post(const std::string& login, const std::string& path, const json::object& body, const char* operation) const {
    return expect_documented(send("POST", "/api/v1" + path, body, as(login)), operation);
  }
  json::value problem(const std::string& id) const { return expect_documented(get("/api/v1/problems/" + id, as("chief")), "openProblem"); }
  std::string raised(const std::string& login = "officer", const std::string& unit_name = "甲局") const {
    const json::object body{{"source", "audit"}, {"unit", unit(unit_name)}, {"year", 2026},
                            {"kind", "goal"},    {"text", "指标值为负"},    {"action", "改正"}};
    return std::string(post(login, "/problems", body, "raiseProblem").at("id").as_string());
  }
  Answer act(const std::string& id, const std::string& login, json::object body) const {
    return send("POST", "/api/v1/problems/" + id + "/actions", body, with(as(login), problem(id)));
  }
  std::string outcome(const std::string& id, const std::string& login, json::object body) const {
    const Answer answer = act(id, login, std::move(body));
    if (answer.status >= 300) return code_of(answer);
    expect_documented(answer, "actOnProblem");
    return "";
  }
  std::string outcome(const std::string& id, const std::string& login, const std::string& action) const {
    return outcome(id, login, json::object{{"action", action}, {"text", "已办"}});
  }
  Answer brought(const std::string& path, Headers headers) const {
    headers.emplace_back("Content-Type", "multipart/form-data; boundary=b");
    return ask("POST", "/api/v1" + path,
               "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"凭证.pdf\"\r\n\r\n%PDF\r\n--b--\r\n", headers);
  }
};

TEST_F(AfterTheYear, AProblemIsAnsweredCheckedAndClosedByThreePeople) {
  const std::string id = raised();
  EXPECT_EQ(get("/api/v1/problems/" + id, as("stranger")).status, 404);
  EXPECT_EQ(outcome(id, "stranger", "reply"), "not-found");
  const Answer file = brought("/problems/" + id + "/evidence?kind=%E4%BC%9A%E8%AE%A1%E5%87%AD%E8%AF%81", with(as("clerk"), problem(id)));
  expect_documented(file, "bringProblemEvidence");
  EXPECT_EQ(get("/api/v1/problems/" + id + "/evidence/1", as("clerk")).body, "%PDF");
  EXPECT_EQ(get("/api/v1/problems/" + id + "/evidence/1", as("stranger")).status, 404);
  for (const char* number : {"0", "-1", "x", "1x", "99999999999"})
    EXPECT_EQ(get("/api/v1/problems/" + id + "/evidence/" + number, as("clerk")).status, 404) << number;
  EXPECT_EQ(code_of(brought("/problems/" + id + "/evidence", as("clerk"))), "if-match-missing");
  EXPECT_EQ(get("/api/v1/problems/" + id + "/documents/closing", as("clerk")).status, 422);
  EXPECT_EQ(outcome(id, "officer", "reply"), "forbidden");
  EXPECT_EQ(outcome(id, "clerk", json::object{{"action", "reply"}, {"text", "已改"}, {"evidence", {1}}}), "");
  EXPECT_EQ(outcome(id, "clerk", "check"), "forbidden");
  EXPECT_EQ(outcome(id, "officer", "check"), "");
  EXPECT_EQ(outcome(id, "officer", "close"), "forbidden");
  EXPECT_EQ(outcome(id, "chief", "close"), "invalid-problem") << "a statement alone closes nothing";
  EXPECT_EQ(outcome(id, "chief", json::object{{"action", "close"}, {"basis", {{"kind", "document"}, {"evidence", 2}}}}), "closing-refused");
  EXPECT_EQ(outcome(id, "chief", json::object{{"action", "close"}, {"basis", {{"kind", "nonsense"}}}}), "json-shape");
  EXPECT_EQ(outcome(id, "chief", json::object{{"action", 5}}), "json-shape");
  EXPECT_EQ(outcome(id, "chief", json::object{{"action", "close"}, {"basis", {{"kind", "document"}, {"evidence", 1}}}}), "");
  EXPECT_EQ(problem(id).at("state").as_string(), "closed");
  for (const char* document : {"notice", "closing"}) {
    for (const char* to : {"docx", "pdf"}) {
      const Answer made = get("/api/v1/problems/" + id + "/documents/" + document + "?to=" + to, as("clerk"));
      EXPECT_EQ(made.status, 200) << document << to << made.body;
    }
  }
  EXPECT_EQ(get("/api/v1/problems/" + id + "/documents/nonsense", as("clerk")).status, 404);
  expect_documented(get("/api/v1/problems/" + id + "/deadline", as("clerk")), "problemDeadline");
  const Headers stale = [&] {
    Headers headers = as("chief");
    headers.emplace_back("If-Match", "\"1\"");
    return headers;
  }();
  EXPECT_EQ(code_of(send("POST", "/api/v1/problems/" + id + "/actions", json::object{{"action", "reopen"}, {"text", "又错"}}, stale)),
            "stale-revision");
  EXPECT_EQ(code_of(send("POST", "/api/v1/problems/" + id + "/actions", json::object{{"action", "reopen"}}, as("chief"))),
            "if-match-missing");
}

TEST_F(AfterTheYear, TheListIsFilteredCountedAndTakenAway) {
  raised();
  raised("officer", "乙局");
  const auto listed = [&](const std::string& login, const std::string& query) {
    return expect_documented(get("/api/v1/problems" + query, as(login)), "listProblems");
  };
  EXPECT_EQ(listed("chief", "").at("total").as_int64(), 2);
  EXPECT_EQ(listed("clerk", "").at("total").as_int64(), 1);
  EXPECT_EQ(listed("clerk", "?mine=1").at("total").as_int64(), 1);
  EXPECT_EQ(listed("chief", "?state=closed").at("total").as_int64(), 0);
  EXPECT_EQ(listed("chief", "?unit=" + unit("乙局")).at("items").as_array().size(), 1U);
  for (const char* wrong : {"?state=x", "?source=x", "?mine=yes", "?limit=0", "?year=-1"})
    EXPECT_EQ(code_of(get("/api/v1/problems" + std::string(wrong), as("chief"))), "bad-parameter") << wrong;
  expect_documented(get("/api/v1/problems/board", as("chief")), "problemBoard");
  const json::value rules = expect_documented(get("/api/v1/problems/rules?year=2026", as("clerk")), "problemRules");
  EXPECT_FALSE(rules.at("kinds").as_array().empty());
  for (const char* path : {"/problems?as=xlsx", "/problems/board?as=xlsx", "/problems?as=csv", "/evaluations?as=xlsx",
                           "/years/2026/results?as=xlsx", "/years/2026/ranking?as=xlsx"})
    EXPECT_EQ(get("/api/v1" + std::string(path), as("chief")).status, 200) << path;
  EXPECT_EQ(code_of(send("POST", "/api/v1/problems", json::object{{"source", "audit"}}, as("officer"))), "invalid-problem");
  EXPECT_EQ(code_of(send("POST", "/api/v1/problems", json::object{{"year", "x"}}, as("officer"))), "json-shape");
}

TEST_F(AfterTheYear, AProjectIsDrawnEvaluatedAndUsedForNextYear) {
  const std::string id = file();
  EXPECT_EQ(outcome(raised(), "clerk", "reply"), "");
  EXPECT_EQ(tests::FilingTest::outcome(id, "clerk", "submit"), "");
  const json::value candidates = expect_documented(get("/api/v1/evaluations/candidates?year=2026", as("officer")), "evaluationCandidates");
  ASSERT_FALSE(candidates.as_array().empty());
  const std::string project(candidates.at(0).at("project").as_string());
  const json::value sealed =
      post("officer", "/evaluation-draws", {{"year", 2026}, {"title", "重点评价"}, {"count", 1}, {"beacon_source", "双色球"}}, "sealDraw");
  EXPECT_TRUE(sealed.at("seed").is_null());
  const std::string draw(sealed.at("id").as_string());
  EXPECT_EQ(get("/api/v1/evaluation-draws/" + draw, as("clerk")).status, 404);
  const json::value drawn = post("officer", "/evaluation-draws/" + draw + "/drawing", {{"beacon", "01 02"}}, "drawProjects");
  EXPECT_EQ(sha256_hex(std::string(drawn.at("seed").as_string())), sealed.at("seed_hash").as_string());
  EXPECT_EQ(code_of(send("POST", "/api/v1/evaluation-draws/" + draw + "/drawing", json::object{{"beacon", "03"}}, as("officer"))),
            "action-not-allowed");
  expect_documented(get("/api/v1/evaluation-draws/" + draw, as("leader")), "openDraw");
  expect_documented(get("/api/v1/evaluation-draws", as("leader")), "listDraws");

  json::value view = post(
      "officer", "/evaluations",
      {{"form", "key"}, {"unit", unit("甲局")}, {"year", 2026}, {"project", project}, {"amount", "100"}, {"draw", draw}}, "planEvaluation");
  const std::string evaluation(view.at("id").as_string());
  EXPECT_EQ(get("/api/v1/evaluations/" + evaluation, as("clerk")).status, 404);
  const auto step = [&](const std::string& login, json::object body) {
    const Answer answer = send("POST", "/api/v1/evaluations/" + evaluation + "/actions", body, with(as(login), view));
    if (answer.status >= 300) return code_of(answer);
    view = expect_documented(answer, "actOnEvaluation");
    return std::string();
  };
  const json::value expert = post("officer", "/evaluators", {{"name", "李教授"}, {"units", {unit("甲局")}}}, "addEvaluator");
  EXPECT_EQ(step("officer", {{"action", "assign"}, {"evaluators", {expert.at("id")}}}), "avoidance");
  json::object ended{{"name", "李教授"}, {"active", true}, {"units", json::array()}};
  const json::value changed = expect_documented(
      send("PUT", "/api/v1/evaluators/" + std::string(expert.at("id").as_string()), ended, with(as("officer"), expert)), "changeEvaluator");
  EXPECT_EQ(step("officer", {{"action", "assign"}, {"evaluators", {changed.at("id")}}}), "");
  expect_documented(get("/api/v1/evaluators", as("chief")), "listEvaluators");
  const Answer file_brought = brought("/evaluations/" + evaluation + "/evidence", with(as("officer"), view));
  view = expect_documented(file_brought, "bringEvaluationEvidence");
  EXPECT_EQ(get("/api/v1/evaluations/" + evaluation + "/evidence/1", as("chief")).body, "%PDF");
  EXPECT_EQ(step("officer", {{"action", "note"}, {"text", "现场核对"}, {"criterion", 11}, {"evidence", {1}}}), "");
  json::array points;
  json::array reasons;
  for (const json::value& each : view.at("evaluation").at("criteria").as_array()) {
    points.push_back(each.at("points"));
    reasons.emplace_back("");
  }
  EXPECT_EQ(step("officer", {{"action", "score"}, {"evaluator", changed.at("id")}, {"points", points}, {"reasons", reasons}}), "");
  points.back() = "0";
  reasons.back() = "没有调查";
  EXPECT_EQ(step("chief", {{"action", "conclude"}, {"text", "同意"}}), "scores-missing");
  EXPECT_EQ(step("officer", {{"action", "score"}, {"points", points}, {"reasons", reasons}}), "");
  EXPECT_EQ(step("officer", {{"action", "conclude"}, {"text", "同意"}}), "four-eyes");
  EXPECT_EQ(step("officer", {{"action", "raise"}, {"problem", {{"kind", "performance"}, {"text", "没有调查"}, {"action", "补做"}}}}), "");
  EXPECT_EQ(step("officer", {{"action", "figures"}}), "");
  EXPECT_EQ(step("chief", {{"action", "conclude"}, {"text", "同意"}}), "");
  EXPECT_EQ(view.at("total").as_string(), "95");
  expect_documented(get("/api/v1/evaluations/" + evaluation, as("clerk")), "openEvaluation");
  for (const char* to : {"docx", "pdf"})
    EXPECT_EQ(get("/api/v1/evaluations/" + evaluation + "/report?to=" + to, as("clerk")).status, 200) << to;

  const json::value results = expect_documented(get("/api/v1/years/2026/results", as("leader")), "listResults");
  ASSERT_EQ(results.at("items").as_array().size(), 1U);
  EXPECT_EQ(results.at("items").at(0).at("grade").as_string(), "优");
  const json::object decision{{"unit", unit("甲局")}, {"project", project}, {"measure", "prefer"}, {"effect", "0"}};
  EXPECT_EQ(code_of(send("POST", "/api/v1/years/2026/results", decision, as("chief"))), "forbidden");
  expect_documented(send("POST", "/api/v1/years/2026/results", decision, as("leader")), "decideResult");
  EXPECT_EQ(code_of(send("POST", "/api/v1/years/2026/results", decision, as("leader"))), "stale-revision");
  const json::value told = expect_documented(get("/api/v1/years/2026/results", as("clerk")), "listResults");
  EXPECT_EQ(told.at("items").as_array().size(), 1U);
  expect_documented(get("/api/v1/years/2026/ranking", as("leader")), "unitRanking");
}

}  // namespace
}  // namespace jiheng::service
