// An official document as docx.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <deque>

#include "writing/archive.h"
#include "writing/markup.h"
#include "writing/official/document.h"
#include "writing/official/layout.h"

namespace jiheng::writing {
namespace {

constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                                         "\n";
constexpr std::string_view word_namespaces =
    R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
constexpr std::string_view body_namespaces =
    R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15")";

int twips(double millimetres) {
  return static_cast<int>(std::lround(millimetres / 25.4 * 1440));
}

void append_text(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += R"(<w:t xml:space="preserve">)";
    append_escaped(out, text.substr(at, end - at));
    out += "</w:t>";
    if (end < text.size()) out += "<w:br/>";
    at = end + 1;
  }
}

/// The part word/document.xml, put together from above to below.
class Body {
 public:
  std::string write(const OfficialDocument& document) {
    out_ = declaration;
    out_ += fmt::format("<w:document {}><w:body>", body_namespaces);
    head(document);
    const std::size_t end = official::body_end(document);
    for (std::size_t i = 0; i < end; ++i) block(document.blocks[i]);
    foot(document);
    for (std::size_t i = end; i < document.blocks.size(); ++i) block(document.blocks[i]);
    out_ += fmt::format(
        R"(<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/><w:pgSz w:w="{}" w:h="{}"/><w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="851" w:footer="{}" w:gutter="0"/></w:sectPr></w:body></w:document>)",
        twips(210), twips(297), twips(official::top), twips(official::right), twips(official::bottom), twips(official::left), twips(25));
    return std::move(out_);
  }
  /// Those that were drawn, in order.
  const std::vector<const OfficialChart*>& charts() const { return charts_; }

 private:
  void head(const OfficialDocument& document) {
    if (!document.mark.empty()) {
      const std::string mark = unmarked(document.mark);
      const int half_points = static_cast<int>(official::mark_size(mark) * 2);
      out_ +=
          fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="OfficialMark"/></w:pPr><w:r><w:rPr><w:sz w:val="{0}"/><w:szCs w:val="{0}"/></w:rPr>)",
                      half_points);
      append_text(out_, mark);
      out_ += "</w:r></w:p>";
      paragraph("OfficialNumber", document.number, R"(<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="4" w:color="FF0000"/></w:pBdr>)");
    } else if (!document.number.empty()) {
      paragraph("OfficialNumber", document.number);
    }
    paragraph("OfficialText", "");
    paragraph("OfficialTitle", document.title);
    paragraph("OfficialText", "");
    if (!document.addressees.empty()) paragraph("OfficialAddressees", document.addressees);
  }

  void foot(const OfficialDocument& document) {
    if (!document.attachments.empty()) paragraph("OfficialText", "", "<w:keepNext/>");
    for (const std::string& each : official::attachment_lines(document)) paragraph("OfficialText", each, "<w:keepNext/>");
    if (!document.signer.empty() || !document.date.empty()) {
      // Room for the seal.
      paragraph("OfficialText", "", "<w:keepNext/>");
      paragraph("OfficialText", "", "<w:keepNext/>");
      paragraph("OfficialSigner", document.signer, "<w:keepNext/>");
      paragraph("OfficialDate", document.date);
    }
    if (!document.note.empty()) paragraph("OfficialText", "（" + document.note + "）");
  }

  void block(const OfficialBlock& block) {
    switch (block.kind) {
      case OfficialBlock::Kind::paragraph:
        return paragraph("OfficialText", block.text);
      case OfficialBlock::Kind::heading:
        return paragraph("OfficialHeading", block.text);
      case OfficialBlock::Kind::subheading:
        return paragraph("OfficialSubheading", block.text);
      case OfficialBlock::Kind::table:
        if (!block.rows.empty()) table(block.rows);
        return;
      case OfficialBlock::Kind::annex:
        paragraph("OfficialAnnex", block.text, "<w:pageBreakBefore/>");
        return paragraph("OfficialTitle", block.title);
      case OfficialBlock::Kind::chart:
        if (!block.chart.empty()) chart(block.chart);
        return;
    }
  }

  void paragraph(std::string_view style, std::string_view text, std::string_view more = {}) {
    out_ += fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr>)", style, more);
    runs(text);
    out_ += "</w:p>";
  }

  /// What is marked stands in a content control that shows nothing of itself.
  void runs(std::string_view text) {
    for (const MarkedPart& part : marked_parts(text)) {
      if (!part.tag.empty()) {
        out_ += R"(<w:sdt><w:sdtPr><w:tag w:val=")";
        append_escaped(out_, part.tag);
        out_ += fmt::format(R"("/><w:id w:val="{}"/><w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>)", ++last_id_);
      }
      out_ += "<w:r>";
      append_text(out_, part.text);
      out_ += "</w:r>";
      if (!part.tag.empty()) out_ += "</w:sdtContent></w:sdt>";
    }
  }

  void table(const std::vector<std::vector<std::string>>& rows) {
    const auto widths = official::column_widths(rows);
    out_ += fmt::format(
        R"(<w:tbl><w:tblPr><w:tblStyle w:val="OfficialTable"/><w:tblW w:w="{}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>)",
        twips(official::width));
    for (const double each : widths) out_ += fmt::format(R"(<w:gridCol w:w="{}"/>)", twips(each));
    out_ += "</w:tblGrid>";
    for (std::size_t r = 0; r < rows.size(); ++r) {
      out_ += fmt::format(R"(<w:tr><w:trPr><w:cantSplit/>{}</w:trPr>)", r == 0 ? "<w:tblHeader/>" : "");
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        out_ += fmt::format(R"(<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>)", twips(widths[c]));
        const bool is_short = ems(unmarked(rows[r][c])) < 8;
        paragraph(r == 0 ? "OfficialTableHead" : is_short ? "OfficialTableShort" : "OfficialTableText", rows[r][c]);
        out_ += "</w:tc>";
      }
      out_ += "</w:tr>";
    }
    out_ += "</w:tbl>";
  }

  void chart(const OfficialChart& chart) {
    constexpr double emu_a_millimetre = 36'000;
    charts_.push_back(&chart);
    out_ += fmt::format(
        R"(<w:p><w:pPr><w:pStyle w:val="OfficialChart"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{}" cy="{}"/><wp:docPr id="{}" name="chart{}" descr=")",
        std::lround(official::width * emu_a_millimetre), std::lround(official::chart_height(chart) * emu_a_millimetre), ++last_id_,
        charts_.size());
    append_escaped(out_, chart.title);
    out_ += fmt::format(
        R"("/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rIdChart{}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>)",
        charts_.size());
  }

  std::string out_;
  std::vector<const OfficialChart*> charts_;
  int last_id_ = 0;
};

