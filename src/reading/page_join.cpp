#include "reading/page_join.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string_view>

#include "base/text.h"
#include "goals/tree.h"
#include "reading/labels.h"
#include "reading/page_columns_match.h"
#include "reading/page_header.h"
#include "reading/page_words.h"

namespace jiheng::reading {
namespace {

constexpr float padding = 12;  ///< what cells keep free beside their text, left and right together

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return starts_with(text, part); });
}
bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return ends_with(text, part); });
}

/// The name of a level of the tree.
bool is_level_name(std::string_view text) {
  const std::string name = normalise(text);
  return canonical_level1(name) || canonical_level2(name);
}

/// Whether Chinese text meets a number, a Latin word or a sign there: in a row that the page cut no space stood between them.
bool parts_scripts(std::string_view before, std::string_view behind) {
  if (before.empty() || behind.empty()) return false;
  std::size_t last = before.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(before[last]) & 0xC0) == 0x80) --last;
  std::size_t first = 0;
  return is_cjk(next_code_point(before, last)) != is_cjk(next_code_point(behind, first));
}

/// A cell that ends at the break, and the one below it that begins behind it.
struct Pair {
  PageCell* above = nullptr;
  PageCell* below = nullptr;
  // Of their column, as far as it is divided as they are:
  std::uint32_t rows = 0;
  std::uint32_t filled = 0;  ///< cells with text
  std::uint32_t blanks = 0;  ///< cells without, but for the last
  bool merges = false;       ///< a cell spans rows
  float widest = 0;          ///< of the wrapped lines
  bool has_above = false;    ///< text
  bool has_below = false;
  bool goes_on = false;  ///< a merged cell over both

  /// The text above stands at the break, where a cell that the break cuts has its text.
  bool reaches_break() const { return above->room_below < 1.6F * above->size; }
  /// Two parts of a level's name: 生态环境 | 成本指标. Two names are two, and so is 履职 in the middle of its cell over 效益.
  bool parts_level_name() const {
    if (!has_above || !has_below || !is_level_name(above->text + below->text)) return false;
    return !is_level_name(below->text) || (!is_level_name(above->text) && (!above->tall || reaches_break()));
  }
  bool two_level_names() const { return has_above && has_below && is_level_name(above->text) && is_level_name(below->text); }
  /// 小于 | 9489户.
  bool parts_target() const {
    const std::string below_text = normalise(below->text);
    return !below_text.empty() && below_text[0] >= '0' && below_text[0] <= '9' &&
           ends_with_any(normalise(above->text), {"≥", "≤", "≧", "≦", ">", "<", "=", "小于", "大于", "等于", "不低于", "不高于", "不少于",
                                                  "不多于", "不超过", "超过", "至少"});
  }
  /// Two cells with a level's name each.
  bool other_level() const { return two_level_names() && key_of(*above) != key_of(*below); }
  /// The sentence is open in the middle.
  bool unfinished() const {
    return has_above && has_below &&
           (parts_level_name() || parts_target() || ends_with_any(above->text, {"，", "、", "（", "(", "：", "—", "《", "“"}) ||
            begins_with_any(below->text, {"，", "、", "。", "；", "）", ")", "》", "”", "：", "%", "％"}));
  }
  /// The line above is as full as it can be, so that what stands below may be its rest: the next word has no room, by what the column's
  /// wrapped lines take or, where it has none, by the cell's width.
  bool full() const {
    // Writers set a quarter of a character between Chinese text and a number.
    const float next = (first_part(below->text) + (parts_scripts(above->text, below->text) ? 0.25F : 0)) * above->size;
    const float free = above->box.right - above->box.left - above->last_line;
    if (widest > 0) return above->last_line + next > widest + 0.05F * above->size && free < next + 2 * above->size + padding;
    return free < next + 0.3F * above->size + padding;
  }
  /// Most rows have text here: names and values do, level names stand in few.
  bool is_dense() const { return filled * 3 >= rows * 2; }
  /// The column merges its cells and leaves none blank but the last: that one's text is centred in its part on the next page.
  bool is_blank_part() const { return merges && blanks == 0; }
  /// A long text in a merged cell, cut at the end of a line: it fills its cell down to the break and is not at its end.
  bool parts_tall_text() const {
    return has_above && has_below && above->tall && below->tall && above->text.find('\n') != std::string::npos && !two_level_names() &&
           reaches_break() && (unfinished() || full());
  }
  bool one_line_each() const { return above->text.find('\n') == std::string::npos && below->text.find('\n') == std::string::npos; }
};

