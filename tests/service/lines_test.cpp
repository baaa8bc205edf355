// Lists copied from a sheet: people, their posts, the year's extensions.
#include <gtest/gtest.h>

#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

class Lines : public tests::FilingTest {
 protected:
  Answer take(const std::string& path, const json::array& lines, tests::Headers headers) const {
    return send("POST", "/api/v1" + path, json::object{{"lines", lines}}, std::move(headers));
  }
  json::value account(const std::string& login) const {
    const json::value all = json::parse(get("/api/v1/accounts", cookie_of(system())).body);
    for (const json::value& each : all.as_array()) {
      if (each.at("login").as_string() == login) return each;
    }
    return {};
  }
  static std::string context(const Answer& answer) { return json::serialize(json::parse(answer.body).at("context")); }
};

TEST_F(Lines, PeopleAreMadeWithALinkEachAndChangedByTheirLogin) {
  const json::array lines{{{"login", "zhang.san"}, {"name", " 张三 "}, {"phone", "0731-1"}},
                          {{"login", "li-si"}, {"name", "李四"}},
                          {{"login", "clerk"}, {"name", "王五"}}};
  const json::value taken = expect_documented(take("/accounts/lines", lines, cookie_of(system())), "takeAccounts");
  ASSERT_EQ(taken.at("added").as_array().size(), 2U);
  EXPECT_EQ(taken.at("changed").as_int64(), 1);
  EXPECT_EQ(account("zhang.san").at("name").as_string(), "张三");
  EXPECT_EQ(account("clerk").at("name").as_string(), "王五");
  EXPECT_FALSE(account("clerk").at("posts").as_array().empty()) << "his posts are the security administrator's";
  choose_password(std::string(taken.at("added").at(0).at("link").as_string()), "zhang.san");
  EXPECT_FALSE(log_in("zhang.san").empty());
  // The same list again says nothing new; what a line does not say stays.
  const json::value again =
      expect_documented(take("/accounts/lines", {{{"login", "ZHANG.san"}, {"name", "张三"}}}, cookie_of(system())), "takeAccounts");
  EXPECT_EQ(again.at("same").as_int64(), 1);
  EXPECT_EQ(account("zhang.san").at("phone").as_string(), "0731-1");
}

TEST_F(Lines, OneBadLineAndNobodyIsMade) {
  const json::array good{{{"login", "one"}, {"name", "甲"}}};
  for (const json::value& bad :
       json::array{{{"login", "张三"}, {"name", "张三"}}, {{"login", "two"}, {"name", ""}}, {{"login", "ONE"}, {"name", "乙"}}}) {
    json::array lines = good;
    lines.push_back(bad);
    const Answer refused = take("/accounts/lines", lines, cookie_of(system()));
    EXPECT_EQ(code_of(refused), "invalid-account-line") << refused.body;
    EXPECT_EQ(context(refused).find("[\"2\""), 0U) << refused.body;
  }
  EXPECT_TRUE(account("one").is_null());
  EXPECT_EQ(code_of(take("/accounts/lines", good, cookie_of(security()))), "forbidden");
  EXPECT_EQ(code_of(take("/accounts/lines", good, as("chief"))), "forbidden");
}

