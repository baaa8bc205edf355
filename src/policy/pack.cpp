#include "policy/pack.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "base/text.h"

namespace jiheng::policy {
namespace {

constexpr int max_ancestors = 8;

std::string_view file_of(std::string_view name, std::span<const embedded::File> files) {
  for (const embedded::File& file : files) {
    if (file.name.size() == name.size() + 5 && starts_with(file.name, name) && ends_with(file.name, ".yaml")) return file.bytes;
  }
  return {};
}

/// `child` laid over `parent`: maps key by key, everything else whole.
YAML::Node overlay(const YAML::Node& parent, const YAML::Node& child) {
  if (!parent.IsMap() || !child.IsMap()) return child;
  YAML::Node merged = YAML::Clone(parent);
  for (const auto& entry : child) {
    const auto key = entry.first.as<std::string>();
    const YAML::Node above = parent[key];
    merged[key] = above ? overlay(above, entry.second) : entry.second;
  }
  return merged;
}

std::string text_of(const YAML::Node& node) {
  return node && node.IsScalar() ? node.Scalar() : std::string();
}

/// Reads parameters by name; a missing or ill-formed one is remembered, so that a pack is never used half read.
class Parameters {
 public:
  Parameters(const YAML::Node& node, std::string& fault) : node_(node), fault_(fault) {}

  std::string text(const char* name) const { return text_of(need(name)); }

  Decimal number(const char* name) const {
    const auto parsed = Decimal::parse(text(name));
    if (!parsed) complain(name);
    return parsed.value_or(Decimal());
  }

  WordList words(const char* name) const { return WordList(text(name)); }

  Parameters part(const char* name) const { return {need(name), fault_}; }

  std::vector<std::string> list(const char* name) const {
    std::vector<std::string> out;
    for (const auto& entry : need(name)) out.push_back(text_of(entry));
    return out;
  }

  const YAML::Node need(const char* name) const {
    const YAML::Node found = node_.IsMap() ? node_[name] : YAML::Node();
    if (!found.IsDefined() || found.IsNull()) complain(name);
    return found.IsDefined() ? found : YAML::Node();
  }

  void complain(const char* name) const {
    if (fault_.empty()) fault_ = name;
  }

