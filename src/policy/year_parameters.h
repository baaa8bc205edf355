// What a place asks for in the course of the year: monitoring, deadlines, the table of a whole department.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"

namespace jiheng::policy {

/// The bands of progress, in per cent of what was due by then.
struct LightBands {
  Decimal red_below;
  Decimal yellow_below;
  std::optional<Decimal> blue_from;  ///< far ahead: the target was low, or something was counted twice
};

struct Monitoring {
  std::vector<int> months;  ///< goals and execution are watched as of the ends of these
  LightBands goal_bands;
  std::vector<std::string> growing;  ///< levels whose targets are reached bit by bit over the year; all others hold on any day
  Decimal standing_yellow_from;      ///< per cent of a target of the others that is still no more than yellow; 100: missed is red
  LightBands execution_bands;        ///< of the even share of the budget, where no alarm names the month
  /// The budget executed up to the end of a month, in per cent, below which an alarm is raised.
  struct Alarm {
    int month = 0;
    Decimal below;
  };
  std::vector<Alarm> execution_alarms;
  std::optional<Decimal> divergence_alarm;  ///< points between the progress of goals and of the budget
};

/// The way of a filing to its approval.
struct Filing {
  std::vector<std::string> steps;            ///< unit, department, section, performance, leader: those the place has, in this order
  bool distinct_signers = true;              ///< nobody signs two steps of a round
  bool errors_stop = true;                   ///< the bureau signs nothing with an error that is neither mended nor waived
  std::vector<std::string> passing_grades;   ///< 优 良: of a table that goes on; others are sent back
  std::vector<std::string> editable_grades;  ///< the auditor may mend such a table himself, if the unit agrees
};

struct DeadlineRule {
  std::string name;  ///< publication, alarm_answer …
  int days = 0;
  bool work_days = true;  ///< else days of the calendar
};

/// One line of a table that scores a whole department out of its basic figures.
struct OverallItem {
  enum class Rule { steps, bands, judged };
  struct Term {
    std::string figure;
    bool subtracted = false;
  };
  struct Band {
    Decimal to;
    Decimal points;
  };

  Decimal points;
  Decimal limit;  ///< steps: what full points end with, in per cent
  Decimal step;
  Decimal deduct;
  Decimal beyond;           ///< bands: the points behind the last one
  std::vector<Term> over;   ///< a rate is the sum of these
  std::vector<Term> under;  ///< ÷ the sum of these, in per cent; both empty where points are judged
  std::vector<Band> bands;
  std::string name;
  std::string group;
  Rule rule = Rule::judged;
  bool above = true;                     ///< steps: a rate above the limit is the worse one
  bool full_when_nothing_built = false;  ///< `over` and `under` sum to 0: full points
};

struct OverallTable {
  std::string title;
  std::vector<OverallItem> items;
};

}  // namespace jiheng::policy
