// Page content (Content.xml) → glyphs and ruling lines.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "reading/formats/ofd/numbers.h"
#include "reading/formats/ofd/package.h"
#include "reading/limits.h"
#include "reading/page.h"

namespace jiheng::reading {
class XmlScanner;
}

namespace jiheng::reading::ofd {

/// Reads the pages of one document one after another. `package` and `body` must outlive it.
/// A picture where a page shows it, its unit square mapped to points.
struct PlacedPicture {
  std::string part;
  Matrix place;
};

class PageReader {
 public:
  /// `marks`: glyphs and rules that the whole file may still have.
  PageReader(Package& package, const Body& body, const Limits& limits, std::size_t& marks)
      : package_(package), body_(body), limits_(limits), marks_(marks) {}

  /// Errors: damaged, too-deep, too-large.
  Result<Page> read(const PageEntry& entry, int number);
  /// Those of the page that was read last, of its template too.
  const std::vector<PlacedPicture>& pictures() const { return pictures_; }

 private:
  std::optional<Error> read_part(std::string_view xml, std::string_view part, Page& page, bool is_template);
  std::optional<Error> read_template(std::string_view id, Page& page);
  bool read_objects(XmlScanner& scanner, const Matrix& matrix, Page& page, std::size_t nesting);
  bool read_text(XmlScanner& scanner, const Matrix& matrix, Page& page);
  bool read_path(XmlScanner& scanner, const Matrix& matrix, Page& page);
  bool read_composite(XmlScanner& scanner, const Matrix& matrix, Page& page, std::size_t nesting);
  void read_picture(XmlScanner& scanner, const Matrix& matrix, Page& page);
  bool take_marks(const Page& page);

  Package& package_;
  const Body& body_;
  const Limits& limits_;
  std::size_t& marks_;
  std::size_t counted_ = 0;                                ///< marks of the present page that are taken off already
  std::map<std::string, Page, std::less<>> templates_;     ///< by id, drawn once
  std::map<std::string, std::string, std::less<>> parts_;  ///< resources, inflated once
  std::optional<PageBox> area_;                            ///< the present page's own
  std::size_t searched_ = 0;                               ///< bytes gone through for drawings that pages refer to
  std::vector<PlacedPicture> pictures_;
  std::map<std::string, std::vector<PlacedPicture>, std::less<>> template_pictures_;  ///< by the template's id
  int run_ = 0;
  std::string text_;
  std::string buffer_;
  std::optional<Error> error_;
};

}  // namespace jiheng::reading::ofd
