// Every list as a file: what the page shows and the person may see, no row more.
#include <gtest/gtest.h>

#include <algorithm>

#include "reading/reader.h"
#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

using tests::Answer;
using tests::code_of;

class Lists : public tests::FilingTest {
 protected:
  std::string csv(const std::string& target, const std::string& login) const { return csv(target, as(login)); }
  std::string csv(const std::string& target, const tests::Headers& headers) const {
    const Answer answer = get(target + (target.find('?') == std::string::npos ? "?" : "&") + "as=csv", headers);
    EXPECT_EQ(answer.status, 200) << target << answer.body;
    EXPECT_TRUE(answer.body.starts_with("\xEF\xBB\xBF")) << target;
    return answer.body;
  }
  static std::ptrdiff_t rows(const std::string& csv) { return std::count(csv.begin(), csv.end(), '\n') - 1; }
  void open_year() const {
    EXPECT_EQ(
        send("PUT", "/api/v1/years/2026",
             boost::json::object{{"opens", "2026-02-25"}, {"work_days", 20}, {"notice", ""}, {"exempt", boost::json::array()}}, as("chief"))
            .status,
        201);
  }
};

TEST_F(Lists, AreWhatThePersonSeesAndTheFilterShows) {
  open_year();
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(rows(csv("/api/v1/submissions", "chief")), 1);
  EXPECT_EQ(rows(csv("/api/v1/submissions?state=approved", "chief")), 0);
  EXPECT_EQ(rows(csv("/api/v1/submissions", "stranger")), 0);
  EXPECT_EQ(rows(csv("/api/v1/years/2026/wall", "chief")), 4) << "the bureau files, too";
  EXPECT_EQ(rows(csv("/api/v1/years/2026/wall?state=waiting", "chief")), 1);
  EXPECT_EQ(rows(csv("/api/v1/years/2026/wall?state=not_filed", "chief")), 3);
  EXPECT_EQ(rows(csv("/api/v1/years/2026/wall", "stranger")), 1);
  EXPECT_EQ(rows(csv("/api/v1/years/2026/overview", "chief")), 3) << "the section, those of none, and all";
  EXPECT_NE(csv("/api/v1/years/2026/wall?state=waiting", "chief").find("甲局"), std::string::npos);
}

TEST_F(Lists, OfApprovedAndPublished) {
  open_year();
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  approve_all(id);
  EXPECT_EQ(rows(csv("/api/v1/years/2026/publications?state=due", "chief")), 1);
  EXPECT_EQ(rows(csv("/api/v1/years/2026/publications?state=published", "chief")), 0);
  EXPECT_GT(rows(csv("/api/v1/library", "clerk")), 0);
  EXPECT_EQ(rows(csv("/api/v1/me/notices", "clerk")), 2);
  EXPECT_EQ(get("/api/v1/submissions/" + id + "/comparisons?as=csv", as("clerk")).status, 200);
  EXPECT_EQ(code_of(get("/api/v1/submissions/" + id + "/comparisons?as=csv", as("stranger"))), "not-found");
}

TEST_F(Lists, OfPeopleAndUnitsAreTheAdministrators) {
  EXPECT_EQ(rows(csv("/api/v1/units?kind=unit", "chief")), 4);
  EXPECT_EQ(rows(csv("/api/v1/units?q=%E4%B9%99", "chief")), 1);
  const auto administrator = cookie_of(security());
  EXPECT_GE(rows(csv("/api/v1/accounts", administrator)), 7);
  EXPECT_EQ(rows(csv("/api/v1/accounts?role=bureau_leader", administrator)), 1);
  EXPECT_EQ(code_of(get("/api/v1/accounts?as=csv", as("clerk"))), "forbidden");
  EXPECT_GT(rows(csv("/api/v1/journal", cookie_of(auditor()))), 5);
  EXPECT_GT(rows(csv("/api/v1/logins", cookie_of(auditor()))), 5);
  EXPECT_EQ(code_of(get("/api/v1/journal?as=csv", as("clerk"))), "forbidden");
}

TEST_F(Lists, OfWhatWasDoneSayItInWords) {
  const std::string id = file();
  const boost::json::object link{{"name", "王专家"}, {"purpose", "评审"}, {"shows", "submission"}, {"submission", id}, {"days", 7}};
  const Answer given = send("POST", "/api/v1/outsider-links", link, as("officer"));
  ASSERT_EQ(given.status, 201) << given.body;
  const std::string secret(boost::json::parse(given.body).at("secret").as_string());
  EXPECT_EQ(send("POST", "/api/v1/visits", boost::json::object{{"link", secret}}).status, 200);
  EXPECT_EQ(send("POST", "/api/v1/visits", boost::json::object{{"link", "x"}}).status, 401);
  const std::string of_link = std::string(boost::json::parse(given.body).at("link").at("id").as_string());
  EXPECT_EQ(ask("DELETE", "/api/v1/outsider-links/" + of_link, {}, as("officer")).status, 204);
  EXPECT_EQ(send("PUT", "/api/v1/me/mail", boost::json::object{{"mail", "a@example.gov.cn"}}, as("clerk")).status, 204);
  const std::string logins = csv("/api/v1/logins", cookie_of(auditor()));
  EXPECT_NE(logins.find("外部人员打开链接"), std::string::npos);
  EXPECT_EQ(logins.find(",visit,"), std::string::npos);
  EXPECT_EQ(logins.find(",void-link,"), std::string::npos);
  const std::string journal = csv("/api/v1/journal", cookie_of(auditor()));
  EXPECT_NE(journal.find(",给外部人员链接,"), std::string::npos);
  for (const char* code : {",give-link,", ",revoke-link,", ",mail,"}) EXPECT_EQ(journal.find(code), std::string::npos) << code;
  EXPECT_NE(journal.find("绩效目标 " + id + " 第1版"), std::string::npos) << journal;
}

TEST_F(Lists, OfUnitsComeInAsTheFileThatWentOut) {
  const Answer sheet = get("/api/v1/units?as=xlsx", as("chief"));
  const auto dropped = [&](const tests::Headers& of, const std::string& bytes) {
    tests::Headers headers = of;
    headers.emplace_back("Content-Type", "multipart/form-data; boundary=b");
    return ask("POST", "/api/v1/sheets",
               "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.xlsx\"\r\n\r\n" + bytes + "\r\n--b--\r\n", headers);
  };
  const auto read = tests::expect_documented(dropped(cookie_of(system()), sheet.body), "readSheet");
  EXPECT_NE(boost::json::serialize(read).find("乙局"), std::string::npos);
  EXPECT_EQ(code_of(dropped(as("clerk"), sheet.body)), "forbidden");
  EXPECT_GE(dropped(cookie_of(system()), "nothing that is a sheet").status, 200);
}

TEST_F(Lists, AsExcelAreSheetsAndNothingElseIsOffered) {
  const Answer sheet = get("/api/v1/units?as=xlsx", as("chief"));
  EXPECT_EQ(sheet.status, 200);
  EXPECT_TRUE(sheet.body.starts_with("PK"));
  EXPECT_EQ(code_of(get("/api/v1/units?as=pdf", as("chief"))), "bad-parameter");
  EXPECT_EQ(code_of(get("/api/v1/submissions?as=", as("chief"))), "bad-parameter");
}

}  // namespace
}  // namespace jiheng::service
