// Goals in a form's head that are spread over several rows.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "reading/head.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t most_goal_rows = 200;  ///< that one goal may be spread over

/// Short words that end so and are no sentence.
template <std::size_t count>
bool ends_as(std::string_view text, std::size_t longest, const std::array<std::string_view, count>& ends) {
  if (text.size() > longest || std::none_of(ends.begin(), ends.end(), [&](std::string_view end) { return ends_with(text, end); }))
    return false;
  return !holds_digit(text) && !contains(text, "，") && !contains(text, "。") && !contains(text, "；");
}

bool names_result(std::string_view text) {
  constexpr std::size_t longest = 60;  // bytes
  constexpr std::array<std::string_view, 6> ends = {"完成情况", "实现情况", "完成情况综述", "完成情况说明", "完成情况概述", "完成结果"};
  return ends_as(text, longest, ends);
}

bool names_goal(std::string_view text) {
  constexpr std::size_t longest = 36;  // bytes
  constexpr std::array<std::string_view, 1> ends = {"目标"};
  return ends_as(text, longest, ends);
}

/// Behind the rows of the frame that stands left of a label, be it several labels further: 年度总体目标.
std::uint32_t framed_until(const GridView& grid, const Cell& label) {
  std::uint32_t until = label.row;
  for (std::uint32_t column = 0; column < label.column; ++column) {
    const Cell* cell = grid.at(label.row, column);
    if (cell != nullptr && grid.is_label(*cell) && cell->row_span > label.row_span) until = cell->row + cell->row_span;
  }
  return until;
}

}  // namespace

bool counts_goals(std::string_view text, bool whole) {
  constexpr std::string_view goal = "目标";
  const std::size_t at = text.find(goal);
  if (at == std::string_view::npos || at > 18) return false;
  std::string_view rest = text.substr(at + goal.size());
  const std::size_t before = rest.size();
  while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') rest.remove_prefix(1);
  if (rest.size() == before) return false;
  const bool ends = rest.empty() || rest == "：" || rest == ":";
  return ends || (!whole && (starts_with(rest, "：") || rest[0] == ':'));
}

/// A goal in several rows under its label, beside the frame that reaches down over them: one goal.
std::string_view Head::goal_below(const GridView& grid, const Cell& label, const Cell& value) {
  std::string_view goal = grid.text(value);
  const std::uint32_t end = std::min(grid.rows(), value.row + most_goal_rows);
  const Cell* frame = label.column == 0 ? nullptr : grid.at(label.row, label.column - 1);
  if (frame == nullptr) return goal;
  for (std::uint32_t row = value.row + value.row_span; row < end; ++row) {
    const Cell* next = grid.at(row, value.column);
    const auto cells = grid.filled(row);
    if (next == nullptr || next->row != row || next->column != value.column || grid.blank(*next) || cells.empty()) break;
    // Where no cell is merged only what counts on tells that the frame reaches down.
    const Cell& first = *cells.front();
    const bool framed = grid.from_lines() || !grid.merges_columns()
                            ? first.column > 0 && counts_goals(grid.text(first), false)
                            : next->column_span == value.column_span && row < framed_until(grid, label);
    if (!framed || grid.is_label(*next) || grid.is_level(*next) || grid.column(*next) != Column::none) break;
    goal = texts_.join({goal, grid.text(*next)});
    taken_.push_back(next);
  }
  return goal;
}

/// A goal in several rows beside its label, each alone in its row or behind 目标1, 目标2: one goal.
std::string_view Head::goal_of_rows(const GridView& grid, const Cell& label, const Cell& value) {
  if (value.row > label.row) return goal_below(grid, label, value);
  std::string_view goal = grid.text(value);
  if (value.column <= label.column) return goal;
  const auto behind = [&](const Cell& number) -> const Cell* {
    const Cell* cell = grid.at(number.row, number.column + number.column_span);
    return cell == nullptr || cell->row != number.row || grid.blank(*cell) || grid.is_label(*cell) ? nullptr : cell;
  };
  const auto add = [&](const Cell& cell, std::string_view between) {
    goal = texts_.join({goal, between, grid.text(cell)});
    taken_.push_back(&cell);
  };
  if (counts_goals(goal, true)) {
    if (const Cell* text = behind(value)) add(*text, " ");
  }
  // In plain text only what counts on tells that the label reaches down.
  const std::uint32_t end = std::min(grid.from_lines() ? grid.rows() : label.row + label.row_span, value.row + most_goal_rows);
  for (std::uint32_t row = value.row + value.row_span; row < end; ++row) {
    const auto cells = grid.filled(row);
    if (cells.empty() && !grid.from_lines()) continue;
    if (cells.empty() || cells.front()->column != value.column) break;
    const Cell& first = *cells.front();
    const bool counted = cells.size() == 2 && counts_goals(grid.text(first), true) && behind(first) == cells[1];
    std::string_view rest;
    const bool names_another =
        grid.is_label(first) || grid.is_level(first) || grid.column(first) != Column::none || grid.inline_label(first, rest) != Label::none;
    if (!counted && (cells.size() > 1 || names_another || (grid.from_lines() && !counts_goals(grid.text(first), false)))) break;
    add(first, "");
    if (counted) add(*cells[1], " ");
  }
  return goal;
}

