#include "reading/office_package.h"

#include "base/text.h"
#include "reading/encoding.h"
#include "reading/xml.h"

namespace jiheng::reading {
namespace {

std::string_view folder_of(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : part.substr(0, slash + 1);
}

/// "../media/a.png" seen from "word/" → "media/a.png".
std::string resolved(std::string_view folder, std::string_view target) {
  if (starts_with(target, "/")) return std::string(target.substr(1));
  std::string base(folder);
  for (;;) {
    if (starts_with(target, "./")) {
      target.remove_prefix(2);
    } else if (starts_with(target, "../")) {
      target.remove_prefix(3);
      if (!base.empty()) base.pop_back();
      base = folder_of(base);
    } else {
      return base + std::string(target);
    }
  }
}

/// What the XML says of itself: <?xml version="1.0" encoding='gb2312'?>, with any quotes and spaces.
Charset declared_charset(std::string_view head) {
  const std::size_t at = head.find("encoding");
  if (!starts_with(head, "<?xml") || at == std::string_view::npos || at > head.find("?>")) return Charset::unknown;
  head.remove_prefix(at + std::string_view("encoding").size());
  const std::size_t open = head.find_first_of("\"'");
  if (open == std::string_view::npos || !trim(head.substr(0, open)).starts_with('=')) return Charset::unknown;
  const std::size_t close = head.find(head[open], open + 1);
  return charset_from_name(head.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
}

}  // namespace

Result<OfficePackage> OfficePackage::open(std::string_view bytes, const Limits& limits) {
  auto archive = ZipArchive::open(bytes, limits);
  if (!archive) return std::move(archive).error();
  return OfficePackage(std::move(*archive), limits);
}

Result<std::string> OfficePackage::part(std::string_view name) {
  const ZipArchive::Entry* entry = archive_.find(name);
  if (entry == nullptr) {
    return Error{"damaged", "文件已损坏：缺少“" + std::string(name) + "”。请用Word或Excel打开后另存一份再上传。", {std::string(name)}};
  }
  auto bytes = archive_.extract(*entry);
  if (!bytes) return bytes;
  std::size_t mark = 0;
  const std::string_view head = std::string_view(*bytes).substr(0, 256);
  const Charset charset = detect_charset(head, mark);
  if (charset == Charset::utf16_little || charset == Charset::utf16_big) return decode(std::string_view(*bytes).substr(mark), charset).text;
  const std::size_t bad = first_invalid_utf8(*bytes);
  if (bad != std::string_view::npos && declared_charset(head) == Charset::gb18030) return decode(*bytes, Charset::gb18030).text;
  if (bad != std::string_view::npos) {
    return Error{"damaged",
                 "文件已损坏：" + std::string(name) + "里第" + std::to_string(bad + 1) +
                     "字节处的文字编码不对。请用Word或Excel打开后另存一份再上传。",
                 {std::string(name)}};
  }
  return bytes;
}

Result<std::string> OfficePackage::raw_part(std::string_view name) {
  const ZipArchive::Entry* entry = archive_.find(name);
  if (entry == nullptr) return Error{"damaged", "文件已损坏：缺少“" + std::string(name) + "”。", {std::string(name)}};
  return archive_.extract(*entry);
}

Result<std::vector<Relationship>> OfficePackage::relationships(std::string_view of) {
  std::vector<Relationship> found;
  const std::string_view folder = folder_of(of);
  const std::string name = std::string(folder) + "_rels/" + std::string(of.substr(folder.size())) + ".rels";
  if (!has(name)) return found;
  const auto xml = part(name);
  if (!xml) return xml.error();
  XmlScanner scanner(*xml, name, depth_limit_);
  for (;;) {
    const XmlScanner::Event event = scanner.next();
    if (event == XmlScanner::Event::failed) return scanner.error();
    if (event == XmlScanner::Event::finish) return found;
    if (event != XmlScanner::Event::start || scanner.name() != "Relationship" || scanner.attribute("TargetMode") == "External") continue;
    const std::string_view type = scanner.attribute("Type");
    Relationship relationship;
    relationship.id = XmlScanner::unescaped(scanner.attribute("Id"));
    relationship.type = type.substr(folder_of(type).size());
    relationship.target = resolved(folder, XmlScanner::unescaped(scanner.attribute("Target")));
    found.push_back(std::move(relationship));
  }
}

std::string OfficePackage::main_part(std::string_view usual) {
  if (has(usual)) return std::string(usual);
  const auto links = relationships("");
  if (links) {
    for (const Relationship& link : *links) {
      if (link.type == "officeDocument") return link.target;
    }
  }
  return std::string(usual);
}

}  // namespace jiheng::reading
