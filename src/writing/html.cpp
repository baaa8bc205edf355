// Forms → one self-contained page that prints like the paper form.
#include <fmt/format.h>

#include "writing/carriers.h"
#include "writing/html_forms.h"
#include "writing/markup.h"

namespace jiheng::writing {
namespace {

constexpr std::string_view style_sheet = R"(
@page { size: A4 portrait; margin: 22mm 18mm 20mm; @bottom-center { content: "第 " counter(page) " 页　共 " counter(pages) " 页"; font: 9pt FangSong, serif; } }
@page wide { size: A4 landscape; margin: 22mm 18mm 20mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef0f3; color: #000; font: 10pt/1.4 "仿宋_GB2312", FangSong_GB2312, FangSong, "仿宋", "Noto Serif CJK SC", serif; }
.form { width: 210mm; margin: 8mm auto; padding: 20mm 18mm; background: #fff; box-shadow: 0 1px 6px rgba(0, 0, 0, .2); }
.form.wide { width: 297mm; page: wide; }
.form h1 { margin: 0 0 3mm; text-align: center; font: 18pt/1.4 "方正小标宋简体", FZXiaoBiaoSong-B05S, "Noto Serif CJK SC", SimSun, serif; }
.form .subtitle { margin: -1mm 0 3mm; text-align: center; font-size: 12pt; }
.form .lines { font-size: 10.5pt; display: flex; justify-content: space-between; gap: 6mm; margin-bottom: 1.5mm; }
.form .lines p { margin: 0; }
.form table { width: 100%; border-collapse: collapse; table-layout: fixed; }
.form table + table { margin-top: -1px; }
.form th, .form td { border: 1px solid #000; padding: 0.8mm 0.8mm; vertical-align: middle; overflow-wrap: anywhere; white-space: pre-wrap; }
.form th { font-family: "黑体", SimHei, "Noto Sans CJK SC", sans-serif; font-weight: normal; text-align: center; }
.form td { text-align: center; height: 7.5mm; }
.form td.text { text-align: left; }
.form th.band { text-align: left; }
.form .open-top { border-top: none; }
.form .open-bottom { border-bottom: none; }
.form .closing { margin: 3mm 0 0; white-space: pre-wrap; }
.form thead { display: table-header-group; }
.form tr { break-inside: avoid; }
.form tr.keep { break-after: avoid; }
@media print { body { background: none; } .form, .form.wide { width: auto; margin: 0; padding: 0; box-shadow: none; } .form + .form { break-before: page; } }
)";

bool is_heading(Style style) {
  return style == Style::label || style == Style::head || style == Style::band;
}

void append_text(std::string& out, std::string_view text) {
  std::size_t at = 0;
  while (true) {
    const std::size_t end = text.find('\n', at);
    append_escaped(out, text.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return;
    out += "<br>";
    at = end + 1;
  }
}

void append_cell(std::string& out, const FormCell& cell, std::string_view heading) {
  const std::string_view tag = is_heading(cell.style) ? "th" : "td";
  out += fmt::format("<{}", tag);
  if (cell.style == Style::head) out += R"( scope="col")";
  if (cell.column_span > 1) out += fmt::format(R"( colspan="{}")", cell.column_span);
  if (cell.row_span > 1) out += fmt::format(R"( rowspan="{}")", cell.row_span);
  std::string classes;
  if (cell.style == Style::text) classes += " text";
  if (cell.style == Style::band) classes += " band";
  if (cell.open_top) classes += " open-top";
  if (cell.open_bottom) classes += " open-bottom";
  if (!classes.empty()) out += fmt::format(R"( class="{}")", std::string_view(classes).substr(1));
  if (!heading.empty()) {
    out += R"( data-head=")";
    append_escaped(out, heading);
    out += "\"";
  }
  out += ">";
  append_text(out, cell.text);
  out += fmt::format("</{}>", tag);
}

/// What stands over each column in the repeated heading, the lowest first.
std::vector<std::string_view> headings_of(const Form& form) {
  std::vector<std::string_view> headings(form.columns.size());
  const auto slots = slots_of(form);
  for (std::size_t row = form.header_end(); row-- > form.header_first;) {
    for (std::size_t column = 0; column < form.columns.size(); ++column) {
      const FormCell* cell = slots[row * form.columns.size() + column].cell;
      if (headings[column].empty() && cell != nullptr) headings[column] = cell->text;
    }
  }
  return headings;
}

void append_rows(std::string& out, const Form& form, std::size_t first, std::size_t last,
                 const std::vector<std::string_view>& headings = {}) {
  for (std::size_t row = first; row < last; ++row) {
    out += form.rows[row].keep_with_next ? R"(<tr class="keep">)" : "<tr>";
    for (const FormCell& cell : form.rows[row].cells)
      append_cell(out, cell, headings.empty() ? std::string_view() : headings[static_cast<std::size_t>(cell.column)]);
    out += "</tr>\n";
  }
}

void open_table(std::string& out, const Form& form) {
  out += "<table><colgroup>";
  for (const double width : form.columns) out += fmt::format(R"(<col style="width:{:.2f}%">)", width / usable_width(form.landscape) * 100);
  out += "</colgroup>\n";
}

}  // namespace

/// Only a table's own head is repeated over pages, so the rows before it stand in a table of their own, joined without a gap.
void append_html_form(std::string& out, const Form& form, HtmlUse use) {
  out += form.landscape ? R"(<section class="form wide">)" : R"(<section class="form">)";
  out += "\n";
  const auto line = [&](std::string_view tag, std::string_view attributes, std::string_view text) {
    if (text.empty()) return;
    out += fmt::format("<{}{}>", tag, attributes);
    append_text(out, text);
    out += fmt::format("</{}>\n", tag);
  };
  line(use == HtmlUse::site ? "h2" : "h1", "", form.title);
  line("p", R"( class="subtitle")", form.subtitle);
  out += R"(<div class="lines">)";
  line("p", "", form.left_line);
  line("p", "", form.right_line);
  out += "</div>\n";
  if (form.header_first > 0) {
    // What stands above the indicators means something only side by side: a narrow screen moves it sideways.
    if (use == HtmlUse::site) out += R"(<div class="across" tabindex="0" role="group" aria-label="表头">)";
    open_table(out, form);
    out += "<tbody>\n";
    append_rows(out, form, 0, form.header_first);
    out += use == HtmlUse::site ? "</tbody></table></div>\n" : "</tbody></table>\n";
  }
  open_table(out, form);
  if (form.header_count > 0) {
    out += "<thead>\n";
    append_rows(out, form, form.header_first, form.header_end());
    out += "</thead>";
  }
  out += "<tbody>\n";
  append_rows(out, form, form.header_end(), form.rows.size(), use == HtmlUse::site ? headings_of(form) : std::vector<std::string_view>());
  out += "</tbody></table>\n";
  for (const std::string& closing : form.closing) line("p", R"( class="closing")", closing);
  out += "</section>\n";
}

Result<std::string> draw_html(std::span<const Form> forms, const FileInfo& info) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>";
  append_escaped(out, info.title);
  out += "</title>\n<style>";
  out += style_sheet;
  // Of letters, digits and dashes alone.
  if (!info.code.empty())
    out += fmt::format("@page {{ @bottom-right {{ content: \"{}\"; font: 8pt FangSong, serif; }} }}\n", code_line(info));
  out += "</style></head><body>\n";
  for (const Form& form : forms) append_html_form(out, form, HtmlUse::document);
  out += "</body></html>\n";
  return out;
}

}  // namespace jiheng::writing
