// The second half of the year: 92 units monitored, 40 red lights answered, about 400 self-evaluations filed, a share of them checked again.
// Every total is held against a scorer of its own here, which knows the ten lines of arithmetic and nothing of the program's.
#include <boost/json.hpp>
#include <set>

#include "service/half_year_fixture.h"
#include "support/sourced_docx.h"

namespace jiheng::service::tests {

namespace json = boost::json;

namespace {

constexpr int red_count = 40;
constexpr int drawn_percent = 15;

std::string hundredths_text(int value) {
  const int cents = value % 100;
  return std::to_string(value / 100) + (cents < 10 ? ".0" : ".") + std::to_string(cents);
}

/// A few units were let file a share of 110 % with a reason.
std::string target_of(const json::value& form, std::size_t table, std::size_t row) {
  return std::string(form.at("tables").at(table).at("table").at("indicators").at(row).at("value").as_string());
}

json::object indicator(const std::string& actual, const char* likelihood, const char* note) {
  return {{"actual", actual},
          {"likelihood", likelihood == nullptr ? json::value() : json::value(likelihood)},
          {"note", note == nullptr ? json::value() : json::value(note)}};
}

}  // namespace

int points(int weight, int part, int whole) {
  const std::int64_t hundredths = std::int64_t{weight} * 100;
  if (part >= whole) return static_cast<int>(hundredths);
  return static_cast<int>((2 * hundredths * part + whole) / (2 * whole));
}

const char* grade_of(int total) {
  return total >= 9000 ? "优" : total >= 8000 ? "良" : total >= 6000 ? "中" : "差";
}

Told told_at_year_end(int unit, int table) {
  return {8 + (unit + table) % 6, 70 + (unit * 3 + table) % 31};
}

void HalfYear::monitor() {
  const json::object round{{"kind", "monitoring"}, {"year", 2026}, {"month", 7}, {"opens", "2026-08-03"}, {"work_days", 10}};
  for (const char* login : {"clerk0", "head0", "section0", "leader", "idler"})
    EXPECT_EQ(code_of(send("PUT", "/api/v1/follow-up-rounds", round, as(login))), "forbidden") << login;
  ASSERT_EQ(send("PUT", "/api/v1/follow-up-rounds", round, as("chief")).status, 201);
  read_forms("monitoring", 7);
  ASSERT_EQ(forms_.size(), filed_.size());
  for (int i = 0; i < unit_count; ++i) {
    Filed& filed = filed_[static_cast<std::size_t>(i)];
    const std::string form = "/api/v1/follow-ups/" + forms_.at(filed.id);
    json::value body = json::parse(get(form, as(filed.clerk)).body);
    json::array tables;
    for (std::size_t t = 0; t < body.at("tables").as_array().size(); ++t) {
      // Of 40 units one table is behind: 3 of the 7 that were due.
      const bool behind = i < red_count && t == 0;
      json::array rows{indicator(behind ? "3" : "7", behind ? "有可能" : nullptr, behind ? "招标推迟" : nullptr),
                       indicator(target_of(body, t, 1), nullptr, nullptr), indicator("10", nullptr, nullptr),
                       indicator("95", nullptr, nullptr)};
      tables.push_back(json::object{{"executed", spent(body, t, 58)}, {"indicators", std::move(rows)}});
    }
    int revision = 1;
    const auto step = [&](const std::string& login, const std::string& action, const std::string& refused_by = {}) {
      const Answer answer = send("POST", form + "/actions", json::object{{"action", action}, {"opinion", "阅"}}, as(login, revision));
      if (refused_by.empty()) {
        EXPECT_EQ(answer.status, 200) << filed.name << " " << action << " " << answer.body;
        ++revision;
      } else {
        EXPECT_EQ(code_of(answer), refused_by) << filed.name << " " << login << " " << action;
        ++refusals_;
      }
    };
    if (i % 24 == 0) step(filed.clerk, "submit", "remarks-open");
    const Answer edited = send("PUT", form, json::object{{"tables", std::move(tables)}}, as(filed.clerk, revision));
    ASSERT_EQ(edited.status, 200) << edited.body;
    ++revision;
    if (i % 24 == 0) {
      step(filed.head, "sign", "action-not-allowed");
      step(filed_[static_cast<std::size_t>(i + 1)].clerk, "submit", "not-found");
    }
    step(filed.clerk, "submit");
    if (i % 24 == 0) {
      step(filed.clerk, "sign", "forbidden");
      step("chief", "accept", "action-not-allowed");
    }
    step(filed.head, "sign");
    if (i % 24 == 0) step("leader", "accept", "forbidden");
    step("chief", "accept");
  }
  const json::value page =
      expect_documented(get("/api/v1/follow-ups?kind=monitoring&year=2026&month=7&limit=500", as("leader")), "listFollowUps");
  EXPECT_EQ(page.at("counts").at("accepted").as_int64(), unit_count);
  EXPECT_EQ(page.at("lights").at("red").as_int64(), red_count);
  EXPECT_EQ(page.at("lights").at("green").as_int64(), tables_ - red_count);
}

void HalfYear::answer_alarms() {
  const auto listed = [&](const std::string& login, const std::string& more = {}) {
    return expect_documented(get("/api/v1/alarms?year=2026&limit=500" + more, as(login)), "listAlarms");
  };
  const json::value all = listed("chief");
  ASSERT_EQ(all.at("total").as_int64(), red_count);
  int answered = 0;
  for (const json::value& each : all.at("items").as_array()) {
    const std::string alarm = "/api/v1/alarms/" + std::string(each.at("id").as_string()) + "/actions";
    const std::string unit(each.at("unit").as_string());
    const auto filed = std::find_if(filed_.begin(), filed_.end(), [&](const Filed& one) { return one.unit == unit; });
    ASSERT_NE(filed, filed_.end());
    int revision = 1;
    const auto step = [&](const std::string& login, json::object body, const std::string& refused_by = {}) {
      const Answer answer = send("POST", alarm, body, as(login, revision));
      if (refused_by.empty()) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        ++revision;
      } else {
        EXPECT_EQ(code_of(answer), refused_by);
        ++refusals_;
      }
    };
    const json::object answer{{"action", "answer"}, {"choice", answered % 3 == 0 ? "shift" : "continue"}, {"words", "10月底前完成"}};
    if (answered == 0) step("chief", {{"action", "close"}}, "action-not-allowed");
    step(filed->clerk, answer);
    if (answered < 3) {
      step(filed->clerk, {{"action", "close"}}, "forbidden");
      step("chief", {{"action", "refuse"}, {"words", "请写明责任人"}});
      step(filed->clerk, answer);
    }
    step("chief", {{"action", "close"}, {"words", "同意"}});
    ++answered;
  }
  EXPECT_EQ(listed("leader", "&state=closed").at("total").as_int64(), red_count);
  EXPECT_EQ(listed("leader").at("overdue").as_int64(), 0);
}

