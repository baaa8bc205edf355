// Makes OFD files in memory, as GB/T 33190 has them. Lengths are millimetres.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "office_maker.h"

namespace jiheng::reading {

/// Content of a page: TextObject with one TextCode; `more` are attributes of the object.
std::string ofd_text(float x, float y, std::string_view text, float size = 4, std::string_view more = "");
/// A stroke, and a thin box that is filled.
std::string ofd_line(float x1, float y1, float x2, float y2);
std::string ofd_bar(float x, float y, float width, float height);
/// A table of rows of texts, "甲|乙\n丙|丁\n", with its rules: columns 30 mm wide, rows 10 mm high.
std::string ofd_table(float x, float y, std::string_view rows);

struct OfdSource {
  std::vector<std::string> pages;  ///< what stands inside each one's Layer
  std::string prefix = "ofd:";     ///< of all elements; "" for none
  std::string common;              ///< more of the document's CommonData
  std::string page_head;           ///< of each page, before its content
  std::vector<Part> more;          ///< parts beside those of the document
};
std::string ofd_of(const OfdSource& source);
std::string ofd_of_pages(std::vector<std::string> pages);
/// The whole Content.xml round the graphics of a layer.
std::string ofd_page(std::string_view graphics, std::string_view head = "");

}  // namespace jiheng::reading
