// The first half of a bureau's year, played through the API by all who take part in it, on both engines: opened, filed by 92 units (some
// late), returned, mended, waived, signed, adjusted, closed. What the program shows is held against a count kept beside it, and what may
// not be done is tried at every stage.
#include <set>

#include "desks/performance/submissions.h"
#include "service/people_fixture.h"
#include "support/engines.h"
#include "writing/writer.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::code_of;

constexpr int unit_count = 92;
constexpr int table_count = 400;
constexpr int late_count = 20;
constexpr int returned_count = 30;
constexpr int adjusted_count = 12;
constexpr std::int64_t day = 24 * 3600;

std::string database_for(store::Engine engine) {
  if (engine == store::Engine::sqlite) return {};
  auto* cluster = test::PostgresqlCluster::get();
  return cluster == nullptr ? std::string() : cluster->new_database();
}

/// What the test knows of a unit by its own count.
struct Filed {
  std::string name;
  std::string unit;  ///< id
  std::string clerk;
  std::string head;
  std::string section;
  bool below_a_department = false;
  std::string id;  ///< of the submission
  int revision = 0;
  int rounds = 0;
  std::string state = "not_filed";
};

class HalfYear : public tests::PeopleTest, public testing::WithParamInterface<store::Engine> {
 protected:
  HalfYear() : PeopleTest(database_for(GetParam())) {}