void HalfYear::evaluate_themselves() {
  pass(200 * day);
  const json::object round{{"kind", "self_evaluation"}, {"year", 2026}, {"month", 12}, {"opens", "2027-02-01"}, {"work_days", 15}};
  ASSERT_EQ(send("PUT", "/api/v1/follow-up-rounds", round, as("chief")).status, 201);
  read_forms("self_evaluation", 12);
  int scored = 0;
  for (int i = 0; i < unit_count; ++i) {
    Filed& filed = filed_[static_cast<std::size_t>(i)];
    const std::string form = "/api/v1/follow-ups/" + forms_.at(filed.id);
    const json::value body = json::parse(get(form, as(filed.clerk)).body);
    json::array tables;
    const std::size_t count = body.at("tables").as_array().size();
    for (std::size_t t = 0; t < count; ++t) {
      const Told told = told_at_year_end(i, static_cast<int>(t));
      json::array rows{indicator(std::to_string(told.done), nullptr, told.done < 12 ? "受汛期影响" : nullptr),
                       indicator(target_of(body, t, 1), nullptr, nullptr), indicator("10", nullptr, nullptr),
                       indicator("95", nullptr, nullptr)};
      tables.push_back(
          json::object{{"goal_result", "已完成"}, {"executed", spent(body, t, told.percent)}, {"indicators", std::move(rows)}});
    }
    int revision = 1;
    const Answer edited = send("PUT", form, json::object{{"tables", std::move(tables)}}, as(filed.clerk, revision++));
    ASSERT_EQ(edited.status, 200) << edited.body;
    const auto act = [&](const std::string& login, const std::string& action) {
      const Answer answer = send("POST", form + "/actions", json::object{{"action", action}, {"opinion", nullptr}}, as(login, revision));
      ++revision;
      return answer;
    };
    if (i == 0) {
      EXPECT_EQ(code_of(act(filed.clerk, "submit")), "remarks-open") << "nothing proves the figures";
      --revision;
    }
    for (std::size_t t = 0; t < count; ++t) {
      const Answer proved =
          upload_to(form + "/evidence?table=" + std::to_string(t), {{"验收单.pdf", "验收 " + filed.name}}, as(filed.clerk, revision++));
      ASSERT_EQ(proved.status, 200) << proved.body;
    }
    ASSERT_EQ(act(filed.clerk, "submit").status, 200);
    const Answer signed_by_head = act(filed.head, "sign");
    ASSERT_EQ(signed_by_head.status, 200) << signed_by_head.body;
    const json::value now = json::parse(signed_by_head.body);
    for (std::size_t t = 0; t < count; ++t) {
      const Told told = told_at_year_end(i, static_cast<int>(t));
      const json::value& table = now.at("tables").at(t);
      const int total = points(25, told.done, 12) + 2500 + 3000 + 1000 + points(10, told.percent, 100);
      EXPECT_EQ(table.at("table").at("total_score").as_string(), hundredths_text(total)) << filed.name << " " << t;
      EXPECT_EQ(table.at("grade").as_string(), grade_of(total)) << filed.name << " " << t;
      ++scored;
    }
  }
  EXPECT_EQ(scored, table_count);
}

