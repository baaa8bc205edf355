#include "ofd_maker.h"

#include <cstdio>

#include "base/text.h"

namespace jiheng::reading {
namespace {

const std::string name_space = " xmlns:ofd=\"http://www.ofdspec.org/2016\"";

std::string number(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", static_cast<double>(value));
  return text;
}

std::string box(float x, float y, float width, float height) {
  return number(x) + " " + number(y) + " " + number(width) + " " + number(height);
}

}  // namespace

std::string ofd_text(float x, float y, std::string_view text, float size, std::string_view more) {
  std::string deltas;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (at < text.size()) deltas += (deltas.empty() ? "" : " ") + number(is_cjk(c) || c > 0x2000 ? size : size / 2);
  }
  return "<ofd:TextObject ID=\"1\" Boundary=\"" + box(x, y - size, 100, size * 1.2F) + "\" Font=\"2\" Size=\"" + number(size) + "\" " +
         std::string(more) + "><ofd:TextCode X=\"0\" Y=\"" + number(size) + "\" DeltaX=\"" + deltas + "\">" + std::string(text) +
         "</ofd:TextCode></ofd:TextObject>";
}

std::string ofd_line(float x1, float y1, float x2, float y2) {
  return "<ofd:PathObject ID=\"1\" Boundary=\"" + box(x1, y1, x2 - x1, y2 - y1) + "\" LineWidth=\"0.2\"><ofd:AbbreviatedData>M 0 0 L " +
         number(x2 - x1) + " " + number(y2 - y1) + "</ofd:AbbreviatedData></ofd:PathObject>";
}

std::string ofd_bar(float x, float y, float width, float height) {
  return "<ofd:PathObject ID=\"1\" Boundary=\"" + box(x, y, width, height) +
         "\" Stroke=\"false\" Fill=\"true\"><ofd:FillColor Value=\"0 0 0\"/><ofd:AbbreviatedData>M 0 0 L " + number(width) + " 0 L " +
         number(width) + " " + number(height) + " L 0 " + number(height) + " C</ofd:AbbreviatedData></ofd:PathObject>";
}

std::string ofd_table(float x, float y, std::string_view rows) {
  std::string out;
  float width = 0;
  float bottom = y;
  while (!rows.empty()) {
    const std::size_t end = std::min(rows.find('\n'), rows.size());
    std::string_view row = rows.substr(0, end);
    rows.remove_prefix(std::min(end + 1, rows.size()));
    float left = x;
    for (;;) {
      const std::size_t bar = std::min(row.find('|'), row.size());
      out += ofd_text(left + 2, bottom + 7, row.substr(0, bar));
      out += ofd_line(left, bottom, left, bottom + 10);
      left += 30;
      if (bar == row.size()) break;
      row.remove_prefix(bar + 1);
    }
    width = left - x;
    out += ofd_line(left, bottom, left, bottom + 10) + ofd_bar(x, bottom, width, 0.2F);
    bottom += 10;
  }
  return out + ofd_bar(x, bottom, width, 0.2F);
}

std::string ofd_page(std::string_view graphics, std::string_view head) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Page" + name_space + ">" + std::string(head) +
         "<ofd:Content><ofd:Layer ID=\"9\">" + std::string(graphics) + "</ofd:Layer></ofd:Content></ofd:Page>";
}

std::string ofd_of(const OfdSource& source) {
  std::vector<Part> parts;
  std::string pages;
  for (std::size_t i = 0; i < source.pages.size(); ++i) {
    const std::string name = "Pages/Page_" + std::to_string(i) + "/Content.xml";
    pages += "<ofd:Page ID=\"" + std::to_string(100 + i) + "\" BaseLoc=\"" + name + "\"/>";
    parts.push_back({"Doc_0/" + name, ofd_page(source.pages[i], source.page_head), true});
  }
  parts.push_back({"OFD.xml", "<ofd:OFD" + name_space +
                                  "><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"});
  parts.push_back(
      {"Doc_0/Document.xml", "<ofd:Document" + name_space +
                                 "><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>" +
                                 source.common + "</ofd:CommonData><ofd:Pages>" + pages + "</ofd:Pages></ofd:Document>"});
  for (Part& part : parts) part.content = replace_all(part.content, "ofd:", source.prefix);
  if (source.prefix.empty()) {
    for (Part& part : parts) part.content = replace_all(part.content, " xmlns:=", " xmlns=");
  }
  parts.insert(parts.end(), source.more.begin(), source.more.end());
  return zip_of(parts);
}

std::string ofd_of_pages(std::vector<std::string> pages) {
  OfdSource source;
  source.pages = std::move(pages);
  return ofd_of(source);
}

}  // namespace jiheng::reading
