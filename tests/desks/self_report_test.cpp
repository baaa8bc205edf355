// 自评报告 of the sample bureau: every figure measured and sourced; when one record changes, just what rests on it changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "desk.h"
#include "desks/follow_up/follow_up_files.h"
#include "desks/performance/actuals.h"
#include "desks/sample_year/sample_year.h"
#include "ledgers/schema.h"
#include "ledgers/value.h"
#include "support/sourced_docx.h"
#include "writing/official/marks.h"

namespace jiheng::desks {
namespace {

/// All that a reader of the document reads, a line each.
std::multiset<std::string> lines_of(const writing::OfficialDocument& document) {
  std::multiset<std::string> lines{writing::unmarked(document.title)};
  for (const writing::OfficialBlock& block : document.blocks) {
    if (!block.text.empty()) lines.insert(writing::unmarked(block.text));
    for (const auto& row : block.rows) {
      std::string line;
      for (const std::string& cell : row) line += writing::unmarked(cell) + "|";
      lines.insert(line);
    }
  }
  return lines;
}

std::vector<std::string> gone(const std::multiset<std::string>& before, const std::multiset<std::string>& after) {
  std::vector<std::string> out;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(out));
  return out;
}

struct SelfReport : OnDesk {
  void SetUp() override {
    OnDesk::SetUp();
    if (IsSkipped()) return;
    ledgers_ = std::make_unique<ledgers::Ledgers>(desk_->registry, ledgers::Catalogue::shipped());
    ASSERT_TRUE(ledgers::migrate_ledgers(*desk_->store, ledgers_->catalogue()).ok());
    forms_ = std::make_unique<FollowUps>(desk_->registry, desk_->submissions, *ledgers_);
    ASSERT_EQ(load_sample(desk_->registry, read).state, ImportedFile::State::imported);
    ASSERT_GT(play_sample_year(*ledgers_).value(), 3000);
    submission_ = desk_->submissions.list({}, local).items.front().id;
    // The three slips of the real tables are mended as the audit proposes.
    auto tables = tables_of(desk_->open(submission_));
    tables[1].amount = "10";
    tables[2].unit_name = tables[0].unit_name;
    tables[3].indicators[3].comparator = Comparator::equal;
    ASSERT_TRUE(desk_->submissions.edit(submission_, 1, tables, local).ok());
    ASSERT_TRUE(desk_->submissions.act(submission_, 2, Action::submit, {}, local).ok());
    ASSERT_TRUE(desk_->submissions.act(submission_, 3, Action::approve, {}, local).ok());
    ASSERT_EQ(confirm_suggestions(desk_->submissions, *ledgers_, submission_, local).value(), 51);
    Round round;
    round.kind = FollowUpKind::self_evaluation;
    round.year = 2026;
    round.opens = "2027-02-01";
    ASSERT_TRUE(forms_->open_round(round, local).ok());
  }
  FollowUp form() const {
    FollowUpFilter filter;
    filter.kind = FollowUpKind::self_evaluation;
    filter.year = 2026;
    return forms_->open(forms_->page(filter, local).items.front().id, local).value();
  }
  std::multiset<std::string> report() const {
    const auto made = self_evaluation_report(desk_->registry, form());
    EXPECT_TRUE(made.ok()) << made.error().message;
    return made.ok() ? lines_of(made->document) : std::multiset<std::string>();
  }
  /// Another amount for a review that was never checked again.
  void change_one_review() {
    const ledgers::RecordType& type = *ledgers_->catalogue().type("review_case");
    ledgers::Question question;
    question.limit = 1000;
    const auto all = ledgers_->list(type, question);
    const auto index_of = [&](const char* name) { return static_cast<std::size_t>(type.field(name) - type.fields.data()); };
    for (const ledgers::Entry& each : all.rows) {
      // Every eighth case of the sample is checked again.
      const std::string number(*each.values[index_of("case_no")].text());
      if (std::stoi(number.substr(number.size() - 3)) % 8 == 0 || each.values[index_of("concluded_amount")].is_null()) continue;
      ledgers::Batch batch(type);
      auto values = each.values;
      values[index_of("concluded_amount")] = ledgers::parse_value(*type.field("concluded_amount"), "1", batch.pool).value();
      batch.add(each.id, each.revision + 1, values);
      ASSERT_TRUE(ledgers_->store({&batch, 1}, {}, {"edit", {}, {}}).ok());
      return;
    }
    FAIL() << "no review to change";
  }

