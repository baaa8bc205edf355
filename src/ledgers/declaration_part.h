// Inside ledgers/ only: a piece of a declaration's YAML, asked for word by word, every fault with its line.
#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledgers/expression.h"

namespace jiheng::ledgers {

/// The first fault ends the reading: later ones mostly follow from it.
struct Fault {
  int line = 0;
  std::string reason;
};

[[noreturn]] inline void fail(const YAML::Node& node, std::string reason) {
  throw Fault{node.Mark().is_null() ? 0 : node.Mark().line + 1, std::move(reason)};
}

inline std::string text_of(const YAML::Node& node, const std::string& name) {
  if (!node.IsScalar()) fail(node, "“" + name + "”应是一段文字");
  return node.Scalar();
}

/// A map whose entries are asked for by name; what nobody asked for is a fault (a misspelled word must not go unseen).
class Part {
 public:
  explicit Part(YAML::Node node) : node_(std::move(node)) {
    if (!node_.IsMap()) fail(node_, "这里应是若干“名称: 内容”");
  }
  ~Part() = default;
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  bool has(const std::string& name) const { return node_[name].IsDefined() && !node_[name].IsNull(); }
  YAML::Node node(const std::string& name) {
    asked_.insert(name);
    return node_[name];
  }
  std::string need(const std::string& name) {
    const YAML::Node found = node(name);
    if (!found.IsDefined()) fail(node_, "缺少“" + name + "”");
    const std::string text = text_of(found, name);
    if (text.empty()) fail(found, "“" + name + "”是空的");
    return text;
  }
  std::string text(const std::string& name) {
    const YAML::Node found = node(name);
    return found.IsDefined() && !found.IsNull() ? text_of(found, name) : std::string();
  }
  bool flag(const std::string& name) {
    const std::string value = text(name);
    if (!value.empty() && value != "true" && value != "false") fail(node_[name], "“" + name + "”应是 true 或 false");
    return value == "true";
  }
  std::vector<YAML::Node> list(const std::string& name) {
    const YAML::Node found = node(name);
    std::vector<YAML::Node> out;
    if (!found.IsDefined() || found.IsNull()) return out;
    if (!found.IsSequence()) fail(found, "“" + name + "”应是一个列表");
    for (const auto& each : found) out.push_back(each);
    return out;
  }
  std::vector<std::string> texts(const std::string& name) {
    std::vector<std::string> out;
    for (const YAML::Node& each : list(name)) out.push_back(text_of(each, name));
    return out;
  }
  std::vector<std::pair<std::string, std::string>> pairs(const std::string& name) {
    const YAML::Node found = node(name);
    std::vector<std::pair<std::string, std::string>> out;
    if (!found.IsDefined() || found.IsNull()) return out;
    if (!found.IsMap()) fail(found, "“" + name + "”应是若干“名称: 内容”");
    for (const auto& each : found) out.emplace_back(text_of(each.first, name), text_of(each.second, name));
    return out;
  }
  std::optional<Expression> expression(const std::string& name) {
    const std::string written = text(name);
    if (written.empty()) return std::nullopt;
    auto parsed = Expression::parse(written);
    if (!parsed) fail(node_[name], "“" + name + "”" + parsed.error().message);
    return std::move(parsed).value();
  }
  /// To be called at the end.
  void nothing_else() const {
    for (const auto& each : node_) {
      const std::string name = each.first.IsScalar() ? each.first.Scalar() : std::string();
      if (!asked_.contains(name)) fail(each.first, "“" + name + "”不认识");
    }
  }
  const YAML::Node& self() const { return node_; }

 private:
  YAML::Node node_;
  std::set<std::string> asked_;
};

}  // namespace jiheng::ledgers
