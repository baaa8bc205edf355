// A ledger's records as texts, for pages and exports.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

/// How an export writes: fields by name and codes, as imports take them in again; or labels and words, as people read them.
enum class Wording { codes, labels };

/// What a type's records refer to, looked up as far as they do: registers may be large.
class ReferenceTexts {
 public:
  ReferenceTexts(const Ledgers& ledgers, const RecordType& type) : ledgers_(ledgers), type_(type) {}
  /// To be called with the records' values before their texts are asked for. Each entry is looked up once.
  void learn(store::Connection& connection, std::span<const std::span<const Value>> records);
  /// A reference's number (codes) or title (labels); other fields as written() or shown().
  std::string text(const Field& field, const Value& value, Wording wording) const;

 private:
  const Ledgers& ledgers_;
  const RecordType& type_;
  std::map<std::string, std::unordered_map<std::string, EntryTexts>> known_;  ///< by register
};

std::vector<std::string> heading_of(const RecordType& type, Wording wording);
/// Row by row, as the question asks for them, as they stood at one moment.
void each_row(const Ledgers& ledgers, const RecordType& type, const Question& question, Wording wording,
              const std::function<void(std::vector<std::string>)>& take);

/// One line of CSV. For people, a cell that a spreadsheet would take for a formula gets a ' before it; imports want it as it is.
std::string csv_line(const std::vector<std::string>& cells, Wording wording = Wording::labels);

/// The rows as a file: CSV, for Excel with the mark that tells it the encoding, or xlsx. Errors: those of writing::write_list().
struct TableFile {
  bool xlsx = false;
  bool mark = true;
  Wording wording = Wording::labels;
  std::string font_folder;
};
Result<std::string> table_file(const Ledgers& ledgers, const RecordType& type, const Question& question, const TableFile& how);

}  // namespace jiheng::ledgers
