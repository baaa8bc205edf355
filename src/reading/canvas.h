// Gathers what a page shows: keeps glyphs and lines that can be seen, once each.
#pragma once

#include <array>
#include <vector>

#include "reading/brush.h"
#include "reading/page.h"
#include "reading/path.h"

namespace jiheng::reading {

class Canvas {
 public:
  /// Glyphs and rules are appended to `page`, which has its size when finish() is called.
  explicit Canvas(Page& page);

  /// A new text operation: glyphs that follow share a run.
  void begin_run();
  void glyph(const Glyph& glyph, const Brush& brush) {
    const float x = (glyph.box.left + glyph.box.right) / 2;
    const float y = (glyph.box.top + glyph.box.bottom) / 2;
    const PageBox& clip = brush.clip;
    const bool usual = !run_starts_ && twin_ == SIZE_MAX && brush.text == TextPaint::filled && !brush.fill.white && !brush.fill.clear;
    if (!usual || !(x >= clip.left && x <= clip.right && y >= clip.top && y <= clip.bottom)) return unusual_glyph(glyph, brush);
    ++size_;
    page_.glyphs.push_back(glyph);
    page_.glyphs.back().run = run_;
  }
  void stroke(const Path& path, const Brush& brush);
  void fill(const Path& path, const Brush& brush);
  void picture(const PageBox& box, const Brush& brush);
  /// A surface of some colour that is not told.
  void surface(const PageBox& box, const Brush& brush);
  /// What `other` took, for a page that has the same below its own: a template.
  void add(const Canvas& other);
  /// To be called when the page is done: invisible text over a picture is what somebody has read off it.
  void finish();
  std::size_t size() const { return size_; }

 private:
  void unusual_glyph(const Glyph& glyph, const Brush& brush);
  bool on_dark(float x, float y) const;
  bool runs_out(const Glyph& glyph, const PageBox& clip) const;
  bool is_double(const Glyph& glyph);
  bool finds_twin(const Glyph& glyph, std::uint32_t head);
  std::size_t band_of(const Glyph& glyph, float baseline) const;
  /// Moves what can be seen.
  void take(std::vector<Rule>& from, std::vector<Rule>& to, const PageBox& clip, bool white);

  Page& page_;
  std::vector<Glyph> hidden_;
  std::vector<PageBox> dark_;  ///< surfaces on which white can be seen
  std::vector<Rule> new_rules_;
  std::vector<Rule> new_dots_;
  std::vector<Rule> dots_;  ///< of the page
  std::vector<PageBox> areas_;
  float picture_area_ = 0;
  std::size_t size_ = 0;  ///< glyphs and rules, those that may not be seen as well
  int run_ = 0;
  bool run_starts_ = true;
  std::size_t twin_ = SIZE_MAX;  ///< the glyph whose double may come next
  struct Start {
    std::uint32_t glyph;
    std::uint32_t next;
  };
  std::vector<Start> starts_;  ///< first glyphs of runs, chained by their characters and lines
  std::array<std::uint32_t, 1024> heads_;
};

}  // namespace jiheng::reading
