// The ledgers: what is declared, their records, one at a time or by the table.
#include <boost/json.hpp>

#include "base/text.h"
#include "desks/people/units_table.h"
#include "ledgers/import.h"
#include "ledgers/lease_account.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/exports.h"
#include "service/api/ledger_views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

using ledgers::RecordType;

constexpr int max_page = 500;
constexpr int max_exported = 100'000;

Date today(const Api& api) {
  return api.today();
}

Result<const RecordType*> type_of(const Api& api, const Request& request) {
  const RecordType* type = api.ledgers.catalogue().type(request.param("type"));
  if (type == nullptr) return problem("not-found").in(std::string(request.param("type")));
  return type;
}

/// Of a ledger whose records lie here; that of the units is the register of units.
Result<const RecordType*> kept_type_of(const Api& api, const Request& request) {
  auto type = type_of(api, request);
  if (type && (*type)->kept_by_units) return problem("not-found").in(std::string(request.param("type")));
  return type;
}

/// Runs `act` with the type of the address.
template <class Act>
Response with_type(const Api& api, const Request& request, Act act) {
  const auto type = kept_type_of(api, request);
  return type ? act(**type) : refused(type.error(), request);
}

Response opened(const Api& api, const Request& request, const RecordType& type, const Result<ledgers::Entries>& found, int status = 200) {
  if (!found) return refused(found.error(), request);
  const ledgers::Entry& entry = found->rows.front();
  return json_response(RecordWriter(api.ledgers, type).opened(entry, api.ledgers.timeline(type, entry.id), who_asks(request), today(api)),
                       status);
}

Result<ledgers::Question> question_of(const RecordType& type, const Request& request) {
  ledgers::Question question;
  question.view = request.query_value("view").value_or("");
  question.text = request.query_value("q").value_or("");
  question.sort = request.query_value("sort").value_or("");
  question.from_field = request.query_value("from_field").value_or("");
  question.from = request.query_value("from").value_or("");
  question.to = request.query_value("to").value_or("");
  const auto known = [&](std::string_view name) { return name.empty() || type.field(name) != nullptr; };
  if (!known(question.sort.starts_with("-") ? std::string_view(question.sort).substr(1) : question.sort))
    return problem("bad-parameter").in("sort");
  if (!known(question.from_field)) return problem("bad-parameter").in("from_field");
  for (const std::string* day : {&question.from, &question.to}) {
    if (!day->empty() && !Date::parse(*day)) return problem("bad-parameter").in(day == &question.from ? "from" : "to");
  }
  for (const auto& [name, value] : request.query) {
    if (name != "eq") continue;
    const std::size_t colon = value.find(':');
    if (colon == std::string::npos || type.field(value.substr(0, colon)) == nullptr) return problem("bad-parameter").in("eq");
    question.equal.emplace_back(value.substr(0, colon), value.substr(colon + 1));
  }
  const auto limit = whole_number(request, "limit", 50, 0, max_page);
  const auto offset = whole_number(request, "offset", 0, 0, 100'000'000);
  if (!limit) return limit.error();
  if (!offset) return offset.error();
  question.limit = *limit;
  question.offset = *offset;
  return question;
}

Response list(const Api& api, const Request& request, const RecordType& type) {
  const auto question = question_of(type, request);
  if (!question) return refused(question.error(), request);
  // A limit in hours tells minutes: such a list is good for this one.
  const std::string moment = api.today().text() + "\n" + minute_of(api.ledgers.catalogue(), type.desk, api.now());
  return cached_answer(api, request, "all\n" + moment, [&] {
    return Result<std::string>(RecordWriter(api.ledgers, type).list(api.ledgers.list(type, *question), today(api)));
  });
}

struct RecordBody {
  ledgers::Typed typed;
  std::string action;
  Text why;
};

