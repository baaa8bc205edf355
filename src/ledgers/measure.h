// Measures: figures that the ledgers yield, with the receipt that leads down to each record.
//
// A figure is worked out in the database from records that stand now, or that stood at a past journal position; both are the same
// statement. Nothing is changed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/result.h"
#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

/// Both days belong to it.
struct Period {
  Date from;
  Date to;
};

struct Asked {
  const Measure* measure = nullptr;
  Period period;
  std::string project;                ///< as a person names it; empty: all
  std::optional<std::int64_t> as_of;  ///< a journal position; nullopt: now
};

struct Figure {
  std::optional<Decimal> value;        ///< rounded once, half up, to two decimals (counts: none); nullopt where a denominator is 0
  std::optional<Decimal> numerator;    ///< exact; of amounts in yuan
  std::optional<Decimal> denominator;  ///< exact; nullopt where there is none
  std::vector<std::string> gaps;       ///< what the value cannot prove, Chinese
};

/// A record with the revision that was looked at.
struct Used {
  std::string type;
  std::string id;
  int revision = 0;
  std::string reason;  ///< why it was left out; empty for what counted

  friend bool operator==(const Used&, const Used&) = default;
};

struct Receipt {
  std::string measure;
  Period period;
  std::string project;
  Figure figure;
  std::string definition_sha256;
  std::int64_t journal = 0;
  std::vector<Used> counted;    ///< the measure's own records, in the order of their ids
  std::vector<Used> excluded;   ///< that are concerned but do not count
  std::vector<Used> consulted;  ///< records of other types on which the value rests, too
  std::string sha256;           ///< over all of it
};

/// A figure with how much it rests on, for pages: the records are counted, not listed.
struct Weighed {
  Figure figure;
  std::int64_t counted = 0;
  std::int64_t excluded = 0;
  std::int64_t consulted = 0;
  std::int64_t journal = 0;
};

/// Errors of all: unknown-project (context: what was named), no-project (the measure cannot be narrowed), bad-period.
Result<Figure> figure_of(const Ledgers& ledgers, const Asked& asked);
Result<Weighed> weigh(const Ledgers& ledgers, const Asked& asked);
Result<Receipt> receipt_of(const Ledgers& ledgers, const Asked& asked);

/// The journal position that stood at a moment (UTC, ISO 8601).
std::int64_t journal_at(const Ledgers& ledgers, std::string_view moment);
/// And when the day ended in China.
std::int64_t journal_at_end_of(const Ledgers& ledgers, Date day);

/// contracts: {"measure","label","unit","value","numerator","denominator","period","gaps","receipt"}.
std::string receipt_json(const Measure& measure, const Receipt& receipt);
/// Error: bad-receipt (which part).
Result<Receipt> receipt_from_json(std::string_view json);

struct Difference {
  Used before;  ///< revision 0: it did not count then
  int now = 0;  ///< the revision that counts now; 0: it does not
};
struct ReceiptCheck {
  enum class State {
    same,      ///< the value rests on the same records as now
    stale,     ///< it was right then; some of its records changed since, or others came
    foreign,   ///< these ledgers never yielded it: it was altered, or is another bureau's
    redefined  ///< the measure is declared otherwise now
  };
  State state = State::same;
  std::vector<Difference> changed;
  Figure now;
};
std::string_view state_code(ReceiptCheck::State state);  ///< "same", "stale", "foreign", "redefined"

/// Errors: unknown-measure, and those of figure_of().
Result<ReceiptCheck> check_receipt(const Ledgers& ledgers, const Receipt& receipt);

}  // namespace jiheng::ledgers
