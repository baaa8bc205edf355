// 部门整体支出绩效评价指标表: what a department is worth as a whole, by the table of its place (Hunan's), beside its goals.
//
// Rates come from basic figures by the pack's formulas; figures that the records know stand there already. The rest of the points are
// judged, each with why.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "goals/goal_table.h"
#include "policy/year_parameters.h"

namespace boost::json {
class value;
}

namespace jiheng::desks {

/// What a person says.
struct DepartmentEntry {
  struct Judged {
    std::string item;
    std::string points;
    std::string why;
    friend bool operator==(const Judged&, const Judged&) = default;
  };
  std::vector<std::pair<std::string, std::string>> figures;  ///< 编制数 → "143"; money in 万元, areas in 平方米
  std::vector<Judged> judged;

  bool empty() const { return figures.empty() && judged.empty(); }
};

struct DepartmentFigure {
  std::string name;
  Text value;
  bool known = false;  ///< by the records; nobody types it
};

struct DepartmentRow {
  std::string group;
  std::string name;
  std::string points;  ///< at most
  bool judged = false;
  std::vector<std::string> figures;  ///< that the rate is made of
  Text rate;                         ///< per cent
  Text score;
  Text why;      ///< of judged points
  Text trouble;  ///< why there is no score
};

struct DepartmentTable {
  std::string title;
  std::vector<DepartmentFigure> figures;  ///< in the order in which the rows name them
  std::vector<DepartmentRow> rows;
  Text total;  ///< once every row has its score
  std::string most;
};

/// `known`: figures out of the records; they go before what a person says.
DepartmentTable fill_department(const policy::OverallTable& table, const DepartmentEntry& entry,
                                const std::vector<std::pair<std::string, std::string>>& known);

void write_department(JsonWriter& out, const DepartmentTable& table);
void write_department_entry(JsonWriter& out, const DepartmentEntry& entry);
/// What write_department() wrote; absent parts are empty.
DepartmentTable department_from(const boost::json::value& from);
DepartmentEntry department_entry_from(const boost::json::value& from);

}  // namespace jiheng::desks
