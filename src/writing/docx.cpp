// Forms → docx. Each form is a section of its own. The rows before the repeated heading are one table, the rest another that Word
// shows joined to it (a hidden paragraph between them): Word repeats heading rows only on top of a table.
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "writing/archive.h"
#include "writing/carriers.h"
#include "writing/markup.h"

namespace jiheng::writing {
namespace {

constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                                         "\n";

int twips(double millimetres) {
  return static_cast<int>(std::lround(millimetres / 25.4 * 1440));
}

bool is_heading(Style style) {
  return style == Style::label || style == Style::head || style == Style::band;
}

bool is_left(Style style) {
  return style == Style::text || style == Style::band;
}

/// Runs with line breaks and tabs.
void append_runs(std::string& out, std::string_view text) {
  if (text.empty()) return;
  out += "<w:r>";
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '\n') {
      out += "<w:br/>";
      ++at;
    } else if (text[at] == '\t') {
      out += "<w:tab/>";
      ++at;
    } else {
      const std::size_t end = std::min(text.find_first_of("\n\t", at), text.size());
      out += R"(<w:t xml:space="preserve">)";
      append_escaped(out, text.substr(at, end - at));
      out += "</w:t>";
      at = end;
    }
  }
  out += "</w:r>";
}

void append_paragraph(std::string& out, std::string_view style, std::string_view text) {
  out += fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>)", style);
  append_runs(out, text);
  out += "</w:p>";
}

class Table {
 public:
  Table(const Form& form, const std::vector<Slot>& slots, std::string& out) : form_(form), slots_(slots), out_(out) {}

  void draw(std::size_t first, std::size_t last) {
    if (first >= last) return;
    out_ += fmt::format(
        R"(<w:tbl><w:tblPr><w:tblStyle w:val="FormTable"/><w:tblW w:w="{}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>)",
        twips(usable_width(form_.landscape)));
    for (const double width : form_.columns) out_ += fmt::format(R"(<w:gridCol w:w="{}"/>)", twips(width));
    out_ += "</w:tblGrid>";
    for (std::size_t row = first; row < last; ++row) draw_row(row);
    out_ += "</w:tbl>";
  }

 private:
  void draw_row(std::size_t row) {
    const bool header = row >= form_.header_first && row < form_.header_end();
    out_ += fmt::format(R"(<w:tr><w:trPr>{}<w:trHeight w:val="{}" w:hRule="atLeast"/>{}</w:trPr>)", is_long(row) ? "" : "<w:cantSplit/>",
                        twips(7.5), header ? "<w:tblHeader/>" : "");
    const std::size_t columns = form_.columns.size();
    for (std::size_t column = 0; column < columns;) {
      const Slot& slot = slots_[row * columns + column];
      std::size_t end = column + 1;
      while (end < columns && slots_[row * columns + end].cell == slot.cell && slot.cell != nullptr) ++end;
      draw_cell(row, column, end, slot);
      column = end;
    }
    out_ += "</w:tr>";
  }

  /// A row with so much text that it may well be higher than a page has to break.
  bool is_long(std::size_t row) const {
    for (const FormCell& cell : form_.rows[row].cells) {
      if (cell.text.size() > 1500) return true;
    }
    return false;
  }

  void draw_cell(std::size_t row, std::size_t column, std::size_t end, const Slot& slot) {
    double width = 0;
    for (std::size_t c = column; c < end; ++c) width += form_.columns[c];
    out_ += fmt::format(R"(<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>)", twips(width));
    if (end - column > 1) out_ += fmt::format(R"(<w:gridSpan w:val="{}"/>)", end - column);
    const FormCell* cell = slot.cell;
    if (cell != nullptr && cell->row_span > 1) out_ += slot.begins ? R"(<w:vMerge w:val="restart"/>)" : "<w:vMerge/>";
    if (cell != nullptr && (cell->open_top || cell->open_bottom)) {
      out_ += "<w:tcBorders>";
      if (cell->open_top) out_ += R"(<w:top w:val="nil"/>)";
      if (cell->open_bottom) out_ += R"(<w:bottom w:val="nil"/>)";
      out_ += "</w:tcBorders>";
    }
    out_ += R"(<w:vAlign w:val="center"/></w:tcPr>)";
    const Style style = cell != nullptr ? cell->style : Style::text;
    out_ += fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>)",
                        is_heading(style) ? (is_left(style) ? "FormBand" : "FormLabel")
                        : is_left(style)  ? "FormText"
                                          : "FormCenter",
                        form_.rows[row].keep_with_next ? "<w:keepNext/>" : "");
    if (cell != nullptr && slot.begins) append_runs(out_, cell->text);
    out_ += "</w:p></w:tc>";
  }

  const Form& form_;
  const std::vector<Slot>& slots_;
  std::string& out_;
};

