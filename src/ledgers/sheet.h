// A table out of a file as rows of texts: CSV of any size, and whatever spreadsheets the readers know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/text_pool.h"

namespace jiheng::ledgers {

/// Texts are views into the pool and live as long as it.
class Sheet {
 public:
  std::size_t rows() const { return starts_.size(); }
  /// The row's cells, trimmed; rows may be of different length.
  std::size_t columns(std::size_t row) const { return end_of(row) - starts_[row]; }
  std::string_view at(std::size_t row, std::size_t column) const {
    return column < columns(row) ? cells_[starts_[row] + column] : std::string_view();
  }
  /// The row's number as people see it, from 1.
  std::uint32_t number(std::size_t row) const { return numbers_[row]; }

  reading::TextPool pool;

  void begin_row(std::uint32_t number) {
    starts_.push_back(cells_.size());
    numbers_.push_back(number);
  }
  void add(std::string_view cell) { cells_.push_back(cell); }
  /// Takes the row back that was begun last.
  void drop_row() {
    cells_.resize(starts_.back());
    starts_.pop_back();
    numbers_.pop_back();
  }

 private:
  std::size_t end_of(std::size_t row) const { return row + 1 < starts_.size() ? starts_[row + 1] : cells_.size(); }

  std::vector<std::string_view> cells_;
  std::vector<std::size_t> starts_;
  std::vector<std::uint32_t> numbers_;
};

/// The tables of a file, one for each sheet or table in it; blank rows are left out. Errors: those of reading::read_layout(),
/// wrong-encoding, no-rows.
Result<std::vector<Sheet>> read_sheets(std::string bytes);

/// The same out of reading/layout_json.h, for documents that a worker read because nobody knows where they come from.
Result<std::vector<Sheet>> sheets_of_layout(std::string_view layout_json);

/// Whether the bytes are plain text, which needs no worker.
bool is_plain_text(std::string_view bytes);

}  // namespace jiheng::ledgers
