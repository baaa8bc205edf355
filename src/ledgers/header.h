// Which row of a sheet is its heading, and what its columns mean.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ledgers/column_choice.h"
#include "ledgers/declaration.h"
#include "ledgers/sheet.h"

namespace jiheng::ledgers {

struct Header {
  std::size_t row = 0;
  std::vector<int> fields;            ///< of each column; -1: none
  std::vector<std::string> unknown;   ///< headings of the columns that mean nothing
  std::vector<std::string> headings;  ///< all that are not empty, in their order
};

/// The row among the first ones that names the most fields, by name or label in any order; nullopt where none names one.
/// Of a row whose headings a choice names, the choice says what they mean.
std::optional<Header> find_header(const RecordType& type, const Sheet& sheet, std::span<const ColumnChoice> choices = {});
/// The first row that looks like a heading although none of its words is a field's.
std::optional<Header> likely_header(const Sheet& sheet);

/// Labels of required fields that no column bears.
std::vector<std::string> missing_columns(const RecordType& type, const Header& header);

/// A row that may only sum those above: called 合计 and no record besides, or nothing but figures.
enum class SumRow { no, called, figures };
SumRow sum_row(const RecordType& type, const Sheet& sheet, const Header& header, std::size_t row);

/// Whether people add the field up.
bool is_summed(const Field& field);

}  // namespace jiheng::ledgers
