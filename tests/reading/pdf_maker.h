// Makes small PDF files in memory, object by object.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiheng::reading {

class PdfMaker {
 public:
  /// The object's number, for "N 0 R".
  int add(std::string object);
  int add_stream(std::string_view data, std::string_view entries = "");
  /// The whole file: a page of 600 by 800 with this content. `resources` and `page_entries` are what stands inside their dictionaries;
  /// F1 is Helvetica where resources name no font.
  std::string page(std::string_view content, std::string_view resources = "", std::string_view page_entries = "");
  /// The whole file of several pages' objects.
  std::string file(const std::vector<int>& pages);

 private:
  std::vector<std::string> objects_;
};

/// "5 0 R"
std::string reference(int object);
/// A one-page file with one font F1, whose dictionary this is; `maker` holds what it refers to.
std::string pdf_with_font(PdfMaker& maker, std::string_view font, std::string_view content);

}  // namespace jiheng::reading
