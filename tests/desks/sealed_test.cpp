// A sealed form whose submission goes while it is read.
#include "desks/performance/sealed.h"

#include <gtest/gtest.h>

#include "desks/desk.h"
#include "desks/performance/workflow.h"

namespace jiheng::desks {
namespace {

class SealedDesk : public OnDesk {};

TEST_P(SealedDesk, IsNotKeptWhereItsSubmissionIsGoneByThen) {
  const std::string id = desk_->import("a.txt", form("甲局")).submission;
  // Recognising a scan takes seconds; others go on working.
  const SealedForms sealed(desk_->registry, [&](std::string_view bytes, std::string name) {
    EXPECT_TRUE(desk_->submissions.act(id, 1, Action::remove, {}, local).ok());
    return read(bytes, std::move(name));
  });
  const auto brought = sealed.add(id, form("甲局"), "盖章.txt", local);
  ASSERT_FALSE(brought.ok());
  EXPECT_EQ(brought.error().code, "not-found");
  EXPECT_TRUE(desk_->registry.history(sealed_kind, id).empty());
}

TEST_P(SealedDesk, IsHeldBesideWhatStoodThereWhenItCame) {
  const std::string id = desk_->import("a.txt", form("甲局")).submission;
  const SealedForms sealed(desk_->registry, read);
  const auto brought = sealed.add(id, form("甲局"), "盖章.txt", local);
  ASSERT_TRUE(brought.ok()) << brought.error().message;
  EXPECT_EQ(brought->revision, 1);
  EXPECT_EQ(sealed.list(id, local)->size(), 1U);
}

JIHENG_ON_EACH_ENGINE(SealedDesk);

}  // namespace
}  // namespace jiheng::desks
