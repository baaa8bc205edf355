// Figures out of the ledgers, down to the records they rest on.
#include <algorithm>
#include <map>
#include <span>

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

/// Records of one type as they were counted, with the texts of what they refer to.
struct CountedRecords {
  explicit CountedRecords(const ledgers::Ledgers& ledgers, const ledgers::RecordType& of) : type(of), writer(ledgers, of) {}

  const ledgers::RecordType& type;
  reading::TextPool pool;
  std::map<std::pair<std::string, int>, ledgers::Entry> found;  ///< by id and revision
  RecordWriter writer;
};

/// All revisions of the records at once: some pages of a list ask for hundreds.
void find_counted(const ledgers::Ledgers& ledgers, std::span<const ledgers::Used> page, CountedRecords& out) {
  std::string sql =
      "SELECT " + ledgers::select_columns(out.type) + " FROM " + ledgers::table_of(out.type) + " WHERE tenant_id = ? AND id IN (";
  std::vector<ledgers::Value> values{ledgers.registry().tenant()};
  for (const ledgers::Used& each : page) {
    if (each.type != out.type.name) continue;
    sql += values.size() == 1 ? "?" : ", ?";
    values.emplace_back(each.id);
  }
  ledgers.registry().store().read()->query_all(sql + ")", values, [&](const store::Row& row) {
    ledgers::Entry entry = ledgers::entry_of(out.type, row, out.pool);
    std::pair key(entry.id, entry.revision);
    out.found.emplace(std::move(key), std::move(entry));
  });
  std::vector<std::span<const ledgers::Value>> records;
  for (const auto& [key, entry] : out.found) records.emplace_back(entry.values);
  out.writer.learn(records);
}

/// The records of a receipt's list, as they were counted.
std::string records_json(const ledgers::Ledgers& ledgers, const std::vector<ledgers::Used>& list, int limit, int offset) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("total").integer(static_cast<std::int64_t>(list.size())).key("items").begin_array();
  const std::size_t first = std::min(list.size(), static_cast<std::size_t>(offset));
  const auto page = std::span(list).subspan(first, std::min(list.size() - first, static_cast<std::size_t>(limit)));
  std::map<std::string, CountedRecords> types;
  for (const ledgers::Used& each : page) {
    const auto [at, added] = types.try_emplace(each.type, ledgers, *ledgers.catalogue().type(each.type));
    CountedRecords& records = at->second;
    if (added) find_counted(ledgers, page, records);
    const ledgers::RecordType& type = records.type;
    const auto entry = records.found.find({each.id, each.revision});
    const std::vector<ledgers::Value> values =
        entry != records.found.end() ? entry->second.values : std::vector<ledgers::Value>(type.fields.size());
    out.begin_object().field("type", each.type).field("type_label", type.label).field("id", each.id).key("revision").integer(each.revision);
    const auto title = static_cast<std::size_t>(std::max(type.index_of(type.title), 0));
    const bool titled = entry != records.found.end() && type.index_of(type.title) >= 0;
    out.field("title", titled ? ledgers::written(type.fields[title], values[title]) : each.id);
    out.field("reason", each.reason.empty() ? Text() : Text(each.reason));
    records.writer.write_values(out, values);
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
  const auto asked = asked_of(api, request);
  if (!asked) return refused(asked.error(), request);
  return shared_answer_of_today(api, request, [&]() -> Result<std::string> {
    const auto receipt = ledgers::receipt_of(api.ledgers, *asked);
    if (!receipt) return receipt.error();
    const auto& list = which == "counted" ? receipt->counted : which == "excluded" ? receipt->excluded : receipt->consulted;
    return records_json(api.ledgers, list, *limit, *offset);
  });
}

Response figure(const Api& api, const Request& request) {
  const auto asked = asked_of(api, request);
  if (!asked) return refused(asked.error(), request);
  return shared_answer_of_today(api, request, [&]() -> Result<std::string> {
    const auto weighed = ledgers::weigh(api.ledgers, *asked);
    if (!weighed) return weighed.error();
    return figure_json(*asked, *weighed);
  });
}

Response receipt_file(const Api& api, const Request& request) {
  const auto asked = asked_of(api, request);
  if (!asked) return refused(asked.error(), request);
  const auto receipt = ledgers::receipt_of(api.ledgers, *asked);
  if (!receipt) return refused(receipt.error(), request);
  return download_response(ledgers::receipt_json(*asked->measure, *receipt), asked->measure->label + " 收据.json", "application/json");
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
