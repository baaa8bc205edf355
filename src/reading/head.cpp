#include "reading/head.h"

#include <algorithm>

#include "base/byte_search.h"
#include "base/text.h"
#include "reading/amount.h"
#include "reading/ticks.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t most_goal_rows = 200;  ///< that one goal may be spread over

void set_once(views::Text& field, std::string_view text) {
  if (!field && !text.empty()) field = text;
}

/// 填报单位 names whose form it is; 部门（单位）名称 comes next, 实施单位 last.
int unit_rank(std::string_view label) {
  const std::string name = fold_label(label, true);
  for (const std::string_view word : {"填", "编", "申"}) {
    if (starts_with(name, word)) return 3;
  }
  return contains(name, "部门") || name == "单位名称" || contains(name, "预算") ? 2 : 1;
}

/// 实施单位, 项目单位, 承担单位: who carries the project out.
bool names_implementing(std::string_view label) {
  for (const std::string_view word : {"实施", "执行", "承担", "项目单位", "建设", "使用", "用款"}) {
    if (contains(label, word)) return true;
  }
  return false;
}

/// 填报单位：（盖章）某局: where the stamp goes is no part of the name.
std::string_view without_stamp(std::string_view text) {
  for (const std::string_view stamp : {"（盖章）", "(盖章)", "（公章）", "(公章)", "（签章）", "(签章)"}) {
    if (starts_with(text, stamp)) return trim(text.substr(stamp.size()));
    if (ends_with(text, stamp)) return trim(text.substr(0, text.size() - stamp.size()));
  }
  return text;
}

views::Text money_unit_of(std::string_view text) {
  if (contains(text, "万元")) return "万元";
  if (contains(text, "亿元") || contains(text, "千元")) return std::nullopt;
  if (contains(text, "元")) return "元";
  return std::nullopt;
}

bool is_goal(Label label) {
  return label == Label::annual_goal || label == Label::long_term_goal || label == Label::goal_result || label == Label::goal_frame;
}

bool is_amount(Label label) {
  return is_budget_label(label) || label == Label::amount || label == Label::amount_total;
}

/// The amount of "96万元，其中：财政拨款90万元" and "96万元（其中财政拨款90万元）": what it is made of stands behind it.
views::Text amount_with_parts(std::string_view text, TextPool& texts) {
  if (const views::Text whole = amount_of(text, texts)) return whole;
  const std::size_t parts = text.find("其中");
  if (parts == std::string_view::npos) return std::nullopt;
  std::string_view front = trim(text.substr(0, parts));
  for (const std::string_view sign : {"，", ",", "；", ";", "。", "（", "(", "、"}) {
    if (ends_with(front, sign)) return amount_of(trim(front.substr(0, front.size() - sign.size())), texts);
  }
  return amount_of(front, texts);
}

/// Labels whose value may stand under them.
bool may_stand_above(Label label) {
  return is_goal(label) || is_amount(label);
}

/// Two different years in one label: 总体绩效目标（2026-2028年期间）, 2024年至2026年目标.
bool names_span_of_years(std::string_view text) {
  std::string_view first;
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    if (text.substr(at, 2) != "20") continue;
    const std::string_view year = text.substr(at, 4);
    if (year.find_first_not_of("0123456789") != std::string_view::npos) continue;
    if (!first.empty() && year != first) return true;
    first = year;
    at += 3;
  }
  return false;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

bool is_label(const GridView& grid, const Cell& cell) {
  return grid.label(cell) != Label::none;
}

bool heads_one_project(Label label) {
  return label == Label::project_name || label == Label::unit_name || label == Label::department || label == Label::project_category ||
         label == Label::period;
}

