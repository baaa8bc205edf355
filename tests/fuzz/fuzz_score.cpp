#include "check.h"
#include "policy/pack.h"
#include "reading/encoding.h"
#include "scoring/score.h"

// Whatever is called a table with actuals: refused with a sentence, or scored so that the column adds up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  const auto tables = scoring::tables_from_json(fuzz::view(data, size));
  if (!tables) return fuzz::check(tables.error()), 0;
  for (const char* name : {"cn-2020", "cn-2021"}) {
    const policy::Pack& pack = **policy::find_pack(name);
    const scoring::Scores scores = scoring::score_all(*tables, pack.scoring);
    for (const Error& refusal : scores.refusals) {
      fuzz::check(refusal);
      fuzz::require(reading::first_invalid_utf8(scoring::refusal_text(refusal)) == std::string_view::npos, "the refusal is not UTF-8");
    }
    for (const scoring::TableScore& score : scores.tables) {
      Decimal sum = score.execution.score;
      for (const auto& each : score.indicators) {
        if (!each.score) continue;
        fuzz::require(!each.score->is_negative() && *each.score <= *each.weight, "a score outside of its weight");
        sum += *each.score;
      }
      fuzz::require(sum == score.total, "the column does not add up");
      fuzz::require(!score.grade.empty(), "no grade");
    }
    const std::string json = scoring::scores_json(scores.tables, pack.id());
    fuzz::require(reading::first_invalid_utf8(json) == std::string_view::npos, "the result is not UTF-8");
  }
  return 0;
}
