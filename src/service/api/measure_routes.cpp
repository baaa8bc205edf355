// Figures out of the ledgers, down to the records they rest on.
#include <algorithm>

#include "base/text.h"
#include "ledgers/measure.h"
#include "ledgers/schema.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/ledger_views.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr int max_page = 500;

Result<Date> day_of(const Request& request, std::string_view name) {
  const auto day = Date::parse(request.query_value(name).value_or(""));
  if (!day) return problem("bad-parameter").in(std::string(name));
  return *day;
}

Result<ledgers::Asked> asked_of(const Api& api, const Request& request) {
  ledgers::Asked asked;
  asked.measure = api.ledgers.catalogue().measure(request.param("id"));
  if (asked.measure == nullptr) return problem("not-found").in(std::string(request.param("id")));
  const auto from = day_of(request, "from");
  if (!from) return from.error();
  const auto to = day_of(request, "to");
  if (!to) return to.error();
  asked.period = {*from, *to};
  asked.project = request.query_value("project").value_or("");
  const std::string_view as_of = request.query_value("as_of").value_or("");
  if (!as_of.empty()) {
    const auto day = Date::parse(as_of);
    if (!day) return problem("bad-parameter").in("as_of");
    asked.as_of = ledgers::journal_at_end_of(api.ledgers, *day);
  }
  return asked;
}

/// Runs `act` with the receipt that the request asks for.
template <class Act>
Response with_receipt(const Api& api, const Request& request, Act act) {
  const auto asked = asked_of(api, request);
  if (!asked) return refused(asked.error(), request);
  const auto receipt = ledgers::receipt_of(api.ledgers, *asked);
  return receipt ? act(*asked->measure, *receipt) : refused(receipt.error(), request);
}

/// The records of a receipt's list, as they were counted.
std::string records_json(const ledgers::Ledgers& ledgers, const std::vector<ledgers::Used>& list, int limit, int offset) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("total").integer(static_cast<std::int64_t>(list.size())).key("items").begin_array();
  std::map<std::string, RecordWriter> writers;
  const auto end = std::min(list.size(), static_cast<std::size_t>(offset) + static_cast<std::size_t>(limit));
  for (auto i = static_cast<std::size_t>(offset); i < end; ++i) {
    const ledgers::Used& each = list[i];
    const ledgers::RecordType& type = *ledgers.catalogue().type(each.type);
    const auto writer = writers.try_emplace(each.type, ledgers, type).first;
    reading::TextPool pool;
    std::optional<ledgers::Entry> entry;
    ledgers.registry().store().read()->query(
        "SELECT " + ledgers::select_columns(type) + " FROM " + ledgers::table_of(type) + " WHERE tenant_id = ? AND id = ? AND revision = ?",
        {ledgers.registry().tenant(), each.id, each.revision}, [&](const store::Row& row) { entry = ledgers::entry_of(type, row, pool); });
    out.begin_object().field("type", each.type).field("type_label", type.label).field("id", each.id).key("revision").integer(each.revision);
    const std::vector<ledgers::Value> values = entry ? entry->values : std::vector<ledgers::Value>(type.fields.size());
    const std::span<const ledgers::Value> one(values);
    writer->second.learn({&one, 1});
    const int title = type.index_of(type.title);
    out.field("title", entry && title >= 0
                           ? ledgers::written(type.fields[static_cast<std::size_t>(title)], entry->values[static_cast<std::size_t>(title)])
                           : each.id);
    out.field("reason", each.reason.empty() ? Text() : Text(each.reason));
    writer->second.write_values(out, values);
    out.end_object();
  }
  out.end_array().end_object();
  return text;
}

Response records(const Api& api, const Request& request) {
  const std::string_view which = request.query_value("list").value_or("counted");
  if (which != "counted" && which != "excluded" && which != "consulted") return refused(problem("bad-parameter").in("list"), request);
  const auto limit = whole_number(request, "limit", 50, 0, max_page);
  const auto offset = whole_number(request, "offset", 0, 0, 100'000'000);
  if (!limit) return refused(limit.error(), request);
  if (!offset) return refused(offset.error(), request);
  return with_receipt(api, request, [&](const ledgers::Measure&, const ledgers::Receipt& receipt) {
    const auto& list = which == "counted" ? receipt.counted : which == "excluded" ? receipt.excluded : receipt.consulted;
    return json_response(records_json(api.ledgers, list, *limit, *offset));
  });
}

Response figure(const Api& api, const Request& request) {
  const auto asked = asked_of(api, request);
  if (!asked) return refused(asked.error(), request);
  return cached_answer_of_today(api, request, [&]() -> Result<std::string> {
    const auto weighed = ledgers::weigh(api.ledgers, *asked);
    if (!weighed) return weighed.error();
    return figure_json(*asked, *weighed);
  });
}

Response receipt_file(const Api& api, const Request& request) {
  return with_receipt(api, request, [&](const ledgers::Measure& measure, const ledgers::Receipt& receipt) {
    return download_response(ledgers::receipt_json(measure, receipt), measure.label + " 收据.json", "application/json");
  });
}

Response verify(const Api& api, const Request& request) {
  const auto receipt = ledgers::receipt_from_json(trim(request.body));
  if (!receipt) return refused(receipt.error(), request);
  const auto check = ledgers::check_receipt(api.ledgers, *receipt);
  return check ? json_response(receipt_check_json(api.ledgers.catalogue(), *check)) : refused(check.error(), request);
}

}  // namespace

void add_measure_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/measures", "listMeasures", none, see_ledgers,
              [api](Request&) { return json_response(measures_json(api.ledgers.catalogue())); }});
  router.add({"GET", "/api/v1/measures/{id}", "measure", none, see_ledgers, [api](Request& request) { return figure(api, request); }});
  router.add({"GET", "/api/v1/measures/{id}/records", "listMeasuredRecords", none, see_ledgers,
              [api](Request& request) { return records(api, request); }});
  router.add({"GET", "/api/v1/measures/{id}/receipt", "downloadReceipt", none, see_ledgers,
              [api](Request& request) { return receipt_file(api, request); }});
  router.add(
      {"POST", "/api/v1/measures/verify", "verifyReceipt", json, see_ledgers, [api](Request& request) { return verify(api, request); }});
}

}  // namespace jiheng::service
