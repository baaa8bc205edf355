#include "writing/files.h"

#include <unistd.h>
#include <zip.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace jiheng::writing {

std::string part_of(const std::string& archive, const std::string& name) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(archive.data(), archive.size(), 0, &error);
  zip_t* zip = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) return {};
  std::string text;
  zip_stat_t stat;
  if (zip_stat(zip, name.c_str(), 0, &stat) == 0) {
    text.resize(stat.size);
    zip_file_t* file = zip_fopen(zip, name.c_str(), 0);
    zip_fread(file, text.data(), text.size());
    zip_fclose(file);
  }
  zip_close(zip);
  return text;
}

int count_of(std::string_view text, std::string_view part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::vector<std::string> pdf_pages(const std::string& pdf) {
  if (std::system("command -v pdftotext >/dev/null 2>&1") != 0) return {};
  std::array<char, 32> path = {"/tmp/written-XXXXXX"};
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0 || write(descriptor, pdf.data(), pdf.size()) != static_cast<ssize_t>(pdf.size())) return {};
  close(descriptor);
  std::FILE* pipe = popen(("pdftotext -layout " + std::string(path.data()) + " -").c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t read = 0; (read = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), read);
  pclose(pipe);
  unlink(path.data());
  std::vector<std::string> pages;
  std::size_t from = 0;
  for (std::size_t at = text.find('\f'); at != std::string::npos; at = text.find('\f', from)) {
    pages.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  return pages;
}

}  // namespace jiheng::writing
