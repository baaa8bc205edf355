#include <boost/json.hpp>

#include "base/hash.h"
#include "desks/performance/body.h"
#include "goals/json.h"
#include "registry/canonical_json.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

[[noreturn]] void damaged(std::string detail) {
  throw store::Failure("db-damaged", "数据库里这份绩效目标的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", std::move(detail));
}

/// The object just written gets the fields `more` adds.
template <class Object, class More>
void write_with(JsonWriter& out, const Object& object, const More& more) {
  std::string text;
  JsonWriter inner(text);
  write_json(inner, object);
  text.pop_back();
  std::string added;
  JsonWriter fields(added);
  fields.begin_object();
  more(fields);
  fields.end_object();
  out.raw(text + ',' + added.substr(1));
}

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

Text optional_text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? Text(std::string(value->get_string())) : std::nullopt;
}

const json::array& array_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_array()) damaged("no array " + std::string(name));
  return value->get_array();
}

const json::object& object_of(const json::value& value) {
  if (!value.is_object()) damaged("not an object");
  return value.get_object();
}

std::optional<int> optional_number_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? std::optional(static_cast<int>(value->get_int64())) : std::nullopt;
}

Step step_at(std::string_view code) {
  const auto step = step_from_code(code);
  if (!step) damaged("unknown step " + std::string(code));
  return *step;
}

Signature signature_of(const json::object& object) {
  return {step_at(text_at(object, "step")),
          text_at(object, "account"),
          text_at(object, "name"),
          optional_text_at(object, "for_account"),
          optional_text_at(object, "for_name"),
          text_at(object, "at"),
          optional_text_at(object, "opinion"),
          text_at(object, "content")};
}

JudgedAspect judged_of(const json::object& object) {
  const auto aspect = aspect_from_name(text_at(object, "aspect"));
  if (!aspect) damaged("unknown aspect " + text_at(object, "aspect"));
  return {optional_number_at(object, "table").value_or(0),
          *aspect,
          text_at(object, "points"),
          text_at(object, "suggested"),
          text_at(object, "reason"),
          text_at(object, "account"),
          text_at(object, "name"),
          text_at(object, "at")};
}

Waiver waiver_of(const json::object& object) {
  return {text_at(object, "finding"), text_at(object, "message"), text_at(object, "reason"),
          text_at(object, "account"), text_at(object, "name"),    text_at(object, "at")};
}

Proposal proposal_of(const json::object& object) {
  const json::value* tables = object.if_contains("tables");
  auto read = tables_from_json(json::serialize(json::object{{"tables", tables == nullptr ? json::value() : *tables}}));
  if (!read) damaged(read.error().message);
  return {std::move(*read), optional_text_at(object, "why"), text_at(object, "account"), text_at(object, "name"), text_at(object, "at")};
}

Review review_of(const json::object& object) {
  Review review;
  for (const json::value& each : array_at(object, "judged")) review.judged.push_back(judged_of(object_of(each)));
  for (const json::value& each : array_at(object, "waivers")) review.waivers.push_back(waiver_of(object_of(each)));
  if (const json::value* proposal = object.if_contains("proposal"); proposal != nullptr && proposal->is_object())
    review.proposal = proposal_of(proposal->get_object());
  if (const json::value* declined = object.if_contains("declined"); declined != nullptr && declined->is_object()) {
    const json::object& no = declined->get_object();
    review.declined = Declined{text_at(no, "reason"), text_at(no, "account"), text_at(no, "name"), text_at(no, "at")};
  }
  return review;
}

Filing filing_of(const json::object& object) {
  Filing filing;
  filing.round = optional_number_at(object, "round").value_or(0);
  for (const json::value& each : array_at(object, "steps")) filing.steps.push_back(step_at(each.is_string() ? each.get_string() : ""));
  for (const json::value& each : array_at(object, "signatures")) filing.signatures.push_back(signature_of(object_of(each)));
  for (const json::value& each : array_at(object, "filers")) filing.filers.emplace_back(each.is_string() ? each.get_string() : "");
  filing.adjusts = optional_number_at(object, "adjusts");
  filing.adjust_why = optional_text_at(object, "adjust_why");
  filing.filed_before = optional_number_at(object, "filed_before");
  if (const json::value* review = object.if_contains("review")) filing.review = review_of(object_of(*review));
  return filing;
}

}  // namespace

