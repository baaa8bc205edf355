#include "writing/official/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "writing/archive.h"
#include "writing/markup.h"

namespace jiheng::writing::official {
namespace {

constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)"
                                         "\n";
constexpr std::string_view sheet = "数据";

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, printable(text));
  return out;
}

/// B of 1. Charts here have a few series.
char column_letter(std::size_t column) {
  return static_cast<char>('A' + column);
}

std::string cells(std::size_t column, std::size_t first_row, std::size_t last_row) {
  return fmt::format("{}!${}${}:${}${}", sheet, column_letter(column), first_row, column_letter(column), last_row);
}

std::string text_cache(const std::vector<std::string>& texts) {
  std::string out = fmt::format(R"(<c:strCache><c:ptCount val="{}"/>)", texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) out += fmt::format(R"(<c:pt idx="{}"><c:v>{}</c:v></c:pt>)", i, escaped(texts[i]));
  return out + "</c:strCache>";
}

std::string number_cache(const std::vector<std::string>& values) {
  std::string out = fmt::format(R"(<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{}"/>)", values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i].empty()) out += fmt::format(R"(<c:pt idx="{}"><c:v>{}</c:v></c:pt>)", i, values[i]);
  }
  return out + "</c:numCache>";
}

std::string text_properties(int hundredths_of_points, std::string_view colour = "404040") {
  return fmt::format(
      R"(<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{}"><a:solidFill><a:srgbClr val="{}"/></a:solidFill><a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>)",
      hundredths_of_points, colour);
}

std::string series_xml(const OfficialChart& chart, std::size_t index) {
  const OfficialChart::Series& series = chart.series[index];
  const std::size_t last = chart.categories.size() + 1;
  std::string out =
      fmt::format(R"(<c:ser><c:idx val="{0}"/><c:order val="{0}"/><c:tx><c:strRef><c:f>{1}!${2}$1</c:f>{3}</c:strRef></c:tx>)", index,
                  sheet, column_letter(index + 1), text_cache({series.name}));
  out += fmt::format(R"(<c:spPr><a:solidFill><a:srgbClr val="{}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>)", series.colour);
  out +=
      "<c:dLbls>" + text_properties(900) +
      R"(<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>)";
  out += fmt::format("<c:cat><c:strRef><c:f>{}</c:f>{}</c:strRef></c:cat>", cells(0, 2, last), text_cache(chart.categories));
  out += fmt::format("<c:val><c:numRef><c:f>{}</c:f>{}</c:numRef></c:val></c:ser>", cells(index + 1, 2, last), number_cache(series.values));
  return out;
}

std::string title_of(const OfficialChart& chart) {
  return chart.unit.empty() ? chart.title : chart.title + "（" + chart.unit + "）";
}

/// A cell that holds its text itself.
std::string text_cell(std::size_t column, std::size_t row, std::string_view text) {
  return fmt::format(R"(<c r="{}{}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>)", column_letter(column), row, escaped(text));
}

}  // namespace

std::vector<std::vector<std::string>> chart_rows(const OfficialChart& chart) {
  std::vector<std::vector<std::string>> rows{{title_of(chart)}};
  for (const auto& series : chart.series) rows.front().push_back(series.name);
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    rows.push_back({chart.categories[i]});
    for (const auto& series : chart.series) rows.back().push_back(i < series.values.size() ? series.values[i] : std::string());
  }
  return rows;
}

double chart_height(const OfficialChart& chart) {
  if (!chart.across) return 72;
  const double bars = static_cast<double>(chart.categories.size() * std::max<std::size_t>(1, chart.series.size()));
  return std::clamp(30 + bars * 5.5, 60.0, 190.0);
}

std::string chart_xml(const OfficialChart& chart) {
  std::string out(declaration);
  out +=
      R"(<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:date1904 val="0"/><c:roundedCorners val="0"/><c:chart>)";
  out += fmt::format(
      R"(<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="1"><a:latin typeface="Times New Roman"/><a:ea typeface="黑体"/></a:rPr><a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>)",
      escaped(title_of(chart)));
  out += fmt::format(R"(<c:plotArea><c:layout/><c:barChart><c:barDir val="{}"/><c:grouping val="clustered"/><c:varyColors val="0"/>)",
                     chart.across ? "bar" : "col");
  for (std::size_t i = 0; i < chart.series.size(); ++i) out += series_xml(chart, i);
  out += R"(<c:gapWidth val="70"/><c:axId val="10000001"/><c:axId val="10000002"/></c:barChart>)";
  // Across, the first category stands on top.
  out += fmt::format(
      R"(<c:catAx><c:axId val="10000001"/><c:scaling><c:orientation val="{}"/></c:scaling><c:delete val="0"/><c:axPos val="{}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{}<c:crossAx val="10000002"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>)",
      chart.across ? "maxMin" : "minMax", chart.across ? "l" : "b", text_properties(900));
  out += fmt::format(
      R"(<c:valAx><c:axId val="10000002"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/><c:axPos val="{}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="10000001"/><c:crosses val="autoZero"/></c:valAx>)",
      chart.across ? "t" : "l");
  out += "</c:plotArea>";
  if (chart.series.size() > 1) out += R"(<c:legend><c:legendPos val="b"/><c:overlay val="0"/>)" + text_properties(900) + "</c:legend>";
  out += R"(<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>)";
  out +=
      R"(<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>)";
  return out;
}

std::string chart_relations(int number) {
  return fmt::format(
      R"({}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package" Target="../embeddings/chart{}.xlsx"/></Relationships>)",
      declaration, number);
}

std::string chart_workbook(const OfficialChart& chart) {
  // The keys of the figures stand to the right of the values.
  const std::size_t count = chart.series.size();
  std::string rows = R"(<row r="1">)" + text_cell(0, 1, chart.title);
  for (std::size_t s = 0; s < count; ++s) rows += text_cell(s + 1, 1, chart.series[s].name);
  for (std::size_t s = 0; s < count; ++s) rows += text_cell(count + s + 1, 1, chart.series[s].name + "出处");
  rows += "</row>";
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    const std::size_t row = i + 2;
    rows += fmt::format(R"(<row r="{}">)", row) + text_cell(0, row, chart.categories[i]);
    for (std::size_t s = 0; s < count; ++s) {
      const std::string& value = chart.series[s].values[i];
      if (!value.empty()) rows += fmt::format(R"(<c r="{}{}"><v>{}</v></c>)", column_letter(s + 1), row, value);
    }
    for (std::size_t s = 0; s < count; ++s) rows += text_cell(count + s + 1, row, chart.series[s].keys[i]);
    rows += "</row>";
  }
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const std::string worksheet = fmt::format(R"({}<worksheet xmlns="{}"><sheetData>{}</sheetData></worksheet>)", declaration, main, rows);
  const std::string workbook = fmt::format(
      R"({}<workbook xmlns="{}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>)",
      declaration, main, sheet);
  static const std::string types =
      std::string(declaration) +
      R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)";
  static const std::string package =
      std::string(declaration) +
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
  static const std::string relations =
      std::string(declaration) +
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)";
  const std::array parts = {Part{"[Content_Types].xml", types}, Part{"_rels/.rels", package}, Part{"xl/workbook.xml", workbook},
                            Part{"xl/_rels/workbook.xml.rels", relations}, Part{"xl/worksheets/sheet1.xml", worksheet}};
  return zip_of(parts);
}

}  // namespace jiheng::writing::official
