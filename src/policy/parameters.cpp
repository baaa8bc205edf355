#include "policy/parameters.h"

namespace jiheng::policy {

std::string text_of(const YAML::Node& node) {
  return node && node.IsScalar() ? node.Scalar() : std::string();
}

std::string Parameters::path_of(const char* name) const {
  std::string path = path_;
  if (!path.empty() && *name != '\0') path += '.';
  return path += name;
}

void Parameters::complain(const char* name, const char* reason) const {
  if (!log_.fault.empty()) return;
  log_.fault = path_of(name);
  log_.reason = reason;
}

YAML::Node Parameters::need(const char* name) const {
  log_.read.insert(path_of(name));
  const YAML::Node found = node_.IsMap() ? node_[name] : YAML::Node();
  if (!found.IsDefined() || found.IsNull()) complain(name, "缺失");
  return found.IsDefined() ? found : YAML::Node();
}

std::string Parameters::text(const char* name) const {
  const YAML::Node found = need(name);
  if (found.IsDefined() && !found.IsNull() && !found.IsScalar()) complain(name, "应是一段文字或一个数");
  return text_of(found);
}

std::string Parameters::optional_text(const char* name) const {
  log_.read.insert(path_of(name));
  const YAML::Node found = node_.IsMap() ? node_[name] : YAML::Node();
  if (found.IsDefined() && !found.IsNull() && !found.IsScalar()) complain(name, "应是一段文字或一个数");
  return found.IsDefined() ? text_of(found) : std::string();
}

std::size_t Parameters::choice(const char* name, std::initializer_list<const char*> choices) const {
  const std::string chosen = text(name);
  std::size_t at = 0;
  for (const char* each : choices) {
    if (chosen == each) return at;
    ++at;
  }
  complain(name, "不是可选的写法");
  return 0;
}

Decimal Parameters::number(const char* name) const {
  const auto parsed = Decimal::parse(text(name));
  if (!parsed) complain(name, "应是一个数");
  return parsed.value_or(Decimal());
}

std::vector<std::string> Parameters::list(const char* name) const {
  std::vector<std::string> out;
  const YAML::Node found = need(name);
  if (!found.IsSequence()) complain(name, "应是一个列表");
  for (const auto& entry : found) out.push_back(text_of(entry));
  return out;
}

std::vector<Parameters> Parameters::parts(const char* name) const {
  std::vector<Parameters> out;
  const YAML::Node found = need(name);
  if (!found.IsSequence()) complain(name, "应是一个列表");
  std::size_t number = 0;
  for (const auto& entry : found) out.emplace_back(entry, log_, path_of(name) + "[" + std::to_string(++number) + "]");
  return out;
}

}  // namespace jiheng::policy
