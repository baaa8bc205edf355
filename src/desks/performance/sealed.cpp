#include "desks/performance/sealed.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/json_writer.h"
#include "desks/people/people.h"
#include "desks/performance/lists.h"
#include "desks/performance/publication.h"
#include "desks/performance/workflow.h"
#include "goals/version_code.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;
using Outcome = SealedForm::Outcome;

constexpr std::string_view held_state = "held";
constexpr std::size_t most_kept = 500;  ///< values of one comparison; who differs more than that holds another table

Error not_found() {
  return {"not-found", "没有这份绩效目标，它可能已被删除。", {}};
}

Error too_many() {
  return {"too-many-sealed",
          "这份绩效目标已有" + std::to_string(most_sealed_forms) + "份盖章件，不能再传了。请把要存的几份合成一个文件。",
          {std::to_string(most_sealed_forms)}};
}

/// The submission as it stands, for somebody who may see it.
struct Seen {
  registry::Record record;
  Body body;
  std::string unit;
};

Result<Seen> seen(registry::Registry& registry, std::string_view id, const access::Principal& who) {
  auto record = registry.latest(submission_kind, id);
  if (!record || record->state == removed_state) return not_found();
  const std::string unit = listed_unit(*registry.store().read_one(), registry.tenant(), id).value_or("");
  if (!who.may(access::Permission::see_submissions, unit)) return not_found();
  Body body = body_from_json(record->body);
  return Seen{std::move(*record), std::move(body), unit};
}

bool may_bring(const access::Principal& who, const std::string& unit) {
  using enum access::Permission;
  for (const auto permission :
       {file_submissions, confirm_filing, audit_department, audit_section, audit_performance, approve_filing, publish}) {
    if (who.may(permission, unit)) return true;
  }
  return false;
}

/// What a sealed form is held beside.
struct Standard {
  int revision = 0;
  bool approved = false;
};

Standard standard_of(const Seen& submission) {
  const State state = state_from_code(submission.record.state).value_or(State::draft);
  const int approved = approved_revision(state, submission.record.revision, submission.body.filing);
  return approved > 0 ? Standard{approved, true} : Standard{submission.record.revision, false};
}

std::vector<GoalTable> tables_of(const Body& body) {
  std::vector<GoalTable> tables;
  for (const FiledTable& each : body.tables) tables.push_back(each.table);
  return tables;
}

/// Which of the submission's revisions goes by that code: the latest.
std::optional<int> printed_revision(registry::Registry& registry, std::string_view id, const std::string& code) {
  for (const registry::Record& each : registry.history(submission_kind, id)) {
    if (version_code(content_hash(body_from_json(each.body)), each.revision) == code) return each.revision;
  }
  return std::nullopt;
}

void write(JsonWriter& out, const ComparedValue& value) {
  const Difference& each = value.difference;
  out.begin_object().key("kind").integer(static_cast<int>(each.kind)).key("certain").boolean(value.certain).key("confidence");
  value.confidence ? out.integer(*value.confidence) : out.null();
  out.field("table", each.table).field("place", each.place).field("field", each.field);
  out.field("before", each.before).field("after", each.after).key("page");
  each.at ? out.string(each.at->page_or_sheet) : out.null();
  out.key("row").integer(each.at ? each.at->row : 0).key("column").integer(each.at ? each.at->column : 0).end_object();
}

std::string body_of(const SealedForm& form, std::string_view submission) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("submission", submission).field("file", form.file).field("sha256", form.sha256);
  out.field("outcome", sealed_outcome_code(form.outcome)).key("revision").integer(form.revision);
  out.key("approved").boolean(form.approved).field("code", form.code).key("printed");
  form.printed ? out.integer(*form.printed) : out.null();
  out.key("recognised").boolean(form.recognised).field("message", form.message).key("differing").integer(form.differing);
  out.key("unsure").integer(form.unsure).key("values").begin_array();
  for (const ComparedValue& each : form.values) write(out, each);
  out.end_array().end_object();
  return text;
}

Text text_of(const json::value& value) {
  return value.is_null() ? Text() : Text(std::string(value.as_string()));
}

std::optional<int> number_of(const json::value& value) {
  return value.is_null() ? std::nullopt : std::optional(static_cast<int>(value.as_int64()));
}

ComparedValue value_of(const json::value& from) {
  ComparedValue value;
  Difference& each = value.difference;
  each.kind = static_cast<Difference::Kind>(from.at("kind").as_int64());
  value.certain = from.at("certain").as_bool();
  value.confidence = number_of(from.at("confidence"));
  each.table = std::string(from.at("table").as_string());
  each.place = std::string(from.at("place").as_string());
  each.field = std::string(from.at("field").as_string());
  each.before = text_of(from.at("before"));
  each.after = text_of(from.at("after"));
  if (const Text page = text_of(from.at("page")))
    each.at = Source{*page, static_cast<int>(from.at("row").as_int64()), static_cast<int>(from.at("column").as_int64()), {}};
  return value;
}

