#include "writing/pdf_fonts.h"

#include <fontconfig/fontconfig.h>
#include <malloc.h>
#include <pango/pangofc-fontmap.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "writing/many_files.h"
#include "writing/official/document.h"

namespace jiheng::writing {
namespace {

struct FaceDescription {
  const char* families;
  double points;
  double line;  ///< height of a line in points, the same whatever font stands in
};

// In the order of PdfFace. The official face first, then its free relations, then what Debian's fonts-noto-cjk has.
constexpr std::array<FaceDescription, pdf_face_count> descriptions = {{
    {"仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,Noto Serif CJK SC,serif", 10, 14},
    {"黑体,SimHei,Noto Sans CJK SC,sans-serif", 10, 14},
    {"方正小标宋简体,FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05,Noto Serif CJK SC Semi-Bold,Noto Serif CJK SC,serif", 18, 26},
    {"仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,Noto Serif CJK SC,serif", 12, 17},
    {"仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,Noto Serif CJK SC,serif", 10.5, 15},
    {"仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,Noto Serif CJK SC,serif", 9, 12},
    {"方正小标宋简体,FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05,Noto Serif CJK SC Semi-Bold,Noto Serif CJK SC,serif", 22, 32},
    {"仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,Noto Serif CJK SC,serif", 16, 28},
    {"黑体,SimHei,Noto Sans CJK SC,sans-serif", 16, 28},
    {"楷体_GB2312,KaiTi_GB2312,楷体,KaiTi,Noto Serif CJK SC,serif", 16, 28},
    {"宋体,SimSun,Noto Serif CJK SC,serif", 14, 18},
    {"仿宋_GB2312,FangSong_GB2312,仿宋,FangSong,Noto Serif CJK SC,serif", 12, 20},
    {"黑体,SimHei,Noto Sans CJK SC,sans-serif", 12, 20},
}};

struct OfficialFont {
  const char* name;
  std::array<const char*, 4> families;
};
constexpr std::array<OfficialFont, 4> official_fonts = {{
    {"小标宋", {"方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", nullptr}},
    {"仿宋", {"仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"}},
    {"黑体", {"黑体", "SimHei", nullptr, nullptr}},
    {"楷体", {"楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"}},
}};

bool is_han(char32_t c) {
  return c >= 0x4E00 && c <= 0x9FFF;
}

/// Pango keeps Chinese quotation marks glued on both sides, as if they were Latin ones; a zero-width space lets the line break
/// before an opening one and behind a closing one.
std::string with_breaks(std::string_view text) {
  constexpr std::string_view zero_width_space = "\xE2\x80\x8B";
  std::string out;
  out.reserve(text.size() + 16);
  char32_t last = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    const bool opens = (c == 0x201C || c == 0x2018) && is_han(last);
    const bool closed = (last == 0x201D || last == 0x2019) && is_han(c);
    if (opens || closed) out += zero_width_space;
    out += text.substr(from, at - from);
    last = c;
  }
  return out;
}

struct DestroyConfiguration {
  void operator()(FcConfig* configuration) const { FcConfigDestroy(configuration); }
};

/// The machine's fonts with those of the folder. Made once a folder and kept: reading all fonts' names takes time. Fonts put there
/// later are seen after a restart.
FcConfig* configuration_of(const std::string& folder) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<FcConfig, DestroyConfiguration>> made;
  const std::lock_guard lock(mutex);
  auto& configuration = made[folder];
  if (!configuration) {
    configuration.reset(FcInitLoadConfigAndFonts());
    if (!configuration) throw std::runtime_error("pdf: no font configuration");
    FcConfigAppFontAddDir(configuration.get(), reinterpret_cast<const FcChar8*>(folder.c_str()));
  }
  return configuration.get();
}

