// What may be published, and what of it everybody may see.
#include "desks/performance/publication.h"

#include <gtest/gtest.h>

#include <map>

#include "access/units.h"
#include "desks/desk.h"
#include "desks/people/people.h"
#include "desks/performance/public_comparison.h"
#include "desks/performance/public_site.h"
#include "desks/performance/published_files.h"
#include "writing/writer.h"

namespace jiheng::desks {
namespace {

class Publishing : public OnDesk {
 protected:
  void SetUp() override {
    OnDesk::SetUp();
    if (IsSkipped()) return;
    sessions_ = std::make_unique<access::Sessions>(*desk_->store, desk_->registry.tenant(), [this] { return desk_->registry.now(); });
    people_ = std::make_unique<People>(desk_->registry, *sessions_);
    publications_ = std::make_unique<Publications>(desk_->registry, published_files(""));
    put_unit("430212", "渌口区财政局");
    put_unit("201001", "甲局");
    put_unit("202001", "乙局", true);
  }
  void put_unit(const std::string& code, const std::string& name, bool classified = false) {
    access::Unit unit;
    unit.code = code;
    unit.name = name;
    unit.classified = classified;
    const auto stored = people_->put_unit(unit, local);
    ASSERT_TRUE(stored) << stored.error().message;
    units_[name] = *stored;
  }
  /// Imported, submitted and (where nobody has accounts) approved at once.
  std::string approved(const std::string& unit, const std::string& amount = "120") {
    const std::string id = desk_->import(unit + ".txt", form(unit, "道路养护", amount)).submission;
    EXPECT_FALSE(id.empty());
    approve(id);
    return id;
  }
  void approve(const std::string& id) {
    for (const Action action : {Action::submit, Action::approve}) {
      const auto acted = desk_->submissions.act(id, desk_->open(id).summary.revision, action, std::nullopt, local);
      EXPECT_TRUE(acted) << acted.error().message;
    }
    EXPECT_EQ(desk_->open(id).summary.state, State::approved);
  }
  void adjust(const std::string& id, const std::string& amount) {
    ASSERT_TRUE(desk_->submissions.act(id, desk_->open(id).summary.revision, Action::adjust, "追加经费", local));
    auto tables = tables_of(desk_->open(id));
    tables[0].amount = amount;
    ASSERT_TRUE(desk_->submissions.edit(id, desk_->open(id).summary.revision, tables, local));
  }
  int revision(const std::string& id) { return desk_->open(id).summary.revision; }
  std::string published(const std::string& id, int approved_revision) {
    const auto done = publications_->publish(id, approved_revision, local);
    return done ? "" : done.error().code + (done.error().context.empty() ? "" : " " + done.error().context[0]);
  }
  Publishable entry(const std::string& id) const {
    for (const Publishable& each : publications_->list(2026, local)) {
      if (each.submission == id) return each;
    }
    ADD_FAILURE() << "not listed";
    return {};
  }
  std::map<std::string, std::string> site() const {
    std::map<std::string, std::string> files;
    EXPECT_TRUE(each_site_file(*publications_, 2026, [&](const std::string& path, std::string_view bytes) -> Result<Done> {
      EXPECT_TRUE(files.emplace(path, bytes).second) << path;
      return Done{};
    }));
    return files;
  }
  PublicComparison compare(std::string_view bytes, const std::string& name = "文件.docx") const {
    return compare_with_published(desk_->registry, *publications_, bytes, name, read);
  }
  std::string file_of(const Published& what, std::string_view carrier) const {
    for (const PublishedFile& each : what.files) {
      if (each.carrier == carrier) return *publications_->file(each);
    }
    return {};
  }

  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<People> people_;
  std::unique_ptr<Publications> publications_;
  std::map<std::string, access::Unit> units_;
};

TEST_P(Publishing, TakesWhatIsApprovedAtThatRevisionAndNothingElse) {
  const std::string draft = desk_->import("甲局.txt", form("甲局")).submission;
  EXPECT_EQ(published(draft, 1), "not-publishable not-approved");
  approve(draft);
  EXPECT_EQ(entry(draft).state, PublicationState::due);
  EXPECT_EQ(published(draft, revision(draft) - 1), "stale-revision " + std::to_string(revision(draft)));
  EXPECT_EQ(published(draft, revision(draft)), "");
  EXPECT_EQ(published(draft, revision(draft)), "already-published");
  EXPECT_EQ(entry(draft).state, PublicationState::published);
  const auto out = publications_->published();
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].name, "甲局");
  EXPECT_EQ(out[0].code, "201001");
  ASSERT_EQ(out[0].files.size(), 4U);
  EXPECT_TRUE(desk_->registry.verify().ok);
}