/// {"values": {field: text}, "action"?, "why"?}. Errors: json-syntax, json-shape.
Result<RecordBody> record_body(const Request& request) {
  namespace json = boost::json;
  const auto fields = TextFields::of(request.body);
  if (!fields) return fields.error();
  RecordBody body;
  body.action = fields->optional("action").value_or("");
  body.why = fields->optional("why");
  boost::system::error_code failed;
  const json::value value = json::parse({request.body.data(), request.body.size()}, failed);
  const json::value* values = failed ? nullptr : value.get_object().if_contains("values");
  if (values == nullptr || values->is_null()) return body;
  if (!values->is_object()) return problem("json-shape").in("values");
  for (const auto& [name, text] : values->get_object()) {
    if (!text.is_string() && !text.is_null()) return problem("json-shape").in("values." + std::string(name));
    body.typed.emplace_back(std::string(name), text.is_null() ? std::string() : std::string(text.get_string()));
  }
  return body;
}

Response add(const Api& api, const Request& request, const RecordType& type) {
  const auto body = record_body(request);
  if (!body) return refused(body.error(), request);
  return opened(api, request, type, ledgers::add_record(api.ledgers, type, body->typed, who_asks(request), body->why), 201);
}

Response change(const Api& api, const Request& request, const RecordType& type) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = record_body(request);
  if (!body) return refused(body.error(), request);
  return opened(api, request, type,
                ledgers::change_record(api.ledgers, type, request.param("id"), *revision, body->typed, who_asks(request), body->why));
}

Response act(const Api& api, const Request& request, const RecordType& type) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = record_body(request);
  if (!body) return refused(body.error(), request);
  if (body->action.empty()) return refused(problem("json-shape").in("action"), request);
  return opened(
      api, request, type,
      ledgers::act_on_record(api.ledgers, type, request.param("id"), *revision, body->action, body->typed, who_asks(request), body->why));
}

Response deadline(const Api& api, const Request& request, const RecordType& type) {
  const auto found = api.ledgers.find(type, request.param("id"));
  if (!found) return refused(found.error(), request);
  const auto reckoned = ledgers::deadline_of(api.ledgers, type, found->rows.front(), request.param("limit"), today(api));
  return reckoned ? json_response(deadline_json(*reckoned)) : refused(reckoned.error(), request);
}

bool is_set(const Request& request, std::string_view name) {
  return request.query_value(name).value_or("") == "1";
}

Response import(const Api& api, Request& request, const RecordType& type) {
  if (request.upload == nullptr || request.upload->files().empty()) return refused(problem("no-files"), request);
  if (request.upload->files().size() > 1) return refused(problem("too-many-files"), request);
  const Upload::File file = request.upload->files().front();
  ledgers::ImportOptions options;
  options.skip_bad = is_set(request, "skip_bad");
  options.only_check = is_set(request, "check");
  options.create_missing = is_set(request, "create_missing");
  options.file = file.name;
  if (const std::string_view columns = request.query_value("columns").value_or(""); !columns.empty()) {
    auto choice = ledgers::column_choice_of(type, columns);
    if (!choice) return refused(choice.error(), request);
    options.columns = std::move(*choice);
  }
  const access::Principal& who = who_asks(request);
  options.may_move_states = who.is_operator();
  // New units are made by those who keep their register.
  if (who.may(access::Permission::manage_units)) options.make_unit = desks::unit_maker(api.ledgers.registry().tenant());
  options.read = [&](std::string bytes) -> Result<std::vector<ledgers::Sheet>> {
    if (ledgers::is_plain_text(bytes)) return ledgers::read_sheets(std::move(bytes));
    const auto layout = api.layout(bytes, file.name);
    if (!layout) return Error{"damaged", "文件读不出来，可能已损坏。", {}};
    return ledgers::sheets_of_layout(*layout);
  };
  const auto imported = ledgers::import_table(api.ledgers, type, request.upload->bytes(file), options, who);
  return imported ? json_response(ledgers::imported_json(*imported)) : refused(imported.error(), request);
}

