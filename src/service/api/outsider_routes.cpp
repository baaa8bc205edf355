// 外部人员: giving links, calling them back, and what whoever has one sees.
#include <chrono>

#include "base/json_writer.h"
#include "goals/json.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/exports.h"
#include "service/api/turnstile.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr std::size_t opening_at_once = 8;
constexpr std::size_t opening_a_minute = 30;  ///< from one address

std::string_view state_of(const desks::OutsiderLink& link, std::int64_t now) {
  if (link.revoked) return "revoked";
  if (now >= link.expires_at) return "expired";
  return link.lapsed ? "lapsed" : "good";
}

void write(JsonWriter& out, const desks::OutsiderLink& link, std::int64_t now) {
  out.begin_object().field("id", link.id).field("name", link.name).field("purpose", link.purpose);
  out.field("shows", desks::shows_code(link.shows)).field("submission", link.submission).key("year");
  link.shows == desks::OutsiderLink::Shows::submission ? out.null() : out.integer(link.year);
  out.key("units").begin_array();
  for (const std::string& unit : link.units) out.string(unit);
  out.end_array().key("download").boolean(link.download).field("given_at", registry::utc_text(link.given_at));
  out.field("given_by", link.given_by).field("expires_at", registry::utc_text(link.expires_at));
  out.field("state", state_of(link, now)).key("opened").integer(link.opened);
  out.field("opened_at", link.opened > 0 ? Text(registry::utc_text(link.opened_at)) : Text()).end_object();
}

Response list(const Api& api, const Request& request) {
  const auto links = api.outsiders.list(who_asks(request));
  if (!links) return refused(links.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::OutsiderLink& each : *links) write(out, each, api.now());
  out.end_array();
  return json_response(std::move(text));
}

Response give(const Api& api, const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto shows = desks::shows_from_code(body->optional("shows").value_or(""));
  if (!shows) return refused(problem("json-shape").in("shows"), request);
  const auto days = body->number("days");
  const auto units = body->texts("units");
  const auto download = body->flag("download", false);
  if (!days) return refused(days.error(), request);
  if (!units) return refused(units.error(), request);
  if (!download) return refused(download.error(), request);
  desks::OutsiderLink link;
  link.name = body->optional("name").value_or("");
  link.purpose = body->optional("purpose").value_or("");
  link.shows = *shows;
  link.submission = body->optional("submission");
  if (*shows != desks::OutsiderLink::Shows::submission) {
    const auto year = body->number("year");
    if (!year) return refused(year.error(), request);
    link.year = *year;
    link.units = *units;
  }
  link.download = *download;
  const auto given = api.outsiders.give(std::move(link), *days, who_asks(request));
  if (!given) return refused(given.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("link");
  write(out, given->link, api.now());
  out.field("secret", given->secret).end_object();
  return json_response(std::move(text), 201);
}

Response revoke(const Api& api, const Request& request) {
  const auto done = api.outsiders.revoke(request.param("id"), who_asks(request));
  return done ? nothing_response() : refused(done.error(), request);
}

void write(JsonWriter& out, const desks::ShownTables& shown) {
  out.begin_object().field("id", shown.submission).field("unit_name", shown.unit_name).field("code", shown.code).key("year");
  shown.year == 0 ? out.null() : out.integer(shown.year);
  out.key("tables").integer(shown.tables).field("state", shown.state).end_object();
}

std::int64_t seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Response open(const Api& api, Turnstile& turnstile, const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto secret = body->needed("link");
  if (!secret) return refused(secret.error(), request);
  const auto pass = turnstile.enter(request.address, seconds());
  if (!pass) return refused(problem("busy"), request);
  const auto link = api.outsiders.good(*secret);
  if (!link) {
    api.outsiders.turned_away(request.address, request.header("User-Agent"));
    return refused(problem("visit-void"), request);
  }
  api.outsiders.opened(*link, request.address, request.header("User-Agent"));
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("name", link->name).field("purpose", link->purpose).field("bureau", api.publications.bureau());
  out.field("given_by", link->given_by).field("expires_at", registry::utc_text(link->expires_at));
  out.field("shows", desks::shows_code(link->shows)).key("download").boolean(link->download).key("items").begin_array();
  for (const desks::ShownTables& each : api.outsiders.shown(*link)) write(out, each);
  out.end_array().end_object();
  return json_response(std::move(text));
}

/// Of a request that the gate let in as a visit.
const desks::OutsiderLink& link_of(const Request& request) {
  return *request.caller->visit;
}

Response tables(const Api& api, const Request& request) {
  const auto found = api.outsiders.tables(link_of(request), request.param("id"));
  if (!found) return refused(found.error(), request);
  api.outsiders.looked(link_of(request), found->first.unit_name, false, request.address, request.header("User-Agent"));
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("submission");
  write(out, found->first);
  out.key("tables").raw(tables_json(found->second)).end_object();
  return json_response(std::move(text));
}

Response form(const Api& api, const Request& request) {
  const desks::OutsiderLink& link = link_of(request);
  if (!link.download) return refused(problem("visit-no-download"), request);
  const auto carrier = writing::carrier_from_name(request.query_value("to").value_or("docx"));
  if (!carrier) return refused(problem("bad-parameter").in("to"), request);
  const auto found = api.outsiders.tables(link, request.param("id"));
  if (!found) return refused(found.error(), request);
  if (found->second.empty()) return refused(problem("nothing-to-export"), request);
  writing::WriteOptions options;
  options.font_folder = api.font_folder;
  auto bytes = writing::write_forms(found->second, *carrier, options);
  if (!bytes) return refused(bytes.error(), request);
  api.outsiders.looked(link, found->first.unit_name, true, request.address, request.header("User-Agent"));
  std::string name = found->first.unit_name;
  for (char& c : name) {
    if (c == '/' || c == '\\') c = '-';
  }
  if (found->first.year > 0) name += std::to_string(found->first.year) + "年";
  return download_response(std::move(*bytes), name + "绩效目标表." + std::string(writing::carrier_name(*carrier)), content_type(*carrier));
}

}  // namespace

void add_outsider_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/outsider-links", "listOutsiderLinks", none, audit_performance,
              [api](Request& request) { return list(api, request); }});
  router.add({"POST", "/api/v1/outsider-links", "giveOutsiderLink", json, audit_performance,
              [api](Request& request) { return give(api, request); }});
  router.add({"DELETE", "/api/v1/outsider-links/{id}", "revokeOutsiderLink", none, audit_performance,
              [api](Request& request) { return revoke(api, request); }});
  const auto turnstile = std::make_shared<Turnstile>(opening_at_once, opening_a_minute);
  router.add({"POST", "/api/v1/visits", "openVisit", json, Need::open(),
              [api, turnstile](Request& request) { return open(api, *turnstile, request); }});
  router.add({"GET", "/api/v1/visit/submissions/{id}", "visitTables", none, Need::visit(),
              [api](Request& request) { return tables(api, request); }});
  router.add({"GET", "/api/v1/visit/submissions/{id}/form", "visitForm", none, Need::visit(),
              [api](Request& request) { return form(api, request); }});
}

}  // namespace jiheng::service