std::vector<Pair> pairs_at_break(PageTable& table, PageTable& next) {
  std::vector<Pair> pairs;
  for (PageCell& below : next.cells) {
    if (below.row > 0) break;
    Pair& pair = pairs.emplace_back();
    pair.below = &below;
    pair.has_below = !trim(below.text).empty();
  }
  // They stand in column order.
  const auto pair_of = [&](const PageCell& cell) -> Pair* {
    const auto at = std::lower_bound(pairs.begin(), pairs.end(), cell.column,
                                     [](const Pair& pair, std::uint32_t column) { return pair.below->column < column; });
    return at != pairs.end() && at->below->column == cell.column && at->below->column_span == cell.column_span ? &*at : nullptr;
  };
  for (PageCell& cell : tail_of(table.cells)) {
    Pair* pair = pair_of(cell);
    if (pair == nullptr) continue;
    const bool last = cell.row + cell.row_span == table.rows;
    const bool filled = !trim(cell.text).empty();
    pair->rows += cell.row_span;
    pair->filled += filled;
    pair->blanks += !filled && !last;
    pair->merges = pair->merges || cell.tall;
    pair->widest = std::max(pair->widest, cell.wrapped_line);
    if (!last) continue;
    pair->above = &cell;
    pair->has_above = filled;
  }
  for (const PageCell& cell : tail_of(next.cells)) {
    Pair* pair = pair_of(cell);
    if (pair == nullptr) continue;
    pair->widest = std::max(pair->widest, cell.wrapped_line);
    pair->merges = pair->merges || cell.tall;
  }
  return pairs;
}

/// The frame beside the indicators, of which the next page shows a part of the name again.
bool is_frame_again(const PageCell& above, const PageCell& below) {
  const std::string name = key_of(above);
  return above.tall && (column_of(name) == Column::frame || label_of(name) == Label::indicators_frame) && contains(name, key_of(below));
}

/// Whether a merged cell stands on both sides of the break. Level names do, in the columns on the left, printed on one side or on both;
/// further to the right a blank cell is merged only where it spans rows itself.
bool goes_on(const Pair& pair, bool leading) {
  const bool tall_above = pair.above->tall;
  const bool tall_below = pair.below->tall;
  if (pair.above->open_bottom || pair.below->open_top) return true;
  if (!pair.has_below) return tall_below ? pair.has_above || tall_above : tall_above && leading;
  if (is_frame_again(*pair.above, *pair.below)) return leading;
  if (!pair.has_above) return leading && (tall_above || tall_below || is_level_name(pair.below->text)) && pair.is_blank_part();
  return key_of(*pair.above) == key_of(*pair.below) && (leading ? tall_above || tall_below : tall_above && tall_below);
}

void tell_merged(std::vector<Pair>& pairs) {
  bool leading = true;
  for (Pair& pair : pairs) {
    pair.goes_on = pair.above != nullptr && goes_on(pair, leading);
    leading = leading && pair.goes_on;
  }
}

/// A number is whole, and no rest of what stands above but of a number that its cell cuts.
bool is_number(std::string_view text) {
  return normalise(text).find_first_not_of("0123456789.,%") == std::string::npos;
}

/// 89 or 89. with the rest of it below.
bool ends_in_digit(std::string_view text) {
  std::string normal = normalise(text);
  const std::size_t digits = normal.size() - (ends_with(normal, ".") ? 1 : 0);
  return digits > 0 && normal[digits - 1] >= '0' && normal[digits - 1] <= '9';
}

/// The rest of a cell's text, behind the break.
void add_text(PageCell& above, PageCell& below) {
  const bool number = ends_in_digit(above.text) && is_number(below.text);
  if (!above.text.empty() && !number && !parts_scripts(above.text, below.text)) above.text.push_back('\n');
  above.text += below.text;
  above.confidence = std::min(above.confidence, below.confidence);
  above.last_line = below.last_line;
  above.size = below.size;
}

