// The tree of level names that the Ministry's forms prescribe (财预〔2020〕10号, 财预〔2021〕101号), and the names units print for them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng {

/// 成本指标, 产出指标, 效益指标, 满意度指标, in the order of the form.
const std::vector<std::string_view>& level1_names();
/// The second levels under one first level, in the order of the form; empty for a name outside the tree.
const std::vector<std::string_view>& level2_names(std::string_view level1);

/// Canonical names of a printed one; empty where it is no name of that level.
struct LevelNames {
  std::string_view level1;
  std::string_view level2;
  bool any() const { return !level1.empty() || !level2.empty(); }
};
LevelNames level_names(std::string_view printed);

/// Canonical first-level name of a printed one ("产出类指标" → 产出指标, "满意度" → 满意度指标); nullopt outside the tree.
std::optional<std::string_view> canonical_level1(std::string_view printed);
/// Canonical second-level name of a printed one, whatever level it stands under ("环境效益指标" → 生态效益指标); nullopt outside the tree.
/// 满意度指标 alone, and 成本指标 (under 产出, the tree before 2021), are second levels too.
std::optional<std::string_view> canonical_level2(std::string_view printed);

}  // namespace jiheng
