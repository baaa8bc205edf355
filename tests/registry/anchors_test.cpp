// Anchors tell a journal whose end was cut off or exchanged.
#include "registry/anchors.h"

#include <gtest/gtest.h>

#include "support/engines.h"
#include "support/temporary_folder.h"

namespace jiheng::registry {
namespace {

TEST(Anchors, AreReadAsTheyAreWritten) {
  const Anchor anchor{"2026-11-26T08:00:00Z", "local", 1234, std::string(32, 'a') + std::string(32, 'b')};
  const auto read = read_anchors("# 每日锚定\n\n" + anchor_line(anchor) + anchor_line(anchor));
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(read->back().seq, 1234);
  EXPECT_EQ(read->back().hash, anchor.hash);
  EXPECT_EQ(anchor_code(anchor), "1234-aaaa-aaaa-aaaa-aaaa-aaaa");
  EXPECT_EQ(read_anchor_code(" 1234-AAAA-aaaa-aaaa-aaaa-aaaa ", "local")->hash, std::string(20, 'a'));
  for (const char* bad : {"2026 local 12\n",
                          "2026-11-26T08:00:00Z local x "
                          "0\n",
                          "a b -1 c\n"})
    EXPECT_EQ(read_anchors(bad).error().code, "bad-anchor");
  for (const char* bad : {"", "12", "12-aaaa", "x-aaaa-aaaa-aaaa-aaaa-aaaa", "12-zzzz-aaaa-aaaa-aaaa-aaaa"})
    EXPECT_EQ(read_anchor_code(bad, "local").error().code, "bad-anchor") << bad;
}

using AnchorsOfJournal = test::OnEachEngine;

TEST_P(AnchorsOfJournal, AreHeldAgainstIt) {
  const auto store = opened(url_);
  Registry registry(*store, folder_.file("data"));
  EXPECT_EQ(anchor_now(registry).error().code, "nothing-yet");
  std::vector<Anchor> anchors;
  for (int i = 0; i < 3; ++i) {
    Change change = registry.begin({});
    ASSERT_TRUE(change.put({"note", new_id(), 0, "done", "add", "{\"n\":" + std::to_string(i) + "}", {}}).ok());
    change.commit();
    anchors.push_back(anchor_now(registry).value());
  }
  EXPECT_FALSE(check_anchors(registry, anchors).has_value());
  std::vector<Anchor> altered = anchors;
  altered[1].hash[0] = altered[1].hash[0] == '0' ? '1' : '0';
  EXPECT_EQ(check_anchors(registry, altered)->code, "anchor-differs");
  EXPECT_EQ(check_anchors(registry, altered)->seq, 2);
  altered = anchors;
  altered[2].seq = 9;
  EXPECT_EQ(check_anchors(registry, altered)->code, "journal-truncated");
  altered[2].tenant = "another";
  EXPECT_FALSE(check_anchors(registry, altered).has_value()) << "another bureau's is none of ours";
}

JIHENG_ON_EACH_ENGINE(AnchorsOfJournal);

}  // namespace
}  // namespace jiheng::registry
