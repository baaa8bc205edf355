// What follows from the year: self-evaluations accepted, six projects drawn and evaluated, 25 problems put right, the results used for next
// year's budget. Totals and money are counted beside the program.
#include <boost/json.hpp>
#include <set>

#include "service/half_year_fixture.h"

namespace jiheng::service::tests {

namespace json = boost::json;

namespace {

constexpr int evaluation_count = 6;
constexpr int problem_count = 25;
constexpr int extended_count = 3;
constexpr int refused_count = 2;

std::string text_of(const json::value& value) {
  return std::string(value.as_string());
}

int revision_of(const json::value& view) {
  return static_cast<int>(view.at("revision").as_int64());
}

/// "12", "2.4", "-2.55" in hundredths.
int hundredths(const std::string& text) {
  const bool negative = text.starts_with('-');
  int value = 0;
  int places = -1;
  for (const char c : text) {
    if (c == '.') places = 0;
    if (c < '0' || c > '9') continue;
    value = value * 10 + (c - '0');
    if (places >= 0) ++places;
  }
  for (int i = std::max(places, 0); i < 2; ++i) value *= 10;
  return negative ? -value : value;
}

/// That share of each criterion's points, with a reason where it is not all of them.
json::object sheet(const json::value& criteria, int percent) {
  json::array points;
  json::array reasons;
  for (const json::value& each : criteria.as_array()) {
    const int part = hundredths(text_of(each.at("points"))) * percent / 100;
    points.emplace_back(std::to_string(part / 100) + "." + (part % 100 < 10 ? "0" : "") + std::to_string(part % 100));
    reasons.emplace_back(percent < 100 ? "资料不全" : "");
  }
  return {{"action", "score"}, {"points", std::move(points)}, {"reasons", std::move(reasons)}};
}

}  // namespace

HalfYear::Step HalfYear::step_of(const std::string& path, const std::string& login, const json::object& body, int revision) const {
  const Answer answer = send("POST", "/api/v1" + path, body, as(login, revision));
  if (answer.status >= 300) return {code_of(answer), {}};
  return {{}, json::parse(answer.body)};
}

void HalfYear::accept_self_evaluations() {
  for (const auto& [submission, form] : forms_) {
    const int revision = revision_of(json::parse(get("/api/v1/follow-ups/" + form, as("officer")).body));
    const Step done = step_of("/follow-ups/" + form + "/actions", "officer", {{"action", "accept"}, {"opinion", "同意"}}, revision);
    ASSERT_EQ(done.code, "") << form;
  }
}

void HalfYear::evaluate_projects() {
  const json::object wanted{{"year", 2026},
                            {"title", "2026年重点项目绩效评价"},
                            {"count", evaluation_count},
                            {"key_only", false},
                            {"beacon_source", "双色球第2027021期"}};
  for (const char* login : {"clerk0", "section0", "leader", "idler"}) {
    EXPECT_EQ(code_of(send("POST", "/api/v1/evaluation-draws", wanted, as(login))), "forbidden") << login;
    ++refusals_;
  }
  const Step sealed = step_of("/evaluation-draws", "officer", wanted, 0);
  ASSERT_EQ(sealed.code, "");
  const std::string draw = text_of(sealed.view.at("id"));
  const Step drawn = step_of("/evaluation-draws/" + draw + "/drawing", "officer", {{"beacon", "03 07 12 19 25 31 09"}}, 0);
  ASSERT_EQ(drawn.code, "");
  ASSERT_EQ(drawn.view.at("chosen").as_array().size(), static_cast<std::size_t>(evaluation_count));
  const Step expert = step_of("/evaluators", "officer", {{"name", "李教授"}}, 0);
  ASSERT_EQ(expert.code, "");
  int n = 0;
  for (const json::value& each : drawn.view.at("chosen").as_array()) {
    const json::value& project = drawn.view.at("pool").at(static_cast<std::size_t>(each.as_int64()));
    const json::object plan{{"form", "key"}, {"unit", project.at("unit")},     {"year", 2026}, {"project", project.at("project")},
                            {"draw", draw},  {"amount", project.at("amount")}, {"reason", ""}};
    const Step planned = step_of("/evaluations", "officer", plan, 0);
    ASSERT_EQ(planned.code, "") << plan;
    json::value view = planned.view;
    const std::string path = "/evaluations/" + text_of(view.at("id")) + "/actions";
    const auto step = [&](const std::string& login, const json::object& body, const std::string& refused_by = {}) {
      const Step done = step_of(path, login, body, revision_of(view));
      EXPECT_EQ(done.code, refused_by) << login << " " << body;
      if (done.code.empty()) view = done.view;
      if (!refused_by.empty()) ++refusals_;
    };
    step("leader", {{"action", "assign"}, {"evaluators", {expert.view.at("id")}}}, "forbidden");
    step("officer", {{"action", "assign"}, {"evaluators", {expert.view.at("id")}}});
    const json::value criteria = view.at("evaluation").at("criteria");
    json::object told_by_expert = sheet(criteria, 100 - 6 * n);
    told_by_expert["evaluator"] = expert.view.at("id");
    step("officer", told_by_expert);
    step("chief", {{"action", "conclude"}, {"text", "同意"}}, "scores-missing");
    step("officer", sheet(criteria, 100 - 8 * n));
    step("officer", {{"action", "raise"}, {"problem", {{"kind", "performance"}, {"text", "效益没有证明"}, {"action", "补充效益资料"}}}});
    step("officer", {{"action", "figures"}});
    step("officer", {{"action", "conclude"}, {"text", "同意"}}, "four-eyes");
    step("chief", {{"action", "conclude"}, {"text", "同意"}});
    const int total = 100 * (100 - 7 * n);
    EXPECT_EQ(hundredths(text_of(view.at("total"))), total);
    EXPECT_EQ(text_of(view.at("evaluation").at("result").at("grade")), grade_of(total));
    evaluated_[{text_of(project.at("unit")), text_of(project.at("project"))}] = {total, hundredths(text_of(project.at("amount")))};
    ++n;
  }
  EXPECT_EQ(evaluated_.size(), static_cast<std::size_t>(evaluation_count));
}

void HalfYear::rectify() {
  // Six were raised by the evaluations; the audit and the monitoring found the others.
  for (int i = evaluation_count; i < problem_count; ++i) {
    const Filed& filed = filed_[static_cast<std::size_t>(i)];
    const json::object found{{"source", i % 2 == 0 ? "audit" : "monitoring"},
                             {"unit", filed.unit},
                             {"year", 2026},
                             {"kind", i % 2 == 0 ? "goal" : "execution"},
                             {"text", "第" + std::to_string(i) + "个问题"},
                             {"action", "按要求改正"}};
    if (i == evaluation_count) {
      EXPECT_EQ(code_of(send("POST", "/api/v1/problems", found, as(filed.clerk))), "forbidden");
      ++refusals_;
    }
    ASSERT_EQ(step_of("/problems", "officer", found, 0).code, "") << found;
  }
  const auto listed = [&](const std::string& more) {
    return expect_documented(get("/api/v1/problems?year=2026&limit=200" + more, as("chief")), "listProblems");
  };
  const json::value all = listed("");
  ASSERT_EQ(all.at("total").as_int64(), problem_count);
  int n = 0;
  for (const json::value& each : all.at("items").as_array()) {
    const std::string id = text_of(each.at("id"));
    const std::string path = "/problems/" + id;
    const auto filed = std::find_if(filed_.begin(), filed_.end(), [&](const Filed& one) { return one.unit == text_of(each.at("unit")); });
    ASSERT_NE(filed, filed_.end());
    int revision = revision_of(each);
    const auto step = [&](const std::string& login, const json::object& body, const std::string& refused_by = {}) {
      const Step done = step_of(path + "/actions", login, body, revision);
      EXPECT_EQ(done.code, refused_by) << login << " " << body;
      if (done.code.empty()) revision = revision_of(done.view);
      if (!refused_by.empty()) ++refusals_;
    };
    if (n < extended_count) {
      step(filed->clerk, {{"action", "ask-time"}, {"text", "等待招标"}, {"work_days", 10}});
      step(filed->clerk, {{"action", "grant-time"}, {"text", "同意"}}, "forbidden");
      step("chief", {{"action", "grant-time"}, {"text", "同意"}});
      const json::value now = json::parse(get("/api/v1" + path, as("chief")).body);
      EXPECT_EQ(now.at("problem").at("first_due"), each.at("first_due")) << "the first date stays";
      EXPECT_GT(text_of(now.at("problem").at("due")), text_of(each.at("first_due")));
    }
    const Answer proof = upload_to("/api/v1" + path + "/evidence?kind=%E9%AA%8C%E6%94%B6%E8%B5%84%E6%96%99", {{"验收单.pdf", "验收 " + id}},
                                   as(filed->clerk, revision));
    ASSERT_LT(proof.status, 300) << proof.body;
    revision = revision_of(json::parse(proof.body));
    const json::object reply{{"action", "reply"}, {"text", "已整改"}, {"evidence", {1}}};
    const json::object closing{{"action", "close"}, {"basis", {{"kind", "document"}, {"evidence", 1}}}};
    if (n == 0) step("officer", reply, "forbidden");
    if (n == 0) step("chief", closing, "action-not-allowed");
    step(filed->clerk, reply);
    if (n >= extended_count && n < extended_count + refused_count) {
      step("officer", {{"action", "refuse"}, {"text", "请写明责任人"}});
      step(filed->clerk, reply);
    }
    if (n == 0) step(filed->clerk, {{"action", "check"}, {"text", "属实"}}, "forbidden");
    step("officer", {{"action", "check"}, {"text", "属实"}});
    if (n == 0) step("officer", closing, "forbidden");
    if (n == 0) step("chief", {{"action", "close"}, {"text", "同意"}}, "invalid-problem");
    if (n == 1) step(filed->head, closing, "forbidden");
    step("chief", closing);
    ++n;
  }
  EXPECT_EQ(listed("&state=closed").at("total").as_int64(), problem_count);
}

void HalfYear::use_results() {
  const auto listed = [&] { return expect_documented(get("/api/v1/years/2026/results", as("leader")), "listResults"); };
  const json::value page = listed();
  ASSERT_EQ(page.at("items").as_array().size(), static_cast<std::size_t>(table_count));
  std::map<std::pair<std::string, std::string>, json::value> lines;
  for (const json::value& each : page.at("items").as_array()) lines[{text_of(each.at("unit")), text_of(each.at("project"))}] = each;
  int amount = 0;
  int suggested = 0;
  for (int i = 0; i < unit_count; ++i) {
    const Filed& filed = filed_[static_cast<std::size_t>(i)];
    const std::vector<GoalTable> tables = tables_of(filed, i, false);
    for (std::size_t t = 0; t < tables.size(); ++t) {
      const std::pair key(filed.unit, *tables[t].project_name);
      ASSERT_TRUE(lines.contains(key)) << filed.name << " " << t;
      const Told told = told_at_year_end(i, static_cast<int>(t));
      const int first = rechecked_.contains(forms_.at(filed.id)) ? 1250 : points(25, told.done, 12);
      const auto evaluated = evaluated_.find(key);
      const int total = evaluated != evaluated_.end() ? evaluated->second.total : first + 6500 + points(10, told.percent, 100);
      const int money = hundredths(*tables[t].amount);
      const std::string grade = grade_of(total);
      const int effect = grade == "差" ? -money : grade == "中" ? -money / 10 : 0;
      const json::value& line = lines.at(key);
      EXPECT_EQ(text_of(line.at("grade")), grade) << filed.name << " " << t;
      EXPECT_EQ(hundredths(text_of(line.at("total"))), total) << filed.name << " " << t;
      EXPECT_EQ(hundredths(text_of(line.at("suggested"))), effect) << filed.name << " " << t;
      amount += money;
      suggested += effect;
    }
  }
  EXPECT_EQ(hundredths(text_of(page.at("amount"))), amount);
  EXPECT_EQ(hundredths(text_of(page.at("suggested"))), suggested);
  EXPECT_LT(suggested, 0);
  int decided = 0;
  for (const auto& [key, evaluated] : evaluated_) {
    const json::value& line = lines.at(key);
    const json::object decision{
        {"unit", key.first}, {"project", key.second}, {"measure", line.at("rule").at("measure")}, {"effect", line.at("suggested")}};
    if (decided == 0) {
      for (const char* login : {"clerk0", "officer", "chief"}) {
        EXPECT_EQ(step_of("/years/2026/results", login, decision, 0).code, "forbidden") << login;
        ++refusals_;
      }
    }
    EXPECT_EQ(step_of("/years/2026/results", "leader", decision, 0).code, "") << decision;
    ++decided;
  }
  const json::value after = listed();
  EXPECT_EQ(hundredths(text_of(after.at("decided"))), suggested) << "only evaluated projects stand below 良";
  EXPECT_EQ(after.at("undecided").as_int64(), table_count - evaluation_count);
  const json::value ranking = expect_documented(get("/api/v1/years/2026/ranking", as("leader")), "unitRanking");
  EXPECT_EQ(ranking.as_array().size(), static_cast<std::size_t>(unit_count));
}

}  // namespace jiheng::service::tests
