// A desk's day through the API: numbers given, work and days on its page, papers and files of a record, the budget's curve.
#include <gtest/gtest.h>

#include <mutex>
#include <set>
#include <thread>

#include "access/day.h"
#include "service/http/url.h"
#include "service/people_fixture.h"
#include "service/schema_check.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;

using access::Role;
using tests::Answer;
using tests::Headers;

struct DesksApi : tests::PeopleTest {
  void SetUp() override {
    PeopleTest::SetUp();
    set_up();
    make("desk", {{Role::desk_staff, std::nullopt}});
    make("leader", {{Role::bureau_leader, std::nullopt}});
    desk_ = cookie_of(log_in("desk"));
    leader_ = cookie_of(log_in("leader"));
  }
  json::value taken(const std::string& type, const std::string& csv) {
    const json::value taken =
        expect_documented(upload_to("/api/v1/ledgers/" + type + "/import", {{type + ".csv", csv}}, desk_), "importRecords");
    EXPECT_EQ(taken.at("bad").as_array().size(), 0U) << json::serialize(taken);
    return taken;
  }
  static Headers at(Headers who, int revision) {
    who.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return who;
  }
  json::value page(const std::string& desk) { return expect_documented(get("/api/v1/desks/" + desk, leader_), "openDesk"); }
  std::string today(int days = 0) { return (*Date::parse(access::local_day(registry().now())) + days).text(); }

  Headers desk_;
  Headers leader_;
};

const json::object* chart_of(const json::value& page, std::string_view label) {
  for (const json::value& each : page.at("charts").as_array()) {
    if (each.at("label").as_string() == label) return &each.as_object();
  }
  return nullptr;
}

TEST_F(DesksApi, NumbersAreGivenOneAfterTheOtherHoweverManyAskAtOnce) {
  constexpr int threads = 4;
  constexpr int each = 6;
  std::vector<std::thread> people;
  std::mutex lock;
  std::set<std::string> numbers;
  for (int person = 0; person < threads; ++person) {
    people.emplace_back([&] {
      for (int i = 0; i < each; ++i) {
        const json::object begun{{"values", {{"project_name", "道路"}, {"owner_unit", "甲局"}, {"kind", "结算"}}}};
        const Answer added = send("POST", "/api/v1/ledgers/review_case/records", begun, desk_);
        const std::lock_guard guard(lock);
        EXPECT_EQ(added.status, 201) << added.body;
        if (added.status == 201) numbers.insert(std::string(json::parse(added.body).at("id").as_string()));
      }
    });
  }
  for (std::thread& person : people) person.join();
  const std::string year = today().substr(0, 4);
  ASSERT_EQ(numbers.size(), static_cast<std::size_t>(threads * each));
  EXPECT_EQ(*numbers.begin(), "PS" + year + "-001");
  EXPECT_EQ(*numbers.rbegin(), "PS" + year + "-024") << "none is left out";
  const json::value type = expect_documented(get("/api/v1/ledgers/review_case", leader_), "describeLedger");
  EXPECT_TRUE(type.at("fields").at(0).at("numbered").as_bool());
}

