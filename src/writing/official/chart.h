// A chart of bars in an official document: a drawing of Word's own with its data beside it, so that whoever gets the document may change
// its looks and see the figures it stands on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace jiheng::writing {

struct OfficialChart {
  struct Series {
    std::string name;
    std::string colour;               ///< RRGGBB
    std::vector<std::string> values;  ///< exact decimals, "" for none; a category each
    std::vector<std::string> keys;    ///< of the figures that they are (marks.h)
  };
  std::string title;
  std::string unit;  ///< of all values
  bool across = false;
  std::vector<std::string> categories;
  std::vector<Series> series;

  bool empty() const { return categories.empty() || series.empty(); }
};

namespace official {

/// The same as a table: its heading, then a row a category.
std::vector<std::vector<std::string>> chart_rows(const OfficialChart& chart);
/// Millimetres high, across the page's whole text.
double chart_height(const OfficialChart& chart);
/// Parts of a docx: word/charts/chartN.xml with its relation to the workbook, and the workbook.
std::string chart_xml(const OfficialChart& chart);
std::string chart_relations(int number);
std::string chart_workbook(const OfficialChart& chart);

}  // namespace official
}  // namespace jiheng::writing
