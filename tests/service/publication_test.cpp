// Publishing through the API, each in his own post, and what anybody sees of it without a login.
#include <gtest/gtest.h>

#include "desks/performance/published_files.h"
#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

class Publication : public tests::FilingTest {
 protected:
  std::string brought(const GoalTable& table) { return std::string(bring("officer", table).at("submission").as_string()); }
  std::int64_t revision(const std::string& id) const { return opened(id, "chief").at("submission").at("revision").as_int64(); }
  std::string approved(const std::string& unit_name = "甲局") {
    const std::string id = brought(tests::goal_table(unit_name));
    EXPECT_EQ(outcome(id, "officer", "submit"), "");
    for (const char* login : {"section", "chief", "leader"}) EXPECT_EQ(outcome(id, login, "approve"), "") << login;
    return id;
  }
  /// "" where it was done, else the code.
  std::string publish(const std::string& id, const std::string& login, std::int64_t at, const std::string& action = "publish",
                      const std::string& why = {}) const {
    const Answer answer =
        send("POST", "/api/v1/publications/actions",
             json::object{{"action", action}, {"opinion", why}, {"items", {json::object{{"id", id}, {"revision", at}}}}}, as(login));
    if (answer.status != 200) return code_of(answer);
    const json::value outcome = expect_documented(answer, "actOnPublications").at(0);
    return outcome.at("code").is_null() ? "" : std::string(outcome.at("code").as_string());
  }
  json::value listed(const std::string& login) const { return listed(as(login)); }
  json::value listed(const tests::Headers& headers) const {
    return expect_documented(get("/api/v1/years/2026/publications", headers), "listPublications");
  }
  json::value compared(const std::string& name, const std::string& bytes) const {
    return expect_documented(dropped(name, bytes), "comparePublished");
  }
  Answer dropped(const std::string& name, const std::string& bytes) const {
    std::string body = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\n" + bytes + "\r\n--b--\r\n";
    return ask("POST", "/api/v1/public/compare", body, {{"Content-Type", "multipart/form-data; boundary=b"}});
  }
};

TEST_F(Publication, IsTheBureausToDoAndSeenWithinReach) {
  const std::string id = approved();
  for (const char* login : {"clerk", "head", "section"}) EXPECT_EQ(publish(id, login, revision(id)), "forbidden") << login;
  EXPECT_EQ(code_of(get("/api/v1/years/2026/publications/site", as("clerk"))), "forbidden");
  const json::value due = listed("chief");
  EXPECT_EQ(due.at("counts").at("due").as_int64(), 1);
  const json::value& item = due.at("items").at(0);
  // Approved on 2 March 2026: twenty days of the calendar.
  EXPECT_EQ(item.at("due").as_string(), "2026-03-22");
  EXPECT_EQ(item.at("days_left").as_int64(), 20);
  EXPECT_EQ(listed("clerk").at("items").as_array().size(), 1U);
  EXPECT_TRUE(listed("stranger").at("items").as_array().empty());
  EXPECT_EQ(code_of(get("/api/v1/submissions/" + id + "/publication/deadline", as("stranger"))), "not-found");
  const json::value days =
      expect_documented(get("/api/v1/submissions/" + id + "/publication/deadline", as("clerk")), "publicationDeadline");
  EXPECT_EQ(days.at("due").as_string(), "2026-03-22");
  for (const char* login : {"officer", "chief", "leader"}) {
    EXPECT_EQ(publish(id, login, revision(id)), "") << login;
    EXPECT_EQ(publish(id, login, revision(id)), "already-published") << login;
    const std::int64_t at = listed(login).at("items").at(0).at("revision").as_int64();
    EXPECT_EQ(publish(id, login, at, "withdraw"), "why-missing") << login;
    EXPECT_EQ(publish(id, login, at, "withdraw", "印错了"), "") << login;
  }
  EXPECT_EQ(listed("clerk").at("items").at(0).at("why").as_string(), "印错了");
  EXPECT_TRUE(json::parse(ask("POST", "/api/v1/verify", {}, cookie_of(auditor())).body).at("ok").as_bool());
}

