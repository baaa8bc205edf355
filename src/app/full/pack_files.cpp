#include "app/full/pack_files.h"

#include <algorithm>
#include <filesystem>

#include "app/inputs.h"
#include "policy/pack.h"

namespace jiheng::app {

namespace fs = std::filesystem;

Result<PackFiles> PackFiles::in(const std::string& folder) {
  PackFiles files;
  if (folder.empty()) return files;
  std::error_code failed;
  std::vector<fs::path> paths;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() == ".yaml" && at->is_regular_file()) paths.push_back(at->path());
  }
  if (failed) return Error{"no-folder", "打不开文件夹“" + folder + "”：" + failed.message() + "。", {}};
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    Input input = load_input(path.string());
    if (input.failure) return Error{input.failure->code, input.failure->message, {}};
    files.own_.push_back({path.filename().string(), std::move(input.bytes)});
  }
  return files;
}

std::vector<embedded::File> PackFiles::all() const {
  std::vector<embedded::File> all;
  for (const Own& own : own_) all.push_back({own.name, own.bytes});
  for (const embedded::File& file : embedded::rule_packs()) {
    const auto same = [&](const Own& own) { return own.name == file.name; };
    if (std::none_of(own_.begin(), own_.end(), same)) all.push_back(file);
  }
  std::sort(all.begin(), all.end(), [](const embedded::File& a, const embedded::File& b) { return a.name < b.name; });
  return all;
}

}  // namespace jiheng::app
