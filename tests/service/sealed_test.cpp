// A sealed form held beside the record, as the persons bring it; and what recognition is not sure of.
#include <gtest/gtest.h>

#include "desks/performance/record_comparison.h"
#include "desks/performance/sealed.h"
#include "service/filing_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

class Sealed : public tests::FilingTest {
 protected:
  std::string approved() {
    const std::string id = file();
    EXPECT_EQ(outcome(id, "clerk", "submit"), "");
    approve_all(id);
    return id;
  }
  Answer brought(const std::string& id, const std::string& login, const std::string& name, const std::string& bytes) const {
    tests::Headers headers = as(login);
    headers.emplace_back("Content-Type", "multipart/form-data; boundary=b");
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name + "\"\r\n\r\n" + bytes + "\r\n--b--\r\n";
    return ask("POST", "/api/v1/submissions/" + id + "/sealed", body, headers);
  }
  json::value result(const std::string& id, const std::string& login, const std::string& name, const std::string& bytes) const {
    return expect_documented(brought(id, login, name, bytes), "bringSealed");
  }
  json::value listed(const std::string& id, const std::string& login) const {
    return expect_documented(get("/api/v1/submissions/" + id + "/sealed", as(login)), "listSealed");
  }
  std::string printed(const std::string& id) const {
    return std::string(get("/api/v1/submissions/" + id + "/export?what=form&to=docx", as("chief")).body);
  }
};

TEST_F(Sealed, WhatWasApprovedIsTheSame) {
  const std::string id = approved();
  const std::string form = printed(id);
  const json::value found = result(id, "clerk", "盖章.docx", form);
  EXPECT_EQ(found.at("outcome").as_string(), "same") << json::serialize(found);
  EXPECT_TRUE(found.at("approved").as_bool());
  EXPECT_FALSE(found.at("recognised").as_bool());
  EXPECT_EQ(found.at("printed"), found.at("revision")) << "its version code is this revision's";
  EXPECT_TRUE(found.at("values").as_array().empty());
  const json::value all = listed(id, "chief");
  ASSERT_EQ(all.as_array().size(), 1U);
  EXPECT_EQ(all.at(0), found);
  EXPECT_EQ(get("/api/v1/submissions/" + id + "/sealed/1", as("section")).body, form);
}

TEST_F(Sealed, AnotherTargetIsNamedWithItsPlace) {
  const std::string id = approved();
  GoalTable other = tests::goal_table("甲局");
  other.indicators.at(0).value = "987";
  const json::value found = result(id, "officer", "改过.docx", tests::document_of(other));
  EXPECT_EQ(found.at("outcome").as_string(), "differs");
  ASSERT_EQ(found.at("differing").as_int64(), 1);
  const json::value& value = found.at("values").at(0);
  EXPECT_EQ(value.at("field").as_string(), "指标值");
  EXPECT_TRUE(value.at("certain").as_bool());
  EXPECT_NE(std::string(value.at("sealed").as_string()).find("987"), std::string::npos);
  EXPECT_FALSE(value.at("page").is_null());
  EXPECT_GT(value.at("row").as_int64(), 0);
}

TEST_F(Sealed, ALaterApprovalMakesItOld) {
  const std::string id = approved();
  result(id, "clerk", "盖章.docx", printed(id));
  EXPECT_EQ(outcome(id, "clerk", "adjust", "任务变了"), "");
  EXPECT_TRUE(listed(id, "clerk").at(0).at("current").as_bool()) << "what was approved stands while it is adjusted";
  EXPECT_EQ(outcome(id, "clerk", "submit"), "");
  approve_all(id);
  EXPECT_FALSE(listed(id, "clerk").at(0).at("current").as_bool());
  // The content is the same, but another revision was printed.
  const json::value again = result(id, "clerk", "盖章.docx", printed(id));
  EXPECT_EQ(again.at("number").as_int64(), 2);
  EXPECT_EQ(listed(id, "clerk").at(0).at("number").as_int64(), 2) << "the newest first";
}

TEST_F(Sealed, IsOfWhoeverSeesAndWorksOnTheSubmission) {
  const std::string id = approved();
  const std::string form = printed(id);
  EXPECT_EQ(code_of(brought(id, "stranger", "a.docx", form)), "not-found");
  EXPECT_EQ(code_of(get("/api/v1/submissions/" + id + "/sealed", as("stranger"))), "not-found");
  result(id, "head", "a.docx", form);
  EXPECT_EQ(code_of(get("/api/v1/submissions/" + id + "/sealed/1", as("stranger"))), "not-found");
  EXPECT_EQ(code_of(get("/api/v1/submissions/" + id + "/sealed/2", as("head"))), "not-found");
  EXPECT_EQ(code_of(get("/api/v1/submissions/" + id + "/sealed/0", as("head"))), "not-found");
}

