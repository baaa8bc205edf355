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
#include "desks/performance/published_files.h"

namespace jiheng::app {
namespace {

namespace fs = std::filesystem;

struct PublishOptions {
  Place place;
  int year = 0;
  std::string out;
  std::string fonts;
  bool all = false;
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

/// Publishes what of the year is approved and not out at that version; false where something was refused.
bool publish_all(desks::Publications& publications, const PublishOptions& options) {
  bool all = true;
  const access::Principal who = who_of(options.place);
  for (const desks::Publishable& each : publications.list(options.year, who)) {
    if (each.state != desks::PublicationState::due && each.state != desks::PublicationState::outdated) continue;
    const auto done = publications.publish(each.submission, each.approved_revision, who);
    if (done) continue;
    std::fprintf(stderr, "%s：%s\n", each.name.c_str(), done.error().message.c_str());
    all = false;
  }
  return all;
}

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
    desks::Publications publications(*open.registry, desks::published_files(options.fonts));
    const bool all = !options.all || publish_all(publications, options);
    NewFolder folder(out);
    const auto units = desks::each_site_file(publications, options.year,
                                             [&](const std::string& path, std::string_view bytes) { return folder.put(path, bytes); });
    if (!units) return report_environment(units.error());
    if (const auto placed = folder.place(); !placed) return report_environment(placed.error());
    std::printf("已生成 %d 份绩效目标的公开网页：%s\n", *units, out.c_str());
    return all ? done : found_errors;
  });
}

}  // namespace

void add_publish(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<PublishOptions>();
  CLI::App* command = program.add_subcommand("publish", "把已经公开的绩效目标做成网页，放到任何网站上");
  add_place(*command, options->place, true);
  command->add_option("--year", options->year, "年度；不写就是各年都有")->check(CLI::Range(2000, 2199));
  command->add_option("--out", options->out, "放进哪个新文件夹")->required();
  CLI::Option* year = command->get_option("--year");
  command->add_flag("--all", options->all, "先把这一年已批复、还没有公开的都公开")->needs(year);
  command->add_option("--fonts", options->fonts, "本单位的字体文件夹（仿宋_GB2312、方正小标宋等）");
  command->callback([options, &settings] { settings.status = publish(*options); });
}

}  // namespace jiheng::app