/// 项目名称 | 主管部门 | 实施单位 over the values of one project: labels alone, one row below them, and then the form goes on. A list has
/// more.
bool heads_one_row(const GridView& grid, const Cell& cell) {
  constexpr std::size_t least = 3;
  const auto labels = grid.filled(cell.row);
  if (labels.size() < least || !std::all_of(labels.begin(), labels.end(), [&](const Cell* c) { return is_label(grid, *c); })) return false;
  const Cell* below = grid.at(cell.row + cell.row_span, cell.column);
  if (below == nullptr || below->row != cell.row + cell.row_span || grid.blank(*below)) return false;
  const auto values = grid.filled(below->row);
  if (std::any_of(values.begin(), values.end(), [&](const Cell* c) { return is_label(grid, *c) || grid.is_level(*c); })) return false;
  const auto after = grid.filled(below->row + below->row_span);
  if (after.empty()) return false;
  std::string_view rest;
  const Cell& first = *after.front();
  return is_label(grid, first) || grid.inline_label(first, rest) != Label::none || grid.column(first) != Column::none;
}

bool is_amount_below(const GridView& grid, const Cell& cell) {
  const Cell* below = grid.at(cell.row + cell.row_span, cell.column);
  return below != nullptr && below->row == cell.row + cell.row_span && reads_as_amount(grid.stored(*below));
}

/// A short frame with the money's unit in brackets.
bool names_money_unit(std::string_view text) {
  constexpr std::size_t longest = 48;  // bytes
  if (text.size() > longest || (!contains(text, "资金") && !contains(text, "预算") && !contains(text, "金额"))) return false;
  for (const std::string_view unit : {"（万元）", "(万元)", "（元）", "(元)", "单位：万元", "单位:万元", "单位：元"}) {
    if (contains(text, unit)) return true;
  }
  return false;
}

/// "2026年", "（2026年度）" or "（2026年1-6月）" alone.
bool is_year_line(std::string_view text) {
  constexpr std::size_t longest = 36;  // bytes
  if (text.size() > longest || !has_character<U'年'>(text) || !year_of(text)) return false;
  const std::string line = fold_label(text);
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(line, at);
    if ((c >= '0' && c <= '9') || c == '-' || c == '~' || c == 0x2014 || c == 0xFF5E) continue;
    constexpr std::string_view of_time = "年月度至上下半季第一二三四底";
    bool known = false;
    for (std::size_t k = 0; k < of_time.size() && !known; k += 3)
      known = of_time.substr(k, 3) == std::string_view(line).substr(from, at - from);
    if (!known) return false;
  }
  return true;
}

/// "☑新增项目 □延续项目" → 新增项目; as printed where nothing, or more than one, is ticked.
std::string_view choice_of(std::string_view text, TextPool& texts) {
  const std::string_view chosen = ticked_choice(text, texts);
  return chosen.empty() ? text : chosen;
}

/// "2026年3月5日", "2026-03-05".
bool is_date(std::string_view text) {
  if (text.size() < std::string_view("2026-1-1").size() || text.size() > 24 || text[0] != '2' || text[1] != '0') return false;
  return ends_with(text, "日") || text.find_first_not_of("0123456789-./") == std::string_view::npos;
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 || c == 0xA0;
}

/// The pieces of a line between white space.
std::vector<std::string_view> pieces(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    if (!is_space(next_code_point(text, at))) continue;
    if (here > from) found.push_back(text.substr(from, here - from));
    from = at;
  }
  if (from < text.size()) found.push_back(text.substr(from));
  return found;
}

}  // namespace

bool Head::assign_unit_name(std::string_view printed_label, std::string_view text) {
  // "单位：万元" names no unit.
  if (text == "万元" || text == "元" || text == "亿元" || text == "千元") {
    if (!table_.money_unit) table_.money_unit = money_unit_of(text);
    return true;
  }
  text = without_stamp(text);
  const int rank = unit_rank(printed_label);
  if (rank == 1 && names_implementing(printed_label)) set_once(implementing_, text);
  if (rank > unit_rank_ && !text.empty()) {
    unit_rank_ = rank;
    table_.unit_name = text;
  }
  return true;
}

