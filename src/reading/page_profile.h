// The white space between columns of words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "reading/page_words.h"

namespace jiheng::reading {

/// How many lines have a word over each stretch of the width.
class Profile {
 public:
  /// `lines` are one at least.
  explicit Profile(std::span<const PageLine> lines);

  /// How many stretches of words there are, with white space of two bins at least between.
  std::size_t stretches() const;

  /// The middles of the stretches that at most `few` lines cover, between the lines' left and right ends, which come first and last; empty
  /// where the lines are wider than any page.
  std::vector<float> edges(std::size_t few) const;

 private:
  std::size_t place(float x) const;

  float left_ = 0;
  std::vector<std::uint32_t> counts_;
};

}  // namespace jiheng::reading
