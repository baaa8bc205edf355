// What a place asks for of problems that were found: their kinds, how long putting them right may take, what proves that it was done.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiheng::policy {

struct ProblemKind {
  std::string code;  ///< goal
  std::string name;  ///< 绩效目标编制
  int days = 0;      ///< work days from the day it was raised
};

/// A ledger whose records are payments.
struct PaymentRecords {
  std::string type;    ///< payment
  std::string day;     ///< its field of the day
  std::string amount;  ///< its field of the amount
};

struct Rectification {
  std::vector<ProblemKind> kinds;
  int redo_days = 0;                   ///< work days that a refused reply gives at least
  int extension_times = 0;             ///< extensions that one problem may be given
  int extension_days = 0;              ///< work days of one at most
  int recurrence_years = 0;            ///< the same unit and kind again within so many years
  std::vector<std::string> documents;  ///< kinds of documents that a problem may be closed on
  std::vector<PaymentRecords> payments;

  const ProblemKind* kind(std::string_view code) const;
};

}  // namespace jiheng::policy
