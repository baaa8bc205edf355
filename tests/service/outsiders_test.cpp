// 外部人员: what a link shows, to whom, until when, and nothing else.
#include <gtest/gtest.h>

#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;
using tests::Headers;

class Outsider : public tests::FilingTest {
 protected:
  /// The secret of a new link, given by the performance section.
  std::string give(json::object wanted, const std::string& login = "officer") {
    for (const auto& [name, value] : json::object{{"name", "王专家（某大学）"}, {"purpose", "评审绩效目标"}, {"days", 7}}) {
      if (!wanted.contains(name)) wanted[name] = value;
    }
    const Answer answer = send("POST", "/api/v1/outsider-links", wanted, as(login));
    EXPECT_EQ(answer.status, 201) << answer.body;
    if (answer.status != 201) return {};
    const json::value body = expect_documented(answer, "giveOutsiderLink");
    link_ = std::string(body.at("link").at("id").as_string());
    return std::string(body.at("secret").as_string());
  }
  std::string approved(const std::string& unit_name) {
    const std::string login = unit_name == "乙局" ? "stranger" : "clerk";
    const std::string id = std::string(bring(login, tests::goal_table(unit_name)).at("submission").as_string());
    EXPECT_EQ(outcome(id, login, "submit"), "");
    for (const char* each : {"head", "section", "chief", "leader"}) {
      const bool other_head = unit_name == "乙局" && std::string(each) == "head";
      EXPECT_EQ(outcome(id, other_head ? "head_there" : each, "approve"), "") << each;
    }
    return id;
  }
  json::value visit(const std::string& secret) const {
    return expect_documented(send("POST", "/api/v1/visits", json::object{{"link", secret}}), "openVisit");
  }
  static Headers with(const std::string& secret) { return {{"Jiheng-Visit", secret}}; }
  int status(const std::string& secret, const std::string& target) const { return get(target, with(secret)).status; }

  std::string link_;
};

TEST_F(Outsider, SeesTheOneFilingThatTheLinkNames) {
  const std::string id = file();
  bring("stranger", tests::goal_table("乙局"));
  const std::string secret = give({{"shows", "submission"}, {"submission", id}, {"download", true}});
  const json::value found = visit(secret);
  EXPECT_EQ(found.at("name").as_string(), "王专家（某大学）");
  EXPECT_EQ(found.at("given_by").as_string(), "officer同志");
  ASSERT_EQ(found.at("items").as_array().size(), 1U);
  EXPECT_EQ(found.at("items").at(0).at("unit_name").as_string(), "甲局");
  const json::value tables = expect_documented(get("/api/v1/visit/submissions/" + id, with(secret)), "visitTables");
  EXPECT_EQ(tables.at("tables").at(0).at("unit_name").as_string(), "甲局");
  const Answer file = get("/api/v1/visit/submissions/" + id + "/form?to=xlsx", with(secret));
  EXPECT_EQ(file.status, 200);
  EXPECT_TRUE(file.body.starts_with("PK"));
}

TEST_F(Outsider, SeesNothingElseAndChangesNothing) {
  const std::string id = file();
  const std::string other = std::string(bring("stranger", tests::goal_table("乙局")).at("submission").as_string());
  const std::string secret = give({{"shows", "submission"}, {"submission", id}});
  EXPECT_EQ(code_of(get("/api/v1/visit/submissions/" + other, with(secret))), "not-found");
  EXPECT_EQ(code_of(get("/api/v1/visit/submissions/" + id + "/form", with(secret))), "visit-no-download");
  // The link is no login: as a cookie or a token it opens nothing, and beside them nothing more.
  for (const Route& route : server().router().routes()) {
    if (route.need.kind == Need::Kind::open || route.need.kind == Need::Kind::visit) continue;
    std::string target(route.pattern);
    for (std::size_t at = target.find('{'); at != std::string::npos; at = target.find('{'))
      target.replace(at, target.find('}', at) - at + 1, "1");
    Headers headers = with(secret);
    if (route.body == BodyKind::json) headers.emplace_back("Content-Type", "application/json");
    EXPECT_EQ(ask(route.method, target, route.body == BodyKind::json ? "{}" : "", headers).status, 401) << route.operation;
    const Headers bearer{{"Authorization", "Bearer " + secret}, {"Content-Type", "application/json"}};
    const Answer forged = route.body == BodyKind::files ? upload({}, {bearer.front()}) : ask(route.method, target, "{}", bearer);
    EXPECT_EQ(forged.status, 401) << route.operation;
  }
}

TEST_F(Outsider, WithoutAGoodLinkNobodySeesAnythingThere) {
  const std::string id = file();
  const std::string target = "/api/v1/visit/submissions/" + id;
  EXPECT_EQ(code_of(get(target)), "visit-void");
  EXPECT_EQ(code_of(get(target, with(std::string(64, 'a')))), "visit-void");
  EXPECT_EQ(code_of(get(target, as("leader"))), "visit-void") << "whoever has an account has the program";
  EXPECT_EQ(code_of(send("POST", "/api/v1/visits", json::object{{"link", "x"}})), "visit-void");
}

