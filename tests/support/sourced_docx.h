// Proves of a document of Word that no number stands in it without a source.
//
// A number is sourced where it stands in a content control "figure:KEY" and an annex has a row whose cell "source:KEY" holds the same
// value, with words beside it that say where it comes from; where it stands in a control "quote:WHAT", words or a name as a record has
// them; or in a chart, whose workbook names a KEY for every value. Rows of the annex themselves are the sources. The place of a row in a
// list (序号), the name of an annex that is there (附件1) and that of a thing (SHA-256, P95) are numbers of nothing.
//
// A letter is written from records and has no such annex: a number in it stands in a control "record:RECORD/FIELD", or is the day that the
// letter was made ("made:day").
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace jiheng::test {

struct SourcedDocx {
  std::vector<std::string> faults;             ///< a sentence each; empty: proved
  std::map<std::string, std::string> sources;  ///< key → value, of the annex
  std::map<std::string, std::string> figures;  ///< key → value, of those that the text uses
  int quotes = 0;
  int chart_values = 0;
  std::string text;                                           ///< all that is read, a paragraph a line, without the annex's rows
  std::map<std::string, std::set<std::string>> records = {};  ///< RECORD/FIELD → what of it stands in the letter
};

SourcedDocx check_sources(const std::string& docx);
SourcedDocx check_letter(const std::string& docx);
/// A part of a zip archive; empty where there is none of the name.
std::string part_of_zip(const std::string& archive, const std::string& name);

}  // namespace jiheng::test
