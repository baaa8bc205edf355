// Glyphs in the cells that rules enclose → tables.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "reading/page.h"
#include "reading/page_lattice.h"
#include "reading/page_table.h"

namespace jiheng::reading {

constexpr float paper_edge = 1;  ///< points: a table that reaches it is cut there: programs write nothing beyond

/// Where each glyph of a page belongs: into a cell of a lattice, or outside all.
class SortedGlyphs {
 public:
  SortedGlyphs(const Page& page, std::vector<Lattice> lattices);

  /// False: `steps` do not do.
  bool sort(std::size_t& steps);

  const std::vector<Lattice>& lattices() const { return lattices_; }
  std::span<const std::uint32_t> of(std::size_t lattice, std::size_t cell) const { return at(first_place_[lattice] + cell); }
  /// Whether text is printed over rules in pieces, so that nobody can tell which cell each piece belongs to.
  bool runs_over() const { return runs_over_; }
  std::span<const std::uint32_t> outside() const { return at(first_place_.back()); }

 private:
  std::span<const std::uint32_t> at(std::size_t place) const {
    return std::span(glyphs_).subspan(starts_[place], starts_[place + 1] - starts_[place]);
  }
  PageBox box_of(std::uint32_t place) const;
  void drop_watermark(std::vector<std::uint32_t>& places);
  void settle_overflows(std::span<const std::size_t> crossings, std::vector<std::uint32_t>& places);
  std::uint32_t place_of_line(std::span<const Glyph> glyphs, std::span<const std::uint32_t> places) const;
  std::uint32_t place_of(const Glyph& glyph, std::size_t& steps);

  const Page& page_;
  std::vector<Lattice> lattices_;
  std::vector<std::uint32_t> first_place_;  ///< by lattice, and of what is outside all: one place for each cell
  std::vector<std::uint32_t> starts_;       ///< by place: its first of `glyphs_`
  std::vector<std::uint32_t> glyphs_;
  PageBox last_;
  std::uint32_t last_place_ = 0;
  bool runs_over_ = false;
  float watermark_ = 0;  ///< what is larger may be one
};

/// The table of the lattice with this index.
PageTable table_of(const Page& page, const SortedGlyphs& sorted, std::size_t index);

}  // namespace jiheng::reading
