#include "reading/cell_budget.h"

#include <string>

namespace jiheng::reading {

std::optional<Error> CellBudget::check(std::uint64_t rows, std::uint64_t columns) const {
  if (holds(rows, columns)) return std::nullopt;
  return Error{"too-many-cells",
               "文件里的表格太大，单元格超过" + std::to_string(limits_.cells) +
                   "个，不像绩效目标表。请只保留要报送的表格，删去多余的空行空列后再上传。",
               {}};
}

std::optional<Error> CellBudget::take(std::uint64_t rows, std::uint64_t columns) {
  if (auto error = check(rows, columns)) return error;
  slots_ += rows * columns;
  if (++tables_ > limits_.tables) {
    return Error{"too-many-cells", "文件里的表格超过" + std::to_string(limits_.tables) + "张。请分成几个文件再上传。", {}};
  }
  return std::nullopt;
}

std::optional<Error> CellBudget::take_paragraph() {
  if (slots_ < limits_.cells) {
    ++slots_;
    return std::nullopt;
  }
  return Error{
      "too-large", "文件里的文字太多，超过" + std::to_string(limits_.cells) + "段，不像绩效目标表。请只保留要报送的表格后再上传。", {}};
}

}  // namespace jiheng::reading
