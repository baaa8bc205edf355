// What the bureau makes of a filing on its way: aspects judged, errors waived, its own wording agreed to; and an adjustment given up.
#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;

class Review : public tests::FilingTest {
 protected:
  /// On its way, signed by the unit's head, so that the section's turn has come.
  std::string at_section(bool faulty) {
    std::string id(bring("clerk", tests::goal_table("甲局", 2026, faulty)).at("submission").as_string());
    EXPECT_EQ(outcome(id, "clerk", "submit"), "");
    EXPECT_EQ(outcome(id, "head", "approve"), "");
    return id;
  }
  tests::Headers with_revision(const std::string& id, const std::string& login) const {
    tests::Headers headers = as(login);
    headers.emplace_back("If-Match", "\"" + std::to_string(opened(id, "chief").at("submission").at("revision").as_int64()) + "\"");
    return headers;
  }
  /// "" where it was done, else the code.
  std::string put(const std::string& id, const std::string& login, const std::string& what, const json::value& body) const {
    const Answer answer = send("PUT", "/api/v1/submissions/" + id + "/" + what, body, with_revision(id, login));
    return answer.status < 300 ? "" : code_of(answer);
  }
  std::string judge(const std::string& id, const std::string& login, const json::value& points, const std::string& reason,
                    const std::string& aspect = "适当性") const {
    return put(id, login, "aspects", json::object{{"table", 0}, {"aspect", aspect}, {"points", points}, {"reason", reason}});
  }
  std::string error_of(const std::string& id) const {
    const json::value body = opened(id, "chief");
    for (const json::value& each : body.at("audit").at("findings").as_array()) {
      if (each.at("severity").as_string() == "error") return std::string(each.at("key").as_string());
    }
    return {};
  }
  std::string waive(const std::string& id, const std::string& login, const std::string& finding, const json::value& reason) const {
    return put(id, login, "waivers", json::object{{"finding", finding}, {"reason", reason}});
  }
  json::value tables_with_goal(const std::string& id, const std::string& goal) const {
    json::value tables = opened(id, "chief").at("tables");
    tables.at(0).as_object()["annual_goal"] = goal;
    return tables;
  }
  std::string propose(const std::string& id, const std::string& login, const json::value& tables) const {
    return put(id, login, "proposal", json::object{{"tables", tables}, {"why", "表述更准确"}});
  }
  std::string goal_of(const std::string& id) const {
    return std::string(opened(id, "chief").at("tables").at(0).at("annual_goal").as_string());
  }
};

TEST_F(Review, AnErrorIsMendedOrWaivedWithAReasonBeforeTheBureauSigns) {
  const std::string id = at_section(true);
  EXPECT_EQ(outcome(id, "section", "approve"), "errors-open");
  const std::string finding = error_of(id);
  ASSERT_FALSE(finding.empty());
  EXPECT_EQ(waive(id, "clerk", finding, "没有问题"), "forbidden");
  EXPECT_EQ(waive(id, "chief", finding, "没有问题"), "forbidden") << "it is the section's turn";
  EXPECT_EQ(waive(id, "section", "0123456789abcdef", "没有问题"), "no-such-finding");
  EXPECT_EQ(waive(id, "section", finding, " "), "why-missing") << "a blank reason takes nothing back";
  EXPECT_EQ(waive(id, "section", finding, 7), "json-shape");
  EXPECT_EQ(waive(id, "section", finding, "上级文件规定按110%考核"), "");
  json::value body = opened(id, "clerk");
  EXPECT_EQ(body.at("submission").at("error").as_int64(), 0);
  EXPECT_EQ(body.at("submission").at("waived").as_int64(), 1);
  const json::value& waiver = body.at("filing").at("review").at("waivers").at(0);
  EXPECT_EQ(waiver.at("reason").as_string(), "上级文件规定按110%考核");
  EXPECT_EQ(waiver.at("name").as_string(), "section同志");
  EXPECT_EQ(body.at("grades").at(0).at("grade").as_string(), "优") << "what is waived takes no points";
  // Taken back, it stands in the way again.
  EXPECT_EQ(waive(id, "section", finding, nullptr), "");
  EXPECT_EQ(outcome(id, "section", "approve"), "errors-open");
  EXPECT_EQ(waive(id, "section", finding, nullptr), "no-such-finding");
  EXPECT_EQ(waive(id, "section", finding, "上级文件规定按110%考核"), "");
  for (const char* login : {"section", "chief", "leader"}) EXPECT_EQ(outcome(id, login, "approve"), "") << login;
  EXPECT_EQ(opened(id, "clerk").at("filing").at("review").at("waivers").as_array().size(), 1U) << "it stays visible";
}

TEST_F(Review, AWaiverIsOfTheFindingAsItReads) {
  const std::string id = at_section(true);
  EXPECT_EQ(waive(id, "section", error_of(id), "按上级文件"), "");
  EXPECT_EQ(outcome(id, "section", "return", "请核对"), "");
  json::value tables = opened(id, "clerk").at("tables");
  tables.at(0).at("indicators").at(1).as_object()["value"] = "120";
  EXPECT_EQ(put(id, "clerk", "tables", json::object{{"tables", tables}}), "");
  EXPECT_EQ(opened(id, "clerk").at("submission").at("error").as_int64(), 1);
}