TEST_F(Sealed, OfOneFilingNoMoreThanFiftyAreKept) {
  const std::string id = approved();
  const std::string form = printed(id);
  result(id, "clerk", "a.docx", form);
  for (int revision = 1; revision < desks::most_sealed_forms; ++revision) {
    auto change = registry().begin({});
    const auto first = change.latest(desks::sealed_kind, id);
    ASSERT_TRUE(change.put({std::string(desks::sealed_kind), id, revision, "held", "bring-sealed", first->body, {}}));
    change.commit();
  }
  EXPECT_EQ(code_of(brought(id, "clerk", "b.docx", form)), "too-many-sealed");
  EXPECT_EQ(listed(id, "clerk").as_array().size(), static_cast<std::size_t>(desks::most_sealed_forms));
}

TEST_F(Sealed, WhatCannotBeReadIsKeptAndSaidToBeSo) {
  const std::string id = approved();
  const json::value found = result(id, "clerk", "照片.docx", "no document at all");
  EXPECT_EQ(found.at("outcome").as_string(), "unreadable");
  EXPECT_FALSE(found.at("message").is_null());
  EXPECT_EQ(get("/api/v1/submissions/" + id + "/sealed/1", as("clerk")).body, "no document at all");
}

// ── what recognition is not sure of ──

struct Recognised : testing::Test {
  GoalTable record = tests::goal_table("甲局");
  Document scan;

  Recognised() {
    scan.format = "picture";
    scan.tables = {record};
    for (std::size_t i = 0; i < record.indicators.size(); ++i) scan.tables[0].indicators[i].source = {"1", static_cast<int>(i) + 5, 4, "x"};
  }
  void sure_of(int indicator, int percent) {
    scan.notes.push_back(
        {"ocr", "“指标”的指标值“1”由文字识别得到，把握" + std::to_string(percent) + "%，请对照原件核对。", 0, indicator, {}});
  }
  desks::RecordComparison compared() const { return desks::compare_with_record({&record, 1}, scan); }
};

TEST_F(Recognised, ATargetReadForCertainDiffers) {
  scan.tables[0].indicators[0].value = "987";
  sure_of(0, 93);
  const auto found = compared();
  EXPECT_TRUE(found.recognised);
  EXPECT_EQ(found.differing(), 1U);
  EXPECT_EQ(found.values.at(0).confidence, 93);
  EXPECT_EQ(found.values.at(0).difference.at->row, 5);
}

TEST_F(Recognised, ASignThatWasLostIsNoDifferenceButAnotherOneIs) {
  scan.tables[0].indicators[0].comparator = Comparator::none;
  sure_of(0, 96);
  EXPECT_EQ(compared().differing(), 0U);
  EXPECT_EQ(compared().unsure(), 1U);
  scan.tables[0].indicators[0].comparator = Comparator::at_most;
  EXPECT_EQ(compared().differing(), 1U);
}

TEST_F(Recognised, ATargetReadBadlyCannotBeChecked) {
  scan.tables[0].indicators[0].value = "987";
  sure_of(0, 55);
  const auto found = compared();
  EXPECT_EQ(found.differing(), 0U);
  EXPECT_EQ(found.unsure(), 1U) << "not said to be the same";
}

TEST_F(Recognised, EvenTheRightTargetCannotBeCheckedWhereItWasGuessed) {
  sure_of(0, 30);
  const auto found = compared();
  EXPECT_EQ(found.differing(), 0U);
  ASSERT_EQ(found.unsure(), 1U);
  EXPECT_EQ(found.values.at(0).difference.before, found.values.at(0).difference.after);
}

TEST_F(Recognised, AMisreadCharacterIsNoDifferenceButAFigureIs) {
  record.annual_goal = "全面完成全县河道清淤任务，保障群众饮水安全，群众满意度95以上。";
  scan.tables[0].annual_goal = "全面完成全县河道清洲任务，保障群众饮水安全，群众满意度95以上。";
  EXPECT_EQ(compared().differing(), 0U);
  EXPECT_EQ(compared().unsure(), 1U);
  scan.tables[0].annual_goal = "全面完成全县河道清淤任务，保障群众饮水安全，群众满意度85以上。";
  EXPECT_EQ(compared().differing(), 1U);
}

TEST_F(Recognised, WhatWasNotReadAtAllCannotBeChecked) {
  record.unit_name = "株洲市渌口区教育局";
  scan.tables[0].unit_name = "PN TH eR ACR a";
  EXPECT_EQ(compared().differing(), 0U);
  scan.tables[0].unit_name = "株洲市天元区民政局";
  EXPECT_EQ(compared().differing(), 1U);
}

TEST_F(Recognised, AnAmountDiffersForCertainOnlyWhereItsTableBearsItOut) {
  scan.tables[0].amount = "12050";
  EXPECT_EQ(compared().differing(), 0U);
  EXPECT_EQ(compared().unsure(), 1U);
  scan.notes.push_back({"ocr-confirmed", "", 0, {}, {}});
  EXPECT_EQ(compared().differing(), 1U);
}

TEST_F(Recognised, ARowThatWasNotFoundCannotBeChecked) {
  scan.tables[0].indicators.pop_back();
  EXPECT_EQ(compared().differing(), 0U);
  EXPECT_EQ(compared().unsure(), 1U);
  scan.format = "docx";
  EXPECT_EQ(compared().differing(), 1U) << "in a file that was typed it is missing";
}

}  // namespace
}  // namespace jiheng::service