bool Head::assign_budget(Label label, std::string_view text) {
  views::Text* field = nullptr;
  switch (label) {
    case Label::budget_total:
      field = &budget_.total;
      break;
    case Label::general_public:
      field = &budget_.general_public;
      break;
    case Label::government_fund:
      field = &budget_.government_fund;
      break;
    case Label::special_account:
      field = &budget_.special_account;
      break;
    case Label::other_funds:
      field = &budget_.other;
      break;
    case Label::basic:
      field = &budget_.basic;
      break;
    case Label::project_expenditure:
      field = &budget_.project;
      break;
    case Label::state_capital:
      field = &budget_.state_capital;
      break;
    case Label::fiscal_appropriation:
      field = &budget_.fiscal_appropriation;
      break;
    default:
      return false;
  }
  // Words are no amount.
  if (*field || !has_digit(text)) return true;
  any_budget_ = true;
  *field = amount_with_parts(text, texts_).value_or(text);
  if (!table_.money_unit) table_.money_unit = money_unit_of(text);
  return true;
}

bool Head::assign(Label label, std::string_view printed_label, std::string_view text, std::string_view stored, std::string_view bracket) {
  if (!bracket.empty() && !table_.money_unit) table_.money_unit = bracket;
  const auto amount = [&](views::Text& field) {
    if (field || stored.empty()) return;
    field = amount_with_parts(stored, texts_).value_or(text);
    if (!table_.money_unit) table_.money_unit = money_unit_of(text);
  };
  switch (label) {
    case Label::unit_name:
      return assign_unit_name(printed_label, text);
    case Label::department:
      set_once(table_.department, text);
      own_department_ = own_department_ || !contains(printed_label, "主管");
      return true;
    case Label::project_name:
      set_once(table_.project_name, text);
      break;
    case Label::project_category:
      set_once(table_.project_category, choice_of(text, texts_));
      break;
    case Label::project_attribute:
      set_once(attribute_, choice_of(text, texts_));
      return true;
    case Label::period:
      set_once(table_.period, text);
      break;
    case Label::period_start:
      set_once(period_start_, text);
      return true;
    case Label::period_end:
      set_once(period_end_, text);
      return true;
    case Label::amount:
      amount(table_.amount);
      if (contains(printed_label, "资金总额") && !whole_amount_ && reads_as_amount(stored)) whole_amount_ = table_.amount;
      break;
    case Label::amount_total:
      amount(table_.amount_total);
      break;
    case Label::funds_frame:
      // 项目资金：35万元
      if (!amount_with_parts(stored, texts_)) return false;
      amount(table_.amount);
      break;
    case Label::goal_frame:
      // 总体绩效目标（2026-2028年期间）
      set_once(names_span_of_years(printed_label) ? table_.long_term_goal : table_.annual_goal, text);
      break;
    case Label::annual_goal:
      set_once(table_.annual_goal, text);
      // 预算年度（2026年）绩效目标
      if (!table_.year && contains(printed_label, "预算年度")) table_.year = year_of(printed_label);
      break;
    case Label::long_term_goal:
      set_once(table_.long_term_goal, text);
      break;
    case Label::goal_result:
      set_once(table_.goal_result, text);
      break;
    case Label::tasks:
      if (!text.empty()) table_.tasks.push_back({std::nullopt, text, std::nullopt, std::nullopt});
      break;
    case Label::money_unit:
      if (!table_.money_unit) table_.money_unit = money_unit_of(text);
      return true;
    case Label::year: {
      std::string year(text);
      if (!contains(year, "年")) year += "年";
      if (!table_.year) table_.year = year_of(year);
      return true;
    }
    case Label::total_score:
      set_once(table_.total_score, amount_of(stored, texts_).value_or(""));
      return true;
    case Label::score:
      // 自评得分 in the form's head is the whole form's; 得分 alone may be that of the money.
      if (!contains(printed_label, "自评") && !contains(printed_label, "评价")) return false;
      set_once(table_.total_score, amount_of(stored, texts_).value_or(""));
      return !text.empty();
    default:
      return is_budget_label(label) ? assign_budget(label, stored) : label == Label::person;
  }
  return true;
}

