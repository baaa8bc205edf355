// A ledger's records as a table of texts, for exports.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

/// How an export writes: fields by name and codes, as imports take them in again; or labels and words, as people read them.
enum class Wording { codes, labels };

/// The references of a type's records, by what exports write for them.
class ReferenceTexts {
 public:
  ReferenceTexts(const Ledgers& ledgers, store::Connection& connection, const RecordType& type);
  /// A reference's number (codes) or title (labels); other fields as written() or shown().
  std::string text(const Field& field, const Value& value, Wording wording) const;

 private:
  std::map<std::string, Register> registers_;
  std::map<std::string, bool> units_;
};

std::vector<std::string> heading_of(const RecordType& type, Wording wording);
/// Row by row, as the question asks for them.
void each_row(const Ledgers& ledgers, const RecordType& type, const Question& question, Wording wording,
              const std::function<void(std::vector<std::string>)>& take);

/// One line of CSV; a cell that a spreadsheet would take for a formula gets a ' before it.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace jiheng::ledgers
