// Inside ledgers/ only: what measures add up, by day, kept beside the records (table ledger_sums).
//
// A measure over a million records is then asked of a few hundred days. The sums change in the transaction that changes the records; they
// are used only where they say the same as the records do: for what stands now, reckoned by the measure as it is declared now, up to the
// very change that the ledger stands at. Everything else is asked of the records themselves. `admin verify` reckons the sums anew.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ledgers/measure_query.h"
#include "ledgers/row_expression.h"

namespace jiheng::ledgers {

/// What the records of a day, or of a span of days, come to.
struct Sum {
  std::int64_t counted = 0;
  std::int64_t gaps = 0;      ///< that would count but for a gap
  std::int64_t left_out = 0;  ///< that are concerned and do not count
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  std::optional<std::int64_t> greatest;
  std::optional<std::string> least;  ///< of a gap: the smallest id

  bool is_nothing() const { return counted == 0 && gaps == 0 && left_out == 0 && numerator == 0 && denominator == 0; }
  friend bool operator==(const Sum&, const Sum&) = default;
};

/// How a measure's sums are reckoned from one record. Immutable.
class SumRule {
 public:
  /// nullopt: the measure is not one that days add up to (it looks at other records, at the period itself, at things without a day).
  static std::optional<SumRule> of(const Catalogue& catalogue, const Measure& measure);
  static std::vector<SumRule> of_type(const Catalogue& catalogue, const RecordType& type);

  const Measure& measure() const { return *measure_; }
  /// Hash of all that the sums depend on.
  static std::string definition_of(const RecordType& type, const Measure& measure);

  struct Share {
    std::string part;
    std::int64_t day = 0;
    Sum sum;
  };
  /// What the record adds, part by part. False: it cannot be told without the database.
  using Take = std::function<void(std::string_view part, std::int64_t day, const Sum& sum)>;
  bool each_share(std::string_view id, std::span<const Value> row, const Take& take) const;
  /// All sums out of the records, in order; nullopt where they do not fit.
  std::optional<std::vector<Share>> reckon(const Ledgers& ledgers, store::Connection& connection,
                                           std::optional<std::int64_t> day = {}) const;

 private:
  struct Reckoning;
  void add_day(Statement& sql) const;
  void add_records(const Reckoning& of, Statement& sql) const;
  void add_count(const Reckoning& of, Statement& sql, bool gaps_too) const;
  void add_exact_sum(const Reckoning& of, Statement& sql, const std::optional<Expression>& expression) const;
  bool reckon_part(const Reckoning& of, std::vector<Share>& out) const;
  void reckon_gaps(const Reckoning& of, std::vector<Share>& out) const;
  void reckon_on_time(const Reckoning& of, std::vector<Share>& out) const;
  std::string part_of(std::string_view value) const;
  std::int64_t day_of(std::int64_t stored) const;
  /// The first day of acceptance from which a case concluded on the day is on time without any pause.
  std::int64_t earliest(std::int64_t day) const;
  bool fill(Sum& sum, std::span<const Value> row) const;

  const Measure* measure_ = nullptr;
  const RecordType* type_ = nullptr;
  std::size_t period_ = 0;
  Kind period_kind_ = Kind::date;
  int parted_by_ = -1;  ///< the field of projects or things
  std::optional<RowExpression> scope_;
  std::vector<RowExpression> needs_;
  std::optional<RowExpression> numerator_;
  std::optional<RowExpression> denominator_;
  int accepted_ = -1;  ///< of the measure of work days
  int limit_ = 0;
  std::shared_ptr<std::unordered_map<std::int64_t, std::int64_t>> earliest_;
};

/// Carries a change of records over into the sums, within its transaction.
class SumKeeping {
 public:
  /// To be made before the records change. `head`: at which change the ledger stands.
  SumKeeping(const Ledgers& ledgers, store::Connection& connection, const RecordType& type, std::int64_t head);

  bool has_any() const { return !kept_.empty(); }
  void add(std::string_view id, std::span<const Value> row) { count(id, row, 1); }
  void take_away(std::string_view id, std::span<const Value> row) { count(id, row, -1); }
  /// Once the records stand.
  void store(std::int64_t seq);

  static void forget(store::Connection& connection, const std::string& tenant, const RecordType& type);
  /// Reckons what is not kept yet, or is behind, or was declared otherwise; returns how many measures.
  static int prepare(const Ledgers& ledgers);
  /// The first measure whose sums are not what its records say; the change at which its ledger stands.
  static std::optional<std::pair<std::int64_t, std::string>> check(const Ledgers& ledgers, store::Connection& connection);

 private:
  using Days = std::unordered_map<std::int64_t, Sum>;
  struct Kept {
    SumRule rule;
    std::map<std::string, Days, std::less<>> parts;
    std::set<std::int64_t> again;  ///< days to be reckoned anew: a greatest or a least cannot be taken from
    bool lost = false;
  };
  void count(std::string_view id, std::span<const Value> row, int sign);
  bool write(Kept& kept);
  void load(const SumRule& rule, const std::vector<SumRule::Share>& shares);

  const Ledgers& ledgers_;
  store::Connection& connection_;
  const RecordType& type_;
  std::vector<Kept> kept_;
};

/// The sums of the measure's period and project.
struct KeptFigure {
  std::int64_t counted = 0;
  std::int64_t gaps = 0;
  std::int64_t left_out = 0;
  std::int64_t things = 0;
  Decimal numerator;
  Decimal denominator;
  std::optional<std::int64_t> greatest;
};
/// nullopt: to be asked of the records.
std::optional<KeptFigure> kept_figure(const MeasureQuery& query, store::Connection& connection);
struct KeptGap {
  std::size_t need = 0;
  std::int64_t count = 0;
  std::string first;
};
/// Only where kept_figure() answered.
std::vector<KeptGap> kept_gaps(const MeasureQuery& query, store::Connection& connection);

}  // namespace jiheng::ledgers
