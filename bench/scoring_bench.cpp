// How long a bureau's self-evaluations take to be scored anew: 400 forms of five tables, twelve indicators each, under every pack. Asked:
// a second.
#include <benchmark/benchmark.h>

#include "policy/pack.h"
#include "scoring/score.h"

namespace {

using namespace jiheng;

constexpr int forms = 400;
constexpr int tables_of_a_form = 5;

std::vector<scoring::EvaluatedTable> self_evaluations() {
  constexpr const char* levels[] = {"产出指标", "产出指标", "产出指标", "产出指标", "产出指标",   "产出指标",
                                    "效益指标", "效益指标", "效益指标", "效益指标", "满意度指标", "满意度指标"};
  std::vector<scoring::EvaluatedTable> tables;
  for (int t = 0; t < forms * tables_of_a_form; ++t) {
    scoring::EvaluatedTable table;
    table.name = "专项" + std::to_string(t);
    table.budget = std::to_string(100 + t) + ".37";
    table.executed = std::to_string(80 + t) + ".11";
    int i = 0;
    for (const char* level : levels) {
      scoring::EvaluatedIndicator indicator;
      indicator.level1 = level;
      indicator.name = "第" + std::to_string(++i) + "项";
      indicator.comparator = i % 4 == 0 ? Comparator::at_most : i % 4 == 1 ? Comparator::equal : Comparator::at_least;
      indicator.value = std::to_string(90 + i) + ".5";
      indicator.actual = std::to_string(80 + (t + i) % 30) + ".25";
      table.indicators.push_back(std::move(indicator));
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

void self_evaluations_rescored(benchmark::State& state, const policy::Pack& pack) {
  const auto tables = self_evaluations();
  for (auto _ : state) {
    const scoring::Scores scores = scoring::score_all(tables, pack.scoring);
    if (!scores.refusals.empty()) {
      state.SkipWithError(scores.refusals.front().message.c_str());
      break;
    }
    benchmark::DoNotOptimize(scores);
  }
  state.counters["per_form"] = benchmark::Counter(forms, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

}  // namespace

int main(int argc, char** argv) {
  for (const std::string& name : policy::pack_names()) {
    const policy::Pack& pack = **policy::find_pack(name);
    benchmark::RegisterBenchmark(("400 self-evaluations rescored, " + name).c_str(), [&pack](benchmark::State& state) {
      self_evaluations_rescored(state, pack);
    })->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