TEST_P(Publishing, NeverTakesAClassifiedUnitNorAnUnknownOne) {
  const std::string secret = approved("乙局");
  EXPECT_EQ(published(secret, revision(secret)), "not-publishable classified");
  const std::string nobody = approved("无名单位");
  EXPECT_EQ(published(nobody, revision(nobody)), "not-publishable unknown-unit");
  EXPECT_EQ(entry(secret).state, PublicationState::barred);
  EXPECT_TRUE(publications_->published().empty());
}

TEST_P(Publishing, AUnitThatBecomesClassifiedIsOutOfSightAtOnce) {
  const std::string id = approved("甲局");
  EXPECT_EQ(published(id, revision(id)), "");
  const std::string file = file_of(publications_->published()[0], "docx");
  units_["甲局"].classified = true;
  ASSERT_TRUE(people_->put_unit(units_["甲局"], local));
  EXPECT_TRUE(publications_->published().empty());
  EXPECT_EQ(compare(file).outcome, PublicComparison::Outcome::unknown);
  EXPECT_EQ(site().count("2026/201001.html"), 0U);
}

TEST_P(Publishing, AnAdjustmentUnderWayChangesNothingOfWhatIsOut) {
  const std::string id = approved("甲局");
  const int first = revision(id);
  EXPECT_EQ(published(id, first), "");
  const auto before = site();
  adjust(id, "130");
  EXPECT_EQ(entry(id).state, PublicationState::published);
  EXPECT_TRUE(entry(id).adjusting);
  EXPECT_EQ(entry(id).approved_revision, first);
  EXPECT_EQ(site(), before);
  // Withdrawn and published anew meanwhile, it is still the approved one.
  ASSERT_TRUE(publications_->withdraw(id, entry(id).record_revision, "换个日子", local));
  EXPECT_EQ(published(id, first), "");
  EXPECT_EQ(site().at("2026/201001.json"), before.at("2026/201001.json"));
  approve(id);
  EXPECT_EQ(entry(id).state, PublicationState::outdated);
  EXPECT_EQ(published(id, revision(id)), "");
  EXPECT_EQ(entry(id).state, PublicationState::published);
  EXPECT_NE(site().at("2026/201001.json"), before.at("2026/201001.json"));
}

TEST_P(Publishing, AnAdjustmentGivenUpLeavesWhatIsOutAsItIs) {
  const std::string id = approved("甲局");
  EXPECT_EQ(published(id, revision(id)), "");
  const std::string due = entry(id).due;
  adjust(id, "130");
  ASSERT_TRUE(desk_->submissions.act(id, revision(id), Action::give_up, std::nullopt, local));
  EXPECT_EQ(entry(id).state, PublicationState::published);
  EXPECT_EQ(entry(id).approved_revision, revision(id));
  EXPECT_EQ(entry(id).due, due);
  EXPECT_EQ(published(id, revision(id)), "already-published");
}

TEST_P(Publishing, IsWithdrawnWithAReasonAndNotFoundAnyMore) {
  const std::string id = approved("甲局");
  EXPECT_EQ(published(id, revision(id)), "");
  const std::string file = file_of(publications_->published()[0], "pdf");
  EXPECT_EQ(publications_->withdraw(id, 1, "  ", local).error().code, "why-missing");
  EXPECT_EQ(publications_->withdraw(id, 7, "有误", local).error().code, "stale-revision");
  ASSERT_TRUE(publications_->withdraw(id, 1, "有误", local));
  EXPECT_EQ(publications_->withdraw(id, 2, "有误", local).error().code, "action-not-allowed");
  EXPECT_EQ(entry(id).state, PublicationState::withdrawn);
  EXPECT_EQ(entry(id).why, "有误");
  EXPECT_TRUE(publications_->published().empty());
  EXPECT_EQ(compare(file).outcome, PublicComparison::Outcome::unknown);
}

