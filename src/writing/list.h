// A list as people take it into a spreadsheet: a title, a heading, a line for each thing; in Excel the heading stays in sight and sorts.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "writing/form.h"
#include "writing/writer.h"

namespace jiheng::writing {

struct ListColumn {
  std::string title;
  double width = 1;  ///< in proportion
  Style style = Style::text;
};

struct List {
  std::string name;  ///< of the sheet
  std::string title;
  std::string line;  ///< above the heading: what was filtered, as of when; may be empty
  std::vector<ListColumn> columns;
  std::vector<std::vector<std::string>> rows;  ///< each as long as `columns`
};

/// Errors: cell-too-long, too-large.
Result<std::string> write_list(const List& list, Carrier carrier, const WriteOptions& options = {});

/// The same as comma separated values, in UTF-8 with the mark that Excel knows it by; without title and line. A text that Excel would take
/// for a formula stands behind an apostrophe.
std::string list_csv(const List& list);

}  // namespace jiheng::writing
