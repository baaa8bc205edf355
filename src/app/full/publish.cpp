// `jiheng publish`: what is published, as a folder for any plain web server.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/output.h"
#include "app/full/place.h"
#include "desks/performance/public_site.h"

namespace jiheng::app {
namespace {

namespace fs = std::filesystem;

struct PublishOptions {
  Place place;
  int year = 0;
  std::string out;
};

/// A folder beside the wanted one, which takes its place when all is in it and goes when anything fails.
class NewFolder {
 public:
  explicit NewFolder(const fs::path& wanted) : wanted_(wanted), beside_(wanted.string() + ".part-" + std::to_string(getpid())) {}
  ~NewFolder() {
    std::error_code ignored;
    if (!placed_) fs::remove_all(beside_, ignored);
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  Result<Done> put(const std::string& path, std::string_view bytes) {
    std::error_code failed;
    const fs::path file = beside_ / path;
    fs::create_directories(file.parent_path(), failed);
    if (failed) return Error{"write-failed", "建不了文件夹“" + file.parent_path().string() + "”：" + failed.message() + "。", {}};
    return write_file(file.string(), bytes);
  }
  Result<Done> place() {
    std::error_code failed;
    fs::rename(beside_, wanted_, failed);
    if (failed) return Error{"write-failed", "放不到文件夹“" + wanted_.string() + "”：" + failed.message() + "。", {}};
    placed_ = true;
    return Done{};
  }

 private:
  fs::path wanted_;
  fs::path beside_;
  bool placed_ = false;
};

/// "out/" and "out" are one.
fs::path without_slash(const std::string& folder) {
  const fs::path path(folder);
  return path.has_filename() ? path : path.parent_path();
}

int publish(const PublishOptions& options) {
  const fs::path out = without_slash(options.out);
  std::error_code unknown;
  if (fs::exists(out, unknown) && !(fs::is_directory(out, unknown) && fs::is_empty(out, unknown))) {
    std::fprintf(stderr, "“%s”已经有东西了。公开的网页要放进一个新文件夹，请换一个名字。\n", out.c_str());
    return wrong_usage;
  }
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const desks::Publications publications(*open.registry, {});
    NewFolder folder(out);
    const auto units = desks::each_site_file(publications, options.year,
                                             [&](const std::string& path, std::string_view bytes) { return folder.put(path, bytes); });
    if (!units) return report_environment(units.error());
    if (const auto placed = folder.place(); !placed) return report_environment(placed.error());
    std::printf("已生成 %d 份绩效目标的公开网页：%s\n", *units, out.c_str());
    return done;
  });
}

}  // namespace

void add_publish(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<PublishOptions>();
  CLI::App* command = program.add_subcommand("publish", "把已经公开的绩效目标做成网页，放到任何网站上");
  add_place(*command, options->place, false);
  command->add_option("--year", options->year, "年度；不写就是各年都有")->check(CLI::Range(2000, 2199));
  command->add_option("--out", options->out, "放进哪个新文件夹")->required();
  command->callback([options, &settings] { settings.status = publish(*options); });
}

}  // namespace jiheng::app
