#include "reading/archive.h"

#include "base/text.h"
#include "reading/encoding.h"
#include "reading/reader.h"
#include "reading/zip.h"

namespace jiheng::reading {
namespace {

constexpr int deepest_archive = 3;  ///< a zip in a zip in a zip
/// What one archive and all within it may still come to: a county's whole filing, hundreds of documents.
struct Allowance {
  std::size_t bytes = 256U << 20;
  std::size_t files = 10000;
};

Error too_many_files() {
  const std::string most = std::to_string(Allowance().files);
  return {"too-large", "压缩包连同里面的压缩包，文件超过上限" + most + "个。请分开上传。", {}};
}

/// What macOS, Windows and Word leave behind: __MACOSX/._甲局.docx, Thumbs.db, ~$甲局.docx.
bool is_litter(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::string_view base = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return base.empty() || base[0] == '.' || starts_with(base, "~$") || starts_with(name, "__MACOSX/") || base == "Thumbs.db" ||
         base == "desktop.ini";
}

void unpack_into(PackedFile file, int depth, Allowance& left, std::vector<PackedFile>& out) {
  file.name = readable_name(file.name);
  if (file.trouble || depth >= deepest_archive || detect_format(file.bytes) != Format::zip) {
    out.push_back(std::move(file));
    return;
  }
  Limits limits;
  limits.inflated_bytes = left.bytes;
  auto archive = ZipArchive::open(file.bytes, limits);
  if (!archive || archive->entries().size() > left.files) {
    file.trouble = archive ? too_many_files() : std::move(archive).error();
    out.push_back(std::move(file));
    return;
  }
  left.files -= archive->entries().size();
  const std::size_t before = out.size();
  for (const ZipArchive::Entry& entry : archive->entries()) {
    const std::string name = readable_name(entry.name);
    if (is_litter(name)) continue;
    PackedFile inner{file.name + "/" + name, {}, std::nullopt};
    archive->allow(left.bytes);
    if (entry.size <= left.bytes) left.bytes -= entry.size;
    if (auto bytes = archive->extract(entry)) {
      inner.bytes = std::move(bytes).value();
    } else {
      inner.trouble = std::move(bytes).error();
    }
    unpack_into(std::move(inner), depth + 1, left, out);
  }
  if (out.size() != before) return;
  file.trouble = Error{"empty-archive", "压缩包里没有文件。请检查后重新打包上传。", {file.name}};
  out.push_back(std::move(file));
}

}  // namespace

std::string readable_name(std::string_view raw) {
  // UTF-8 by the zip standard's flag, GBK from most Chinese machines without it.
  const auto charset = is_valid_utf8(raw) ? Charset::utf8 : Charset::gb18030;
  std::string name = replace_all(decode(raw, charset).text, "\\", "/");
  for (char& c : name) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return name;
}

std::vector<PackedFile> unpack(std::vector<PackedFile> files) {
  std::vector<PackedFile> out;
  for (PackedFile& file : files) {
    Allowance left;
    unpack_into(std::move(file), 0, left, out);
  }
  return out;
}

}  // namespace jiheng::reading
