#include "policy/pack.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "base/text.h"
#include "policy/evaluation_parameters.h"
#include "policy/layers.h"
#include "policy/pack_reading.h"
#include "policy/sections.h"

namespace jiheng::policy {

Result<Pack> pack_of(std::string_view name, const std::vector<Layer>& layers, ReadingLog& log) {
  Pack pack;
  try {
    const Parameters p(overlaid(layers), log);
    pack.name = p.text("name");
    const auto version = Decimal::parse(p.text("version"));
    if (!version || !version->is_integer() || *version < Decimal(1) || *version > Decimal(9999)) p.complain("version", "应是1到9999的整数");
    pack.version = version ? std::atoi(version->plain().c_str()) : 1;
    pack.title = p.text("title");
    pack.place = p.text("place");
    pack.region_code = p.text("region_code");
    pack.basis = p.text("basis");
    pack.valid_from = p.text("valid_from");
    pack.valid_to = p.optional_text("valid_to");
    pack.inherits = text_of(layers.front().node["inherits"]);
    pack.confirmed = p.choice("confirmed", {"false", "true"}) == 1;
    pack.audit = audit_of(p.part("audit"));
    pack.scoring = scoring_of(p.part("scoring"));
    pack.filing = filing_of(p.part("filing"));
    pack.monitoring = monitoring_of(p.part("monitoring"));
    pack.deadlines = deadlines_of(p.part("deadlines"));
    pack.rectification = rectification_of(p.part("rectification"));
    pack.evaluation = std::make_shared<const EvaluationRules>(evaluation_of(p.part("evaluation")));
    if (p.has("use_of_results")) {
      const Parameters use = p.part("use_of_results");
      for (const auto& entry : use.node()) pack.use_of_results.emplace_back(text_of(entry.first), use.text(text_of(entry.first).c_str()));
    }
    if (p.has("ex_ante_conclusions")) pack.ex_ante_conclusions = p.list("ex_ante_conclusions");
    if (p.has("overall")) pack.overall = overall_of(p.part("overall"));
    if (pack.name != name.substr(0, name.find('@'))) p.complain("name", "与文件名不同");
  } catch (const YAML::Exception& wrong) {
    return Error{"pack-shape", "政策口径“" + std::string(name) + "”的参数不全或写法有误：" + wrong.what() + "。", {}};
  }
  if (!log.fault.empty()) {
    const Origin origin = origin_of(layers, log.fault);
    return Error{"pack-shape",
                 "政策口径“" + std::string(name) + "”的参数“" + log.fault + "”" + log.reason + "（" + origin.file + " 第" +
                     std::to_string(origin.line) + "行）。",
                 {}};
  }
  return pack;
}

Result<Pack> read_pack(std::string_view name, std::span<const embedded::File> files) {
  auto layers = layers_of(name, files);
  if (!layers) return std::move(layers).error();
  ReadingLog log;
  return pack_of(name, *layers, log);
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
