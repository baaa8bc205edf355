#include "carriers.h"

#include <algorithm>
#include <cstdio>
#include <functional>

#include "base/text.h"
#include "ofd_maker.h"
#include "office_maker.h"
#include "old_office_maker.h"
#include "pdf_maker.h"
#include "word_maker.h"

namespace jiheng::reading {
namespace {

std::string escaped(std::string text) {
  text = replace_all(std::move(text), "&", "&amp;");
  return replace_all(std::move(text), "<", "&lt;");
}

std::u16string utf16(std::string_view text) {
  std::u16string out;
  for (std::size_t at = 0; at < text.size();) out += static_cast<char16_t>(next_code_point(text, at));  // no forms beyond the BMP
  return out;
}

/// A cell seen from one row that it covers.
struct Stretch {
  const MadeCell* cell;
  std::size_t row;     ///< of the cell's first row
  std::size_t column;  ///< of its first column
  bool below;          ///< this row is not its first
};

/// The cells of each row, those that reach down from above among them.
std::vector<std::vector<Stretch>> stretches_of(const MadeForm& form) {
  std::vector<std::vector<Stretch>> rows(form.rows.size());
  for (std::size_t row = 0; row < form.rows.size(); ++row) {
    for (std::size_t column = 0; column < form.rows[row].size(); ++column) {
      const MadeCell& cell = form.rows[row][column];
      for (std::size_t below = 0; !cell.covered && below < cell.row_span; ++below)
        rows.at(row + below).push_back({&cell, row, column, below > 0});
    }
  }
  for (auto& row : rows) std::sort(row.begin(), row.end(), [](const Stretch& a, const Stretch& b) { return a.column < b.column; });
  return rows;
}

std::string cell_name(std::size_t row, std::size_t column) {
  return std::string(1, static_cast<char>('A' + column)) + std::to_string(row + 1);
}

/// Where everything stands on a page, in points.
struct Sheet {
  std::vector<float> columns;
  std::vector<float> rows;
  float width = 0;
  float height = 0;
};

constexpr float font_size = 10;
constexpr float line_height = 14;
constexpr float margin = 40;
constexpr float inset = 4;

float width_of(std::string_view text) {
  float width = 0;
  for (std::size_t at = 0; at < text.size();) width += next_code_point(text, at) < 0x2000 ? font_size / 2 : font_size;
  return width;
}

/// Columns as wide as their longest text.
Sheet sheet_of(const MadeForm& form) {
  Sheet sheet;
  sheet.columns = {margin};
  for (std::size_t column = 0; column < form.rows.at(0).size(); ++column) {
    float right = sheet.columns.back() + 30;
    for (const auto& row : form.rows) {
      for (std::size_t from = 0; from <= column; ++from) {
        const MadeCell& cell = row[from];
        if (!cell.covered && from + cell.column_span == column + 1)
          right = std::max(right, sheet.columns[from] + width_of(cell.text) + 2 * inset);
      }
    }
    sheet.columns.push_back(right);
  }
  sheet.rows = {margin + line_height * 2 * static_cast<float>(form.lines.size() + 1)};
  for (std::size_t row = 0; row < form.rows.size(); ++row) sheet.rows.push_back(sheet.rows.back() + line_height + 2 * inset);
  sheet.width = sheet.columns.back() + margin;
  for (const std::string& line : form.lines) sheet.width = std::max(sheet.width, 2 * margin + width_of(line));
  sheet.height = sheet.rows.back() + margin;
  return sheet;
}

using DrawText = std::function<void(float x, float baseline, std::string_view text)>;
using DrawBox = std::function<void(float left, float top, float width, float height)>;

Sheet draw(const MadeForm& form, const DrawText& text, const DrawBox& box) {
  Sheet sheet = sheet_of(form);
  float baseline = margin + line_height;
  for (const std::string& line : form.lines) {
    text(margin, baseline, line);
    baseline += 2 * line_height;
  }
  for (std::size_t row = 0; row < form.rows.size(); ++row) {
    for (std::size_t column = 0; column < form.rows[row].size(); ++column) {
      const MadeCell& cell = form.rows[row][column];
      if (cell.covered) continue;
      const float left = sheet.columns[column];
      const float top = sheet.rows[row];
      const float height = sheet.rows[row + cell.row_span] - top;
      box(left, top, sheet.columns[column + cell.column_span] - left, height);
      if (!cell.text.empty()) text(left + inset, top + height / 2 + font_size * 0.38F, cell.text);
    }
  }
  return sheet;
}

std::string number(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", static_cast<double>(value));
  return text;
}

std::string numbers(std::initializer_list<float> values) {
  std::string out;
  for (const float value : values) out += (out.empty() ? "" : " ") + number(value);
  return out;
}

}  // namespace

std::string as_docx(const MadeForm& form) {
  std::string body;
  for (const std::string& line : form.lines) body += word_paragraph(escaped(line));
  body += "<w:tbl>";
  for (const auto& row : stretches_of(form)) {
    body += "<w:tr>";
    for (const Stretch& stretch : row) {
      std::string properties = "<w:gridSpan w:val=\"" + std::to_string(stretch.cell->column_span) + "\"/>";
      if (stretch.cell->row_span > 1) properties += stretch.below ? "<w:vMerge/>" : "<w:vMerge w:val=\"restart\"/>";
      body += word_cell(stretch.below ? "" : escaped(stretch.cell->text), properties);
    }
    body += "</w:tr>";
  }
  return docx_of(body + "</w:tbl>");
}

std::string as_doc(const MadeForm& form) {
  constexpr std::uint16_t goes_on = 0x20;
  constexpr std::uint16_t begins = 0x60;
  DocSource source;
  for (const std::string& line : form.lines) source.main.push_back(plain(utf16(line)));
  for (const auto& row : stretches_of(form)) {
    std::vector<DocTc> cells;
    for (const Stretch& stretch : row) {
      const std::uint16_t merge = stretch.cell->row_span == 1 ? 0 : stretch.below ? goes_on : begins;
      cells.push_back({static_cast<std::int16_t>((stretch.column + stretch.cell->column_span) * 1000), merge});
      source.main.push_back(doc_cell(stretch.below ? u"" : utf16(stretch.cell->text)));
    }
    source.main.push_back(doc_row_end(row_definition(0, cells)));
  }
  source.main.push_back(plain(u""));
  return doc_of(source);
}

std::string as_xlsx(const MadeForm& form) {
  std::string rows;
  std::string merges;
  const auto row = [&](std::size_t number, const std::vector<Stretch>& parts) {
    rows += "<row r=\"" + std::to_string(number + 1) + "\">";
    for (const Stretch& stretch : parts) {
      if (stretch.below) continue;
      const std::string name = cell_name(number, stretch.column);
      rows += "<c r=\"" + name + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(stretch.cell->text) + "</t></is></c>";
      if (stretch.cell->column_span * stretch.cell->row_span > 1)
        merges += "<mergeCell ref=\"" + name + ":" +
                  cell_name(number + stretch.cell->row_span - 1, stretch.column + stretch.cell->column_span - 1) + "\"/>";
    }
    rows += "</row>";
  };
  std::size_t at = 0;
  for (const std::string& line : form.lines) {
    const MadeCell cell{line, 1, static_cast<std::uint32_t>(form.rows.at(0).size()), false};
    row(at++, {{&cell, 0, 0, false}});
  }
  for (const auto& parts : stretches_of(form)) row(at++, parts);
  return xlsx_of_rows(rows, merges.empty() ? "" : "<mergeCells>" + merges + "</mergeCells>");
}

std::string as_xls(const MadeForm& form) {
  std::string records;
  std::string areas;
  std::uint32_t merged = 0;
  std::uint16_t at = 0;
  const auto add = [&](const MadeCell& cell, std::size_t column) {
    records += biff_label(at, static_cast<std::uint16_t>(column), utf16(cell.text));
    if (cell.row_span * cell.column_span == 1) return;
    ++merged;
    const auto left = static_cast<std::uint32_t>(column);
    areas += little16(at) + little16(at + cell.row_span - 1) + little16(left) + little16(left + cell.column_span - 1);
  };
  for (const std::string& line : form.lines) {
    add({line, 1, static_cast<std::uint32_t>(form.rows.at(0).size()), false}, 0);
    ++at;
  }
  for (const auto& row : form.rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (!row[column].covered) add(row[column], column);
    }
    ++at;
  }
  if (merged > 0) records += biff(0x00E5, little16(merged) + areas);
  return compound_of({{"Workbook", biff_workbook({{u"表一", records}})}});
}

