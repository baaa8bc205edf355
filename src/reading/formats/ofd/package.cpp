#include "reading/formats/ofd/package.h"

#include <algorithm>

#include "base/text.h"
#include "reading/formats/ofd/numbers.h"
#include "reading/xml.h"

namespace jiheng::reading::ofd {
namespace {

using Event = XmlScanner::Event;

constexpr std::size_t most_resources = 20000;  ///< of one document; those behind are not known

/// What stands between the started element's tags.
std::string content_of(XmlScanner& scanner) {
  std::string text;
  const std::size_t depth = scanner.depth();
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::text) scanner.append_text(text);
    if (event == Event::failed || event == Event::finish) break;
    if (event == Event::end && scanner.depth() == depth) break;
  }
  return std::string(trim(text));
}

std::string resolved(std::string_view folder, std::string_view target) {
  std::string base(folder);
  if (starts_with(target, "/")) return std::string(target.substr(1));
  for (;;) {
    if (starts_with(target, "./")) {
      target.remove_prefix(2);
    } else if (starts_with(target, "../")) {
      target.remove_prefix(3);
      if (!base.empty()) base.pop_back();
      base.resize(base.rfind('/') == std::string::npos ? 0 : base.rfind('/') + 1);
    } else {
      return base + std::string(target);
    }
  }
}

bool is_true(std::string_view value) {
  return value == "true" || value == "1";
}

bool same_word(std::string_view word, std::string_view lower) {
  return std::equal(word.begin(), word.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
}

/// The family of a symbol font as our table calls it, whatever the file makes of its name ("ABCDEF+Wingdings2-Regular", "SymbolMT"); empty
/// for other fonts.
std::string_view symbol_family(std::string_view name) {
  if (name.size() > 7 && name[6] == '+') name.remove_prefix(7);
  if (const std::size_t at = name.find("Wingdings"); at != std::string_view::npos) {
    const std::string_view rest = trim(name.substr(at + std::string_view("Wingdings").size()));
    return starts_with(rest, "2") ? "Wingdings 2" : starts_with(rest, "3") ? "Wingdings 3" : "Wingdings";
  }
  return name == "Symbol" || name == "SymbolMT" || name == "Symbol MT" ? "Symbol" : "";
}

}  // namespace

Colour colour_of(const XmlScanner& scanner) {
  Colour colour;
  std::string_view rest;
  scanner.each_attribute([&](std::string_view name, std::string_view value) {
    if (name == "Value")
      rest = value;
    else if (name == "Alpha")
      colour.clear = number_of(value).value_or(1) <= 0;
  });
  if (rest == "0 0 0") return colour;  // most of all
  std::size_t count = 0;
  std::size_t full = 0;
  std::size_t zero = 0;
  for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest), ++count) {
    full += word == "255" || word == "254" || same_word(word, "#ff");
    zero += word == "0";
    if (full == 0 && zero == 0) break;
  }
  colour.white = (count == 3 && full == 3) || (count == 1 && full == 1) || (count == 4 && zero == 4);
  return colour;
}

Error damaged(std::string what, std::string_view part) {
  return {"damaged",
          "文件已损坏：" + std::move(what) + "。请用OFD阅读软件打开后另存一份，或上传制作它的Word、Excel原件。",
          {std::string(part)}};
}

Result<Package> Package::open(std::string_view bytes, const Limits& limits) {
  auto parts = OfficePackage::open(bytes, limits);
  if (!parts) return std::move(parts).error();
  if (parts->has("Encryptions.xml") || parts->has("Doc_0/Encryptions.xml")) {
    return Error{"encrypted", "OFD文件加了密，无法读取。请在OFD阅读软件里解除加密，另存一份再上传。", {}};
  }
  return Package(std::move(*parts), limits);
}

Result<std::string> Package::part(std::string_view name) {
  if (!parts_.has(name)) return damaged("缺少“" + std::string(name) + "”", name);
  auto bytes = parts_.part(name);
  if (bytes) return bytes;
  Error error = std::move(bytes).error();
  error.message = replace_all(std::move(error.message), "Word或Excel", "OFD阅读软件");
  return error;
}

std::string Package::resolve(std::string_view from, std::string_view target) const {
  target = trim(target);
  if (target.empty()) return {};
  const std::string slashed = replace_all(std::string(target), "\\", "/");
  const std::size_t slash = from.rfind('/');
  std::string part = resolved(slash == std::string_view::npos ? std::string_view() : from.substr(0, slash + 1), slashed);
  if (parts_.has(part)) return part;
  // Some write paths from the root without the stroke that says so.
  std::string rooted = resolved({}, slashed);
  return parts_.has(rooted) ? rooted : std::string();
}

Result<std::vector<std::string>> Package::roots() {
  const auto xml = part("OFD.xml");
  if (!xml) return xml.error();
  std::vector<std::string> roots;
  XmlScanner scanner(*xml, "OFD.xml", limits_.depth);
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed) return scanner.error();
    if (event == Event::finish) break;
    if (event != Event::start) continue;
    if (scanner.name() == "DocRoot") {
      const std::string target = content_of(scanner);
      const std::string root = resolve("OFD.xml", target);
      if (root.empty()) return damaged("缺少“" + target + "”", "OFD.xml");
      roots.push_back(root);
    } else if (scanner.name() == "Version" && !roots.empty() && is_true(scanner.attribute("Current"))) {
      std::string current = current_root(resolve("OFD.xml", XmlScanner::unescaped(scanner.attribute("BaseLoc"))));
      if (!current.empty()) roots.back() = std::move(current);
    } else if (scanner.name() == "Encryptions" || scanner.name() == "EncryptInfo") {
      return Error{"encrypted", "OFD文件加了密，无法读取。请在OFD阅读软件里解除加密，另存一份再上传。", {}};
    }
  }
  if (roots.empty()) return damaged("OFD.xml里没有文档", "OFD.xml");
  return roots;
}

