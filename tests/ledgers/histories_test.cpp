// Random histories: a measure as of any past moment is what was shown then, a rebuilt table is the one that was, a tampered row is found.
#include <gtest/gtest.h>

#include <random>

#include "ledgers/import.h"
#include "ledgers/keeping.h"
#include "ledgers/measure.h"
#include "ledgers/schema.h"
#include "support/engines.h"
#include "support/temporary_folder.h"

namespace jiheng::ledgers {
namespace {

struct Bureau {
  explicit Bureau(const std::string& url)
      : store(std::move(store::open(url)).value()), registry(*store, folder.path().string()), ledgers(registry, Catalogue::shipped()) {
    EXPECT_TRUE(migrate_ledgers(*store, Catalogue::shipped()).ok());
    take("project", "code,name,unit,year\nP1,评审,财政局,2026\n");
  }
  const RecordType& type(std::string_view name) const { return *ledgers.catalogue().type(name); }
  Imported take(std::string_view name, std::string csv) {
    return import_table(ledgers, type(name), std::move(csv), {}, access::Principal::operator_at_machine()).value();
  }
  Receipt receipt(std::string_view measure, std::optional<std::int64_t> as_of = {}) {
    return receipt_of(ledgers, {ledgers.catalogue().measure(measure), {*Date::parse("2026-01-01"), *Date::parse("2026-12-31")}, {}, as_of})
        .value();
  }

  test::TemporaryFolder folder;
  std::unique_ptr<store::Store> store;
  registry::Registry registry;
  Ledgers ledgers;
};

using Histories = test::OnEachEngine;

/// A payment out of twelve: new ones, changed ones, void ones.
std::string random_payment(std::mt19937& chosen) {
  return "Z" + std::to_string(chosen() % 12) + ",P1,2026-0" + std::to_string(chosen() % 9 + 1) + "-10," +
         std::to_string(chosen() % 100000) + ".25," + (chosen() % 5 == 0 ? "void" : "valid") + "\n";
}

TEST_P(Histories, ShowWhatWasShownThen) {
  Bureau bureau(url_);
  std::mt19937 chosen(7);
  std::vector<Receipt> shown;
  for (int step = 0; step < 120; ++step) {
    bureau.take("payment", "payment_no,project,paid_on,amount,state\n" + random_payment(chosen));
    shown.push_back(bureau.receipt("execution.paid"));
  }
  for (const Receipt& then : shown) {
    const Receipt again = bureau.receipt("execution.paid", then.journal);
    EXPECT_EQ(again.sha256, then.sha256);
    EXPECT_EQ(again.figure.value, then.figure.value);
    EXPECT_EQ(again.counted, then.counted);
    const Weighed weighed =
        weigh(bureau.ledgers, {bureau.ledgers.catalogue().measure("execution.paid"), then.period, {}, then.journal}).value();
    EXPECT_EQ(weighed.counted, static_cast<std::int64_t>(then.counted.size()));
    EXPECT_EQ(weighed.excluded, static_cast<std::int64_t>(then.excluded.size()));
  }
  EXPECT_FALSE(bureau.ledgers.check().has_value());
  EXPECT_GT(bureau.ledgers.rebuild(), 12);
  EXPECT_EQ(bureau.receipt("execution.paid", shown[60].journal).sha256, shown[60].sha256) << "rebuilt from the journal";
  EXPECT_FALSE(bureau.ledgers.check().has_value());
}

TEST_P(Histories, GiveAwayWhatWasAlteredBehindTheJournalsBack) {
  Bureau bureau(url_);
  bureau.take("payment", "payment_no,project,paid_on,amount\nZ1,P1,2026-01-10,10\nZ2,P1,2026-01-11,20\n");
  const std::int64_t first = bureau.receipt("execution.paid").journal;
  bureau.take("payment", "payment_no,project,paid_on,amount\nZ3,P1,2026-01-12,30\n");
  for (const char* crime : {"UPDATE ledger_payment SET amount = 999 WHERE id = 'Z2'", "UPDATE ledger_payment SET until = 1 WHERE id = 'Z1'",
                            "DELETE FROM ledger_payment WHERE id = 'Z1'",
                            "INSERT INTO ledger_payment (tenant_id, id, revision, seq, amount) VALUES ('local', 'Z9', 1, 2, 5)"}) {
    {
      auto writing = bureau.store->write();
      writing->run(crime);
      writing.commit();
    }
    const auto bad = bureau.ledgers.check();
    ASSERT_TRUE(bad.has_value()) << crime;
    EXPECT_LE(bad->seq, first + 1) << crime;
    bureau.ledgers.rebuild();
    EXPECT_FALSE(bureau.ledgers.check().has_value()) << crime;
  }
}

JIHENG_ON_EACH_ENGINE(Histories);

}  // namespace
}  // namespace jiheng::ledgers
