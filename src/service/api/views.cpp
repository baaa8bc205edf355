#include "service/api/views.h"

#include "auditing/rules.h"
#include "goals/json.h"

namespace jiheng::service {
namespace {

void write_optional(JsonWriter& out, std::string_view name, const std::optional<int>& number) {
  out.key(name);
  number ? out.integer(*number) : out.null();
}

void write_place(JsonWriter& out, const auditing::Place& place) {
  out.begin_object().field("file", place.file).key("table").integer(place.table);
  write_optional(out, "indicator", place.indicator);
  out.field("field", place.field).field("text", place.text).end_object();
}

void write_finding(JsonWriter& out, const auditing::Finding& finding, bool english) {
  out.begin_object().field("key", desks::key_of(finding)).field("rule", finding.rule);
  out.field("severity", auditing::severity_code(finding.severity)).field("aspect", auditing::aspect_name(finding.aspect));
  out.field("message", english ? finding.message_en : finding.message).field("message_en", finding.message_en);
  out.field("suggestion", english ? finding.suggestion_en : finding.suggestion).field("suggestion_en", finding.suggestion_en);
  out.field("proposed_value", finding.proposed_value).key("at").begin_array();
  for (const auditing::Place& place : finding.at) write_place(out, place);
  out.end_array().field("basis", finding.basis).end_object();
}

void write_grade(JsonWriter& out, const auditing::TableGrade& grade) {
  out.begin_object().field("file", grade.file).key("table").integer(grade.table).field("grade", auditing::grade_name(grade.grade));
  out.key("aspects").begin_object();
  for (const auditing::AspectGrade& aspect : grade.aspects) {
    out.key(auditing::aspect_name(aspect.aspect)).begin_object();
    out.field("grade", auditing::grade_name(aspect.grade)).field("points", aspect.points).end_object();
  }
  out.end_object().end_object();
}

void write_report(JsonWriter& out, const auditing::Report& report, bool english) {
  out.begin_object().key("tables").integer(report.tables).key("findings").begin_array();
  for (const auditing::Finding& finding : report.findings) write_finding(out, finding, english);
  out.end_array().key("summary").begin_object();
  out.key("error").integer(report.errors).key("warning").integer(report.warnings).key("hint").integer(report.hints).end_object();
  out.key("grades").begin_array();
  for (const auditing::TableGrade& grade : report.grades) write_grade(out, grade);
  out.end_array().end_object();
}

/// The contract's table, and beside its fields where it was read from.
void write_filed_tables(JsonWriter& out, const std::vector<desks::FiledTable>& tables) {
  out.begin_array();
  for (const desks::FiledTable& filed : tables) {
    std::string table;
    JsonWriter inner(table);
    write_json(inner, filed.table);
    table.pop_back();
    std::string origin;
    JsonWriter(origin).begin_object().field("file", filed.file).field("attachment", filed.attachment).end_object();
    table.append(",").append(origin, 1);
    out.raw(table);
  }
  out.end_array();
}

void write_review(JsonWriter& out, const desks::Review& review) {
  out.begin_object().key("judged").begin_array();
  for (const desks::JudgedAspect& each : review.judged) {
    out.begin_object().key("table").integer(each.table).field("aspect", auditing::aspect_name(each.aspect)).field("points", each.points);
    out.field("suggested", each.suggested).field("reason", each.reason).field("name", each.name).field("at", each.at).end_object();
  }
  out.end_array().key("waivers").begin_array();
  for (const desks::Waiver& each : review.waivers) {
    out.begin_object().field("finding", each.finding).field("message", each.message).field("reason", each.reason);
    out.field("name", each.name).field("at", each.at).end_object();
  }
  out.end_array().key("proposal");
  if (const auto& proposal = review.proposal) {
    out.begin_object().key("tables").raw(tables_json(proposal->tables)).field("why", proposal->why).field("name", proposal->name);
    out.field("at", proposal->at).end_object();
  } else {
    out.null();
  }
  out.key("declined");
  if (const auto& no = review.declined) {
    out.begin_object().field("reason", no->reason).field("name", no->name).field("at", no->at).end_object();
  } else {
    out.null();
  }
  out.end_object();
}

/// What the page needs to know of the year's rules.
void write_rules(JsonWriter& out, const policy::Pack& pack) {
  out.begin_object().field("pack", pack.id()).field("title", pack.title).key("errors_stop").boolean(pack.filing.errors_stop);
  out.key("passing_grades").begin_array();
  for (const std::string& grade : pack.filing.passing_grades) out.string(grade);
  out.end_array().key("editable_grades").begin_array();
  for (const std::string& grade : pack.filing.editable_grades) out.string(grade);
  out.end_array().key("aspect_points").begin_object();
  for (std::size_t i = 0; i < pack.audit.aspect_points.size(); ++i)
    out.field(auditing::aspect_name(static_cast<auditing::Aspect>(i)), pack.audit.aspect_points[i].plain());
  out.end_object().end_object();
}

/// Accounts by name: their ids are nobody's business.
void write_filing(JsonWriter& out, const desks::Filing& filing) {
  out.begin_object().key("round").integer(filing.round).key("steps").begin_array();
  for (const desks::Step step : filing.steps) out.string(desks::step_code(step));
  out.end_array().key("signatures").begin_array();
  for (const desks::Signature& each : filing.signatures) {
    out.begin_object().field("step", desks::step_code(each.step)).field("name", each.name).field("for_name", each.for_name);
    out.field("at", each.at).field("opinion", each.opinion).field("content", each.content).end_object();
  }
  out.end_array();
  write_optional(out, "adjusts", filing.adjusts);
  out.field("adjust_why", filing.adjust_why);
  write_optional(out, "filed_before", filing.filed_before);
  out.key("review");
  write_review(out, filing.review);
  out.end_object();
}

void write_revision_fields(JsonWriter& out, const desks::RevisionEntry& entry) {
  out.key("revision").integer(entry.revision);
  out.field("at", entry.at).field("by", entry.by).field("why", entry.why).field("action", entry.action);
  out.field("state", desks::state_code(entry.state));
}

}  // namespace

void write_summary(JsonWriter& out, const desks::Summary& summary) {
  out.begin_object().field("id", summary.id).field("unit_name", summary.unit_name);
  write_optional(out, "year", summary.year);
  out.field("state", desks::state_code(summary.state)).key("revision").integer(summary.revision);
  out.key("tables").integer(summary.tables).key("error").integer(summary.errors);
  out.key("warning").integer(summary.warnings).key("hint").integer(summary.hints).key("waived").integer(summary.waived).key("grade");
  summary.grade ? out.string(auditing::grade_name(*summary.grade)) : out.null();
  out.field("updated_at", summary.updated_at).field("updated_by", summary.updated_by).field("file", summary.file);
  out.key("notes").integer(summary.notes).field("overall_amount", summary.overall_amount).field("unit", summary.unit).key("step");
  summary.step ? out.string(desks::step_code(*summary.step)) : out.null();
  out.key("proposed").boolean(summary.proposed).end_object();
}

std::string page_json(const desks::Page& page) {
  std::string text;
  text.reserve(512 * page.items.size() + 256);
  JsonWriter out(text);
  out.begin_object().key("total").integer(page.total).key("counts").begin_object();
  out.key("draft").integer(page.draft).key("submitted").integer(page.submitted).key("returned").integer(page.returned);
  out.key("approved").integer(page.approved).key("faulty").integer(page.faulty).key("mine").integer(page.mine).end_object();
  out.key("items").begin_array();
  for (const desks::Summary& summary : page.items) write_summary(out, summary);
  out.end_array().end_object();
  return text;
}

std::string submission_json(const desks::Submission& submission, bool english) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("submission");
  write_summary(out, submission.summary);
  out.key("tables");
  write_filed_tables(out, submission.tables);
  out.key("notes").begin_array();
  for (const Note& note : submission.notes) write_json(out, note);
  out.end_array().key("audit");
  write_report(out, submission.audit, english);
  out.key("actions").begin_array();
  for (const desks::Action action : submission.actions) out.string(desks::action_code(action));
  out.end_array().field("opinion", submission.opinion).key("filing");
  write_filing(out, submission.filing);
  out.key("grades").begin_array();
  for (const auditing::TableGrade& grade : submission.grades) write_grade(out, grade);
  out.end_array().key("may_review").boolean(submission.may_review).key("rules");
  write_rules(out, *submission.pack);
  out.end_object();
  return text;
}