TEST_F(Lines, PostsComeBesidesThoseThatOneHas) {
  const json::array lines{{{"login", "clerk"}, {"role", "单位经办人"}, {"unit", "乙局"}},
                          {{"login", "clerk"}, {"role", "unit_head"}, {"unit", "甲局"}},
                          {{"login", "stranger"}, {"role", "业务股室"}, {"unit", "预算股"}},
                          {{"login", "head"}, {"role", "单位负责人"}, {"unit", "甲局"}}};
  const json::value taken = expect_documented(take("/accounts/posts/lines", lines, cookie_of(security())), "takePosts");
  EXPECT_EQ(taken.at("added").as_int64(), 3);
  EXPECT_EQ(taken.at("same").as_int64(), 1);
  EXPECT_EQ(account("clerk").at("posts").as_array().size(), 3U);
  EXPECT_EQ(account("stranger").at("posts").as_array().size(), 2U);
  const std::pair<json::value, const char*> bad[] = {{{{"login", "nobody"}, {"role", "单位经办人"}, {"unit", "甲局"}}, "login"},
                                                     {{{"login", "clerk"}, {"role", "厂长"}}, "role"},
                                                     {{{"login", "clerk"}, {"role", "系统管理员"}}, "role"},
                                                     {{{"login", "clerk"}, {"role", "单位经办人"}, {"unit", "丙局"}}, "unit"},
                                                     {{{"login", "clerk"}, {"role", "单位经办人"}}, "role"},
                                                     {{{"login", "clerk"}, {"role", "单位经办人"}, {"unit", "预算股"}}, "role"},
                                                     {{{"login", "security"}, {"role", "分管局领导"}}, "login"}};
  for (const auto& [line, field] : bad) {
    const Answer refused = take("/accounts/posts/lines", {line}, cookie_of(security()));
    EXPECT_EQ(code_of(refused), "invalid-post-line") << refused.body;
    EXPECT_EQ(context(refused), std::string("[\"1\",\"") + field + "\"]") << refused.body;
  }
  EXPECT_EQ(code_of(take("/accounts/posts/lines", lines, cookie_of(system()))), "forbidden");
}

TEST_F(Lines, ApprovedExtensionsAreTakenTogetherAndToldToEach) {
  const json::object window{{"opens", "2026-03-02"}, {"work_days", 10}};
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", window, as("chief")).status, 201);
  const auto with = [&](int revision) {
    tests::Headers headers = as("chief");
    headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return headers;
  };
  const std::string path = "/years/2026/extensions/lines";
  const json::array lines{{{"unit", "甲局"}, {"work_days", 5}, {"why", "机构改革"}},
                          {{"unit", "乙局"}, {"work_days", "3"}, {"why", "人员调整"}}};
  for (const json::value& bad : json::array{{{"unit", "丙局"}, {"work_days", 5}, {"why", "忙"}},
                                            {{"unit", "甲局"}, {"work_days", 0}, {"why", "忙"}},
                                            {{"unit", "甲局"}, {"work_days", "五"}, {"why", "忙"}},
                                            {{"unit", "甲局"}, {"work_days", 5}, {"why", " "}}}) {
    json::array with_bad = lines;
    with_bad.push_back(bad);
    const Answer refused = take(path, with_bad, with(1));
    EXPECT_EQ(code_of(refused), "invalid-extension-line") << refused.body;
    EXPECT_EQ(context(refused).find("[\"3\""), 0U) << refused.body;
  }
  EXPECT_EQ(code_of(take(path, lines, with(7))), "stale-revision");
  const json::value year = expect_documented(take(path, lines, with(1)), "takeExtensions");
  ASSERT_EQ(year.at("extensions").as_array().size(), 2U);
  // The notices that lay ready before know of it, and of what was read since.
  const auto unread = [&](const char* login) {
    const json::value found = expect_documented(get("/api/v1/me/notices", as(login)), "listNotices");
    int extended = 0;
    for (const json::value& each : found.at("items").as_array())
      extended += each.at("kind").as_string() == "extended" && !each.at("read").as_bool() ? 1 : 0;
    return extended;
  };
  EXPECT_EQ(unread("clerk"), 1);
  EXPECT_EQ(unread("stranger"), 1);
  EXPECT_EQ(send("POST", "/api/v1/me/notices/read", json::object{{"notices", json::array{"extension-2026-0"}}}, as("clerk")).status, 204);
  EXPECT_EQ(unread("clerk"), 0);
  EXPECT_EQ(unread("stranger"), 1);
  EXPECT_EQ(code_of(take(path, lines, as("clerk"))), "forbidden");
}

}  // namespace
}  // namespace jiheng::service
