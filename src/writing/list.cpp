#include "writing/list.h"

#include "base/decimal.h"
#include "writing/carriers.h"
#include "writing/form_builder.h"

namespace jiheng::writing {
namespace {

void append_csv(std::string& out, std::string_view text, bool number) {
  const bool formula = !number && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  const bool quoted = formula || text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out.push_back('"');
  if (formula) out.push_back('\'');
  for (const char c : text) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  if (quoted) out.push_back('"');
}

}  // namespace

std::string list_csv(const List& list) {
  std::string out = "\xEF\xBB\xBF";
  for (std::size_t c = 0; c < list.columns.size(); ++c) {
    if (c > 0) out.push_back(',');
    append_csv(out, list.columns[c].title, false);
  }
  out += "\r\n";
  for (const auto& row : list.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) out.push_back(',');
      append_csv(out, row[c], list.columns[c].style == Style::number && Decimal::parse(row[c]).has_value());
    }
    out += "\r\n";
  }
  return out;
}

Result<std::string> write_list(const List& list, Carrier carrier, const WriteOptions& options) {
  std::vector<double> widths;
  for (const ListColumn& column : list.columns) widths.push_back(column.width);
  FormBuilder build(widths, true);
  Form& form = build.form();
  form.name = list.name;
  form.title = list.title;
  form.left_line = list.line;
  form.is_list = true;
  const auto& edges = build.main();
  build.begin_header();
  build.row(true);
  for (std::size_t c = 0; c < list.columns.size(); ++c) build.cell(edges, c, c + 1, list.columns[c].title, Style::head);
  build.end_header();
  for (const auto& row : list.rows) {
    build.row();
    for (std::size_t c = 0; c < list.columns.size(); ++c) build.cell(edges, c, c + 1, row.at(c), list.columns[c].style);
  }
  const Form done = build.finish();
  const FileInfo info{list.title, options.font_folder};
  switch (carrier) {
    case Carrier::docx:
      return draw_docx({&done, 1}, info);
    case Carrier::xlsx:
      return draw_xlsx({&done, 1}, info);
    case Carrier::pdf:
      return draw_pdf({&done, 1}, info);
    case Carrier::html:
      return draw_html({&done, 1}, info);
  }
  return Error{"carrier-not-offered", "没有这种文件格式。", {}};
}

}  // namespace jiheng::writing
