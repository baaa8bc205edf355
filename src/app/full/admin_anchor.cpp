// `jiheng admin anchor`: where the journal ends, noted down outside of the database; `admin migrate` and `admin rebuild`.
#include "app/full/admin_anchor.h"

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/place.h"
#include "base/write_all.h"
#include "ledgers/ledgers.h"

namespace jiheng::app {
namespace {

struct AnchorOptions {
  Place place;
  std::string file;
};

/// Onto the file's end, and onto the disk.
bool append(const std::string& path, const std::string& line) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return false;
  const off_t before = ::lseek(file, 0, SEEK_END);
  const bool written = write_all(file, line) && ::fsync(file) == 0;
  const int why = errno;
  // Half a line would be glued to tomorrow's, and no anchor of the file could be read.
  if (!written && before >= 0) (void)!::ftruncate(file, before);
  const bool closed = ::close(file) == 0;
  if (!written) errno = why;
  return closed && written;
}

int anchor(const AnchorOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) -> int {
    const auto made = registry::anchor_now(*open.registry);
    if (!made) {
      std::fprintf(stderr, "%s\n", made.error().message.c_str());
      return wrong_usage;
    }
    if (!options.file.empty() && !append(options.file, registry::anchor_line(*made))) {
      std::fprintf(stderr, "锚定没有写进“%s”：%s。请检查路径、权限和磁盘空间。\n", options.file.c_str(), std::strerror(errno));
      return environment_failed;
    }
    std::printf("操作日志到第 %lld 条，锚定码 %s\n", static_cast<long long>(made->seq), registry::anchor_code(*made).c_str());
    if (options.file.empty()) {
      std::printf("请抄在或打印在纸上，或用 --to 写进另一台机器、另一块盘上的文件；以后用 jiheng admin verify --anchor 核对。\n");
    } else {
      std::printf("已写进 %s\n", options.file.c_str());
    }
    return done;
  });
}

int migrate(const Place& place) {
  return with_place(place, [](OpenPlace&) -> int {
    std::printf("数据库的表已是最新。\n");
    return done;
  });
}

int rebuild(const Place& place) {
  return with_place(place, [](OpenPlace& open) -> int {
    const auto rows = ledgers::Ledgers(*open.registry, *open.catalogue).rebuild();
    std::printf("已由操作日志重建台账，共 %lld 行，各指标按日的合计一并重算。\n", static_cast<long long>(rows));
    return done;
  });
}

}  // namespace

Result<std::vector<registry::Anchor>> named_anchors(const std::string& file, const std::string& code, const std::string& tenant) {
  std::vector<registry::Anchor> out;
  if (!file.empty()) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{"bad-anchor", "锚定文件“" + file + "”打不开。请检查路径和权限。", {}};
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    auto read = registry::read_anchors(text);
    if (!read) return read;
    out = std::move(read).value();
    std::erase_if(out, [&](const registry::Anchor& each) { return each.tenant != tenant; });
    if (out.empty()) return Error{"bad-anchor", "锚定文件“" + file + "”里没有本局的锚定。", {}};
  }
  if (!code.empty()) {
    auto read = registry::read_anchor_code(code, tenant);
    if (!read) return std::move(read).error();
    out.push_back(std::move(read).value());
  }
  return out;
}

void add_anchors(CLI::App& admin, Settings& settings) {
  auto options = std::make_shared<AnchorOptions>();
  CLI::App* anchoring = admin.add_subcommand("anchor", "记下操作日志现在的末尾，放到数据库之外：末尾被截掉也查得出");
  add_place(*anchoring, options->place, false);
  anchoring->add_option("--to", options->file, "加在这个文件末尾（最好在另一台机器或另一块盘上）；每天一次");
  anchoring->callback([options, &settings] { settings.status = anchor(*options); });

  auto place = std::make_shared<Place>();
  CLI::App* migrating = admin.add_subcommand("migrate", "把数据库的表更新到这个版本和现在的台账声明");
  add_place(*migrating, *place, false);
  migrating->callback([place, &settings] { settings.status = migrate(*place); });

  CLI::App* rebuilding = admin.add_subcommand("rebuild", "由操作日志重建台账的表和指标按日的合计");
  add_place(*rebuilding, *place, false);
  rebuilding->callback([place, &settings] { settings.status = rebuild(*place); });
}

}  // namespace jiheng::app