/// The document that a version's part names (第7.10节 版本); empty where it names none.
std::string Package::current_root(const std::string& version) {
  if (version.empty()) return {};
  const auto xml = part(version);
  if (!xml) return {};
  XmlScanner scanner(*xml, version, limits_.depth);
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return {};
    if (event == Event::start && scanner.name() == "DocRoot") return resolve(version, content_of(scanner));
  }
}

Result<Body> Package::body(const std::string& root) {
  const auto xml = part(root);
  if (!xml) return xml.error();
  Body body;
  std::vector<std::string> resources;
  std::string annotations;
  XmlScanner scanner(*xml, root, limits_.depth);
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed) return scanner.error();
    if (event == Event::finish) break;
    if (event != Event::start) continue;
    const std::string_view name = scanner.name();
    if (name == "Page" || name == "TemplatePage") {
      const std::string target = XmlScanner::unescaped(scanner.attribute("BaseLoc"));
      std::string found = resolve(root, target);
      if (name == "TemplatePage") {
        if (body.templates.size() >= limits_.pages)
          return Error{"too-large", "OFD文件里的模板太多，不像正常的文件。请用OFD阅读软件打开后另存一份再上传。", {}};
        if (!found.empty()) body.templates.push_back({std::string(scanner.attribute("ID")), std::move(found)});
      } else if (target.empty() || found.empty()) {
        return damaged("缺少“" + target + "”", root);
      } else {
        if (body.pages.size() >= limits_.pages) {
          return Error{"too-large", "文件超过" + std::to_string(limits_.pages) + "页。请只保留要报送的表格，分成几个文件再上传。", {}};
        }
        body.pages.push_back({std::move(found), std::string(scanner.attribute("ID")), {}});
      }
    } else if (name == "PhysicalBox") {
      if (!body.area) body.area = box_of(content_of(scanner));
    } else if (name == "PublicRes" || name == "DocumentRes") {
      std::string found = resolve(root, content_of(scanner));
      if (!found.empty()) resources.push_back(std::move(found));
    } else if (name == "Annotations") {
      annotations = resolve(root, content_of(scanner));
    } else if (name == "Outlines" || name == "Permissions" || name == "Actions" || name == "Bookmarks") {
      if (!scanner.skip_element()) return scanner.error();
    }
  }
  for (const std::string& resource : resources) read_resources(resource, body.resources);
  if (!annotations.empty()) read_annotations(annotations, body);
  return body;
}

/// Which part holds the annotations of which page (第15章). What cannot be read costs only them.
void Package::read_annotations(const std::string& part, Body& body) {
  const auto xml = this->part(part);
  if (!xml) return;
  std::map<std::string, PageEntry*, std::less<>> pages;
  for (PageEntry& page : body.pages) pages.emplace(page.id, &page);
  XmlScanner scanner(*xml, part, limits_.depth);
  auto page = pages.end();
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return;
    if (event != Event::start) continue;
    if (scanner.name() == "Page") {
      page = pages.find(scanner.attribute("PageID"));
    } else if (scanner.name() == "FileLoc" && page != pages.end()) {
      page->second->annotations = resolve(part, content_of(scanner));
    }
  }
}

/// A resource that cannot be read costs only its fonts' names, colours and drawings.
void Package::read_resources(const std::string& part, Resources& resources) {
  const auto xml = this->part(part);
  if (!xml) return;
  XmlScanner scanner(*xml, part, limits_.depth);
  std::string base;  ///< the folder of pictures
  std::string id;
  DrawParam* param = nullptr;
  for (;;) {
    const Event event = scanner.next();
    if (event == Event::failed || event == Event::finish) return;
    if (event == Event::end && scanner.name() == "DrawParam") param = nullptr;
    if (event != Event::start) continue;
    const std::string_view name = scanner.name();
    if (resources.count == most_resources) return;
    if (name == "Font" || name == "DrawParam" || name == "MultiMedia" || name == "CompositeGraphicUnit") ++resources.count;
    if (name == "Font") {
      for (const std::string_view key : {"FontName", "FamilyName"}) {
        const std::string_view family = symbol_family(XmlScanner::unescaped(scanner.attribute(key)));
        if (!family.empty()) resources.symbol_fonts.try_emplace(std::string(scanner.attribute("ID")), family);
      }
    } else if (name == "Res") {
      base = XmlScanner::unescaped(scanner.attribute("BaseLoc"));
    } else if (name == "DrawParam") {
      param = &resources.draw_params[std::string(scanner.attribute("ID"))];
      param->base = std::string(scanner.attribute("Relative"));
      if (const auto width = number_of(scanner.attribute("LineWidth"))) param->line_width = *width;
    } else if (name == "FillColor" && param != nullptr) {
      param->fill = colour_of(scanner);
    } else if (name == "StrokeColor" && param != nullptr) {
      param->stroke = colour_of(scanner);
    } else if (name == "MultiMedia") {
      id = std::string(scanner.attribute("ID"));
    } else if (name == "MediaFile") {
      const std::string target = content_of(scanner);
      std::string found = base.empty() ? std::string() : resolve(part, base + "/" + target);
      if (found.empty()) found = resolve(part, target);
      if (!found.empty() && !id.empty()) resources.pictures.try_emplace(id, std::move(found));
    } else if (name == "CompositeGraphicUnit" || name == "VectorG") {
      resources.units.push_back({std::string(scanner.attribute("ID")), part});
      if (!scanner.skip_element()) return;
    }
  }
}

}  // namespace jiheng::reading::ofd
