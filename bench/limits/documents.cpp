#include "documents.h"

#include <fcntl.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>

#include "base/text.h"
#include "reading/zip.h"

namespace jiheng::bench {
namespace {

namespace fs = std::filesystem;

libdeflate_decompressor* decompressor() {
  static const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> shared(libdeflate_alloc_decompressor(),
                                                                                                        libdeflate_free_decompressor);
  return shared.get();
}

bool is_content(std::string_view name) {
  if (ends_with(name, ".rels") || !ends_with(name, ".xml")) return false;
  return name == "word/document.xml" || name == "xl/workbook.xml" || name == "xl/styles.xml" || name == "xl/sharedStrings.xml" ||
         starts_with(name, "xl/worksheets/") || starts_with(name, "Doc_");
}

void find_zip_pieces(Document& document) {
  auto archive = reading::ZipArchive::open(document.bytes, {});
  if (!archive) return;
  for (const auto& entry : archive->entries()) {
    if (entry.method != 8 || !is_content(entry.name)) continue;
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(document.bytes[entry.offset + i])); };
    const std::size_t data = entry.offset + 30 + (at(26) | at(27) << 8) + (at(28) | at(29) << 8);
    document.pieces.push_back({data, entry.packed, entry.size, false});
  }
}

/// Streams of a PDF that inflate, pictures and font programs left out.
void find_pdf_pieces(Document& document) {
  const std::string_view bytes = document.bytes;
  std::string out(std::size_t{16} << 20, '\0');
  for (std::size_t at = bytes.find("stream"); at != std::string_view::npos; at = bytes.find("stream", at + 6)) {
    if (at >= 3 && bytes.substr(at - 3, 3) == "end") continue;
    const std::size_t dictionary = bytes.rfind(" obj", at);
    const std::string_view head = dictionary == std::string_view::npos ? std::string_view{} : bytes.substr(dictionary, at - dictionary);
    if (!contains(head, "FlateDecode") || contains(head, "/Image") || contains(head, "/Length1") || contains(head, "Type1C") ||
        contains(head, "CIDFontType0C") || contains(head, "OpenType"))
      continue;
    std::size_t from = at + 6;
    while (from < bytes.size() && (bytes[from] == '\r' || bytes[from] == '\n')) ++from;
    std::size_t used = 0;
    std::size_t made = 0;
    const auto status =
        libdeflate_zlib_decompress_ex(decompressor(), bytes.data() + from, bytes.size() - from, out.data(), out.size(), &used, &made);
    if (status == LIBDEFLATE_SUCCESS) document.pieces.push_back({from, used, made, true});
  }
}

}  // namespace

std::vector<Document> load_documents(const fs::path& folder) {
  std::vector<Document> documents;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(folder, absent)) {
    if (entry.path().extension() == ".json" || !entry.is_regular_file()) continue;
    Document document;
    document.path = entry.path();
    std::ifstream in(entry.path(), std::ios::binary);
    document.bytes.assign(std::istreambuf_iterator<char>(in), {});
    if (reading::is_zip(document.bytes))
      find_zip_pieces(document);
    else if (starts_with(document.bytes, "%PDF-"))
      find_pdf_pieces(document);
    documents.push_back(std::move(document));
  }
  std::sort(documents.begin(), documents.end(), [](const Document& a, const Document& b) { return a.path < b.path; });
  return documents;
}

std::size_t read_bytes(const Document& document, std::string& buffer) {
  const int file = open(document.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  struct stat status{};
  fstat(file, &status);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (buffer.size() < size) buffer.resize(size);
  const ssize_t got = read(file, buffer.data(), size);
  close(file);
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

std::size_t inflate(const Document& document, std::string& buffer) {
  std::size_t total = 0;
  for (const auto& piece : document.pieces) total += piece.size;
  if (buffer.size() < total) buffer.resize(total);
  std::size_t at = 0;
  for (const auto& piece : document.pieces) {
    const char* from = document.bytes.data() + piece.offset;
    if (piece.zlib)
      libdeflate_zlib_decompress(decompressor(), from, piece.packed, buffer.data() + at, piece.size, nullptr);
    else
      libdeflate_deflate_decompress(decompressor(), from, piece.packed, buffer.data() + at, piece.size, nullptr);
    at += piece.size;
  }
  return at;
}

std::size_t scan(std::string_view content) {
  const std::string_view head = content.substr(0, 4096);
  const bool markup = contains(head, "</") || contains(head, "<?xml");
  const bool binary = std::memchr(head.data(), '\0', head.size()) != nullptr;
  std::size_t count = 0;
  if (!markup && binary) {
    for (std::size_t at = 0; at + 8 <= content.size(); at += 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, content.data() + at, 8);
      count += word & 0xFF;
    }
    return count;
  }
  const char* at = content.data();
  const char* const end = at + content.size();
  const char first = markup ? '<' : '\n';
  while ((at = static_cast<const char*>(std::memchr(at, first, static_cast<std::size_t>(end - at)))) != nullptr) {
    ++count;
    if (markup) at = static_cast<const char*>(std::memchr(at, '>', static_cast<std::size_t>(end - at)));
    if (at == nullptr || ++at == end) break;
  }
  return count;
}

}  // namespace jiheng::bench
