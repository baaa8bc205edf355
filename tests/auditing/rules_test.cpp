// Every rule against its cases: it finds what it must, at the named place, and keeps quiet where all is well.
#include "auditing/rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "auditing/audit.h"
#include "auditing/case_files.h"

namespace jiheng::auditing {
namespace {

const std::vector<CaseFile>& all_cases() {
  static const std::vector<CaseFile> cases = read_cases("tests/auditing/cases");
  return cases;
}

std::vector<Finding> of_rule(const Report& report, const std::string& rule) {
  std::vector<Finding> out;
  for (const Finding& finding : report.findings) {
    if (finding.rule == rule) out.push_back(finding);
  }
  return out;
}

std::string messages(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& finding : findings) out += "\n  " + finding.message;
  return out;
}

void compare(const Finding& finding, const Expected& expected) {
  ASSERT_FALSE(finding.at.empty());
  const Place& place = finding.at.front();
  EXPECT_EQ(place.table, expected.table);
  EXPECT_EQ(place.indicator, expected.indicator);
  if (expected.field) {
    EXPECT_EQ(place.field, *expected.field);
  }
  if (expected.severity) {
    EXPECT_EQ(severity_code(finding.severity), *expected.severity);
  }
  if (expected.proposed_value) {
    EXPECT_EQ(finding.proposed_value, *expected.proposed_value);
  }
  for (const int table : expected.also) {
    const auto named = [&](const Place& each) { return each.table == table; };
    EXPECT_TRUE(std::any_of(finding.at.begin(), finding.at.end(), named)) << "names table " << table;
  }
}

TEST(Rules, FindWhatTheirCasesSay) {
  for (const CaseFile& each : all_cases()) {
    SCOPED_TRACE(each.rule + "/" + each.name);
    const auto report = audit({&each.document, 1}, each.pack);
    ASSERT_TRUE(report.ok());
    const auto found = of_rule(*report, each.rule);
    EXPECT_EQ(found.size(), each.expected.size()) << messages(found);
    for (std::size_t i = 0; i < std::min(found.size(), each.expected.size()); ++i) {
      SCOPED_TRACE(found[i].message);
      compare(found[i], each.expected[i]);
    }
  }
}

TEST(Rules, EveryRuleHasACaseThatFindsAndOneThatDoesNot) {
  std::set<std::string> finds, quiet;
  for (const CaseFile& each : all_cases()) (each.expected.empty() ? quiet : finds).insert(each.rule);
  for (const Card* card : cards()) {
    EXPECT_TRUE(finds.contains(std::string(card->id))) << card->id << " has no case that it finds";
    EXPECT_TRUE(quiet.contains(std::string(card->id))) << card->id << " has no case in which it keeps quiet";
  }
  for (const auto& folders : {finds, quiet}) {
    for (const std::string& rule : folders) EXPECT_NE(find_card(rule), nullptr) << "cases of an unknown rule " << rule;
  }
}

TEST(Rules, EveryRuleOfTheContractIsThere) {
  for (const char* id : {"unit-name-missing",
                         "year-missing",
                         "goal-missing",
                         "project-name-missing",
                         "budget-missing",
                         "indicator-value-missing",
                         "comparator-missing",
                         "measurement-unit-missing",
                         "measurement-unit-placeholder",
                         "required-level-missing",
                         "weights-missing",
                         "weights-sum",
                         "task-without-indicator",
                         "money-sum",
                         "projects-sum",
                         "unit-name-differs",
                         "comparator-differs",
                         "value-differs",
                         "measurement-unit-differs",
                         "part-looser-than-whole",
                         "indicator-only-in-project",
                         "indicator-renamed",
                         "duplicate-indicator",
                         "cost-differs-from-budget",
                         "cost-excludes-full-execution",
                         "target-impossible",
                         "target-always-met",
                         "percent-out-of-range",
                         "integer-threshold",
                         "saturated-target",
                         "qualitative-restates-name",
                         "qualitative-unmeasurable",
                         "explanation-restates-name",
                         "input-as-output",
                         "measurement-unit-implausible",
                         "level-misplaced",
                         "date-outside-year",
                         "text-slip",
                         "layout-repaired"}) {
    EXPECT_NE(find_card(id), nullptr) << id;
  }
}

TEST(Rules, CardsAreCompleteAndTheirIdsDiffer) {
  std::set<std::string_view> ids;
  for (const Card* card : cards()) {
    SCOPED_TRACE(card->id);
    EXPECT_TRUE(ids.insert(card->id).second);
    EXPECT_FALSE(card->title.empty() || card->title_en.empty() || card->explanation.empty() || card->explanation_en.empty());
    std::set<std::string_view> variants;
    int worded = 0;
    for (const Wording& wording : card->wordings) {
      if (wording.message.empty()) continue;
      ++worded;
      EXPECT_TRUE(variants.insert(wording.variant).second) << "two wordings of one variant";
      EXPECT_FALSE(wording.message_en.empty());
      EXPECT_EQ(wording.suggestion.empty(), wording.suggestion_en.empty());
    }
    EXPECT_GE(worded, 1);
  }
}

/// The sentences of all cases together: complete, in both languages, nothing left unfilled.
TEST(Rules, SentencesAreComplete) {
  std::set<std::string> worded;
  for (const CaseFile& each : all_cases()) {
    const auto report = audit({&each.document, 1}, each.pack);
    ASSERT_TRUE(report.ok());
    for (const Finding& finding : report->findings) {
      SCOPED_TRACE(finding.message);
      worded.insert(std::string(finding.rule));
      for (const std::string* text : {&finding.message, &finding.message_en}) {
        EXPECT_EQ(text->find('{'), std::string::npos);
        EXPECT_FALSE(text->empty());
      }
      if (finding.suggestion) {
        EXPECT_EQ(finding.suggestion->find('{'), std::string::npos);
      }
      if (finding.suggestion_en) {
        EXPECT_EQ(finding.suggestion_en->find('{'), std::string::npos);
      }
      EXPECT_FALSE(finding.at.empty());
    }
  }
  EXPECT_EQ(worded.size(), cards().size());
}

}  // namespace
}  // namespace jiheng::auditing
