#include "pdf_maker.h"

#include <cstdio>

namespace jiheng::reading {

std::string reference(int object) {
  return std::to_string(object) + " 0 R";
}

int PdfMaker::add(std::string object) {
  objects_.push_back(std::move(object));
  return static_cast<int>(objects_.size());
}

int PdfMaker::add_stream(std::string_view data, std::string_view entries) {
  return add("<< " + std::string(entries) + " /Length " + std::to_string(data.size()) + " >>\nstream\n" + std::string(data) +
             "\nendstream");
}

std::string PdfMaker::page(std::string_view content, std::string_view resources, std::string_view page_entries) {
  std::string named(resources);
  if (named.find("/Font") == std::string::npos) named += " /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
  const int stream = add_stream(content);
  const std::string box = page_entries.find("/MediaBox") == std::string_view::npos ? " /MediaBox [0 0 600 800]" : "";
  return file({add("<< /Type /Page /Contents " + reference(stream) + " /Resources << " + named + " >>" + box + " " +
                   std::string(page_entries) + " >>")});
}

std::string PdfMaker::file(const std::vector<int>& pages) {
  std::string kids;
  for (const int page : pages) kids += reference(page) + " ";
  const int tree = add("<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [ " + kids + "] >>");
  const int root = add("<< /Type /Catalog /Pages " + reference(tree) + " >>");
  std::string out = "%PDF-1.7\n";
  std::string table = "xref\n0 " + std::to_string(objects_.size() + 1) + "\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects_.size(); ++i) {
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", out.size());
    table += entry;
    out += std::to_string(i + 1) + " 0 obj\n" + objects_[i] + "\nendobj\n";
  }
  const std::string start = std::to_string(out.size());
  return out + table + "trailer\n<< /Size " + std::to_string(objects_.size() + 1) + " /Root " + reference(root) + " >>\nstartxref\n" +
         start + "\n%%EOF\n";
}

std::string pdf_with_font(PdfMaker& maker, std::string_view font, std::string_view content) {
  return maker.page(content, "/Font << /F1 " + reference(maker.add(std::string(font))) + " >>");
}

}  // namespace jiheng::reading