  void SetUp() override {
    if (GetParam() == store::Engine::postgresql && test::PostgresqlCluster::get() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    set_up();
    make_units();
    make_people();
  }

  // ── the bureau ──
  void make_units() {
    json::array lines{json::object{{"code", "500"}, {"name", "渌口区教育局"}, {"section", "教科文股"}}};
    for (int i = 1; i < unit_count; ++i) {
      json::object line{{"code", std::to_string(500 + i)}, {"name", name_of(i)}, {"section", section_of(i)}};
      if (i % 9 == 0) line["parent"] = "500";
      if (i == secret) line["classified"] = true;
      lines.emplace_back(std::move(line));
    }
    ASSERT_EQ(send("POST", "/api/v1/units/lines", json::object{{"lines", std::move(lines)}}, cookie_of(system())).status, 200);
    const json::value units = json::parse(get("/api/v1/units", cookie_of(system())).body);
    std::map<std::string, std::string> ids;
    for (const json::value& each : units.as_array()) ids[std::string(each.at("name").as_string())] = std::string(each.at("id").as_string());
    for (int i = 0; i < unit_count; ++i) {
      Filed filed;
      filed.name = i == 0 ? "渌口区教育局" : name_of(i);
      filed.unit = ids.at(filed.name);
      filed.clerk = "clerk" + std::to_string(i % clerks);
      filed.head = "head" + std::to_string(i % clerks);
      filed.section = "section" + std::to_string(i % sections);
      filed.below_a_department = i > 0 && i % 9 == 0;
      filed_.push_back(std::move(filed));
    }
    section_ids_ = {ids.at("教科文股"), ids.at("行政政法股"), ids.at("农业农村股")};
    // The bureau itself and the fixture's three units need not file.
    for (const char* name : {"渌口区财政局", "甲局", "乙局", "甲局下属中心"}) exempt_.emplace_back(ids.at(name));
  }
  static std::string name_of(int i) { return "渌口区第" + std::to_string(i) + "预算单位"; }
  static const char* section_of(int i) {
    constexpr const char* names[] = {"教科文股", "行政政法股", "农业农村股"};
    return names[i % sections];
  }

  void make_people() {
    for (int i = 0; i < clerks; ++i) {
      std::vector<Wanted> clerk;
      std::vector<Wanted> head;
      for (int u = i; u < unit_count; u += clerks) {
        clerk.push_back({Role::unit_clerk, filed_[static_cast<std::size_t>(u)].unit});
        head.push_back({Role::unit_head, filed_[static_cast<std::size_t>(u)].unit});
      }
      person("clerk" + std::to_string(i), clerk);
      person("head" + std::to_string(i), head);
    }
    for (int i = 0; i < sections; ++i)
      person("section" + std::to_string(i), {{Role::section_officer, section_ids_[static_cast<std::size_t>(i)]}});
    person("department", {{Role::department_officer, filed_.front().unit}});
    person("officer", {{Role::performance_officer, {}}});
    person("chief", {{Role::performance_head, {}}});
    person("leader", {{Role::bureau_leader, {}}});
    person("idler", {});
  }
  void person(const std::string& login, const std::vector<Wanted>& posts) {
    make(login, posts);
    const Answer token =
        send("POST", "/api/v1/me/tokens", json::object{{"name", "脚本"}, {"days", 200}, {"read_only", false}}, cookie_of(log_in(login)));
    ASSERT_EQ(token.status, 201) << token.body;
    tokens_[login] = std::string(json::parse(token.body).at("token").as_string());
  }
  tests::Headers as(const std::string& login, int revision = 0) const {
    tests::Headers headers{{"Authorization", "Bearer " + tokens_.at(login)}};
    if (revision > 0) headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return headers;
  }

  // ── what a unit does ──
  static std::vector<GoalTable> tables_of(const Filed& filed, int number, bool faulty) {
    constexpr const char* projects[] = {"信息系统运维", "干部教育培训", "政策宣传咨询", "专项普查调查", "办公场所修缮"};
    std::vector<GoalTable> tables;
    const int count = number < table_count - 4 * unit_count ? 5 : 4;
    for (int i = 0; i < count; ++i) {
      GoalTable table = tests::goal_table(filed.name, 2026, faulty && i == 0);
      table.project_name = filed.name + projects[i];
      table.amount = std::to_string(20 + number + i) + ".50";
      table.indicators[0].level3 = std::string(projects[i]) + "完成次数";
      tables.push_back(std::move(table));
    }
    return tables;
  }
  void bring(Filed& filed, int number, bool faulty) {
    const auto tables = tables_of(filed, number, faulty);
    const auto bytes = writing::write_forms(tables, writing::Carrier::docx);
    ASSERT_TRUE(bytes.ok());
    const Answer started = upload({{filed.name + ".docx", *bytes}}, as(filed.clerk));
    ASSERT_EQ(started.status, 202) << started.body;
    const std::string job = "/api/v1/imports/" + std::string(json::parse(started.body).at("id").as_string());
    for (int i = 0; i < 4000; ++i) {
      const json::value now = json::parse(get(job, as(filed.clerk)).body);
      if (now.at("state").as_string() == "running") {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        continue;
      }
      const json::value& file = now.at("files").at(0);
      ASSERT_EQ(file.at("state").as_string(), "imported") << file;
      filed.id = std::string(file.at("submission").as_string());
      filed.revision = 1;
      filed.state = "draft";
      tables_ += static_cast<int>(file.at("tables").as_int64());
      return;
    }
    FAIL() << "the import does not end";
  }
  Answer act(const Filed& filed, const std::string& login, const std::string& action, const std::string& opinion = {}) const {
    return send("POST", "/api/v1/submissions/" + filed.id + "/actions", json::object{{"action", action}, {"opinion", opinion}},
                as(login, filed.revision));
  }
  void must(Filed& filed, const std::string& login, const std::string& action, const std::string& opinion = {}) {
    const Answer answer = act(filed, login, action, opinion);
    ASSERT_EQ(answer.status, 200) << filed.name << " " << login << " " << action << " " << answer.body;
    note(filed, answer);
  }
  void note(Filed& filed, const Answer& answer) {
    const json::value body = json::parse(answer.body);
    filed.revision = static_cast<int>(body.at("submission").at("revision").as_int64());
  }
  /// The attempt fails with that code, and nothing has moved.
  void refused(const Filed& filed, const std::string& login, const std::string& action, const std::string& code) {
    const Answer answer = act(filed, login, action, "试一试");
    ASSERT_GE(answer.status, 400) << filed.name << " " << login << " may " << action;
    EXPECT_EQ(code_of(answer), code) << filed.name << " " << login << " " << action;
    const json::value now = json::parse(get("/api/v1/submissions/" + filed.id, as("chief")).body);
    EXPECT_EQ(now.at("submission").at("revision").as_int64(), filed.revision);
    ++refusals_;
  }
  void submit(Filed& filed) {
    must(filed, filed.clerk, "submit");
    filed.state = ++filed.rounds > 1 ? "refiled" : "waiting";
  }
  void sign_for_unit(Filed& filed) {
    must(filed, filed.head, "approve", "同意报送");
    if (filed.below_a_department) must(filed, "department", "approve", "同意");
  }
  void put(Filed& filed, const std::string& login, const std::string& what, const json::value& body) {
    const Answer answer = send("PUT", "/api/v1/submissions/" + filed.id + "/" + what, body, as(login, filed.revision));
    ASSERT_EQ(answer.status, 200) << filed.name << " " << what << " " << answer.body;
    note(filed, answer);
  }
  json::value opened(const Filed& filed, const std::string& login) const {
    return json::parse(get("/api/v1/submissions/" + filed.id, as(login)).body);
  }
  /// The clerk writes what he was asked for.
  void mend(Filed& filed, const std::string& goal) {
    json::value tables = opened(filed, filed.clerk).at("tables");
    tables.at(0).as_object()["annual_goal"] = goal;
    tables.at(0).at("indicators").at(1).as_object()["value"] = "98";
    put(filed, filed.clerk, "tables", json::object{{"tables", tables}});
  }
  static std::string error_of(const json::value& body) {
    for (const json::value& each : body.at("audit").at("findings").as_array()) {
      if (each.at("severity").as_string() == "error") return std::string(each.at("key").as_string());
    }
    return {};
  }

  // ── the wall against our own count ──
  void expect_wall(int overdue) const {
    const json::value wall = tests::expect_documented(get("/api/v1/years/2026/wall", as("leader")), "wall");
    std::map<std::string, std::int64_t> expected;
    for (const char* state : {"not_filed", "draft", "waiting", "returned", "refiled", "approved"}) expected[state] = 0;
    for (const Filed& each : filed_) ++expected[each.state];
    for (const auto& [state, count] : expected) EXPECT_EQ(wall.at("counts").at(state).as_int64(), count) << state;
    EXPECT_EQ(wall.at("overdue").as_int64(), overdue);
    EXPECT_EQ(wall.at("tiles").as_array().size(), filed_.size());
    std::map<std::string, const Filed*> by_unit;
    for (const Filed& each : filed_) by_unit[each.unit] = &each;
    for (const json::value& tile : wall.at("tiles").as_array()) {
      const Filed& filed = *by_unit.at(std::string(tile.at("unit").as_string()));
      EXPECT_EQ(tile.at("state").as_string(), filed.state) << filed.name;
      if (filed.id.empty()) continue;
      EXPECT_EQ(tile.at("submission").as_string(), filed.id);
      EXPECT_EQ(tile.at("revision").as_int64(), filed.revision);
    }
  }
  /// Everybody who is asked may sign these, at once; the rest of the list is refused one by one.
  void sign_many(const std::string& login, const std::vector<Filed*>& filed) {
    json::array items;
    for (const Filed* each : filed) items.emplace_back(json::object{{"id", each->id}, {"revision", each->revision}});
    const Answer answer = send("POST", "/api/v1/submissions/actions",
                               json::object{{"action", "approve"}, {"opinion", "同意"}, {"items", std::move(items)}}, as(login));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value outcomes = json::parse(answer.body);
    for (std::size_t i = 0; i < filed.size(); ++i) {
      EXPECT_TRUE(outcomes.at(i).at("code").is_null()) << filed[i]->name << " " << outcomes.at(i);
      ++filed[i]->revision;
    }
  }

  void open_the_year();
  void file_in_time();
  void file_late();
  void return_and_mend();
  void review_and_sign();
  void adjust();
  void publish();
  void close_the_year();

  static constexpr int clerks = 8;
  static constexpr int at_once = 4;
  static constexpr int secret = 88;  ///< the unit that is classified
  static constexpr int sections = 3;
  std::vector<Filed> filed_;
  std::vector<std::string> section_ids_;
  json::array exempt_;
  std::map<std::string, std::string> tokens_;
  int tables_ = 0;
  int refusals_ = 0;
  int waived_units_ = 0;
};

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
  const auto listed = [&] { return tests::expect_documented(get("/api/v1/years/2026/publications", as("officer")), "listPublications"); };
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
  EXPECT_GT(refusals_, 30);
  const auto verified = registry().verify();
  EXPECT_TRUE(verified.ok) << (verified.first_bad ? verified.first_bad->reason : "");
  EXPECT_EQ(desks::Submissions(registry()).rebuild(), 0) << "lists and records tell the same";
}

INSTANTIATE_TEST_SUITE_P(, HalfYear, testing::Values(store::Engine::sqlite, store::Engine::postgresql), test::engine_name);

}  // namespace
}  // namespace jiheng::service