TEST_F(Publication, WhoIsLateStandsInFront) {
  const std::string id = approved();
  pass(21LL * 24 * 3600);
  const json::value late = listed(cookie_of(log_in("chief")));
  EXPECT_EQ(late.at("overdue").as_int64(), 1);
  EXPECT_TRUE(late.at("items").at(0).at("overdue").as_bool());
  EXPECT_EQ(late.at("items").at(0).at("days_left").as_int64(), -1);
}

TEST_F(Publication, AnybodySeesWhatIsOutAndNothingElse) {
  const std::string id = approved();
  const Answer before = get("/public/");
  EXPECT_EQ(before.status, 200);
  EXPECT_EQ(before.body.find("甲局"), std::string::npos);
  EXPECT_EQ(get("/public/2026/201001.html").status, 404);
  ASSERT_EQ(publish(id, "chief", revision(id)), "");
  const Answer index = get("/public/");
  EXPECT_NE(index.body.find("甲局"), std::string::npos);
  EXPECT_EQ(index.body.find("乙局"), std::string::npos);
  const std::string etag(index.header("ETag"));
  EXPECT_EQ(get("/public/", {{"If-None-Match", etag}}).status, 304);
  EXPECT_EQ(get("/public").status, 308);
  EXPECT_EQ(get("/public/compare").header("Location"), "/public/compare.html");
  for (const char* path :
       {"2026/201001.html", "2026/201001.docx", "2026/201001.xlsx", "2026/201001.pdf", "2026/201001.json", "style.css", "search.js",
        "2026/index.html", "2026/words.js", "compare.js", "compare.html", "2026/data.csv", "2026/data.json"})
    EXPECT_EQ(get("/public/" + std::string(path)).status, 200) << path;
  for (const char* path : {"2026/202001.html", "2026/201001.doc", "2026", "2026/201001", "SHA256SUMS", "x/../index.html"})
    EXPECT_NE(get("/public/" + std::string(path)).status, 200) << path;
  // An adjustment under way is nobody's business yet.
  EXPECT_EQ(outcome(id, "officer", "adjust", "追加经费"), "");
  EXPECT_EQ(get("/public/", {{"If-None-Match", etag}}).status, 304);
}

TEST_F(Publication, AnybodyLearnsWhetherHisFileIsThePublishedOne) {
  const std::string id = approved();
  const std::string document = tests::document_of(tests::goal_table("甲局"));
  EXPECT_EQ(compared("手里的.docx", document).at("outcome").as_string(), "unknown") << "not published yet";
  ASSERT_EQ(publish(id, "chief", revision(id)), "");
  const json::value same = compared("手里的.docx", document);
  EXPECT_EQ(same.at("outcome").as_string(), "equal");
  EXPECT_EQ(same.at("how").as_string(), "name");
  EXPECT_EQ(same.at("record").at("page").as_string(), "/public/2026/201001.html");
  EXPECT_EQ(compared("a.pdf", get("/public/2026/201001.pdf").body).at("outcome").as_string(), "identical");
  GoalTable other = tests::goal_table("甲局");
  other.amount = "99.00";
  const json::value differs = compared("改过.docx", tests::document_of(other));
  EXPECT_EQ(differs.at("outcome").as_string(), "differs");
  EXPECT_EQ(differs.at("count").as_int64(), 1);
  EXPECT_EQ(differs.at("differences").at(0).at("dropped").as_string(), "99.00");
  EXPECT_EQ(compared("乙局.docx", tests::document_of(tests::goal_table("乙局"))).at("outcome").as_string(), "unknown");
  EXPECT_EQ(compared("坏.docx", "PK\x03\x04nonsense").at("outcome").as_string(), "unreadable");
  EXPECT_EQ(code_of(ask("POST", "/api/v1/public/compare", "--b--\r\n", {{"Content-Type", "multipart/form-data; boundary=b"}})), "no-files");
  EXPECT_EQ(code_of(dropped("大.docx", std::string((8U << 20) + 8192, 'x'))), "too-large");
}