TEST_F(Outsider, ALinkEndsByItsDayOrWhenItIsCalledBack) {
  const std::string id = file();
  const std::string target = "/api/v1/visit/submissions/" + id;
  const std::string week = give({{"shows", "submission"}, {"submission", id}});
  const std::string month = give({{"shows", "submission"}, {"submission", id}, {"days", 30}});
  pass(7 * 24 * 3600 - 1);
  EXPECT_EQ(status(week, target), 200);
  pass(1);
  EXPECT_EQ(status(week, target), 401);
  EXPECT_EQ(status(month, target), 200);
  const auto again = [&](const char* login) { return cookie_of(log_in(login)); };
  EXPECT_EQ(code_of(ask("DELETE", "/api/v1/outsider-links/" + link_, {}, again("clerk"))), "forbidden");
  EXPECT_EQ(ask("DELETE", "/api/v1/outsider-links/" + link_, {}, again("chief")).status, 204);
  EXPECT_EQ(status(month, target), 401);
  const json::value all = expect_documented(get("/api/v1/outsider-links", again("officer")), "listOutsiderLinks");
  EXPECT_EQ(all.at(0).at("state").as_string(), "revoked");
  EXPECT_EQ(all.at(1).at("state").as_string(), "expired");
}

TEST_F(Outsider, ALinkIsGoodAsLongAsWhoGaveItCouldGiveIt) {
  const std::string id = file();
  const std::string target = "/api/v1/visit/submissions/" + id;
  const std::string secret = give({{"shows", "submission"}, {"submission", id}});
  const std::string of_chief = give({{"shows", "submission"}, {"submission", id}}, "chief");
  const auto state = [&](std::size_t at) {
    return std::string(expect_documented(get("/api/v1/outsider-links", as("chief")), "listOutsiderLinks").at(at).at("state").as_string());
  };
  EXPECT_EQ(state(1), "good");
  ASSERT_EQ(appoint(account_id("officer"), {{access::Role::section_officer, section("预算股")}}).status, 200);
  EXPECT_EQ(status(secret, target), 401) << "he moved to another section";
  EXPECT_EQ(code_of(send("POST", "/api/v1/visits", json::object{{"link", secret}})), "visit-void");
  EXPECT_EQ(state(1), "lapsed") << "nobody called it back";
  EXPECT_EQ(status(of_chief, target), 200) << "another's is as good as before";
  ASSERT_EQ(appoint(account_id("officer"), {{access::Role::performance_officer, {}}}).status, 200);
  EXPECT_EQ(status(secret, target), 200);
  EXPECT_EQ(state(1), "good");
  const json::value accounts = json::parse(get("/api/v1/accounts", cookie_of(system())).body);
  for (const json::value& each : accounts.as_array()) {
    if (each.at("login").as_string() != "officer") continue;
    Headers headers = cookie_of(system());
    headers.emplace_back("If-Match", "\"" + std::to_string(each.at("revision").as_int64()) + "\"");
    const json::object off{{"login", "officer"}, {"name", "officer同志"}, {"active", false}};
    ASSERT_EQ(send("PUT", "/api/v1/accounts/" + account_id("officer"), off, headers).status, 200);
  }
  EXPECT_EQ(status(secret, target), 401) << "his account is closed";
}

TEST_F(Outsider, WhatHisBrowserCallsItselfIsKeptShortAndReadable) {
  const std::string id = file();
  const std::string secret = give({{"shows", "submission"}, {"submission", id}});
  pass(1);
  const Headers odd{{"Content-Type", "application/json"}, {"User-Agent", "odd \xff\xfe" + std::string(3000, 'x')}};
  EXPECT_EQ(ask("POST", "/api/v1/visits", json::serialize(json::object{{"link", secret}}), odd).status, 200);
  EXPECT_EQ(ask("POST", "/api/v1/visits", R"({"link":"wrong"})", odd).status, 401);
  const json::value logins = expect_documented(get("/api/v1/logins?limit=2", cookie_of(auditor())), "listLogins");
  for (const json::value& each : logins.as_array()) EXPECT_LE(each.at("agent").as_string().size(), 210U);
}

