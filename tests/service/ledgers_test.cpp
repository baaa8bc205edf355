// Ledgers and measures through the API, as the desk that keeps them and as those who may only look.
#include <gtest/gtest.h>

#include "desks/performance/imports.h"
#include "desks/sample_year/sample_year.h"
#include "ledgers/measure.h"
#include "reading/reader.h"
#include "service/people_fixture.h"
#include "service/schema_check.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;

using access::Role;
using tests::Answer;
using tests::Headers;

struct LedgersApi : tests::PeopleTest {
  void SetUp() override {
    PeopleTest::SetUp();
    set_up();
    desk_ = person("desk", Role::desk_staff);
    other_ = person("other", Role::desk_staff);
    leader_ = person("leader", Role::bureau_leader);
  }

  Headers person(const std::string& login, Role role) {
    make(login, {{role, std::nullopt}});
    return cookie_of(log_in(login));
  }

  Answer take(const std::string& type, const std::string& csv, const std::string& query = {}) {
    return upload_to("/api/v1/ledgers/" + type + "/import" + query, {{type + ".csv", csv}}, desk_);
  }
  json::value taken(const std::string& type, const std::string& csv, const std::string& query = {}) {
    return expect_documented(take(type, csv, query), "importRecords");
  }
  static Headers at(Headers who, int revision) {
    who.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return who;
  }
  Answer act(const Headers& who, const std::string& id, int revision, const std::string& action, json::object values = {}) {
    return send("POST", "/api/v1/ledgers/review_case/records/" + id + "/actions",
                json::object{{"action", action}, {"values", std::move(values)}}, at(who, revision));
  }
  json::value figure(const std::string& measure, const std::string& more = {}) {
    return expect_documented(get("/api/v1/measures/" + measure + "?from=2026-01-01&to=2026-12-31" + more, leader_), "measure");
  }

  Headers desk_;
  Headers other_;
  Headers leader_;
};

constexpr const char* projects = "code,name,unit,year\nP1,评审专项,甲局,2026\n";
constexpr const char* payments = "payment_no,project,paid_on,amount\nZ1,P1,2026-03-05,10000\nZ2,P1,2026-04-01,\"20,000.00\"\n";

TEST_F(LedgersApi, ATableComesInWholeOrNotAtAllAndAFigureOpensDownToItsRecords) {
  EXPECT_EQ(taken("project", projects).at("added").as_int64(), 1);
  const json::value bad = taken("payment", "payment_no,project,paid_on,amount\nZ1,P1,2026-03-05,10000\nZ2,P9,2026-04-01,1\n");
  EXPECT_FALSE(bad.at("stored").as_bool());
  EXPECT_EQ(bad.at("bad").at(0).at("field").as_string(), "project");
  EXPECT_EQ(bad.at("bad").at(0).at("row").as_int64(), 3);
  EXPECT_FALSE(taken("payment", payments, "?check=1").at("stored").as_bool());
  EXPECT_EQ(figure("execution.paid").at("value").as_string(), "0.00");
  EXPECT_EQ(taken("payment", payments).at("added").as_int64(), 2);
  EXPECT_EQ(figure("execution.paid").at("value").as_string(), "3.00");
  EXPECT_EQ(figure("execution.paid", "&project=%E8%AF%84%E5%AE%A1%E4%B8%93%E9%A1%B9").at("counted").as_int64(), 2);
  const json::value records = expect_documented(
      get("/api/v1/measures/execution.paid/records?from=2026-01-01&to=2026-12-31&list=counted", leader_), "listMeasuredRecords");
  EXPECT_EQ(records.at("items").at(1).at("id").as_string(), "Z2");
  EXPECT_EQ(records.at("items").at(1).at("values").at("project").at("text").as_string(), "评审专项");
  EXPECT_EQ(take("payment", payments).status, 200);
  EXPECT_EQ(upload_to("/api/v1/ledgers/payment/import", {{"a.csv", payments}}, leader_).status, 403);
}

TEST_F(LedgersApi, AReceiptIsStaleOnceOneOfItsRecordsChanges) {
  taken("project", projects);
  taken("payment", payments);
  const std::string receipt = get("/api/v1/measures/execution.paid/receipt?from=2026-01-01&to=2026-12-31", leader_).body;
  const auto check = [&] {
    return expect_documented(send("POST", "/api/v1/measures/verify", json::parse(receipt), leader_), "verifyReceipt");
  };
  EXPECT_EQ(check().at("state").as_string(), "same");
  const json::object mended{{"values", {{"amount", "10001"}}}, {"why", "凭证号抄错"}};
  EXPECT_EQ(send("PUT", "/api/v1/ledgers/payment/records/Z1", mended, at(desk_, 2)).status, 412);
  const json::value changed = expect_documented(send("PUT", "/api/v1/ledgers/payment/records/Z1", mended, at(desk_, 1)), "changeRecord");
  EXPECT_EQ(changed.at("revision").as_int64(), 2);
  EXPECT_EQ(changed.at("timeline").at(0).at("changes").at(0).at("after").as_string(), "10001.00");
  EXPECT_EQ(changed.at("timeline").at(0).at("why").as_string(), "凭证号抄错");
  EXPECT_EQ(check().at("state").as_string(), "stale");
  EXPECT_EQ(check().at("changed").at(0).at("id").as_string(), "Z1");
  EXPECT_TRUE(json::parse(send("POST", "/api/v1/verify", json::object(), cookie_of(auditor())).body).at("ok").as_bool());
}

