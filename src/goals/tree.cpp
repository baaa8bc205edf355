#include "goals/tree.h"

#include <array>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "base/word_map.h"

namespace jiheng {
namespace {

using Names = std::vector<std::string_view>;

/// What may stand behind the core of a level's name; of two that fit, the first.
constexpr std::array<std::string_view, 8> endings = {"绩效指标", "类指标", "性指标", "指标值", "指标", "类目标", "目标", "类"};

/// A folded level name without 指标, 类 and 绩效 round it.
std::string_view core(std::string_view name) {
  // The level's points behind it: "产出指标50分", "产出指标40%".
  if (!name.empty() && (name.back() == '%' || ends_with(name, "分"))) {
    std::string_view bare = name.substr(0, name.size() - (name.back() == '%' ? 1 : std::string_view("分").size()));
    const std::size_t size = bare.size();
    while (!bare.empty() && ((bare.back() >= '0' && bare.back() <= '9') || bare.back() == '.')) bare.remove_suffix(1);
    if (bare.size() < size) name = bare;
  }
  for (const std::string_view word : endings) {
    if (ends_with(name, word) && name.size() > word.size()) {
      name.remove_suffix(word.size());
      break;
    }
  }
  // A leading number or letter of the outline: "1.产出指标".
  while (!name.empty() && static_cast<unsigned char>(name.front()) < 0x80) name.remove_prefix(1);
  return name;
}

/// "一、产出指标" folds to 一产出指标: the name without its number in the outline.
std::string_view without_outline(std::string_view folded) {
  for (const std::string_view number : {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}) {
    if (starts_with(folded, number) && folded.size() > number.size()) return folded.substr(number.size());
  }
  return folded;
}

const std::unordered_map<std::string_view, std::string_view>& level1_cores() {
  static const std::unordered_map<std::string_view, std::string_view> map = {
      {"成本", "成本指标"},
      {"产出", "产出指标"},
      {"项目产出", "产出指标"},
      {"履职产出", "产出指标"},
      {"部门产出", "产出指标"},
      {"效益", "效益指标"},
      {"项目效益", "效益指标"},
      {"履职效益", "效益指标"},
      {"部门效益", "效益指标"},
      {"效果", "效益指标"},
      {"项目效果", "效益指标"},
      {"履职效果", "效益指标"},
      {"部门效果", "效益指标"},
      {"满意度", "满意度指标"},
      {"服务对象满意度", "满意度指标"},
      {"社会满意度", "满意度指标"},
      {"产出成果", "产出指标"},
      {"项目满意度", "满意度指标"},
      {"产出值", "产出指标"},
      {"项目成本", "成本指标"},
      {"效益值", "效益指标"},
      {"履职满意度", "满意度指标"},
      {"部门满意度", "满意度指标"},
      {"服务满意度", "满意度指标"},
      {"社会公众或服务对象满意度", "满意度指标"},
      {"社会公众满意度", "满意度指标"},
      {"公众满意度", "满意度指标"},
  };
  return map;
}

const std::unordered_map<std::string_view, std::string_view>& level2_cores() {
  static const std::unordered_map<std::string_view, std::string_view> map = {
      {"经济成本", "经济成本指标"},
      {"社会成本", "社会成本指标"},
      {"生态环境成本", "生态环境成本指标"},
      {"生态成本", "生态环境成本指标"},
      {"环境成本", "生态环境成本指标"},
      {"数量", "数量指标"},
      {"产出数量", "数量指标"},
      {"质量", "质量指标"},
      {"产出质量", "质量指标"},
      {"时效", "时效指标"},
      {"产出时效", "时效指标"},
      {"成本", "成本指标"},
      {"产出成本", "成本指标"},
      {"经济效益", "经济效益指标"},
      {"社会效益", "社会效益指标"},
      {"生态效益", "生态效益指标"},
      {"环境效益", "生态效益指标"},
      {"生态环境效益", "生态效益指标"},
      {"可持续影响", "可持续影响指标"},
      {"可持续发展", "可持续影响指标"},
      {"可持续发展影响", "可持续影响指标"},
      {"可持续性影响", "可持续影响指标"},
      {"可持续", "可持续影响指标"},
      {"服务对象满意度", "服务对象满意度指标"},
      {"社会公众或服务对象满意度", "服务对象满意度指标"},
      {"社会公众满意度", "服务对象满意度指标"},
      {"受益对象满意度", "服务对象满意度指标"},
      {"公众满意度", "服务对象满意度指标"},
      {"群众满意度", "服务对象满意度指标"},
      {"服务对象或受益人满意度", "服务对象满意度指标"},
      {"满意度", "服务对象满意度指标"},
      {"社会公众和服务对象满意度", "服务对象满意度指标"},
      {"社会公众及服务对象满意度", "服务对象满意度指标"},
      {"社会公众、服务对象满意度", "服务对象满意度指标"},
      {"社会公众服务对象满意度", "服务对象满意度指标"},
      {"公众或服务对象满意度", "服务对象满意度指标"},
      {"服务对象或社会公众满意度", "服务对象满意度指标"},
      {"服务对象和社会公众满意度", "服务对象满意度指标"},
      {"服务对象及社会公众满意度", "服务对象满意度指标"},
      {"服务对象或受益者满意度", "服务对象满意度指标"},
      {"服务对象或项目受益人满意度", "服务对象满意度指标"},
      {"受益群体满意度", "服务对象满意度指标"},
      {"受益群众满意度", "服务对象满意度指标"},
      {"受益人满意度", "服务对象满意度指标"},
      {"受众满意度", "服务对象满意度指标"},
      {"社会满意度", "服务对象满意度指标"},
      {"数量产出", "数量指标"},
      {"质量产出", "质量指标"},
      {"时效产出", "时效指标"},
      {"生态环保效益", "生态效益指标"},
      {"可持续影响效益", "可持续影响指标"},
      {"可持续发展效益", "可持续影响指标"},
      {"可持续性", "可持续影响指标"},
      {"可持续效益", "可持续影响指标"},
      {"可持续影响力", "可持续影响指标"},
  };
  return map;
}

/// Every core with every ending.
const WordMap<LevelNames>& plain_names() {
  static const auto names = [] {
    std::unordered_map<std::string, LevelNames> all;
    const auto add = [&](const auto& cores, std::string_view LevelNames::* level) {
      for (const auto& [word, canonical] : cores) {
        if (core(word) == word) all[std::string(word)].*level = canonical;
        for (const std::string_view ending : endings) {
          const std::string name = std::string(word) + std::string(ending);
          if (core(name) == word) all[name].*level = canonical;
        }
      }
    };
    add(level1_cores(), &LevelNames::level1);
    add(level2_cores(), &LevelNames::level2);
    return all;
  }();
  static const WordMap<LevelNames> map(std::vector<WordMap<LevelNames>::Entry>(names.begin(), names.end()));
  return map;
}

/// Whether an outline's number stands in front, or points may stand behind.
bool is_decorated(std::string_view folded) {
  return static_cast<unsigned char>(folded[0]) < 0x80 || folded.back() == '%' || ends_with(folded, "分") ||
         without_outline(folded).size() != folded.size();
}

std::optional<std::string_view> named(std::string_view name) {
  if (name.empty()) return std::nullopt;
  return name;
}

}  // namespace

LevelNames level_names(std::string_view printed) {
  constexpr std::size_t longest_name = 60;  // bytes: no form prints a longer level name
  if (printed.empty() || printed.size() > longest_name) return {};
  std::array<char, longest_name> room;
  std::string_view folded = printed;
  if (!is_folded(printed)) {
    // Most cells: neither a level's first character nor an outline's number.
    const auto lead = static_cast<unsigned char>(printed[0]);
    if (lead >= 0xE4 && lead <= 0xE9 && !plain_names().may_begin(printed) && without_outline(printed).size() == printed.size()) return {};
    folded = fold_label(printed, room, true);
    if (folded.empty()) return {};
  }
  if (const LevelNames* found = plain_names().find(folded)) return *found;
  if (!is_decorated(folded)) return {};
  for (const std::string_view name : {core(folded), core(without_outline(folded))}) {
    const auto first = level1_cores().find(name);
    const auto second = level2_cores().find(name);
    const bool is_first = first != level1_cores().end();
    const bool is_second = second != level2_cores().end();
    if (is_first || is_second) return {is_first ? first->second : std::string_view(), is_second ? second->second : std::string_view()};
  }
  return {};
}

const Names& level1_names() {
  static const Names names = {"成本指标", "产出指标", "效益指标", "满意度指标"};
  return names;
}

const Names& level2_names(std::string_view level1) {
  static const Names cost = {"经济成本指标", "社会成本指标", "生态环境成本指标"};
  static const Names output = {"数量指标", "质量指标", "时效指标"};
  static const Names benefit = {"经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"};
  static const Names satisfaction = {"服务对象满意度指标"};
  static const Names none;
  if (level1 == "成本指标") return cost;
  if (level1 == "产出指标") return output;
  if (level1 == "效益指标") return benefit;
  if (level1 == "满意度指标") return satisfaction;
  return none;
}

std::optional<std::string_view> canonical_level1(std::string_view printed) {
  return named(level_names(printed).level1);
}

std::optional<std::string_view> canonical_level2(std::string_view printed) {
  return named(level_names(printed).level2);
}

}  // namespace jiheng
