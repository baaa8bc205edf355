// What measures add up by day beside the records says what the records say, after every kind of change.
#include "ledgers/sums.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "ledgers/import.h"
#include "ledgers/keeping.h"
#include "ledgers/schema.h"
#include "support/engines.h"
#include "support/temporary_folder.h"

namespace jiheng::ledgers {
namespace {

struct Bureau {
  explicit Bureau(const std::string& url, const Catalogue& declared = Catalogue::shipped(), const std::string& tenant = "local")
      : store(std::move(store::open(url)).value()),
        catalogue(declared),
        registry(*store, folder.path().string(), tenant),
        ledgers(registry, catalogue) {
    EXPECT_TRUE(migrate_ledgers(*store, catalogue, tenant).ok());
    ledgers.prepare();
    std::string projects = "code,name,unit,year\n";
    std::string agencies = "credit_code,name\n";
    for (int i = 0; i < 5; ++i) {
      projects += "P" + std::to_string(i) + ",项目" + std::to_string(i) + ",财政局,2026\n";
      agencies += "91430000000000000" + std::to_string(i) + ",机构" + std::to_string(i) + "\n";
    }
    take("project", projects);
    take("agency", agencies);
  }
  const RecordType& type(std::string_view name) const { return *catalogue.type(name); }
  void take(std::string_view name, std::string csv) {
    ImportOptions options;
    options.may_move_states = true;
    const auto taken = import_table(ledgers, type(name), std::move(csv), options, access::Principal::operator_at_machine());
    ASSERT_TRUE(taken.ok()) << taken.error().message;
    ASSERT_TRUE(taken->bad.empty()) << name << " " << taken->bad.front().field << taken->bad.front().reason;
  }
  std::int64_t number(const std::string& sql) {
    std::int64_t out = 0;
    store->read()->query(sql, {}, [&](const store::Row& row) { out = row.integer(0); });
    return out;
  }
  void run(const std::string& sql) {
    auto writing = store->write();
    writing->run(sql);
    writing.commit();
  }