void HalfYear::check_again() {
  const json::object wanted{{"year", 2026}, {"percent", drawn_percent}, {"seed", "20270222 双色球"}};
  EXPECT_EQ(code_of(send("POST", "/api/v1/follow-up-rounds/draw", wanted, as("section0"))), "forbidden");
  const json::value drawn = expect_documented(send("POST", "/api/v1/follow-up-rounds/draw", wanted, as("chief")), "drawRechecks");
  ASSERT_EQ(drawn.at("drawn").as_array().size(), (unit_count * drawn_percent + 99) / 100);
  // The draw is the same whoever repeats it.
  EXPECT_EQ(json::parse(send("POST", "/api/v1/follow-up-rounds/draw", wanted, as("officer")).body), drawn);
  int checked = 0;
  for (const json::value& each : drawn.at("drawn").as_array()) {
    rechecked_.insert(std::string(each.as_string()));
    const std::string form = "/api/v1/follow-ups/" + std::string(each.as_string());
    const json::value body = json::parse(get(form, as("chief")).body);
    auto revision = static_cast<int>(body.at("revision").as_int64());
    for (std::size_t t = 0; t < body.at("tables").as_array().size(); ++t) {
      const json::object found{{"table", t}, {"indicator", 0}, {"actual", "6"}, {"score", "12.50"}, {"why", "抽查台账，完成6次"}};
      if (checked == 0) {
        EXPECT_EQ(code_of(send("POST", form + "/rechecks", found, as("leader", revision))), "forbidden");
        ++refusals_;
      }
      const Answer answer = send("POST", form + "/rechecks", found, as("chief", revision++));
      ASSERT_EQ(answer.status, 200) << answer.body;
      const json::value now = json::parse(answer.body);
      const auto cents = [](const json::value& text) {
        std::string digits(text.as_string());
        std::erase(digits, '.');
        return std::stoi(digits);
      };
      const json::value& table = now.at("tables").at(t).at("table");
      const int expected = cents(table.at("total_score")) - cents(table.at("indicators").at(0).at("score")) + 1250;
      EXPECT_EQ(now.at("rechecked").at(t).at("total").as_string(), hundredths_text(expected));
      EXPECT_EQ(now.at("rechecked").at(t).at("grade").as_string(), grade_of(expected));
      ++checked;
    }
  }
  EXPECT_GE(checked, 55);
}