std::string section_properties(const Form& form) {
  return fmt::format(
      R"(<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:type w:val="nextPage"/><w:pgSz w:w="{}" w:h="{}"{}/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="720" w:footer="600" w:gutter="0"/></w:sectPr>)",
      twips(page_width(form.landscape)), twips(page_height(form.landscape)), form.landscape ? R"( w:orient="landscape")" : "",
      twips(top_margin), twips(side_margin), twips(bottom_margin), twips(side_margin));
}

/// The unit on the left and the money unit on the right share a line where they fit on it.
void append_lines(std::string& out, const Form& form) {
  const double room = usable_width(form.landscape) / 25.4 * 72 / 10.5;  // ems
  if (form.left_line.empty() || form.right_line.empty() || ems(form.left_line) + ems(form.right_line) + 2 > room) {
    if (!form.left_line.empty()) append_paragraph(out, "FormLeft", form.left_line);
    if (!form.right_line.empty()) append_paragraph(out, "FormRight", form.right_line);
    return;
  }
  out += fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="FormLeft"/><w:tabs><w:tab w:val="right" w:pos="{}"/></w:tabs></w:pPr>)",
                     twips(usable_width(form.landscape)));
  append_runs(out, form.left_line + "\t" + form.right_line);
  out += "</w:p>";
}

void append_form(std::string& out, const Form& form, bool last) {
  const auto slots = slots_of(form);
  if (!form.title.empty()) append_paragraph(out, "FormTitle", form.title);
  if (!form.subtitle.empty()) append_paragraph(out, "FormSubtitle", form.subtitle);
  append_lines(out, form);
  Table table(form, slots, out);
  const std::size_t split = form.header_count > 0 ? form.header_first : 0;
  table.draw(0, split);
  if (split > 0) out += R"(<w:p><w:pPr><w:pStyle w:val="FormJoint"/><w:rPr><w:vanish/></w:rPr></w:pPr></w:p>)";
  table.draw(split, form.rows.size());
  for (const std::string& line : form.closing) append_paragraph(out, "FormClosing", line);
  if (!last) {
    out += R"(<w:p><w:pPr><w:pStyle w:val="FormJoint"/>)" + section_properties(form) + "</w:pPr></w:p>";
  } else {
    out += R"(<w:p><w:pPr><w:pStyle w:val="FormJoint"/></w:pPr></w:p>)" + section_properties(form);
  }
}

std::string document_xml(std::span<const Form> forms) {
  std::string out(declaration);
  out +=
      R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>)";
  for (const Form& form : forms) append_form(out, form, &form == &forms.back());
  out += "</w:body></w:document>";
  return out;
}

struct ParagraphStyle {
  std::string_view id;
  std::string_view name;
  std::string_view paragraph;
  std::string_view font;
  int half_points;
};

constexpr std::string_view song = "仿宋_GB2312";
constexpr std::string_view hei = "黑体";
constexpr std::string_view title_song = "方正小标宋简体";

