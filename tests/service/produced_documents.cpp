// Every document that the played year produces is walked: no number stands in it without a source, and what a letter says of a record is
// what the program answers about that record when it is asked.
#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <pugixml.hpp>
#include <regex>
#include <set>

#include "base/decimal.h"
#include "desks/performance/publication.h"
#include "service/half_year_fixture.h"
#include "support/sourced_docx.h"

namespace jiheng::service::tests {

namespace json = boost::json;

namespace {

/// "2026-03-05", "12.50", "007" → 2026, 3, 5; 12.5; 7.
void add_numbers(std::set<std::string>& out, const std::string& text) {
  static const std::regex number(R"(\d+(\.\d+)?)");
  for (auto each = std::sregex_iterator(text.begin(), text.end(), number); each != std::sregex_iterator(); ++each) {
    std::string found = each->str();
    if (found.find('.') != std::string::npos) {
      while (found.ends_with('0')) found.pop_back();
      if (found.ends_with('.')) found.pop_back();
    }
    const std::size_t first = found.find_first_not_of('0');
    found.erase(0, first == std::string::npos ? found.size() - 1 : first);
    out.insert(found.starts_with('.') ? "0" + found : found);
  }
}

/// All that the program tells, and how long its lists are. Moments count as the day that people had.
void add_numbers(std::set<std::string>& out, const json::value& told) {
  static const std::regex moment(R"(\d{4}-\d\d-\d\dT.*Z)");
  if (const auto* object = told.if_object()) {
    for (const auto& [name, value] : *object) add_numbers(out, value);
  } else if (const auto* array = told.if_array()) {
    out.insert(std::to_string(array->size()));
    for (const json::value& value : *array) add_numbers(out, value);
  } else if (const auto* text = told.if_string()) {
    const std::string words(*text);
    add_numbers(out, std::regex_match(words, moment) ? desks::local_day_of(words) : words);
  } else if (!told.is_null() && !told.is_bool()) {
    add_numbers(out, json::serialize(told));
  }
}

std::set<std::string> numbers_of(const json::value& told) {
  std::set<std::string> out;
  add_numbers(out, told);
  return out;
}

/// JIHENG_PAPERS=FOLDER: whoever wants to look at them, or open them with another program, finds them there.
void keep(const std::string& path, const std::string& bytes, const std::string& carrier) {
  const char* folder = std::getenv("JIHENG_PAPERS");
  if (folder == nullptr) return;
  std::string name = path.substr(1);
  for (char& c : name) {
    if (c == '/' || c == '?' || c == '=') c = '-';
  }
  std::ofstream(std::string(folder) + "/" + name + "." + carrier, std::ios::binary) << bytes;
}

}  // namespace

json::value HalfYear::told(const std::string& path) const {
  const Answer answer = get("/api/v1" + path, as("chief"));
  EXPECT_EQ(answer.status, 200) << path << answer.body;
  return json::parse(answer.body);
}

void HalfYear::prove_letter(const std::string& path, const json::value& about, const std::map<std::string, std::string>& counted_here) {
  const Answer letter = get("/api/v1" + path, as("chief"));
  ASSERT_EQ(letter.status, 200) << path << letter.body;
  keep(path, letter.body, "docx");
  const auto walked = test::check_letter(letter.body);
  for (const std::string& fault : walked.faults) ADD_FAILURE() << path << ": " << fault;
  EXPECT_FALSE(walked.records.empty()) << path;
  const std::set<std::string> known = numbers_of(about);
  for (const auto& [field, values] : walked.records) {
    if (const auto here = counted_here.find(field.substr(field.rfind('/') + 1)); here != counted_here.end()) {
      const std::set<std::string> expected = here->second.empty() ? values : std::set<std::string>{here->second};
      EXPECT_EQ(values, expected) << path << ": " << field;
      continue;
    }
    for (const std::string& value : values) {
      std::set<std::string> numbers;
      add_numbers(numbers, value);
      for (const std::string& number : numbers) EXPECT_TRUE(known.contains(number)) << path << ": " << field << " says " << value;
    }
  }
  ++letters_;
}

/// A form has no annex: it is one with the table that the page shows, whose figures open to their receipts.
void HalfYear::prove_form(const std::string& form) {
  const json::value shown = told("/follow-ups/" + form);
  const Answer file = get("/api/v1/follow-ups/" + form + "/export?to=docx", as("chief"));
  ASSERT_EQ(file.status, 200) << file.body;
  for (const char* carrier : {"docx", "xlsx", "pdf"})
    keep("/follow-ups/" + form, get("/api/v1/follow-ups/" + form + "/export?to=" + carrier, as("chief")).body, carrier);
  const std::set<std::string> known = numbers_of(shown);
  static const std::regex period(R"(1-\d+月)");
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(test::part_of_zip(file.body, "word/document.xml").c_str(), pugi::parse_ws_pcdata_single));
  int walked = 0;
  for (const pugi::xpath_node& paragraph : document.select_nodes("//w:p")) {
    std::string text;
    for (const pugi::xpath_node& run : paragraph.node().select_nodes(".//w:t")) text += run.node().text().get();
    text = std::regex_replace(text, period, "");
    std::set<std::string> numbers;
    add_numbers(numbers, text);
    for (const std::string& number : numbers) EXPECT_TRUE(known.contains(number)) << form << ": " << text;
    walked += static_cast<int>(numbers.size());
  }
  EXPECT_GT(walked, 20) << form;
}