std::string as_pdf(const MadeForm& form) {
  std::string content = "0.5 w ";
  const float height = sheet_of(form).height;
  const auto text = [&](float x, float baseline, std::string_view printed) {
    content += "BT /F1 " + number(font_size) + " Tf " + numbers({x, height - baseline}) + " Td <";
    for (const char16_t unit : utf16(printed)) {
      char hexadecimal[8];
      std::snprintf(hexadecimal, sizeof hexadecimal, "%04X", static_cast<unsigned>(unit));
      content += hexadecimal;
    }
    content += "> Tj ET\n";
  };
  const auto box = [&](float left, float top, float width, float high) {
    content += numbers({left, height - top - high, width, high}) + " re S\n";
  };
  const Sheet sheet = draw(form, text, box);
  PdfMaker maker;
  const int descendant = maker.add(
      "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
      "/DW 1000 /W [1 95 500 814 939 500] >>");
  return maker.page(content,
                    "/Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ " +
                        reference(descendant) + " ] >> >>",
                    "/MediaBox [0 0 " + numbers({sheet.width, sheet.height}) + "]");
}

std::string as_ofd(const MadeForm& form) {
  constexpr float mm = 25.4F / 72;
  std::string content;
  const auto text = [&](float x, float baseline, std::string_view printed) {
    std::string deltas;
    for (std::size_t at = 0; at < printed.size();) {
      const float step = next_code_point(printed, at) < 0x2000 ? font_size / 2 : font_size;
      if (at < printed.size()) deltas += (deltas.empty() ? "" : " ") + number(step * mm);
    }
    content += "<ofd:TextObject ID=\"1\" Boundary=\"" +
               numbers({x * mm, (baseline - font_size) * mm, width_of(printed) * mm, font_size * 1.2F * mm}) + "\" Font=\"2\" Size=\"" +
               number(font_size * mm) + "\"><ofd:TextCode X=\"0\" Y=\"" + number(font_size * mm) + "\" DeltaX=\"" + deltas + "\">" +
               escaped(std::string(printed)) + "</ofd:TextCode></ofd:TextObject>";
  };
  const auto box = [&](float left, float top, float width, float height) {
    const std::string w = number(width * mm);
    const std::string h = number(height * mm);
    content += "<ofd:PathObject ID=\"1\" Boundary=\"" + numbers({left * mm, top * mm, width * mm, height * mm}) +
               "\" LineWidth=\"0.2\"><ofd:AbbreviatedData>M 0 0 L " + w + " 0 L " + w + " " + h + " L 0 " + h +
               " C</ofd:AbbreviatedData></ofd:PathObject>";
  };
  const Sheet sheet = draw(form, text, box);
  OfdSource source;
  source.page_head = "<ofd:Area><ofd:PhysicalBox>" + numbers({0, 0, sheet.width * mm, sheet.height * mm}) + "</ofd:PhysicalBox></ofd:Area>";
  source.pages = {content};
  return ofd_of(source);
}

}  // namespace jiheng::reading
