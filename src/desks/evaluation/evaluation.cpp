#include "desks/evaluation/evaluation.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/json_writer.h"
#include "desks/rectification/problem_json.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 2> form_codes{"key", "ex-ante"};
constexpr std::array<std::string_view, 2> form_names{"重点评价", "事前绩效评估"};
constexpr std::array<std::string_view, 4> state_codes{"planned", "scoring", "concluded", "void"};
constexpr std::array<std::string_view, 4> state_names{"拟评价", "评分中", "已定稿", "已取消"};

template <class Value, std::size_t size>
std::optional<Value> value_of(const std::array<std::string_view, size>& codes, std::string_view code) {
  const auto found = std::find(codes.begin(), codes.end(), code);
  return found == codes.end() ? std::nullopt : std::optional(static_cast<Value>(found - codes.begin()));
}

void write_numbers(JsonWriter& out, const std::vector<int>& numbers) {
  out.begin_array();
  for (const int each : numbers) out.integer(each);
  out.end_array();
}

void write(JsonWriter& out, const WorkingNote& note) {
  out.begin_object().key("criterion");
  if (note.criterion) {
    out.integer(*note.criterion);
  } else {
    out.null();
  }
  out.field("text", note.text).key("evidence");
  write_numbers(out, note.evidence);
  out.field("at", note.at).key("by");
  write_person(out, note.by);
  out.end_object();
}

void write(JsonWriter& out, const ScoreSheet& sheet) {
  out.begin_object().field("evaluator", sheet.evaluator).field("name", sheet.name).key("points");
  write_texts(out, sheet.points);
  out.key("reasons");
  write_texts(out, sheet.reasons);
  out.field("total", sheet.total).field("at", sheet.at).key("by");
  write_person(out, sheet.by);
  out.end_object();
}

std::vector<std::string> texts_at(const json::value& from, std::string_view name) {
  std::vector<std::string> texts;
  for (const json::value& each : from.at(name).as_array()) texts.emplace_back(each.as_string());
  return texts;
}

std::vector<int> numbers_at(const json::value& from, std::string_view name) {
  std::vector<int> numbers;
  for (const json::value& each : from.at(name).as_array()) numbers.push_back(static_cast<int>(each.as_int64()));
  return numbers;
}

WorkingNote note_of(const json::value& from) {
  WorkingNote note;
  if (!from.at("criterion").is_null()) note.criterion = static_cast<int>(from.at("criterion").as_int64());
  note.text = text_at(from, "text");
  note.evidence = numbers_at(from, "evidence");
  note.at = text_at(from, "at");
  note.by = person_from(from.at("by"));
  return note;
}

ScoreSheet sheet_of(const json::value& from) {
  return {text_at(from, "evaluator"), text_at(from, "name"), texts_at(from, "points"),  texts_at(from, "reasons"),
          text_at(from, "total"),     text_at(from, "at"),   person_from(from.at("by"))};
}

Decimal number(std::string_view text) {
  return Decimal::parse(text).value_or(Decimal());
}

}  // namespace

std::string_view evaluation_form_code(EvaluationForm form) {
  return form_codes[static_cast<std::size_t>(form)];
}

std::string_view evaluation_form_name(EvaluationForm form) {
  return form_names[static_cast<std::size_t>(form)];
}

std::optional<EvaluationForm> evaluation_form_from_code(std::string_view code) {
  return value_of<EvaluationForm>(form_codes, code);
}

std::string_view evaluation_state_code(EvaluationState state) {
  return state_codes[static_cast<std::size_t>(state)];
}

std::string_view evaluation_state_name(EvaluationState state) {
  return state_names[static_cast<std::size_t>(state)];
}

std::optional<EvaluationState> evaluation_state_from_code(std::string_view code) {
  return value_of<EvaluationState>(state_codes, code);
}

const std::vector<std::string>& evaluation_sections() {
  // 财预〔2020〕10号 annex, the outline; what the program writes itself (scores, figures) has no place here.
  static const std::vector<std::string> sections{"项目概况", "评价工作开展情况",  "主要经验及做法", "存在的问题及原因分析",
                                                 "有关建议", "其他需要说明的问题"};
  return sections;
}

