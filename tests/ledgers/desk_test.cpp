// A desk's day in the ledgers, on both engines: numbers given under way, the board of days, charts, files, columns told once.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "ledgers/desk/board.h"
#include "ledgers/desk/drawing.h"
#include "ledgers/import.h"
#include "ledgers/keeping.h"
#include "ledgers/schema.h"
#include "support/engines.h"
#include "support/temporary_folder.h"

namespace jiheng::ledgers {
namespace {

constexpr std::int64_t noon = 1'772'683'200;  // 2026-03-05 12:00 in China

const access::Principal clerk = access::Principal::operator_at_machine("陈立");

struct Bureau {
  explicit Bureau(const std::string& url)
      : store(std::move(store::open(url)).value()),
        registry(*store, folder.path().string(), "local", [] { return noon; }),
        ledgers(registry, Catalogue::shipped()) {
    EXPECT_TRUE(migrate_ledgers(*store, Catalogue::shipped()).ok());
  }
  const RecordType& type(std::string_view name) const { return *ledgers.catalogue().type(name); }
  Imported take(std::string_view name, const std::string& csv, ImportOptions options = {}) {
    auto imported = import_table(ledgers, type(name), csv, options, clerk);
    if (!imported) throw std::runtime_error(imported.error().message);
    EXPECT_TRUE(imported->bad.empty()) << imported->bad[0].label << imported->bad[0].reason;
    return std::move(*imported);
  }
  Drawing drawn(std::string_view desk, std::string_view label) {
    for (const Chart& chart : ledgers.catalogue().page(desk)->charts) {
      if (chart.label == label) return draw(ledgers, chart, today).value();
    }
    throw std::runtime_error("no such chart");
  }

