#include "policy/settings.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "policy/layers.h"
#include "policy/parameters.h"

namespace jiheng::policy {
namespace {

std::string on_one_line(const YAML::Node& node) {
  if (node.IsNull()) return "null";
  if (node.IsScalar()) return node.Scalar().empty() ? "\"\"" : std::string(trim(replace_all(node.Scalar(), "\n", " ")));
  std::string out;
  for (const auto& entry : node) {
    if (!out.empty()) out += ", ";
    out += node.IsMap() ? text_of(entry.first) + ": " + on_one_line(entry.second) : on_one_line(entry);
  }
  return node.IsMap() ? "{" + out + "}" : "[" + out + "]";
}

void flatten(const YAML::Node& node, const std::string& path, const std::vector<Layer>& layers, std::vector<Setting>& out) {
  for (const auto& entry : node) {
    const std::string name = path.empty() ? text_of(entry.first) : path + "." + text_of(entry.first);
    if (entry.second.IsMap() && entry.second.size() > 0) {
      flatten(entry.second, name, layers, out);
    } else {
      Origin origin = origin_of(layers, name);
      out.push_back({name, on_one_line(entry.second), std::move(origin.file), origin.line});
    }
  }
}

}  // namespace

Result<std::vector<Setting>> settings_of(std::string_view name, std::span<const embedded::File> files) {
  auto layers = layers_of(name, files);
  if (!layers) return std::move(layers).error();
  std::vector<Setting> settings;
  try {
    flatten(overlaid(*layers), {}, *layers, settings);
  } catch (const YAML::Exception& wrong) {
    return Error{"pack-shape", "政策口径“" + std::string(name) + "”写法有误：" + wrong.what() + "。", {}};
  }
  return settings;
}

Result<std::vector<std::string>> lineage_of(std::string_view name, std::span<const embedded::File> files) {
  auto layers = layers_of(name, files);
  if (!layers) return std::move(layers).error();
  std::vector<std::string> names;
  for (const Layer& layer : *layers) names.push_back(text_of(layer.node["name"]));
  return names;
}

std::vector<Difference> differences(std::span<const Setting> before, std::span<const Setting> after) {
  const auto find = [](std::span<const Setting> all, const std::string& path) {
    return std::find_if(all.begin(), all.end(), [&](const Setting& setting) { return setting.path == path; });
  };
  std::vector<Difference> out;
  for (const Setting& setting : before) {
    const auto other = find(after, setting.path);
    const std::string value = other == after.end() ? "" : other->value;
    if (value != setting.value) out.push_back({setting.path, setting.value, value});
  }
  for (const Setting& setting : after) {
    if (find(before, setting.path) == before.end()) out.push_back({setting.path, "", setting.value});
  }
  return out;
}

}  // namespace jiheng::policy
