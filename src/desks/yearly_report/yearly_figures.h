// The figures of the yearly report, each with what was counted by which rule, beside those of the year before; and the charts drawn of
// them. Page, document and annex print these and nothing else.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "desks/yearly_report/year_counts.h"
#include "writing/official/chart.h"

namespace jiheng::desks {

struct YearlyFigure {
  std::string key;      ///< coverage.approved; what the document's content controls are named after
  std::string chapter;  ///< coverage
  std::string label;    ///< 已批复单位; no two are the same
  std::string unit;     ///< 家
  Text value;           ///< exact; nothing where the year has nothing of it
  Text last;            ///< of the year before; nothing where nothing is stored of it
  Text change;          ///< value less last
  std::string rule;     ///< what is counted, Chinese
  int counted = 0;      ///< records that were looked at
  int last_counted = 0;
  bool below_zero = false;  ///< it may be: more and less say nothing of it then

  std::string change_unit() const { return unit == "%" ? "个百分点" : unit; }
};

struct YearlyChart {
  std::string code;  ///< lights
  std::string chapter;
  writing::OfficialChart chart;
};

/// One figure over the years that are stored.
struct YearlyHistory {
  std::string key;  ///< of the figure
  std::string label;
  std::string unit;
  std::vector<std::pair<int, Text>> values;  ///< the newest first
};

struct YearlyChapter {
  std::string code;
  std::string title;
  bool any = false;  ///< the year has something of it
};

struct YearlyFigures {
  int year = 0;
  bool has_last = false;
  std::vector<YearlyChapter> chapters;
  std::vector<YearlyFigure> figures;
  std::vector<YearlyChart> charts;
  std::vector<YearlyHistory> history;  ///< empty where nothing is stored before the year before
  // What the report's tables show, in their order; keys without their last part.
  std::vector<std::string> rules;
  std::vector<std::string> rounds;
  std::vector<std::string> departments;
  std::vector<std::string> kinds;
  std::vector<std::string> sources;
  std::vector<std::string> measures;

  const YearlyFigure* find(std::string_view key) const;
};

/// `earlier`: the year before, if it is stored, and those before it; the newest first.
YearlyFigures figures_from(const YearCounts& now, const std::vector<YearCounts>& earlier);
/// Error: not-found (nothing is stored of the year).
Result<YearlyFigures> yearly_figures(const YearSources& from, int year);

}  // namespace jiheng::desks
