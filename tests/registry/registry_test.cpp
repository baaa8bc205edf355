// The one door: revisions, the chained journal, attachments, verification, backup. On both engines.
#include "registry/registry.h"

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "base/hash.h"
#include "registry/canonical_json.h"
#include "support/engines.h"

namespace jiheng::registry {
namespace {

using test::failure_of;

class OneDoor : public test::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (IsSkipped()) return;
    store_ = opened(url_);
    registry_ = std::make_unique<Registry>(*store_, folder_.file("data"), "local", [this] { return now_++; });
  }

  Result<Record> put(const std::string& id, int from, const std::string& body, std::vector<std::string> attachments = {}) {
    auto change = registry_->begin({"王会计", "改指标"});
    auto record = change.put({"thing", id, from, "draft", "edit", body, std::move(attachments)});
    if (record) change.commit();
    return record;
  }

  void tamper(const std::string& sql) {
    auto writing = store_->write();
    ASSERT_EQ(writing->run(sql), 1) << sql;
    writing.commit();
  }

  std::string first_bad() {
    const Verification found = registry_->verify();
    EXPECT_EQ(found.ok, !found.first_bad);
    return found.first_bad ? found.first_bad->code + "@" + std::to_string(found.first_bad->seq) : "";
  }

  std::string attachment_file(const std::string& hash) const {
    return folder_.file("data/attachments/" + hash.substr(0, 2) + "/" + hash.substr(2));
  }

  std::int64_t now_ = 1764000000;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Registry> registry_;
};
JIHENG_ON_EACH_ENGINE(OneDoor);

TEST_P(OneDoor, a_record_is_read_back_as_it_was_put) {
  const std::string body = "{\"b\": \"绩效\\n目标\",\"a\":[1,null,true]}";
  const auto stored = put("one", 0, body);
  ASSERT_TRUE(stored.ok());
  const auto read = registry_->latest("thing", "one");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->body, body);
  EXPECT_EQ(read->revision, 1);
  EXPECT_EQ(read->state, "draft");
  EXPECT_EQ(read->by, "王会计");
  EXPECT_EQ(read->why, "改指标");
  EXPECT_EQ(read->action, "edit");
  EXPECT_EQ(read->at, "2025-11-24T16:00:00Z");
  EXPECT_FALSE(registry_->latest("thing", "two").has_value());
  EXPECT_FALSE(registry_->latest("other", "one").has_value());
}

TEST_P(OneDoor, every_past_revision_stays_readable) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(put("one", i, "{\"n\":" + std::to_string(i) + "}").ok());
  EXPECT_EQ(registry_->at_revision("thing", "one", 2)->body, "{\"n\":1}");
  EXPECT_FALSE(registry_->at_revision("thing", "one", 4).has_value());
  const auto history = registry_->history("thing", "one");
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history.front().revision, 3);
}

TEST_P(OneDoor, a_change_made_from_an_old_revision_is_refused_and_says_what_is_there) {
  ASSERT_TRUE(put("one", 0, "{}").ok());
  ASSERT_TRUE(put("one", 1, "{\"n\":1}").ok());
  const auto stale = put("one", 1, "{\"n\":2}");
  ASSERT_FALSE(stale.ok());
  EXPECT_EQ(stale.error().code, "stale-revision");
  EXPECT_EQ(stale.error().context, (std::vector<std::string>{"2", "王会计", "2025-11-24T16:00:01Z"}));
  EXPECT_EQ(registry_->latest("thing", "one")->body, "{\"n\":1}");
  EXPECT_EQ(put("nobody", 3, "{}").error().code, "stale-revision");
}

TEST_P(OneDoor, of_two_editors_of_one_revision_exactly_one_wins_and_nothing_is_lost) {
  ASSERT_TRUE(put("one", 0, "{\"n\":0}").ok());
  std::atomic<int> won{0};
  std::atomic<int> refused{0};
  std::atomic<int> other{0};
  const auto edit = [&](int who) {
    for (int i = 0; i < 20; ++i) {
      const int from = registry_->latest("thing", "one")->revision;
      std::this_thread::yield();
      const auto result = put("one", from, "{\"who\":" + std::to_string(who) + ",\"from\":" + std::to_string(from) + "}");
      ++(result.ok() ? won : result.error().code == "stale-revision" ? refused : other);
    }
  };
  std::thread first(edit, 1);
  std::thread second(edit, 2);
  first.join();
  second.join();
  EXPECT_EQ(other, 0);
  EXPECT_EQ(won + refused, 40);
  const auto history = registry_->history("thing", "one");
  ASSERT_EQ(static_cast<int>(history.size()), won + 1);
  for (std::size_t i = 0; i + 1 < history.size(); ++i) {
    EXPECT_NE(history[i].body.find("\"from\":" + std::to_string(history[i].revision - 1) + "}"), std::string::npos);
  }
  EXPECT_EQ(first_bad(), "");
}

