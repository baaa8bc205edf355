// Mending, sending back, approving; lists; two people at once. On both engines.
#include <atomic>
#include <thread>

#include "desk.h"

namespace jiheng::desks {
namespace {

class Filing : public OnDesk {
 protected:
  void SetUp() override {
    OnDesk::SetUp();
    if (!IsSkipped()) id_ = desk_->import("甲.txt", form("甲镇财政所")).submission;
  }
  Result<Submission> act(int from, Action action, Text opinion = std::nullopt) {
    return desk_->submissions.act(id_, from, action, std::move(opinion), access::Principal::operator_at_machine("李科长"));
  }
  Result<Submission> set_amount(int from, const std::string& amount) {
    auto tables = tables_of(desk_->open(id_));
    tables[0].amount = amount;
    return desk_->submissions.edit(id_, from, std::move(tables), access::Principal::operator_at_machine("王会计"), "更正金额");
  }
  std::string id_;
};
JIHENG_ON_EACH_ENGINE(Filing);

TEST_P(Filing, an_edit_is_a_new_revision_audited_again_and_the_old_one_stays) {
  const int before = desk_->open(id_).audit.errors;
  const auto edited = set_amount(1, "150");
  ASSERT_TRUE(edited.ok());
  EXPECT_EQ(edited->summary.revision, 2);
  EXPECT_EQ(edited->tables[0].table.amount, "150");
  EXPECT_EQ(edited->tables[0].file, "甲.txt");
  EXPECT_TRUE(edited->tables[0].attachment.has_value());
  auto tables = tables_of(*edited);
  tables[0].amount = std::nullopt;
  const auto broken = desk_->submissions.edit(id_, 2, tables, local);
  ASSERT_TRUE(broken.ok());
  EXPECT_GT(broken->audit.errors, before);
  EXPECT_EQ(desk_->submissions.list({}, local).items[0].errors, broken->audit.errors);
  EXPECT_EQ(desk_->submissions.revision(id_, 1, local)->tables[0].table.amount, "120");
  const auto revisions = desk_->submissions.revisions(id_, local);
  ASSERT_EQ(revisions->size(), 3U);
  EXPECT_EQ((*revisions)[1].why, "更正金额");
  EXPECT_EQ((*revisions)[1].action, "edit");
  EXPECT_EQ((*revisions)[2].action, "import");
  EXPECT_EQ((*revisions)[2].tables, 1);
}

TEST_P(Filing, an_edit_that_changes_nothing_makes_no_revision) {
  const auto same = desk_->submissions.edit(id_, 1, tables_of(desk_->open(id_)), local);
  ASSERT_TRUE(same.ok());
  EXPECT_EQ(same->summary.revision, 1);
  EXPECT_EQ(desk_->registry.head().first, 1);
}

TEST_P(Filing, tables_keep_their_files_when_others_are_taken_out) {
  desk_->import("乙.txt", form("甲镇财政所", "水利维修"));
  auto tables = tables_of(desk_->open(id_));
  tables.erase(tables.begin());
  const auto edited = desk_->submissions.edit(id_, 2, tables, local);
  ASSERT_TRUE(edited.ok());
  ASSERT_EQ(edited->tables.size(), 1U);
  EXPECT_EQ(edited->tables[0].file, "乙.txt");
  EXPECT_EQ(desk_->import("甲.txt", form("甲镇财政所")).state, ImportedFile::State::unchanged) << "its original is still filed";
}

TEST_P(Filing, an_edit_of_an_old_revision_is_refused_with_the_latest) {
  ASSERT_TRUE(set_amount(1, "150").ok());
  const auto stale = set_amount(1, "160");
  ASSERT_FALSE(stale.ok());
  EXPECT_EQ(stale.error().code, "stale-revision");
  ASSERT_EQ(stale.error().context.size(), 3U);
  EXPECT_EQ(stale.error().context[0], "2");
  EXPECT_EQ(stale.error().context[1], "王会计");
  EXPECT_EQ(act(1, Action::submit).error().code, "stale-revision");
  EXPECT_EQ(desk_->open(id_).tables[0].table.amount, "150");
}

TEST_P(Filing, tables_too_many_or_not_text_are_refused) {
  auto tables = tables_of(desk_->open(id_));
  tables[0].annual_goal = "\xff\xfe";
  EXPECT_EQ(desk_->submissions.edit(id_, 1, tables, local).error().code, "invalid-table");
  EXPECT_EQ(desk_->submissions.edit(id_, 1, std::vector<GoalTable>(501), local).error().code, "invalid-table");
  tables[0].annual_goal = "文字";
  tables[0].indicators.resize(5001);
  EXPECT_EQ(desk_->submissions.edit(id_, 1, tables, local).error().code, "invalid-table");
}

TEST_P(Filing, goes_its_way_from_draft_to_approval_through_a_return) {
  EXPECT_EQ(act(1, Action::approve).error().code, "action-not-allowed");
  auto submission = act(1, Action::submit);
  ASSERT_TRUE(submission.ok());
  EXPECT_EQ(submission->summary.state, State::submitted);
  EXPECT_EQ(submission->actions, (std::vector<Action>{Action::withdraw, Action::send_back, Action::approve}));
  EXPECT_EQ(act(2, Action::remove).error().code, "action-not-allowed");
  submission = act(2, Action::withdraw);
  EXPECT_EQ(submission->summary.state, State::draft);
  ASSERT_TRUE(act(3, Action::submit).ok());
  submission = act(4, Action::send_back, "请补充满意度指标。");
  EXPECT_EQ(submission->summary.state, State::returned);
  EXPECT_EQ(submission->opinion, "请补充满意度指标。");
  ASSERT_TRUE(set_amount(5, "130").ok());
  EXPECT_EQ(desk_->open(id_).summary.state, State::returned);
  submission = act(6, Action::submit);
  EXPECT_EQ(submission->opinion, "请补充满意度指标。");
  submission = act(7, Action::approve, "同意。");
  EXPECT_EQ(submission->summary.state, State::approved);
  EXPECT_EQ(submission->opinion, "同意。");
  EXPECT_TRUE(submission->actions.empty());
  EXPECT_EQ(set_amount(8, "140").error().code, "action-not-allowed");
  EXPECT_EQ(act(8, Action::send_back).error().code, "action-not-allowed");
  std::string actions;
  for (const auto& entry : desk_->registry.journal(20)) actions = entry.action + " " + actions;
  EXPECT_EQ(actions, "import submit withdraw submit return edit submit approve ");
  EXPECT_TRUE(desk_->registry.verify().ok);
}

TEST_P(Filing, deleted_it_is_gone_from_everywhere_but_the_journal) {
  const auto removed = act(1, Action::remove);
  ASSERT_TRUE(removed.ok());
  EXPECT_EQ(removed->summary.state, State::draft);
  EXPECT_EQ(desk_->submissions.list({}, local).total, 0);
  EXPECT_EQ(desk_->submissions.open(id_, local).error().code, "not-found");
  EXPECT_EQ(desk_->submissions.open_json(id_, local).error().code, "not-found");
  EXPECT_EQ(desk_->submissions.revisions(id_, local).error().code, "not-found");
  EXPECT_EQ(desk_->submissions.edit(id_, 2, {}, local).error().code, "not-found");
  EXPECT_EQ(desk_->registry.journal(1)[0].action, "delete");
  const auto again = desk_->import("甲.txt", form("甲镇财政所"));
  EXPECT_EQ(again.state, ImportedFile::State::imported);
  EXPECT_NE(again.submission, id_);
}

TEST_P(Filing, what_is_not_there_is_not_found_whatever_is_asked_for) {
  for (const std::string& id :
       {std::string(), std::string("nothing"), std::string("a\0b", 3), std::string(1000, 'x'), std::string("' OR 1=1")}) {
    EXPECT_EQ(desk_->submissions.open(id, local).error().code, "not-found");
    EXPECT_EQ(desk_->submissions.open_json(id, local).error().code, "not-found");
    EXPECT_EQ(desk_->submissions.revision(id, 1, local).error().code, "not-found");
    EXPECT_EQ(desk_->submissions.act(id, 1, Action::submit, std::nullopt, local).error().code, "not-found");
  }
  EXPECT_EQ(desk_->submissions.revision(id_, 2, local).error().code, "not-found");
  EXPECT_EQ(desk_->submissions.revision(id_, -1, local).error().code, "not-found");
}

TEST_P(Filing, of_two_editors_exactly_one_wins) {
  for (int round = 0; round < 10; ++round) {
    const int from = desk_->open(id_).summary.revision;
    std::atomic<int> won{0};
    std::atomic<int> stale{0};
    const auto edit = [&](int who) {
      const auto result = set_amount(from, std::to_string(1000 + 10 * round + who));
      if (result.ok()) ++won;
      if (!result.ok() && result.error().code == "stale-revision") ++stale;
    };
    std::thread first(edit, 1);
    std::thread second(edit, 2);
    first.join();
    second.join();
    EXPECT_EQ(won, 1);
    EXPECT_EQ(stale, 1);
  }
  EXPECT_EQ(desk_->open(id_).summary.revision, 11);
  EXPECT_TRUE(desk_->registry.verify().ok);
}

TEST_P(Filing, a_page_made_when_it_was_stored_says_what_opening_says) {
  const auto opened = desk_->open(id_);
  const auto page = desk_->submissions.open_json(id_, local);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->summary.revision, opened.summary.revision);
  EXPECT_EQ(page->actions, opened.actions);
  EXPECT_NE(page->tables.find("\"file\":\"甲.txt\",\"attachment\":\"" + *opened.tables[0].attachment), std::string::npos);
  EXPECT_NE(page->audit.find("\"summary\":{\"error\":" + std::to_string(opened.audit.errors)), std::string::npos);
}

TEST_P(Filing, lists_are_searched_filtered_sorted_and_paged) {
  desk_->import("乙.txt", form("乙镇财政所", "桥梁", ""));
  desk_->import("丙/特别.txt", form("丙镇财政所"));
  ASSERT_TRUE(act(1, Action::submit).ok());
  const auto units = [&](const Filter& filter) {
    std::string names;
    for (const Summary& each : desk_->submissions.list(filter, local).items) names += each.unit_name->substr(0, 3);
    return names;
  };
  Filter filter;
  EXPECT_EQ(units(filter).substr(0, 3), "乙") << "the one without an amount is worst";
  filter.sort = Filter::Sort::newest;
  EXPECT_EQ(units(filter), "甲丙乙");
  filter.sort = Filter::Sort::unit;
  EXPECT_EQ(units(filter), "丙乙甲");
  filter.limit = 1;
  filter.offset = 1;
  EXPECT_EQ(units(filter), "乙");
  filter = {};
  filter.state = State::submitted;
  const Page page = desk_->submissions.list(filter, local);
  EXPECT_EQ(page.total, 1);
  EXPECT_EQ(page.submitted, 1);
  EXPECT_EQ(page.draft, 2);
  EXPECT_EQ(page.faulty, 1);
  filter = {};
  filter.query = "特别";
  EXPECT_EQ(units(filter), "丙");
  filter.query = "乙镇";
  EXPECT_EQ(units(filter), "乙");
  for (const std::string& nothing : {std::string("%"), std::string("_"), std::string("\\"), std::string("'"), std::string("a\0b", 3)}) {
    filter.query = nothing;
    EXPECT_EQ(desk_->submissions.list(filter, local).total, 0) << nothing;
  }
  filter = {};
  filter.year = 2025;
  EXPECT_EQ(desk_->submissions.list(filter, local).total, 0);
}

TEST_P(Filing, lists_are_made_anew_from_the_records) {
  desk_->import("乙.txt", form("乙镇财政所"));
  EXPECT_EQ(desk_->submissions.rebuild(), 0) << "nothing to mend";
  {
    auto writing = desk_->store->write();
    writing->run("UPDATE submission_summaries SET errors = 77 WHERE id = ?", {id_});
    writing->run("DELETE FROM submission_pages WHERE id <> ?", {id_});
    writing->run("DELETE FROM submission_files");
    writing.commit();
  }
  EXPECT_EQ(desk_->submissions.rebuild(), 2);
  EXPECT_NE(desk_->submissions.list({}, local).items[0].errors, 77);
  EXPECT_EQ(desk_->import("甲.txt", form("甲镇财政所")).state, ImportedFile::State::unchanged);
  {
    auto writing = desk_->store->write();
    writing->run("UPDATE submission_lists SET made_by = 'other rules'");
    writing->run("UPDATE submission_summaries SET errors = 77 WHERE id = ?", {id_});
    writing.commit();
  }
  EXPECT_EQ(desk_->submissions.prepare(), 1);
  EXPECT_EQ(desk_->submissions.prepare(), 0);
  EXPECT_EQ(desk_->submissions.open_json(id_, local)->summary.errors, desk_->open(id_).audit.errors);
}

TEST_P(Filing, a_restored_backup_lists_the_same) {
  desk_->import("乙.txt", form("乙镇财政所"));
  ASSERT_TRUE(desk_->registry.backup(folder_.file("backup.tar")).ok());
  Desk other(new_url(), folder_.file("other"));
  ASSERT_TRUE(other.registry.restore(folder_.file("backup.tar")).ok());
  EXPECT_EQ(other.submissions.rebuild(), 2);
  const Page before = desk_->submissions.list({}, local);
  const Page after = other.submissions.list({}, local);
  ASSERT_EQ(after.items.size(), before.items.size());
  EXPECT_EQ(after.items[0].id, before.items[0].id);
  EXPECT_EQ(other.open(id_).tables[0].table, desk_->open(id_).tables[0].table);
}

}  // namespace
}  // namespace jiheng::desks
