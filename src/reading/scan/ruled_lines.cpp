#include "reading/scan/ruled_lines.h"

#include <algorithm>
#include <cstddef>

namespace jiheng::reading {
namespace {

struct Run {
  std::uint32_t from = 0;
  std::uint32_t to = 0;  ///< behind the last pixel
};

/// Runs of ink along one row (or column) at least `shortest` long; breaks of a pixel or two are dust.
template <class IsInk>
std::vector<Run> runs_of(std::uint32_t length, std::uint32_t shortest, IsInk is_ink) {
  constexpr std::uint32_t dust = 3;
  std::vector<Run> runs;
  Run run;
  bool open = false;
  for (std::uint32_t i = 0; i < length; ++i) {
    if (!is_ink(i)) continue;
    if (open && i - run.to <= dust) {
      run.to = i + 1;
      continue;
    }
    if (open && run.to - run.from >= shortest) runs.push_back(run);
    run = {i, i + 1};
    open = true;
  }
  if (open && run.to - run.from >= shortest) runs.push_back(run);
  return runs;
}

/// A line grows row by row from runs that overlap; what grows thicker than a line is a filled area and none.
struct Growing {
  Run extent;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

template <class IsInk>
std::vector<Growing> grow(std::uint32_t rows, std::uint32_t length, std::uint32_t shortest, std::uint32_t thickest, IsInk is_ink) {
  constexpr std::uint32_t skipped_rows = 2;
  constexpr std::uint32_t slant = 12;  // a line not quite straight goes on in the next row, a little further
  std::vector<Growing> open;
  std::vector<Growing> lines;
  const auto close = [&](const Growing& line) {
    if (line.last - line.first < thickest) lines.push_back(line);
  };
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (const Run& run : runs_of(length, shortest, [&](std::uint32_t i) { return is_ink(row, i); })) {
      Growing whole{run, row, row};
      std::erase_if(open, [&](const Growing& line) {
        const bool meets = run.from <= line.extent.to + slant && line.extent.from <= run.to + slant;
        if (meets)
          whole = {{std::min(whole.extent.from, line.extent.from), std::max(whole.extent.to, line.extent.to)},
                   std::min(whole.first, line.first),
                   row};
        return meets;
      });
      open.push_back(whole);
    }
    std::size_t kept = 0;
    for (const Growing& line : open) {
      if (row - line.last > skipped_rows)
        close(line);
      else
        open[kept++] = line;
    }
    open.resize(kept);
  }
  for (const Growing& line : open) close(line);
  return lines;
}

/// Darker than the paper a little to either side: a hairline that the scanner has nearly lost.
constexpr std::uint32_t beside = 5;
constexpr int plainly_darker = 32;

bool is_ridge_upright(const GrayPicture& picture, std::uint32_t x, std::uint32_t y) {
  if (x < beside || x + beside >= picture.width) return false;
  return picture.at(x, y) + plainly_darker < std::min(picture.at(x - beside, y), picture.at(x + beside, y));
}

bool is_ridge_across(const GrayPicture& picture, std::uint32_t x, std::uint32_t y) {
  if (y < beside || y + beside >= picture.height) return false;
  return picture.at(x, y) + plainly_darker < std::min(picture.at(x, y - beside), picture.at(x, y + beside));
}

bool meets_across(const std::vector<PixelBox>& across, std::uint32_t x, std::uint32_t y, std::uint32_t slack) {
  return std::any_of(across.begin(), across.end(), [&](const PixelBox& line) {
    return x + slack >= line.left && x <= line.right + slack && y + slack >= line.top && y <= line.bottom + slack;
  });
}

}  // namespace

RuledLines find_ruled_lines(const GrayPicture& picture, std::uint8_t threshold, float dots_per_inch) {
  const auto shortest_across = static_cast<std::uint32_t>(dots_per_inch / 3);
  const auto shortest_upright = static_cast<std::uint32_t>(dots_per_inch / 5);
  const auto thickest = static_cast<std::uint32_t>(dots_per_inch / 20);
  const auto slack = static_cast<std::uint32_t>(dots_per_inch / 25);
  RuledLines lines;
  for (const Growing& line : grow(picture.height, picture.width, shortest_across, thickest, [&](std::uint32_t row, std::uint32_t i) {
         return picture.at(i, row) < threshold || is_ridge_across(picture, i, row);
       })) {
    lines.across.push_back({line.extent.from, line.first, line.extent.to, line.last + 1});
  }
  for (const Growing& line : grow(picture.width, picture.height, shortest_upright, thickest, [&](std::uint32_t column, std::uint32_t i) {
         return picture.at(column, i) < threshold || is_ridge_upright(picture, column, i);
       })) {
    const std::uint32_t x = (line.first + line.last) / 2;
    if (meets_across(lines.across, x, line.extent.from, slack) && meets_across(lines.across, x, line.extent.to, slack))
      lines.upright.push_back({line.first, line.extent.from, line.last + 1, line.extent.to});
  }
  return lines;
}

void erase(GrayPicture& picture, const RuledLines& lines) {
  constexpr std::uint32_t rim = 2;  // the gray edge of a line
  for (const auto* group : {&lines.across, &lines.upright}) {
    for (const PixelBox& line : *group) {
      const std::uint32_t right = std::min(line.right + rim, picture.width);
      const std::uint32_t bottom = std::min(line.bottom + rim, picture.height);
      for (std::uint32_t y = line.top > rim ? line.top - rim : 0; y < bottom; ++y) {
        for (std::uint32_t x = line.left > rim ? line.left - rim : 0; x < right; ++x) picture.at(x, y) = 255;
      }
    }
  }
}

}  // namespace jiheng::reading