bool has_family(FcConfig* configuration, const char* family) {
  FcPattern* pattern = FcPatternCreate();
  FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcObjectSet* wanted = FcObjectSetBuild(FC_FAMILY, nullptr);
  FcFontSet* found = FcFontList(configuration, pattern, wanted);
  const bool any = found != nullptr && found->nfont > 0;
  if (found != nullptr) FcFontSetDestroy(found);
  FcObjectSetDestroy(wanted);
  FcPatternDestroy(pattern);
  return any;
}

}  // namespace

std::vector<std::string> missing_official_fonts(const std::string& font_folder) {
  FcConfig* configuration = font_folder.empty() ? nullptr : configuration_of(font_folder);
  std::vector<std::string> missing;
  for (const OfficialFont& font : official_fonts) {
    const bool there = std::any_of(font.families.begin(), font.families.end(),
                                   [&](const char* family) { return family != nullptr && has_family(configuration, family); });
    if (!there) missing.emplace_back(font.name);
  }
  return missing;
}

PdfFonts::PdfFonts(const std::string& folder) : map_(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)) {
  if (!map_) throw std::runtime_error("pdf: no font map");
  if (!folder.empty()) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), configuration_of(folder));
  context_.reset(pango_font_map_create_context(map_.get()));
  pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
  pango_cairo_context_set_resolution(context_.get(), 72);
  for (std::size_t i = 0; i < faces_.size(); ++i) {
    faces_[i].description.reset(pango_font_description_from_string(descriptions[i].families));
    pango_font_description_set_absolute_size(faces_[i].description.get(), descriptions[i].points * PANGO_SCALE);
    faces_[i].attributes.reset(pango_attr_list_new());
    pango_attr_list_insert(faces_[i].attributes.get(),
                           pango_attr_line_height_new_absolute(static_cast<int>(descriptions[i].line * PANGO_SCALE)));
    // A hash or a code that goes on in the next line has no hyphen of its own there.
    if (i >= static_cast<std::size_t>(PdfFace::official_title))
      pango_attr_list_insert(faces_[i].attributes.get(), pango_attr_insert_hyphens_new(0));
  }
}

namespace {

/// What a run of many files keeps between two of them.
struct Kept {
  std::mutex mutex;
  int runs = 0;
  std::vector<std::pair<std::string, std::unique_ptr<PdfFonts>>> fonts;  ///< by folder
};

Kept& kept() {
  static Kept all;
  return all;
}

}  // namespace

ManyFiles::ManyFiles() {
  const std::lock_guard lock(kept().mutex);
  ++kept().runs;
}

ManyFiles::~ManyFiles() {
  {
    const std::lock_guard lock(kept().mutex);
    if (--kept().runs > 0) return;
    kept().fonts.clear();
  }
  ::malloc_trim(0);
}

BorrowedFonts::BorrowedFonts(const std::string& folder) : folder_(folder) {
  {
    const std::lock_guard lock(kept().mutex);
    auto& all = kept().fonts;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.first == folder; });
    if (found != all.end()) {
      fonts_ = std::move(found->second);
      all.erase(found);
    }
  }
  if (!fonts_) fonts_ = std::make_unique<PdfFonts>(folder);
}

BorrowedFonts::~BorrowedFonts() {
  const std::lock_guard lock(kept().mutex);
  if (kept().runs > 0) kept().fonts.emplace_back(std::move(folder_), std::move(fonts_));
}

void give_back_memory() {
  {
    const std::lock_guard lock(kept().mutex);
    if (kept().runs > 0) return;
  }
  ::malloc_trim(0);
}

GRef<PangoLayout> PdfFonts::layout(std::string_view text, PdfFace face, double width, PangoAlignment alignment) const {
  const Face& look = faces_[static_cast<std::size_t>(face)];
  GRef<PangoLayout> layout(pango_layout_new(context_.get()));
  pango_layout_set_font_description(layout.get(), look.description.get());
  pango_layout_set_attributes(layout.get(), look.attributes.get());
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), alignment);
  if (width >= 0) pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  const std::string breakable = with_breaks(text);
  pango_layout_set_text(layout.get(), breakable.data(), static_cast<int>(breakable.size()));
  return layout;
}

}  // namespace jiheng::writing
