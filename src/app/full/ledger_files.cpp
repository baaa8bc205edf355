#include "app/full/ledger_files.h"

#include <algorithm>
#include <filesystem>

#include "app/inputs.h"

namespace jiheng::app {

namespace fs = std::filesystem;

Result<ledgers::Catalogue> load_catalogue(const std::string& data_folder) {
  const fs::path folder = fs::path(data_folder) / "desks";
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) return ledgers::Catalogue::of_files(embedded::ledger_declarations());
  std::vector<std::pair<std::string, std::string>> own;  // path below the folder, bytes
  for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() != ".yaml" || !at->is_regular_file()) continue;
    Input input = load_input(at->path().string());
    if (input.failure) return Error{input.failure->code, input.failure->message, {}};
    own.emplace_back(at->path().lexically_relative(folder).generic_string(), std::move(input.bytes));
  }
  if (failed) return Error{"no-folder", "打不开文件夹“" + folder.string() + "”：" + failed.message() + "。", {}};
  std::vector<embedded::File> files;
  for (const auto& [name, bytes] : own) files.push_back({name, bytes});
  for (const embedded::File& file : embedded::ledger_declarations()) {
    if (std::none_of(own.begin(), own.end(), [&](const auto& each) { return each.first == file.name; })) files.push_back(file);
  }
  std::sort(files.begin(), files.end(), [](const embedded::File& a, const embedded::File& b) { return a.name < b.name; });
  return ledgers::Catalogue::of_files(files);
}

}  // namespace jiheng::app
