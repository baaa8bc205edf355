#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "app/full/document_reader.h"
#include "app/full/place.h"
#include "app/inputs.h"
#include "desks/performance/imports.h"

namespace jiheng::app {
namespace {

using State = desks::ImportedFile::State;

struct ImportOptions {
  Place place;
  std::vector<std::string> files;
};

/// One line a file: what became of it.
void tell(const desks::ImportedFile& file) {
  switch (file.state) {
    case State::imported:
      std::printf("%s：已导入 %d 张表（%s），错误 %d，警告 %d，提示 %d\n", file.file.c_str(), file.tables,
                  file.unit_name.value_or("单位不明").c_str(), file.errors, file.warnings, file.hints);
      break;
    case State::unchanged:
      std::printf("%s：与上次相同，没有变化\n", file.file.c_str());
      break;
    case State::empty:
      std::printf("%s：里面没有绩效目标表，没有导入\n", file.file.c_str());
      break;
    default:
      std::fprintf(stderr, "%s：没有导入。%s\n", file.file.c_str(), file.message.value_or("").c_str());
      break;
  }
}

/// A file is known by its name in the database: where it lay on this machine is nobody's business, its folders below are kept.
std::string stored_name(const std::string& path) {
  if (path == "-") return "标准输入";
  std::string name;
  for (const auto& part : std::filesystem::path(path).lexically_normal().relative_path()) {
    if (part == ".." || part == ".") continue;
    name += (name.empty() ? "" : "/") + part.string();
  }
  return name.empty() ? "未命名" : name;
}

int import_one(registry::Registry& registry, const std::string& path, DocumentReader& reader, const Place& place) {
  Input input = load_input(path);
  if (input.failure) {
    std::fprintf(stderr, "%s：没有导入。%s\n", path.c_str(), input.failure->message.c_str());
    return unreadable_input;
  }
  int status = done;
  std::vector<desks::IncomingFile> files;
  files.push_back({stored_name(path), std::move(input.bytes)});
  for (const desks::IncomingFile& file : reading::unpack(std::move(files))) {
    const auto read = [&](std::string_view bytes, std::string name) { return reader.read(bytes, std::move(name)); };
    const desks::ImportedFile imported = desks::import_file(registry, file, read, who_of(place), why_of(place));
    tell(imported);
    if (imported.state == State::failed) status = unreadable_input;
  }
  return status;
}

int import(const ImportOptions& options) {
  return with_place(options.place, [&](OpenPlace& open) {
    DocumentReader reader;
    const std::vector<std::string> files = expand_inputs(options.files);
    Progress progress("已导入", files.size());
    int status = done;
    for (const std::string& file : files) {
      if (import_one(*open.registry, file, reader, options.place) != done) status = unreadable_input;
      progress.step();
    }
    return status;
  });
}

}  // namespace

void add_import(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = program.add_subcommand("import", "把文档导入数据库；压缩包里的文档一并导入");
  add_place(*command, options->place, true);
  command->add_option("FILE", options->files, documents_help)->required();
  command->callback([options, &settings] { settings.status = import(*options); });
}

}  // namespace jiheng::app
