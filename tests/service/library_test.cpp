// The indicator library as the several persons see it.
#include <gtest/gtest.h>

#include "service/people_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    out.append("%").push_back(digits[byte >> 4U]);
    out.push_back(digits[byte & 0xFU]);
  }
  return out;
}

class LibraryApi : public tests::PeopleTest {
 protected:
  void SetUp() override {
    set_up();
    person("clerk", {{Role::unit_clerk, unit("甲局")}});
    person("other", {{Role::unit_clerk, unit("乙局")}});
    person("officer", {{Role::performance_officer, {}}});
    person("chief", {{Role::performance_head, {}}});
    person("section", {{Role::section_officer, section("预算股")}});
    person("leader", {{Role::bureau_leader, {}}});
    person("staff", {{Role::desk_staff, {}}});
  }
  void person(const std::string& login, const std::vector<Wanted>& posts) {
    make(login, posts);
    cookies_[login] = log_in(login);
  }
  tests::Headers as(const std::string& login, int revision = 0) const {
    tests::Headers headers = cookie_of(cookies_.at(login));
    if (revision > 0) headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return headers;
  }
  std::string bring(const GoalTable& table) const {
    const Answer started = upload({{*table.unit_name + std::to_string(*table.year) + ".docx", tests::document_of(table)}}, as("officer"));
    const std::string job = "/api/v1/imports/" + std::string(json::parse(started.body).at("id").as_string());
    for (int i = 0; i < 2000; ++i) {
      const json::value now = json::parse(get(job, as("officer")).body);
      if (now.at("state").as_string() != "running") return std::string(now.at("files").at(0).at("submission").as_string());
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return "the import does not end";
  }
  void act(const std::string& id, const std::string& login, const std::string& action) const {
    const json::value body = json::parse(get("/api/v1/submissions/" + id, as(login)).body);
    const auto revision = static_cast<int>(body.at("submission").at("revision").as_int64());
    const Answer answer = send("POST", "/api/v1/submissions/" + id + "/actions", json::object{{"action", action}}, as(login, revision));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  std::string approve(const GoalTable& table) const {
    const std::string id = bring(table);
    act(id, "officer", "submit");
    for (const char* login : {"section", "chief", "leader"}) act(id, login, "approve");
    return id;
  }
  json::value page(const std::string& login = "clerk", const std::string& query = "") const {
    return expect_documented(get("/api/v1/library" + query, as(login)), "listLibrary");
  }
  std::string first_id() const { return std::string(page().at("items").at(0).at("id").as_string()); }

  std::map<std::string, std::string> cookies_;
};

TEST_F(LibraryApi, IsPagedFilteredAndOpenToWhoFilesOrAudits) {
  EXPECT_EQ(page().at("total").as_int64(), 0);
  approve(tests::goal_table("乙局"));
  const json::value all = page();
  EXPECT_GT(all.at("total").as_int64(), 0);
  EXPECT_EQ(page("clerk", "?level1=%E6%BB%A1%E6%84%8F%E5%BA%A6%E6%8C%87%E6%A0%87&limit=1").at("items").as_array().size(), 1U);
  EXPECT_EQ(page("clerk", "?kind=overall").at("total").as_int64(), 0);
  EXPECT_EQ(page("clerk", "?class=none&sort=name").at("total"), all.at("total"));
  EXPECT_EQ(page("clerk", "?class=205&sort=newest").at("total").as_int64(), 0);
  EXPECT_EQ(page("clerk", "?state=retired").at("total").as_int64(), 0);
  for (const char* bad : {"?kind=monitoring", "?state=x", "?sort=x", "?limit=201", "?offset=-1"})
    EXPECT_EQ(code_of(get("/api/v1/library" + std::string(bad), as("clerk"))), "bad-parameter") << bad;
  EXPECT_EQ(code_of(get("/api/v1/library", as("staff"))), "forbidden");
  const Answer file = get("/api/v1/library/export", as("clerk"));
  EXPECT_EQ(file.status, 200);
  EXPECT_TRUE(file.body.starts_with("PK"));
}

TEST_F(LibraryApi, SuggestsWhileTyping) {
  approve(tests::goal_table("乙局"));
  const json::value one = page().at("items").at(0);
  const std::string name(one.at("name").as_string());
  const auto found =
      expect_documented(get("/api/v1/library/suggestions?q=" + percent_encoded(name.substr(0, 6)), as("clerk")), "suggestIndicators");
  ASSERT_FALSE(found.as_array().empty());
  EXPECT_EQ(found.at(0).at("name").as_string(), name);
}

TEST_F(LibraryApi, TellsWhoSetATargetOnlyToWhoMaySeeTheTable) {
  const std::string id = approve(tests::goal_table("乙局"));
  const std::string target = "/api/v1/library/" + first_id();
  const json::value own = expect_documented(get(target, as("other")), "openLibraryEntry");
  EXPECT_EQ(own.at("uses").at(0).at("submission").as_string(), id);
  EXPECT_EQ(own.at("uses").at(0).at("unit_name").as_string(), "乙局");
  const json::value peer = expect_documented(get(target, as("clerk")), "openLibraryEntry");
  EXPECT_TRUE(peer.at("uses").at(0).at("submission").is_null());
  EXPECT_TRUE(peer.at("uses").at(0).at("unit_name").is_null());
  EXPECT_TRUE(peer.at("uses").at(0).at("project_name").is_null());
  EXPECT_EQ(peer.at("uses").at(0).at("target"), own.at("uses").at(0).at("target")) << "the figure is there for all";
  EXPECT_EQ(code_of(get("/api/v1/library/" + std::string(32, '0'), as("clerk"))), "not-found");
}

TEST_F(LibraryApi, IsBetteredByWhoAudits) {
  approve(tests::goal_table("乙局"));
  const std::string target = "/api/v1/library/" + first_id();
  const json::object words{{"name", "统一的名称"}, {"explanation", "统一的解释"}, {"function_class", "205"}, {"why", "年度整理"}};
  EXPECT_EQ(code_of(send("PUT", target, words, as("clerk"))), "forbidden");
  const json::value written = expect_documented(send("PUT", target, words, as("chief")), "writeLibraryEntry");
  EXPECT_EQ(written.at("entry").at("name").as_string(), "统一的名称");
  EXPECT_EQ(written.at("entry").at("revision").as_int64(), 1);
  EXPECT_EQ(code_of(send("PUT", target, words, as("officer"))), "stale-revision");
  EXPECT_EQ(code_of(send("PUT", target, json::object{{"function_class", "999"}}, as("chief", 1))), "invalid-entry");
  EXPECT_EQ(code_of(send("PUT", target, json::object{{"retired", "yes"}}, as("chief", 1))), "json-shape");
  EXPECT_EQ(page("clerk", "?class=205").at("total").as_int64(), 1);
  EXPECT_EQ(send("PUT", target, json::object{{"retired", true}}, as("officer", 1)).status, 200);
  EXPECT_EQ(page("clerk", "?state=retired").at("total").as_int64(), 1);
  EXPECT_EQ(json::parse(get("/api/v1/verify", as("chief")).body).is_object(), true);
}

TEST_F(LibraryApi, HoldsATargetBesideLastYearForWhoSeesTheTable) {
  approve(tests::goal_table("甲局", 2025));
  GoalTable changed = tests::goal_table("甲局", 2026);
  for (Indicator& each : changed.indicators) {
    if (each.comparator != Comparator::qualitative) each.value = "1";
  }
  const std::string id = bring(changed);
  const std::string target = "/api/v1/submissions/" + id + "/comparisons";
  const json::value found = expect_documented(get(target, as("clerk")), "compareSubmission");
  ASSERT_FALSE(found.at("items").as_array().empty());
  int hints = 0;
  for (const json::value& each : found.at("items").as_array()) {
    EXPECT_TRUE(each.at("peers").is_null()) << "nobody else filed";
    EXPECT_EQ(each.at("last_year").at("year").as_int64(), 2025);
    for (const json::value& hint : each.at("hints").as_array()) {
      EXPECT_EQ(hint.at("code").as_string(), "far-from-last-year");
      ++hints;
    }
  }
  EXPECT_GT(hints, 0);
  EXPECT_EQ(get(target, as("chief")).status, 200);
  EXPECT_EQ(code_of(get(target, as("other"))), "not-found");
  EXPECT_EQ(code_of(get(target, as("staff"))), "forbidden");
}

}  // namespace
}  // namespace jiheng::service
