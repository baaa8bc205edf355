#include "base/json_writer.h"
#include "scoring/score.h"

namespace jiheng::scoring {
namespace {

void figure(JsonWriter& out, std::string_view name, const std::optional<Decimal>& value) {
  out.key(name);
  value ? out.string(value->text()) : out.null();
}

void write(JsonWriter& out, const IndicatorScore& score, std::size_t index) {
  out.begin_object().key("indicator").integer(static_cast<std::int64_t>(index));
  figure(out, "weight", score.weight);
  figure(out, "achievement", score.achievement);
  out.key("met");
  score.met ? out.boolean(*score.met) : out.null();
  figure(out, "score", score.score);
  out.end_object();
}

}  // namespace

std::string scores_json(std::span<const TableScore> scores, std::string_view pack) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const TableScore& score = scores[i];
    out.begin_object().key("table").integer(static_cast<std::int64_t>(i)).field("pack", pack);
    out.key("execution").begin_object();
    figure(out, "rate", score.execution.rate);
    figure(out, "weight", score.execution.weight);
    figure(out, "score", score.execution.score);
    out.end_object().key("indicators").begin_array();
    for (std::size_t j = 0; j < score.indicators.size(); ++j) write(out, score.indicators[j], j);
    out.end_array();
    figure(out, "total", score.total);
    out.field("grade", score.grade).end_object();
  }
  out.end_array();
  return text;
}

}  // namespace jiheng::scoring
