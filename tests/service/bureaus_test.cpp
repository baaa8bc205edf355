// Several bureaus in one database: nothing of one is seen, counted or named from the other.
#include <gtest/gtest.h>

#include "access/bureaus.h"
#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;
using tests::Headers;

/// The fixture's bureau, and another beside it in the same database.
class Bureaus : public tests::FilingTest {
 protected:
  static constexpr const char* mark = "邻县";

  void SetUp() override {
    FilingTest::SetUp();
    {
      auto writing = registry().store().write();
      ASSERT_TRUE(access::add_bureau(*writing, {"430281", "邻县财政局", "2026-03-02T01:00:00Z"}).ok());
      writing.commit();
    }
    name_ = (std::filesystem::temp_directory_path() / "jiheng-bureau-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name_.data()), nullptr);
    other_ = std::make_unique<registry::Registry>(registry().store(), name_, "430281", [this] { return now(); });
    Options options;
    options.http.port = 0;
    server_ = std::make_unique<Server>(*other_, std::move(options));
    ASSERT_TRUE(server_->start().ok());
    thread_ = std::thread([this] { server_->run(); });
    people_there();
  }
  void TearDown() override {
    server_->stop();
    thread_.join();
    server_.reset();
    other_.reset();
    std::filesystem::remove_all(name_);
  }

  Answer there(std::string_view method, const std::string& target, const json::object& body = {}, Headers headers = {}) const {
    headers.emplace_back("Content-Type", "application/json");
    return tests::ask(server_->port(), method, target, method == "GET" ? "" : json::serialize(body), headers);
  }
  /// The same logins as here, units of other names, a table, an outsider's link.
  void people_there() {
    EXPECT_EQ(json::parse(there("GET", "/api/v1/me").body).at("mode").as_string(), "machine") << "the accounts here are none of theirs";
    const Answer made = there(
        "POST", "/api/v1/units/lines",
        {{"lines", {json::object{{"code", "201001"}, {"name", std::string(mark) + "教育局"}, {"section", std::string(mark) + "预算股"}}}}});
    EXPECT_EQ(made.status, 200) << made.body;
    EXPECT_EQ(
        there("PUT", "/api/v1/years/2026", {{"opens", "2026-02-25"}, {"work_days", 10}, {"notice", std::string(mark) + "的通知"}}).status,
        201);
    auto unit = json::parse(there("GET", "/api/v1/units").body).at(0).at("id");
    const Answer begun = there("POST", "/api/v1/submissions",
                               {{"unit", unit}, {"year", 2026}, {"from_last_year", false}, {"overall", true}, {"projects", json::array()}});
    EXPECT_EQ(begun.status, 201) << begun.body;
    submission_there_ = std::string(json::parse(begun.body).at("submission").at("id").as_string());
    const Answer link = there(
        "POST", "/api/v1/outsider-links",
        {{"name", std::string(mark) + "专家"}, {"purpose", "看"}, {"shows", "submission"}, {"submission", submission_there_}, {"days", 7}});
    EXPECT_EQ(link.status, 201) << link.body;
    link_there_ = std::string(json::parse(link.body).at("secret").as_string());
    auto setup = tests::setup_body(*server_->setup_link());
    setup["bureau"] = std::string(mark) + "财政局";
    const Answer links = there("POST", "/api/v1/setup", setup);
    EXPECT_EQ(links.status, 201) << links.body;
    const Answer chosen =
        there("POST", "/api/v1/links/password", {{"link", json::parse(links.body).at("system_link")}, {"password", "Other-county-8"}});
    EXPECT_EQ(chosen.status, 200) << chosen.body;
    const Answer in = there("POST", "/api/v1/session", {{"login", "system"}, {"password", "Other-county-8"}});
    EXPECT_EQ(in.status, 204) << in.body;
    const std::string cookie(in.header("Set-Cookie"));
    cookie_there_ = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  }

  std::string name_;
  std::unique_ptr<registry::Registry> other_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
  std::string submission_there_;
  std::string link_there_;
  std::string cookie_there_;
};

TEST_F(Bureaus, NothingOfOneIsSeenCountedOrNamedFromTheOther) {
  file();
  std::map<std::string, Headers> people{
      {"system", cookie_of(system())}, {"security", cookie_of(security())}, {"auditor", cookie_of(auditor())}};
  for (const char* login : {"clerk", "head", "section", "officer", "chief", "leader", "stranger"}) people[login] = as(login);
  int asked = 0;
  for (const Route& route : server().router().routes()) {
    if (route.method != "GET" || route.operation == "importEvents") continue;
    std::string target(route.pattern);
    const auto put = [&](const char* name, const std::string& value) {
      if (const std::size_t at = target.find(name); at != std::string::npos) target.replace(at, std::string(name).size(), value);
    };
    put("{id}", submission_there_);
    put("{year}", "2026");
    for (std::size_t at = target.find('{'); at != std::string::npos; at = target.find('{'))
      target.replace(at, target.find('}', at) - at + 1, "1");
    for (const auto& [login, headers] : people) {
      const Answer answer = get(target, headers);
      EXPECT_EQ(answer.body.find(mark), std::string::npos) << route.operation << " as " << login;
      // The id that was asked for may be named as what was not found.
      if (answer.status == 200) {
        EXPECT_EQ(answer.body.find(submission_there_), std::string::npos) << route.operation << " as " << login;
      }
      ++asked;
    }
  }
  EXPECT_GT(asked, 200);
  EXPECT_EQ(json::parse(get("/api/v1/submissions", as("chief")).body).at("total").as_int64(), 1);
  EXPECT_EQ(get("/public/").body.find(mark), std::string::npos);
}

TEST_F(Bureaus, CookiesLinksAndPasswordsOfOneOpenNothingOfTheOther) {
  EXPECT_EQ(there("GET", "/api/v1/units", {}, as("chief")).status, 401);
  EXPECT_EQ(get("/api/v1/accounts", cookie_of(cookie_there_)).status, 401);
  EXPECT_EQ(code_of(send("POST", "/api/v1/session", json::object{{"login", "system"}, {"password", "Other-county-8"}})), "login-failed");
  EXPECT_EQ(code_of(there("POST", "/api/v1/session", {{"login", "chief"}, {"password", password}})), "login-failed");
  EXPECT_EQ(code_of(send("POST", "/api/v1/visits", json::object{{"link", link_there_}})), "visit-void");
  EXPECT_EQ(there("POST", "/api/v1/visits", {{"link", link_there_}}).status, 200);
}

TEST_F(Bureaus, EachHasItsOwnJournalAndLocks) {
  const auto before = registry().head();
  for (int i = 0; i < 6; ++i) there("POST", "/api/v1/session", {{"login", "clerk"}, {"password", "Wrong-password-1"}});
  EXPECT_EQ(try_log_in("clerk").status, 204) << "the clerk here is another";
  EXPECT_EQ(registry().head(), before);
  EXPECT_TRUE(registry().verify().ok);
  EXPECT_TRUE(other_->verify().ok);
  EXPECT_NE(other_->head().second, before.second);
}

TEST_F(Bureaus, ACodeIsGivenOnceAndIsPlain) {
  auto writing = registry().store().write();
  const auto code = [&](const char* wanted, const char* name) {
    const auto added = access::add_bureau(*writing, {wanted, name, "2026-03-02T01:00:00Z"});
    return added ? std::string() : added.error().code;
  };
  EXPECT_EQ(code("430281", "又一个"), "bureau-exists");
  EXPECT_EQ(code("local", "本地"), "invalid-bureau");
  EXPECT_EQ(code("../x", "目录"), "invalid-bureau");
  EXPECT_EQ(code("430221", " "), "invalid-bureau");
  EXPECT_EQ(code("430221", "渌口区财政局"), "");
  EXPECT_EQ(access::list_bureaus(*writing).size(), 2U);
}

}  // namespace
}  // namespace jiheng::service
