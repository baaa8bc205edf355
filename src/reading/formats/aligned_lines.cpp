#include "reading/formats/aligned_lines.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t least_rows = 3;  ///< of a table set by spaces: two lines may agree by chance
constexpr std::size_t least_columns = 3;
constexpr std::size_t most_columns = 1000;  ///< a line with more is no row of a form

struct Field {
  std::string_view text;
  std::size_t place = 0;       ///< where it starts, a Chinese character counting two
  std::size_t characters = 0;  ///< where it starts, every character counting one
};

struct Line {
  TextLine source;
  std::vector<std::string_view> bars;  ///< fields between bars; empty where it has none
  std::vector<Field> spaced;
  bool ruling = false;

  bool is_barred() const { return !bars.empty(); }
  /// Whether it can be a row of a table set by spaces: several fields, or one that stands away from the margin.
  bool is_spaced() const { return !ruling && bars.empty() && (spaced.size() > 1 || (spaced.size() == 1 && spaced[0].place > 1)); }
};

/// Length of a bar that begins here, 0 where none does.
std::size_t bar_length(std::string_view text) {
  if (text[0] == '|') return 1;
  const std::string_view three = text.substr(0, 3);
  return three == "│" || three == "┃" || three == "║" || three == "｜" ? 3 : 0;
}

std::vector<std::string_view> bar_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  std::size_t from = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = bar_length(line.substr(at));
    if (length == 0) {
      ++at;
      continue;
    }
    const bool frame = fields.empty() && from == 0 && is_blank_text(line.substr(0, at));
    if (!frame) fields.push_back(trim(line.substr(from, at - from)));
    if (fields.size() > most_columns) return {};
    at += length;
    from = at;
  }
  if (from == 0) return {};
  if (!is_blank_text(line.substr(from))) fields.push_back(trim(line.substr(from)));
  if (fields.size() < 2) fields.clear();
  return fields;
}

/// |---|:--:|, ├──┼──┤, +----+.
bool is_ruling(std::string_view line) {
  bool stroke = false;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = next_code_point(line, at);
    if (c == '-' || c == '=' || (c >= 0x2500 && c <= 0x257F))
      stroke = true;
    else if (c != '|' && c != ':' && c != '+' && c != ' ')
      return false;
  }
  return stroke && trim(line).size() >= 3;
}

/// Fields told apart by two spaces or more, or by a wide one of each kind.
std::vector<Field> spaced_fields(std::string_view line) {
  std::vector<Field> fields;
  std::size_t place = 0;
  std::size_t characters = 0;
  std::size_t gap = 2;  // the width of the white space before the present character
  std::size_t start = 0;
  std::size_t end = 0;
  const auto close = [&] {
    if (!fields.empty()) fields.back().text = line.substr(start, end - start);
  };
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t before = at;
    const char32_t c = next_code_point(line, at);
    const std::size_t width = is_cjk(c) ? 2 : 1;
    if (c == ' ' || c == 0x3000) {
      ++gap;
    } else {
      if (gap >= 2) {
        close();
        if (fields.size() == most_columns) return {};
        fields.push_back({{}, place, characters});
        start = before;
      }
      gap = 0;
      end = at;
    }
    place += width;
    ++characters;
  }
  close();
  return fields;
}

Line parse(const TextLine& source) {
  Line line;
  line.source = source;
  line.ruling = is_ruling(source.text);
  if (line.ruling) return line;
  line.bars = bar_fields(source.text);
  if (line.bars.empty()) line.spaced = spaced_fields(source.text);
  return line;
}

/// The line's fields by the columns of `reference`; nullopt where one starts at no column of it.
std::optional<TextRow> by_position(const Line& line, const Line& reference, std::size_t Field::* position) {
  TextRow row{line.source.number, std::vector<std::string_view>(reference.spaced.size())};
  std::size_t column = 0;
  for (const Field& field : line.spaced) {
    while (column < reference.spaced.size() && reference.spaced[column].*position + 1 < field.*position) ++column;
    if (column == reference.spaced.size() || reference.spaced[column].*position > field.*position + 1) return std::nullopt;
    row.fields[column++] = field.text;
  }
  return row;
}

class Arranger {
 public:
  explicit Arranger(std::vector<ArrangedText>& out) : out_(out) {}