TEST_F(LedgersApi, AReviewGoesItsWayWithASecondPersonWhereOneIsAskedFor) {
  const json::object begun{{"values", {{"case_no", "PS1"}, {"project_name", "道路"}, {"owner_unit", "甲局"}, {"kind", "结算"}}}};
  const json::value added = expect_documented(send("POST", "/api/v1/ledgers/review_case/records", begun, desk_), "addRecord");
  EXPECT_EQ(added.at("values").at("state").at("text").as_string(), "已登记");
  EXPECT_EQ(send("POST", "/api/v1/ledgers/review_case/records", begun, desk_).status, 409);
  const Answer wanting = act(desk_, "PS1", 1, "accept", {{"accepted_on", "2026-03-02"}});
  EXPECT_EQ(wanting.status, 422);
  EXPECT_NE(wanting.body.find("submitted_amount"), std::string::npos);
  const json::value accepted =
      expect_documented(act(desk_, "PS1", 1, "accept", {{"accepted_on", "2026-03-02"}, {"submitted_amount", "500000"}}), "actOnRecord");
  EXPECT_EQ(accepted.at("due").at(0).at("due_on").as_string(), "2026-04-14") << "thirty work days, 清明节 left out";
  EXPECT_EQ(act(desk_, "PS1", 1, "assign").status, 412);
  EXPECT_EQ(act(desk_, "PS1", 2, "conclude").status, 409);
  EXPECT_EQ(act(desk_, "PS1", 2, "assign", {{"first_reviewer", "张"}, {"second_reviewer", "李"}, {"approver", "王"}}).status, 200);
  EXPECT_EQ(act(desk_, "PS1", 3, "review", {{"reviewed_amount", "450000"}}).status, 200);
  const Answer alone = act(desk_, "PS1", 4, "recheck", {{"rechecked_amount", "440000"}});
  EXPECT_EQ(alone.status, 403);
  EXPECT_EQ(tests::code_of(alone), "four-eyes");
  EXPECT_EQ(act(other_, "PS1", 4, "recheck", {{"rechecked_amount", "440000"}}).status, 200);
  EXPECT_EQ(tests::code_of(act(other_, "PS1", 5, "conclude", {{"concluded_amount", "440000"}, {"concluded_on", "2026-04-20"}})),
            "four-eyes");
  const Headers third = person("third", Role::desk_staff);
  const json::value concluded =
      expect_documented(act(third, "PS1", 5, "conclude", {{"concluded_amount", "440000"}, {"concluded_on", "2026-04-20"}}), "actOnRecord");
  EXPECT_EQ(concluded.at("due").at(0).at("state").as_string(), "done_late");
  EXPECT_EQ(figure("review.savings").at("value").as_string(), "6.00");
  // Neither a table nor a form goes round the steps.
  const json::value moved = taken("review_case", "case_no,project_name,owner_unit,kind,state\nPS1,道路,甲局,结算,已撤回\n");
  EXPECT_FALSE(moved.at("stored").as_bool());
  EXPECT_EQ(moved.at("bad").at(0).at("field").as_string(), "state");
  const json::object renumbered{{"values", {{"case_no", "PS2"}}}};
  const Answer refused = send("PUT", "/api/v1/ledgers/review_case/records/PS1", renumbered, at(third, 6));
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("登记后不能改"), std::string::npos) << refused.body;
  EXPECT_EQ(figure("review.on_time_rate").at("value").as_string(), "0.00");
  const json::value list =
      expect_documented(get("/api/v1/ledgers/review_case/records?view=concluded&sort=-concluded_on", leader_), "listRecords");
  EXPECT_EQ(list.at("total").as_int64(), 1);
  EXPECT_EQ(list.at("totals").at("concluded_amount").as_string(), "440000.00");
  EXPECT_EQ(list.at("items").at(0).at("values").at("reduction").at("value").as_string(), "60000.00");
}

