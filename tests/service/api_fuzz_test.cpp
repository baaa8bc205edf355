// Whatever is sent by whomever: no answer of a broken program, none that the OpenAPI document does not name, nothing of a unit that the
// caller does not reach, and nothing stored where a request was refused. JIHENG_FUZZ_ROUNDS makes it longer, JIHENG_FUZZ_SEED another.
#include <gtest/gtest.h>

#include <cstdlib>

#include "service/fuzz_requests.h"
#include "service/people_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::Dice;
using tests::FuzzRequest;
using tests::Known;
using tests::Operation;

/// In everything that 乙局 files, and nowhere else.
constexpr std::string_view canary = "渌水金丝雀";

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Caller {
  std::string name;
  tests::Headers headers;
  bool reaches_all = false;  ///< sees 乙局, too
};

class ApiFuzz : public tests::PeopleTest {
 protected:
  void SetUp() override {
    set_up();
    // 乙局 goes to another section, so that one section's officer does not see it.
    const json::object moved{{"lines", {json::object{{"code", "202001"}, {"name", "乙局"}, {"section", "农业股"}}}}};
    ASSERT_EQ(send("POST", "/api/v1/units/lines", moved, cookie_of(system())).status, 200);
    foreign_clerk_ = person("foreign", Role::unit_clerk, unit("乙局"));
    own_clerk_ = person("clerk", Role::unit_clerk, unit("甲局"));
    callers_.push_back({"stranger", {}, false});
    for (const Role role : access::all_roles()) callers_.push_back(caller_of(role));
    victims_ = {make("victim", {{Role::desk_staff, {}}}), make("victim2", {{Role::desk_staff, {}}})};
    file_both();
    learn();
  }

  tests::Headers person(const std::string& login, Role role, const std::optional<std::string>& place) {
    make(login, {{role, place}});
    return cookie_of(log_in(login));
  }
  /// A token goes on where a session would end by what is sent.
  tests::Headers token_of(const tests::Headers& cookie) const {
    const Answer made = send("POST", "/api/v1/me/tokens", json::object{{"name", "试验"}, {"days", 30}, {"read_only", false}}, cookie);
    EXPECT_EQ(made.status, 201) << made.body;
    return {{"Authorization", "Bearer " + std::string(json::parse(made.body).at("token").as_string())}};
  }
  Caller caller_of(Role role) {
    const std::string name(access::role_code(role));
    const bool reaches_all = role == Role::performance_officer || role == Role::performance_head || role == Role::bureau_leader;
    if (role == Role::system_admin) return {name, token_of(cookie_of(system())), false};
    if (role == Role::security_admin) return {name, token_of(cookie_of(security())), false};
    // The journal is the audit administrator's, whosever entries.
    if (role == Role::audit_admin) return {name, token_of(cookie_of(auditor())), true};
    const auto place = access::is_of_a_section(role) ? section("预算股")
                       : access::is_of_a_unit(role)  ? unit("甲局")
                                                     : std::optional<std::string>();
    return {name, token_of(person("r" + std::to_string(static_cast<int>(role)) + "x", role, place)), reaches_all};
  }

