// Thousands of forms in layouts put together by chance (column orders, words, merges, comparators, units, weights, kinds): each is read
// field by field as it was made, from a grid, from a web page, from plain text.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "carriers.h"
#include "goals/json.h"
#include "reading/reader.h"
#include "reading/recognise.h"

namespace jiheng::reading {
namespace {

constexpr std::uint64_t forms = 2000;
constexpr int most_shown = 5;

std::string tables_of(Document document) {
  for (GoalTable& table : document.tables) {
    for (Indicator& indicator : table.indicators) indicator.source = {};
  }
  return tables_json(document.tables);
}

template <class Read>
void expect_all_read(Read read) {
  int wrong = 0;
  for (std::uint64_t seed = 1; seed <= forms; ++seed) {
    const MadeForm form = make_form(seed);
    const std::string got = tables_of(read(form));
    const std::string expected = tables_json(form.truth);
    if (got == expected) continue;
    ++wrong;
    if (wrong <= most_shown)
      ADD_FAILURE() << "seed " << seed << " (" << form.options << ")\n" << as_text(form) << "\ngot " << got << "\nexpected " << expected;
  }
  EXPECT_EQ(wrong, 0) << "of " << forms;
}

TEST(GeneratedForms, AreOfEveryKind) {
  std::map<std::string, int> counts;
  for (std::uint64_t seed = 1; seed <= forms; ++seed) {
    const MadeForm form = make_form(seed);
    ++counts[form.options.find("(list)") != std::string::npos ? "list" : std::string(kind_code(form.truth[0].kind))];
    counts["several"] += form.truth.size() > 1;
    for (const GoalTable& table : form.truth) {
      for (const Indicator& indicator : table.indicators) {
        counts["indicators"] += 1;
        counts["long_term"] += indicator.long_term;
        counts["causes"] += !indicator.causes.empty();
      }
    }
  }
  for (const char* what : {"list", "overall", "project", "self_evaluation", "monitoring", "several", "long_term", "causes"})
    EXPECT_GE(counts[what], 50) << what;
  EXPECT_GE(counts["indicators"], 20000);
}

TEST(GeneratedForms, AreReadFromAGrid) {
  expect_all_read([](const MadeForm& form) {
    const Layout layout = as_grid(form);
    TextPool texts;
    views::Document document;
    recognise(layout, document, texts);
    return views::owned(document);
  });
}

TEST(GeneratedForms, AreReadFromAWebPage) {
  expect_all_read([](const MadeForm& form) { return read_document(as_html(form), "form.html"); });
}

TEST(GeneratedForms, AreReadFromPlainText) {
  expect_all_read([](const MadeForm& form) { return read_document(as_text(form), "form.txt"); });
}

TEST(GeneratedForms, AreReadFromCommaSeparatedText) {
  expect_all_read([](const MadeForm& form) { return read_document(as_csv(form), "form.csv"); });
}

}  // namespace
}  // namespace jiheng::reading
