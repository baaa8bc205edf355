#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

#include "app/commands.h"
#include "app/exit_status.h"
#include "app/inputs.h"
#include "app/score_text.h"
#include "policy/pack.h"

namespace jiheng::app {
namespace {

struct ScoreOptions {
  std::string file;
  std::string pack;
  bool json = false;
};

int refuse(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return wrong_usage;
}

int score(const ScoreOptions& options, const Settings& settings) {
  const auto pack = policy::find_pack(options.pack);
  if (!pack) return refuse(pack.error().message);
  const Input input = load_input(options.file);
  if (input.failure) return refuse(input.failure->message), unreadable_input;
  const auto tables = scoring::tables_from_json(input.bytes);
  if (!tables) return refuse(tables.error().message);
  const scoring::Scores scores = scoring::score_all(*tables, (*pack)->scoring);
  for (const Error& refusal : scores.refusals) refuse(scoring::refusal_text(refusal));
  if (!scores.refusals.empty()) return refuse("以上不能打分，改好后重新运行；其余的表也没有输出。");
  const std::string out = options.json ? scoring::scores_json(scores.tables, (*pack)->id()) + '\n'
                                       : score_text(*tables, scores.tables, **pack, settings.language);
  if (std::fwrite(out.data(), 1, out.size(), stdout) != out.size() || std::fflush(stdout) != 0) return environment_failed;
  return done;
}

}  // namespace

void add_score(CLI::App& program, Settings& settings) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = program.add_subcommand("score", "打分：带完成值的绩效目标表（JSON）→ 每个指标的得分、总分和等级");
  command->add_flag("--json", options->json, "结果为 JSON");
  command->add_option("--pack", options->pack, "政策口径（默认 cn-2020）；cn-2020@1 指明版本");
  command->add_option("FILE", options->file, "JSON 文件：一个表的数组，或一张表；“-” 是标准输入")->required();
  command->callback([options, &settings] { settings.status = score(*options, settings); });
}

}  // namespace jiheng::app