  test::TemporaryFolder folder;
  std::unique_ptr<store::Store> store;
  const Catalogue& catalogue;
  registry::Registry registry;
  Ledgers ledgers;
};

/// Records of the ledgers whose measures are kept, new ones and changed ones, void, empty and late.
class Hand {
 public:
  explicit Hand(unsigned seed) : chosen_(seed) {}
  unsigned below(unsigned most) { return static_cast<unsigned>(chosen_() % most); }
  std::string maybe(std::string text, unsigned of = 4) { return below(of) == 0 ? std::string() : text; }
  std::string one(std::initializer_list<const char*> of) { return *(of.begin() + below(static_cast<unsigned>(of.size()))); }
  std::string day() {
    const unsigned month = below(12) + 1;
    return (below(3) == 0 ? "2025-" : "2026-") + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-" +
           std::to_string(below(19) + 10);
  }
  std::string money() { return (below(6) == 0 ? "-" : "") + std::to_string(below(900'000)) + "." + std::to_string(below(90) + 10); }

  std::string payment() {
    return "Z" + std::to_string(below(30)) + ",P" + std::to_string(below(4)) + "," + day() + "," + money() + "," +
           one({"valid", "void", "valid"}) + "\n";
  }
  std::string review_case() {
    return "PS" + std::to_string(below(30)) + ",工程,财政局," + one({"settlement", "budget"}) + "," + maybe(day()) + "," + maybe(money()) +
           "," + maybe(money()) + "," + maybe(day()) + "," + one({"concluded", "archived", "reviewing", "withdrawn"}) + "\n";
  }
  std::string ticket() {
    const std::string on = day();
    return "GD" + std::to_string(below(30)) + ",财政局," + on + " 0" + std::to_string(below(9)) + ":15," +
           maybe(on + " 1" + std::to_string(below(9)) + ":30") + "," + one({"phone", "onsite"}) + "," + one({"fault", "request"}) + "," +
           one({"own", "carrier", ""}) + "," + one({"open", "resolved", "closed", "void"}) + "\n";
  }
  std::string budget_line() {
    return "P" + std::to_string(below(4)) + "," + one({"2025", "2026"}) + "," + maybe(money()) + "," + maybe(money(), 2) + ",文" +
           std::to_string(below(1'000'000'000)) + "\n";
  }
  std::string engagement() {
    return "WT" + std::to_string(below(20)) + ",91430000000000000" + std::to_string(below(5)) + "," + day() + "," + maybe(money()) + "," +
           maybe(money()) + "," + maybe(day()) + "\n";
  }
  std::string answer() {
    return one({"窗口", "评审"}) + "," + day() + " 10:" + std::to_string(below(50) + 10) + "," + one({"5", "4", "3", "1"}) + "\n";
  }
  /// Each record once in a table.
  template <class Make>
  std::string table(const char* heading, int rows, Make make) {
    std::string csv = heading;
    std::set<std::string> numbers;
    for (int i = 0; i < rows; ++i) {
      const std::string line = make();
      if (numbers.insert(line.substr(0, line.find(','))).second) csv += line;
    }
    return csv;
  }
  void step(Bureau& bureau) {
    const int rows = below(4) == 0 ? 12 : 1;
    switch (below(7)) {
      case 0:
        return bureau.take("payment", table("payment_no,project,paid_on,amount,state\n", rows, [&] { return payment(); }));
      case 1:
        return bureau.take("review_case",
                           table("case_no,project_name,owner_unit,kind,accepted_on,submitted_amount,concluded_amount,concluded_on,state\n",
                                 rows, [&] { return review_case(); }));
      case 2:
        return bureau.take(
            "ticket", table("ticket_no,unit_name,opened_at,restored_at,channel,category,cause,state\n", rows, [&] { return ticket(); }));
      case 3:
        return bureau.take("budget_line", "project,year,initial_amount,adjusted_amount,document_no\n" + budget_line());
      case 4:
        return bureau.take("agency_engagement",
                           table("engagement_no,agency,engaged_on,fee,deduction,fee_paid_on\n", rows, [&] { return engagement(); }));
      case 5:
        return bureau.take("satisfaction_answer", "survey,answered_at,answer\n" + answer());
      default:
        if (bureau.number("SELECT COUNT(*) FROM ledger_review_case WHERE id = 'PS1'") == 0) return;
        return bureau.take("case_pause", "case_no,paused_on,resumed_on\nPS1," + day() + ",2026-12-30\n");
    }
  }

 private:
  std::mt19937 chosen_;
};

std::string facts_of(const Ledgers& ledgers, const Measure& measure, const Period& period, std::optional<std::int64_t> as_of) {
  const Weighed weighed = weigh(ledgers, {&measure, period, {}, as_of}).value();
  std::string out = measure.id + " " + (weighed.figure.value ? weighed.figure.value->text() : "null");
  for (const auto& number : {weighed.figure.numerator, weighed.figure.denominator}) out += " " + (number ? number->plain() : "-");
  out += " " + std::to_string(weighed.counted) + " " + std::to_string(weighed.excluded);
  for (const std::string& gap : weighed.figure.gaps) out += " " + gap;
  return out;
}

using Sums = test::OnEachEngine;

TEST_P(Sums, SayWhatTheRecordsSayAfterEveryChange) {
  Bureau bureau(url_);
  Hand hand(20261126);
  const Period periods[] = {{*Date::parse("2026-01-01"), *Date::parse("2026-12-31")},
                            {*Date::parse("2025-11-12"), *Date::parse("2026-03-17")}};
  // What was shown then, out of the sums, is what the records themselves say of that moment later.
  std::vector<std::pair<std::int64_t, std::string>> shown;
  // `./test --long` takes a thousand steps.
  const int steps = std::getenv("JIHENG_LONG") != nullptr ? 1000 : GetParam() == store::Engine::sqlite ? 200 : 60;
  for (int step = 0; step < steps; ++step) {
    hand.step(bureau);
    if (step % 10 != 9) continue;
    std::string facts;
    for (const Measure& measure : bureau.catalogue.measures())
      facts += facts_of(bureau.ledgers, measure, periods[step % 20 / 10], {}) + "\n";
    shown.emplace_back(bureau.registry.head().first, facts);
    if (step % 100 == 99) {
      EXPECT_FALSE(bureau.ledgers.check().has_value()) << step << ": " << bureau.ledgers.check()->reason;
    }
  }
  EXPECT_GT(bureau.number("SELECT COUNT(*) FROM ledger_sums"), 100);
  EXPECT_GE(bureau.number("SELECT COUNT(*) FROM ledger_sum_heads"), 12);
  // Once more everything changes, so that no earlier moment is answered by the sums of now.
  for (int i = 0; i < 40; ++i) hand.step(bureau);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    std::string facts;
    for (const Measure& measure : bureau.catalogue.measures())
      facts += facts_of(bureau.ledgers, measure, periods[i % 2], shown[i].first) + "\n";
    EXPECT_EQ(facts, shown[i].second) << "as of " << shown[i].first;
  }
  // Made anew from the journal they are the same.
  const auto all = [&] {
    std::string out;
    bureau.store->read()->query(
        "SELECT measure, part, day, counted, gaps, left_out, numerator, denominator, greatest, least FROM ledger_sums WHERE counted <> 0 "
        "OR "
        "gaps <> 0 OR left_out <> 0 ORDER BY measure, part, day",
        {}, [&](const store::Row& row) {
          for (int i = 0; i < 10; ++i) out += row.string(i) + "|";
          out += "\n";
        });
    return out;
  };
  const std::string kept = all();
  bureau.ledgers.rebuild();
  EXPECT_EQ(all(), kept);
  // And reckoned by the database alone.
  bureau.run("DELETE FROM ledger_sum_heads");
  bureau.ledgers.prepare();
  EXPECT_EQ(all(), kept);
}

TEST_P(Sums, AreFoundWhereTheyWereAltered) {
  Bureau bureau(url_);
  Hand hand(3);
  for (int i = 0; i < 60; ++i) hand.step(bureau);
  EXPECT_FALSE(bureau.ledgers.check().has_value());
  bureau.run("UPDATE ledger_sums SET numerator = numerator + 1 WHERE measure = 'execution.paid' AND part = ''");
  const auto bad = bureau.ledgers.check();
  ASSERT_TRUE(bad.has_value());
  EXPECT_EQ(bad->code, "sums-altered");
  bureau.ledgers.rebuild();
  EXPECT_FALSE(bureau.ledgers.check().has_value());
}

TEST_P(Sums, BehindTheLedgerAreNotUsed) {
  Bureau bureau(url_);
  bureau.take("payment", "payment_no,project,paid_on,amount\nZ1,P1,2026-01-10,10\n");
  const Period year{*Date::parse("2026-01-01"), *Date::parse("2026-12-31")};
  const Asked asked{bureau.catalogue.measure("execution.paid"), year, {}, {}};
  bureau.run("UPDATE ledger_sums SET numerator = 77");
  EXPECT_EQ(figure_of(bureau.ledgers, asked)->numerator->plain(), "0.77") << "they are used";
  bureau.run("UPDATE ledger_sum_heads SET seq = seq - 1");
  EXPECT_EQ(figure_of(bureau.ledgers, asked)->numerator->plain(), "10");
  bureau.ledgers.prepare();
  EXPECT_EQ(bureau.number("SELECT SUM(numerator) FROM ledger_sums WHERE part = ''"), 1000) << "reckoned anew";
  bureau.run("UPDATE ledger_sum_heads SET definition = 'another'");
  bureau.run("UPDATE ledger_sums SET numerator = 77");
  EXPECT_EQ(figure_of(bureau.ledgers, asked)->numerator->plain(), "10") << "declared otherwise";
}

TEST_P(Sums, TooLargeForThemAreAskedOfTheRecords) {
  Bureau bureau(url_);
  std::string csv = "payment_no,project,paid_on,amount\n";
  for (int i = 0; i < 100; ++i) csv += "Z" + std::to_string(i) + ",P1,2026-01-10,999999999999.99\n";
  bureau.take("payment", csv);
  const Asked asked{bureau.catalogue.measure("execution.paid"), {*Date::parse("2026-01-01"), *Date::parse("2026-12-31")}, {}, {}};
  EXPECT_EQ(figure_of(bureau.ledgers, asked)->numerator->plain(), "99999999999999");
  EXPECT_FALSE(bureau.ledgers.check().has_value());
}

TEST_P(Sums, OfBureausThatDeclareOtherwiseLeaveEachOthersIndexes) {
  const auto declared = [](const char* when) {
    const std::string yaml = std::string(
                                 "desk: roads\nlabel: 道路\ntypes:\n  - type: road\n    label: 道路\n    key: road_no\n    fields:\n"
                                 "      - {name: road_no, label: 编号, required: true}\n"
                                 "      - {name: opened_on, label: 开通, type: date}\n"
                                 "      - {name: length, label: 长度, type: decimal}\n"
                                 "measures:\n  - id: roads.count\n    label: 条数\n    unit: 条\n    of: road\n    scope: \"") +
                             when + "\"\n    value: {count: true}\n";
    const embedded::File file{"roads/roads.yaml", yaml};
    return Catalogue::of_files(std::span(&file, 1));
  };
  const auto one = declared("opened_on <= :to");
  const auto other = declared("length > 5");
  ASSERT_TRUE(one.ok()) << one.error().message;
  ASSERT_TRUE(other.ok()) << other.error().message;
  const auto store = opened(url_);
  const auto names = [&] {
    std::string out;
    store->read()->query("SELECT name FROM ledger_indexes ORDER BY name", {}, [&](const store::Row& row) { out += row.string(0) + " "; });
    return out;
  };
  ASSERT_TRUE(migrate_ledgers(*store, *one, "430212").ok());
  const std::string first = names();
  ASSERT_TRUE(migrate_ledgers(*store, *other, "430211").ok());
  const std::string both = names();
  EXPECT_GT(both.size(), first.size());
  ASSERT_TRUE(migrate_ledgers(*store, *one, "430212").ok());
  EXPECT_EQ(names(), both);
  ASSERT_TRUE(migrate_ledgers(*store, *one, "430211").ok());
  EXPECT_EQ(names(), first) << "what nobody asks for any more goes";
}

/// Each a bureau of its own in one database, so that they are many and quick.
TEST_P(Sums, OfManyShortHistoriesWereShownAsTheyAreTold) {
  const int histories = std::getenv("JIHENG_LONG") != nullptr ? 1000 : 15;
  const Catalogue& catalogue = Catalogue::shipped();
  const auto store = opened(url_);
  ASSERT_TRUE(migrate_ledgers(*store, catalogue).ok());
  const Period period{*Date::parse("2025-06-01"), *Date::parse("2026-08-31")};
  constexpr const char* measures[] = {"execution.paid", "review.savings", "review.on_time_rate", "review.reduction_rate"};
  for (int history = 0; history < histories; ++history) {
    registry::Registry registry(*store, folder_.file("data"), "h" + std::to_string(history));
    Ledgers ledgers(registry, catalogue);
    const auto take = [&](const char* name, std::string csv) {
      ImportOptions options;
      options.may_move_states = true;
      const auto taken = import_table(ledgers, *catalogue.type(name), std::move(csv), options, access::Principal::operator_at_machine());
      ASSERT_TRUE(taken.ok() && taken->bad.empty()) << name;
    };
    take("project", "code,name,unit,year\nP0,甲,财政局,2026\nP1,乙,财政局,2026\nP2,丙,财政局,2026\nP3,丁,财政局,2026\n");
    Hand hand(static_cast<unsigned>(history));
    std::vector<Receipt> shown;
    for (unsigned step = 4 + hand.below(4); step > 0; --step) {
      if (hand.below(2) == 0) {
        take("payment", hand.table("payment_no,project,paid_on,amount,state\n", 6, [&] { return hand.payment(); }));
      } else {
        take("review_case",
             hand.table("case_no,project_name,owner_unit,kind,accepted_on,submitted_amount,concluded_amount,concluded_on,state\n", 6,
                        [&] { return hand.review_case(); }));
      }
      for (const char* measure : measures) shown.push_back(receipt_of(ledgers, {catalogue.measure(measure), period, {}, {}}).value());
    }
    for (const Receipt& then : shown) {
      const Receipt again = receipt_of(ledgers, {catalogue.measure(then.measure), period, {}, then.journal}).value();
      ASSERT_EQ(again.sha256, then.sha256) << then.measure << " of history " << history << " as of " << then.journal;
      ASSERT_EQ(figure_of(ledgers, {catalogue.measure(then.measure), period, {}, then.journal})->value, then.figure.value);
    }
  }
}

JIHENG_ON_EACH_ENGINE(Sums);

TEST(RowExpressions, ReckonAsSqlDoes) {
  const Catalogue& catalogue = Catalogue::shipped();
  const RecordType& type = *catalogue.type("payment");
  std::vector<Value> row(type.fields.size());
  row[static_cast<std::size_t>(type.index_of("amount"))] = Value(250);
  row[static_cast<std::size_t>(type.index_of("fund"))] = Value("other");
  using Kind = RowExpression::Cell::Kind;
  const auto value = [&](const char* text) { return RowExpression::of(Expression::parse(text).value(), type)->value(row); };
  const struct {
    const char* text;
    Kind kind;
    std::int64_t number;
  } cases[] = {{"amount + 2 * 3 - 1", Kind::number, 255},
               {"-amount", Kind::number, -250},
               {"abs(5 - amount)", Kind::number, 245},
               {"amount > 100 and fund = 'other'", Kind::truth, 1},
               {"amount > 100 and state = 'void'", Kind::missing, 0},
               {"amount < 100 and state = 'void'", Kind::truth, 0},
               {"state is null or amount = 1", Kind::truth, 1},
               {"not state = 'void'", Kind::missing, 0},
               {"amount not in (1, 2)", Kind::truth, 1},
               {"amount in (1, 250)", Kind::truth, 1},
               {"state in ('void') or fund is not null", Kind::truth, 1},
               {"amount between 250 and 251", Kind::truth, 1},
               {"amount not between 250 and 251", Kind::truth, 0},
               {"coalesce(paid_on, amount, 1)", Kind::number, 250},
               {"case when state = 'void' then 1 when amount >= 250 then 2 else 3 end", Kind::number, 2},
               {"paid_on - 1", Kind::missing, 0},
               {"amount * 999999999999999 * 999999999", Kind::given_up, 0},
               {"amount = 'other'", Kind::given_up, 0}};
  for (const auto& each : cases) {
    const auto cell = value(each.text);
    EXPECT_EQ(cell.kind, each.kind) << each.text;
    EXPECT_EQ(cell.number, each.number) << each.text;
  }
  for (const char* text : {"paid_on <= :to", "reviewed.amount = 1", "1 < 2 < 3"}) {
    EXPECT_FALSE(RowExpression::of(Expression::parse(text).value(), type).has_value()) << text;
  }
}

}  // namespace
}  // namespace jiheng::ledgers