SealedForm form_of(const registry::Record& record) {
  try {
    const json::value body = json::parse(record.body);
    SealedForm form;
    form.number = record.revision;
    form.at = record.at;
    form.by = record.by;
    form.file = std::string(body.at("file").as_string());
    form.sha256 = std::string(body.at("sha256").as_string());
    for (const auto outcome : {Outcome::same, Outcome::unsure, Outcome::differs, Outcome::unreadable}) {
      if (sealed_outcome_code(outcome) == std::string_view(body.at("outcome").as_string())) form.outcome = outcome;
    }
    form.revision = static_cast<int>(body.at("revision").as_int64());
    form.approved = body.at("approved").as_bool();
    form.code = text_of(body.at("code"));
    form.printed = number_of(body.at("printed"));
    form.recognised = body.at("recognised").as_bool();
    form.message = std::string(body.at("message").as_string());
    form.differing = static_cast<int>(body.at("differing").as_int64());
    form.unsure = static_cast<int>(body.at("unsure").as_int64());
    for (const json::value& each : body.at("values").as_array()) form.values.push_back(value_of(each));
    return form;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里盖章件的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

void compare(SealedForm& form, const std::vector<GoalTable>& record, const Document& document) {
  RecordComparison compared = compare_with_record(record, document);
  form.recognised = compared.recognised;
  if (document.error || document.tables.empty()) {
    form.message = document.error ? document.error->message : "文件里没有找到绩效目标表。";
    return;
  }
  form.differing = static_cast<int>(compared.differing());
  form.unsure = static_cast<int>(compared.unsure());
  form.outcome = form.differing > 0 ? Outcome::differs : form.unsure > 0 ? Outcome::unsure : Outcome::same;
  form.values = std::move(compared.values);
  // What differs for certain is read first, and never what falls off the end.
  std::stable_sort(form.values.begin(), form.values.end(),
                   [](const ComparedValue& a, const ComparedValue& b) { return a.certain > b.certain; });
  if (form.values.size() > most_kept) form.values.resize(most_kept);
}

}  // namespace

std::string_view sealed_outcome_code(Outcome outcome) {
  static constexpr std::string_view codes[] = {"same", "unsure", "differs", "unreadable"};
  return codes[static_cast<int>(outcome)];
}

Result<std::vector<SealedForm>> SealedForms::list(std::string_view id, const access::Principal& who) const {
  const auto submission = seen(registry_, id, who);
  if (!submission) return submission.error();
  const Standard standard = standard_of(*submission);
  std::vector<SealedForm> forms;
  for (const registry::Record& each : registry_.history(sealed_kind, id)) {
    forms.push_back(form_of(each));
    forms.back().current = forms.back().revision == standard.revision && forms.back().approved == standard.approved;
  }
  return forms;
}

Result<SealedForm> SealedForms::add(std::string_view id, std::string_view bytes, std::string name, const access::Principal& who) const {
  const auto submission = seen(registry_, id, who);
  if (!submission) return submission.error();
  if (!may_bring(who, submission->unit) || who.is_read_only()) return forbidden();
  // Before a processor is put to reading it.
  if (const auto before = registry_.latest(sealed_kind, id); before && before->revision >= most_sealed_forms) return too_many();
  const Standard standard = standard_of(*submission);
  const auto record = standard.revision == submission->record.revision ? std::optional(submission->record)
                                                                       : registry_.at_revision(submission_kind, id, standard.revision);
  if (!record) return not_found();
  const Body body = body_from_json(record->body);
  if (body.tables.empty()) return Error{"no-tables", "这份绩效目标里没有表，没有可核对的内容。", {}};
  SealedForm form;
  form.file = name;
  form.revision = standard.revision;
  form.approved = standard.approved;
  const Document document = read_(bytes, std::move(name));
  compare(form, tables_of(body), document);
  form.code = document.version_code;
  if (form.code) form.printed = printed_revision(registry_, id, *form.code);
  form.sha256 = registry_.keep(bytes);

  auto change = registry_.begin(author_of(who));
  // Reading a scan takes seconds; meanwhile it may have been deleted, or given to another unit.
  const auto still = change.latest(submission_kind, id);
  if (!still || still->state == removed_state || listed_unit(change.connection(), registry_.tenant(), id).value_or("") != submission->unit)
    return not_found();
  const auto before = change.latest(sealed_kind, id);
  if (before && before->revision >= most_sealed_forms) return too_many();
  const auto stored = change.put({std::string(sealed_kind),
                                  std::string(id),
                                  before ? before->revision : 0,
                                  std::string(held_state),
                                  "bring-sealed",
                                  body_of(form, id),
                                  {form.sha256}});
  if (!stored) return stored.error();
  change.commit();
  form.number = stored->revision;
  form.at = stored->at;
  form.by = stored->by;
  return form;
}

Result<SealedForms::File> SealedForms::file(std::string_view id, int number, const access::Principal& who) const {
  if (const auto submission = seen(registry_, id, who); !submission) return submission.error();
  const auto record = registry_.at_revision(sealed_kind, id, number);
  if (!record) return not_found();
  const SealedForm form = form_of(*record);
  auto bytes = registry_.attachment(form.sha256);
  if (!bytes) return bytes.error();
  return File{form.file, std::move(*bytes)};
}

}  // namespace jiheng::desks