TEST_P(OneDoor, what_is_not_committed_never_was) {
  {
    auto change = registry_->begin({});
    ASSERT_TRUE(change.put({"thing", "one", 0, "draft", "edit", "{}", {}}).ok());
  }
  EXPECT_FALSE(registry_->latest("thing", "one").has_value());
  EXPECT_TRUE(registry_->journal(10).empty());
  EXPECT_EQ(first_bad(), "");
}

TEST_P(OneDoor, several_records_change_together) {
  auto change = registry_->begin({});
  ASSERT_TRUE(change.put({"thing", "one", 0, "draft", "edit", "{}", {}}).ok());
  ASSERT_TRUE(change.put({"thing", "two", 0, "draft", "edit", "{}", {}}).ok());
  ASSERT_TRUE(change.put({"thing", "one", 1, "done", "close", "{}", {}}).ok());
  change.commit();
  EXPECT_EQ(registry_->journal(10).size(), 3U);
  EXPECT_EQ(registry_->latest("thing", "one")->state, "done");
  EXPECT_EQ(first_bad(), "");
}

TEST_P(OneDoor, the_journal_is_a_chain_newest_first) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(put("one", i, "{}").ok());
  const auto entries = registry_->journal(3);
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].seq, 5);
  EXPECT_EQ(entries[0].subject, "thing/one@5");
  EXPECT_EQ(entries[0].previous, entries[1].hash);
  EXPECT_EQ(entries[0].body_sha256, sha256_hex("{}"));
  EXPECT_EQ(registry_->head(), (std::pair<std::int64_t, std::string>{5, entries[0].hash}));
  const auto older = registry_->journal(10, entries[2].seq);
  ASSERT_EQ(older.size(), 2U);
  EXPECT_EQ(older[1].previous, std::string(64, '0'));
}

TEST_P(OneDoor, bodies_that_are_no_exact_json_are_refused) {
  for (const char* body : {"", "{", "{\"n\":1.5}", "{\"n\":1e3}", "{\"n\":9007199254740993}", "{\"n\":\"\xff\"}"}) {
    const auto result = put("one", 0, body);
    ASSERT_FALSE(result.ok()) << body;
    EXPECT_EQ(result.error().code, "invalid-body") << body;
  }
}

TEST_P(OneDoor, reasons_with_control_characters_are_stored_as_one_line) {
  auto change = registry_->begin({"a\nb", std::string("x\0y\tz\xff", 6)});
  ASSERT_TRUE(change.put({"thing", "one", 0, "draft", "edit", "{}", {}}).ok());
  change.commit();
  EXPECT_EQ(registry_->latest("thing", "one")->by, "a b");
  EXPECT_EQ(registry_->latest("thing", "one")->why, "x y z\xEF\xBF\xBD");
  EXPECT_EQ(first_bad(), "");
}

TEST_P(OneDoor, an_attachment_is_served_once_a_revision_names_it) {
  const std::string bytes("PK\x03\x04\0原件", 12);
  const std::string hash = registry_->keep(bytes);
  EXPECT_EQ(hash, sha256_hex(bytes));
  EXPECT_EQ(registry_->attachment(hash).error().code, "not-found");
  ASSERT_TRUE(put("one", 0, "{}", {hash}).ok());
  ASSERT_TRUE(registry_->attachment(hash).ok());
  EXPECT_EQ(*registry_->attachment(hash), bytes);
  for (const char* name : {"", "../../etc/passwd", "00"}) EXPECT_EQ(registry_->attachment(name).error().code, "not-found");
  EXPECT_EQ(put("two", 0, "{}", {std::string(64, 'a')}).error().code, "unknown-attachment");
}

