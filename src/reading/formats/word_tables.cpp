#include "reading/formats/word_tables.h"

#include <algorithm>
#include <string>

namespace jiheng::reading {
namespace {

/// The grid's columns are all the edges that the rows of a table have.
class ColumnEdges {
 public:
  /// Edges nearer than this many twips (0.7 mm) are one: rounding and a hand that slipped, not a column.
  static constexpr std::int32_t tolerance = 40;

  void add(const WordRow& row) {
    // Most rows have those of the row above.
    const bool again = edges_.size() >= row.edges.size() && std::equal(row.edges.rbegin(), row.edges.rend(), edges_.rbegin());
    if (!again) edges_.insert(edges_.end(), row.edges.begin(), row.edges.end());
  }
  /// To be called once all edges are in.
  void settle() {
    std::sort(edges_.begin(), edges_.end());
    std::size_t columns = 0;
    for (const std::int32_t edge : edges_) {
      if (columns == 0 || edge - edges_[columns - 1] > tolerance) edges_[columns++] = edge;
    }
    edges_.resize(columns);
  }
  /// The column that begins at the edge.
  std::uint32_t column(std::int32_t edge) const {
    const auto behind = std::upper_bound(edges_.begin(), edges_.end(), edge);
    return behind == edges_.begin() ? 0 : static_cast<std::uint32_t>(behind - edges_.begin() - 1);
  }

 private:
  std::vector<std::int32_t> edges_;
};

/// The columns that a row's cells span.
struct RowColumns {
  std::uint32_t first = 0;
  std::vector<std::uint32_t> spans;

  void set(const WordRow& row, const ColumnEdges& edges) {
    first = row.edges.empty() ? 0 : edges.column(row.edges[0]);
    spans.clear();
    std::uint32_t column = first;
    for (std::size_t cell = 0; cell + 1 < row.edges.size(); ++cell) {
      spans.push_back(std::max(edges.column(row.edges[cell + 1]), column + 1) - column);
      column += spans.back();
    }
  }
};

class Tables {
 public:
  Tables(const WordMarks& marks, FlowBuilder& flow, const std::function<void(std::size_t)>& text)
      : all_(marks.marks), rows_(marks.rows), flow_(flow), text_(text) {}

  void read() {
    for (std::size_t at = 0; at < all_.size() && !flow_.failed();) {
      if (all_[at].depth > 0)
        at = read_table(at, 1);
      else
        read_paragraph(at++);
    }
  }

 private:
  void read_paragraph(std::size_t at) {
    text_(at);
    flow_.end_paragraph();
  }
  bool has_text(std::size_t from, std::size_t end) const {
    return std::any_of(all_.begin() + static_cast<std::ptrdiff_t>(from), all_.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const WordMark& mark) { return mark.text; });
  }
  bool is_deleted(std::size_t from, std::size_t row_end) const;
  bool ends_row(std::size_t at, std::uint32_t depth) const { return all_[at].depth == depth && all_[at].row_end; }
  std::size_t read_table(std::size_t at, std::uint32_t depth);
  void read_row(std::size_t at, std::size_t end, std::uint32_t depth, const WordRow& row, const RowColumns& columns);
  void merge(const WordRow::Merge& merge, std::uint8_t& set);

  const std::vector<WordMark>& all_;
  const std::vector<WordRow>& rows_;
  FlowBuilder& flow_;
  const std::function<void(std::size_t)>& text_;
};

/// Nothing is left of it, and something was deleted. Its mark alone does not tell: LibreOffice counts it to the next row's text.
bool Tables::is_deleted(std::size_t from, std::size_t row_end) const {
  const auto begin = all_.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end = all_.begin() + static_cast<std::ptrdiff_t>(row_end) + 1;
  return std::any_of(begin, end, [](const WordMark& mark) { return mark.deleted_text; }) && !has_text(from, row_end);
}

/// From the paragraph at `at` on as long as they lie in a table of this depth; where the next one is.
std::size_t Tables::read_table(std::size_t at, std::uint32_t depth) {
  ColumnEdges columns;
  std::size_t end = at;
  std::uint32_t last = WordMark::no_row;
  for (; end < all_.size() && all_[end].depth >= depth; ++end) {
    if (!ends_row(end, depth) || all_[end].row == last || all_[end].row >= rows_.size()) continue;
    last = all_[end].row;
    columns.add(rows_[last]);
  }
  columns.settle();
  const WordRow undefined;
  const WordRow* present = nullptr;
  RowColumns of_present;
  flow_.begin_table();
  while (at < end && !flow_.failed()) {
    std::size_t row_end = at;
    while (row_end < end && !ends_row(row_end, depth)) ++row_end;
    const bool defined = row_end < end && all_[row_end].row < rows_.size();
    flow_.begin_row();
    if (row_end < end && is_deleted(at, row_end)) flow_.drop_row();
    const WordRow& row = defined ? rows_[all_[row_end].row] : undefined;
    if (&row != present) of_present.set(row, columns);  // rows that are alike share their definition
    present = &row;
    read_row(at, row_end, depth, row, of_present);
    flow_.end_row();
    at = std::min(row_end + 1, end);
  }
  flow_.end_table();
  return end;
}

void Tables::read_row(std::size_t at, std::size_t end, std::uint32_t depth, const WordRow& row, const RowColumns& columns) {
  flow_.skip_columns(columns.first);
  std::uint8_t set = 0;  // the value of the present set's first cell
  for (std::size_t cell = 0; at < end && !flow_.failed(); ++cell) {
    if (!row.cells.empty() && cell >= row.cells.size() && !has_text(at, end)) break;  // marks too many, as some programs write
    flow_.begin_cell(cell < columns.spans.size() ? columns.spans[cell] : 1);
    if (cell < row.cells.size()) merge(row.cells[cell], set);
    for (bool open = true; open && at < end && !flow_.failed();) {
      if (all_[at].depth > depth) {
        at = read_table(at, depth + 1);
        continue;
      }
      open = !all_[at].cell_end;
      read_paragraph(at++);
    }
    flow_.end_cell();
  }
}

/// The specification and older descriptions swap the two values of merging across; that of a set's first cell is the first met.
void Tables::merge(const WordRow::Merge& merge, std::uint8_t& set) {
  const bool joins = merge.across != 0 && set != 0 && merge.across != set && merge.across != 3;
  if (!joins) set = merge.across;
  if (joins)
    flow_.merge_left();
  else if (merge.up)
    flow_.merge_up();
  else if (merge.starts_down)
    flow_.start_merge();
}

}  // namespace

Error too_many_paragraphs(const Limits& limits) {
  return {
      "too-large", "文件里的文字太多，超过" + std::to_string(limits.cells * 4) + "段，不像绩效目标表。请只保留要报送的表格后再上传。", {}};
}

void flow_paragraphs(const WordMarks& marks, FlowBuilder& flow, const std::function<void(std::size_t)>& text) {
  Tables(marks, flow, text).read();
}

}  // namespace jiheng::reading