TEST_F(DesksApi, ADesksPageTellsItsWorkAndAllThatIsDue) {
  std::string findings = "finding_no,source,unit_name,problem,due_on\n";
  for (int i = 0; i < 230; ++i) findings += "W" + std::to_string(1000 + i) + ",监督检查,甲局,问题," + today(i - 200) + "\n";
  taken("finding", findings);
  const json::value found = page("supervision");
  EXPECT_EQ(found.at("days").at("overdue").as_int64(), 200);
  EXPECT_EQ(found.at("days").at("near").as_int64(), 8) << "seven days and today";
  ASSERT_EQ(found.at("board").as_array().size(), 200U) << "the page shows the first ones, the numbers are of all";
  EXPECT_EQ(found.at("board").at(0).at("id").as_string(), "W1000");
  EXPECT_EQ(found.at("board").at(0).at("due").at("days_left").as_int64(), -200);
  const json::value* work = nullptr;
  for (const json::value& each : found.at("work").as_array()) {
    if (each.at("type").as_string() == "finding") work = &each;
  }
  ASSERT_NE(work, nullptr);
  EXPECT_EQ(work->at("open").as_int64(), 230);
  EXPECT_EQ(work->at("states").at(0).at("label").as_string(), "整改中");
  EXPECT_EQ(work->at("states").at(0).at("records").as_int64(), 230);
  const json::object* sources = chart_of(found, "未销号问题来源");
  ASSERT_NE(sources, nullptr);
  EXPECT_EQ(sources->at("view").as_string(), "open") << "leads to the list of the same records";
  EXPECT_EQ(sources->at("points").at(0).at("value").as_string(), "230");
  const json::value all = expect_documented(get("/api/v1/desks", leader_), "dueBoard");
  EXPECT_EQ(all.at("days").at("overdue").as_int64(), 200);
  EXPECT_EQ(get("/api/v1/desks/nothing", leader_).status, 404);
}

TEST_F(DesksApi, TicketsAreCountedByTheHourAndLeasesNinetyDaysAhead) {
  const std::string minute = registry().now_text().substr(0, 16);
  taken("ticket", "ticket_no,unit_name,opened_at,channel,category,cause,state\nG1,甲局," + minute + ":00Z,远程,故障,,处理中\nG2,甲局," +
                      minute + ":00Z,远程,咨询,,处理中\nG3,甲局," + today(-3) + "T08:00:00+08:00,远程,故障,,处理中\n");
  const json::value network = page("network_operations");
  ASSERT_EQ(network.at("board").as_array().size(), 3U);
  EXPECT_EQ(network.at("board").at(0).at("id").as_string(), "G3");
  EXPECT_EQ(network.at("board").at(0).at("due").at("state").as_string(), "overdue");
  EXPECT_EQ(network.at("board").at(1).at("id").as_string(), "G1") << "a fault of one's own has two hours, the rest eight";
  EXPECT_NEAR(static_cast<double>(network.at("board").at(1).at("due").at("minutes_left").as_int64()), 119, 2);
  EXPECT_NEAR(static_cast<double>(network.at("board").at(2).at("due").at("minutes_left").as_int64()), 479, 2);
  taken("shopfront", "code,address\nM1,伏波大道1号\n");
  taken("tenant", "code,name\nC1,王五\n");
  taken("lease", "lease_no,shopfront,tenant,starts_on,ends_on,monthly_rent\nH1,M1,C1," + today(-100) + "," + today(20) +
                     ",1000\nH2,M1,C1," + today(-40) + "," + today(75) + ",1000\nH3,M1,C1," + today(0) + "," + today(200) + ",1000\n");
  const json::value assets = page("state_assets");
  EXPECT_EQ(assets.at("days").at("near").as_int64(), 2);
  const json::object* ending = chart_of(assets, "即将到期合同");
  ASSERT_NE(ending, nullptr);
  EXPECT_EQ(ending->at("points").at(0).at("value").as_string(), "1");
  EXPECT_EQ(ending->at("points").at(2).at("value").as_string(), "1");
  const json::object* arrears = chart_of(assets, "欠租账龄");
  ASSERT_NE(arrears, nullptr);
  // H1 owes four months (due 100, 70 or so, 40 or so and 10 days ago), H2 two, H3 one: 7000 in all, as the measure has it.
  Decimal sum;
  for (const json::value& point : arrears->at("points").as_array()) sum += *Decimal::parse(point.at("value").as_string());
  const json::value measured =
      expect_documented(get("/api/v1/measures/assets.arrears?from=" + today() + "&to=" + today(), leader_), "measure");
  EXPECT_EQ(sum.text(), measured.at("numerator").as_string());
}

