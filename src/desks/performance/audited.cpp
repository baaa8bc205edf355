#include "desks/performance/audited.h"

#include <stdexcept>

#include "auditing/audit.h"
#include "auditing/rules.h"
#include "auditing/submission.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "policy/pack.h"

namespace jiheng::desks {
namespace {

/// From "table of a file" to "table of the body".
class Places {
 public:
  explicit Places(const ByFile& files) : files_(files) {}

  int index(const std::string& file, int table) const {
    for (std::size_t d = 0; d < files_.documents.size(); ++d) {
      if (files_.documents[d].file != file) continue;
      const auto at = static_cast<std::size_t>(table);
      if (at < files_.indices[d].size()) return files_.indices[d][at];
    }
    return table;
  }

 private:
  const ByFile& files_;
};

void write_finding(JsonWriter& out, const auditing::Finding& finding) {
  out.begin_object().field("key", key_of(finding)).field("rule", finding.rule);
  out.field("severity", auditing::severity_code(finding.severity));
  out.field("aspect", auditing::aspect_name(finding.aspect)).field("message", finding.message).field("message_en", finding.message_en);
  out.field("suggestion", finding.suggestion).field("suggestion_en", finding.suggestion_en).field("proposed_value", finding.proposed_value);
  out.key("at").begin_array();
  for (const auditing::Place& place : finding.at) {
    out.begin_object().field("file", place.file).key("table").integer(place.table).key("indicator");
    place.indicator ? out.integer(*place.indicator) : out.null();
    out.field("field", place.field).field("text", place.text).end_object();
  }
  out.end_array().field("basis", finding.basis).end_object();
}

void write_grade(JsonWriter& out, const auditing::TableGrade& grade) {
  out.begin_object().field("file", grade.file).key("table").integer(grade.table).field("grade", auditing::grade_name(grade.grade));
  out.key("aspects").begin_object();
  for (const auditing::AspectGrade& aspect : grade.aspects) {
    out.key(auditing::aspect_name(aspect.aspect)).begin_object().field("grade", auditing::grade_name(aspect.grade));
    out.field("points", aspect.points).end_object();
  }
  out.end_object().end_object();
}

}  // namespace

const policy::Pack& pack_for(const Text& decided, const Text& of_year) {
  for (const Text& name : {decided, of_year}) {
    if (!name) continue;
    // A version that nobody kept: the report says under which it was audited instead.
    if (const auto pack = policy::find_pack(*name)) return **pack;
  }
  const auto pack = policy::find_pack({});
  // The default pack is compiled in: without it the program is broken.
  if (!pack) throw std::runtime_error(pack.error().code + ": " + pack.error().message);
  return **pack;
}

auditing::Report audit_of(const ByFile& files, const policy::Pack& pack) {
  auditing::Report report = auditing::audit(files.documents, pack);
  const Places places(files);
  for (auditing::Finding& finding : report.findings) {
    for (auditing::Place& place : finding.at) place.table = places.index(place.file, place.table);
  }
  for (auditing::TableGrade& grade : report.grades) grade.table = places.index(grade.file, grade.table);
  return report;
}

std::string both_languages_json(const auditing::Report& report) {
  std::string text;
  text.reserve(1024 * report.findings.size() + 512);
  JsonWriter out(text);
  out.begin_object().field("pack", report.pack).key("tables").integer(report.tables).key("findings").begin_array();
  for (const auditing::Finding& finding : report.findings) write_finding(out, finding);
  out.end_array().key("summary").begin_object().key("error").integer(report.errors).key("warning").integer(report.warnings);
  out.key("hint").integer(report.hints).end_object().key("grades").begin_array();
  for (const auditing::TableGrade& grade : report.grades) write_grade(out, grade);
  out.end_array().end_object();
  return text;
}

std::string grades_json(const std::vector<auditing::TableGrade>& grades) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const auditing::TableGrade& grade : grades) write_grade(out, grade);
  out.end_array();
  return text;
}

Text unit_of(const ByFile& files) {
  for (const auditing::Submission& part : auditing::submissions(files.documents, pack_for({}, {}))) {
    if (Text name = auditing::usual_unit_name(part)) return name;
  }
  return std::nullopt;
}

const std::string& rules_fingerprint() {
  static const std::string fingerprint = [] {
    // What the lists hold changes its number with them.
    std::string all = std::string(JIHENG_VERSION) + " lists 3";
    for (const auditing::Card* card : auditing::cards()) {
      all.append(card->id)
          .append(auditing::severity_code(card->severity))
          .append(card->title)
          .append(card->explanation)
          .append(card->basis);
      for (const auditing::Wording& wording : card->wordings) {
        all.append(wording.message).append(wording.message_en).append(wording.suggestion).append(wording.suggestion_en);
      }
    }
    for (const embedded::File& file : embedded::rule_packs()) all.append(file.bytes);
    return sha256_hex(all);
  }();
  return fingerprint;
}

}  // namespace jiheng::desks