/// A project's name in a merged cell, cut at the end of a line. The cell over as many rows beside it, its amount, has its text above the
/// break: what stands below is no other project's name.
bool parts_text_beside_merged(const Pair& pair, const std::vector<Pair>& pairs) {
  if (pair.above == nullptr || !pair.has_above || !pair.has_below || pair.two_level_names() || is_number(pair.below->text)) return false;
  if (pair.above->room_below > 2.6F * pair.above->size || !(pair.unfinished() || pair.full())) return false;
  return std::any_of(pairs.begin(), pairs.end(), [&](const Pair& other) {
    return other.goes_on && other.has_above && !other.has_below && other.below->tall && other.above->row == pair.above->row &&
           other.above->row_span == pair.above->row_span && other.below->row_span == pair.below->row_span;
  });
}

/// A project of which the page has the first row alone, so that none of its cells is merged above the break: the column of the level that
/// goes on without a name of its own. Levels stand within a project, so the cells left of it go on, too, where the text of one is cut at
/// the end of a line. 0: none is told.
std::uint32_t level_within_project(const std::vector<Pair>& pairs) {
  const auto level = std::find_if(pairs.begin(), pairs.end(), [](const Pair& pair) {
    return pair.goes_on && pair.has_above && !pair.has_below && is_level_name(pair.above->text);
  });
  if (level == pairs.end()) return 0;
  bool cut = false;
  for (auto pair = pairs.begin(); pair != level; ++pair) {
    if (pair->goes_on) continue;
    const bool parted = pair->has_above && pair->has_below && !is_number(pair->below->text) && !pair->two_level_names();
    if (!parted || pair->below->row_span < level->below->row_span) return 0;
    cut = cut || pair->unfinished() || pair->full();
  }
  return cut ? level->below->column : 0;
}

/// A merged level cell whose name the break cuts, or one whose text it does, beside rows that are each whole.
void tell_cut_names(std::vector<Pair>& pairs) {
  const std::uint32_t level = level_within_project(pairs);
  for (Pair& pair : pairs) {
    // 项目资金 | （万元）
    const bool bracket = pair.above != nullptr && pair.has_above && begins_with_any(pair.below->text, {"（", "("}) &&
                         label_of(pair.above->text) != Label::none &&
                         label_of(pair.above->text + pair.below->text) == label_of(pair.above->text);
    // The level may be printed in the first of its rows alone.
    const bool ends = pair.above != nullptr && pair.has_above && !pair.has_below && pair.is_blank_part() && is_level_name(pair.above->text);
    if (!pair.goes_on && !ends && !bracket && !pair.parts_level_name() && !pair.parts_tall_text() &&
        !parts_text_beside_merged(pair, pairs) && pair.below->column >= level)
      return;
    pair.goes_on = true;
  }
}

/// What a break leaves of a row without a line of its text: no row.
void drop_blank_end(PageTable& table) {
  if (table.rows < 2) return;
  const std::uint32_t last = table.rows - 1;
  auto first = table.cells.end();
  while (first != table.cells.begin() && first[-1].row == last) --first;
  if (first == table.cells.end() || std::any_of(first, table.cells.end(), [](const PageCell& cell) { return !trim(cell.text).empty(); }))
    return;
  table.cells.erase(first, table.cells.end());
  for (PageCell& cell : tail_of(table.cells)) {
    if (cell.row + cell.row_span == table.rows) --cell.row_span;
  }
  --table.rows;
}

bool in_order(const PageCell& a, const PageCell& b) {
  return a.row != b.row ? a.row < b.row : a.column < b.column;
}

void drop_blank_start(PageTable& table) {
  if (table.rows < 2) return;
  for (const PageCell& cell : table.cells) {
    if (cell.row == 0 && !trim(cell.text).empty()) return;
  }
  std::erase_if(table.cells, [](const PageCell& cell) { return cell.row == 0 && cell.row_span == 1; });
  for (PageCell& cell : table.cells) cell.row == 0 ? --cell.row_span : --cell.row;
  std::stable_sort(table.cells.begin(), table.cells.end(), in_order);
  --table.rows;
}

bool is_label(std::string_view text) {
  return label_of(text) != Label::none || column_of(text) != Column::none;
}

/// Whether both parts together are what forms print beside a value or above a column, and neither is by itself: 本年度绩效目 / 标, 一级 /
/// 指标.
bool completes_label(const Pair& pair) {
  const std::string& above = pair.above->text;
  const std::string& below = pair.below->text;
  // The name of a merged cell may be cut anywhere in it.
  if (pair.above->row_span > 1 || pair.below->row_span > 1) return false;
  return is_label(above + below) && (!is_label(above) || ends_with(above, "级")) && (!is_label(below) || below == "指标");
}

