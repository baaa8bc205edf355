// Inside ledgers/ only: the statements that a measure asks.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledgers/id_list.h"
#include "ledgers/measure.h"

namespace jiheng::ledgers {

/// A statement in the making: text with ? and what stands for each, in step.
class Statement {
 public:
  Statement& operator<<(std::string_view sql) {
    sql_ += sql;
    return *this;
  }
  Statement& bind(std::int64_t number) {
    sql_.push_back('?');
    values_.emplace_back(number);
    return *this;
  }
  /// The text must outlive the statement.
  Statement& bind(std::string_view text) {
    sql_.push_back('?');
    values_.emplace_back(text);
    return *this;
  }
  /// " IN (…)".
  Statement& bind_list(const std::vector<std::string_view>& ids) {
    add_id_list(sql_, values_, ids);
    return *this;
  }
  void query(store::Connection& connection, const store::Take& take) const { connection.query_all(sql_, values_, take); }

 private:
  std::string sql_;
  std::vector<Value> values_;
};

/// Asks about one measure in one period, over records that stand now or stood then.
class MeasureQuery {
 public:
  MeasureQuery(const Ledgers& ledgers, const Asked& asked, std::string project_id)
      : ledgers_(ledgers),
        asked_(asked),
        measure_(*asked.measure),
        type_(*ledgers.catalogue().type(asked.measure->type)),
        project_(std::move(project_id)) {}

  const RecordType& type() const { return type_; }
  const Ledgers& ledgers() const { return ledgers_; }
  const Asked& asked() const { return asked_; }
  const std::string& project() const { return project_; }

  /// " alias.tenant_id = ? AND it stands".
  void add_standing(Statement& sql, std::string_view alias) const;
  /// FROM … WHERE …: the records concerned, as r, and what `with` names.
  void add_concerned(Statement& sql) const;
  /// … AND those that count.
  void add_counting(Statement& sql) const;
  /// For one walk over the records: … AND those that count or would but for a gap; behind an aggregate, the filter that leaves the latter
  /// out; and their number.
  void add_counting_but_for_gaps(Statement& sql) const;
  void add_gap_filter(Statement& sql) const;
  void add_gap_count(Statement& sql) const;
  /// The opposite, with add_reason() as a column.
  void add_left_out(Statement& sql) const;
  void add_reason(Statement& sql) const;
  /// An expression of the measure over r.
  void add(Statement& sql, const Expression& expression) const;
  /// Whether a record matches (Measure::matched).
  void add_matched(Statement& sql) const;
  /// FROM … WHERE …: the records of the other type that match one that counts, as m.
  void add_matching(Statement& sql) const;
  /// A condition of another type's over its alias.
  void add_of(Statement& sql, const RecordType& type, std::string_view alias, const Expression& expression) const;
  void add_not_void(Statement& sql, const RecordType& type, std::string_view alias) const;

 private:
  bool has_gaps() const;
  void add_expression(Statement& sql, const Expression& expression, const std::function<std::string(std::string_view)>& column,
                      const std::function<Kind(std::string_view)>& kind) const;

  const Ledgers& ledgers_;
  const Asked& asked_;
  const Measure& measure_;
  const RecordType& type_;
  std::string project_;
};

/// What a computation of the program yields (Measure::computed).
struct Computed {
  Decimal numerator;
  std::optional<Decimal> denominator;  ///< nullopt: the numerator is the value
  std::vector<std::string> gaps;
  std::string rule;           ///< what the value depends on beside the declaration: a pack's limits; "" for nothing
  std::vector<Used> counted;  ///< left empty where nobody asked for records
  std::vector<Used> consulted;
};
using Computation = Computed (*)(const MeasureQuery& query, store::Connection& connection, bool records);
Computation computation_named(std::string_view name);

// The computations, each in a file of its own.
/// Cases concluded within their limit of work days, pauses left out.
Computed review_on_time(const MeasureQuery& query, store::Connection& connection, bool records);
/// Time without an unplanned outage, overlapping ones counted once.
Computed availability(const MeasureQuery& query, store::Connection& connection, bool records);
/// Rent due and not paid, lease by lease, in yuan.
Computed arrears(const MeasureQuery& query, store::Connection& connection, bool records);

}  // namespace jiheng::ledgers
