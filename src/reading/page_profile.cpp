#include "reading/page_profile.h"

#include <algorithm>

namespace jiheng::reading {
namespace {

constexpr float bin = 2;  ///< points
constexpr float most_bins = 4096;
constexpr float sentence = 0.4F;  ///< of the whole width

}  // namespace

Profile::Profile(std::span<const PageLine> lines) {
  left_ = lines.front().box.left;
  float right = lines.front().box.right;
  for (const PageLine& line : lines) {
    left_ = std::min(left_, line.box.left);
    right = std::max(right, line.box.right);
  }
  const float bins = (right - left_) / bin;
  if (!(bins > 0 && bins < most_bins)) return;
  counts_.assign(static_cast<std::size_t>(bins) + 2, 0);
  for (const PageLine& line : lines) {
    // A sentence over the columns tells nothing of them.
    if (line.words.size() == 1 && line.box.right - line.box.left > (right - left_) * sentence) continue;
    for (const PageWord& word : line.words) {
      for (std::size_t at = place(word.box.left); at <= place(word.box.right); ++at) ++counts_[at];
    }
  }
}

std::size_t Profile::place(float x) const {
  return std::min(counts_.size() - 1, static_cast<std::size_t>(std::max(0.0F, (x - left_) / bin)));
}

std::size_t Profile::stretches() const {
  std::size_t found = 0;
  std::size_t blank = 2;
  for (const std::uint32_t count : counts_) {
    if (count > 0) {
      found += blank >= 2;
      blank = 0;
    } else {
      ++blank;
    }
  }
  return found;
}

std::vector<float> Profile::edges(std::size_t few) const {
  std::vector<float> found;
  if (counts_.empty()) return found;
  found.push_back(left_);
  for (std::size_t at = 0; at < counts_.size();) {
    if (counts_[at] > few) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < counts_.size() && counts_[end] <= few) ++end;
    if (at > 0 && end < counts_.size()) found.push_back(left_ + bin * static_cast<float>(at + end) / 2);
    at = end;
  }
  found.push_back(left_ + bin * static_cast<float>(counts_.size()));
  return found;
}

}  // namespace jiheng::reading