Scored scored(const Evaluation& evaluation, const std::vector<std::string>& result_levels) {
  Scored out;
  if (evaluation.scores.empty()) return out;
  const Decimal count(static_cast<std::int64_t>(evaluation.scores.size()));
  Decimal results;
  for (std::size_t i = 0; i < evaluation.criteria.size(); ++i) {
    Decimal sum;
    for (const ScoreSheet& each : evaluation.scores) sum += number(each.points[i]);
    out.means.push_back(Decimal::quotient(sum, count, 2));
    const bool counts = std::find(result_levels.begin(), result_levels.end(), evaluation.criteria[i].level1) != result_levels.end();
    if (counts) results += sum;
  }
  out.results = Decimal::quotient(results, count, 2);
  Decimal sum;
  out.least = out.most = number(evaluation.scores.front().total);
  for (const ScoreSheet& each : evaluation.scores) {
    const Decimal total = number(each.total);
    sum += total;
    out.least = std::min(out.least, total);
    out.most = std::max(out.most, total);
  }
  out.total = Decimal::quotient(sum, count, 2);
  out.spread = out.most - out.least;
  return out;
}

std::string evaluation_json(const Evaluation& evaluation) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("form", evaluation_form_code(evaluation.form)).field("unit", evaluation.unit);
  out.key("year").integer(evaluation.year).field("project", evaluation.project).field("amount", evaluation.amount);
  out.field("pack", evaluation.pack).field("reason", evaluation.reason).field("draw", evaluation.draw);
  out.field("made_at", evaluation.made_at).key("made_by");
  write_person(out, evaluation.made_by);
  out.key("criteria").begin_array();
  for (const policy::Criterion& each : evaluation.criteria)
    out.begin_object()
        .field("level1", each.level1)
        .field("level2", each.level2)
        .field("level3", each.level3)
        .field("points", each.points.plain())
        .end_object();
  out.end_array().key("evaluators").begin_array();
  for (const Assigned& each : evaluation.evaluators) out.begin_object().field("id", each.evaluator).field("name", each.name).end_object();
  out.end_array().key("evidence").begin_array();
  for (const BroughtFile& each : evaluation.evidence) write_evidence(out, each);
  out.end_array().key("notes").begin_array();
  for (const WorkingNote& each : evaluation.notes) write(out, each);
  out.end_array().key("scores").begin_array();
  for (const ScoreSheet& each : evaluation.scores) write(out, each);
  out.end_array().field("spread_why", evaluation.spread_why).key("figures").begin_array();
  for (const SourcedFigure& each : evaluation.figures)
    out.begin_object()
        .field("label", each.label)
        .field("value", each.value)
        .field("unit", each.unit)
        .field("source", each.source)
        .end_object();
  out.end_array().field("figures_at", evaluation.figures_at).key("sections");
  write_texts(out, evaluation.sections);
  out.key("problems");
  write_texts(out, evaluation.problems);
  out.key("result");
  if (evaluation.result) {
    const EvaluationResult& result = *evaluation.result;
    out.begin_object().field("total", result.total).field("grade", result.grade).field("results", result.results);
    out.field("opinion", result.opinion).field("at", result.at).key("by");
    write_person(out, result.by);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
  return text;
}

Evaluation evaluation_from_json(std::string_view text) {
  try {
    const json::value body = json::parse(text);
    Evaluation made;
    made.form = evaluation_form_from_code(text_at(body, "form")).value_or(EvaluationForm::key);
    made.unit = text_at(body, "unit");
    made.year = static_cast<int>(body.at("year").as_int64());
    made.project = text_at(body, "project");
    made.amount = maybe_text(body.at("amount"));
    made.pack = text_at(body, "pack");
    made.reason = text_at(body, "reason");
    made.draw = maybe_text(body.at("draw"));
    made.made_at = text_at(body, "made_at");
    made.made_by = person_from(body.at("made_by"));
    for (const json::value& each : body.at("criteria").as_array())
      made.criteria.push_back({text_at(each, "level1"), text_at(each, "level2"), text_at(each, "level3"), number(text_at(each, "points"))});
    for (const json::value& each : body.at("evaluators").as_array())
      made.evaluators.push_back({text_at(each, "id"), text_at(each, "name")});
    for (const json::value& each : body.at("evidence").as_array()) made.evidence.push_back(evidence_from(each));
    for (const json::value& each : body.at("notes").as_array()) made.notes.push_back(note_of(each));
    for (const json::value& each : body.at("scores").as_array()) made.scores.push_back(sheet_of(each));
    made.spread_why = text_at(body, "spread_why");
    for (const json::value& each : body.at("figures").as_array())
      made.figures.push_back({text_at(each, "label"), text_at(each, "value"), text_at(each, "unit"), text_at(each, "source")});
    made.figures_at = text_at(body, "figures_at");
    made.sections = texts_at(body, "sections");
    made.problems = texts_at(body, "problems");
    if (const json::value& result = body.at("result"); !result.is_null())
      made.result = EvaluationResult{text_at(result, "total"),   text_at(result, "grade"), text_at(result, "results"),
                                     text_at(result, "opinion"), text_at(result, "at"),    person_from(result.at("by"))};
    return made;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里评价的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

}  // namespace jiheng::desks
