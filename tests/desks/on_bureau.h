// The desks of a bureau on a database of the test's own; without a unit, or with a bureau and two units.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "access/units.h"
#include "desk.h"
#include "desks/people/people.h"
#include "desks/rectification/problems.h"
#include "ledgers/schema.h"

namespace jiheng::desks {

inline constexpr std::int64_t march = 1'772'413'200;  ///< Monday, 2026-03-02 09:00 in Shanghai

class OnBureau : public test::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (IsSkipped()) return;
    store_ = opened(url_);
    ASSERT_TRUE(ledgers::migrate_ledgers(*store_, ledgers::Catalogue::shipped()));
    registry_ = std::make_unique<registry::Registry>(*store_, folder_.file("data"), "local", [this] { return now_; });
    submissions_ = std::make_unique<Submissions>(*registry_);
    submissions_->prepare();
    ledgers_ = std::make_unique<ledgers::Ledgers>(*registry_, ledgers::Catalogue::shipped());
    problems_ = std::make_unique<Problems>(*registry_, *ledgers_);
    sessions_ = std::make_unique<access::Sessions>(*store_, registry_->tenant(), [this] { return now_; });
    people_ = std::make_unique<People>(*registry_, *sessions_);
  }

  void unit(const std::string& code, const std::string& name, const std::string& parent = {}) {
    access::Unit made;
    made.code = code;
    made.name = name;
    if (!parent.empty()) made.parent = units_.at(parent);
    const auto stored = people_->put_unit(made, local);
    ASSERT_TRUE(stored) << stored.error().message;
    units_[name] = stored->id;
  }
  void bureau_and_two_units() {
    unit("430212", "渌口区财政局");
    unit("201001", "甲局");
    unit("202001", "乙局");
  }
  static access::Principal person(const std::string& id, access::Role role, access::Reach reach) {
    return access::Principal::person(id, id, id, {{role, std::move(reach), {}, {}}});
  }

  std::int64_t now_ = march;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<registry::Registry> registry_;
  std::unique_ptr<Submissions> submissions_;
  std::unique_ptr<ledgers::Ledgers> ledgers_;
  std::unique_ptr<Problems> problems_;
  std::unique_ptr<access::Sessions> sessions_;
  std::unique_ptr<People> people_;
  std::map<std::string, std::string> units_;  ///< name → id
};

}  // namespace jiheng::desks
