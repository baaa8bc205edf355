// Ledgers from ten thousand to millions of records: imports, measures, and the same aggregates by SQL written by hand, in one run.
//   ledger_bench URL…   sqlite:FOLDER/ or postgresql:///bROWS?host=…: an empty database for each size, ROWS stands for it
// Sizes come from JIHENG_BENCH_ROWS ("10000 100000 1000000" by default). `ratio` is the measure's time over that of the hand-written SQL.
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cstdio>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "ledgers/import.h"
#include "ledgers/measure.h"
#include "ledgers/schema.h"

namespace {

using namespace jiheng;
using Clock = std::chrono::steady_clock;

/// A receipt names every record; of more, nobody asks for one.
constexpr int most_listed = 1'000'000;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// The middle of several runs, after one that warms up; of what takes longer than `enough_ms`, the first alone.
template <class Act>
double middle_ms(Act act) {
  constexpr double enough_ms = 10'000;
  const auto warming = Clock::now();
  act();
  std::vector<double> times;
  if (const double first = ms_since(warming); first > enough_ms) return first;
  for (int i = 0; i < 7 && (times.empty() || ms_since(warming) < enough_ms); ++i) {
    const auto start = Clock::now();
    act();
    times.push_back(ms_since(start));
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

std::string day(std::mt19937& chosen) {
  char text[16];
  std::snprintf(text, sizeof text, "2026-%02d-%02d", static_cast<int>(chosen() % 12 + 1), static_cast<int>(chosen() % 28 + 1));
  return text;
}

std::string amount(std::mt19937& chosen) {
  return std::to_string(chosen() % 900000) + "." + std::to_string(chosen() % 90 + 10);
}

std::string payments(int rows) {
  std::mt19937 chosen(1);
  std::string csv = "payment_no,project,paid_on,amount,fund,state\n";
  for (int i = 0; i < rows; ++i) {
    csv += "Z" + std::to_string(i) + ",P" + std::to_string(chosen() % 200) + "," + day(chosen) + "," + amount(chosen) + ",general_public," +
           (chosen() % 50 == 0 ? "void" : "valid") + "\n";
  }
  return csv;
}

std::string cases(int rows) {
  std::mt19937 chosen(2);
  std::string csv = "case_no,project_name,owner_unit,kind,accepted_on,submitted_amount,concluded_amount,concluded_on,state\n";
  for (int i = 0; i < rows; ++i) {
    const std::string number = std::to_string(i);
    csv += "PS" + number + ",道路改造工程" + number + "标段,财政局,settlement," + day(chosen) + "," + amount(chosen) + "," +
           amount(chosen) + "," + day(chosen) + "," + (chosen() % 50 == 0 ? "withdrawn" : "concluded") + "\n";
  }
  return csv;
}

std::string tickets(int rows) {
  std::mt19937 chosen(3);
  std::string csv = "ticket_no,unit_name,opened_at,restored_at,channel,category,cause,state\n";
  for (int i = 0; i < rows; ++i) {
    const std::string on = day(chosen);
    csv += "GD" + std::to_string(i) + ",第" + std::to_string(chosen() % 101) + "单位," + on + " 09:1" + std::to_string(chosen() % 10) +
           "," + on + " 1" + std::to_string(chosen() % 8) + ":30," + (chosen() % 4 == 0 ? "onsite" : "phone") + ",fault,own,closed\n";
  }
  return csv;
}

struct Case {
  const char* measure;
  const char* by_hand;
};
constexpr Case measured[] = {
    {"execution.paid",
     "SELECT SUM(amount) FROM ledger_payment WHERE tenant_id = 'local' AND until IS NULL AND paid_on >= 20454 AND paid_on <= 20818 AND "
     "state <> 'void'"},
    {"review.concluded_count",
     "SELECT COUNT(*) FROM ledger_review_case WHERE tenant_id = 'local' AND until IS NULL AND concluded_on >= 20454 AND concluded_on <= "
     "20818 AND state IN ('concluded', 'archived')"},
    {"review.savings",
     "SELECT SUM(submitted_amount - concluded_amount) FROM ledger_review_case WHERE tenant_id = 'local' AND until IS NULL AND concluded_on "
     ">= 20454 AND concluded_on <= "
     "20818 AND state IN ('concluded', 'archived') AND submitted_amount IS NOT NULL AND concluded_amount IS NOT NULL"},
    {"review.on_time_rate",
     "SELECT COUNT(*), SUM(CASE WHEN concluded_on - accepted_on <= 42 THEN 1 ELSE 0 END) FROM ledger_review_case WHERE tenant_id = 'local' "
     "AND until IS NULL AND "
     "concluded_on >= 20454 AND concluded_on <= 20818 AND state IN ('concluded', 'archived') AND accepted_on IS NOT NULL"},
    {"network.online_resolved",
     "SELECT COUNT(*) FROM ledger_ticket WHERE tenant_id = 'local' AND until IS NULL AND restored_at >= 1767196800000 AND restored_at < "
     "1798732800000 AND channel <> "
     "'onsite' AND state IN ('resolved', 'closed')"},
    {"network.repair_within_2h_rate",
     "SELECT COUNT(*), SUM(CASE WHEN restored_at - opened_at <= 7200000 THEN 1 ELSE 0 END) FROM ledger_ticket WHERE tenant_id = 'local' "
     "AND until IS NULL AND restored_at "
     ">= 1767196800000 AND restored_at < 1798732800000 AND state <> 'void' AND category = 'fault' AND (cause IS NULL OR cause = 'own')"},
};

void import_one(ledgers::Ledgers& ledgers, const char* type, const std::string& csv, int rows) {
  const auto start = Clock::now();
  const std::clock_t cpu_start = std::clock();
  const auto imported = ledgers::import_table(ledgers, *ledgers.catalogue().type(type), csv, {}, access::Principal::operator_at_machine());
  const double ms = ms_since(start);
  // What this process alone takes: on a busy machine the time that counts, without a server's part.
  const double cpu_ms = 1000.0 * static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
  if (!imported || imported->added != rows) {
    std::fprintf(stderr, "%s: not imported: %s\n", type,
                 imported ? (imported->bad.empty() ? "?" : imported->bad.front().reason.c_str()) : imported.error().message.c_str());
    std::exit(1);
  }
  std::printf("  import %-12s %9d rows %9.0f ms %9.0f rows/s, %6.2f us of processor a row\n", type, rows, ms, rows / ms * 1000,
              cpu_ms / rows * 1000);
  std::fflush(stdout);
}

void measure_all(const ledgers::Ledgers& ledgers, int rows) {
  const ledgers::Period year{*Date::parse("2026-01-01"), *Date::parse("2026-12-31")};
  for (const Case& each : measured) {
    const ledgers::Asked asked{ledgers.catalogue().measure(each.measure), year, {}, {}};
    const double ours = middle_ms([&] { (void)ledgers::figure_of(ledgers, asked).value(); });
    const double by_hand = middle_ms([&] { ledgers.registry().store().read()->query(each.by_hand, {}, [](const store::Row&) {}); });
    std::printf("  %-30s %8.2f ms, by hand %8.2f ms, ratio %.3f", each.measure, ours, by_hand, ours / by_hand);
    if (rows <= most_listed) {
      const auto start = Clock::now();
      const std::size_t listed = ledgers::receipt_of(ledgers, asked).value().counted.size();
      std::printf("; with its receipt of %zu records %.0f ms", listed, ms_since(start));
    }
    std::printf("\n");
    std::fflush(stdout);
  }
}

int run(const std::string& url, int rows) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("jiheng-ledger-bench-" + std::to_string(::getpid()) + "-" + std::to_string(rows));
  const auto store = store::open(url);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 1;
  }
  const ledgers::Catalogue& catalogue = ledgers::Catalogue::shipped();
  if (!ledgers::migrate_ledgers(**store, catalogue)) return 1;
  registry::Registry registry(**store, folder.string());
  ledgers::Ledgers ledgers(registry, catalogue);
  std::string projects = "code,name,unit,year\n";
  for (int i = 0; i < 200; ++i) projects += "P" + std::to_string(i) + ",项目" + std::to_string(i) + ",财政局,2026\n";
  std::printf("== %s, %d records of each of three ledgers\n", std::string(store::engine_code((*store)->engine())).c_str(), rows);
  import_one(ledgers, "project", projects, 200);
  import_one(ledgers, "payment", payments(rows), rows);
  import_one(ledgers, "review_case", cases(rows), rows);
  import_one(ledgers, "ticket", tickets(rows), rows);
  measure_all(ledgers, rows);
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const char* given = std::getenv("JIHENG_BENCH_ROWS");
  for (int i = 1; i < argc; ++i) {
    std::istringstream sizes(given == nullptr ? "10000 100000 1000000" : given);
    for (int rows = 0; sizes >> rows;) {
      std::string url = argv[i];
      url = url.starts_with("sqlite:") ? url + std::to_string(rows) + ".db" : url.replace(url.find("ROWS"), 4, std::to_string(rows));
      if (run(url, rows) != 0) return 1;
    }
  }
  return 0;
}