TEST_P(Publishing, MustBeDoneInTwentyDaysOfTheCalendarAfterApproval) {
  const std::string id = approved("甲局");
  const auto deadline = publications_->deadline(id, local);
  ASSERT_TRUE(deadline);
  EXPECT_EQ(deadline->request.days, 20);
  EXPECT_FALSE(deadline->request.work_days);
  EXPECT_EQ(deadline->due - deadline->request.start, 20);
  EXPECT_EQ(deadline->days.size(), 20U);
  EXPECT_EQ(entry(id).due, deadline->due.text());
  EXPECT_EQ(entry(id).days_left, 20);
  EXPECT_FALSE(entry(id).overdue);
}

TEST_P(Publishing, TheSiteIsWholeAndTheSameEachTime) {
  const std::string id = approved("甲局");
  EXPECT_EQ(published(id, revision(id)), "");
  const auto files = site();
  for (const char* path :
       {"index.html", "style.css", "search.js", "2026/index.html", "2026/words.js", "SHA256SUMS", "2026/201001.html", "2026/201001.docx",
        "2026/201001.xlsx", "2026/201001.pdf", "2026/201001.json", "2026/data.json", "2026/data.csv"})
    EXPECT_EQ(files.count(path), 1U) << path;
  EXPECT_EQ(files.size(), 13U);
  EXPECT_EQ(site(), files);
  EXPECT_NE(files.at("2026/201001.html").find("养护里程"), std::string::npos);
  EXPECT_NE(files.at("index.html").find("渌口区财政局"), std::string::npos);
  EXPECT_NE(files.at("2026/data.csv").find("\"养护里程\",\"≥\",\"30\""), std::string::npos);
  // What was not published is not in it.
  EXPECT_EQ(files.at("2026/words.js").find("乙局"), std::string::npos);
}

TEST_P(Publishing, FilesAreTheSameWheneverTheyAreMade) {
  PublishedContent content{"甲局", 2026, "JH3-4444-4444-4444", "2026-03-02", tables_of(desk_->open(approved("甲局")))};
  const auto make = published_files("");
  EXPECT_EQ(*make(content), *make(content));
}

TEST_P(Publishing, APublishedFileIsKnownByItsBytesItsCodeOrItsUnit) {
  using Outcome = PublicComparison::Outcome;
  using How = PublicComparison::How;
  const std::string id = approved("甲局");
  EXPECT_EQ(published(id, revision(id)), "");
  const Published first = publications_->published()[0];
  for (const char* carrier : {"docx", "xlsx", "pdf"}) {
    const std::string bytes = file_of(first, carrier);
    EXPECT_EQ(compare(bytes).outcome, Outcome::identical) << carrier;
    const Document document = read(bytes, "x");
    EXPECT_EQ(document.version_code, first.version) << carrier;
    EXPECT_EQ(differences(publications_->tables(first), document.tables).size(), 0U) << carrier;
  }
  // Saved anew by another program: other bytes, the same values.
  std::string other = file_of(first, "docx");
  writing::WriteOptions options;
  options.code = first.version;
  other = *writing::write_forms(publications_->tables(first), writing::Carrier::docx, options);
  EXPECT_EQ(compare(other).outcome, Outcome::equal);
  EXPECT_EQ(compare(other).how, How::code);
  // Somebody changed a figure in it.
  auto tables = publications_->tables(first);
  tables[0].indicators[0].value = "3";
  const auto forged = compare(*writing::write_forms(tables, writing::Carrier::docx, options));
  EXPECT_EQ(forged.outcome, Outcome::differs);
  ASSERT_EQ(forged.differences.size(), 1U);
  EXPECT_EQ(forged.differences[0].before, "≥30公里");
  EXPECT_EQ(forged.differences[0].after, "≥3公里");
  options.code.clear();
  const auto by_name = compare(*writing::write_forms(tables, writing::Carrier::xlsx, options));
  EXPECT_EQ(by_name.how, How::name);
  EXPECT_EQ(by_name.differences.size(), 1U);
  // A former version is told as such.
  adjust(id, "130");
  approve(id);
  EXPECT_EQ(published(id, revision(id)), "");
  const auto former = compare(file_of(first, "pdf"));
  EXPECT_EQ(former.outcome, Outcome::identical);
  EXPECT_FALSE(former.version->current);
  EXPECT_EQ(former.version->what.revision, first.revision);
}

