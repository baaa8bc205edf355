// The head of a form without upright rules.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "base/text.h"
#include "reading/labels.h"
#include "reading/page_spans.h"
#include "reading/page_unruled.h"

namespace jiheng::reading {
namespace {

constexpr float within_text = 0.6F;  ///< of a character: so far apart stand words of one text
constexpr std::size_t most_label_lines = 8;
constexpr std::size_t most_header_words = 12;

bool is_label(std::string_view text) {
  return label_of(text) != Label::none;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

/// The words of a line as cells: what stands close together is one, unless one of the two is a label of its own.
std::vector<PageWord> cells_of(const PageLine& line) {
  std::vector<PageWord> cells;
  for (const PageWord& word : line.words) {
    if (!cells.empty()) {
      PageWord& last = cells.back();
      const bool close = word.box.left - last.box.right < within_text * line.size;
      if (close && !is_label(last.text) && !is_label(word.text)) {
        const bool latin = static_cast<unsigned char>(last.text.back()) < 0x80 && static_cast<unsigned char>(word.text.front()) < 0x80;
        last.text += (latin ? " " : "") + word.text;
        last.box.right = word.box.right;
        continue;
      }
    }
    cells.push_back(word);
  }
  return cells;
}

/// Lines of the left column that make one label.
struct LabelBlock {
  std::string text;
  std::vector<PageLine> lines;
};

/// Labels among lines that follow one another: as many lines as make a known one.
void add_labels(std::span<const PageLine> lines, std::vector<LabelBlock>& blocks) {
  for (std::size_t first = 0; first < lines.size();) {
    std::string text;
    std::string name;
    std::size_t end = first + 1;
    for (std::size_t i = first; i < std::min(lines.size(), first + most_label_lines); ++i) {
      if (i > first && lines[i].baseline - lines[i - 1].baseline > 2 * lines[i].size) break;
      // A label below a whole one is the next.
      if (i > first && !name.empty() && is_label(lines[i].closed())) break;
      text += lines[i].closed();
      if (!is_label(text)) continue;
      name = text;
      end = i + 1;
    }
    LabelBlock& block = blocks.emplace_back();
    block.text = name.empty() ? lines[first].closed() : name;
    block.lines.assign(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.begin() + static_cast<std::ptrdiff_t>(end));
    first = end;
  }
}

std::vector<LabelBlock> labels_of(std::span<const PageLine> lines) {
  constexpr float same_pitch = 1.04F;
  float pitch = 1e9F;
  for (std::size_t i = 1; i < lines.size(); ++i) pitch = std::min(pitch, lines[i].baseline - lines[i - 1].baseline);
  std::vector<LabelBlock> blocks;
  for (std::size_t first = 0; first < lines.size();) {
    // Lines of one label stand closest.
    std::size_t end = first + 1;
    std::string text = lines[first].closed();
    for (; end < lines.size() && lines[end].baseline - lines[end - 1].baseline < pitch * same_pitch; ++end) text += lines[end].closed();
    const auto run = lines.subspan(first, end - first);
    if (run.size() <= most_label_lines && is_label(text))
      blocks.push_back({std::move(text), {run.begin(), run.end()}});
    else
      add_labels(run, blocks);
    first = end;
  }
  return blocks;
}

/// The lines beside each label. Where labels may stand in the middle as well as beside the first line, the space between the lines tells to
/// which a line belongs: to the nearer one's.
RowSpans head_spans(std::span<const Extent> labels, std::span<const Extent> lines, const std::vector<bool>& labelled, float tolerance) {
  const auto middle = spans_by_middle(labels, lines, tolerance);
  const auto first = spans_by_first(labels, lines, tolerance);
  if (!middle || !first || middle == first) return middle ? middle : first;
  constexpr float nearer = 1.04F;
  bool by_middle = true;
  bool by_first = true;
  bool contested = false;
  for (std::size_t label = 0; label + 1 < labels.size(); ++label) {
    // Lines between the two ends belong to the next label by the one way, to this one by the other.
    for (std::size_t line = (*middle)[label].end; line < (*first)[label].end; ++line) {
      // A line with a label of its own says the same beside either.
      if (line == 0 || line + 1 >= lines.size() || labelled[line]) continue;
      contested = true;
      const float above = lines[line].middle() - lines[line - 1].middle();
      const float below = lines[line + 1].middle() - lines[line].middle();
      by_middle = by_middle && (line > (*middle)[label].end || above > below * nearer);
      by_first = by_first && (line > (*middle)[label].end || below > above * nearer);
    }
  }
  if (!contested) return middle;
  if (by_middle == by_first) return std::nullopt;
  return by_middle ? middle : first;
}

/// Builds the grid of a head, row by row.
class HeadTable {
 public:
  explicit HeadTable(int page) : page_(page) {}

  void group(const LabelBlock& label, std::span<const PageLine> lines, float width) {
    rows_before_ = rows_;
    cells_before_ = cells_.size();
    if (!paragraph(label, lines, width) && !beside(label, lines, width) && !two_fields(label, lines) && !rows(label, lines)) {
      rows_ = rows_before_;
      cells_.resize(cells_before_);
    }
  }

  bool empty() const { return rows_ == 0; }
  /// Whether it says which project it is about.
  bool names_project() const {
    return std::any_of(cells_.begin(), cells_.end(), [](const PageCell& cell) { return label_of(cell.text) == Label::project_name; });
  }
  PageTable table() {
    PageTable table;
    table.page = page_;
    table.rows = rows_;
    for (std::uint32_t column = 0; column <= columns_; ++column) table.column_edges.push_back(static_cast<float>(column));
    table.cells = std::move(cells_);
    std::stable_sort(table.cells.begin(), table.cells.end(),
                     [](const PageCell& a, const PageCell& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; });
    return table;
  }

 private:
  void add(std::uint32_t row, std::uint32_t column, std::string text, const PageBox& box, std::uint32_t row_span = 1) {
    PageCell cell{row, column, row_span, 1, std::move(text), page_, box};
    cell.tall = row_span > 1;
    cells_.push_back(std::move(cell));
    columns_ = std::max(columns_, column + 1);
  }
  static PageBox box_of(std::span<const PageLine> lines) {
    PageBox box = lines.front().box;
    for (const PageLine& line : lines) {
      box = {std::min(box.left, line.box.left), std::min(box.top, line.box.top), std::max(box.right, line.box.right),
             std::max(box.bottom, line.box.bottom)};
    }
    return box;
  }
  void add_label(const LabelBlock& label, std::uint32_t rows) { add(rows_, 0, label.text, box_of(label.lines), rows); }

  /// One text, over one line or many.
  bool paragraph(const LabelBlock& label, std::span<const PageLine> lines, float width) {
    std::vector<PageLine> whole;
    for (const PageLine& line : lines) {
      auto cells = cells_of(line);
      if (cells.size() != 1) return false;
      PageLine& one = whole.emplace_back(line);
      one.words = std::move(cells);
    }
    add_label(label, 1);
    add(rows_, 1, text_of(whole, width), box_of(whole));
    ++rows_;
    return true;
  }

  /// Two texts beside one another, as far apart from the first line to the last: the goal and what came of it.
  bool beside(const LabelBlock& label, std::span<const PageLine> lines, float width) {
    if (lines.size() < 2) return false;
    std::vector<PageLine> left;
    std::vector<PageLine> right;
    float edge = 0;
    for (const PageLine& line : lines) {
      const auto cells = cells_of(line);
      if (cells.size() == 2) edge = std::max(edge, cells[1].box.left);
      if (cells.size() > 2) return false;
    }
    if (edge == 0) return false;
    // The labels above the texts stand in a line of their own.
    const auto heads = cells_of(lines.front());
    const bool headed = heads.size() == 2 && is_label(heads[0].text) && is_label(heads[1].text);
    if (!headed) return false;
    for (const PageLine& line : lines.subspan(1)) {
      for (const PageWord& cell : cells_of(line)) {
        if (is_label(cell.text)) return false;
        PageLine part = line;
        part.words = {cell};
        part.box = cell.box;
        // A text stands under its label: it may be wider, and begins left of the other's middle.
        const float middle = (heads[0].box.right + heads[1].box.left) / 2;
        const bool is_left = cell.box.left < heads[0].box.right && cell.box.right < heads[1].box.right;
        const bool is_right = cell.box.right > heads[1].box.left && cell.box.left > heads[0].box.left;
        if (is_left == is_right && is_left) {
          if (cell.box.left < middle && cell.box.right > middle) return false;
        }
        ((cell.box.left + cell.box.right) / 2 < middle ? left : right).push_back(std::move(part));
      }
    }
    if (left.empty() || right.empty()) return false;
    float left_end = 0;
    float right_begin = 1e9F;
    for (const PageLine& line : left) left_end = std::max(left_end, line.box.right);
    for (const PageLine& line : right) right_begin = std::min(right_begin, line.box.left);
    if (left_end > right_begin) return false;
    add_label(label, 2);
    add(rows_, 1, heads[0].text, heads[0].box);
    add(rows_, 2, heads[1].text, heads[1].box);
    add(rows_ + 1, 1, text_of(left, width), box_of(left));
    add(rows_ + 1, 2, text_of(right, width), box_of(right));
    rows_ += 2;
    return true;
  }

  /// Fields of one value each, of which two may stand beside one another: 主管部门 | 某局 | 实施单位 | 某所.
  static bool is_field(std::string_view text) {
    switch (label_of(text)) {
      case Label::unit_name:
      case Label::department:
      case Label::project_name:
      case Label::project_category:
      case Label::project_attribute:
      case Label::period:
      case Label::amount:
      case Label::amount_total:
        return true;
      default:
        return false;
    }
  }

  /// A field whose value, or that of the field beside it, takes several lines: what stands on either side of the other's label.
  bool two_fields(const LabelBlock& label, std::span<const PageLine> lines) {
    if (lines.size() < 2 || !is_field(label.text)) return false;
    std::optional<PageWord> name;
    for (const PageLine& line : lines) {
      for (const PageWord& cell : cells_of(line)) {
        if (!is_label(cell.text)) continue;
        if (name || !is_field(cell.text)) return false;
        name = cell;
      }
    }
    if (!name) return false;
    std::vector<PageLine> left;
    std::vector<PageLine> right;
    for (const PageLine& line : lines) {
      for (const PageWord& cell : cells_of(line)) {
        if (cell.box == name->box) continue;
        const bool before = cell.box.right < name->box.left;
        if (!before && cell.box.left < name->box.right) return false;
        auto& side = before ? left : right;
        if (!side.empty() && line.baseline - side.back().baseline < 0.5F * line.size) return false;
        if (!side.empty() && line.baseline - side.back().baseline > 2 * line.size) return false;
        PageLine& part = side.emplace_back(line);
        part.words = {cell};
        part.box = cell.box;
      }
    }
    if (left.empty() || right.empty()) return false;
    add_label(label, 1);
    add(rows_, 1, text_of(left, widest(left)), box_of(left));
    add(rows_, 2, name->text, name->box);
    add(rows_, 3, text_of(right, widest(right)), box_of(right));
    ++rows_;
    return true;
  }
  static float widest(std::span<const PageLine> lines) {
    float width = 0;
    for (const PageLine& line : lines) width = std::max(width, line.box.right - line.box.left);
    return width;
  }

  /// Labels over a line of their own: what stands below each is its value.
  static bool heads_columns(const std::vector<PageWord>& cells) {
    return cells.size() >= 2 && cells.size() <= most_header_words && std::all_of(cells.begin(), cells.end(), [](const PageWord& cell) {
             const Label label = label_of(cell.text);
             return label != Label::none && (is_fund_column(label) || !has_digit(cell.text));
           });
  }

  /// Each line a row: labels with their values behind them, or under them.
  bool rows(const LabelBlock& label, std::span<const PageLine> lines) {
    add_label(label, static_cast<std::uint32_t>(lines.size()));
    std::vector<PageWord> heads;
    for (const PageLine& line : lines) {
      const auto cells = cells_of(line);
      if (heads_columns(cells)) {
        if (std::any_of(cells.begin(), cells.end(), [](const PageWord& c) {
              const Label l = label_of(c.text);
              return l == Label::task_name || l == Label::task_content || l == Label::task_goal || l == Label::tasks;
            }))
          return false;
        heads = cells;
        for (std::uint32_t i = 0; i < heads.size(); ++i) add(rows_, 2 + i, heads[i].text, heads[i].box);
      } else if (!heads.empty()) {
        if (!under(heads, cells)) return false;
      } else {
        if (!known_row(cells, lines.size()) || lacks_columns(cells)) return false;
        for (std::uint32_t i = 0; i < cells.size(); ++i) add(rows_, 1 + i, cells[i].text, cells[i].box);
      }
      ++rows_;
    }
    return true;
  }

  bool under(const std::vector<PageWord>& heads, const std::vector<PageWord>& cells) {
    std::uint32_t last = 0;
    bool any = false;
    for (const PageWord& cell : cells) {
      if (cell.box.right < heads.front().box.left && !any) {
        if (last > 0) return false;
        add(rows_, 1, cell.text, cell.box);
        last = 1;
        continue;
      }
      std::uint32_t at = UINT32_MAX;
      for (std::uint32_t i = 0; i < heads.size(); ++i) {
        if (cell.box.left < heads[i].box.right && heads[i].box.left < cell.box.right) {
          if (at != UINT32_MAX) return false;
          at = i;
        }
      }
      if (at == UINT32_MAX || (any && at + 2 <= last)) return false;
      add(rows_, 2 + at, cell.text, cell.box);
      last = 2 + at;
      any = true;
    }
    return any;
  }

  /// Several numbers without a label: no one can tell which columns they stand in.
  static bool lacks_columns(const std::vector<PageWord>& cells) {
    const bool labelled = std::any_of(cells.begin(), cells.end(), [](const PageWord& cell) { return is_label(cell.text); });
    return !labelled && std::count_if(cells.begin(), cells.end(), [](const PageWord& cell) { return has_digit(cell.text); }) > 1;
  }

  /// Of several lines beside one label each has to begin with a label of its own; a single one may begin with the value.
  static bool known_row(const std::vector<PageWord>& cells, std::size_t lines) {
    if (lines == 1) return true;
    std::string_view rest;
    const std::string_view first = cells.front().text;
    return is_label(first) || inline_label_of(first, rest) != Label::none || starts_with(first, "其中");
  }

  int page_;
  std::uint32_t rows_ = 0;
  std::uint32_t columns_ = 0;
  std::uint32_t rows_before_ = 0;
  std::size_t cells_before_ = 0;
  std::vector<PageCell> cells_;
};

}  // namespace

std::optional<UnruledPart> unruled_head(const Page& page, std::span<const std::uint32_t> glyphs, float top, float bottom) {
  std::vector<std::uint32_t> own;
  for (const std::uint32_t index : glyphs) {
    const PageBox& box = page.glyphs[index].box;
    const float y = (box.top + box.bottom) / 2;
    if (y > top && y < bottom) own.push_back(index);
  }
  const auto all = close_lines(page, own);
  std::size_t first = 0;
  bool overall = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto kind = title_kind(all[i].closed());
    if (!kind) continue;
    first = i + 1;
    overall = contains(all[i].closed(), "整体") || kind == TableKind::overall;
  }
  std::string_view rest;
  // Lines under the title: 填报单位：某局, （2026年度）. The first one in columns begins the head.
  const auto is_line = [&](const PageLine& line) {
    return cells_of(line).size() < 2 || inline_label_of(line.words.front().text, rest) != Label::none || year_of(line.words.front().text);
  };
  while (first < all.size() && is_line(all[first])) ++first;
  const std::span<const PageLine> lines = std::span(all).subspan(first);
  if (lines.empty()) return std::nullopt;
  UnruledPart part;
  part.unreadable = true;
  part.top = lines.front().box.top;
  part.bottom = lines.back().box.bottom;
  // The labels' column ends at the first white space that runs down all lines but those that are a sentence of their own.
  float begin = 1e9F;
  for (const PageLine& line : lines) begin = std::min(begin, line.box.left);
  const auto is_sentence = [&](const PageLine& line) {
    return line.box.left < begin + 2 * line.size && inline_label_of(line.words.front().text, rest) != Label::none;
  };
  float edge = 1e9F;
  for (int round = 0; round < 8; ++round) {
    // The right end of what begins at the left, until nothing more reaches over it.
    float right = begin;
    for (const PageLine& line : lines) {
      if (is_sentence(line)) continue;
      for (const PageWord& word : line.words) {
        if (word.box.left < (edge < 1e8F ? edge : begin + 2 * line.size) &&
            word.box.left < right + 0.3F * line.size + (round == 0 ? 2 * line.size : 0))
          right = std::max(right, word.box.right);
      }
    }
    if (right + 0.15F * lines.front().size == edge) break;
    edge = right + 0.15F * lines.front().size;
  }
  std::vector<std::uint32_t> labels;
  std::vector<std::uint32_t> values;
  const float from = lines.front().box.top - 1;
  for (const std::uint32_t index : own) {
    const PageBox& box = page.glyphs[index].box;
    const float y = (box.top + box.bottom) / 2;
    if (y < from) continue;
    const bool sentence = std::any_of(lines.begin(), lines.end(),
                                      [&](const PageLine& line) { return y > line.box.top && y < line.box.bottom && is_sentence(line); });
    if (!sentence) ((box.left + box.right) / 2 < edge ? labels : values).push_back(index);
  }
  const auto blocks = labels_of(lines_of(page, labels));
  const auto beside = close_lines(page, values);
  if (blocks.empty() || beside.empty()) return part;
  const auto known = std::count_if(blocks.begin(), blocks.end(), [](const LabelBlock& block) { return is_label(block.text); });
  if (static_cast<std::size_t>(known) * 2 < blocks.size()) return part;
  std::vector<Extent> texts;
  std::vector<Extent> rows;
  for (const LabelBlock& block : blocks) texts.push_back({block.lines.front().box.top, block.lines.back().box.bottom});
  std::vector<bool> labelled;
  for (const PageLine& line : beside) {
    rows.push_back({line.box.top, line.box.bottom});
    labelled.push_back(is_label(cells_of(line).front().text));
  }
  const auto spans = head_spans(texts, rows, labelled, 0.35F * lines.front().size);
  if (!spans) return part;
  float right = 0;
  for (const PageLine& line : beside) right = std::max(right, line.box.right);
  HeadTable head(page.number);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const RowSpan span = (*spans)[i];
    head.group(blocks[i], std::span(beside).subspan(span.first, span.end - span.first), right - edge);
  }
  if (head.empty() || (!overall && !head.names_project())) return part;
  part.unreadable = false;
  part.top = from;
  part.bottom = bottom - 0.1F;
  part.table = head.table();
  return part;
}

}  // namespace jiheng::reading
