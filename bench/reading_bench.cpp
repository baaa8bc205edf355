// How long a document takes from its bytes to its JSON, and a submission to its findings.
//
// Documents: the folder named by JIHENG_BENCH_FORMS, with one folder a carrier (docx, xlsx, doc, xls, html, txt), else
// ../shared/examples/forms where it is there, else forms written by our own writer. Each iteration reads all documents of a carrier;
// `per_document` is the time of one.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "auditing/audit.h"
#include "goals/json.h"
#include "goals/tree.h"
#include "reading/reader.h"
#include "writing/writer.h"

namespace {

namespace fs = std::filesystem;
using namespace jiheng;

struct File {
  std::string name;
  std::string bytes;
};

/// A submission such as a county's unit files: an overall table of sixty indicators and five projects.
std::vector<GoalTable> sample_tables() {
  std::vector<GoalTable> tables;
  for (int t = 0; t < 6; ++t) {
    GoalTable table;
    table.kind = t == 0 ? TableKind::overall : TableKind::project;
    table.title = t == 0 ? "2026年部门整体支出绩效目标表" : "2026年项目支出绩效目标表";
    table.year = 2026;
    table.unit_name = "某县水利局";
    table.money_unit = "万元";
    table.annual_goal = "清淤河道，保障防汛安全，提升供水水质。";
    if (t == 0) {
      table.budget = Budget{};
      table.budget->total = "1800";
      table.budget->basic = "1300";
      table.budget->project = "500";
    } else {
      table.project_name = "河道清淤专项" + std::to_string(t);
      table.amount = "100";
    }
    for (const std::string_view level1 : level1_names()) {
      for (const std::string_view level2 : level2_names(level1)) {
        for (int i = 0; i < (t == 0 ? 4 : 2); ++i) {
          Indicator indicator;
          indicator.level1 = level1;
          indicator.level2 = std::string(level2);
          indicator.level3 = std::string(level2) + "第" + std::to_string(i + 1) + "项完成数";
          indicator.comparator = Comparator::at_least;
          indicator.value = std::to_string(10 + i);
          indicator.unit = "个";
          indicator.explanation = "按年度台账统计，以验收单为准。";
          table.indicators.push_back(indicator);
        }
      }
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

std::vector<File> load(const std::string& carrier) {
  const char* named = std::getenv("JIHENG_BENCH_FORMS");
  const fs::path folder = fs::path(named != nullptr ? named : "../shared/examples/forms") / carrier;
  std::vector<File> files;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(folder, absent)) {
    if (entry.path().extension() == ".json") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({entry.path().filename().string(), {std::istreambuf_iterator<char>(in), {}}});
  }
  if (!files.empty()) return files;
  static const std::map<std::string, writing::Carrier> carriers = {
      {"docx", writing::Carrier::docx}, {"xlsx", writing::Carrier::xlsx}, {"html", writing::Carrier::html}};
  if (const auto found = carriers.find(carrier); found != carriers.end()) {
    auto bytes = writing::write_forms(sample_tables(), found->second);
    if (bytes) files.push_back({"sample." + carrier, std::move(bytes).value()});
  }
  return files;
}

void read(benchmark::State& state, const std::string& carrier) {
  const std::vector<File> files = load(carrier);
  if (files.empty()) return state.SkipWithError("no documents of this carrier");
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const File& file : files) {
      const std::string json = json_line(reading::read_document(file.bytes, file.name));
      bytes += json.size();
      benchmark::DoNotOptimize(json.data());
    }
  }
  const auto documents = static_cast<double>(files.size());
  state.counters["documents"] = documents;
  state.counters["per_document"] =
      benchmark::Counter(documents, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_mb"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

void audit(benchmark::State& state) {
  Document document;
  document.file = "sample.docx";
  document.tables = sample_tables();
  for (auto _ : state) {
    const auto report = auditing::audit(std::span(&document, 1));
    benchmark::DoNotOptimize(report.ok());
  }
}

}  // namespace

int main(int argc, char** argv) {
  for (const std::string carrier : {"docx", "xlsx", "doc", "xls", "html", "txt"}) {
    benchmark::RegisterBenchmark(("read/" + carrier).c_str(), [carrier](benchmark::State& state) {
      read(state, carrier);
    })->Unit(benchmark::kMillisecond);
  }
  benchmark::RegisterBenchmark("audit/six_tables", audit)->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