TEST_F(Review, ATableGradedTooLowGoesNoFurther) {
  const std::string id = at_section(false);
  EXPECT_EQ(judge(id, "clerk", "10", "证据不足"), "forbidden");
  EXPECT_EQ(judge(id, "section", "10", "  "), "why-missing");
  EXPECT_EQ(judge(id, "section", "30.01", "指标值偏低"), "invalid-points");
  EXPECT_EQ(judge(id, "section", "-1", "指标值偏低"), "invalid-points");
  EXPECT_EQ(judge(id, "section", "12.345", "指标值偏低"), "invalid-points");
  EXPECT_EQ(judge(id, "section", " ", "指标值偏低"), "invalid-points");
  EXPECT_EQ(put(id, "section", "aspects", json::object{{"table", 1}, {"aspect", "适当性"}, {"points", "10"}, {"reason", "没有这张表"}}),
            "invalid-points");
  EXPECT_EQ(judge(id, "section", "10", "指标值偏低"), "");
  json::value body = opened(id, "clerk");
  EXPECT_EQ(body.at("grades").at(0).at("grade").as_string(), "中") << "an aspect of 差 lets the whole be no better";
  EXPECT_EQ(body.at("grades").at(0).at("aspects").at("适当性").at("points").as_string(), "10");
  EXPECT_EQ(body.at("audit").at("grades").at(0).at("grade").as_string(), "优") << "what was suggested stays beside it";
  EXPECT_EQ(body.at("filing").at("review").at("judged").at(0).at("suggested").as_string(), "29.7");
  EXPECT_EQ(outcome(id, "section", "approve"), "grade-stops");
  EXPECT_EQ(propose(id, "section", tables_with_goal(id, "保障全年运行，完成12次巡检。")), "grade-not-editable");
  EXPECT_EQ(judge(id, "section", nullptr, ""), "");
  const std::int64_t revision = opened(id, "chief").at("submission").at("revision").as_int64();
  EXPECT_EQ(judge(id, "section", nullptr, ""), "");
  EXPECT_EQ(opened(id, "chief").at("submission").at("revision").as_int64(), revision) << "nothing to take back, nothing stored";
  EXPECT_EQ(outcome(id, "section", "approve"), "");
}

TEST_F(Review, JudgementsEndWithTheRound) {
  const std::string id = at_section(false);
  EXPECT_EQ(judge(id, "section", "10", "指标值偏低"), "");
  EXPECT_EQ(outcome(id, "section", "return", "请提高指标值"), "");
  EXPECT_EQ(opened(id, "clerk").at("grades").at(0).at("grade").as_string(), "中") << "the unit sees why";
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  const json::value body = opened(id, "clerk");
  EXPECT_TRUE(body.at("filing").at("review").at("judged").as_array().empty());
  EXPECT_TRUE(body.at("filing").at("filed_before").is_int64());
}

TEST_F(Review, TheAuditorsWordingStandsOnceTheUnitAgrees) {
  const std::string id = at_section(false);
  const std::string before = goal_of(id);
  EXPECT_EQ(propose(id, "clerk", tables_with_goal(id, "甲")), "forbidden");
  EXPECT_EQ(propose(id, "section", opened(id, "chief").at("tables")), "nothing-proposed");
  EXPECT_EQ(propose(id, "section", tables_with_goal(id, "保障系统稳定运行，全年完成12次巡检。")), "");
  EXPECT_EQ(goal_of(id), before) << "nothing changes before the unit agrees";
  EXPECT_EQ(outcome(id, "section", "approve"), "proposal-open");
  EXPECT_EQ(outcome(id, "clerk", "agree"), "forbidden") << "where the head signs, it is his consent";
  EXPECT_EQ(outcome(id, "section", "agree"), "forbidden");
  EXPECT_EQ(actions(id, "head"), "agree decline ");
  EXPECT_EQ(outcome(id, "head", "agree"), "");
  EXPECT_EQ(goal_of(id), "保障系统稳定运行，全年完成12次巡检。");
  EXPECT_EQ(place(id), "submitted at section");
  const json::value body = opened(id, "clerk");
  EXPECT_TRUE(body.at("filing").at("review").at("proposal").is_null());
  EXPECT_EQ(body.at("filing").at("signatures").at(0).at("name").as_string(), "head同志");
  for (const char* login : {"section", "chief", "leader"}) EXPECT_EQ(outcome(id, login, "approve"), "") << login;
  const json::value approved = opened(id, "clerk");
  const json::array& signatures = approved.at("filing").at("signatures").as_array();
  for (const json::value& each : signatures) EXPECT_EQ(each.at("content"), signatures[0].at("content")) << "all signed this wording";
}

TEST_F(Review, WhoSignedTheEarlierWordingSignsAnew) {
  const std::string id = at_section(false);
  EXPECT_EQ(outcome(id, "section", "approve"), "");
  EXPECT_EQ(propose(id, "officer", tables_with_goal(id, "全年完成12次巡检。")), "");
  EXPECT_EQ(outcome(id, "head", "agree"), "");
  EXPECT_EQ(place(id), "submitted at section");
}

