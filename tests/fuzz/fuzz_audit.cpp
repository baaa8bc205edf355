#include "auditing/audit.h"
#include "check.h"
#include "goals/json.h"
#include "reading/encoding.h"

// Tables as JSON: what they say need not be what any reader yields.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  auto tables = tables_from_json(fuzz::view(data, size));
  if (!tables) return 0;
  std::vector<Document> documents(1);
  documents[0].file = "file";
  documents[0].tables = std::move(*tables);
  const auto report = auditing::audit(documents);
  if (!report) return fuzz::check(report.error()), 0;
  for (const char* language : {"zh", "en"}) {
    const std::string json = auditing::report_json(*report, language);
    fuzz::require(reading::first_invalid_utf8(json) == std::string_view::npos, "the report is not UTF-8");
  }
  return 0;
}
