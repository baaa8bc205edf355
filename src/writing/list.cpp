#include "writing/list.h"

#include "writing/carriers.h"
#include "writing/form_builder.h"

namespace jiheng::writing {

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