  test::TemporaryFolder folder;
  std::unique_ptr<store::Store> store;
  registry::Registry registry;
  Ledgers ledgers;
  Date today = *Date::parse("2026-03-05");
};

std::string values_of(const Drawing& drawing) {
  std::string text;
  for (const ChartPoint& point : drawing.points) text += point.label + " " + (point.value ? point.value->text() : "-") + "; ";
  return text;
}

using Desks = test::OnEachEngine;

TEST_P(Desks, GiveNumbersOneAfterTheOtherHoweverManyAskAtOnce) {
  Bureau bureau(url_);
  constexpr int threads = 4;
  constexpr int each = 5;
  std::mutex lock;
  std::set<std::string> numbers;
  std::vector<std::thread> people;
  for (int person = 0; person < threads; ++person) {
    people.emplace_back([&] {
      for (int i = 0; i < each; ++i) {
        const auto added = add_record(bureau.ledgers, bureau.type("review_case"),
                                      {{"project_name", "道路"}, {"owner_unit", "甲局"}, {"kind", "结算"}}, clerk);
        const std::lock_guard guard(lock);
        EXPECT_TRUE(added.ok()) << added.error().message;
        if (added) numbers.insert(added->rows.front().id);
      }
    });
  }
  for (std::thread& person : people) person.join();
  ASSERT_EQ(numbers.size(), static_cast<std::size_t>(threads * each));
  EXPECT_EQ(*numbers.begin(), "PS2026-001");
  EXPECT_EQ(*numbers.rbegin(), "PS2026-020") << "none is left out";
  const auto own = add_record(bureau.ledgers, bureau.type("review_case"),
                              {{"case_no", "PS2026-050"}, {"project_name", "桥"}, {"owner_unit", "甲局"}, {"kind", "结算"}}, clerk);
  EXPECT_EQ(own->rows.front().id, "PS2026-050") << "whoever gives a number keeps it";
}

TEST_P(Desks, CountAllThatIsDueAndShowTheFirst) {
  Bureau bureau(url_);
  std::string findings = "finding_no,source,unit_name,problem,due_on,verified_on,state\n";
  for (int i = 0; i < 60; ++i)
    findings += "W" + std::to_string(100 + i) + ",监督检查,甲局,问题," + (bureau.today + (i - 50)).text() + ",,整改中\n";
  findings += "X1,审计,甲局,改好的,2026-01-01,2026-01-02,已核查\nX2,审计,甲局,作废的,2026-01-01,,作废\n";
  bureau.take("finding", findings);
  const Board board = board_of(bureau.ledgers, "supervision", bureau.today, 20);
  EXPECT_EQ(board.days.overdue, 50);
  EXPECT_EQ(board.days.near, 8) << "today and seven days";
  ASSERT_EQ(board.lines.size(), 20U);
  EXPECT_EQ(board.lines[0].id, "W100");
  EXPECT_EQ(board.lines[0].due.days_left, -50);
  ASSERT_EQ(board.work.size(), 1U + 1U);
  const Work& work = board.work[1];
  EXPECT_EQ(work.type->name, "finding");
  EXPECT_EQ(work.open, 61) << "what is verified waits to be closed";
  EXPECT_EQ(work.states[0].label, "整改中");
  EXPECT_EQ(work.states[0].records, 60);
  EXPECT_EQ(values_of(bureau.drawn("supervision", "未销号问题来源")), "监督检查 60; 审计 1; ");
  EXPECT_EQ(board_of(bureau.ledgers, {}, bureau.today, 20).days.overdue, 50) << "over all desks";
}

TEST_P(Desks, CountTicketsByTheHourAndCasesByWhatThePackSays) {
  Bureau bureau(url_);
  bureau.take("ticket",
              "ticket_no,unit_name,opened_at,restored_at,channel,category,cause,state\n"
              "G1,甲局,2026-03-05 11:30,,远程,故障,,处理中\nG2,甲局,2026-03-05 11:30,,远程,咨询,,处理中\n"
              "G3,甲局,2026-03-05 09:30,,远程,故障,运营商,处理中\nG4,甲局,2026-03-05 08:59,,远程,故障,,处理中\n"
              "G5,甲局,2026-03-01 08:00,2026-03-01 09:00,远程,故障,,已关闭\n");
  const Board board = board_of(bureau.ledgers, "network_operations", bureau.today, 20);
  std::string told;
  for (const BoardLine& line : board.lines) told += line.id + " " + std::to_string(line.due.minutes_left) + "; ";
  EXPECT_EQ(told, "G4 -61; G1 90; G3 330; G2 450; ");
  const auto cases = [&](const std::string& name) {
    const auto found = bureau.ledgers.find(bureau.type("review_case"), name);
    return due_of(bureau.ledgers, bureau.type("review_case"), found->rows, bureau.today).front().front().due_on.text();
  };
  bureau.take(
      "review_case",
      "case_no,project_name,owner_unit,kind,accepted_on,submitted_amount,state\n"
      "P1,甲,甲局,结算,2026-03-02,4000000,评审中\nP2,乙,甲局,结算,2026-03-02,6000000,评审中\nP3,丙,甲局,预算,2026-03-02,100,评审中\n");
  EXPECT_EQ(cases("P1"), "2026-04-14") << "thirty work days where the pack says nothing";
  bureau.ledgers.use_pack_deadlines([](std::string_view name, Date) {
    return name == "review_settlement_5m" ? std::optional(5) : name == "review_settlement_20m" ? std::optional(10) : std::nullopt;
  });
  EXPECT_EQ(cases("P1"), "2026-03-09");
  EXPECT_EQ(cases("P2"), "2026-03-16");
  EXPECT_EQ(cases("P3"), "2026-04-14");
  const auto found = bureau.ledgers.find(bureau.type("review_case"), "P2");
  EXPECT_EQ(deadline_of(bureau.ledgers, bureau.type("review_case"), found->rows.front(), "review", bureau.today)->due.text(), "2026-03-16");
}

TEST_P(Desks, AreOnTimeByWhatThePackSaysOfTheKindAndAmount) {
  Bureau bureau(url_);
  bureau.take("review_case",
              "case_no,project_name,owner_unit,kind,accepted_on,submitted_amount,concluded_amount,concluded_on,state\n"
              "P1,甲,甲局,结算,2026-03-02,4000000,1,2026-03-09,已定案\nP2,乙,甲局,结算,2026-03-02,4000000,1,2026-03-10,已定案\n"
              "P3,丙,甲局,结算,2026-03-02,6000000,1,2026-03-10,已定案\nP4,丁,甲局,预算,2026-03-02,100,1,2026-03-31,已定案\n");
  const Asked asked{bureau.ledgers.catalogue().measure("review.on_time_rate"), {*Date::of(2026, 1, 1), *Date::of(2026, 12, 31)}, {}, {}};
  const auto rate = [&] { return figure_of(bureau.ledgers, asked).value().value->text(); };
  EXPECT_EQ(rate(), "100.00") << "thirty work days where the pack says nothing";
  bureau.ledgers.use_pack_deadlines([](std::string_view name, Date day) {
    return name == "review_settlement_5m" && day.year() == 2026 ? std::optional(5) : std::nullopt;
  });
  EXPECT_EQ(rate(), "75.00") << "P2 took six; the others have the usual thirty";
  const auto receipt = receipt_of(bureau.ledgers, asked);
  ASSERT_TRUE(receipt) << receipt.error().message;
  EXPECT_EQ(receipt->figure.value->text(), "75.00");
  EXPECT_EQ(receipt->counted.size(), 4U);
  EXPECT_EQ(check_receipt(bureau.ledgers, *receipt)->state, ReceiptCheck::State::same);
  bureau.ledgers.use_pack_deadlines(
      [](std::string_view name, Date) { return name == "review_settlement_5m" ? std::optional(20) : std::nullopt; });
  EXPECT_EQ(rate(), "100.00");
  EXPECT_EQ(check_receipt(bureau.ledgers, *receipt)->state, ReceiptCheck::State::redefined) << "nobody altered the receipt";
  bureau.ledgers.use_pack_deadlines(
      [](std::string_view name, Date) { return name == "review_settlement_5m" ? std::optional(5) : std::nullopt; });
  bureau.take("case_pause", "case_no,paused_on,resumed_on,reason\nP2,2026-03-04,2026-03-05,补资料\n");
  EXPECT_EQ(rate(), "100.00") << "one of the six it stood still";
}

TEST_P(Desks, DrawWhatIsOwedAndWhatWasSpent) {
  Bureau bureau(url_);
  bureau.take("shopfront", "code,address\nM1,伏波大道1号\n");
  bureau.take("tenant", "code,name\nC1,王五\n");
  bureau.take("lease",
              "lease_no,shopfront,tenant,starts_on,ends_on,monthly_rent,opening_arrears\nH1,M1,C1,2025-01-01,2026-03-20,1000,50\n"
              "H2,M1,C1,2026-02-20,2026-05-10,700,\n");
  bureau.take("rent_receipt", "receipt_no,lease_no,received_on,amount,kind\nS1,H1,2026-01-05,12050,租金\nS2,H1,2026-01-05,500,押金\n");
  EXPECT_EQ(values_of(bureau.drawn("state_assets", "欠租账龄")),
            "30天以内 1700.00; 31—90天 2000.00; 91—180天 0.00; 181—365天 0.00; 一年以上和期初 0.00; ");
  EXPECT_EQ(values_of(bureau.drawn("state_assets", "即将到期合同")), "30天内 1; 31—60天 0; 61—90天 1; ");
  EXPECT_EQ(board_of(bureau.ledgers, "state_assets", bureau.today, 20).days.near, 2) << "ninety days ahead";
  bureau.take("project", "code,name,unit,year\nP1,评审专项,甲局,2026\n");
  bureau.take("budget_line", "project,year,initial_amount\nP1,2026,100000\n");
  bureau.take("payment", "payment_no,project,paid_on,amount\nZ1,P1,2026-01-10,10000\nZ2,P1,2026-03-05,5000\nZ3,P1,2026-03-06,9\n");
  const Drawing curve = bureau.drawn("budget_execution", "预算执行进度");
  EXPECT_EQ(values_of(curve), "1月 10.00; 2月 10.00; 3月 15.00; ");
  EXPECT_EQ(curve.points[2].even->text(), "17.53") << "64 of 365 days";
}

TEST_P(Desks, KeepAFileWithItsRecordAndOpenNoneByItsHash) {
  Bureau bureau(url_);
  const RecordType& task = bureau.type("work_task");
  bureau.take("work_task", "task_no,name,due_on,proof_file\nR1,季度小结,2026-03-31,旧名.pdf\n");
  EXPECT_EQ(record_file(bureau.ledgers, task, bureau.ledgers.find(task, "R1")->rows.front(), "proof_file").error().code, "not-found");
  const auto kept = keep_record_file(bureau.ledgers, task, "R1", 1, "proof_file", "bytes", "佐证.pdf", clerk);
  ASSERT_TRUE(kept) << kept.error().message;
  const std::string value =
      written(*task.field("proof_file"), kept->rows.front().values[static_cast<std::size_t>(task.index_of("proof_file"))]);
  EXPECT_EQ(record_file(bureau.ledgers, task, kept->rows.front(), "proof_file").value(), "bytes");
  EXPECT_EQ(keep_record_file(bureau.ledgers, task, "R1", 1, "proof_file", "x", "y.pdf", clerk).error().code, "stale-revision");
  EXPECT_FALSE(keep_record_file(bureau.ledgers, task, "R1", 2, "name", "x", "y.pdf", clerk));
  EXPECT_FALSE(keep_record_file(bureau.ledgers, task, "R1", 2, "proof_file", "x", "../y.pdf", clerk));
  const auto stolen = add_record(bureau.ledgers, task, {{"name", "别的"}, {"due_on", "2026-03-31"}, {"proof_file", value}}, clerk);
  ASSERT_TRUE(stolen) << stolen.error().message;
  EXPECT_FALSE(record_file(bureau.ledgers, task, stolen->rows.front(), "proof_file"));
  bureau.take("work_task", "task_no,name,due_on,proof_file\nR1,季度工作小结,2026-03-31,佐证.pdf\nR9,又一个,2026-03-31," + value + "\n");
  EXPECT_EQ(record_file(bureau.ledgers, task, bureau.ledgers.find(task, "R1")->rows.front(), "proof_file").value(), "bytes");
  EXPECT_FALSE(record_file(bureau.ledgers, task, bureau.ledgers.find(task, "R9")->rows.front(), "proof_file"));
  EXPECT_EQ(bureau.ledgers.rebuild(), 5) << "every revision comes back";
  EXPECT_FALSE(bureau.ledgers.check());
  EXPECT_TRUE(bureau.registry.verify().ok);
}

TEST_P(Desks, AreToldOnceWhatAColumnMeans) {
  Bureau bureau(url_);
  bureau.take("project", "code,name,unit,year\nP1,评审专项,甲局,2026\n");
  const std::string header = "凭据,是哪个项目,哪天,付了多少,备注\n";
  EXPECT_FALSE(import_table(bureau.ledgers, bureau.type("payment"), header + "Z1,P1,2026-03-05,100,x\n", {}, clerk));
  ImportOptions check;
  check.only_check = true;
  const Imported asked = bureau.take("payment", header + "Z1,P1,2026-03-05,100,x\n", check);
  EXPECT_EQ(asked.missing.size(), 4U);
  EXPECT_EQ(asked.columns.at(3), (std::pair<std::string, std::string>("付了多少", "")));
  EXPECT_FALSE(column_choice_of(bureau.type("payment"), R"({"凭据":"colour"})"));
  EXPECT_FALSE(column_choice_of(bureau.type("payment"), R"(["凭据"])"));
  ImportOptions told;
  told.columns = column_choice_of(bureau.type("payment"),
                                  R"({"凭据":"payment_no","是哪个项目":"project","哪天":"paid_on","付了多少":"amount","备注":""})")
                     .value();
  EXPECT_EQ(bureau.take("payment", header + "Z1,P1,2026-03-05,100,x\n", told).added, 1);
  const Imported next = bureau.take("payment", header + "Z2,P1,2026-03-06,250,\n");
  EXPECT_EQ(next.added, 1);
  EXPECT_TRUE(next.notes.empty()) << next.notes[0];
  EXPECT_FALSE(import_table(bureau.ledgers, bureau.type("payment"), "凭据,哪天\nZ3,2026-03-06\n", {}, clerk))
      << "another heading, another table";
}

std::string told(const Entries& entries) {
  return std::to_string(entries.total) + " of " + (entries.totals.empty() ? "nothing" : entries.totals.front().second) + ", from " +
         (entries.rows.empty() ? "none" : entries.rows.front().id) + ", " + std::to_string(entries.rows.size()) + " shown";
}

TEST_P(Desks, FindATextInWhatTheListShowsAndAddUpAllThatHoldIt) {
  Bureau bureau(url_);
  bureau.take("project", "code,name,unit,year\nP1,道路养护,甲局,2026\nP2,桥梁检测,甲局,2026\n");
  std::string payments = "payment_no,project,paid_on,amount,fund,state\n";
  for (int i = 0; i < 1'205; ++i)
    payments += "Z" + std::to_string(10'000 + i) + (i % 400 == 0 ? ",P2" : ",P1") + ",2026-03-0" + std::to_string(1 + i % 9) +
                ",1.10,general_public,valid\n";
  bureau.take("payment", payments);
  Question question;
  question.limit = 2;
  const auto list = [&](const std::string& text, int offset = 0) {
    question.text = text;
    question.offset = offset;
    return told(bureau.ledgers.list(bureau.type("payment"), question));
  };
  EXPECT_EQ(list("桥梁"), "4 of 4.40, from Z10000, 2 shown") << "the name of the project, which the payment does not hold";
  EXPECT_EQ(list("桥梁", 2), "4 of 4.40, from Z10800, 2 shown");
  EXPECT_EQ(list("桥梁", 9), "4 of 4.40, from none, 0 shown");
  EXPECT_EQ(list("道路"), "1201 of 1321.10, from Z10001, 2 shown") << "more than are counted by passing";
  EXPECT_EQ(list("道路", 1'200), "1201 of 1321.10, from Z11204, 1 shown");
  EXPECT_EQ(list("Z1100"), "10 of 11.00, from Z11000, 2 shown");
  EXPECT_EQ(list("_"), "0 of nothing, from none, 0 shown");
  EXPECT_EQ(list(""), "1205 of 1325.50, from Z10000, 2 shown");
  bureau.take("payment", "payment_no,project,paid_on,amount\nZ20000,P2,2026-03-05,-0.40\n");
  EXPECT_EQ(list("桥梁"), "5 of 4.00, from Z10000, 2 shown") << "what was kept is counted anew";
  EXPECT_EQ(list(""), "1206 of 1325.10, from Z10000, 2 shown");
  bureau.take("project", "code,name,unit,year\nP2,路灯,甲局,2026\n");
  EXPECT_EQ(list("桥梁"), "0 of nothing, from none, 0 shown");
}

JIHENG_ON_EACH_ENGINE(Desks);

}  // namespace
}  // namespace jiheng::ledgers
