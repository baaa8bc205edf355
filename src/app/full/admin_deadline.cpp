// `jiheng admin deadline`: a deadline that explains itself day by day.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/exit_status.h"
#include "app/full/commands.h"
#include "base/deadline.h"

namespace jiheng::app {
namespace {

struct DeadlineOptions {
  std::string start;
  std::vector<std::string> pauses;
  DeadlineRequest request;
  bool calendar_days = false;
  bool json = false;
};

int refuse(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  return wrong_usage;
}

int print_deadline(DeadlineOptions options) {
  const auto start = Date::parse(options.start);
  if (!start) return refuse("起算日期“" + options.start + "”不存在，请写成 2026-09-24 这样。");
  options.request.start = *start;
  options.request.work_days = !options.calendar_days;
  for (const std::string& text : options.pauses) {
    const std::size_t dots = text.find("..");
    const auto from = Date::parse(text.substr(0, dots));
    const auto to = dots == std::string::npos ? from : Date::parse(text.substr(dots + 2));
    if (!from || !to) return refuse("暂停“" + text + "”写法不对，请写成 2026-10-09..2026-10-12 这样。");
    options.request.pauses.push_back({*from, *to, {}});
  }
  const auto deadline = reckon(std::move(options.request));
  if (!deadline) return refuse(deadline.error().message);
  const std::string out = options.json ? deadline_json(*deadline) + '\n' : deadline_text(*deadline);
  return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0 ? done : environment_failed;
}

}  // namespace

void add_admin_deadline(CLI::App& admin, Settings& settings) {
  auto options = std::make_shared<DeadlineOptions>();
  CLI::App* command = admin.add_subcommand("deadline", "算期限：按国务院放假安排逐日说明");
  command->add_option("--start", options->start, "起算日期，次日为第1天")->required();
  command->add_option("--days", options->request.days, "天数")->required();
  command->add_option("--pause", options->pauses, "不计的日子，从..到，可以写多次");
  command->add_option("--extend", options->request.extension, "批准延长的天数");
  command->add_option("--rule", options->request.rule, "依据，照写在说明里");
  command->add_flag("--calendar-days", options->calendar_days, "按自然日算，不按工作日");
  command->add_flag("--json", options->json, "结果为 JSON");
  command->callback([options, &settings] { settings.status = print_deadline(*options); });
}

}  // namespace jiheng::app
