#include "desks/performance/published_files.h"

#include "base/hash.h"
#include "goals/json.h"
#include "writing/writer.h"

namespace jiheng::desks {

std::string published_name(std::string_view unit_name, int year) {
  std::string name;
  for (const char c : unit_name) name.push_back(c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20 ? '-' : c);
  return name + std::to_string(year) + "年绩效目标表";
}

MakeFiles published_files(std::string font_folder) {
  return [folder = std::move(font_folder)](const PublishedContent& content) -> Result<std::vector<std::pair<std::string, std::string>>> {
    writing::WriteOptions options;
    options.font_folder = folder;
    options.code = content.code;
    options.made = content.approved;
    std::vector<std::pair<std::string, std::string>> files;
    for (const auto carrier : {writing::Carrier::docx, writing::Carrier::xlsx, writing::Carrier::pdf}) {
      auto bytes = writing::write_forms(content.tables, carrier, options);
      if (!bytes) return std::move(bytes).error();
      files.emplace_back(writing::carrier_name(carrier), std::move(*bytes));
    }
    // What reading the Word file yields.
    Document document;
    document.file = published_name(content.unit_name, content.year) + ".docx";
    document.format = "docx";
    document.sha256 = sha256_hex(files.front().second);
    document.version_code = content.code;
    document.tables = content.tables;
    files.emplace_back("json", json_line(document) + "\n");
    return files;
  };
}

}  // namespace jiheng::desks
