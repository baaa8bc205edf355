#include "auditing/names.h"

#include <algorithm>

namespace jiheng::auditing {
namespace {

constexpr std::size_t two_characters = 6;
/// No project has a longer name; what is longer is not searched for in other names.
constexpr std::size_t longest_core = 300;

/// "城镇新增就业人数（人）" with the unit 人 → "城镇新增就业人数".
std::string_view without_bracketed_unit(std::string_view name, std::string_view unit) {
  if (unit.empty()) return name;
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
    if (!ends_with(name, close)) continue;
    const std::string_view rest = name.substr(0, name.size() - close.size());
    if (ends_with(rest, unit) && ends_with(rest.substr(0, rest.size() - unit.size()), open)) {
      return rest.substr(0, rest.size() - unit.size() - open.size());
    }
  }
  return name;
}

}  // namespace

std::string indicator_key(std::string_view name, const Text& unit, const policy::Words& words) {
  std::string key = fold_label(without_bracketed_unit(trim(name), view(unit)));
  std::size_t skipped = 0;
  for (;;) {
    const std::string_view rest = std::string_view(key).substr(skipped);
    const std::string_view verb = words.name_verbs.prefix_of(rest);
    if (verb.empty() || rest.size() < verb.size() + two_characters) break;
    skipped += verb.size();
  }
  key.erase(0, skipped);
  constexpr std::string_view quantity = "数量";
  if (ends_with(key, quantity) && key.size() > quantity.size()) key.resize(key.size() - std::string_view("量").size());
  return key;
}

std::string project_core(std::string_view project_name, const policy::Words& words) {
  std::string core = fold_label(project_name);
  // A year before the name (2026年国资管理专项) says nothing of what it is about.
  std::size_t digits = 0;
  while (digits < core.size() && core[digits] >= '0' && core[digits] <= '9') ++digits;
  if (digits == 4) {
    for (const std::string_view word : {"年度", "年"}) {
      if (starts_with(std::string_view(core).substr(digits), word)) {
        core.erase(0, digits + word.size());
        break;
      }
    }
  }
  for (std::string_view suffix = words.project_suffixes.suffix_of(core); !suffix.empty() && core.size() >= suffix.size() + two_characters;
       suffix = words.project_suffixes.suffix_of(core)) {
    core.resize(core.size() - suffix.size());
  }
  return core.size() >= two_characters && core.size() <= longest_core ? core : std::string();
}

std::string without(std::string_view name, std::string_view core) {
  std::string rest(name);
  const std::size_t at = core.empty() ? std::string::npos : rest.find(core);
  if (at == std::string::npos || rest.size() < core.size() + two_characters) return rest;
  return rest.erase(at, core.size());
}

std::pair<std::string, std::string> differing_part(std::string_view a, std::string_view b) {
  const auto starts = [](std::string_view text, std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
  };
  std::size_t head = 0;
  while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
  while (head > 0 && !(starts(a, head) && starts(b, head))) --head;
  std::size_t tail = 0;
  while (tail < std::min(a.size(), b.size()) - head && a[a.size() - tail - 1] == b[b.size() - tail - 1]) ++tail;
  while (tail > 0 && !(starts(a, a.size() - tail) && starts(b, b.size() - tail))) --tail;
  return {std::string(a.substr(head, a.size() - tail - head)), std::string(b.substr(head, b.size() - tail - head))};
}

}  // namespace jiheng::auditing
