// Proves of a document of Word that no number stands in it without a source.
//
// A number is sourced where it stands in a content control "figure:KEY" and an annex has a row whose cell "source:KEY" holds the same
// value, with words beside it that say where it comes from; where it stands in a control "quote:WHAT", words or a name as a record has
// them; or in a chart, whose workbook names a KEY for every value. Rows of the annex themselves are the sources. The place of a row in a
// list (序号) and the name of an annex that is there (附件1) are numbers of nothing.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace jiheng::test {

struct SourcedDocx {
  std::vector<std::string> faults;             ///< a sentence each; empty: proved
  std::map<std::string, std::string> sources;  ///< key → value, of the annex
  std::map<std::string, std::string> figures;  ///< key → value, of those that the text uses
  int quotes = 0;
  int chart_values = 0;
  std::string text;  ///< all that is read, a paragraph a line, without the annex's rows
};

SourcedDocx check_sources(const std::string& docx);
/// A part of a zip archive; empty where there is none of the name.
std::string part_of_zip(const std::string& archive, const std::string& name);

}  // namespace jiheng::test