std::string styles_xml() {
  static constexpr std::array styles = {
      ParagraphStyle{
          "FormTitle", "表标题",
          R"(<w:keepNext/><w:spacing w:after="80" w:line="480" w:lineRule="atLeast"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>)",
          title_song, 36},
      ParagraphStyle{"FormSubtitle", "表副题", R"(<w:keepNext/><w:spacing w:after="80"/><w:jc w:val="center"/>)", song, 24},
      ParagraphStyle{"FormLeft", "表首左", R"(<w:keepNext/><w:spacing w:before="60" w:after="40"/><w:jc w:val="left"/>)", song, 21},
      ParagraphStyle{"FormRight", "表首右", R"(<w:keepNext/><w:spacing w:after="60"/><w:jc w:val="right"/>)", song, 21},
      ParagraphStyle{"FormClosing", "表尾", R"(<w:spacing w:before="120"/><w:jc w:val="left"/>)", song, 21},
      ParagraphStyle{"FormLabel", "表栏目", R"(<w:jc w:val="center"/>)", hei, 20},
      ParagraphStyle{"FormBand", "表内标题", R"(<w:jc w:val="left"/>)", hei, 20},
      ParagraphStyle{"FormText", "表文字", R"(<w:jc w:val="left"/>)", song, 20},
      ParagraphStyle{"FormCenter", "表数值", R"(<w:jc w:val="center"/>)", song, 20},
      ParagraphStyle{"FormJoint", "表间", R"(<w:spacing w:line="20" w:lineRule="exact"/>)", song, 2},
      ParagraphStyle{"Footer", "footer", R"(<w:jc w:val="center"/>)", song, 18},
      ParagraphStyle{"FooterCode", "版本码", R"(<w:jc w:val="right"/>)", song, 16},
  };
  std::string out(declaration);
  out +=
      R"(<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312" w:cs="Times New Roman"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>)";
  out += R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>)";
  out += R"(<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>)";
  for (const ParagraphStyle& style : styles) {
    out += fmt::format(
        R"(<w:style w:type="paragraph" w:customStyle="1" w:styleId="{0}"><w:name w:val="{1}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{2}</w:pPr><w:rPr><w:rFonts w:eastAsia="{3}"/><w:sz w:val="{4}"/><w:szCs w:val="{4}"/></w:rPr></w:style>)",
        style.id, style.name, style.paragraph, style.font, style.half_points);
  }
  out +=
      R"(<w:style w:type="table" w:customStyle="1" w:styleId="FormTable"><w:name w:val="申报表格"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>)";
  for (const std::string_view side : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
    out += fmt::format(R"(<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>)", side);
  }
  out +=
      R"(</w:tblBorders><w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>)";
  return out;
}

std::string field(std::string_view code) {
  return fmt::format(
      R"(<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>)",
      code);
}

std::string footer_xml(const FileInfo& info) {
  std::string out(declaration);
  out += R"(<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>)";
  append_runs(out, "第 ");
  out += field("PAGE");
  append_runs(out, " 页　共 ");
  out += field("NUMPAGES");
  append_runs(out, " 页");
  out += "</w:p>";
  if (!info.code.empty()) append_paragraph(out, "FooterCode", code_line(info));
  out += "</w:ftr>";
  return out;
}

/// Where a county's machine lacks the official faces, Word takes these.
std::string font_table_xml() {
  static constexpr std::array<std::array<std::string_view, 2>, 3> fonts = {{{song, "仿宋"}, {title_song, "宋体"}, {hei, "SimHei"}}};
  std::string out(declaration);
  out += R"(<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)";
  for (const auto& [name, other] : fonts)
    out += fmt::format(R"(<w:font w:name="{}"><w:altName w:val="{}"/><w:charset w:val="86"/></w:font>)", name, other);
  out += "</w:fonts>";
  return out;
}

std::string core_xml(const FileInfo& info) {
  std::string out(declaration);
  out +=
      R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>)";
  append_escaped(out, info.title);
  out += "</dc:title><dc:creator>绩衡</dc:creator>";
  if (!info.made.empty()) {
    out += fmt::format(R"(<dcterms:created xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:created>)", info.made);
  }
  out += "</cp:coreProperties>";
  return out;
}

constexpr std::string_view content_types = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>)";

constexpr std::string_view package_relations = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>)";

constexpr std::string_view document_relations = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>)";

}  // namespace

Result<std::string> draw_docx(std::span<const Form> forms, const FileInfo& info) {
  const std::string document = document_xml(forms);
  const std::string styles = styles_xml();
  const std::string fonts = font_table_xml();
  const std::string footer = footer_xml(info);
  const std::string core = core_xml(info);
  const std::array parts = {
      Part{"[Content_Types].xml", content_types},
      Part{"_rels/.rels", package_relations},
      Part{"word/document.xml", document},
      Part{"word/_rels/document.xml.rels", document_relations},
      Part{"word/styles.xml", styles},
      Part{"word/fontTable.xml", fonts},
      Part{"word/footer1.xml", footer},
      Part{"docProps/core.xml", core},
  };
  return zip_of(parts);
}

}  // namespace jiheng::writing
