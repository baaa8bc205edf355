// All declared types and measures together, checked against each other.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledgers/declaration.h"

namespace jiheng::ledgers {

/// Immutable; lives as long as those who use it. Threads may share it.
class Catalogue {
 public:
  /// Of the program's declarations and, over them, those of a county's own folder (a file of the same name replaces the program's).
  /// Errors: those of read_declarations(), declaration-shape.
  static Result<Catalogue> of_files(std::span<const embedded::File> files);
  /// The program's own alone.
  static const Catalogue& shipped();

  const std::vector<RecordType>& types() const { return types_; }
  const std::vector<Measure>& measures() const { return measures_; }
  const std::vector<Paper>& papers() const { return papers_; }
  /// A desk's first page; null where none is declared.
  const DeskPage* page(std::string_view desk) const;
  const RecordType* type(std::string_view name) const;
  const Measure* measure(std::string_view id) const;

 private:
  std::vector<RecordType> types_;
  std::vector<Measure> measures_;
  std::vector<Paper> papers_;
  std::vector<DeskPage> pages_;
};

/// Names of the computations that measures may be `computed` by, which the program has (measures.h).
std::span<const std::string_view> computation_names();

}  // namespace jiheng::ledgers