struct ParagraphStyle {
  std::string_view id;
  std::string_view name;
  std::string_view paragraph;
  std::string_view font;
  int half_points;
  std::string_view run = {};
};

constexpr std::string_view song = "仿宋_GB2312";
constexpr std::string_view hei = "黑体";
constexpr std::string_view kai = "楷体_GB2312";
constexpr std::string_view title_song = "方正小标宋简体";

std::string styles_xml() {
  // Lines of exactly 28 points are 560 twentieths; two characters of indentation are given in hundredths of one.
  static constexpr std::array styles = {
      ParagraphStyle{"OfficialText", "公文正文",
                     R"(<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>)",
                     song, 32},
      ParagraphStyle{"OfficialHeading", "公文一级标题",
                     R"(<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>)", hei,
                     32},
      ParagraphStyle{"OfficialSubheading", "公文二级标题",
                     R"(<w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>)", kai,
                     32},
      ParagraphStyle{"OfficialTitle", "公文标题",
                     R"(<w:keepNext/><w:spacing w:line="640" w:lineRule="exact"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>)",
                     title_song, 44},
      ParagraphStyle{"OfficialMark", "发文机关标志", R"(<w:spacing w:before="600" w:after="300"/><w:jc w:val="center"/>)", title_song, 104,
                     R"(<w:color w:val="FF0000"/>)"},
      ParagraphStyle{"OfficialNumber", "发文字号", R"(<w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="center"/>)", song, 32},
      ParagraphStyle{"OfficialAddressees", "主送机关", R"(<w:spacing w:line="560" w:lineRule="exact"/>)", song, 32},
      ParagraphStyle{"OfficialSigner", "发文机关署名",
                     R"(<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:rightChars="300" w:right="960"/><w:jc w:val="right"/>)", song,
                     32},
      ParagraphStyle{"OfficialDate", "成文日期",
                     R"(<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>)", song,
                     32},
      ParagraphStyle{"OfficialAnnex", "附件说明", R"(<w:spacing w:line="560" w:lineRule="exact"/>)", hei, 32},
      ParagraphStyle{"OfficialTableHead", "公文表头", R"(<w:jc w:val="center"/>)", hei, 24},
      ParagraphStyle{"OfficialTableText", "公文表文字", R"(<w:jc w:val="left"/>)", song, 24},
      ParagraphStyle{"OfficialTableShort", "公文表短语", R"(<w:jc w:val="center"/>)", song, 24},
      ParagraphStyle{"OfficialChart", "公文图", R"(<w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>)", song, 24},
      ParagraphStyle{"OfficialPageOdd", "单页码", R"(<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>)", "宋体", 28},
      ParagraphStyle{"OfficialPageEven", "双页码", R"(<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>)", "宋体", 28},
  };
  std::string out(declaration);
  out += fmt::format(
      R"(<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{}" w:cs="Times New Roman"/><w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>)",
      word_namespaces, song);
  out += R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>)";
  out += R"(<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>)";
  for (const ParagraphStyle& style : styles) {
    out += fmt::format(
        R"(<w:style w:type="paragraph" w:customStyle="1" w:styleId="{0}"><w:name w:val="{1}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{2}</w:pPr><w:rPr><w:rFonts w:eastAsia="{3}"/>{5}<w:sz w:val="{4}"/><w:szCs w:val="{4}"/></w:rPr></w:style>)",
        style.id, style.name, style.paragraph, style.font, style.half_points, style.run);
  }
  out +=
      R"(<w:style w:type="table" w:customStyle="1" w:styleId="OfficialTable"><w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>)";
  for (const std::string_view side : {"top", "left", "bottom", "right", "insideH", "insideV"})
    out += fmt::format(R"(<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>)", side);
  out +=
      R"(</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>)";
  return out;
}