TEST_F(Review, AgreedWordingStaysTheUnitsWhateverNameItBears) {
  // Taken in by the bureau, so that only the name says whose it is, and filed by the unit.
  const std::string id(bring("officer", tests::goal_table("甲局")).at("submission").as_string());
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(outcome(id, "head", "approve"), "");
  json::value tables = opened(id, "chief").at("tables");
  tables.at(0).as_object()["unit_name"] = "乙局";
  EXPECT_EQ(propose(id, "section", tables), "");
  EXPECT_EQ(outcome(id, "head", "agree"), "");
  EXPECT_EQ(opened(id, "clerk").at("submission").at("unit").as_string(), unit("甲局"));
  EXPECT_EQ(get("/api/v1/submissions/" + id, as("stranger")).status, 404);
}

TEST_F(Review, AProposalIsDeclinedWithAReasonOrTakenBack) {
  const std::string id = at_section(false);
  const std::string before = goal_of(id);
  EXPECT_EQ(outcome(id, "head", "agree"), "action-not-allowed");
  EXPECT_EQ(propose(id, "section", tables_with_goal(id, "甲")), "");
  EXPECT_EQ(outcome(id, "head", "decline"), "why-missing");
  EXPECT_EQ(outcome(id, "head", "decline", "与三定方案不一致"), "");
  EXPECT_EQ(goal_of(id), before);
  EXPECT_EQ(opened(id, "section").at("filing").at("review").at("declined").at("reason").as_string(), "与三定方案不一致");
  EXPECT_EQ(propose(id, "section", tables_with_goal(id, "乙")), "");
  EXPECT_TRUE(opened(id, "section").at("filing").at("review").at("declined").is_null());
  EXPECT_EQ(ask("DELETE", "/api/v1/submissions/" + id + "/proposal", {}, with_revision(id, "section")).status, 200);
  EXPECT_EQ(code_of(ask("DELETE", "/api/v1/submissions/" + id + "/proposal", {}, with_revision(id, "section"))), "nothing-proposed");
  EXPECT_EQ(outcome(id, "section", "approve"), "");
}

TEST_F(Review, AnAdjustmentGivenUpLeavesWhatWasApproved) {
  const std::string id = at_section(false);
  for (const char* login : {"section", "chief", "leader"}) EXPECT_EQ(outcome(id, login, "approve"), "") << login;
  const std::string approved = json::serialize(opened(id, "clerk").at("filing").at("signatures"));
  const std::string before = goal_of(id);
  EXPECT_EQ(outcome(id, "clerk", "give-up"), "action-not-allowed");
  EXPECT_EQ(outcome(id, "clerk", "adjust", "追加经费"), "");
  EXPECT_EQ(put(id, "clerk", "tables", json::object{{"tables", tables_with_goal(id, "完成24次巡检。")}}), "");
  EXPECT_EQ(outcome(id, "stranger", "give-up"), "not-found");
  EXPECT_EQ(outcome(id, "clerk", "give-up"), "");
  EXPECT_EQ(place(id), "approved");
  EXPECT_EQ(goal_of(id), before);
  EXPECT_EQ(json::serialize(opened(id, "clerk").at("filing").at("signatures")), approved);
}

TEST_F(Review, TheYearsPackSaysWhichRulesHold) {
  const std::string id = file();
  EXPECT_EQ(opened(id, "clerk").at("rules").at("pack").as_string(), "cn-2020@1");
  const auto troubles = [&] {
    const json::value body = opened(id, "clerk");
    return body.at("submission").at("error").as_int64() + body.at("submission").at("warning").as_int64();
  };
  const std::int64_t before = troubles();
  const auto year = [&](const json::object& more, const std::string& match) {
    json::object body{{"opens", "2026-03-02"}, {"work_days", 20}};
    for (const auto& each : more) body[each.key()] = each.value();
    tests::Headers headers = as("chief");
    if (!match.empty()) headers.emplace_back("If-Match", match);
    return send("PUT", "/api/v1/years/2026", body, headers);
  };
  EXPECT_EQ(code_of(year({{"pack", "cn-1066"}}, {})), "invalid-year");
  EXPECT_EQ(year({{"pack", "lukou-2026"}}, {}).status, 201);
  const json::value body = opened(id, "clerk");
  EXPECT_EQ(body.at("rules").at("pack").as_string(), "lukou-2026@1");
  EXPECT_GT(troubles(), before) << "the county asks for 成本指标 in every table";
  EXPECT_EQ(year({{"closed", true}}, "\"1\"").status, 200);
  EXPECT_EQ(code_of(year({{"closed", true}, {"pack", "cn-2020"}}, "\"2\"")), "invalid-year") << "nothing of a closed year is decided anew";
  const json::value packs = tests::expect_documented(get("/api/v1/packs", as("clerk")), "listPacks");
  EXPECT_GE(packs.as_array().size(), 6U);
}

}  // namespace
}  // namespace jiheng::service