TEST_F(Publication, ComparingIsBoundedForEachAddress) {
  int refused = 0;
  for (int i = 0; i < 45; ++i) refused += dropped("x.txt", "没有表").status == 503 ? 1 : 0;
  // More than two minutes allow, should one end in between.
  EXPECT_GE(refused, 1);
}

TEST_F(Publication, ThePagesComeAsAZip) {
  const std::string id = approved();
  ASSERT_EQ(publish(id, "leader", revision(id)), "");
  const Answer zip = get("/api/v1/years/2026/publications/site", as("leader"));
  EXPECT_EQ(zip.status, 200);
  EXPECT_EQ(zip.body.substr(0, 2), "PK");
  EXPECT_EQ(zip.body, get("/api/v1/years/2026/publications/site", as("leader")).body);
  for (const char* name : {"index.html", "2026/201001.docx", "SHA256SUMS"}) EXPECT_NE(zip.body.find(name), std::string::npos) << name;
}

TEST_F(Publication, PrintedFormsCarryTheVersionCode) {
  const std::string id = approved();
  ASSERT_EQ(publish(id, "chief", revision(id)), "");
  const json::value item = listed("chief").at("items").at(0);
  const std::string code(item.at("version_code").as_string());
  const json::value published = json::parse(get("/public/2026/201001.json").body);
  EXPECT_EQ(published.at("version_code").as_string(), code);
  // What the unit exports of the same revision carries the same code, and is known by it.
  const Answer exported = get("/api/v1/submissions/" + id + "/export?to=xlsx", as("clerk"));
  const json::value known = compared("导出.xlsx", exported.body);
  EXPECT_EQ(known.at("how").as_string(), "code");
  EXPECT_EQ(known.at("outcome").as_string(), "equal");
}

TEST_F(Publication, OfficialDocumentsAreFilled) {
  const auto document = [&](const std::string& target, const std::string& login) { return get("/api/v1/" + target, as(login)); };
  EXPECT_EQ(code_of(document("years/2026/documents/notice", "chief")), "not-found") << "the year is not open";
  ASSERT_EQ(
      send("PUT", "/api/v1/years/2026", json::object{{"opens", "2026-02-25"}, {"work_days", 5}, {"notice", "请按时报送"}}, as("chief"))
          .status,
      201);
  for (const char* to : {"docx", "pdf"}) {
    for (const char* kind : {"notice", "reminder"})
      EXPECT_EQ(document("years/2026/documents/" + std::string(kind) + "?to=" + to, "chief").status, 200) << kind << to;
  }
  EXPECT_EQ(code_of(document("years/2026/documents/approval", "leader")), "nothing-to-write");
  EXPECT_EQ(code_of(document("years/2026/documents/notice", "clerk")), "forbidden");
  EXPECT_EQ(code_of(document("years/2026/documents/letter", "chief")), "not-found");
  EXPECT_EQ(code_of(document("years/2026/documents/notice?to=xlsx", "chief")), "bad-parameter");
  const std::string id = brought(tests::goal_table("甲局", 2026, true));
  EXPECT_EQ(code_of(document("submissions/" + id + "/documents/return", "chief")), "nothing-to-write");
  EXPECT_EQ(outcome(id, "officer", "submit"), "");
  EXPECT_EQ(outcome(id, "section", "return", "请修改指标"), "");
  EXPECT_EQ(document("submissions/" + id + "/documents/return?to=pdf", "clerk").status, 200);
  EXPECT_EQ(document("submissions/" + id + "/documents/opinion", "chief").status, 200);
  EXPECT_EQ(code_of(document("submissions/" + id + "/documents/opinion", "stranger")), "not-found");
  EXPECT_EQ(brought(tests::goal_table("甲局")), id) << "mended by another file of the same name";
  EXPECT_EQ(outcome(id, "officer", "submit"), "");
  for (const char* login : {"section", "chief", "leader"}) EXPECT_EQ(outcome(id, login, "approve"), "");
  EXPECT_EQ(document("submissions/" + id + "/documents/approval", "clerk").status, 200);
  EXPECT_EQ(document("years/2026/documents/approval?to=pdf", "leader").status, 200);
  expect_documented(document("documents", "clerk"), "officialFonts");
}

}  // namespace
}  // namespace jiheng::service