bool Head::inline_labels(std::string_view text) {
  struct Segment {
    Label label;
    std::string_view printed;
    std::string_view value;
  };
  std::vector<Segment> segments;
  for (const std::string_view piece : pieces(text)) {
    // "编制单位：某局  2026年度  单位：万元": a year or a date of its own belongs to no label.
    if (is_year_line(piece)) {
      if (!table_.year) table_.year = year_of(piece);
      continue;
    }
    if (!segments.empty() && segments.back().label == Label::unit_name && is_date(piece)) continue;
    std::string_view rest;
    const Label label = inline_label_of(piece, rest);
    if (label != Label::none) {
      segments.push_back({label, piece.substr(0, static_cast<std::size_t>(rest.data() - piece.data())), rest});
    } else if (!segments.empty()) {
      std::string_view& value = segments.back().value;
      value = value.empty() ? piece : texts_.join({value, " ", piece});
    } else {
      return false;
    }
  }
  for (const Segment& segment : segments) {
    const std::string_view value = texts_.normal(segment.value);
    assign(segment.label, segment.printed, value, value, money_unit_in(segment.printed));
  }
  return !segments.empty();
}

namespace {

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

/// 填报单位：某市疾病预防控制 over 中心: the cell was too narrow for the name.
bool is_rest_of_name(std::string_view line, std::string_view next) {
  constexpr std::size_t longest = 60;  // bytes
  std::string_view name;
  const Label label = inline_label_of(line, name);
  if ((label != Label::unit_name && label != Label::department && label != Label::project_name) || trim(name).empty()) return false;
  const std::string rest = normalise(next);
  if (rest.empty() || rest.size() > longest || rest.find_first_of(":0123456789 ") != std::string::npos || contains(rest, "："))
    return false;
  return label_of(rest) == Label::none;
}

}  // namespace

bool Head::line(std::string_view text) {
  // "其中：一般公共预算：1740"
  for (const std::string_view of_which : {"其中：", "其中:"}) {
    if (starts_with(text, of_which)) text.remove_prefix(of_which.size());
  }
  if (is_year_line(text)) {
    if (!table_.year) table_.year = year_of(text);
    return true;
  }
  std::string_view whole;
  // A label whose words are set apart by white space ("单 位：某局") is read whole.
  if (inline_labels(text)) return true;
  const Label label = inline_label_of(text, whole);
  if (label == Label::none) {
    const std::string_view bare = trim(texts_.normal(text));
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
      if (starts_with(bare, open) && ends_with(bare, close))
        return line(bare.substr(open.size(), bare.size() - open.size() - close.size()));
    }
    return false;
  }
  const std::string_view value = texts_.normal(whole);
  return assign(label, text, value, value, {});
}

