// An OFD file's parts (GB/T 33190—2016 第7章): OFD.xml → documents → pages, templates, resources. Paths may start at the root of the zip or
// at the part they stand in, in any case.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/brush.h"
#include "reading/limits.h"
#include "reading/office_package.h"
#include "reading/page.h"

namespace jiheng::reading {
class XmlScanner;
}

namespace jiheng::reading::ofd {

struct PageEntry {
  std::string part;
  std::string id;
  std::string annotations;  ///< the part that holds them; empty where there are none
};

struct TemplateEntry {
  std::string id;
  std::string part;
};

/// Something drawn that pages refer to (矢量图像).
struct UnitEntry {
  std::string id;
  std::string part;  ///< the resource part that holds it
};

/// What objects are drawn with where they say nothing themselves (绘制参数).
struct DrawParam {
  std::string base;  ///< the id of that which it goes by in the rest
  std::optional<Colour> fill;
  std::optional<Colour> stroke;
  std::optional<float> line_width;
};

/// What pages refer to, by its id.
struct Resources {
  std::map<std::string, std::string, std::less<>> symbol_fonts;  ///< id → family, of Wingdings and the like
  std::map<std::string, DrawParam, std::less<>> draw_params;
  std::map<std::string, std::string, std::less<>> pictures;  ///< id → part
  std::vector<UnitEntry> units;
  std::size_t count = 0;  ///< all that the parts so far named
};

/// One document of the file.
struct Body {
  std::vector<PageEntry> pages;
  std::vector<TemplateEntry> templates;
  Resources resources;
  std::optional<PageBox> area;  ///< of pages that state none, millimetres
};

class Package {
 public:
  /// Errors: damaged, encrypted, and those of the zip.
  static Result<Package> open(std::string_view bytes, const Limits& limits);

  /// The document roots that OFD.xml names; of a document with versions that of the current one.
  Result<std::vector<std::string>> roots();
  Result<Body> body(const std::string& root);
  /// Adds what the part holds; nothing where it cannot be read.
  void read_resources(const std::string& part, Resources& resources);
  Result<std::string> part(std::string_view name);
  /// A picture's bytes.
  Result<std::string> picture(std::string_view name) { return parts_.raw_part(name); }
  /// `target` as written in the part `from` → the part it means. Empty where there is none.
  std::string resolve(std::string_view from, std::string_view target) const;

 private:
  Package(OfficePackage parts, const Limits& limits) : parts_(std::move(parts)), limits_(limits) {}

  void read_annotations(const std::string& part, Body& body);
  std::string current_root(const std::string& version);

  OfficePackage parts_;
  Limits limits_;
};

/// The colour of the started element, FillColor or StrokeColor: "255 255 255", "#FF #FF #FF", in CMYK "0 0 0 0" are the paper's.
Colour colour_of(const XmlScanner& scanner);

/// "文件已损坏：…" with what to do.
Error damaged(std::string what, std::string_view part);

}  // namespace jiheng::reading::ofd