TEST_F(DesksApi, TheCurveOfExecutionStandsBesideEvenSpending) {
  const std::string year = today().substr(0, 4);
  taken("project", "code,name,unit,year\nP1,评审专项,甲局," + year + "\n");
  taken("budget_line", "project,year,initial_amount\nP1," + year + ",100000\n");
  taken("payment", "payment_no,project,paid_on,amount\nZ1,P1," + year + "-01-01,25000\n");
  const json::value curve = expect_documented(get("/api/v1/execution/curve", leader_), "executionCurve");
  const auto& points = curve.at("points").as_array();
  ASSERT_FALSE(points.empty());
  EXPECT_EQ(points[0].at("rate").as_string(), "25.00");
  EXPECT_EQ(points[0].at("paid").as_string(), "2.50");
  EXPECT_EQ(curve, expect_documented(get("/api/v1/execution/curve?project=P1", leader_), "executionCurve"));
  EXPECT_EQ(get("/api/v1/execution/curve?year=x", leader_).status, 400);
  const json::value page_of_budget = page("budget_execution");
  const json::object* drawn = chart_of(page_of_budget, "预算执行进度");
  ASSERT_NE(drawn, nullptr);
  EXPECT_EQ(drawn->at("points").as_array().back().at("value").as_string(), "25.00");
}

TEST_F(DesksApi, WhatAColumnMeansIsToldOnce) {
  const std::string own = "凭据,是哪个项目,哪天,付了多少,备注\nZ1,P1," + today() + ",100,x\n";
  const std::string next = "凭据,是哪个项目,哪天,付了多少,备注\nZ2,P1," + today() + ",250,\n";
  taken("project", "code,name,unit,year\nP1,评审专项,甲局,2026\n");
  const auto check = [&](const std::string& csv, const std::string& more) {
    return upload_to("/api/v1/ledgers/payment/import" + more, {{"own.csv", csv}}, desk_);
  };
  EXPECT_EQ(check(own, "").status, 422) << "whoever takes it in at once is refused";
  const json::value asked = expect_documented(check(own, "?check=1"), "importRecords");
  EXPECT_EQ(asked.at("missing").as_array().size(), 4U);
  EXPECT_TRUE(asked.at("columns").at(0).at("field").is_null());
  EXPECT_EQ(asked.at("columns").at(3).at("heading").as_string(), "付了多少");
  EXPECT_EQ(check(own, "?columns=%7B%22x%22%3A%22colour%22%7D").status, 400);
  const std::string told =
      "?columns=" + percent_encode(R"({"凭据":"payment_no","是哪个项目":"project","哪天":"paid_on","付了多少":"amount","备注":""})");
  EXPECT_EQ(expect_documented(check(own, told), "importRecords").at("added").as_int64(), 1);
  const json::value again = expect_documented(check(next, ""), "importRecords");
  EXPECT_EQ(again.at("added").as_int64(), 1);
  EXPECT_EQ(again.at("notes").as_array().size(), 0U) << "what is not to be read was decided, too";
  const json::value list = expect_documented(get("/api/v1/ledgers/payment/records", leader_), "listRecords");
  EXPECT_EQ(list.at("totals").at("amount").as_string(), "350.00");
  EXPECT_EQ(check("凭据,哪天\nZ3," + today() + "\n", "").status, 422) << "another heading is another table";
}