  std::unique_ptr<ledgers::Ledgers> ledgers_;
  std::unique_ptr<FollowUps> forms_;
  std::string submission_;
};

TEST_P(SelfReport, HasEveryFigureMeasuredAndNothingTyped) {
  const FollowUp filled = form();
  ASSERT_EQ(filled.tables.size(), 5U);
  int figures = 0;
  for (const FilledTable& table : filled.tables) {
    EXPECT_EQ(table.money.source, Actual::Source::measured);
    EXPECT_TRUE(table.table.execution.front().executed.has_value());
    for (std::size_t i = 0; i < table.facts.size(); ++i) {
      if (table.table.indicators[i].comparator == Comparator::qualitative) continue;
      ++figures;
      const auto source = table.facts[i].origin.source;
      EXPECT_TRUE(source == Actual::Source::measured || source == Actual::Source::surveyed) << table.table.indicators[i].level3;
      EXPECT_TRUE(table.table.indicators[i].actual.has_value()) << table.table.indicators[i].level3;
    }
    EXPECT_TRUE(table.table.total_score.has_value());
  }
  EXPECT_EQ(figures, 51);
  for (const TableEntry& entry : filled.body.entries) {
    for (const IndicatorEntry& each : entry.indicators) EXPECT_FALSE(each.actual.has_value());
  }
}

TEST_P(SelfReport, HasNoNumberWithoutASource) {
  const auto made = self_evaluation_report(desk_->registry, form());
  ASSERT_TRUE(made.ok()) << made.error().message;
  const auto proved = test::check_sources(writing::official_docx(made->document, made->day).value());
  for (const std::string& fault : proved.faults) ADD_FAILURE() << fault;
  EXPECT_GT(proved.figures.size(), 62U * 4);
  EXPECT_EQ(proved.figures.size(), proved.sources.size()) << "the annex lists what the text says, and nothing else";
  EXPECT_NE(proved.text.find("2026年度绩效自评报告"), std::string::npos);
}

TEST_P(SelfReport, ChangesJustWhereTheChangedRecordCounts) {
  const auto before = report();
  const auto again = report();
  EXPECT_EQ(before, again);
  ASSERT_NO_FATAL_FAILURE(change_one_review());
  const auto after = report();
  const auto lost = gone(before, after);
  const auto won = gone(after, before);
  ASSERT_EQ(lost.size(), won.size());
  // In two tables: the sentence of 节约财政资金 and the table's total, and the rows of the annex for what is in them: value, per cent,
  // points and the total.
  EXPECT_EQ(lost.size(), 12U);
  for (const auto* lines : {&lost, &won}) {
    for (const std::string& line : *lines)
      EXPECT_TRUE(line.find("节约财政资金") != std::string::npos || line.find("自评总分") != std::string::npos) << line;
  }
}

TEST_P(SelfReport, StaysAsItWasFiledAndSaysWhatTheLedgersSayNow) {
  FollowUp filled = form();
  auto entries = filled.body.entries;
  for (std::size_t t = 0; t < entries.size(); ++t) {
    entries[t].goal_result = "全年工作已完成。";
    entries[t].indicators.resize(filled.tables[t].facts.size());
    for (std::size_t i = 0; i < entries[t].indicators.size(); ++i) {
      entries[t].indicators[i].note = "已核实";
      if (filled.tables[t].table.indicators[i].comparator != Comparator::qualitative) continue;
      entries[t].indicators[i].actual = "已完成";
      entries[t].indicators[i].judged_percent = "95";
    }
  }
  auto kept = forms_->edit(filled.id, filled.revision, entries, local);
  ASSERT_TRUE(kept.ok()) << kept.error().message;
  for (std::size_t t = 0; t < entries.size(); ++t) {
    kept = forms_->add_evidence(filled.id, kept->revision, static_cast<int>(t), -1, "工作总结", "总结.docx", local);
    ASSERT_TRUE(kept.ok()) << kept.error().message;
  }
  auto filed = forms_->act(filled.id, kept->revision, FollowUpAction::submit, {}, local);
  ASSERT_TRUE(filed.ok()) << filed.error().message;
  const auto before = report();
  for (const FilledTable& table : filed->tables) {
    for (const IndicatorFact& fact : table.facts)
      EXPECT_EQ(fact.origin.receipt.has_value(), fact.origin.source != Actual::Source::reported);
  }
  EXPECT_TRUE(filed->later.empty());
  ASSERT_NO_FATAL_FAILURE(change_one_review());
  EXPECT_EQ(report(), before) << "what was filed stays";
  const FollowUp now = form();
  ASSERT_EQ(now.later.size(), 2U);
  EXPECT_EQ(now.later.front().name, "节约财政资金");
  EXPECT_NE(now.later.front().now, now.later.front().filed);
  const writing::List index = evidence_index(now);
  EXPECT_EQ(index.rows.size(), 62U + 5U);
  EXPECT_EQ(forms_->rebuild(), 1);
  EXPECT_EQ(report(), before);
  EXPECT_TRUE(desk_->registry.verify().ok);
}

JIHENG_ON_EACH_ENGINE(SelfReport);

}  // namespace
}  // namespace jiheng::desks