  std::string bring(const tests::Headers& who, const GoalTable& table, const std::string& name) {
    const Answer started = upload({{name, tests::document_of(table)}}, who);
    const json::value job = json::parse(started.body);
    jobs_.emplace_back(job.at("id").as_string());
    const json::object ended = end_of(std::string(job.at("id").as_string()), who);
    return std::string(ended.at("files").at(0).at("submission").as_string());
  }
  json::object end_of(const std::string& job, const tests::Headers& who) const {
    for (int i = 0; i < 4000; ++i) {
      const json::value state = json::parse(get("/api/v1/imports/" + job, who).body);
      if (state.at("state").as_string() != "running") return state.as_object();
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ADD_FAILURE() << "an import does not end";
    return {};
  }
  int revision_of(const std::string& id) {
    const auto record = registry().latest("submission", id);
    return record ? record->revision : 0;
  }
  Answer act(const std::string& id, const tests::Headers& who, const std::string& action, const std::string& opinion) {
    tests::Headers headers = who;
    headers.emplace_back("If-Match", "\"" + std::to_string(revision_of(id)) + "\"");
    return send("POST", "/api/v1/submissions/" + id + "/actions", json::object{{"action", action}, {"opinion", opinion}}, headers);
  }

  void file_both() {
    for (const int year : {2025, 2026, 2027}) own_.push_back(bring(own_clerk_, tests::goal_table("甲局", year), "甲局申报表.docx"));
    for (const int year : {2026, 2027}) {
      GoalTable table = tests::goal_table("乙局", year);
      table.project_name = std::string(canary) + "项目";
      table.annual_goal = std::string(canary) + "全年目标";
      table.indicators[0].level3 = std::string(canary) + "巡检次数";
      table.indicators[1].explanation = std::string(canary) + "解释";
      foreign_.push_back(bring(foreign_clerk_, table, std::string(canary) + "申报表.docx"));
    }
    // One of them was on its way and came back with an opinion; the unit's head alone has seen it.
    const tests::Headers head = person("foreignhead", Role::unit_head, unit("乙局"));
    EXPECT_EQ(act(foreign_[1], foreign_clerk_, "submit", {}).status, 200);
    EXPECT_EQ(act(foreign_[1], head, "return", std::string(canary) + "退回意见").status, 200);
    const json::value page = json::parse(get("/api/v1/submissions/" + foreign_[0], foreign_clerk_).body);
    foreign_original_ = std::string(page.at("tables").at(0).at("attachment").as_string());
    EXPECT_NE(json::serialize(page).find(canary), std::string::npos);
  }

  /// What means something here, to be sent now and then in its place or out of it.
  void learn() {
    const json::value page = json::parse(get("/api/v1/submissions/" + own_[0], own_clerk_).body);
    std::vector<std::string> submissions = own_;
    submissions.insert(submissions.end(), foreign_.begin(), foreign_.end());
    std::vector<std::string> lists{own_[0] + "," + own_[1], foreign_[0], own_[0] + "," + foreign_[0], ","};
    known_ = {
        {"submissions", submissions},
        {"ids", lists},
        {"id", submissions},
        {"units", {unit("甲局"), unit("乙局"), unit("预算股")}},
        {"unit", {unit("甲局"), unit("乙局"), unit("甲局下属中心")}},
        {"parent", {unit("甲局"), "201001"}},
        {"section", {unit("预算股"), "预算股"}},
        {"exempt", {unit("甲局"), unit("乙局")}},
        {"accounts", victims_},
        {"to_account", victims_},
        {"from", {victims_[0], victims_[1], "2026-01-01", "2026-03-01"}},
        {"to", {victims_[0], victims_[1], "2026-12-31", "2026-02-01"}},
        {"hash", {std::string(page.at("tables").at(0).at("attachment").as_string()), foreign_original_}},
        {"attachment", {std::string(page.at("tables").at(0).at("attachment").as_string()), foreign_original_}},
        {"year", {"2025", "2026", "2027"}},
        {"revision", {"1", "2", "3", "4"}},
        {"type", {"work_task", "work_task", "payment", "project", "satisfaction_answer", "unit"}},
        {"records", {"RW1", "RW2", "P1"}},
        {"measures", {"tasks.on_time_rate", "execution.rate", "satisfaction.rate", "platform.availability"}},
        {"project", {"P1", "一体化", "没有的项目"}},
        {"limit", {"due"}},
        {"action", {"finish", "void"}},
        {"field", {"task_no", "name", "due_on", "done_on", "project", "state", "amount", "answer"}},
        {"typed", {"RW1", "RW3", "2026-03-05", "2026年3月5日", "P1", "任务", "1,234.50", "5"}},
        {"login", {"clerk", "victim", "nobody"}},
        {"password", {"Fuzzed-password-1", password}},
        {"old_password", {"Not-this-one-1"}},
        {"code", {"201001", "203001", "000000"}},
        {"from_day", {"2026-03-01"}},
        {"to_day", {"2026-03-09"}},
        {"day", {"2026-03-02"}},
        {"opens", {"2026-02-25"}},
        {"q", {"甲局", "乙", "金丝雀", "2026"}},
        {"name", {"甲局", "乙局", "某局.docx"}},
        {"unit_name", {"甲局", "乙局"}},
        {"amount", {"120.50", "0.10", "99999999999999999999.99"}},
        {"value", {"95", "≥95", "100%", "0.1"}},
        {"document",
         {tests::document_of(tests::goal_table("甲局")), tests::document_of(tests::goal_table("乙局")), "PK\x03\x04", "一二三",
          "task_no,name,due_on\nRW1,任务一,2026-03-05\nRW2,任务二,46086\n", "code,name,unit,year\nP1,项目一,甲局,2026\n",
          "survey,answered_at,answer\n窗口,2026-03-05 10:00,5\n窗口,2026-13-05,9\n"}},
        {"file_name", {"申报表.docx", "a/b/../申报表.docx", "表.zip", "x.pdf", "y.xls"}},
    };
  }

  /// Statuses that any address may answer, by the server itself, before an operation is known (openapi info.description).
  static bool is_answer_of_the_server(const Answer& answer) {
    if (answer.status != 400 && answer.status != 413 && answer.status != 404) return false;
    if (answer.header("Content-Type") != "application/problem+json; charset=utf-8") return false;
    const std::string code = tests::code_of(answer);
    return code == "bad-address" || code == "bad-request" || code == "not-found" || code == "too-large";
  }

  /// What changes on the way: the revisions that stand now, a delegation that can be ended.
  void learn_again() {
    std::vector<std::string>& revisions = known_["revision"];
    revisions.clear();
    for (const std::string& id : own_) revisions.push_back(std::to_string(revision_of(id)));
    for (const std::string& id : victims_) {
      const auto record = registry().latest("account", id);
      revisions.push_back(std::to_string(record ? record->revision : 1));
    }
    revisions.emplace_back("1");
    known_["imports"] = jobs_;
    const json::object wanted{{"to_account", victims_[0]}, {"role", "unit_clerk"}, {"from_day", "2026-03-01"}, {"to_day", "2026-03-09"}};
    const Answer made = send("POST", "/api/v1/delegations", wanted, own_clerk_);
    if (made.status == 201) known_["delegations"].emplace_back(json::parse(made.body).at(0).at("id").as_string());
    const json::value sessions = json::parse(get("/api/v1/me/sessions", foreign_clerk_).body);
    known_["me"] = {std::string(sessions.at(0).at("id").as_string())};
  }

  /// Who may move submissions and units is not told of 乙局's: it must stay where it is, or others would rightly see it.
  const Known& known_to(const Caller& caller) {
    if (!caller.reaches_all && caller.name != "system_admin") return known_;
    tame_ = known_;
    for (const char* name : {"submissions", "id", "ids"}) tame_[name] = own_;
    for (const char* name : {"units", "unit", "exempt"}) tame_[name] = {unit("甲局"), unit("甲局下属中心")};
    return tame_;
  }

  Answer fire(const FuzzRequest& request, const Caller& caller) const {
    tests::Headers headers = request.headers;
    headers.insert(headers.end(), caller.headers.begin(), caller.headers.end());
    return ask(request.method, request.target, request.body, headers);
  }

  void check(const Operation& operation, const FuzzRequest& request, const Caller& caller) {
    const std::string trace = caller.name + ": " + request.method + " " + request.target + "\n" + request.body.substr(0, 2000);
    SCOPED_TRACE(trace);
    const auto head = registry().head();
    const int foreign_revisions = revision_of(foreign_[0]) + revision_of(foreign_[1]);
    const Answer answer = fire(request, caller);
    ++statuses_[answer.status];
    if (answer.status < 300) ++done_[operation.id];
    EXPECT_NE(answer.status, 0) << "no answer";
    // What anybody may ask is let in so often a minute.
    const bool has_turnstile = operation.id == "comparePublished" || operation.id == "openVisit";
    EXPECT_LT(answer.status, has_turnstile ? 504 : 500) << answer.body;
    if (!is_answer_of_the_server(answer) && operation.id != "importEvents") tests::expect_documented(answer, operation.id);
    if (operation.id == "startImport" && answer.status == 202) {
      jobs_.emplace_back(json::parse(answer.body).at("id").as_string());
      end_of(jobs_.back(), caller.headers);
    }
    if (answer.status >= 400 || request.method == "GET") {
      EXPECT_EQ(registry().head(), head) << "stored though it answered " << answer.status;
    }
    if (caller.reaches_all) return;
    EXPECT_EQ(answer.body.find(canary), std::string::npos) << answer.body.substr(0, 3000);
    for (const auto& [name, value] : answer.headers) EXPECT_EQ(value.find(canary), std::string::npos) << name;
    if (operation.id.starts_with("export") || operation.id == "downloadAttachment") {
      const bool asks_for_foreign = request.target.find(foreign_[0]) != std::string::npos ||
                                    request.target.find(foreign_[1]) != std::string::npos ||
                                    request.target.find(foreign_original_) != std::string::npos;
      EXPECT_FALSE(asks_for_foreign && answer.status < 300) << "handed out what is not his";
    }
    EXPECT_EQ(revision_of(foreign_[0]) + revision_of(foreign_[1]), foreign_revisions) << "changed what is not his";
  }

  std::vector<Caller> callers_;
  std::vector<std::string> own_;
  std::vector<std::string> foreign_;
  std::string foreign_original_;
  std::vector<std::string> victims_;
  std::vector<std::string> jobs_;  ///< imports of both units
  tests::Headers own_clerk_;
  tests::Headers foreign_clerk_;
  Known known_;
  Known tame_;
  std::map<int, int> statuses_;
  std::map<std::string, int> done_;  ///< by operation
};

/// Each costs a password's hash.
bool is_slow(const Operation& operation) {
  return operation.id == "logIn" || operation.id == "changePassword" || operation.id == "keepSecondFactor";
}

TEST_F(ApiFuzz, NothingThatAnybodySendsBreaksLeaksOrGetsStoredWhereItIsRefused) {
  const std::uint64_t rounds = number_from("JIHENG_FUZZ_ROUNDS", 4);
  const std::uint64_t seed = number_from("JIHENG_FUZZ_SEED", 20260302);
  Dice dice(seed);
  const std::vector<Operation> all = tests::operations();
  std::size_t sent = 0;
  for (std::uint64_t round = 0; round < rounds; ++round) {
    learn_again();
    for (const Operation& operation : all) {
      for (const Caller& caller : callers_) {
        if (is_slow(operation) && round % 8 != 0) continue;
        check(operation, tests::request_of(operation, known_to(caller), dice), caller);
        ++sent;
      }
    }
    own_.push_back(bring(own_clerk_, tests::goal_table("甲局", 2031 + static_cast<int>(round)), "再报.docx"));
    known_["submissions"].push_back(own_.back());
  }
  const auto verified = registry().verify();
  EXPECT_TRUE(verified.ok) << (verified.first_bad ? verified.first_bad->reason : "");
  std::string counts;
  for (const auto& [status, count] : statuses_) counts += " " + std::to_string(status) + "×" + std::to_string(count);
  RecordProperty("requests", static_cast<int>(sent));
  std::printf("%zu requests of %zu operations by %zu callers:%s\n", sent, all.size(), callers_.size(), counts.c_str());
  for (const Operation& operation : all) {
    if (done_[operation.id] == 0) std::printf("never done: %s\n", operation.id.c_str());
  }
  // Requests that are all refused would prove little.
  EXPECT_GT(statuses_[200] + statuses_[201] + statuses_[204], static_cast<int>(sent / 8));
}

}  // namespace
}  // namespace jiheng::service
