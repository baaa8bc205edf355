// A paper (资料交接单, 检查通知书 …) as it is declared: of which records, what it lists besides, and its text in the manner of
// writing/official/text.h, whose fields are the ledger's own labels. docs/manual/ledgers.md shows how a county writes one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledgers/expression.h"

namespace jiheng::ledgers {

class Catalogue;
struct RecordType;

/// Records that stand in its text as 【每个 name】, or, of a `one`, whose fields stand there as 【name.label】.
struct PaperPart {
  std::string name;
  std::string type;
  std::string by;        ///< its field that names the paper's record; of a `one` the field of the paper's record that names it
  std::string computed;  ///< in place of both: rows that the program works out (lease_account)
  std::optional<Expression> where;
  std::string sort;  ///< a field; "-" before it: greatest first
  int blank = 0;     ///< with fewer rows empty ones follow, to be filled in by hand
};

struct Paper {
  std::string name;
  std::string label;
  std::string type;
  std::optional<Expression> when;  ///< the records that it is offered for; none: all that are not void
  std::vector<PaperPart> lists;
  std::vector<PaperPart> ones;
  std::string text;
  std::string file;   ///< where it is declared
  int line = 0;       ///< of the declaration
  int text_line = 0;  ///< of the line before the text's first one
};

/// What is wrong with it, as "line, reason"; nothing where it can be filled.
struct PaperFault {
  int line = 0;
  std::string reason;
};
std::optional<PaperFault> fault_of(const Paper& paper, const Catalogue& catalogue);

/// Of rows that the program works out: their fields, and the texts that stand for all of them together ("账目.欠租").
struct ComputedRows {
  std::vector<std::string> fields;
  std::vector<std::string> sums;
};
/// Null for a computation that the program has not.
const ComputedRows* computed_rows(const std::string& name);

}  // namespace jiheng::ledgers