void HalfYear::report_the_year() {
  const auto begun = std::chrono::steady_clock::now();
  const json::value report = expect_documented(get("/api/v1/yearly-report?year=2026", as("leader")), "yearlyReport");
  const auto figures_ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
  std::map<std::string, std::string> figures;
  for (const json::value& each : report.at("figures").as_array()) {
    if (each.at("value").is_string()) figures[std::string(each.at("key").as_string())] = std::string(each.at("value").as_string());
    EXPECT_TRUE(each.at("last").is_null()) << "nothing is stored of the year before";
  }
  // What the lists of the pages say, added up here.
  const auto page = [&](const std::string& what) { return json::parse(get("/api/v1/" + what, as("chief")).body); };
  const json::value evaluated = page("follow-ups?kind=self_evaluation&year=2026&month=12&limit=500");
  std::int64_t hundredths = 0;
  std::int64_t tables = 0;
  std::int64_t rechecked = 0;
  std::map<std::string, int> grades;
  const auto cents = [](const json::value& text) {
    std::string digits(text.as_string());
    std::erase(digits, '.');
    return std::stoll(digits);
  };
  for (const json::value& form : evaluated.at("items").as_array()) {
    for (const json::value& table : form.at("tables").as_array()) {
      if (table.at("total").is_null()) continue;
      ++tables;
      hundredths += cents(table.at("total"));
      ++grades[std::string(table.at("grade").as_string())];
      rechecked += table.at("rechecked_total").is_null() ? 0 : 1;
    }
  }
  std::map<std::string, std::int64_t> expected{
      {"coverage.due", unit_count}, {"coverage.projects", tables_}, {"coverage.approved", unit_count}, {"self.filed", unit_count},
      {"self.tables", tables},      {"rechecks.tables", rechecked}, {"monitoring.07.red", red_count},  {"monitoring.07.filed", unit_count},
      {"alarms.raised", red_count}, {"alarms.closed", red_count},   {"audit.filings", unit_count}};
  for (const char* grade : {"优", "良", "中", "差"}) expected[std::string("self.grade.") + grade] = grades[grade];
  for (const auto& [key, value] : expected) EXPECT_EQ(figures[key], std::to_string(value)) << key;
  EXPECT_EQ(tables, table_count);
  // The mean to the hundredth, half up.
  EXPECT_EQ(Decimal::parse(figures["self.mean"]),
            Decimal::parse(hundredths_text(static_cast<int>((2 * hundredths + tables) / (2 * tables)))));
  EXPECT_EQ(code_of(get("/api/v1/yearly-report?year=2019", as("leader"))), "not-found");
  EXPECT_EQ(json::parse(get("/api/v1/yearly-report", as("leader")).body).at("year").as_int64(), 2026) << "where none is asked for";
  for (const char* login : {"clerk0", "head0", "section0", "idler"})
    EXPECT_EQ(code_of(get("/api/v1/yearly-report?year=2026", as(login))), "forbidden") << login;
  // The same year under another pack: only what is accepted is tried, and only by whoever sees the whole bureau.
  const json::value tried = expect_documented(get("/api/v1/pack-trial?year=2026&pack=cn-2020", as("chief")), "tryPack");
  EXPECT_EQ(tried.at("tables").as_int64(), 0) << "filed, not accepted yet";
  EXPECT_EQ(code_of(get("/api/v1/pack-trial?year=2026&pack=nonsense", as("chief"))), "bad-parameter");
  EXPECT_EQ(code_of(get("/api/v1/pack-trial?year=2026&pack=cn-2020", as("clerk0"))), "forbidden");
  EXPECT_EQ(get("/api/v1/pack-trial?year=2026&pack=cn-2020&as=xlsx", as("chief")).status, 200);
  // A target of the year, tried: nothing earlier is stored.
  const json::value target =
      json::parse(get("/api/v1/submissions/" + filed_[0].id, as("chief")).body).at("tables").at(0).at("indicators").at(0);
  const auto tries = [&](const std::string& login, const json::value& body) {
    return send("POST", "/api/v1/submissions/" + filed_[0].id + "/target-trial", body, as(login));
  };
  const json::object row{{"level1", target.at("level1")},         {"level2", target.at("level2")}, {"level3", target.at("level3")},
                         {"comparator", target.at("comparator")}, {"value", target.at("value")},   {"unit", target.at("unit")}};
  const json::value nothing = expect_documented(tries(filed_[0].clerk, json::object{{"table", 0}, {"indicator", row}}), "tryTarget");
  EXPECT_FALSE(nothing.at("none").as_string().empty());
  EXPECT_EQ(code_of(tries(filed_[1].clerk, json::object{{"table", 0}, {"indicator", row}})), "not-found");
  EXPECT_EQ(code_of(tries(filed_[0].clerk, json::object{{"table", 99}, {"indicator", row}})), "invalid-entry");
  EXPECT_EQ(code_of(tries(filed_[0].clerk, json::object{{"table", 0}})), "json-shape");
  EXPECT_EQ(code_of(tries(filed_[0].clerk, json::object{{"table", "x"}, {"indicator", row}})), "json-shape");
  const auto writing = std::chrono::steady_clock::now();
  const Answer file = get("/api/v1/yearly-report/file?year=2026", as("chief"));
  const auto file_ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - writing).count();
  ASSERT_EQ(file.status, 200) << file.body;
  const auto proved = test::check_sources(file.body);
  for (const std::string& fault : proved.faults) ADD_FAILURE() << fault;
  for (const auto& [key, value] : figures) EXPECT_EQ(proved.sources.at(key), value);
  RecordProperty("yearly_report_ms", std::to_string(figures_ms));
  std::cout << "yearly report of " << tables << " tables: figures " << figures_ms << " ms, document " << file_ms << " ms\n";
}

void HalfYear::read_forms(const std::string& kind, int month) {
  forms_.clear();
  const json::value page = expect_documented(
      get("/api/v1/follow-ups?kind=" + kind + "&year=2026&limit=500&month=" + std::to_string(month), as("chief")), "listFollowUps");
  for (const json::value& each : page.at("items").as_array())
    forms_[std::string(each.at("submission").as_string())] = std::string(each.at("id").as_string());
}

std::string HalfYear::spent(const json::value& form, std::size_t table, int percent) {
  // The budget ends on .50: a hundredth of a per cent of it has four decimals.
  std::string budget(form.at("tables").at(table).at("table").at("execution").at(0).at("initial").as_string());
  std::erase(budget, '.');
  const std::int64_t tens_of_thousandths = std::stoll(budget) * percent;
  std::string rest = std::to_string(tens_of_thousandths % 10'000);
  rest.insert(0, 4 - rest.size(), '0');
  return std::to_string(tens_of_thousandths / 10'000) + "." + rest;
}

}  // namespace jiheng::service::tests
