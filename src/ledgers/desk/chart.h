// What a desk's first page shows besides its work and its days, as it is declared.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledgers/expression.h"

namespace jiheng::ledgers {

class Catalogue;

struct Chart {
  enum class Kind {
    figure,  ///< a measure of the year so far
    months,  ///< a measure, month by month
    names,   ///< a measure for each project (survey, system) that it can be narrowed to
    groups,  ///< records by a choice field
    ahead,   ///< records whose day comes within so many days
    curve,   ///< what was paid, summed up month by month, against the budget and against time
    arrears  ///< what leases owe, by its age
  };
  Kind kind = Kind::figure;
  std::string label;
  std::string measure;
  std::string budget;  ///< of a curve: the measure that `measure` is held against
  std::string type;
  std::string by;  ///< of groups and names a choice or text field; of ahead the day
  std::optional<Expression> where;
  std::vector<int> days;  ///< of ahead, rising
};
std::string_view chart_code(Chart::Kind kind);
std::optional<Chart::Kind> chart_from_code(std::string_view code);

struct DeskPage {
  std::string desk;
  std::vector<std::string> work;  ///< types whose open records are the day's work
  std::vector<Chart> charts;
  std::string file;
  int line = 0;
};

/// What is wrong with it; nothing where it can be shown.
std::optional<std::string> fault_of(const DeskPage& page, const Catalogue& catalogue);

}  // namespace jiheng::ledgers
