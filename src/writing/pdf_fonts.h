// The faces of the official form, and what stands in for them where a machine lacks them.
#pragma once

#include <pango/pangocairo.h>

#include <array>
#include <memory>
#include <string>

#include "writing/form.h"

namespace jiheng::writing {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using GRef = std::unique_ptr<T, Unref>;

enum class PdfFace {
  body,
  heading,
  title,
  subtitle,
  line,
  footer,
  official_title,  ///< of official documents (official/layout.h)
  official_text,
  official_heading,
  official_subheading,
  official_page,
  official_table,
  official_table_head,
};
inline constexpr std::size_t pdf_face_count = 13;

/// Lays out texts. Not shared between threads; holds the font map and the faces of one document.
class PdfFonts {
 public:
  /// `folder`: more fonts; "" for those of the machine alone.
  explicit PdfFonts(const std::string& folder);

  /// `width` in points, below 0: one line as long as it is.
  GRef<PangoLayout> layout(std::string_view text, PdfFace face, double width, PangoAlignment alignment) const;

 private:
  struct FreeDescription {
    void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
  };
  struct FreeAttributes {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  };
  struct Face {
    std::unique_ptr<PangoFontDescription, FreeDescription> description;
    std::unique_ptr<PangoAttrList, FreeAttributes> attributes;
  };

  GRef<PangoFontMap> map_;
  GRef<PangoContext> context_;
  std::array<Face, pdf_face_count> faces_;
};

/// Fonts for one document: those of the document before, within a run of many files (many_files.h), else new ones.
class BorrowedFonts {
 public:
  explicit BorrowedFonts(const std::string& folder);
  ~BorrowedFonts();
  BorrowedFonts(const BorrowedFonts&) = delete;
  BorrowedFonts& operator=(const BorrowedFonts&) = delete;
  const PdfFonts& operator*() const { return *fonts_; }

 private:
  std::string folder_;
  std::unique_ptr<PdfFonts> fonts_;
};

/// Gives back what a document took, unless more follow.
void give_back_memory();

}  // namespace jiheng::writing
