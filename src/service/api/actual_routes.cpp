// The actual values of a submission's indicators, and which measures they come from.
#include "base/json_writer.h"
#include "desks/performance/actuals.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

void write_number(JsonWriter& out, const char* name, const std::optional<Decimal>& number) {
  out.key(std::string_view(name));
  number ? out.string(number->text()) : out.null();
}

void write_actual(JsonWriter& out, const ledgers::Catalogue& catalogue, const desks::Actual& actual) {
  out.begin_object().key("table").integer(actual.table).key("indicator").integer(actual.indicator).field("name", actual.name);
  out.field("target", actual.target).key("figure").boolean(actual.figure).field("source", desks::source_code(actual.source)).key("link");
  const ledgers::Measure* measure = actual.link ? catalogue.measure(actual.link->measure) : nullptr;
  if (measure != nullptr) {
    out.begin_object().field("measure", actual.link->measure).field("label", measure->label);
    out.field("project", actual.link->project.empty() ? Text() : Text(actual.link->project)).end_object();
  } else {
    out.null();
  }
  out.key("link_revision")
      .integer(actual.link_revision)
      .field("confirmed_by", actual.confirmed_by.empty() ? Text() : Text(actual.confirmed_by));
  write_number(out, "value", actual.value ? actual.value->value : std::nullopt);
  out.field("unit", measure == nullptr ? Text() : Text(measure->unit)).key("met");
  actual.met ? out.boolean(*actual.met) : out.null();
  out.field("reported", actual.reported).key("gaps").begin_array();
  if (actual.value) {
    for (const std::string& gap : actual.value->gaps) out.string(gap);
  }
  out.end_array().end_object();
}

/// The days that the request names; none where it names none.
Result<std::optional<ledgers::Period>> period_of(const Request& request) {
  if (!request.query_value("from") && !request.query_value("to")) return std::optional<ledgers::Period>();
  const auto from = Date::parse(request.query_value("from").value_or(""));
  const auto to = Date::parse(request.query_value("to").value_or(""));
  if (!from || !to) return problem("bad-parameter").in(from ? "to" : "from");
  if (*to < *from) return problem("bad-period");
  return std::optional(ledgers::Period{*from, *to});
}

std::string actuals_json(const ledgers::Catalogue& catalogue, const desks::Actuals& found) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("revision").integer(found.revision).key("period").begin_object().field("from", found.period.from.text());
  out.field("to", found.period.to.text()).end_object().key("figures").integer(static_cast<std::int64_t>(found.figures));
  out.key("measured")
      .integer(static_cast<std::int64_t>(found.measured))
      .key("met")
      .integer(static_cast<std::int64_t>(found.met))
      .key("items")
      .begin_array();
  for (const desks::Actual& each : found.items) write_actual(out, catalogue, each);
  out.end_array().end_object();
  return text;
}

Result<std::string> found_actuals(const Api& api, const Request& request) {
  const auto period = period_of(request);
  if (!period) return period.error();
  const auto found = desks::actuals_of(api.submissions, api.ledgers, request.param("id"), who_asks(request), *period);
  if (!found) return found.error();
  return actuals_json(api.ledgers.catalogue(), *found);
}

Response actuals(const Api& api, const Request& request) {
  return cached_answer_of_today(api, request, [&] { return found_actuals(api, request); });
}

/// After a change: the head that the gate saw is behind.
Response changed_actuals(const Api& api, const Request& request) {
  auto found = found_actuals(api, request);
  return found ? json_response(std::move(*found)) : refused(found.error(), request);
}

Response link(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  // What cannot be answered afterwards is not stored either.
  if (const auto period = period_of(request); !period) return refused(period.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto table = body->number("table");
  if (!table) return refused(table.error(), request);
  const auto indicator = body->number("indicator");
  if (!indicator) return refused(indicator.error(), request);
  std::optional<desks::MeasureLink> wanted;
  if (const Text measure = body->optional("measure")) wanted = desks::MeasureLink{*measure, body->optional("project").value_or("")};
  const auto done = desks::link_actual(api.submissions, api.ledgers, request.param("id"), *table, *indicator, *revision, wanted,
                                       who_asks(request), body->optional("why"));
  return done ? changed_actuals(api, request) : refused(done.error(), request);
}

Response confirm(const Api& api, const Request& request) {
  if (const auto period = period_of(request); !period) return refused(period.error(), request);
  const auto done = desks::confirm_suggestions(api.submissions, api.ledgers, request.param("id"), who_asks(request));
  return done ? changed_actuals(api, request) : refused(done.error(), request);
}

}  // namespace

void add_actual_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/submissions/{id}/actuals", "submissionActuals", none, see_submissions,
              [api](Request& request) { return actuals(api, request); }});
  router.add({"PUT", "/api/v1/submissions/{id}/actuals", "linkActual", json, see_submissions,
              [api](Request& request) { return link(api, request); }});
  router.add({"POST", "/api/v1/submissions/{id}/actuals/confirm", "confirmActuals", none, see_submissions,
              [api](Request& request) { return confirm(api, request); }});
}

}  // namespace jiheng::service