const Cell* Head::value_of(const GridView& grid, const Cell& cell, Label label) const {
  std::uint32_t right = cell.column + cell.column_span;
  const Cell* next = grid.at(cell.row, right);
  // A column without any text of its own only sets the value apart.
  const bool nothing = next == nullptr || (grid.blank(*next) && next->column_span == 1);
  if (nothing && !grid.from_lines() && right < grid.columns() && grid.is_blank_column(right)) next = grid.at(cell.row, ++right);
  if (grid.from_lines()) {
    // Merged cells of plain text leave blank ones behind.
    for (std::uint32_t column = right; column < grid.columns() && (next == nullptr || grid.blank(*next)); ++column)
      next = grid.at(cell.row, column);
  }
  if (next != nullptr && !grid.blank(*next)) {
    // A name of a column is no goal: 年初目标值 | 实际完成值.
    const bool heads_column = is_goal(label) && (grid.column(*next) != Column::none || grid.is_level(*next));
    // 项目本年度预算 | 项目主要支出方向 over 300: an unknown name beside an amount's, and the amount below.
    const bool heads_amount = is_amount(label) && !has_digit(grid.text(*next)) && is_amount_below(grid, cell);
    if (!is_label(grid, *next) && !heads_amount) return heads_column ? nullptr : next;
    // A project may be called 基本支出.
    const Label beside = grid.label(*next);
    if (label == Label::project_name && (is_budget_label(beside) || is_fund_column(beside)) && !grid.from_lines()) return next;
  } else if (next != nullptr && !is_budget_label(label) && !(grid.from_lines() && is_goal(label))) {
    return nullptr;  // the place for the value is there, and empty; in plain text it may be the rest of a merged label
  }
  if (next != nullptr && is_label(grid, *next) && heads_one_project(label) && heads_one_row(grid, cell))
    return grid.at(cell.row + cell.row_span, cell.column);
  if (!may_stand_above(label)) return nullptr;
  // Over several rows, or beside a goal with a text of its own, it is the frame round the labels beside it.
  if (is_goal(label) && next != nullptr) {
    const Cell* text = is_goal(grid.label(*next)) ? grid.at(next->row, next->column + next->column_span) : nullptr;
    const bool beside_goal =
        text != nullptr && text->row == next->row && !grid.blank(*text) && !is_label(grid, *text) && grid.column(*text) == Column::none;
    if (cell.row_span > 1 || beside_goal) return nullptr;
  }
  const Cell* below = grid.at(cell.row + cell.row_span, cell.column);
  if (below == nullptr || below->row != cell.row + cell.row_span || grid.blank(*below) || is_label(grid, *below) ||
      grid.column(*below) != Column::none)
    return nullptr;
  // Under its neighbour as well it is a line over the rows that follow.
  if (is_goal(label) && next != nullptr && !grid.from_lines() && below->column + below->column_span > next->column) return nullptr;
  if (is_budget_label(label) && !reads_as_amount(grid.stored(*below))) return nullptr;
  return below;
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

void Head::list_value(Label label, std::string_view printed, std::string_view text, std::string_view stored, bool of_unit) {
  if (text.empty()) return;
  const std::string_view bracket = label_of(printed) == Label::none ? std::string_view() : money_unit_in(printed);
  if (is_fund_column(label) || label == Label::amount) {
    const views::Text amount = amount_of(stored, texts_);
    set_fund(list_money_, label == Label::amount ? Label::fund_budget : label, amount);
  }
  switch (label) {
    case Label::unit_name:
      table_.unit_name = text;
      break;
    case Label::task_amount:
    case Label::fund_initial:
    case Label::fund_budget:
    case Label::budget_total:
      assign(of_unit ? label : Label::amount, printed, text, stored, bracket);
      break;
    default:
      assign(label, printed, text, stored, bracket);
  }
  substance_ = true;
}

/// What stands beside an amount: its unit, or the rest of a number that was set over two cells. False where it is no whole amount.
bool Head::settle_amount(const GridView& grid, const Cell& value) {
  std::uint32_t right = value.column + value.column_span;
  const Cell* beside = grid.at(value.row, right);
  while (grid.from_lines() && beside != nullptr && grid.blank(*beside)) beside = grid.at(value.row, ++right);
  if (beside == nullptr || grid.blank(*beside)) return true;
  const std::string_view text = grid.text(*beside);
  if (text == "万元" || text == "元") {
    if (!table_.money_unit) table_.money_unit = text;
    return true;
  }
  const bool rest =
      text.size() > 1 && (text[0] == '.' || text[0] == ',') && text.find_first_not_of("0123456789.,") == std::string_view::npos;
  if (!rest || !reads_as_amount(grid.stored(value))) return true;
  notes_.push_back({"value-unread", texts_.join({"金额“", grid.text(value), "”和“", text, "”分在两格里，没有读入，请核对原文。"}),
                    std::nullopt, std::nullopt, grid.source(value)});
  taken_.push_back(beside);
  return false;
}

namespace {

/// 目标1, 年度目标2, and 目标1：… where there is more: it counts the goals of a form.
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

/// Behind the rows of the frame that stands left of a label, be it several labels further: 年度总体目标.
std::uint32_t framed_until(const GridView& grid, const Cell& label) {
  std::uint32_t until = label.row;
  for (std::uint32_t column = 0; column < label.column; ++column) {
    const Cell* cell = grid.at(label.row, column);
    if (cell != nullptr && is_label(grid, *cell) && cell->row_span > label.row_span) until = cell->row + cell->row_span;
  }
  return until;
}

}  // namespace

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
    // In plain text only what counts on tells that the frame reaches down.
    const Cell& first = *cells.front();
    const bool framed = grid.from_lines() ? first.column > 0 && counts_goals(grid.text(first), false)
                                          : next->column_span == value.column_span && row < framed_until(grid, label);
    if (!framed || is_label(grid, *next) || grid.is_level(*next) || grid.column(*next) != Column::none) break;
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
    return cell == nullptr || cell->row != number.row || grid.blank(*cell) || is_label(grid, *cell) ? nullptr : cell;
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
    const bool names_another = is_label(grid, first) || grid.is_level(first) || grid.column(first) != Column::none ||
                               grid.inline_label(first, rest) != Label::none;
    if (!counted && (cells.size() > 1 || names_another || (grid.from_lines() && !counts_goals(grid.text(first), false)))) break;
    add(first, "");
    if (counted) add(*cells[1], " ");
  }
  return goal;
}