  void arrange(std::span<const Line> lines) {
    while (!lines.empty()) {
      const bool drawn = lines[0].ruling || lines[0].is_barred();
      const auto alike = [&](const Line& line) { return drawn ? line.ruling || line.is_barred() : line.is_spaced(); };
      const auto count = static_cast<std::size_t>(std::find_if_not(lines.begin(), lines.end(), alike) - lines.begin());
      if (count == 0) {
        paragraphs(lines.first(1));
        lines = lines.subspan(1);
      } else {
        if (drawn)
          arrange_drawn(lines.first(count));
        else
          arrange_spaced(lines.first(count));
        lines = lines.subspan(count);
      }
    }
  }

 private:
  void paragraphs(std::span<const Line> lines) {
    for (const Line& line : lines) {
      if (!line.ruling) out_.push_back({{}, line.source.text});
    }
  }

  void arrange_drawn(std::span<const Line> lines) {
    std::vector<TextRow> rows;
    for (const Line& line : lines) {
      if (!line.ruling) rows.push_back({line.source.number, line.bars});
    }
    if (rows.size() < 2) return paragraphs(lines);
    out_.push_back({std::move(rows), {}});
  }

  /// By position round the line with most fields; else neighbours that have the same number of them.
  void arrange_spaced(std::span<const Line> lines) {
    while (!lines.empty()) {
      const auto widest =
          std::max_element(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.spaced.size() < b.spaced.size(); });
      if (lines.size() < least_rows || widest->spaced.size() < least_columns) return paragraphs(lines);
      const auto at = static_cast<std::size_t>(widest - lines.begin());
      if (same_count(lines)) return take_all(lines);
      std::size_t taken = 0;
      for (const auto position : {&Field::place, &Field::characters}) {
        if (taken == 0) taken = take_positioned(lines, at, position);
      }
      if (taken == 0) return arrange_counted(lines);
      lines = lines.subspan(taken);
    }
  }

  static bool same_count(std::span<const Line> lines) {
    return std::all_of(lines.begin(), lines.end(), [&](const Line& line) { return line.spaced.size() == lines[0].spaced.size(); });
  }

  /// How many lines were dealt with: those before the table, as paragraphs, and the table's own.
  std::size_t take_positioned(std::span<const Line> lines, std::size_t reference, std::size_t Field::* position) {
    std::vector<TextRow> rows;
    std::size_t first = reference;
    while (first > 0) {
      auto row = by_position(lines[first - 1], lines[reference], position);
      if (!row) break;
      rows.push_back(std::move(*row));
      --first;
    }
    std::reverse(rows.begin(), rows.end());
    std::size_t end = reference;
    for (; end < lines.size(); ++end) {
      auto row = by_position(lines[end], lines[reference], position);
      if (!row) break;
      rows.push_back(std::move(*row));
    }
    if (rows.size() < least_rows) return 0;
    paragraphs(lines.first(first));
    out_.push_back({std::move(rows), {}});
    return end;
  }

  void arrange_counted(std::span<const Line> lines) {
    while (!lines.empty()) {
      std::size_t count = 1;
      while (count < lines.size() && lines[count].spaced.size() == lines[0].spaced.size()) ++count;
      if (count >= least_rows && lines[0].spaced.size() >= least_columns)
        take_all(lines.first(count));
      else
        paragraphs(lines.first(count));
      lines = lines.subspan(count);
    }
  }

  void take_all(std::span<const Line> lines) {
    std::vector<TextRow> rows;
    for (const Line& line : lines) {
      TextRow& row = rows.emplace_back();
      row.number = line.source.number;
      for (const Field& field : line.spaced) row.fields.push_back(field.text);
    }
    out_.push_back({std::move(rows), {}});
  }

  std::vector<ArrangedText>& out_;
};

}  // namespace

bool is_blank_text(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c != ' ' && c != '\t' && c != 0x3000 && c != 0xA0 && c != 0xFEFF) return false;
  }
  return true;
}

std::vector<ArrangedText> arrange(std::span<const TextLine> lines) {
  std::vector<ArrangedText> out;
  if (lines.size() == 1) {  // alone it is no table
    if (!is_ruling(lines[0].text)) out.push_back({{}, lines[0].text});
    return out;
  }
  std::vector<Line> parsed;
  parsed.reserve(lines.size());
  for (const TextLine& line : lines) parsed.push_back(parse(line));
  Arranger(out).arrange(parsed);
  return out;
}

}  // namespace jiheng::reading