/// Whether the last row and the first one are two parts of one. In doubt they are not.
bool is_cut_row(const PageTable& table, const PageTable& next, const std::vector<Pair>& pairs) {
  std::size_t both = 0;
  std::size_t ended = 0;
  std::size_t begun = 0;
  bool unfinished = false;
  bool told = false;
  bool level = false;
  bool completes = false;
  for (const Pair& pair : pairs) completes |= pair.has_above && pair.has_below && !pair.goes_on && completes_label(pair);
  for (const Pair& pair : pairs) {
    if (pair.above == nullptr && pair.has_below) return false;
    if (pair.goes_on) continue;
    if (pair.other_level()) return false;
    if (pair.has_above && pair.has_below) {
      ++both;
      if (completes) continue;
      if (pair.unfinished())
        unfinished = true;
      else if (!pair.full() || (is_number(pair.below->text) && !ends_in_digit(pair.above->text)))
        return false;
      level = level || pair.two_level_names();
      // Two short texts in a column of few are no proof by themselves: each may be whole.
      told = told || pair.unfinished() || !pair.one_line_each() || pair.is_dense();
    } else if (pair.has_above) {
      ++ended;
    } else if (pair.has_below) {
      ++begun;
    }
  }
  if (completes) return true;
  // Nothing but the one text stands in a row that has others beside it above the break: no row by itself.
  constexpr std::size_t most = 3;
  told = told || (both == 1 && begun == 0 && ended >= most);
  if (table.open_bottom && next.open_top) return both > 0 || (ended > 0 && begun > 0);
  return ((told && !level) || both > 1) && (unfinished || ended > 0 || table.open_bottom || next.open_top);
}

void add_note(std::vector<Note>& notes, std::string code, std::string message, const PageTable& next) {
  Source source;
  source.page_or_sheet = std::to_string(next.page);
  notes.push_back({std::move(code), std::move(message), std::nullopt, std::nullopt, std::move(source)});
}

}  // namespace

namespace {

bool spans(const PageCell& cell, const StrayLine& line) {
  return cell.box.left <= line.box.left + 1 && cell.box.right >= line.box.right - 1;
}

/// 绩, 效, 指 one below the other, and 标 behind them: a name set upright.
bool goes_on_upright(std::string_view above, std::string_view below) {
  constexpr std::size_t character = std::string_view("标").size();
  std::size_t at = 0;
  if (below.size() != character || !is_cjk(next_code_point(below, at))) return false;
  while (!above.empty()) {
    at = 0;
    if (!is_cjk(next_code_point(above, at)) || at != character) return false;
    if (at < above.size() && above[at] != '\n') return false;
    above.remove_prefix(std::min(at + 1, above.size()));
  }
  return true;
}

}  // namespace

bool begins_alike(const PageTable& table, const PageTable& next) {
  // Rows that are the same throughout are a header printed again. Behind them the labels of a form's head come in the same order, each
  // another; of rows of one table that go on, the first cells are level names, the same ones or merged.
  std::size_t a = 0;
  std::size_t b = 0;
  std::vector<std::string> labels;
  for (std::uint32_t row = 0; row < std::min(table.rows, next.rows) && labels.size() < 3; ++row) {
    const std::size_t first_a = a;
    const std::size_t first_b = b;
    while (a < table.cells.size() && table.cells[a].row == row) ++a;
    while (b < next.cells.size() && next.cells[b].row == row) ++b;
    if (a == first_a || b == first_b) break;
    const auto same = [](const PageCell& x, const PageCell& y) { return key_of(x) == key_of(y); };
    if (labels.empty() &&
        std::equal(table.cells.begin() + static_cast<std::ptrdiff_t>(first_a), table.cells.begin() + static_cast<std::ptrdiff_t>(a),
                   next.cells.begin() + static_cast<std::ptrdiff_t>(first_b), next.cells.begin() + static_cast<std::ptrdiff_t>(b), same))
      continue;
    const PageCell& own = table.cells[first_a];
    const std::string label = key_of(own);
    // Behind a project's name the frame of its funds may span rows.
    if (own.row_span > 1 && !labels.empty() && is_head_label(label_of(labels.front()))) break;
    // Two forms of one document may spell a label in two ways: 项 目 名 称, 项目名称：.
    const Label meaning = label_of(label);
    const bool same_label = same(own, next.cells[first_b]) || (meaning != Label::none && meaning == label_of(key_of(next.cells[first_b])));
    if (label.empty() || own.row_span > 1 || !same_label) return false;
    if (std::find(labels.begin(), labels.end(), label) != labels.end()) return false;
    labels.push_back(label);
  }
  return !labels.empty();
}