bool Head::label_cell(const GridView& grid, const Cell& cell, Label label, std::string_view bracket) {
  if (label == Label::long_term_goal) long_term_column_ = cell.column;
  if (label == Label::annual_goal) annual_column_ = cell.column;
  if (label == Label::tasks) tasks_frame_ = &cell;
  if (label == Label::funds_frame) funds_frame_ = &cell;
  // 2024年预算 beside 2025年预算, 2024年目标 beside 2025年目标: another year's.
  if ((label == Label::amount || label == Label::goal_frame || label == Label::annual_goal) && table_.year) {
    if (const auto year = year_of(grid.text(cell)); year && *year != *table_.year) {
      if (const Cell* other = value_of(grid, cell, label)) taken_.push_back(other);
      return true;
    }
  }
  const Cell* value = value_of(grid, cell, label);
  // 预算资金（万元） | 320.00: the frame has no rows of its own, it is the amount's label.
  if (label == Label::funds_frame && cell.row_span == 1 && value != nullptr && reads_as_amount(grid.stored(*value))) label = Label::amount;
  // 年度预算申请 | 资金总额：1860: a frame round a label with its own amount.
  if (value != nullptr && (is_amount(label) || label == Label::funds_frame)) {
    std::string_view amount;
    if (const Label inner = inline_label_of(grid.text(*value), amount); inner != Label::none && inner != Label::person) value = nullptr;
  }
  if (value == nullptr) return assign(label, grid.text(cell), {}, {}, bracket);
  taken_.push_back(value);
  if (is_amount(label) && !settle_amount(grid, *value)) return true;
  const std::string_view text = is_goal(label) ? goal_of_rows(grid, cell, *value) : grid.text(*value);
  // Amounts alone are no evidence: every budget table has them.
  const bool tells = label == Label::project_name || is_goal(label);
  // A goal that is itself "label：text" in the frame's cell: 预期目标：…
  std::string_view rest;
  if (is_goal(label)) {
    if (const Label inner = inline_label_of(text, rest); is_goal(inner)) {
      substance_ = true;
      return assign(inner, text, rest, rest, bracket);
    }
  }
  // 自2025年1月 | 至2026年12月
  std::uint32_t right = value->column + value->column_span;
  const Cell* to = label == Label::period ? grid.at(value->row, right) : nullptr;
  while (grid.from_lines() && to != nullptr && grid.blank(*to)) to = grid.at(value->row, ++right);
  if (to != nullptr && to->row == value->row && starts_with(grid.text(*to), "至")) {
    taken_.push_back(to);
    return assign(label, grid.text(cell), texts_.join({text, grid.text(*to)}), {}, bracket);
  }
  const bool understood = assign(label, grid.text(cell), text, grid.stored(*value), bracket);
  substance_ = substance_ || (tells && understood);
  return understood;
}

