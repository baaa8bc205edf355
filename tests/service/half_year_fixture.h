// A bureau with 92 units for a year that is played through the API, with the counts kept beside it. The first half is half_year_test.cpp,
// the second second_half.cpp, what follows from it after_the_year.cpp, its papers produced_documents.cpp.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "service/people_fixture.h"
#include "support/engines.h"
#include "writing/writer.h"

namespace jiheng::service::tests {

inline constexpr int unit_count = 92;
inline constexpr int table_count = 400;
inline constexpr int late_count = 20;
inline constexpr int returned_count = 30;
inline constexpr int adjusted_count = 12;
inline constexpr std::int64_t day = 24 * 3600;

inline std::string database_for(store::Engine engine) {
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

/// weight × part ÷ whole in hundredths, half up; all of the weight from the whole on.
int points(int weight, int part, int whole);
/// Of hundredths.
const char* grade_of(int total);
/// What a unit says of its tables: the number of times done and the share of the budget spent.
struct Told {
  int done;
  int percent;
};
Told told_at_year_end(int unit, int table);

class HalfYear : public PeopleTest, public testing::WithParamInterface<store::Engine> {
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
    boost::json::array lines{boost::json::object{{"code", "500"}, {"name", "渌口区教育局"}, {"section", "教科文股"}}};
    for (int i = 1; i < unit_count; ++i) {
      boost::json::object line{{"code", std::to_string(500 + i)}, {"name", name_of(i)}, {"section", section_of(i)}};
      if (i % 9 == 0) line["parent"] = "500";
      if (i == secret) line["classified"] = true;
      lines.emplace_back(std::move(line));
    }
    ASSERT_EQ(send("POST", "/api/v1/units/lines", boost::json::object{{"lines", std::move(lines)}}, cookie_of(system())).status, 200);
    const boost::json::value units = boost::json::parse(get("/api/v1/units", cookie_of(system())).body);
    std::map<std::string, std::string> ids;
    for (const boost::json::value& each : units.as_array())
      ids[std::string(each.at("name").as_string())] = std::string(each.at("id").as_string());
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
        clerk.push_back({access::Role::unit_clerk, filed_[static_cast<std::size_t>(u)].unit});
        head.push_back({access::Role::unit_head, filed_[static_cast<std::size_t>(u)].unit});
      }
      person("clerk" + std::to_string(i), clerk);
      person("head" + std::to_string(i), head);
    }
    for (int i = 0; i < sections; ++i)
      person("section" + std::to_string(i), {{access::Role::section_officer, section_ids_[static_cast<std::size_t>(i)]}});
    person("department", {{access::Role::department_officer, filed_.front().unit}});
    person("officer", {{access::Role::performance_officer, {}}});
    person("chief", {{access::Role::performance_head, {}}});
    person("leader", {{access::Role::bureau_leader, {}}});
    person("idler", {});
  }
  void person(const std::string& login, const std::vector<Wanted>& posts) {
    make(login, posts);
    const Answer token = send("POST", "/api/v1/me/tokens", boost::json::object{{"name", "脚本"}, {"days", 366}, {"read_only", false}},
                              cookie_of(log_in(login)));
    ASSERT_EQ(token.status, 201) << token.body;
    tokens_[login] = std::string(boost::json::parse(token.body).at("token").as_string());
  }
  Headers as(const std::string& login, int revision = 0) const {
    Headers headers{{"Authorization", "Bearer " + tokens_.at(login)}};
    if (revision > 0) headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
    return headers;
  }

  // ── what a unit does ──
  static std::vector<GoalTable> tables_of(const Filed& filed, int number, bool faulty) {
    constexpr const char* projects[] = {"信息系统运维", "干部教育培训", "政策宣传咨询", "专项普查调查", "办公场所修缮"};
    std::vector<GoalTable> tables;
    const int count = number < table_count - 4 * unit_count ? 5 : 4;
    for (int i = 0; i < count; ++i) {
      GoalTable table = goal_table(filed.name, 2026, faulty && i == 0);
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
    const std::string job = "/api/v1/imports/" + std::string(boost::json::parse(started.body).at("id").as_string());
    for (int i = 0; i < 4000; ++i) {
      const boost::json::value now = boost::json::parse(get(job, as(filed.clerk)).body);
      if (now.at("state").as_string() == "running") {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        continue;
      }
      const boost::json::value& file = now.at("files").at(0);
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
    return send("POST", "/api/v1/submissions/" + filed.id + "/actions", boost::json::object{{"action", action}, {"opinion", opinion}},
                as(login, filed.revision));
  }
  void must(Filed& filed, const std::string& login, const std::string& action, const std::string& opinion = {}) {
    const Answer answer = act(filed, login, action, opinion);
    ASSERT_EQ(answer.status, 200) << filed.name << " " << login << " " << action << " " << answer.body;
    note(filed, answer);
  }
  void note(Filed& filed, const Answer& answer) {
    const boost::json::value body = boost::json::parse(answer.body);
    filed.revision = static_cast<int>(body.at("submission").at("revision").as_int64());
  }
  /// The attempt fails with that code, and nothing has moved.
  void refused(const Filed& filed, const std::string& login, const std::string& action, const std::string& code) {
    const Answer answer = act(filed, login, action, "试一试");
    ASSERT_GE(answer.status, 400) << filed.name << " " << login << " may " << action;
    EXPECT_EQ(code_of(answer), code) << filed.name << " " << login << " " << action;
    const boost::json::value now = boost::json::parse(get("/api/v1/submissions/" + filed.id, as("chief")).body);
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
  void put(Filed& filed, const std::string& login, const std::string& what, const boost::json::value& body) {
    const Answer answer = send("PUT", "/api/v1/submissions/" + filed.id + "/" + what, body, as(login, filed.revision));
    ASSERT_EQ(answer.status, 200) << filed.name << " " << what << " " << answer.body;
    note(filed, answer);
  }
  boost::json::value opened(const Filed& filed, const std::string& login) const {
    return boost::json::parse(get("/api/v1/submissions/" + filed.id, as(login)).body);
  }
  /// The clerk writes what he was asked for.
  void mend(Filed& filed, const std::string& goal) {
    boost::json::value tables = opened(filed, filed.clerk).at("tables");
    tables.at(0).as_object()["annual_goal"] = goal;
    tables.at(0).at("indicators").at(1).as_object()["value"] = "98";
    put(filed, filed.clerk, "tables", boost::json::object{{"tables", tables}});
  }
  static std::string error_of(const boost::json::value& body) {
    for (const boost::json::value& each : body.at("audit").at("findings").as_array()) {
      if (each.at("severity").as_string() == "error") return std::string(each.at("key").as_string());
    }
    return {};
  }

  // ── the wall against our own count ──
  void expect_wall(int overdue) const {
    const boost::json::value wall = expect_documented(get("/api/v1/years/2026/wall", as("leader")), "wall");
    std::map<std::string, std::int64_t> expected;
    for (const char* state : {"not_filed", "draft", "waiting", "returned", "refiled", "approved"}) expected[state] = 0;
    for (const Filed& each : filed_) ++expected[each.state];
    for (const auto& [state, count] : expected) EXPECT_EQ(wall.at("counts").at(state).as_int64(), count) << state;
    EXPECT_EQ(wall.at("overdue").as_int64(), overdue);
    EXPECT_EQ(wall.at("tiles").as_array().size(), filed_.size());
    std::map<std::string, const Filed*> by_unit;
    for (const Filed& each : filed_) by_unit[each.unit] = &each;
    for (const boost::json::value& tile : wall.at("tiles").as_array()) {
      const Filed& filed = *by_unit.at(std::string(tile.at("unit").as_string()));
      EXPECT_EQ(tile.at("state").as_string(), filed.state) << filed.name;
      if (filed.id.empty()) continue;
      EXPECT_EQ(tile.at("submission").as_string(), filed.id);
      EXPECT_EQ(tile.at("revision").as_int64(), filed.revision);
    }
  }
  /// Everybody who is asked may sign these, at once; the rest of the list is refused one by one.
  void sign_many(const std::string& login, const std::vector<Filed*>& filed) {
    boost::json::array items;
    for (const Filed* each : filed) items.emplace_back(boost::json::object{{"id", each->id}, {"revision", each->revision}});
    const Answer answer = send("POST", "/api/v1/submissions/actions",
                               boost::json::object{{"action", "approve"}, {"opinion", "同意"}, {"items", std::move(items)}}, as(login));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const boost::json::value outcomes = boost::json::parse(answer.body);
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

  // The second half: second_half.cpp.
  void monitor();
  void answer_alarms();
  void evaluate_themselves();
  void check_again();
  void report_the_year();

  // What follows: after_the_year.cpp.
  void accept_self_evaluations();
  void evaluate_projects();
  void rectify();
  void use_results();

  // What the year puts on paper: produced_documents.cpp.
  void prove_reminder();
  void prove_documents();
  boost::json::value told(const std::string& path) const;
  /// Against what the program tells about the same; `counted_here`: fields that it does not tell, and what they have to be ("": proved
  /// elsewhere).
  void prove_letter(const std::string& path, const boost::json::value& about, const std::map<std::string, std::string>& counted_here = {});
  void prove_form(const std::string& form);
  void prove_report(const std::string& path);

  /// The program's answer to that step; the view where it is done.
  struct Step {
    std::string code;
    boost::json::value view;
  };
  Step step_of(const std::string& path, const std::string& login, const boost::json::object& body, int revision) const;
  /// Of all units, by submission.
  void read_forms(const std::string& kind, int month);
  /// So many per cent of the table's budget.
  static std::string spent(const boost::json::value& form, std::size_t table, int percent);

  static constexpr int clerks = 8;
  static constexpr int at_once = 4;
  static constexpr int secret = 88;  ///< the unit that is classified
  static constexpr int sections = 3;
  std::vector<Filed> filed_;
  std::vector<std::string> section_ids_;
  boost::json::array exempt_;
  std::map<std::string, std::string> tokens_;
  int tables_ = 0;
  int refusals_ = 0;
  int waived_units_ = 0;
  int letters_ = 0;
  std::map<std::string, std::string> forms_;  ///< of the round under way, by submission
  std::set<std::string> rechecked_;           ///< self-evaluations that the bureau's draw hit
  struct Evaluated {
    int total;  ///< hundredths
    int amount;
  };
  std::map<std::pair<std::string, std::string>, Evaluated> evaluated_;  ///< by unit and project
};

}  // namespace jiheng::service::tests