std::string filing_json(const Filing& filing) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("round").integer(filing.round).key("steps").begin_array();
  for (const Step step : filing.steps) out.string(step_code(step));
  out.end_array().key("signatures").begin_array();
  for (const Signature& each : filing.signatures) {
    out.begin_object().field("step", step_code(each.step)).field("account", each.account).field("name", each.name);
    out.field("for_account", each.for_account).field("for_name", each.for_name).field("at", each.at);
    out.field("opinion", each.opinion).field("content", each.content).end_object();
  }
  out.end_array().key("filers").begin_array();
  for (const std::string& each : filing.filers) out.string(each);
  out.end_array().key("adjusts");
  if (filing.adjusts)
    out.integer(*filing.adjusts);
  else
    out.null();
  out.field("adjust_why", filing.adjust_why);
  // What there was none of before keeps older bodies' bytes.
  if (filing.filed_before) out.key("filed_before").integer(*filing.filed_before);
  if (!filing.review.empty()) out.key("review").raw(review_json(filing.review));
  out.end_object();
  return text;
}

std::string review_json(const Review& review) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("judged").begin_array();
  for (const JudgedAspect& each : review.judged) {
    out.begin_object().key("table").integer(each.table).field("aspect", auditing::aspect_name(each.aspect)).field("points", each.points);
    out.field("suggested", each.suggested).field("reason", each.reason).field("account", each.account).field("name", each.name);
    out.field("at", each.at).end_object();
  }
  out.end_array().key("waivers").begin_array();
  for (const Waiver& each : review.waivers) {
    out.begin_object().field("finding", each.finding).field("message", each.message).field("reason", each.reason);
    out.field("account", each.account).field("name", each.name).field("at", each.at).end_object();
  }
  out.end_array().key("proposal");
  if (const auto& proposal = review.proposal) {
    out.begin_object().key("tables").raw(tables_json(proposal->tables)).field("why", proposal->why);
    out.field("account", proposal->account).field("name", proposal->name).field("at", proposal->at).end_object();
  } else {
    out.null();
  }
  if (const auto& no = review.declined) {
    out.key("declined").begin_object().field("reason", no->reason).field("account", no->account).field("name", no->name);
    out.field("at", no->at).end_object();
  }
  out.end_object();
  return text;
}

Filing filing_from_json(std::string_view text) {
  boost::system::error_code failed;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), failed);
  if (failed) damaged(failed.message());
  return filing_of(object_of(value));
}

std::string content_hash(const Body& body) {
  std::vector<GoalTable> tables;
  for (const FiledTable& each : body.tables) {
    GoalTable table = each.table;
    for (Indicator& indicator : table.indicators) indicator.source = {};
    tables.push_back(std::move(table));
  }
  const auto canonical = registry::canonical_json(tables_json(tables));
  if (!canonical) damaged(canonical.error().message);
  return sha256_hex(*canonical);
}

std::string filed_tables_json(const Body& body) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const FiledTable& each : body.tables) {
    write_with(out, each.table, [&](JsonWriter& more) { more.field("file", each.file).field("attachment", each.attachment); });
  }
  out.end_array();
  return text;
}

std::string filed_notes_json(const Body& body) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const Body::FiledNote& each : body.notes) {
    write_with(out, each.note, [&](JsonWriter& more) { more.field("file", each.file); });
  }
  out.end_array();
  return text;
}

std::string body_json(const Body& body) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("file", body.file).key("files").begin_array();
  for (const Body::File& each : body.files) out.begin_object().field("name", each.name).field("attachment", each.attachment).end_object();
  out.end_array().key("tables").raw(filed_tables_json(body)).key("notes").raw(filed_notes_json(body));
  out.field("opinion", body.opinion).field("unit", body.unit).key("filing").raw(filing_json(body.filing));
  // Bodies from before there was one keep their bytes.
  if (body.pack) out.field("pack", body.pack);
  out.end_object();
  return text;
}

Body body_from_json(std::string_view text) {
  auto document = document_from_json(text);
  if (!document) damaged(document.error().message);
  boost::system::error_code failed;
  json::monotonic_resource memory;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), failed, &memory);
  if (failed) damaged(failed.message());
  const json::object& object = object_of(value);
  Body body;
  body.file = text_at(object, "file");
  body.opinion = optional_text_at(object, "opinion");
  body.pack = optional_text_at(object, "pack");
  for (const json::value& each : array_at(object, "files")) {
    body.files.push_back({text_at(object_of(each), "name"), text_at(object_of(each), "attachment")});
  }
  body.unit = optional_text_at(object, "unit");
  // Bodies of earlier versions had none.
  if (const json::value* filing = object.if_contains("filing")) body.filing = filing_of(object_of(*filing));
  const json::array& tables = array_at(object, "tables");
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const json::object& table = object_of(tables[i]);
    body.tables.push_back({std::move(document->tables[i]), text_at(table, "file"), optional_text_at(table, "attachment")});
  }
  const json::array& notes = array_at(object, "notes");
  for (std::size_t i = 0; i < notes.size(); ++i) {
    body.notes.push_back({std::move(document->notes[i]), text_at(object_of(notes[i]), "file")});
  }
  return body;
}

}  // namespace jiheng::desks