PageCell* cell_cut_below(PageTable& table, const StrayLine& line) {
  PageCell below;
  below.text = line.text;
  for (PageCell& cell : tail_of(table.cells)) {
    if (cell.row + cell.row_span < table.rows || !spans(cell, line) || trim(cell.text).empty() || cell.column_span > table.columns() / 2)
      continue;
    Pair pair;
    pair.above = &cell;
    pair.below = &below;
    pair.has_above = pair.has_below = true;
    if (pair.full() || goes_on_upright(cell.text, line.text)) return &cell;
  }
  return nullptr;
}

PageCell* cell_cut_above(PageTable& table, const PageTable& next, const StrayLine& line) {
  if (next.cells.empty() || line.box.bottom < next.cells.front().box.top - 2 * (line.box.bottom - line.box.top)) return nullptr;
  // It stands over a blank cell of the first row, if over any.
  for (const PageCell& cell : next.cells) {
    if (cell.row > 0) break;
    if (spans(cell, line) && !trim(cell.text).empty()) return nullptr;
  }
  return cell_cut_below(table, line);
}

bool join_tables(PageTable& table, PageTable& next, std::vector<Note>& notes) {
  if (table.nested || next.nested || table.from_lines != next.from_lines || next.cells.empty() || table.cells.empty()) return false;
  if (begins_alike(table, next)) return false;
  if (!share_columns(table, next)) return false;
  const std::string page = std::to_string(next.page);
  if (drop_repeated_header(table, next)) {
    next.open_top = false;
    add_note(notes, "table-continued", "表格在第" + page + "页接着上一页，已连成一张；这一页重复印的表头已略去。", next);
  } else {
    add_note(notes, "table-continued", "表格在第" + page + "页接着上一页，已连成一张。", next);
  }

  drop_blank_end(table);
  drop_blank_start(next);
  auto pairs = pairs_at_break(table, next);
  // A header of its own is no rest of anything.
  const bool headed = begins_with_header(next);
  if (!headed) tell_merged(pairs);
  const bool cut = !headed && is_cut_row(table, next, pairs);
  if (!cut && !headed) tell_cut_names(pairs);
  if (cut) add_note(notes, "row-continued", "第" + page + "页的第一行是上一页最后一行的下半，已合成一行，请核对。", next);
  const std::uint32_t first = table.rows - (cut ? 1 : 0);
  std::vector<bool> gone(next.cells.size(), false);
  for (const Pair& pair : pairs) {
    if (pair.above == nullptr || !(cut || pair.goes_on)) continue;
    const bool printed_again = pair.goes_on && (key_of(*pair.above) == key_of(*pair.below) || is_frame_again(*pair.above, *pair.below));
    if (pair.has_below && !printed_again) add_text(*pair.above, *pair.below);
    pair.above->row_span += pair.below->row_span - (cut ? 1 : 0);
    pair.above->tall = pair.above->row_span > 1;
    // Whether it goes on over the next break, too, its last part tells.
    pair.above->open_bottom = pair.below->open_bottom;
    pair.above->room_below = pair.below->room_below;
    gone[static_cast<std::size_t>(pair.below - next.cells.data())] = true;
  }
  const auto own = static_cast<std::ptrdiff_t>(table.cells.size());
  for (std::size_t i = 0; i < next.cells.size(); ++i) {
    if (gone[i]) continue;
    next.cells[i].row += first;
    table.cells.push_back(std::move(next.cells[i]));
  }
  auto from = table.cells.begin() + own;
  while (from != table.cells.begin() && from[-1].row >= first) --from;
  std::stable_sort(from, table.cells.end(), in_order);
  table.rows = first + next.rows;
  table.page = next.page;
  table.open_bottom = next.open_bottom;
  return true;
}

}  // namespace jiheng::reading
