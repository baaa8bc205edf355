// The first half of a bureau's year, played through the API by all who take part in it, on both engines: opened, filed by 92 units (some
// late), returned, mended, waived, signed, adjusted, closed. What the program shows is held against a count kept beside it, and what may
// not be done is tried at every stage. The second half goes on from there.
#include "desks/follow_up/follow_ups.h"
#include "desks/performance/submissions.h"
#include "service/half_year_fixture.h"

namespace jiheng::service::tests {

namespace json = boost::json;

void HalfYear::open_the_year() {
  const json::object year{
      {"opens", "2026-03-02"}, {"work_days", 20}, {"notice", "请各单位按时报送"}, {"exempt", exempt_}, {"pack", "cn-2020"}};
  for (const char* login : {"clerk0", "head0", "section0", "department", "leader", "idler"})
    EXPECT_EQ(code_of(send("PUT", "/api/v1/years/2026", year, as(login))), "forbidden") << login;
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", year, as("chief")).status, 201);
  expect_wall(0);
}

void HalfYear::file_in_time() {
  for (int i = 0; i < unit_count - late_count; ++i) {
    Filed& filed = filed_[static_cast<std::size_t>(i)];
    ASSERT_NO_FATAL_FAILURE(bring(filed, i, i % 10 == 3));
    if (i % 24 == 0) {
      const Filed& other = filed_[static_cast<std::size_t>(i + 1)];
      refused(filed, other.clerk, "submit", "not-found");
      refused(filed, filed.head, "submit", "forbidden");
      refused(filed, "officer", "approve", "action-not-allowed");
    }
    ASSERT_NO_FATAL_FAILURE(submit(filed));
    if (i % 24 == 0) {
      refused(filed, filed.clerk, "submit", "action-not-allowed");
      refused(filed, filed.section, "approve", "forbidden");
      refused(filed, "leader", "approve", "forbidden");
    }
    ASSERT_NO_FATAL_FAILURE(sign_for_unit(filed));
    if (i % 24 == 0) refused(filed, filed.head, "approve", "forbidden");
  }
  expect_wall(0);
}

void HalfYear::file_late() {
  // 20 work days from Monday, 2 March 2026 end on Monday, 30 March; Wednesday, 1 April is past them.
  pass(30 * day);
  expect_wall(late_count);
  ASSERT_NO_FATAL_FAILURE(prove_reminder());
  for (int i = unit_count - late_count; i < unit_count; ++i) {
    Filed& filed = filed_[static_cast<std::size_t>(i)];
    ASSERT_NO_FATAL_FAILURE(bring(filed, i, false));
  }
  expect_wall(late_count);
  for (int i = unit_count - late_count; i < unit_count; ++i) {
    Filed& filed = filed_[static_cast<std::size_t>(i)];
    ASSERT_NO_FATAL_FAILURE(submit(filed));
    ASSERT_NO_FATAL_FAILURE(sign_for_unit(filed));
  }
  expect_wall(0);
  EXPECT_EQ(tables_, table_count);
}

void HalfYear::return_and_mend() {
  for (int i = 0; i < returned_count; ++i) {
    Filed& filed = filed_[static_cast<std::size_t>(i)];
    const int rounds = 1 + i % 3;
    for (int round = 0; round < rounds; ++round) {
      ASSERT_NO_FATAL_FAILURE(must(filed, filed.section, "return", "第" + std::to_string(round + 1) + "次：请把年度目标写具体"));
      filed.state = "returned";
      if (i == 0) expect_wall(1);
      if (i == 0) refused(filed, filed.section, "approve", "action-not-allowed");
      ASSERT_NO_FATAL_FAILURE(mend(filed, "全年完成" + std::to_string(12 + round) + "次，合格率达到98%。"));
      ASSERT_NO_FATAL_FAILURE(submit(filed));
      ASSERT_NO_FATAL_FAILURE(sign_for_unit(filed));
    }
    EXPECT_EQ(opened(filed, "chief").at("filing").at("round").as_int64(), 1 + rounds);
  }
  expect_wall(0);
}

void HalfYear::review_and_sign() {
  std::map<std::string, std::vector<Filed*>> by_section;
  for (Filed& filed : filed_) {
    const json::value body = opened(filed, filed.section);
    if (const std::string error = error_of(body); !error.empty()) {
      refused(filed, filed.section, "approve", "errors-open");
      put(filed, filed.section, "waivers", json::object{{"finding", error}, {"reason", "上级下达的考核指标"}});
      ++waived_units_;
    }
    by_section[filed.section].push_back(&filed);
  }
  EXPECT_EQ(waived_units_, 4) << "of 7 filed with an error 3 were mended on their way";
  for (auto& [section, filed] : by_section) ASSERT_NO_FATAL_FAILURE(sign_many(section, filed));
  std::vector<Filed*> all;
  for (Filed& filed : filed_) all.push_back(&filed);
  refused(filed_[5], "leader", "approve", "forbidden");
  ASSERT_NO_FATAL_FAILURE(sign_many("chief", all));
  refused(filed_[5], "chief", "approve", "forbidden");
  Filed stale = filed_[7];
  --stale.revision;
  EXPECT_EQ(code_of(act(stale, "leader", "approve")), "stale-revision");
  ASSERT_NO_FATAL_FAILURE(sign_many("leader", all));
  for (Filed& filed : filed_) filed.state = "approved";
  expect_wall(0);
}

void HalfYear::adjust() {
  for (int i = 0; i < adjusted_count; ++i) {
    Filed& filed = filed_[static_cast<std::size_t>(i * 7)];
    refused(filed, filed.head, "adjust", "forbidden");
    ASSERT_NO_FATAL_FAILURE(must(filed, filed.clerk, "adjust", "年中追加经费"));
    filed.state = "draft";
    ASSERT_NO_FATAL_FAILURE(mend(filed, "追加后全年完成24次，合格率达到98%。"));
    ASSERT_NO_FATAL_FAILURE(submit(filed));
    ASSERT_NO_FATAL_FAILURE(sign_for_unit(filed));
    for (const std::string& login : {filed.section, std::string("chief"), std::string("leader")})
      ASSERT_NO_FATAL_FAILURE(must(filed, login, "approve", "同意调整"));
    filed.state = "approved";
    const json::value body = opened(filed, "leader");
    EXPECT_TRUE(body.at("filing").at("adjusts").is_null());
    EXPECT_EQ(body.at("tables").at(0).at("annual_goal").as_string(), "追加后全年完成24次，合格率达到98%。");
  }
  expect_wall(0);
}

void HalfYear::publish() {
  const auto listed = [&] { return expect_documented(get("/api/v1/years/2026/publications", as("officer")), "listPublications"); };
  json::value before = listed();
  EXPECT_EQ(before.at("counts").at("due").as_int64(), unit_count - 1);
  EXPECT_EQ(before.at("counts").at("barred").as_int64(), 1) << "a classified unit's are never published";
  const auto body_of = [&](int from, int to) {
    json::array items;
    for (int i = from; i < to; ++i) {
      const Filed& each = filed_[static_cast<std::size_t>(i)];
      items.emplace_back(json::object{{"id", each.id}, {"revision", each.revision}});
    }
    return json::object{{"action", "publish"}, {"items", std::move(items)}};
  };
  for (const char* login : {"clerk0", "head0", "section0", "department", "idler"})
    EXPECT_EQ(code_of(send("POST", "/api/v1/publications/actions", body_of(0, unit_count), as(login))), "forbidden") << login;
  // A few at a time, as the page does: each has its files made.
  for (int from = 0; from < unit_count; from += at_once) {
    const Answer answer = send("POST", "/api/v1/publications/actions", body_of(from, std::min(from + at_once, unit_count)), as("officer"));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value outcomes = json::parse(answer.body);
    for (std::size_t i = 0; i < outcomes.as_array().size(); ++i)
      EXPECT_EQ(outcomes.at(i).at("code").is_null(), from + static_cast<int>(i) != secret) << outcomes.at(i);
  }
  EXPECT_EQ(listed().at("counts").at("published").as_int64(), unit_count - 1);
  // Anybody sees them, without a login, and nothing of the classified unit.
  const Answer page = get("/public/");
  ASSERT_EQ(page.status, 200);
  const Answer data = get("/public/2026/data.json");
  ASSERT_EQ(data.status, 200);
  for (int i = 0; i < unit_count; ++i) {
    const bool shown = data.body.find("\"" + filed_[static_cast<std::size_t>(i)].name + "\"") != std::string::npos;
    EXPECT_EQ(shown, i != secret) << filed_[static_cast<std::size_t>(i)].name;
  }
}

void HalfYear::close_the_year() {
  const json::object year{{"opens", "2026-03-02"}, {"work_days", 20}, {"exempt", exempt_}, {"closed", true}};
  EXPECT_EQ(code_of(send("PUT", "/api/v1/years/2026", year, as("clerk0", 1))), "forbidden");
  ASSERT_EQ(send("PUT", "/api/v1/years/2026", year, as("chief", 1)).status, 200);
  refused(filed_[1], filed_[1].clerk, "adjust", "year-closed");
  expect_wall(0);
}

TEST_P(HalfYear, IsPlayedByAllWhoTakePartInIt) {
  ASSERT_NO_FATAL_FAILURE(open_the_year());
  ASSERT_NO_FATAL_FAILURE(file_in_time());
  ASSERT_NO_FATAL_FAILURE(file_late());
  ASSERT_NO_FATAL_FAILURE(return_and_mend());
  ASSERT_NO_FATAL_FAILURE(review_and_sign());
  ASSERT_NO_FATAL_FAILURE(adjust());
  ASSERT_NO_FATAL_FAILURE(publish());
  ASSERT_NO_FATAL_FAILURE(close_the_year());
  ASSERT_NO_FATAL_FAILURE(monitor());
  ASSERT_NO_FATAL_FAILURE(answer_alarms());
  ASSERT_NO_FATAL_FAILURE(evaluate_themselves());
  ASSERT_NO_FATAL_FAILURE(check_again());
  ASSERT_NO_FATAL_FAILURE(report_the_year());
  ASSERT_NO_FATAL_FAILURE(accept_self_evaluations());
  ASSERT_NO_FATAL_FAILURE(evaluate_projects());
  ASSERT_NO_FATAL_FAILURE(rectify());
  ASSERT_NO_FATAL_FAILURE(prove_documents());
  ASSERT_NO_FATAL_FAILURE(use_results());
  EXPECT_GT(refusals_, 30);
  const auto verified = registry().verify();
  EXPECT_TRUE(verified.ok) << (verified.first_bad ? verified.first_bad->reason : "");
  EXPECT_EQ(desks::Submissions(registry()).rebuild(), 0) << "lists and records tell the same";
}

INSTANTIATE_TEST_SUITE_P(, HalfYear, testing::Values(store::Engine::sqlite, store::Engine::postgresql), test::engine_name);

}  // namespace jiheng::service::tests