/// 年度绩效目标1 | …, 年度绩效目标2 | … one below the other: together they are the goal.
bool Head::numbered_goal(const GridView& grid, const Cell& cell) {
  std::string_view name = grid.text(cell);
  if (!counts_goals(name, true)) return false;
  while (!name.empty() && (name.back() < '0' || name.back() > '9')) name.remove_suffix(1);
  while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.remove_suffix(1);
  const Label label = label_of(name);
  std::uint32_t right = cell.column + cell.column_span;
  const Cell* value = grid.at(cell.row, right);
  const bool leaves_blanks = grid.from_lines() || !grid.merges_columns();
  while (leaves_blanks && value != nullptr && grid.blank(*value)) value = grid.at(cell.row, ++right);
  if (!is_goal_label(label) || label == Label::goal_result || value == nullptr || value->row != cell.row || grid.blank(*value) ||
      grid.is_label(*value) || grid.column(*value) != Column::none)
    return false;
  views::Text& goal = label == Label::long_term_goal ? table_.long_term_goal : table_.annual_goal;
  // A goal without a number above them says it all already.
  if (goal && (numbered_ != label || ++numbered_goals_ > most_goal_rows)) return false;
  goal = goal ? texts_.join({*goal, grid.text(*value)}) : grid.text(*value);
  numbered_ = label;
  taken_.push_back(value);
  return true;
}

bool heads_texts(const GridView& grid, const Cell& label, const Cell& next) {
  if (next.row_span > 1 || next.row != label.row) return false;
  const auto text_under = [&](const Cell& cell) {
    const Cell* below = grid.at(label.row + 1, cell.column);
    return below != nullptr && below->row == label.row + 1 && below->column == cell.column && !grid.blank(*below) && !grid.is_label(*below);
  };
  if (!text_under(next)) return false;
  // The frame round both: 年度总体目标 | words | 实际完成情况.
  if (label.row_span > 1) {
    const auto cells = grid.filled(label.row);
    return std::any_of(cells.begin(), cells.end(), [&](const Cell* cell) {
      return cell->column > next.column && grid.label(*cell) == Label::goal_result && text_under(*cell);
    });
  }
  return text_under(label) && framed_until(grid, label) > label.row + 1;
}

Label label_beside(const GridView& grid, const Cell& cell) {
  const Label label = grid.label(cell);
  if ((label != Label::goal_frame && label != Label::none) || cell.column == 0) return label;
  const std::string_view text = grid.text(cell);
  const bool result = names_result(text);
  if (!result && (label != Label::none || !names_goal(text))) return label;
  const auto cells = grid.filled(cell.row);
  const auto own = std::find(cells.begin(), cells.end(), &cell);
  if (own == cells.end()) return label;
  if (result) {
    const bool goal = std::any_of(cells.begin(), own, [&](const Cell* left) {
      const Label beside = grid.label(*left);
      return beside == Label::annual_goal || (beside == Label::none && names_goal(grid.text(*left)));
    });
    return goal ? Label::goal_result : label;
  }
  // Both words head what stands below them; 年度目标 | 完成工作目标 | 完成情况 | 已完成 are pairs.
  const bool last_but_one = cells.end() - own == 2;
  return last_but_one && (grid.label(**(own + 1)) == Label::goal_result || names_result(grid.text(**(own + 1)))) ? Label::annual_goal
                                                                                                                 : label;
}

bool Head::has_goal(Label label) const {
  switch (label) {
    case Label::annual_goal:
    case Label::goal_frame:
      return table_.annual_goal.has_value();
    case Label::long_term_goal:
      return table_.long_term_goal.has_value();
    case Label::goal_result:
      return table_.goal_result.has_value();
    default:
      return true;
  }
}

}  // namespace jiheng::reading
