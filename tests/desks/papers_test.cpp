// Papers of the sample year's records: whatever the regulations name for them stands on the paper, read back out of the docx.
#include <gtest/gtest.h>

#include "desks/sample_year/sample_year.h"
#include "ledgers/import.h"
#include "ledgers/papers/arrears_rows.h"
#include "ledgers/papers/filling.h"
#include "ledgers/papers/words.h"
#include "ledgers/schema.h"
#include "reading/formats/detect.h"
#include "reading/reader.h"
#include "support/engines.h"
#include "support/sourced_docx.h"

namespace jiheng::desks {
namespace {

using ledgers::Catalogue;

/// The year is played once; papers change nothing.
struct SampleBureau {
  SampleBureau()
      : store(*store::open("sqlite:" + folder.file("jiheng.db"))),
        registry(*store, folder.file("data")),
        ledgers(registry, Catalogue::shipped()) {
    EXPECT_TRUE(ledgers::migrate_ledgers(*store, Catalogue::shipped()).ok());
    EXPECT_TRUE(play_sample_year(ledgers).ok());
  }
  test::TemporaryFolder folder;
  std::unique_ptr<store::Store> store;
  registry::Registry registry;
  ledgers::Ledgers ledgers;
};

struct Papers : testing::Test {
  static SampleBureau& bureau() {
    static SampleBureau made;
    return made;
  }
  static void TearDownTestSuite() {}

  const ledgers::RecordType& type(const std::string& name) { return *bureau().ledgers.catalogue().type(name); }
  ledgers::Entries record(const std::string& type_name, const std::string& id) {
    return bureau().ledgers.find(type(type_name), id).value();
  }
  void take(const std::string& type_name, const std::string& csv) {
    const auto taken = ledgers::import_table(bureau().ledgers, type(type_name), csv, {}, access::Principal::operator_at_machine());
    ASSERT_TRUE(taken.ok() && taken->bad.empty()) << (taken.ok() ? taken->bad[0].reason : taken.error().message);
  }

  /// The docx's text without spaces, or why there is none.
  std::string paper(const std::string& type_name, const std::string& id, const std::string& name) {
    const auto found = record(type_name, id);
    const auto made = ledgers::make_paper(bureau().ledgers, type(type_name), found.rows.front(), name,
                                          {"渌口区财政局", "刘芳", *Date::parse("2026-12-01")});
    if (!made) return "! " + made.error().message;
    EXPECT_TRUE(writing::official_pdf(made->document, "", "2026-12-01").ok());
    const auto bytes = writing::official_docx(made->document, "2026-12-01").value();
    for (const std::string& fault : test::check_letter(bytes).faults) ADD_FAILURE() << name << " of " << id << ": " << fault;
    const auto layout = reading::read_layout(bytes, reading::detect_format(bytes));
    std::string text;
    for (const reading::Block& block : layout->blocks) {
      text += std::string(block.text) + "\n";
      for (const reading::Cell& cell : block.grid.cells) text += std::string(cell.printed()) + "\n";
    }
    std::erase(text, ' ');
    return text;
  }

