// Page content (Content.xml) → glyphs and ruling lines.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "reading/canvas.h"
#include "reading/formats/ofd/numbers.h"
#include "reading/formats/ofd/package.h"
#include "reading/formats/ofd/text.h"
#include "reading/limits.h"
#include "reading/page.h"

namespace jiheng::reading {
class XmlScanner;
}

namespace jiheng::reading::ofd {

/// A picture where a page shows it, its unit square mapped to points.
struct PlacedPicture {
  std::string part;
  Matrix place;
};

/// Reads the pages of one document one after another. `package` and `body` must outlive it.
class PageReader {
 public:
  /// `marks`: glyphs and rules that the whole file may still have.
  PageReader(Package& package, const Body& body, const Limits& limits, std::size_t& marks)
      : package_(package), body_(body), resources_(body.resources), limits_(limits), marks_(marks) {}

  /// Errors: damaged, too-deep, too-large.
  Result<Page> read(const PageEntry& entry, int number);
  /// Those of the page that was read last, of its template too.
  const std::vector<PlacedPicture>& pictures() const { return drawing_->pictures; }

 private:
  /// A page or a template, while it is drawn.
  struct Drawing {
    Page page;
    Canvas canvas{page};
    std::vector<PlacedPicture> pictures;
    std::array<std::size_t, 4> directions{};  ///< characters by the quarters clockwise that they are turned
    std::size_t counted = 0;                  ///< marks that are taken off already
    bool after_slanted = false;               ///< the text object before is one slanted character
    std::size_t lone = SIZE_MAX;              ///< the first glyph of the last text object, where that is one upright character behind such
  };

  std::optional<Error> read_part(std::string_view xml, std::string_view part, bool is_template);
  std::optional<Error> read_template(std::string_view id);
  std::optional<Error> read_annotations(const std::string& part);
  bool read_objects(XmlScanner& scanner, const Matrix& matrix, std::size_t nesting);
  bool read_text(XmlScanner& scanner, const Matrix& matrix);
  Colour fill_colour(const XmlScanner& scanner);
  void part_from_stamp(bool slanted, bool single, std::size_t first);
  bool read_text_code(XmlScanner& scanner, TextCode& code);
  bool read_path(XmlScanner& scanner, const Matrix& matrix);
  bool read_clips(XmlScanner& scanner, const Matrix& with_own, const Matrix& without, PageBox& clip);
  bool read_composite(XmlScanner& scanner, const Matrix& matrix, std::size_t nesting);
  void read_picture(XmlScanner& scanner, const Matrix& matrix);
  void use_draw_param(std::string_view id, Brush& brush) const;
  bool take_marks();
  PageBox area() const;
  void set_upright();

  Package& package_;
  const Body& body_;
  Resources resources_;  ///< the document's, and those of its pages so far
  const Limits& limits_;
  std::size_t& marks_;
  std::unique_ptr<Drawing> drawing_;                                        ///< the present one
  std::map<std::string, std::unique_ptr<Drawing>, std::less<>> templates_;  ///< by id, drawn once
  std::map<std::string, std::string, std::less<>> parts_;                   ///< resources, inflated once
  std::set<std::string> page_resources_;                                    ///< parts that are read already
  std::optional<PageBox> area_;                                             ///< the present page's own
  std::size_t searched_ = 0;                                                ///< bytes gone through for drawings that pages refer to
  bool text_alone_ = false;                                                 ///< of an annotation
  Brush layer_;                                                             ///< what the present layer's objects are drawn with
  std::string last_fill_;                                                   ///< the last FillColor's attributes as written
  Colour last_colour_;                                                      ///< what they mean
  Path path_;
  std::string text_;
  std::string buffer_;
  std::optional<Error> error_;
};

}  // namespace jiheng::reading::ofd