namespace {

/// The label of a cell; 年度总体目标完成情况 right of 年初设定目标 is what came of it, not a frame.
Label label_beside(const GridView& grid, const Cell& cell) {
  const Label label = grid.label(cell);
  if (label != Label::goal_frame || cell.column == 0 || !contains(grid.text(cell), "完成情况")) return label;
  const Cell* left = nullptr;
  for (const Cell* other : grid.filled(cell.row)) {
    if (other->column >= cell.column) break;
    left = other;
  }
  return left != nullptr && grid.label(*left) == Label::annual_goal ? Label::goal_result : label;
}

/// 2、资金结构：（1）基本支出: the first of a group's labels, behind the group's name.
Label budget_label_behind(std::string_view text) {
  constexpr std::size_t longest = 60;  // bytes
  if (text.size() > longest || !contains(text, "资金") || contains(text, "其中")) return Label::none;
  const std::size_t wide = text.rfind("：");
  const std::size_t plain = text.rfind(':');
  if (wide == std::string_view::npos && plain == std::string_view::npos) return Label::none;
  const bool is_wide = plain == std::string_view::npos || (wide != std::string_view::npos && wide > plain);
  const Label label = label_of(text.substr(is_wide ? wide + std::string_view("：").size() : plain + 1));
  return is_budget_label(label) ? label : Label::none;
}

}  // namespace

/// 年度绩效目标1 | …, 年度绩效目标2 | … one below the other: together they are the goal.
bool Head::numbered_goal(const GridView& grid, const Cell& cell) {
  std::string_view name = grid.text(cell);
  if (!counts_goals(name, true)) return false;
  while (!name.empty() && (name.back() < '0' || name.back() > '9')) name.remove_suffix(1);
  while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.remove_suffix(1);
  const Label label = label_of(name);
  std::uint32_t right = cell.column + cell.column_span;
  const Cell* value = grid.at(cell.row, right);
  while (grid.from_lines() && value != nullptr && grid.blank(*value)) value = grid.at(cell.row, ++right);
  if (!is_goal(label) || label == Label::goal_result || value == nullptr || value->row != cell.row || grid.blank(*value) ||
      is_label(grid, *value) || grid.column(*value) != Column::none)
    return false;
  views::Text& goal = label == Label::long_term_goal ? table_.long_term_goal : table_.annual_goal;
  // A goal without a number above them says it all already.
  if (goal && (numbered_ != label || ++numbered_goals_ > most_goal_rows)) return false;
  goal = goal ? texts_.join({*goal, grid.text(*value)}) : grid.text(*value);
  numbered_ = label;
  taken_.push_back(value);
  return true;
}

bool Head::row(const GridView& grid, std::uint32_t row) {
  std::erase_if(taken_, [&](const Cell* cell) { return cell->row < row; });
  if (open_tasks(grid, row) || open_funds(grid, row)) return true;
  if (!funds_.empty() && fund_row(grid, row)) return true;
  if (tasks_ && task_row(grid, row)) return true;
  bool understood = false;
  bool under_labels = false;
  std::vector<const Cell*> unread;
  const auto cells = grid.filled(row);
  const auto several_years = [&] {
    return std::count_if(cells.begin(), cells.end(), [&](const Cell* cell) { return is_year_line(grid.text(*cell)); }) > 1;
  };
  for (const Cell* cell : cells) {
    if (std::find(taken_.begin(), taken_.end(), cell) != taken_.end()) {
      understood = under_labels = true;
      continue;
    }
    const std::string_view text = grid.text(*cell);
    const Label label = label_beside(grid, *cell);
    if (label != Label::none) {
      understood = label_cell(grid, *cell, label, money_unit_in(text)) || understood;
      continue;
    }
    if (const Label behind = budget_label_behind(text); behind != Label::none) {
      understood = label_cell(grid, *cell, behind, money_unit_in(text)) || understood;
      continue;
    }
    if (numbered_goal(grid, *cell)) {
      understood = substance_ = true;
      continue;
    }
    // 2024年 beside 2025年 are columns of other years, not the form's.
    if (is_year_line(text) && several_years()) {
      understood = true;
      continue;
    }
    // Several labels in one cell stand in lines of their own.
    bool any = false;
    std::string_view raw = cell->printed();
    while (!raw.empty()) {
      const std::string_view first = first_line(raw);
      const std::string_view second = first_line(raw.substr(std::min(first.size() + 1, raw.size())));
      std::size_t end = first.size();
      if (grid.is_printed() && is_rest_of_name(first, second)) {
        end += 1 + second.size();
        any = line(texts_.join({first, second})) || any;
      } else {
        any = line(first) || any;
      }
      raw.remove_prefix(std::min(end + 1, raw.size()));
    }
    understood = understood || any;
    if (!any) unread.push_back(cell);
    // 项目资金申请（万元）: whatever the frame is called, it tells the money's unit.
    if (!any && !table_.money_unit && names_money_unit(text)) table_.money_unit = money_unit_of(text);
  }
  note_two_forms(grid, row);
  if (under_labels) {
    for (const Cell* cell : unread) note_unread(grid, *cell);
  }
  return understood;
}