 private:
  YAML::Node node_;
  std::string& fault_;
};

Words words_of(const Parameters& p) {
  Words words;
  words.vague = p.words("vague");
  words.criterion = p.words("criterion");
  words.filler = p.words("filler");
  words.name_verbs = p.words("name_verbs");
  words.project_suffixes = p.words("project_suffixes");
  words.shares = p.words("shares");
  words.not_shares = p.words("not_shares");
  words.may_be_negative = p.words("may_be_negative");
  words.worse_when_higher = p.words("worse_when_higher");
  words.countable_units = p.words("countable_units");
  words.placeholder_units = p.words("placeholder_units");
  words.rate_units = p.words("rate_units");
  words.rate_endings = p.words("rate_endings");
  words.not_rates = p.words("not_rates");
  words.count_endings = p.words("count_endings");
  words.not_counts = p.words("not_counts");
  words.satisfaction = p.words("satisfaction");
  words.satisfaction_level = p.words("satisfaction_level");
  words.time_limits = p.words("time_limits");
  words.quality_rates = p.words("quality_rates");
  words.inputs = p.words("inputs");
  words.not_inputs = p.words("not_inputs");
  words.total_costs = p.words("total_costs");
  words.total_fillers = p.words("total_fillers");
  words.part_costs = p.words("part_costs");
  words.generic = p.words("generic");
  words.contrasts = p.words("contrasts");
  words.layout_notes = p.words("layout_notes");
  return words;
}

AuditParameters audit_of(const Parameters& p) {
  AuditParameters audit;
  audit.required_levels = p.list("required_levels");
  audit.cost_required_for = WordList(text_of(p.need("cost_required_for")));
  for (const std::string& sum : p.list("weight_sums")) {
    const auto parsed = Decimal::parse(sum);
    parsed ? audit.weight_sums.push_back(*parsed) : p.complain("weight_sums");
  }
  const Parameters points = p.part("aspect_points");
  audit.aspect_points = {points.number("完整性"), points.number("相关性"), points.number("适当性"), points.number("可行性")};
  const Parameters deduct = p.part("deduct_percent");
  audit.error_percent = deduct.number("error");
  audit.warning_percent = deduct.number("warning");
  audit.hint_percent = deduct.number("hint");
  audit.hint_limit_percent = deduct.number("hint_limit");
  for (const auto& entry : p.need("grades")) {
    const auto from = entry.IsMap() ? Decimal::parse(text_of(entry["from"])) : std::nullopt;
    from ? audit.grades.push_back({text_of(entry["name"]), *from}) : p.complain("grades");
  }
  audit.best_with_error = p.text("best_with_error");
  audit.best_with_poor_part = p.text("best_with_poor_part");
  audit.best_with_fair_part = p.text("best_with_fair_part");
  audit.words = words_of(p.part("words"));
  return audit;
}

Result<YAML::Node> node_of(std::string_view name, std::span<const embedded::File> files, int depth) {
  const std::string_view bytes = file_of(name, files);
  if (bytes.data() == nullptr) return Error{"unknown-pack", "没有名为“" + std::string(name) + "”的政策口径，请核对名称。", {}};
  if (depth > max_ancestors) return Error{"pack-shape", "政策口径“" + std::string(name) + "”的上级口径层数过多或互为上级。", {}};
  // yaml-cpp would take a text with zero bytes for UTF-16.
  if (!is_valid_utf8(bytes) || contains(bytes, std::string_view("\0", 1)))
    return Error{"pack-syntax", "政策口径“" + std::string(name) + "”的文件不是UTF-8编码，请另存后再用。", {}};
  YAML::Node node;
  try {
    node = YAML::Load(std::string(bytes));
  } catch (const YAML::Exception& fault) {
    return Error{"pack-syntax", "政策口径“" + std::string(name) + "”的文件写法有误：" + fault.what() + "。", {}};
  }
  if (!node.IsMap()) return Error{"pack-shape", "政策口径“" + std::string(name) + "”的文件不是参数表。", {}};
  const std::string parent = text_of(node["inherits"]);
  if (parent.empty()) return node;
  auto above = node_of(parent, files, depth + 1);
  if (!above) return std::move(above).error().in(std::string(name));
  return overlay(*above, node);
}

}  // namespace

Result<Pack> read_pack(std::string_view name, std::span<const embedded::File> files) {
  std::string fault;
  Pack pack;
  try {
    auto node = node_of(name, files, 0);
    if (!node) return std::move(node).error();
    const Parameters p(*node, fault);
    pack.name = p.text("name");
    const auto version = Decimal::parse(p.text("version"));
    if (!version || !version->is_integer()) p.complain("version");
    pack.version = version ? std::atoi(version->plain().c_str()) : 1;
    pack.title = p.text("title");
    pack.place = p.text("place");
    pack.region_code = p.text("region_code");
    pack.basis = p.text("basis");
    pack.valid_from = p.text("valid_from");
    pack.valid_to = text_of((*node)["valid_to"]);
    pack.inherits = text_of((*node)["inherits"]);
    pack.confirmed = p.text("confirmed") == "true";
    pack.audit = audit_of(p.part("audit"));
    if (pack.name != name) p.complain("name");
  } catch (const YAML::Exception& wrong) {
    return Error{"pack-shape", "政策口径“" + std::string(name) + "”的参数不全或写法有误：" + wrong.what() + "。", {}};
  }
  if (!fault.empty()) return Error{"pack-shape", "政策口径“" + std::string(name) + "”的参数“" + fault + "”缺失或写法有误。", {}};
  return pack;
}

Result<const Pack*> find_pack(std::string_view name) {
  static std::mutex guard;
  static std::map<std::string, std::unique_ptr<const Pack>, std::less<>> read;
  if (name.empty()) name = default_pack;
  const std::lock_guard lock(guard);
  if (const auto found = read.find(name); found != read.end()) return found->second.get();
  auto pack = read_pack(name, embedded::rule_packs());
  if (!pack) return std::move(pack).error();
  return read.emplace(std::string(name), std::make_unique<const Pack>(std::move(*pack))).first->second.get();
}

std::vector<std::string> pack_names() {
  std::vector<std::string> names;
  for (const embedded::File& file : embedded::rule_packs()) {
    if (ends_with(file.name, ".yaml")) names.emplace_back(file.name.substr(0, file.name.size() - 5));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace jiheng::policy