void HalfYear::prove_report(const std::string& path) {
  const Answer report = get("/api/v1" + path, as("chief"));
  ASSERT_EQ(report.status, 200) << path << report.body;
  keep(path, report.body, "docx");
  const auto walked = test::check_sources(report.body);
  for (const std::string& fault : walked.faults) ADD_FAILURE() << path << ": " << fault;
  EXPECT_FALSE(walked.figures.empty()) << path;
}

void HalfYear::prove_reminder() {
  ASSERT_NO_FATAL_FAILURE(prove_letter("/years/2026/documents/reminder", told("/years/2026/wall"),
                                       {{"未报数", std::to_string(late_count)}, {"已报数", std::to_string(unit_count - late_count)}}));
}

/// Of submissions and forms every seventh, of the rest each one.
void HalfYear::prove_documents() {
  letters_ = 0;
  const json::value year = told("/years/2026/wall");
  ASSERT_NO_FATAL_FAILURE(prove_letter("/years/2026/documents/notice", json::array{year, told("/years")}));
  // Codes of versions are proved where they are made; tables and amounts by what was filed here.
  json::array filed_here{tables_};
  for (std::size_t i = 0; i < filed_.size(); ++i) {
    Decimal amount;
    for (const GoalTable& table : tables_of(filed_[i], static_cast<int>(i), false)) amount += Decimal::parse(*table.amount).value();
    filed_here.emplace_back(amount.plain());
  }
  const json::value approved = told("/years/2026/publications");
  ASSERT_NO_FATAL_FAILURE(
      prove_letter("/years/2026/documents/approval", json::array{approved, std::move(filed_here)}, {{"版本码", ""}, {"校验值", ""}}));
  int returned = 0;
  for (std::size_t i = 0; i < filed_.size(); i += 7) {
    const std::string path = "/submissions/" + filed_[i].id;
    const json::value submission = told(path);
    ASSERT_NO_FATAL_FAILURE(prove_letter(path + "/documents/opinion", submission));
    if (i >= returned_count) continue;
    ASSERT_NO_FATAL_FAILURE(prove_letter(path + "/documents/return", json::array{submission, told(path + "/revisions")}));
    ++returned;
  }
  EXPECT_GT(returned, 0);
  const json::value alarms = told("/alarms?year=2026&limit=500");
  for (const json::value& alarm : alarms.at("items").as_array())
    ASSERT_NO_FATAL_FAILURE(prove_letter("/alarms/" + std::string(alarm.at("id").as_string()) + "/letter", alarm));
  const json::value rules = told("/problems/rules");
  const json::value problems = told("/problems?year=2026&limit=200");
  for (const json::value& problem : problems.at("items").as_array()) {
    const std::string path = "/problems/" + std::string(problem.at("id").as_string());
    const json::value view = told(path);
    ASSERT_NO_FATAL_FAILURE(prove_letter(path + "/documents/notice", json::array{view, rules}));
    ASSERT_NO_FATAL_FAILURE(prove_letter(path + "/documents/closing", view));
  }
  for (const auto& [kind, month] : {std::pair("monitoring", 7), std::pair("self_evaluation", 12)}) {
    ASSERT_NO_FATAL_FAILURE(read_forms(kind, month));
    ASSERT_FALSE(forms_.empty());
    int at = 0;
    for (const auto& [submission, form] : forms_) {
      if (at++ % 7 != 0) continue;
      ASSERT_NO_FATAL_FAILURE(prove_form(form));
      if (month != 12) continue;
      ASSERT_NO_FATAL_FAILURE(prove_report("/follow-ups/" + form + "/report"));
    }
  }
  ASSERT_NO_FATAL_FAILURE(prove_report("/yearly-report/file?year=2026"));
  const json::value evaluations = told("/evaluations?year=2026&limit=200");
  for (const json::value& each : evaluations.as_array())
    ASSERT_NO_FATAL_FAILURE(prove_report("/evaluations/" + std::string(each.at("id").as_string()) + "/report"));
  std::cout << "letters walked: " << letters_ << "\n";
}

}  // namespace jiheng::service::tests
