// What the rules look at: the tables of one unit, each with what several rules need worked out once.
//
// Views point into the documents, which must outlive them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auditing/finding.h"
#include "base/decimal.h"
#include "goals/goal_table.h"
#include "policy/pack.h"

namespace jiheng::auditing {

struct IndicatorView {
  const Indicator* raw = nullptr;
  int index = 0;
  std::string name;  ///< folded
  std::string key;   ///< names.h indicator_key
  std::string unit;  ///< folded; "" where there is none
  std::optional<Decimal> value;
  std::optional<Decimal> upper;

  bool numeric = false;              ///< a number with one of ≥ ≤ > < =
  bool percent = false;              ///< measured in %
  bool share = false;                ///< a percentage that must lie within 0–100
  bool growth = false;               ///< a percentage that may lie outside
  bool countable = false;            ///< whole numbers only
  bool signed_value = false;         ///< may be below zero
  bool cost = false;                 ///< 成本指标 of either tree
  bool output = false;               ///< 数量, 质量 or 时效
  bool satisfaction = false;         ///< stands under 满意度指标
  std::optional<std::int64_t> yuan;  ///< how many yuan the unit is, of a money unit

  Comparator comparator() const { return raw->comparator; }
};

struct TableView {
  const Document* document = nullptr;
  const GoalTable* raw = nullptr;
  int document_index = 0;  ///< among the documents given
  int index = 0;           ///< within the document
  int ordinal = 0;         ///< among all tables given
  std::string unit_name;   ///< bare_unit_name
  std::string core;        ///< names.h project_core
  std::vector<IndicatorView> indicators;

  bool overall() const { return raw->kind == TableKind::overall; }
  bool project() const { return raw->kind == TableKind::project; }
  /// Filed before the year, as opposed to what reports on it.
  bool goals() const { return overall() || project(); }
  /// Yuan in the table's money unit; 万元 where the form prints none.
  std::int64_t yuan() const;
};

/// One indicator as the overall table and as a project of the same year states it.
struct Pair {
  const TableView* whole = nullptr;
  const IndicatorView* of_whole = nullptr;
  const TableView* part = nullptr;
  const IndicatorView* of_part = nullptr;
};

/// Tables of one unit, in the order given.
struct Submission {
  const policy::Pack* pack = nullptr;
  std::vector<TableView> tables;
  /// What the projects and the annual tasks are about (names.h project_core), some hundreds at most.
  std::vector<std::string> subjects;
  std::vector<Pair> pairs;    ///< the same indicator, by folded name and level
  std::vector<Pair> renamed;  ///< most likely the same under different names

  const policy::Words& words() const { return pack->audit.words; }
  /// The overall table of the same year that this table is part of; nullptr where there is none, or it is that table itself.
  const TableView* whole_of(const TableView& part) const;
  /// The folded name speaks of another project or task than this table's.
  bool speaks_of_another(std::string_view name, const TableView& part) const;
  /// Project tables of the same year as the overall one, a project that came in twice (in two carriers) only once.
  std::vector<const TableView*> parts_of(const TableView& whole) const;
};

/// A unit's name folded, without a unit code round it and without （本级） behind it.
std::string bare_unit_name(std::string_view printed);

/// The table as the rules see it.
TableView view_of(const Document& document, int document_index, int table_index, int ordinal, const policy::Words& words);

/// Fills subjects, pairs and renamed.
void pair_indicators(Submission& submission);

/// Tables parted by unit. Names that look like a slip of one another stay together, so that the slip is found; plainly different units
/// part.
std::vector<Submission> submissions(std::span<const Document> documents, const policy::Pack& pack);

/// The unit name most tables of the submission bear, as printed; the overall table's where two stand equal.
Text usual_unit_name(const Submission& submission);
/// One name only lacks the region before it: 渌口区财政局, 株洲市渌口区财政局. Both folded.
bool short_form_of(std::string_view name, std::string_view full);

}  // namespace jiheng::auditing