std::string footer_xml(std::string_view style) {
  return fmt::format(
      R"({}<w:ftr {}><w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>)",
      declaration, word_namespaces, style);
}

/// Where a county's machine lacks the official faces, Word takes these.
std::string font_table_xml() {
  static constexpr std::array<std::array<std::string_view, 2>, 4> fonts = {
      {{song, "仿宋"}, {title_song, "宋体"}, {hei, "SimHei"}, {kai, "楷体"}}};
  std::string out(declaration);
  out += fmt::format("<w:fonts {}>", word_namespaces);
  for (const auto& [name, other] : fonts)
    out += fmt::format(R"(<w:font w:name="{}"><w:altName w:val="{}"/><w:charset w:val="86"/></w:font>)", name, other);
  return out + "</w:fonts>";
}

std::string core_xml(std::string_view title, std::string_view made) {
  std::string out(declaration);
  out +=
      R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>)";
  append_escaped(out, title);
  out += "</dc:title><dc:creator>绩衡</dc:creator>";
  if (!made.empty()) out += fmt::format(R"(<dcterms:created xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:created>)", made);
  return out + "</cp:coreProperties>";
}

constexpr std::string_view content_types_begin = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>)";

constexpr std::string_view package_relations = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>)";

constexpr std::string_view document_relations_begin = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable" Target="fontTable.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer2.xml"/><Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/>)";

std::string content_types(std::size_t charts) {
  std::string out(content_types_begin);
  if (charts > 0) out += R"(<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>)";
  for (std::size_t i = 1; i <= charts; ++i)
    out += fmt::format(
        R"(<Override PartName="/word/charts/chart{}.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>)",
        i);
  return out + "</Types>";
}

std::string document_relations(std::size_t charts) {
  std::string out(document_relations_begin);
  for (std::size_t i = 1; i <= charts; ++i)
    out += fmt::format(
        R"(<Relationship Id="rIdChart{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart" Target="charts/chart{0}.xml"/>)",
        i);
  return out + "</Relationships>";
}

}  // namespace

Result<std::string> official_docx(const OfficialDocument& document, std::string_view made) {
  Body writing;
  const std::string body = writing.write(document);
  const auto& charts = writing.charts();
  const std::string types = content_types(charts.size());
  const std::string relations = document_relations(charts.size());
  const std::string styles = styles_xml();
  const std::string settings = fmt::format("{}<w:settings {}><w:evenAndOddHeaders/></w:settings>", declaration, word_namespaces);
  const std::string fonts = font_table_xml();
  const std::string odd = footer_xml("OfficialPageOdd");
  const std::string even = footer_xml("OfficialPageEven");
  const std::string core = core_xml(unmarked(document.title), made);
  std::vector<Part> parts{
      Part{"[Content_Types].xml", types}, Part{"_rels/.rels", package_relations},
      Part{"word/document.xml", body},    Part{"word/_rels/document.xml.rels", relations},
      Part{"word/styles.xml", styles},    Part{"word/settings.xml", settings},
      Part{"word/fontTable.xml", fonts},  Part{"word/footer1.xml", odd},
      Part{"word/footer2.xml", even},     Part{"docProps/core.xml", core},
  };
  // Names and bytes have to last until the archive is made.
  std::deque<std::string> texts;
  const auto add = [&](std::string name, std::string bytes) {
    const std::string& kept_name = texts.emplace_back(std::move(name));
    parts.push_back({kept_name, texts.emplace_back(std::move(bytes))});
  };
  for (std::size_t i = 0; i < charts.size(); ++i) {
    const std::string name = "chart" + std::to_string(i + 1);
    add("word/charts/" + name + ".xml", official::chart_xml(*charts[i]));
    add("word/charts/_rels/" + name + ".xml.rels", official::chart_relations(static_cast<int>(i + 1)));
    add("word/embeddings/" + name + ".xlsx", official::chart_workbook(*charts[i]));
  }
  return zip_of(parts);
}

}  // namespace jiheng::writing
