// Notices by mail, and the notices of one's own account.
#include <gtest/gtest.h>

#include <algorithm>

#include "access/accounts.h"
#include "base/base64.h"
#include "service/filing_fixture.h"
#include "service/mail/message.h"
#include "service/smtp_server.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

class Notified : public tests::FilingTest {
 protected:
  std::string account_kinds(const std::string& login) const {
    std::string text;
    const json::value found = expect_documented(get("/api/v1/me/notices", as(login)), "listNotices");
    for (const json::value& each : found.at("items").as_array()) text += std::string(each.at("kind").as_string()) + " ";
    return text;
  }
};

TEST_F(Notified, EverybodyIsToldOfChangesToHisAccountOnceHeUsesIt) {
  // The first password made the account; the posts came after it.
  EXPECT_EQ(account_kinds("leader"), "posts ");
  const json::object change{{"old_password", password}, {"password", "Another-secret-2"}};
  ASSERT_EQ(send("PUT", "/api/v1/me/password", change, as("leader")).status, 204);
  pass(1);
  EXPECT_EQ(account_kinds("leader"), "posts password ") << "of one second, in the order of the journal";
  EXPECT_EQ(account_kinds("head"), "posts ");
  const json::value found = json::parse(get("/api/v1/me/notices", as("leader")).body);
  EXPECT_EQ(found.at("items").at(0).at("by").as_string(), "security");
  EXPECT_TRUE(found.at("items").at(0).at("year").is_null());
}