TEST_F(DesksApi, PapersComeFilledAndOnlyForWhatTheRecordIsReadyFor) {
  taken("review_case", "case_no,project_name,owner_unit,kind,submitted_amount,state\nPS1,道路改造,甲局,结算,500000,已登记\n");
  const std::string record = "/api/v1/ledgers/review_case/records/PS1";
  const json::value offered = expect_documented(get(record + "/documents", leader_), "listRecordDocuments");
  std::string names;
  for (const json::value& each : offered.at("documents").as_array()) names += std::string(each.at("name").as_string()) + " ";
  EXPECT_EQ(names, "handover supplement ");
  const Answer docx = get(record + "/documents/handover.docx", leader_);
  expect_documented(docx, "recordDocument");
  EXPECT_EQ(docx.body.substr(0, 2), "PK");
  EXPECT_NE(docx.header("Content-Disposition").find("%E8%B5%84%E6%96%99%E4%BA%A4%E6%8E%A5%E5%8D%95"), std::string::npos);
  EXPECT_EQ(get(record + "/documents/supplement.pdf", leader_).body.substr(0, 5), "%PDF-");
  EXPECT_EQ(get(record + "/documents/review_report.docx", leader_).status, 404) << "it is not reviewed yet";
  EXPECT_EQ(get(record + "/documents/handover.txt", leader_).status, 404);
  EXPECT_EQ(get("/api/v1/ledgers/review_case/records/PS9/documents", leader_).status, 404);
}

TEST_F(DesksApi, AFileIsKeptWithItsRecordAndAHashAloneOpensNothing) {
  taken("work_task", "task_no,name,due_on\nRW1,季度小结," + today(5) + "\n");
  const std::string record = "/api/v1/ledgers/work_task/records/RW1";
  const std::string address = record + "/files/proof_file";
  EXPECT_EQ(get(address, leader_).status, 404);
  const Answer put = upload_to(address, {{"佐证.pdf", "%PDF-1.4 proof"}}, at(desk_, 1), "PUT");
  const json::value kept = expect_documented(put, "keepRecordFile");
  EXPECT_EQ(kept.at("revision").as_int64(), 2);
  const auto& value = kept.at("values").at("proof_file");
  EXPECT_EQ(value.at("text").as_string(), "佐证.pdf");
  const Answer file = get(address, leader_);
  EXPECT_EQ(file.body, "%PDF-1.4 proof");
  EXPECT_EQ(file.header("Content-Type"), "application/octet-stream");
  EXPECT_EQ(upload_to(address, {{"x.pdf", "x"}}, at(desk_, 1), "PUT").status, 412);
  EXPECT_EQ(upload_to(address, {{"x.pdf", "x"}}, at(leader_, 2), "PUT").status, 403);
  EXPECT_EQ(upload_to(record + "/files/name", {{"x.pdf", "x"}}, at(desk_, 2), "PUT").status, 404);
  // Whoever writes the hash of somebody's file into another record gets its name, not the file.
  const json::object stolen{{"values", {{"task_no", "RW2"}, {"name", "别的"}, {"due_on", today(5)}, {"proof_file", value.at("value")}}}};
  EXPECT_EQ(send("POST", "/api/v1/ledgers/work_task/records", stolen, desk_).status, 201);
  EXPECT_EQ(get("/api/v1/ledgers/work_task/records/RW2/files/proof_file", desk_).status, 404);
  // Nor by hiding the hash behind another.
  const std::string behind = std::string(64, 'a') + "/" + std::string(value.at("value").as_string());
  const json::object hidden{{"values", {{"task_no", "RW3"}, {"name", "别的"}, {"due_on", today(5)}, {"proof_file", behind}}}};
  EXPECT_EQ(send("POST", "/api/v1/ledgers/work_task/records", hidden, desk_).status, 201);
  EXPECT_EQ(get("/api/v1/ledgers/work_task/records/RW3/files/proof_file", desk_).status, 404);
  // A table that names the file leaves it where it is.
  taken("work_task", "task_no,name,due_on,proof_file\nRW1,季度工作小结," + today(5) + ",佐证.pdf\n");
  EXPECT_EQ(get(address, leader_).body, "%PDF-1.4 proof");
  const Answer verified = send("POST", "/api/v1/verify", json::object(), cookie_of(auditor()));
  EXPECT_TRUE(json::parse(verified.body).at("ok").as_bool()) << verified.body;
}

}  // namespace
}  // namespace jiheng::service