Response export_list(const Api& api, const Request& request, const RecordType& type) {
  auto question = question_of(type, request);
  if (!question) return refused(question.error(), request);
  const std::string_view as = request.query_value("as").value_or("xlsx");
  if (as != "xlsx" && as != "csv") return refused(problem("bad-parameter").in("as"), request);
  question->limit = 0;
  question->offset = 0;
  // Who adds up a file that ends in the middle has a wrong sum.
  if (api.ledgers.list(type, *question).total > max_exported) return refused(problem("too-many-rows"), request);
  question->limit = max_exported;
  auto bytes = ledgers::table_file(api.ledgers, type, *question, {as == "xlsx", true, ledgers::Wording::labels, api.font_folder});
  if (!bytes) return refused(bytes.error(), request);
  return download_response(std::move(*bytes), type.label + "." + std::string(as),
                           as == "csv" ? "text/csv; charset=utf-8" : content_type(writing::Carrier::xlsx));
}

/// Every cent of a lease, up to a day (today where none is given).
Response account(const Api& api, const Request& request) {
  const std::string_view day = request.query_value("by").value_or("");
  const auto by = day.empty() ? std::optional(api.today()) : Date::parse(day);
  if (!by) return refused(problem("bad-parameter").in("by"), request);
  const auto found = ledgers::lease_account(api.ledgers, request.param("id"), *by);
  if (!found) return refused(found.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("by", by->text()).field("owed", ledgers::number_text(found->owed, 2)).key("lines").begin_array();
  for (const ledgers::AccountLine& line : found->lines) {
    out.begin_object()
        .field("kind", ledgers::kind_code(line.kind))
        .field("on", line.on ? Text(line.on->text()) : Text())
        .field("record", line.record);
    out.field("amount", ledgers::number_text(line.fen, 2)).field("balance", ledgers::number_text(line.balance, 2)).end_object();
  }
  out.end_array().end_object();
  return json_response(std::move(text));
}

Response open(const Api& api, const Request& request, const RecordType& type) {
  return opened(api, request, type, api.ledgers.find(type, request.param("id")));
}

}  // namespace

void add_ledger_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  const auto typed = [api](auto handle) {
    return [api, handle](Request& request) {
      return with_type(api, request, [&](const RecordType& type) { return handle(api, request, type); });
    };
  };
  router.add({"GET", "/api/v1/ledgers", "listLedgers", none, see_ledgers, [api](Request& request) {
                return cached_answer_of_today(api, request,
                                              [&] { return Result<std::string>(ledgers_json(api.ledgers, who_asks(request))); });
              }});
  router.add({"GET", "/api/v1/ledgers/{type}", "describeLedger", none, see_ledgers, [api](Request& request) {
                const auto type = type_of(api, request);
                if (!type) return refused(type.error(), request);
                return json_response(record_type_json(api.ledgers.catalogue(), **type, who_asks(request)));
              }});
  router.add({"GET", "/api/v1/ledgers/{type}/records", "listRecords", none, see_ledgers, typed(list)});
  router.add({"POST", "/api/v1/ledgers/{type}/records", "addRecord", json, keep_ledgers, typed(add)});
  router.add({"GET", "/api/v1/ledgers/{type}/records/{id}", "openRecord", none, see_ledgers, typed(open)});
  router.add({"PUT", "/api/v1/ledgers/{type}/records/{id}", "changeRecord", json, keep_ledgers, typed(change)});
  router.add({"POST", "/api/v1/ledgers/{type}/records/{id}/actions", "actOnRecord", json, keep_ledgers, typed(act)});
  router.add({"GET", "/api/v1/ledgers/{type}/records/{id}/deadlines/{limit}", "explainRecordDeadline", none, see_ledgers, typed(deadline)});
  router.add(
      {"GET", "/api/v1/leases/{id}/account", "leaseAccount", none, see_ledgers, [api](Request& request) { return account(api, request); }});
  router.add({"POST", "/api/v1/ledgers/{type}/import", "importRecords", files, keep_ledgers, typed(import)});
  router.add({"GET", "/api/v1/ledgers/{type}/export", "exportRecords", none, see_ledgers, typed(export_list)});
}

}  // namespace jiheng::service