TEST_P(Publishing, OfWhatIsNotPublishedNothingIsTold) {
  const std::string id = approved("甲局");
  EXPECT_EQ(compare(form("甲局")).outcome, PublicComparison::Outcome::unknown);
  EXPECT_EQ(published(id, revision(id)), "");
  adjust(id, "777");
  const auto told = compare(form("甲局", "道路养护", "777"));
  ASSERT_EQ(told.differences.size(), 1U);
  EXPECT_EQ(told.differences[0].before, "120") << "the published amount, not that of the adjustment";
  EXPECT_EQ(compare(form("乙局")).outcome, PublicComparison::Outcome::unknown);
  EXPECT_EQ(compare("这里没有表").outcome, PublicComparison::Outcome::unreadable);
}

TEST_P(Publishing, WhatIsDerivedComesBackFromTheRecords) {
  const std::string one = approved("甲局");
  EXPECT_EQ(published(one, revision(one)), "");
  const Published first = publications_->published()[0];
  adjust(one, "130");
  approve(one);
  EXPECT_EQ(published(one, revision(one)), "");
  const auto before = site();
  publications_->rebuild();
  EXPECT_EQ(site(), before);
  EXPECT_FALSE(publications_->version_of(first.version)->current);
}

TEST_P(Publishing, TheProgramServesTheSamePages) {
  const std::string id = approved("甲局");
  PublicSite live(desk_->registry, *publications_);
  EXPECT_NE(live.find("index.html")->bytes->find("还没有公开"), std::string::npos);
  EXPECT_FALSE(live.find("2026/201001.html"));
  EXPECT_EQ(published(id, revision(id)), "");
  const auto files = site();
  for (const char* path :
       {"style.css", "search.js", "2026/words.js", "2026/201001.docx", "2026/201001.pdf", "2026/data.csv", "2026/data.json"})
    EXPECT_EQ(*live.find(path)->bytes, files.at(path)) << path;
  EXPECT_EQ(live.page_of(id), "2026/201001.html");
  const auto page = live.find("2026/201001.html");
  ASSERT_TRUE(page);
  adjust(id, "777");
  EXPECT_EQ(live.find("2026/201001.html")->bytes, page->bytes) << "kept while nothing else is published";
  for (const char* path : {"", "2026", "2026/", "2026/201001", "2026/202001.html", "../index.html", "2027/data.json", "2026/201001.exe"})
    EXPECT_FALSE(live.find(path)) << path;
}

TEST_P(Publishing, WhatIsTooLargeToBeKeptWithTheOthersIsNotMadeAnewEachTime) {
  const std::string id = approved("甲局");
  EXPECT_EQ(published(id, revision(id)), "");
  PublicSite small(desk_->registry, *publications_, 10);
  const auto first = small.find("2026/data.json");
  ASSERT_TRUE(first);
  EXPECT_EQ(small.find("2026/data.json")->bytes, first->bytes);
  EXPECT_FALSE(small.find(""));
  EXPECT_NE(small.find("2026/data.csv")->bytes, first->bytes) << "the one asked for last";
  EXPECT_EQ(*small.find("2026/data.json")->bytes, *first->bytes);
}

TEST_P(Publishing, TheIndexIsMadeOfWhatIsKeptOfTheTables) {
  const std::string id = approved("甲局");
  EXPECT_EQ(published(id, revision(id)), "");
  const std::string shown = *PublicSite(desk_->registry, *publications_).find("index.html")->bytes;
  const std::string words = *PublicSite(desk_->registry, *publications_).find("2026/words.js")->bytes;
  EXPECT_NE(words.find("养护里程"), std::string::npos);
  // As a program before it left it.
  auto writing = desk_->registry.store().write();
  writing->run("DELETE FROM publication_summaries");
  writing.commit();
  publications_->prepare();
  EXPECT_EQ(*PublicSite(desk_->registry, *publications_).find("index.html")->bytes, shown);
  EXPECT_EQ(*PublicSite(desk_->registry, *publications_).find("2026/words.js")->bytes, words);
}

JIHENG_ON_EACH_ENGINE(Publishing);

}  // namespace
}  // namespace jiheng::desks
