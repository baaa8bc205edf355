// Inside policy/ only: the files that make up one pack, from the place's own up to the nation's.
#pragma once

#include <yaml-cpp/yaml.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"

namespace jiheng::policy {

struct Layer {
  std::string file;  ///< cn-2020.yaml
  YAML::Node node;
};

/// The pack's own file first, then the one that it inherits from, and so on. "NAME@2" is the file of that name, which a place keeps of a
/// version that is no longer in force, or NAME.yaml where that has version 2. Errors: unknown-pack, unknown-version, pack-syntax,
/// pack-shape; context: the pack that named the one that failed.
Result<std::vector<Layer>> layers_of(std::string_view name, std::span<const embedded::File> files);

/// All parameters in force: nearer ones laid over those above, maps key by key, everything else whole.
YAML::Node overlaid(const std::vector<Layer>& layers);

/// A file's bytes, without data where there is none.
std::string_view file_of(std::string_view name, std::span<const embedded::File> files);

/// Where a parameter is set: the nearest layer that has it, else the deepest part of its path that some layer has.
struct Origin {
  std::string file;
  int line = 1;
};
Origin origin_of(const std::vector<Layer>& layers, std::string_view path);

}  // namespace jiheng::policy