class Mailed : public Notified {
 protected:
  void SetUp() override {
    set_clock(1772413200);  // as set_up() does: mails begin with the server
    start_with_mail();
    Notified::SetUp();
    pass(1);
  }
  void start_with_mail() {
    Options options;
    options.mail.server.url = smtp_.url();
    options.mail.server.from = "jixiao@example.gov.cn";
    options.mail.look_around_ms = 10;
    restart(std::move(options));
  }
  void TearDown() override { restart(Options()); }  // before the stand-in goes
  Answer give(const std::string& login, const std::string& address) const {
    return send("PUT", "/api/v1/me/mail", json::object{{"mail", address}}, as(login));
  }
  /// Waits until so many were taken; the last.
  std::string taken(std::size_t count) {
    for (int i = 0; i < 1000 && smtp_.taken().size() < count; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    const auto all = smtp_.taken();
    EXPECT_EQ(all.size(), count);
    return all.empty() ? std::string() : all.back();
  }
  json::value mails() const { return expect_documented(get("/api/v1/mails", cookie_of(system())), "listMails"); }
  json::value mails_when(const std::string& field, int count) const {
    for (int i = 0; i < 1000; ++i) {
      json::value found = mails();
      if (found.at(field).as_int64() == count) return found;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "never " << count << " " << field;
    return mails();
  }

  tests::SmtpStandIn smtp_;
};

TEST_F(Mailed, WhatHappenedToHisUnitsFilingComesToTheAddressHeGave) {
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  EXPECT_NE(taken(1).find("RCPT TO:<zhang@example.gov.cn>"), std::string::npos) << "that the address was given";
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(outcome(id, "head", "return", "请补充解释，机密勿外传"), "");
  const std::string mail = taken(2);
  EXPECT_NE(mail.find("From: <jixiao@example.gov.cn>"), std::string::npos) << mail;
  EXPECT_NE(mail.find("Subject: =?UTF-8?B?" + base64("【绩衡】甲局2026年绩效目标").substr(0, 40)), std::string::npos) << mail;
  EXPECT_EQ(mail.find(base64("请补充解释").substr(0, 12)), std::string::npos) << "the opinion stays inside";
  const json::value all = mails_when("sent", 2);
  EXPECT_EQ(all.at("items").at(0).at("kind").as_string(), "returned");
  EXPECT_EQ(all.at("items").at(0).at("state").as_string(), "sent");
  EXPECT_EQ(smtp_.taken().size(), 2U) << "each once; the posts were granted before the address was given";
}

TEST_F(Mailed, AServerThatIsBusyIsAskedAgainAndHoldsUpNobody) {
  smtp_.refuse(true);
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  json::value all = mails_when("waiting", 1);
  for (int i = 0; i < 1000 && all.at("items").at(0).at("attempts").as_int64() == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    all = mails();
  }
  EXPECT_EQ(all.at("items").at(0).at("attempts").as_int64(), 1);
  EXPECT_NE(std::string(all.at("items").at(0).at("trouble").as_string()).find("450"), std::string::npos);
  EXPECT_EQ(smtp_.refused(), 1) << "not before its time";
  EXPECT_EQ(get("/api/v1/submissions", as("clerk")).status, 200);
  smtp_.refuse(false);
  pass(61);
  taken(1);
  mails_when("sent", 1);
}

TEST_F(Mailed, GivesUpAfterSixAttemptsAndSaysSo) {
  smtp_.refuse(true);
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  for (int attempt = 1; attempt <= 6; ++attempt) {
    for (int i = 0; i < 1000 && smtp_.refused() < attempt; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    if (attempt < 6) pass(6 * 3600 / (attempt < 5 ? 3 : 1) + 1);
  }
  auto reading = registry().store().read();
  const MailCounts counts = count_mails(*reading, "local");
  EXPECT_EQ(counts.failed, 1);
  EXPECT_EQ(counts.waiting, 0);
}

TEST_F(Mailed, TheFormerAddressIsToldOfTheNewOne) {
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  taken(1);
  ASSERT_EQ(give("clerk", "new@example.gov.cn").status, 204);
  taken(3);
  std::string all;
  for (const std::string& each : smtp_.taken()) all += each.substr(0, each.find('\n') + 1);
  EXPECT_EQ(all.find("new@"), all.rfind("new@"));
  EXPECT_NE(all.find("zhang@"), all.rfind("zhang@"));
}

TEST_F(Mailed, WhatWaitsFollowsItsOwnerToHisPresentAddress) {
  smtp_.refuse(true);
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  mails_when("waiting", 1);
  ASSERT_EQ(give("clerk", "new@example.gov.cn").status, 204);
  mails_when("waiting", 3);
  const auto tried = [](const json::value& found) {
    const auto& items = found.at("items").as_array();
    return std::all_of(items.begin(), items.end(), [](const json::value& each) { return each.at("attempts").as_int64() > 0; });
  };
  for (int i = 0; i < 1000 && !tried(mails()); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  smtp_.refuse(false);
  pass(61);
  taken(3);
  int former = 0;
  for (const std::string& each : smtp_.taken()) former += each.starts_with("RCPT TO:<zhang@") ? 1 : 0;
  EXPECT_EQ(former, 1) << "only that it is his no longer";
}

TEST_F(Mailed, WhoseAccountIsClosedIsWrittenToNoMore) {
  smtp_.refuse(true);
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  for (int i = 0; i < 1000 && smtp_.refused() < 1; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const json::value account = json::parse(get("/api/v1/accounts", cookie_of(system())).body);
  for (const json::value& each : account.as_array()) {
    if (each.at("login").as_string() != "clerk") continue;
    tests::Headers headers = cookie_of(system());
    headers.emplace_back("If-Match", "\"" + std::to_string(each.at("revision").as_int64()) + "\"");
    const json::object off{{"login", "clerk"}, {"name", "clerk同志"}, {"active", false}};
    ASSERT_EQ(send("PUT", "/api/v1/accounts/" + account_id("clerk"), off, headers).status, 200);
  }
  smtp_.refuse(false);
  pass(61);
  const json::value all = mails_when("waiting", 0);
  EXPECT_EQ(all.at("sent").as_int64(), 0);
  EXPECT_TRUE(smtp_.taken().empty());
}

TEST_F(Mailed, AClassifiedUnitIsNotNamedInAMail) {
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  taken(1);
  const std::string id = file();
  const json::object lines{{"lines", {json::object{{"code", "201001"}, {"name", "甲局"}, {"classified", true}}}}};
  ASSERT_EQ(send("POST", "/api/v1/units/lines", lines, cookie_of(system())).status, 200);
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(outcome(id, "head", "return", "请补充"), "");
  const std::string mail = taken(2);
  EXPECT_NE(mail.find("Subject: =?UTF-8?B?" + base64("【绩衡】本单位2026年绩效目标").substr(0, 40)), std::string::npos) << mail;
}

TEST_F(Mailed, ABlankBesideTheSameAddressIsNoOtherAddress) {
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  taken(1);
  ASSERT_EQ(give("clerk", " zhang@example.gov.cn ").status, 204);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(smtp_.taken().size(), 1U);
}

TEST_F(Mailed, OnlyPlainAddressesAreTakenAndOnlyTheSystemAdministratorSeesWhatWasSent) {
  for (const char* address : {"a", "a@", "@b", "a b@c", "a@b\r\nBcc: c@d", "<a@b>", "\"a\"@b", "a@b,c@d", "张@b"})
    EXPECT_EQ(code_of(give("clerk", address)), "invalid-mail") << address;
  EXPECT_EQ(code_of(get("/api/v1/mails", as("clerk"))), "forbidden");
  EXPECT_EQ(code_of(get("/api/v1/mails", cookie_of(security()))), "forbidden");
  EXPECT_TRUE(json::parse(get("/api/v1/me", as("clerk")).body).at("sends_mail").as_bool());
}

TEST_F(Notified, WithoutAMailServerNothingIsSentAndNothingWaits) {
  ASSERT_EQ(send("PUT", "/api/v1/me/mail", json::object{{"mail", "zhang@example.gov.cn"}}, as("clerk")).status, 204);
  ASSERT_EQ(send("PUT", "/api/v1/me/mail", json::object{{"mail", ""}}, as("clerk")).status, 204);
  const json::value all = expect_documented(get("/api/v1/mails", cookie_of(system())), "listMails");
  EXPECT_FALSE(all.at("enabled").as_bool());
  EXPECT_TRUE(all.at("items").as_array().empty());
  EXPECT_TRUE(json::parse(get("/api/v1/me", as("clerk")).body).at("mail").is_null());
}

TEST(MailMessage, NothingInItsSubjectOrWordsAddsALineToItsHead) {
  const std::string mail = mail_message({"a@b", "c@d", "甲局\r\nBcc: x@y", "一行\r\n.\r\n", "id", 1772413200});
  EXPECT_EQ(mail.find("Bcc"), std::string::npos);
  EXPECT_NE(mail.find("Date: Mon, 02 Mar 2026 01:00:00 +0000\r\n"), std::string::npos) << mail;
  EXPECT_EQ(mail.find("\r\n.\r\n"), std::string::npos);
}

TEST(SmtpServer, ThisMachineIsKnownByItsWholeAddress) {
  for (const char* url : {"smtp://127.0.0.1:25", "smtp://127.1.2.3", "smtp://localhost", "smtp://LocalHost:25/helo", "smtps://[::1]:465"})
    EXPECT_TRUE(is_this_machine(url)) << url;
  for (const char* url : {"smtp://127.0.0.1.example.com", "smtp://localhost.example.com:25", "smtp://127.example.com", "smtp://[::2]:25",
                          "smtp://10.0.0.1", "smtp://mail.example", "smtp://[::1", "smtp://"})
    EXPECT_FALSE(is_this_machine(url)) << url;
}

TEST_F(Mailed, WhatWasBeforeMailsBeganIsToldInTheProgramAlone) {
  // As after a restore, or where a mail server came late: the address is old, what happened is too.
  smtp_.refuse(true);
  ASSERT_EQ(give("clerk", "zhang@example.gov.cn").status, 204);
  mails_when("waiting", 1);
  const std::string id = file();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  EXPECT_EQ(outcome(id, "head", "return", "请补充"), "");
  mails_when("waiting", 2);
  auto writing = registry().store().write();
  writing->run("DELETE FROM mails");
  writing->run("UPDATE mail_beginnings SET since = '2026-12-31T00:00:00Z'");
  writing.commit();
  start_with_mail();
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(mails().at("waiting").as_int64(), 0);
}

TEST_F(Mailed, OneOfTwoProcessesSendsAMail) {
  auto writing = registry().store().write();
  Mail mail;
  mail.account = "a";
  mail.notice = "n";
  mail.address = "a@example.gov.cn";
  ASSERT_TRUE(put_mail(*writing, "two", mail));
  const Mail due = due_mails(*writing, "two", 100, 1).at(0);
  EXPECT_TRUE(claim_mail(*writing, "two", due, 100));
  EXPECT_FALSE(claim_mail(*writing, "two", due, 100)) << "the other looked at the same moment";
  EXPECT_TRUE(due_mails(*writing, "two", 200, 1).empty());
  EXPECT_EQ(due_mails(*writing, "two", 1000, 1).size(), 1U) << "who took it died over it";
}

TEST_F(Mailed, ALetterThatNobodyOffersAgainFindsRoomBesideTheOthers) {
  auto writing = registry().store().write();
  Mail mail;
  mail.account = "a";
  mail.address = "a@example.gov.cn";
  for (int i = 0; i < most_waiting_mails; ++i) {
    mail.notice = std::to_string(i);
    ASSERT_TRUE(put_mail(*writing, "full", mail));
  }
  mail.notice = "more";
  EXPECT_FALSE(put_mail(*writing, "full", mail));
  EXPECT_TRUE(put_mail(*writing, "full", mail, Urgency::once));
}

TEST(SmtpServer, WhatIsSetIsChecked) {
  SmtpServer server;
  server.url = "smtp://mail.example:587";
  server.from = "a@example.gov.cn";
  EXPECT_TRUE(check(server).ok());
  for (const char* url : {"http://mail", "mail.example:25", "smtp://user:secret@mail"}) {
    SmtpServer wrong = server;
    wrong.url = url;
    EXPECT_FALSE(check(wrong).ok()) << url;
  }
  server.user = "a";
  EXPECT_FALSE(check(server).ok()) << "a login without a password";
}

}  // namespace
}  // namespace jiheng::service
