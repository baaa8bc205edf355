#include <algorithm>
#include <array>

#include "base/text.h"
#include "desks/performance/imports.h"
#include "reading/encoding.h"
#include "reading/reader.h"
#include "reading/zip.h"

namespace jiheng::desks {
namespace {

constexpr int deepest_archive = 3;  ///< a zip in a zip in a zip

/// Names are UTF-8 by the standard's flag, and GBK from most Chinese machines without it.
std::string name_of(std::string_view raw) {
  const auto charset = is_valid_utf8(raw) ? reading::Charset::utf8 : reading::Charset::gb18030;
  return replace_all(reading::decode(raw, charset).text, "\\", "/");
}

bool is_document_name(std::string_view name) {
  static constexpr std::array endings = {".docx", ".xlsx", ".doc", ".xls", ".pdf", ".ofd", ".html",
                                         ".htm",  ".txt",  ".csv", ".tsv", ".zip", ".wps", ".et"};
  const std::size_t slash = name.rfind('/');
  const std::string_view base = slash == std::string_view::npos ? name : name.substr(slash + 1);
  // What macOS and Word leave behind: __MACOSX/._甲局.docx, ~$甲局.docx.
  if (base.empty() || base[0] == '.' || base[0] == '~' || starts_with(name, "__MACOSX/")) return false;
  std::string lower(base);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return ends_with(lower, ending); });
}

void unpack_into(IncomingFile file, int depth, std::vector<IncomingFile>& out) {
  if (file.trouble || depth >= deepest_archive || reading::detect_format(file.bytes) != reading::Format::zip) {
    out.push_back(std::move(file));
    return;
  }
  auto archive = reading::ZipArchive::open(file.bytes, reading::Limits{});
  if (!archive) {
    file.trouble = std::move(archive).error();
    out.push_back(std::move(file));
    return;
  }
  for (const reading::ZipArchive::Entry& entry : archive->entries()) {
    IncomingFile inner{file.name + "/" + name_of(entry.name), {}, std::nullopt};
    if (!is_document_name(std::string_view(inner.name).substr(file.name.size() + 1))) continue;
    if (auto bytes = archive->extract(entry)) {
      inner.bytes = std::move(bytes).value();
    } else {
      inner.trouble = std::move(bytes).error();
    }
    unpack_into(std::move(inner), depth + 1, out);
  }
}

}  // namespace

std::vector<IncomingFile> unpack(std::vector<IncomingFile> files) {
  std::vector<IncomingFile> out;
  for (IncomingFile& file : files) unpack_into(std::move(file), 0, out);
  return out;
}

}  // namespace jiheng::desks