std::string submission_json(const desks::OpenedJson& submission) {
  std::string text;
  text.reserve(submission.tables.size() + submission.notes.size() + submission.audit.size() + 1024);
  JsonWriter out(text);
  out.begin_object().key("submission");
  write_summary(out, submission.summary);
  out.key("tables").raw(submission.tables).key("notes").raw(submission.notes).key("audit").raw(submission.audit);
  out.key("actions").begin_array();
  for (const desks::Action action : submission.actions) out.string(desks::action_code(action));
  out.end_array().field("opinion", submission.opinion).key("filing");
  write_filing(out, submission.filing);
  out.key("grades").raw(submission.grades).key("may_review").boolean(submission.may_review).key("rules");
  write_rules(out, *submission.pack);
  out.end_object();
  return text;
}

std::string revisions_json(const std::vector<desks::RevisionEntry>& revisions) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::RevisionEntry& entry : revisions) {
    out.begin_object();
    write_revision_fields(out, entry);
    out.key("tables").integer(entry.tables).end_object();
  }
  out.end_array();
  return text;
}

std::string past_revision_json(const desks::PastRevision& revision, bool english) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_revision_fields(out, revision.entry);
  out.key("tables");
  write_filed_tables(out, revision.tables);
  out.key("audit");
  write_report(out, revision.audit, english);
  out.end_object();
  return text;
}

std::string report_view_json(const auditing::Report& report, bool english) {
  std::string text;
  JsonWriter out(text);
  write_report(out, report, english);
  return text;
}

std::string rules_json() {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const auditing::Card* card : auditing::cards()) {
    out.begin_object().field("id", card->id).field("severity", auditing::severity_code(card->severity));
    out.field("aspect", auditing::aspect_name(card->aspect)).field("title", card->title).field("title_en", card->title_en);
    out.key("basis");
    card->basis.empty() ? out.null() : out.string(card->basis);
    out.field("explanation", card->explanation).field("explanation_en", card->explanation_en).end_object();
  }
  out.end_array();
  return text;
}

std::string journal_json(const std::vector<registry::JournalEntry>& entries) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const registry::JournalEntry& entry : entries) {
    out.begin_object().key("seq").integer(entry.seq).field("at", entry.at).field("actor", entry.actor);
    out.field("action", entry.action).field("subject", entry.subject).field("why", entry.why).field("hash", entry.hash).end_object();
  }
  out.end_array();
  return text;
}

std::string verification_json(const registry::Verification& verification) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("ok").boolean(verification.ok).key("entries").integer(verification.entries).key("first_bad");
  if (verification.first_bad) {
    out.begin_object().key("seq").integer(verification.first_bad->seq).field("reason", verification.first_bad->reason).end_object();
  } else {
    out.null();
  }
  out.end_object();
  return text;
}

}  // namespace jiheng::service