TEST_F(LedgersApi, EveryCentOfALeaseIsExplained) {
  taken("shopfront", "code,address\nM1,伏波大道1号\n");
  taken("tenant", "code,name\nC1,王五\n");
  taken("lease",
        "lease_no,shopfront,tenant,starts_on,ends_on,monthly_rent,rent_free_months,step_percent,opening_arrears\nHT1,M1,C1,2025-03-15,2027-"
        "03-14,1000,1,3,50.50\n");
  taken("rent_waiver", "waiver_no,lease_no,month,amount,approval_no\nJM1,HT1,2025-05,200,批1\n");
  taken("rent_receipt",
        "receipt_no,lease_no,received_on,amount,kind\nSK1,HT1,2025-04-15,1000,租金\nSK2,HT1,2025-04-20,-100,租金\nSK3,HT1,2025-04-20,2000,"
        "押金\n");
  const json::value account = expect_documented(get("/api/v1/leases/HT1/account?by=2025-05-20", leader_), "leaseAccount");
  std::vector<std::string> lines;
  for (const json::value& line : account.at("lines").as_array()) {
    lines.push_back(std::string(line.at("kind").as_string()) + " " + std::string(line.at("amount").as_string()) + " " +
                    std::string(line.at("balance").as_string()));
  }
  EXPECT_EQ(lines, (std::vector<std::string>{"opening 50.50 50.50", "due 0.00 50.50", "due 1000.00 1050.50", "receipt -1000.00 50.50",
                                             "receipt 100.00 150.50", "waiver -200.00 -49.50", "due 1000.00 950.50"}));
  EXPECT_EQ(account.at("owed").as_string(), "950.50");
  const json::value measured = expect_documented(get("/api/v1/measures/assets.arrears?from=2025-05-20&to=2025-05-20", leader_), "measure");
  EXPECT_EQ(measured.at("numerator").as_string(), "950.50") << "the measure and the account agree";
  EXPECT_EQ(get("/api/v1/leases/HT9/account", leader_).status, 404);
}

struct SampleYear : tests::ApiTest {};

TEST_F(SampleYear, GivesEveryFigureOfTheFiveTablesAnActualOnceAPersonHasConfirmedWhereItComesFrom) {
  const auto read = [](std::string_view bytes, std::string name) { return reading::read_document(bytes, std::move(name)); };
  ASSERT_EQ(desks::load_sample(registry(), read).state, desks::ImportedFile::State::imported);
  ledgers::Ledgers ledgers(registry(), ledgers::Catalogue::shipped());
  ASSERT_GT(desks::play_sample_year(ledgers).value(), 3000);
  EXPECT_EQ(desks::play_sample_year(ledgers).value(), 0) << "it is there already";
  const std::string id(json::parse(get("/api/v1/submissions").body).at("items").at(0).at("id").as_string());
  const std::string address = "/api/v1/submissions/" + id + "/actuals";
  const json::value before = expect_documented(get(address), "submissionActuals");
  EXPECT_EQ(before.at("items").as_array().size(), 62U);
  EXPECT_EQ(before.at("figures").as_int64(), before.at("measured").as_int64());
  for (const ledgers::Measure& measure : ledgers.catalogue().measures()) {
    const ledgers::Asked asked{&measure, {*Date::parse("2026-01-01"), *Date::parse("2026-12-31")}, {}, {}};
    const ledgers::Weighed weighed = ledgers::weigh(ledgers, asked).value();
    const ledgers::Receipt receipt = ledgers::receipt_of(ledgers, asked).value();
    EXPECT_EQ(weighed.figure.value, receipt.figure.value) << measure.id;
    EXPECT_EQ(weighed.counted, static_cast<std::int64_t>(receipt.counted.size())) << measure.id;
    EXPECT_EQ(weighed.excluded, static_cast<std::int64_t>(receipt.excluded.size())) << measure.id;
    EXPECT_EQ(weighed.consulted, static_cast<std::int64_t>(receipt.consulted.size())) << measure.id;
  }
  const json::value after = expect_documented(send("POST", address + "/confirm", {}, {}), "confirmActuals");
  for (const json::value& item : after.at("items").as_array()) {
    EXPECT_EQ(item.at("figure").as_bool(), item.at("value").is_string()) << item.at("name");
    EXPECT_EQ(item.at("figure").as_bool(), item.at("link_revision").as_int64() == 1) << item.at("name");
  }
  const json::object wrong{{"table", 0}, {"indicator", 1}, {"measure", "review.savings"}};
  EXPECT_EQ(tests::code_of(send("PUT", address, wrong, {{"If-Match", "\"1\""}})), "unit-differs");
  const json::object none{{"table", 0}, {"indicator", 1}};
  const json::value taken_back = expect_documented(send("PUT", address, none, {{"If-Match", "\"1\""}}), "linkActual");
  EXPECT_EQ(taken_back.at("items").at(1).at("source").as_string(), "missing");
}

}  // namespace
}  // namespace jiheng::service
