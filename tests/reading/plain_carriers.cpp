// Made forms as grids, web pages and plain text.
#include <algorithm>

#include "carriers.h"

namespace jiheng::reading {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '\n')
      out += "<br>";
    else
      out += c;
  }
  return out;
}

std::string lines_of(const MadeForm& form, char separator) {
  std::string out;
  // A spreadsheet writes every line with all its separators.
  const std::string empty(separator == ',' && !form.rows.empty() ? form.rows[0].size() - 1 : 0, separator);
  for (const std::string& line : form.lines) out += line + empty + "\n";
  for (const auto& row : form.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += separator;
      std::string text = row[i].covered ? "" : row[i].text;
      if (separator == '\t') {
        std::replace(text.begin(), text.end(), '\n', ' ');
      } else if (text.find_first_of(",\n") != std::string::npos) {
        text = "\"" + text + "\"";
      }
      out += text;
    }
    out += "\n";
  }
  return out;
}

}  // namespace

Layout as_grid(const MadeForm& form) {
  Layout layout;
  for (const std::string& line : form.lines) {
    Block block;
    block.text = layout.pool.keep(line);
    layout.blocks.push_back(std::move(block));
  }
  Block block;
  block.kind = Block::Kind::grid;
  for (std::size_t row = 0; row < form.rows.size(); ++row) {
    for (std::size_t column = 0; column < form.rows[row].size(); ++column) {
      const MadeCell& made = form.rows[row][column];
      if (made.covered) continue;
      Cell cell;
      cell.text = layout.pool.keep(made.text);
      cell.row = static_cast<std::uint32_t>(row);
      cell.column = static_cast<std::uint32_t>(column);
      cell.row_span = made.row_span;
      cell.column_span = made.column_span;
      block.grid.cells.push_back(cell);
    }
  }
  block.grid.settle();
  layout.blocks.push_back(std::move(block));
  return layout;
}

std::string as_html(const MadeForm& form) {
  std::string out = "<html><head><meta charset=\"utf-8\"></head><body>";
  for (const std::string& line : form.lines) out += "<p>" + escaped(line) + "</p>";
  out += "<table border=1>";
  for (const auto& row : form.rows) {
    out += "<tr>";
    for (const MadeCell& cell : row) {
      if (cell.covered) continue;
      out += "<td";
      if (cell.row_span > 1) out += " rowspan=" + std::to_string(cell.row_span);
      if (cell.column_span > 1) out += " colspan=" + std::to_string(cell.column_span);
      out += ">" + escaped(cell.text) + "</td>";
    }
    out += "</tr>";
  }
  return out + "</table></body></html>";
}

std::string as_text(const MadeForm& form) {
  return lines_of(form, '\t');
}

std::string as_csv(const MadeForm& form) {
  return lines_of(form, ',');
}

}  // namespace jiheng::reading
