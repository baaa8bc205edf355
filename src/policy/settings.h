// The parameters of a pack one by one, with the file and line that each comes from: for people who want to see, compare and check packs.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/embedded.h"
#include "base/result.h"

namespace jiheng::policy {

/// One parameter in force. Lists are one value.
struct Setting {
  std::string path;   ///< scoring.level_weights.with_cost.产出指标
  std::string value;  ///< as one would write it in the file, on one line
  std::string file;   ///< the nearest file that sets it
  int line = 0;
};

/// In the order of the files, those of the nation first. Errors: those of read_pack() for files that cannot be read at all.
Result<std::vector<Setting>> settings_of(std::string_view name, std::span<const embedded::File> files);

/// The packs that `name` is made of, itself first.
Result<std::vector<std::string>> lineage_of(std::string_view name, std::span<const embedded::File> files);

struct Difference {
  std::string path;
  std::string before;  ///< "" where the first pack does not have it
  std::string after;   ///< "" where the second one does not
};
std::vector<Difference> differences(std::span<const Setting> before, std::span<const Setting> after);

/// What is wrong with a file of packs.
struct PackFault {
  std::string file;
  int line = 1;
  std::string code;     ///< pack-syntax, pack-shape, unknown-parameter, repeated-parameter, pack-dates, pack-region …
  std::string message;  ///< Chinese, a sentence
};
/// Of every NAME.yaml among the files, by file and line; what is wrong above is told once. Examples are read, not run.
std::vector<PackFault> check_packs(std::span<const embedded::File> files);

/// find_pack_in_force() among files; the pack's name.
Result<std::string> pack_in_force(std::string_view region_code, Date day, std::span<const embedded::File> files);

}  // namespace jiheng::policy