  void expect_all(const std::string& text, std::initializer_list<const char*> words) {
    for (const char* word : words) EXPECT_NE(text.find(word), std::string::npos) << word << "\n" << text;
    EXPECT_EQ(text.find("null"), std::string::npos);
    EXPECT_EQ(text.find("【"), std::string::npos);
  }
};

TEST_F(Papers, OfAReviewListWhatTheReviewRulesName) {
  expect_all(paper("review_case", "PS2026-318", "handover"),
             {"资料交接单", "PS2026-318", "送审报告", "施工合同", "现场签证单", "份数", "原件", "移交人", "接收人", "退还"});
  expect_all(paper("review_case", "PS2026-320", "supplement"),
             {"补正", "缺监理单位签字", "现场签证单", "不计入评审时限", "渌口区财政局", "2026年12月1日"});
  const std::string sheet = paper("review_case", "PS2026-008", "conclusion_sheet");
  expect_all(sheet, {"审定单", "送审金额", "审定金额", "审减总额", "60,000.00", "审增总额", "-3,000.00", "净审减率", "%", "初审", "张建国",
                     "李红梅", "王志强", "五个工作日", "土建工程", "多计工程量", "盖章", "大写"});
  expect_all(paper("review_case", "PS2026-008", "review_report"),
             {"渌财评〔2026〕8号", "评审依据", "现场踏勘", "征求", "审减总额", "审增总额", "净审减率", "建设单位意见", "咨询机构",
              "利害关系", "评审时限", "湖南诚信第", "定案后复核"});
}

TEST_F(Papers, OfSupervisionListWhatTheInspectionRulesName) {
  expect_all(paper("inspection", "JC2026-04", "rectification_notice"),
             {"WT2026-03", "37,500.00", "整改", "问题编号", "依据", "整改期限", "涉及金额", "签收人", "送达日期"});
  take("inspection",
       "inspection_no,kind,object,basis,scope,content,mode,planned_from,planned_to,to_prepare,leader,member,contact,contact_phone,state\n"
       "JC1,会计信息质量检查,甲局,会计法,2025年度,会计核算,就地检查,2026-12-08,2026-12-26,账簿凭证,陈立,周敏,周敏,0731-1,已列计划\n");
  expect_all(paper("inspection", "JC1", "inspection_notice"),
             {"检查通知书", "甲局", "会计法", "2025年度", "会计核算", "就地检查", "2026年12月8日", "2026年12月26日", "账簿凭证", "陈立",
              "周敏", "0731-1", "不少于两人", "三个工作日", "盖章", "2026年12月1日"});
  expect_all(paper("working_paper", "DG2026-01", "working_paper"),
             {"工作底稿", "往来款项", "其他应收款三年以上没有清理", "明细账、凭证复印件各一份", "会计核算的有关规定", "12,500.00",
              "壹万贰仟伍佰元整", "周敏", "陈立", "单位财务负责人", "情况属实", "JC2026-01"});
  expect_all(paper("finding", "WT2026-03", "closing_sheet"),
             {"销号审批单", "WT2026-03", "整改要求", "整改日期", "核查日期", "已整改到位", "责任单位", "核查人", "分管领导"});
  EXPECT_EQ(paper("finding", "WT2026-03", "rectification_notice").substr(0, 1), "!") << "it is closed";
}

TEST_F(Papers, OfLeasesTellEveryMonthThatIsOwed) {
  const std::string notice = paper("lease", "HT025", "arrears_notice");
  expect_all(notice, {"催缴通知", "HT025", "MM025", "渌口镇伏波大道125号", "承租人25", "月租金", "押金", "应收租金", "已收", "已减免",
                      "尚欠租金", "大写", "非税缴款书", "合理期限", "违约金", "2026年10月1日", "2026年11月1日", "2026年12月1日"});
  expect_all(paper("lease", "HT001", "ending_reminder"), {"到期提醒", "2028年12月31日到期", "公开招租", "腾", "押金", "续租"});
}

TEST_F(Papers, OfTheNetworkSayWhatWasTestedAndThatNothingHappened) {
  expect_all(paper("stability_test", "CS2026-2", "minutes"),
             {"测试纪要", "核心交换机及各单位接入点", "丢包率", "时延P95", "服务器", "存储", "数据库", "供电", "制冷", "消防", "机房环境",
              "区财政局机房", "已更换光模块并复测", "易珊"});
  std::string id;
  bureau().store->read()->query("SELECT id FROM ledger_zero_report WHERE until IS NULL AND month = '2026-03'", {},
                                [&](const store::Row& row) { id = row.string(0); });
  expect_all(paper("zero_report", id, "zero_report"), {"2026年3月网络安全事件零报告", "特别重大", "谭志", "0件"});
}

TEST_F(Papers, LeaveRoomWhereNothingIsKnown) {
  take("review_case", "case_no,project_name,owner_unit,kind,state\nPSX,没填的项目,渌口区林业局,结算,已登记\n");
  const std::string text = paper("review_case", "PSX", "supplement");
  EXPECT_NE(text.find("送审金额____________元"), std::string::npos) << text;
  EXPECT_NE(paper("review_case", "PSX", "handover").find("资料名称"), std::string::npos);
  take("lease", "lease_no,shopfront,tenant,starts_on,ends_on,monthly_rent,state\nHTX,MM001,CZ001,2026-01-01,2026-12-31,100,作废\n");
  EXPECT_EQ(paper("lease", "HTX", "arrears_notice").substr(0, 1), "!") << "a void record makes no paper";
}

TEST(PaperWords, AreThoseOfTheOffice) {
  using ledgers::amount_in_capitals;
  EXPECT_EQ(amount_in_capitals(0), "零元整");
  EXPECT_EQ(amount_in_capitals(5), "伍分");
  EXPECT_EQ(amount_in_capitals(30), "叁角整");
  EXPECT_EQ(amount_in_capitals(100'05), "壹佰元零伍分");
  EXPECT_EQ(amount_in_capitals(1'234'567'89), "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分");
  EXPECT_EQ(amount_in_capitals(10'0000'0000'00), "壹拾亿元整");
  EXPECT_EQ(amount_in_capitals(10'0005'0300'00), "壹拾亿零伍万零叁佰元整");
  EXPECT_EQ(amount_in_capitals(-120'00), "负壹佰贰拾元整");
  EXPECT_EQ(ledgers::amount_in_threes(-123456789), "-1,234,567.89");
  EXPECT_EQ(ledgers::amount_in_threes(5), "0.05");
  EXPECT_EQ(ledgers::share_in_percent(132'948, 671'852), "19.79%");
}

TEST(UnpaidMonths, AreSettledFromTheOldestOn) {
  using Kind = ledgers::AccountLine::Kind;
  const auto day = [](const char* text) { return Date::parse(text); };
  ledgers::LeaseAccount account;
  account.lines = {{Kind::opening, {}, "", 5000, 0},
                   {Kind::due, day("2026-01-01"), "1", 10000, 0},
                   {Kind::receipt, day("2026-01-05"), "S1", -12000, 0},
                   {Kind::due, day("2026-02-01"), "2", 10000, 0},
                   {Kind::waiver, day("2026-02-01"), "J1", -1000, 0}};
  const auto months = ledgers::unpaid_months(account);
  ASSERT_EQ(months.size(), 2U);
  EXPECT_EQ(months[0].number, "1");
  EXPECT_EQ(months[0].unpaid, 2000);
  EXPECT_EQ(months[1].unpaid, 10000);
}

TEST(PaperDeclarations, AreCheckedWithTheirLine) {
  const auto fault = [](const std::string& yaml) {
    const std::string types =
        "desk: d\nlabel: 业务\ntypes:\n  - type: thing\n    label: 东西\n    key: no\n    fields:\n      - {name: no, label: 编号, "
        "required: true}\n"
        "      - {name: cost, label: 费用, type: amount}\n";
    const std::array files = {embedded::File{"a.yaml", types}, embedded::File{"own/b.yaml", yaml}};
    const auto read = Catalogue::of_files(files);
    return read ? std::string() : read.error().message;
  };
  const std::string head = "desk: d\nlabel: 业务\ndocuments:\n  - document: note\n    label: 单子\n    of: thing\n";
  EXPECT_EQ(fault(head + "    text: |\n      标题：单子\n      【编号】【费用（大写）】【机关】\n"), "");
  EXPECT_NE(fault(head + "    text: |\n      标题：单子\n      【编好】\n").find("own/b.yaml 第9行"), std::string::npos);
  EXPECT_NE(fault(head + "    lists:\n      明细: {type: nothing, by: no}\n    text: x\n").find("own/b.yaml 第4行"), std::string::npos);
  EXPECT_NE(fault(head + "    when: colour = 'red'\n    text: x\n").find("没有字段“colour”"), std::string::npos);
  EXPECT_NE(fault(head + "    text: x\n  - document: note\n    label: 又一张\n    of: thing\n    text: y\n").find("已经声明过"),
            std::string::npos);
}

}  // namespace
}  // namespace jiheng::desks