TEST_F(Outsider, OfAYearHeSeesWhatIsApprovedAsItWasApproved) {
  const std::string one = approved("甲局");
  person("head_there", {{access::Role::unit_head, unit("乙局")}});
  const std::string two = approved("乙局");
  const std::string all = give({{"shows", "approved"}, {"year", 2026}});
  EXPECT_EQ(visit(all).at("items").as_array().size(), 2U);
  const std::string some = give({{"shows", "approved"}, {"year", 2026}, {"units", {unit("乙局")}}});
  ASSERT_EQ(visit(some).at("items").as_array().size(), 1U);
  EXPECT_EQ(status(some, "/api/v1/visit/submissions/" + two), 200);
  EXPECT_EQ(status(some, "/api/v1/visit/submissions/" + one), 404);
  EXPECT_TRUE(visit(give({{"shows", "published"}, {"year", 2026}})).at("items").as_array().empty()) << "nothing is out yet";
  EXPECT_TRUE(visit(give({{"shows", "approved"}, {"year", 2025}})).at("items").as_array().empty());
  // An adjustment under way is not his to see.
  EXPECT_EQ(outcome(one, "clerk", "adjust"), "why-missing");
  EXPECT_EQ(visit(all).at("items").at(0).at("state").as_string(), "approved");
}

TEST_F(Outsider, AClassifiedUnitIsOutOfHisSightFromThatMoment) {
  const std::string id = file();
  const std::string secret = give({{"shows", "submission"}, {"submission", id}});
  EXPECT_EQ(status(secret, "/api/v1/visit/submissions/" + id), 200);
  const json::object lines{{"lines", {json::object{{"code", "201001"}, {"name", "甲局"}, {"classified", true}}}}};
  ASSERT_EQ(send("POST", "/api/v1/units/lines", lines, cookie_of(system())).status, 200);
  EXPECT_EQ(status(secret, "/api/v1/visit/submissions/" + id), 404);
  const json::object again{{"name", "李专家"}, {"purpose", "看"}, {"shows", "submission"}, {"submission", id}, {"days", 7}};
  EXPECT_EQ(code_of(send("POST", "/api/v1/outsider-links", again, as("officer"))), "invalid-outsider");
}

TEST_F(Outsider, OnlyThePerformanceSectionGivesLinksAndSaysToWhomAndWhatFor) {
  const std::string id = file();
  const json::object good{{"name", "王专家"}, {"purpose", "评审"}, {"shows", "submission"}, {"submission", id}, {"days", 7}};
  for (const char* login : {"clerk", "head", "section", "leader", "stranger"})
    EXPECT_EQ(code_of(send("POST", "/api/v1/outsider-links", good, as(login))), "forbidden") << login;
  const auto changed = [&](const char* field, const json::value& value) {
    json::object wrong = good;
    wrong[field] = value;
    return code_of(send("POST", "/api/v1/outsider-links", wrong, as("officer")));
  };
  EXPECT_EQ(changed("name", " "), "invalid-outsider");
  EXPECT_EQ(changed("purpose", ""), "invalid-outsider");
  EXPECT_EQ(changed("days", 0), "invalid-outsider");
  EXPECT_EQ(changed("days", 181), "invalid-outsider");
  EXPECT_EQ(changed("submission", "01930000-0000-7000-8000-000000000000"), "not-found");
  EXPECT_EQ(changed("shows", "everything"), "json-shape");
}

TEST_F(Outsider, EveryOpeningStandsInTheLoginLogAndTheGivingInTheJournal) {
  const std::string id = file();
  const std::string secret = give({{"shows", "submission"}, {"submission", id}});
  pass(1);
  visit(secret);
  visit(secret);
  send("POST", "/api/v1/visits", json::object{{"link", "wrong"}});
  const json::value logins = expect_documented(get("/api/v1/logins?limit=3", cookie_of(auditor())), "listLogins");
  std::map<std::string, int> outcomes;
  for (const json::value& each : logins.as_array()) ++outcomes[std::string(each.at("outcome").as_string())];
  EXPECT_EQ(outcomes["visit"], 2);
  EXPECT_EQ(outcomes["void-link"], 1);
  EXPECT_EQ(expect_documented(get("/api/v1/outsider-links", as("officer")), "listOutsiderLinks").at(0).at("opened").as_int64(), 2);
  const json::value journal = json::parse(get("/api/v1/journal?limit=20", as("chief")).body);
  bool given = false;
  for (const json::value& each : journal.as_array()) given = given || each.at("action").as_string() == "give-link";
  EXPECT_TRUE(given);
  EXPECT_EQ(json::serialize(journal).find(secret), std::string::npos);
  // What he looked at and took away stands there, too.
  pass(1);
  EXPECT_EQ(status(secret, "/api/v1/visit/submissions/" + id), 200);
  const json::value after = expect_documented(get("/api/v1/logins?limit=1", cookie_of(auditor())), "listLogins");
  EXPECT_EQ(after.at(0).at("outcome").as_string(), "visit-look");
  EXPECT_NE(after.at(0).at("login").as_string().find("甲局"), std::string::npos);
  // The table is derived; the records make it anew.
  desks::Outsiders(registry()).rebuild();
  EXPECT_EQ(status(secret, "/api/v1/visit/submissions/" + id), 200);
}

}  // namespace
}  // namespace jiheng::service
