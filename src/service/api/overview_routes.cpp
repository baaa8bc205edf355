// A year in figures for whoever leads, and what one is told when he comes in.
#include "base/json_writer.h"
#include "desks/performance/notices.h"
#include "desks/performance/overview.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/list_file.h"
#include "service/api/lists.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr std::size_t most_marked = 200;
constexpr std::size_t longest_rule = 80;

std::optional<int> year_of(const Request& request) {
  const std::string_view text = request.param("year");
  if (text.size() != 4) return std::nullopt;
  int year = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    year = year * 10 + (c - '0');
  }
  return year;
}

void write_section(JsonWriter& out, const desks::SectionFigures& figures) {
  out.begin_object().field("section", figures.section).field("name", figures.name).key("units").integer(figures.units);
  out.key("counts").begin_object();
  for (int i = 0; i < 6; ++i) out.key(desks::tile_state_code(static_cast<desks::TileState>(i))).integer(figures.counts[i]);
  out.end_object().key("overdue").integer(figures.overdue).key("late").integer(figures.late);
  out.key("returned").integer(figures.returned).key("tables").integer(figures.tables);
  out.key("errors").integer(figures.errors).field("amount", figures.amount).end_object();
}

std::string overview_json(const desks::Overview& overview) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year").integer(overview.year).field("due", overview.due).key("days_left").integer(overview.days_left);
  out.key("faulty").integer(overview.faulty).key("all");
  write_section(out, overview.all);
  out.key("sections").begin_array();
  for (const desks::SectionFigures& each : overview.sections) write_section(out, each);
  out.end_array().key("rules").begin_array();
  for (const desks::RuleFigures& each : overview.rules) {
    out.begin_object().field("rule", each.rule).field("severity", each.severity).key("units").integer(each.units);
    out.key("findings").integer(each.findings).end_object();
  }
  out.end_array().key("grades").begin_object();
  for (int i = 0; i < 4; ++i) out.key(auditing::grade_name(static_cast<auditing::Grade>(i))).integer(overview.grades[i]);
  out.end_object().end_object();
  return text;
}

Response overview_file(const Api& api, const Request& request) {
  const std::string_view table = request.query_value("table").value_or("sections");
  if (table != "sections" && table != "rules") return refused(problem("bad-parameter").in("table"), request);
  const auto found = api.overview(year_of(request).value_or(0), who_asks(request));
  if (!found) return refused(found.error(), request);
  return list_file(api, request, table == "rules" ? rules_list(*found) : sections_list(*found));
}

Response overview(const Api& api, const Request& request) {
  if (wants_file(request)) return overview_file(api, request);
  return cached_answer_of_today(api, request, [&]() -> Result<std::string> {
    const auto found = api.overview(year_of(request).value_or(0), who_asks(request));
    if (!found) return found.error();
    return overview_json(*found);
  });
}

Response units_with_rule(const Api& api, const Request& request) {
  const std::string_view rule = request.param("rule");
  if (rule.size() > longest_rule) return refused(problem("not-found"), request);
  return cached_answer(api, request, who_asks(request).mark(), [&] {
    std::string text;
    JsonWriter out(text);
    out.begin_array();
    for (const desks::RuleUnit& each : api.units_with_rule(year_of(request).value_or(0), rule, who_asks(request)))
      out.begin_object().field("submission", each.submission).field("name", each.name).key("findings").integer(each.findings).end_object();
    out.end_array();
    return Result<std::string>(std::move(text));
  });
}

std::string notices_json(const std::vector<desks::Notice>& found) {
  int unread = 0;
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const desks::Notice& each : found) {
    unread += each.read ? 0 : 1;
    out.begin_object().field("id", each.id).field("kind", desks::notice_kind_code(each.kind)).field("at", each.at).key("year");
    each.year == 0 ? out.null() : out.integer(each.year);
    out.field("unit_name", each.unit_name).field("submission", each.submission).key("work_days").integer(each.work_days);
    out.field("form", each.form).key("month");
    each.form ? out.integer(each.month) : out.null();
    out.field("about", each.about).field("page", each.page);
    out.field("due", each.due).field("why", each.why).field("by", each.by).key("read").boolean(each.read).end_object();
  }
  out.end_array().key("unread").integer(unread).end_object();
  return text;
}

Response notices(const Api& api, const Request& request) {
  const access::Principal& who = who_asks(request);
  if (wants_file(request)) return list_file(api, request, notices_list(api.notices(who)));
  // What was read is not in the journal; it only ever becomes more.
  const std::string whose = api.today().text() + "\n" + who.id() + " " + std::to_string(api.notices_marked(who)) + "\n" + who.mark();
  return cached_answer(api, request, whose, [&] { return Result<std::string>(notices_json(api.notices(who))); });
}

Response mark_read(const Api& api, const Request& request) {
  if (who_asks(request).is_read_only()) return refused(problem("forbidden"), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto ids = body->texts("notices");
  if (!ids) return refused(ids.error(), request);
  if (ids->size() > most_marked) return refused(problem("json-shape").in("notices"), request);
  api.mark_read(*ids, who_asks(request));
  return nothing_response();
}

}  // namespace

void add_overview_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/years/{year}/overview", "overview", none, see_submissions,
              [api](Request& request) { return overview(api, request); }});
  router.add({"GET", "/api/v1/years/{year}/overview/rules/{rule}", "unitsWithRule", none, see_submissions,
              [api](Request& request) { return units_with_rule(api, request); }});
  router.add({"GET", "/api/v1/me/notices", "listNotices", none, Need::known(), [api](Request& request) { return notices(api, request); }});
  router.add(
      {"POST", "/api/v1/me/notices/read", "markNotices", json, Need::known(), [api](Request& request) { return mark_read(api, request); }});
}

}  // namespace jiheng::service
