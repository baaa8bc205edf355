// How many records a list is about and what their amounts add up to, kept while its reader turns pages.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jiheng::ledgers {

struct Question;
struct RecordType;

struct Totals {
  std::int64_t count = 0;
  std::vector<std::pair<std::string, std::string>> sums;  ///< as Entries::totals
};

/// Thread-safe. What is kept holds as long as the ledger's head (Ledgers::head) stays where it was counted.
class KeptTotals {
 public:
  std::optional<Totals> find(const RecordType& type, const Question& question, std::int64_t head) const;
  void keep(const RecordType& type, const Question& question, std::int64_t head, const Totals& totals);

 private:
  struct Kept {
    std::int64_t head = 0;
    Totals totals;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Kept> kept_;
};

}  // namespace jiheng::ledgers
