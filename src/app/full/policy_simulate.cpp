#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/exit_status.h"
#include "app/full/policy_commands.h"
#include "app/full/policy_simulation.h"
#include "app/inputs.h"
#include "base/text.h"
#include "goals/json.h"

namespace jiheng::app {
namespace {

struct SimulateOptions {
  std::string before;
  std::string after;
  std::vector<std::string> files;
};

/// What has been compared so far.
struct Simulation {
  const policy::Pack& before;
  const policy::Pack& after;
  std::vector<Change> changes;
  std::size_t tables = 0;
  int status = done;

  void add(std::vector<Change> more, std::size_t count) {
    changes.insert(changes.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    tables += count;
  }
  void unreadable(const std::string& file, const std::string& why) {
    std::fprintf(stderr, "%s：%s\n", file.c_str(), why.c_str());
    status = unreadable_input;
  }
  void audit(const Document& document) {
    if (document.error) return unreadable(document.file, document.error->message);
    add(compare_audits(document, before, after), document.tables.size());
  }
  /// Tables as `jiheng read --json` prints them are audited, tables with actuals scored.
  void take_json(const std::string& file) {
    const Input input = load_input(file);
    if (input.failure) return unreadable(file, input.failure->message);
    Document document;
    document.file = file;
    if (auto read = jiheng::tables_from_json(input.bytes)) {
      document.tables = std::move(read).value();
      return audit(document);
    }
    const auto scored = scoring::tables_from_json(input.bytes);
    if (!scored) return unreadable(file, scored.error().message);
    add(compare_scores(file, *scored, before, after), scored->size());
  }
};

int simulate(const PolicyOptions& options, const SimulateOptions& what) {
  const auto packs = PackFiles::in(options.folder);
  if (!packs) return refuse_policy(packs.error());
  const auto before = policy::read_pack(what.before, packs->all());
  if (!before) return refuse_policy(before.error());
  const auto after = policy::read_pack(what.after, packs->all());
  if (!after) return refuse_policy(after.error());
  Simulation simulation{*before, *after, {}, 0, done};
  std::vector<std::string> documents;
  for (const std::string& file : what.files) ends_with(file, ".json") ? simulation.take_json(file) : documents.push_back(file);
  if (!documents.empty()) {
    read_documents(expand_inputs(documents), [&](const Document& document) {
      simulation.audit(document);
      return true;
    });
  }
  const auto report = options.json ? changes_json : changes_text;
  return print_result(report(simulation.changes, *before, *after, simulation.tables), simulation.status);
}

}  // namespace

void add_policy_simulate(CLI::App& policy, Settings& settings) {
  auto what = std::make_shared<SimulateOptions>();
  CLI::App* command = policy.add_subcommand("simulate", "试算：换一个政策口径，哪些表的审核结果、得分或等级会变");
  const auto options = add_policy_options(*command);
  command->add_option("--from", what->before, "现在的口径")->default_val(std::string(policy::default_pack));
  command->add_option("--to", what->after, "要换成的口径")->required();
  command->add_option("FILE", what->files, "文档，或 JSON：绩效目标表（审核）、带完成值的表（打分）")->required();
  command->callback([options, what, &settings] { settings.status = simulate(*options, *what); });
}

}  // namespace jiheng::app