TEST_P(OneDoor, verification_names_the_first_thing_that_is_not_as_it_was) {
  const std::string hash = registry_->keep("original");
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(put("one", i, "{\"n\":" + std::to_string(i) + "}", {hash}).ok());
  ASSERT_EQ(first_bad(), "");
  EXPECT_EQ(registry_->verify().entries, 6);

  tamper("UPDATE records SET body = '{\"n\":9}' WHERE revision = 5");
  EXPECT_EQ(first_bad(), "body-altered@5");
  tamper("UPDATE journal SET actor = '李四' WHERE seq = 4");
  EXPECT_EQ(first_bad(), "entry-altered@4");
  tamper("UPDATE journal SET actor = '王会计' WHERE seq = 4");
  tamper("UPDATE records SET body = '{ \"n\": 4 }' WHERE revision = 5");
  EXPECT_EQ(first_bad(), "") << "the same JSON in another layout is the same";

  std::ofstream(attachment_file(hash)) << "changed";
  EXPECT_EQ(first_bad(), "attachment-altered@1");
  EXPECT_EQ(registry_->attachment(hash).error().code, "attachment-altered");
  std::filesystem::remove(attachment_file(hash));
  EXPECT_EQ(first_bad(), "attachment-missing@1");
  registry_->keep("original");
  EXPECT_EQ(first_bad(), "");

  tamper("DELETE FROM records WHERE revision = 3");
  EXPECT_EQ(first_bad(), "body-missing@3");
  tamper("DELETE FROM journal WHERE seq = 2");
  EXPECT_EQ(first_bad(), "entry-missing@2");
}

TEST_P(OneDoor, verification_sees_a_cut_end_a_changed_end_and_what_came_in_by_the_window) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(put("one", i, "{}").ok());
  tamper("INSERT INTO records (tenant_id, kind, id, revision, seq, body) VALUES ('local', 'thing', 'two', 1, 9, '{}')");
  EXPECT_EQ(first_bad(), "record-unjournaled@9");
  tamper("DELETE FROM records WHERE id = 'two'");
  tamper("UPDATE journal_heads SET hash = 'x' WHERE tenant_id = 'local'");
  EXPECT_EQ(first_bad(), "head-differs@3");
  tamper("DELETE FROM journal WHERE seq = 3");
  EXPECT_EQ(first_bad(), "entry-missing@3");
}

TEST_P(OneDoor, tenants_do_not_see_each_other) {
  ASSERT_TRUE(put("one", 0, "{}").ok());
  Registry other(*store_, folder_.file("data"), "other");
  EXPECT_FALSE(other.latest("thing", "one").has_value());
  EXPECT_EQ(other.verify().entries, 0);
  auto change = other.begin({});
  ASSERT_TRUE(change.put({"thing", "one", 0, "draft", "edit", "{}", {}}).ok());
  change.commit();
  EXPECT_EQ(other.head().first, 1);
  EXPECT_EQ(registry_->head().first, 1);
  EXPECT_TRUE(other.verify().ok);
}

/// From the engine of the test to both engines.
TEST_P(OneDoor, a_backup_moves_everything_to_either_engine) {
  const std::string hash = registry_->keep(std::string(1500, 'x'));
  ASSERT_TRUE(put("none", 0, "{\"text\":\"绩效\\n\\t\\\\😀\"}", {hash, registry_->keep("")}).ok());
  for (int i = 0; i < 450; ++i) ASSERT_TRUE(put("one", i, "{\"n\":" + std::to_string(i) + "}").ok());
  const std::string path = folder_.file("backup.tar");
  ASSERT_TRUE(registry_->backup(path).ok());
  std::vector<std::string> urls{"sqlite:" + folder_.file("restored.db")};
  if (test::PostgresqlCluster::get() != nullptr) urls.push_back(test::PostgresqlCluster::get()->new_database());
  for (const std::string& url : urls) {
    const auto store = opened(url);
    Registry restored(*store, folder_.file("data-" + std::string(store::engine_code(store->engine()))));
    const auto done = restored.restore(path);
    ASSERT_TRUE(done.ok()) << done.error().code;
    EXPECT_EQ(restored.head(), registry_->head());
    EXPECT_TRUE(restored.verify().ok);
    EXPECT_EQ(restored.latest("thing", "one")->body, "{\"n\":449}");
    EXPECT_EQ(restored.latest("thing", "none")->body, registry_->latest("thing", "none")->body);
    EXPECT_EQ(*restored.attachment(hash), std::string(1500, 'x'));
    EXPECT_EQ(restored.restore(path).error().code, "not-empty");
    auto change = restored.begin({});
    EXPECT_TRUE(change.put({"thing", "one", 450, "draft", "edit", "{}", {}}).ok());
    change.commit();
    EXPECT_TRUE(restored.verify().ok);
  }
}

