#include "auditing/audit.h"
#include "base/json_writer.h"

namespace jiheng::auditing {
namespace {

void write_place(JsonWriter& out, const Place& place) {
  out.begin_object().field("file", place.file).key("table").integer(place.table).key("indicator");
  place.indicator ? out.integer(*place.indicator) : out.null();
  out.field("field", place.field).field("text", place.text).end_object();
}

void write_finding(JsonWriter& out, const Finding& finding, bool english) {
  out.begin_object()
      .field("rule", finding.rule)
      .field("severity", severity_code(finding.severity))
      .field("aspect", aspect_name(finding.aspect));
  out.field("message", english ? finding.message_en : finding.message);
  out.field("suggestion", english ? finding.suggestion_en : finding.suggestion);
  out.field("proposed_value", finding.proposed_value).key("at").begin_array();
  for (const Place& place : finding.at) write_place(out, place);
  out.end_array().field("basis", finding.basis).end_object();
}

void write_grade(JsonWriter& out, const TableGrade& grade) {
  out.begin_object().field("file", grade.file).key("table").integer(grade.table).field("grade", grade_name(grade.grade));
  out.key("aspects").begin_object();
  for (const AspectGrade& aspect : grade.aspects) {
    out.key(aspect_name(aspect.aspect)).begin_object();
    out.field("grade", grade_name(aspect.grade)).field("points", aspect.points).end_object();
  }
  out.end_object().end_object();
}

}  // namespace

std::string report_json(const Report& report, std::string_view language) {
  const bool english = language == "en";
  std::string text;
  text.reserve(1024 * report.findings.size() + 512);
  JsonWriter out(text);
  out.begin_object().key("tables").integer(report.tables).key("findings").begin_array();
  for (const Finding& finding : report.findings) write_finding(out, finding, english);
  out.end_array().key("summary").begin_object();
  out.key("error").integer(report.errors).key("warning").integer(report.warnings).key("hint").integer(report.hints).end_object();
  out.key("grades").begin_array();
  for (const TableGrade& grade : report.grades) write_grade(out, grade);
  out.end_array().end_object();
  return text;
}

}  // namespace jiheng::auditing
