// Forms as files: written, read back, and filled in elsewhere.
#include <gtest/gtest.h>

#include "goals/json.h"
#include "reading/reader.h"
#include "service/follow_ups_fixture.h"
#include "writing/writer.h"

namespace jiheng::service {
namespace {

struct FollowUpsFiles : FollowUps {};

TEST_F(FollowUpsFiles, WhatIsWrittenReadsBackTheSame) {
  const std::string id = laid("monitoring", 7);
  json::object table = filled({"3", "99", "5", "95"}, "60");
  table["indicators"].as_array()[0].as_object()["causes"] = json::array{json::object{{"cause", "人员保障"}, {"text", "运维人员不足"}}};
  EXPECT_EQ(edit(id, table).status, 200);
  const json::value body = form(id);
  for (const char* carrier : {"docx", "xlsx", "pdf", "html"}) {
    const Answer file = get("/api/v1/follow-ups/" + id + "/export?to=" + carrier, as("clerk"));
    ASSERT_EQ(file.status, 200) << carrier;
    const Document read = reading::read_document(file.body, std::string("表.") + carrier);
    ASSERT_EQ(read.tables.size(), 1U) << carrier;
    const GoalTable& back = read.tables.front();
    EXPECT_EQ(back.kind, TableKind::monitoring) << carrier;
    const json::value& shown = body.at("tables").at(0).at("table");
    for (std::size_t i = 0; i < 4; ++i) {
      const json::value& row = shown.at("indicators").at(i);
      EXPECT_EQ(back.indicators.at(i).level3, row.at("level3").as_string()) << carrier;
      EXPECT_EQ(back.indicators.at(i).actual.value_or(""), row.at("actual").as_string()) << carrier;
      EXPECT_EQ(back.indicators.at(i).forecast.value_or(""), row.at("forecast").as_string()) << carrier;
      EXPECT_EQ(back.indicators.at(i).likelihood.value_or(""), row.at("likelihood").as_string()) << carrier;
    }
    EXPECT_EQ(back.execution.at(0).executed.value_or(""), "60") << carrier;
    EXPECT_EQ(back.execution.at(0).rate.value_or(""), "49.79") << carrier;
    EXPECT_EQ(back.indicators.at(0).causes.size(), 1U) << carrier;
  }
  EXPECT_EQ(get("/api/v1/follow-ups/" + id + "/export?to=docx", as("stranger")).status, 404);
}

TEST_F(FollowUpsFiles, TheMoneyRowsOfTheOfficialFormAreThereAndTakenFromAFile) {
  const std::string id = laid("monitoring", 7);
  const auto rows = [&] {
    std::vector<std::string> out;
    const json::value shown = form(id);
    for (const json::value& each : shown.at("tables").at(0).at("table").at("execution").as_array()) {
      const auto text = [&](const char* name) { return each.at(name).is_null() ? "-" : std::string(each.at(name).as_string()); };
      out.push_back(text("fund") + " " + text("budget") + " " + text("executed") + " " + text("rate"));
    }
    return out;
  };
  EXPECT_EQ(rows().at(1), "本年财政拨款 - - -");
  json::object table = filled({"3", "99", "5", "95"}, "60");
  table["funds"] = json::array{json::object{{"fund", "本年财政拨款"}, {"budget", "100"}, {"executed", "50"}},
                               json::object{{"fund", "上年结转资金"}, {"budget", "10"}, {"executed", "10"}},
                               json::object{{"fund", "其他资金"}, {"budget", "0"}, {"executed", "0"}},
                               json::object{{"fund", "单位资金"}, {"budget", "1"}, {"executed", "0"}}};
  EXPECT_EQ(edit(id, table).status, 200);
  EXPECT_EQ(rows(), (std::vector<std::string>{rows().front(), "本年财政拨款 100 50 50", "上年结转资金 10 10 100", "其他资金 0 0 -",
                                              "单位资金 1 0 0"}));
  std::set<std::string> told;
  const json::value body = form(id);
  for (const json::value& each : body.at("tables").at(0).at("remarks").as_array()) told.insert(std::string(each.at("code").as_string()));
  EXPECT_TRUE(told.contains("funds-differ")) << "111 of 120.50";
  EXPECT_EQ(body.at("tables").at(0).at("table").at("department").as_string(), "甲局（201001）");

  // The same file again, with the words of another place, fills in another form.
  auto written = table_from_json(json::serialize(body.at("tables").at(0).at("table"))).value();
  written.execution[1].fund = "其中：当年财政拨款";
  written.execution[1].executed = "55";
  const auto bytes = writing::write_forms({&written, 1}, writing::Carrier::docx).value();
  const Answer taken = upload_to("/api/v1/follow-ups/" + id + "/form", {{"监控表.docx", bytes}}, at_latest(id, "clerk"));
  ASSERT_EQ(taken.status, 200) << taken.body;
  EXPECT_EQ(rows().at(1), "本年财政拨款 100 55 55");

  // Words of its own stay its own: only what is known to be the same is taken for it.
  written.execution[3].fund = "其他资金（自筹）";
  written.execution[3].budget = "9";
  written.execution[3].executed = "1";
  const auto other = writing::write_forms({&written, 1}, writing::Carrier::docx).value();
  ASSERT_EQ(upload_to("/api/v1/follow-ups/" + id + "/form", {{"监控表.docx", other}}, at_latest(id, "clerk")).status, 200);
  EXPECT_EQ(rows().at(3), "其他资金 - - -");
  EXPECT_EQ(rows().at(4), "其他资金（自筹） 9 1 11.11");
}

TEST_F(FollowUpsFiles, AFormFilledInElsewhereIsTakenAndWhatItAlteredIsTold) {
  set_clock(february);
  for (const char* login : {"clerk", "head", "chief"}) log_in_again(login);
  const std::string id = laid("self_evaluation", 12);
  auto table = table_from_json(json::serialize(form(id).at("tables").at(0).at("table"))).value();
  table.goal_result = "全年完成。";
  table.execution.front().executed = "100";
  const char* actuals[] = {"11", "98", "12", "95"};
  for (std::size_t i = 0; i < 4; ++i) {
    table.indicators[i].actual = actuals[i];
    table.indicators[i].score = "22.50";
    table.indicators[i].weight = "22.50";
  }
  table.indicators[2].value = "8";  // 10 was approved
  table.total_score = "99.99";
  table.indicators.pop_back();
  const auto bytes = writing::write_forms({&table, 1}, writing::Carrier::docx).value();
  const auto take = [&](const std::string& login, const std::string& content) {
    return upload_to("/api/v1/follow-ups/" + id + "/form", {{"自评表.docx", content}}, at_latest(id, login));
  };
  EXPECT_EQ(code_of(take("head", bytes)), "forbidden");
  EXPECT_EQ(code_of(take("clerk", tests::document_of(tests::goal_table("甲局")))), "no-form");
  EXPECT_GE(take("clerk", "不是文档").status, 400);
  const json::value taken = expect_documented(take("clerk", bytes), "takeForm");
  std::set<std::string> told;
  for (const json::value& each : taken.at("faults").as_array())
    told.insert(std::string(each.at("code").as_string()) + " " + std::string(each.at("name").as_string()));
  EXPECT_EQ(told,
            (std::set<std::string>{"target-changed 业务办理提速比例", "indicator-dropped 使用人员满意度", "score-miscounted 系统巡检次数",
                                   "score-miscounted 故障处理合格率", "score-miscounted 业务办理提速比例",
                                   "deviation-unexplained 系统巡检次数", "total-miscounted 甲局信息系统运维项目"}));
  const json::value& filled = taken.at("form").at("tables").at(0).at("table");
  EXPECT_EQ(filled.at("indicators").at(0).at("actual").as_string(), "11");
  EXPECT_EQ(filled.at("indicators").at(2).at("value").as_string(), "10") << "what was approved stays";
  EXPECT_EQ(filled.at("goal_result").as_string(), "全年完成。");
  EXPECT_EQ(filled.at("execution").at(0).at("executed").as_string(), "100");
}

}  // namespace
}  // namespace jiheng::service
