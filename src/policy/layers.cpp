#include "policy/layers.h"

#include <yaml-cpp/eventhandler.h>

#include <sstream>

#include "base/shown_text.h"
#include "base/text.h"
#include "policy/parameters.h"

namespace jiheng::policy {
namespace {

constexpr std::size_t max_layers = 8;

Error fault(const char* code, std::string_view name, std::string what) {
  return {code, "政策口径“" + shown_text(name) + "”" + std::move(what), {}};
}

/// Sees aliases go by.
class AliasFinder : public YAML::EventHandler {
 public:
  bool found = false;
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { found = true; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// A node that stands in several places, itself among them, has no end when it is walked through.
bool has_aliases(const std::string& text) {
  if (text.find('*') == std::string::npos) return false;
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  AliasFinder finder;
  while (!finder.found && parser.HandleNextDocument(finder)) continue;
  return finder.found;
}

Result<YAML::Node> node_of(std::string_view name, std::string_view bytes) {
  // yaml-cpp would take a text with zero bytes for UTF-16.
  if (!is_valid_utf8(bytes) || contains(bytes, std::string_view("\0", 1)))
    return fault("pack-syntax", name, "的文件不是UTF-8编码，请另存后再用。");
  YAML::Node node;
  try {
    const std::string text(bytes);
    if (has_aliases(text)) return fault("pack-syntax", name, "用了 YAML 的引用（*），请把内容写全。");
    node = YAML::Load(text);  // the first document: the examples behind it are read where they are asked for
  } catch (const YAML::Exception& wrong) {
    return fault("pack-syntax", name, "的文件第" + std::to_string(wrong.mark.line + 1) + "行写法有误：" + wrong.msg + "。");
  }
  if (!node.IsMap()) return fault("pack-shape", name, "的文件不是参数表。");
  return node;
}

YAML::Node overlay(const YAML::Node& above, const YAML::Node& nearer) {
  if (!above.IsMap() || !nearer.IsMap()) return nearer;
  YAML::Node merged(YAML::NodeType::Map);
  for (const auto& entry : above) {
    const YAML::Node own = nearer[entry.first.as<std::string>()];
    merged.force_insert(entry.first, own.IsDefined() ? overlay(entry.second, own) : entry.second);
  }
  for (const auto& entry : nearer) {
    if (!above[entry.first.as<std::string>()].IsDefined()) merged.force_insert(entry.first, entry.second);
  }
  return merged;
}

/// "scoring.grades[2].from" → "scoring", "grades", "2" …, one at a time.
YAML::Node below(const YAML::Node& node, std::string_view& path) {
  const bool entry = path[0] == '[';
  const std::size_t end = entry ? path.find(']') : path.find_first_of(".[", 1);
  const std::string_view name = entry ? path.substr(1, end - 1) : path.substr(0, end);
  path.remove_prefix(end == std::string_view::npos ? path.size() : end + (entry ? 1 : 0));
  if (!path.empty() && path[0] == '.') path.remove_prefix(1);
  if (!entry) return node.IsMap() ? node[std::string(name)] : YAML::Node(YAML::NodeType::Undefined);
  const auto number = Decimal::parse(name);
  const std::size_t at = number ? static_cast<std::size_t>(std::atoi(number->plain().c_str())) : 0;
  return node.IsSequence() && at >= 1 && at <= node.size() ? node[at - 1] : YAML::Node(YAML::NodeType::Undefined);
}

}  // namespace

std::string_view file_of(std::string_view name, std::span<const embedded::File> files) {
  for (const embedded::File& file : files) {
    if (file.name.size() == name.size() + 5 && starts_with(file.name, name) && ends_with(file.name, ".yaml")) return file.bytes;
  }
  return {};
}

Result<std::vector<Layer>> layers_of(std::string_view name, std::span<const embedded::File> files) {
  std::vector<Layer> layers;
  std::string next(name);
  const auto fail = [&](Error error) {
    if (!layers.empty()) error.context.emplace_back(name);
    return error;
  };
  while (!next.empty()) {
    if (layers.size() == max_layers) return fail(fault("pack-shape", name, "的上级口径层数过多或互为上级。"));
    std::string base = next;
    std::string_view version;
    std::string_view bytes = file_of(next, files);
    if (const std::size_t at = next.find('@'); bytes.data() == nullptr && at != std::string::npos) {
      base = next.substr(0, at);
      version = std::string_view(next).substr(at + 1);
      bytes = file_of(base, files);
    }
    if (bytes.data() == nullptr)
      return fail(
          Error{"unknown-pack", "没有名为“" + shown_text(base) + "”的政策口径，请核对名称；jiheng admin policy check 列出全部口径。", {}});
    auto node = node_of(next, bytes);
    if (!node) return fail(std::move(node).error());
    if (!version.empty() && text_of((*node)["version"]) != version)
      return fail(fault("unknown-version", base, "没有第" + shown_text(version) + "版，现在是第" + text_of((*node)["version"]) + "版。"));
    layers.push_back({base + ".yaml", *node});
    next = text_of((*node)["inherits"]);
  }
  return layers;
}

YAML::Node overlaid(const std::vector<Layer>& layers) {
  YAML::Node node = layers.back().node;
  for (std::size_t at = layers.size() - 1; at-- > 0;) node = overlay(node, layers[at].node);
  return node;
}

Origin origin_of(const std::vector<Layer>& layers, std::string_view path) {
  Origin best{layers.front().file, 1};
  std::size_t reached = 0;
  for (const Layer& layer : layers) {
    YAML::Node node = layer.node;
    std::string_view rest = path;
    std::size_t depth = 0;
    while (!rest.empty()) {
      // reset(), because assigning would change the document itself.
      const YAML::Node deeper = below(node, rest);
      if (!deeper.IsDefined()) break;
      node.reset(deeper);
      if (++depth > reached) {
        reached = depth;
        best = {layer.file, node.Mark().line + 1};
      }
    }
  }
  return best;
}

}  // namespace jiheng::policy
