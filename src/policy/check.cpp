#include <algorithm>
#include <set>

#include "base/text.h"
#include "policy/examples.h"
#include "policy/pack_reading.h"
#include "policy/settings.h"

namespace jiheng::policy {
namespace {

/// What stands in every pack besides what its readers ask for.
constexpr std::string_view known_everywhere[] = {"inherits"};

class Check {
 public:
  Check(std::span<const embedded::File> files, std::vector<PackFault>& faults) : files_(files), faults_(faults) {}

  void check(const std::string& name) {
    const auto layers = layers_of(name, files_);
    if (!layers) return add(file_that_failed(name, layers.error()), line_in(layers.error().message), layers.error());
    repeated_names(layers->front().node, {}, layers->front().file);
    ReadingLog log;
    const auto pack = pack_of(name, *layers, log);
    if (!pack) {
      const Origin origin = origin_of(is_sound_above(*layers) ? std::vector(1, layers->front()) : *layers, log.fault);
      return add(origin.file, origin.line, pack.error());
    }
    dates(*pack, *layers);
    region(*pack, *layers);
    unknown(layers->front().node, {}, layers->front().file, log);
    if (const auto examples = examples_of(name, files_); !examples)
      add(name + ".yaml", line_in(examples.error().message), examples.error());
  }

 private:
  void add(const std::string& file, int line, const Error& error) { add(file, line, error.code.c_str(), error.message); }

  void add(const std::string& file, int line, const char* code, std::string message) {
    PackFault fault{file, line, code, std::move(message)};
    const auto same = [&](const PackFault& other) {
      return other.file == fault.file && other.line == fault.line && (other.code == fault.code);
    };
    if (std::none_of(faults_.begin(), faults_.end(), same)) faults_.push_back(std::move(fault));
  }

  /// What the packs above say is fine by itself: then the fault is what this one changes.
  static bool is_sound_above(const std::vector<Layer>& layers) {
    if (layers.size() < 2) return false;
    ReadingLog log;
    return pack_of(text_of(layers[1].node["name"]), {layers.begin() + 1, layers.end()}, log).ok();
  }

  /// The layer below is fine where it could be read: what cannot be read names itself.
  std::string file_that_failed(const std::string& name, const Error& error) const {
    if (error.code == "unknown-pack") return name + ".yaml";
    for (const embedded::File& file : files_) {
      if (!ends_with(file.name, ".yaml")) continue;
      if (contains(error.message, "“" + std::string(file.name.substr(0, file.name.size() - 5)) + "”")) return std::string(file.name);
    }
    return name + ".yaml";
  }

  static int line_in(const std::string& message) {
    const std::size_t at = message.find("第");
    if (at == std::string::npos) return 1;
    const int line = std::atoi(message.c_str() + at + std::string_view("第").size());
    return line > 0 ? line : 1;
  }

  void repeated_names(const YAML::Node& node, const std::string& path, const std::string& file) {
    if (node.IsSequence()) {
      for (const auto& each : node) repeated_names(each, path, file);
    }
    if (!node.IsMap()) return;
    std::set<std::string> names;
    for (const auto& entry : node) {
      const std::string name = path.empty() ? text_of(entry.first) : path + "." + text_of(entry.first);
      if (!names.insert(name).second)
        add(file, entry.first.Mark().line + 1, "repeated-parameter", "参数“" + name + "”写了两次，请删去一个。");
      repeated_names(entry.second, name, file);
    }
  }

  /// A parameter that nobody reads is most often a slip of the pen.
  void unknown(const YAML::Node& node, const std::string& path, const std::string& file, const ReadingLog& log) {
    for (const auto& entry : node) {
      const std::string name = path.empty() ? text_of(entry.first) : path + "." + text_of(entry.first);
      if (path.empty() && std::find(std::begin(known_everywhere), std::end(known_everywhere), name) != std::end(known_everywhere)) continue;
      if (!log.read.contains(name)) {
        add(file, entry.first.Mark().line + 1, "unknown-parameter", "参数“" + name + "”没有地方用到，请核对名称。");
      } else if (entry.second.IsMap() && reads_below(name, log)) {
        unknown(entry.second, name, file, log);
      }
    }
  }

  static bool reads_below(const std::string& name, const ReadingLog& log) {
    const auto next = log.read.lower_bound(name + ".");
    return next != log.read.end() && starts_with(*next, name + ".");
  }

  void dates(const Pack& pack, const std::vector<Layer>& layers) {
    const auto at = [&](const char* path) { return origin_of(layers, path); };
    const auto from = Date::parse(pack.valid_from);
    const auto to = Date::parse(pack.valid_to);
    if (!from)
      add(at("valid_from").file, at("valid_from").line, "pack-dates", "起始日期“" + pack.valid_from + "”不存在，请写成 2026-01-01 这样。");
    if (!to && !pack.valid_to.empty())
      add(at("valid_to").file, at("valid_to").line, "pack-dates",
          "截止日期“" + pack.valid_to + "”不存在，请写成 2026-12-31 这样，未废止的留空。");
    if (from && to && *to < *from) add(at("valid_to").file, at("valid_to").line, "pack-dates", "截止日期早于起始日期。");
  }

  void region(const Pack& pack, const std::vector<Layer>& layers) {
    const std::string& code = pack.region_code;
    if (code.size() == 6 && code.find_first_not_of("0123456789") == std::string::npos) return;
    const Origin origin = origin_of(layers, "region_code");
    add(origin.file, origin.line, "pack-region", "行政区划代码“" + code + "”应是6位数字（全国是000000），写在引号里。");
  }

  std::span<const embedded::File> files_;
  std::vector<PackFault>& faults_;
};

}  // namespace

std::vector<PackFault> check_packs(std::span<const embedded::File> files) {
  std::vector<PackFault> faults;
  Check check(files, faults);
  for (const embedded::File& file : files) {
    if (ends_with(file.name, ".yaml")) check.check(std::string(file.name.substr(0, file.name.size() - 5)));
  }
  std::sort(faults.begin(), faults.end(),
            [](const PackFault& a, const PackFault& b) { return a.file != b.file ? a.file < b.file : a.line < b.line; });
  return faults;
}

}  // namespace jiheng::policy
