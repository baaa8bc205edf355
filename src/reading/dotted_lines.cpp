#include "reading/dotted_lines.h"

#include <algorithm>
#include <utility>

namespace jiheng::reading {
namespace {

// Points.
constexpr float same_line = 0.3F;
constexpr float widest_gap = 3;
constexpr std::size_t least_dots = 5;

/// `across` and `along` of a box: where it stands on the axis that the line crosses, and from where to where on the line's own.
template <class Across, class Along>
void add_lines(std::vector<Rule>& dots, std::vector<Rule>& rules, Across across, Along along) {
  std::sort(dots.begin(), dots.end(), [&](const Rule& a, const Rule& b) {
    return across(a.box) != across(b.box) ? across(a.box) < across(b.box) : along(a.box).first < along(b.box).first;
  });
  for (std::size_t first = 0; first < dots.size();) {
    PageBox line = dots[first].box;
    std::size_t end = first + 1;
    for (; end < dots.size(); ++end) {
      const PageBox& dot = dots[end].box;
      if (across(dot) - across(line) > same_line || along(dot).first - along(line).second > widest_gap) break;
      if (along(dot).first < along(line).first) break;
      line = {std::min(line.left, dot.left), std::min(line.top, dot.top), std::max(line.right, dot.right),
              std::max(line.bottom, dot.bottom)};
    }
    if (end - first >= least_dots) rules.push_back({line});
    first = end;
  }
}

}  // namespace

void add_dotted_lines(std::vector<Rule>& dots, std::vector<Rule>& rules) {
  std::erase_if(dots, [](const Rule& dot) { return !is_sound(dot.box); });  // what is no number has no order
  if (dots.size() < least_dots) return;
  add_lines(dots, rules, [](const PageBox& box) { return box.top; }, [](const PageBox& box) { return std::pair(box.left, box.right); });
  add_lines(dots, rules, [](const PageBox& box) { return box.left; }, [](const PageBox& box) { return std::pair(box.top, box.bottom); });
}

}  // namespace jiheng::reading