TEST_P(OneDoor, a_damaged_backup_is_refused_as_a_whole) {
  ASSERT_TRUE(put("one", 0, "{\"n\":\"value\"}", {registry_->keep("original")}).ok());
  ASSERT_TRUE(put("one", 1, "{\"n\":2}").ok());
  const std::string path = folder_.file("backup.tar");
  ASSERT_TRUE(registry_->backup(path).ok());
  std::ifstream in(path, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto target = opened(new_url());
  Registry restored(*target, folder_.file("elsewhere"));
  const auto restore = [&](const std::string& bytes) {
    std::ofstream(folder_.file("bad.tar"), std::ios::binary) << bytes;
    const auto done = restored.restore(folder_.file("bad.tar"));
    return done.ok() ? std::string() : done.error().code;
  };
  for (std::size_t cut = 0; cut + 1024 < whole.size(); cut += 300) EXPECT_EQ(restore(whole.substr(0, cut)), "backup-damaged") << cut;
  for (const char* text : {"original", "value", "thing", "edit"}) {
    std::string altered = whole;
    altered[altered.find(text)] ^= 1;
    EXPECT_EQ(restore(altered), "backup-damaged") << text;
  }
  EXPECT_EQ(restored.restore(folder_.file("nothing.tar")).error().code, "backup-unreadable");
  EXPECT_EQ(restored.head().first, 0);
  EXPECT_FALSE(restored.latest("thing", "one").has_value());
  EXPECT_EQ(restore(whole), "");
}

TEST_P(OneDoor, a_backup_of_damaged_data_is_not_written) {
  const std::string hash = registry_->keep("original");
  ASSERT_TRUE(put("one", 0, "{}", {hash}).ok());
  std::filesystem::remove(attachment_file(hash));
  EXPECT_EQ(registry_->backup(folder_.file("backup.tar")).error().code, "backup-failed");
  EXPECT_FALSE(std::filesystem::exists(folder_.file("backup.tar")));
  EXPECT_FALSE(std::filesystem::exists(folder_.file("backup.tar.part")));
}

TEST(Attachments, that_cannot_be_written_are_a_failure) {
  test::TemporaryFolder folder;
  const auto store = store::open("sqlite:" + folder.file("jiheng.db"));
  ASSERT_TRUE(store.ok());
  Registry registry(**store, "/proc/nowhere");
  EXPECT_NE(failure_of([&] { registry.keep("original"); }), "");
}

TEST(CanonicalJson, sorts_names_by_utf16_and_writes_the_shortest_escapes) {
  // RFC 8785, 3.2.3: U+FB33 comes after U+1F602, whose first half is D83D.
  EXPECT_EQ(*canonical_json("{ \"\\ufb33\":1, \"\\ud83d\\ude02\":2, \"\\u20ac\":3, \"\\r\":4, \"1\":5, \"\\u0080\":6, \"\\u00f6\":7 }"),
            "{\"\\r\":4,\"1\":5,\"\xC2\x80\":6,\"ö\":7,\"€\":3,\"😂\":2,\"\xEF\xAC\xB3\":1}");
  EXPECT_EQ(*canonical_json("[ \"\\u0008\\u000c\\u001f\\u007f\\/\", -0, 12 ]"), "[\"\\b\\f\\u001f\x7f/\",0,12]");
}

TEST(CanonicalJson, is_not_brought_down_by_nesting) {
  EXPECT_EQ(canonical_json(std::string(100000, '[')).error().code, "invalid-body");
}

TEST(Ids, are_ordered_by_time_unique_and_of_version_seven) {
  std::set<std::string> ids;
  std::string last;
  for (int i = 0; i < 20000; ++i) {
    const std::string id = new_id();
    ASSERT_LT(last, id);
    last = id;
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 20000U);
  EXPECT_EQ(last.size(), 36U);
  EXPECT_EQ(last[14], '7');
}

}  // namespace
}  // namespace jiheng::registry