/// 项目名称 | 甲 | 项目名称 | 乙: two forms side by side are no one project's.
void Head::note_two_forms(const GridView& grid, std::uint32_t row) {
  const Cell* first = nullptr;
  for (const Cell* cell : grid.filled(row)) {
    if (grid.label(*cell) != Label::project_name) continue;
    const Cell* value = grid.at(row, cell->column + cell->column_span);
    if (value == nullptr || grid.blank(*value) || is_label(grid, *value)) continue;
    if (first != nullptr && grid.text(*first) == grid.text(*cell)) {
      notes_.push_back({"forms-side-by-side",
                        texts_.join({"这一行有两个“", grid.text(*cell), "”，像是两张表左右并排，指标可能混在一起，请分开后重读。"}),
                        std::nullopt, std::nullopt, grid.source(*value)});
      return;
    }
    if (first == nullptr) first = cell;
  }
}

/// A number among the values under a row of labels that has no label over it, or is no clean amount.
void Head::note_unread(const GridView& grid, const Cell& cell) {
  constexpr std::size_t longest_amount = 30;  // bytes
  const std::string_view text = grid.text(cell);
  if (text.size() > longest_amount || text.find_first_of("0123456789") == std::string_view::npos) return;
  notes_.push_back({"value-unread", texts_.join({"“", text, "”上方没有认得的栏名，或者不是一个金额，没有读入，请核对原文。"}), std::nullopt,
                    std::nullopt, grid.source(cell)});
}

void Head::leave_grid() {
  tasks_.reset();
  funds_.clear();
  tasks_frame_ = nullptr;
  funds_frame_ = nullptr;
  taken_.clear();
}

void Head::finish() {
  // A list of what each project spent: its money is a row of execution.
  if (list_money_.executed && table_.kind != TableKind::overall && table_.kind != TableKind::project && table_.execution.empty()) {
    table_.execution.push_back(list_money_);
    table_.amount.reset();
  }
  // "the 实施单位 where a 主管部门 stands beside it"
  if (implementing_ && table_.department && !own_department_) table_.unit_name = implementing_;
  // 部门：某局 over a form that names no unit is the unit that files it; a 主管部门 is not.
  if (!table_.unit_name && own_department_) std::swap(table_.unit_name, table_.department);
  if (!table_.project_category) table_.project_category = attribute_;
  if (!table_.period && (period_start_ || period_end_)) {
    table_.period = texts_.join({period_start_.value_or(""), "至", period_end_.value_or("")});
  }
  if (table_.kind == TableKind::overall) {
    if (!budget_.total && whole_amount_) {
      budget_.total = whole_amount_;
      any_budget_ = true;
    }
    if (any_budget_) table_.budget = budget_;
    table_.project_name.reset();
    return;
  }
  if (table_.kind == TableKind::project && !table_.amount) table_.amount = budget_.total;
}

}  // namespace jiheng::reading
