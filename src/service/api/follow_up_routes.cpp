// 绩效运行监控 and 绩效自评: rounds, forms, evidence, checks again, and the files made of them.
#include <boost/json.hpp>

#include "base/json_writer.h"
#include "desks/follow_up/follow_up_files.h"
#include "desks/people/people.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/exports.h"
#include "service/api/follow_up_views.h"
#include "service/api/list_file.h"
#include "service/api/official_file.h"
#include "service/api/stored_zip.h"
#include "service/api/turnstile.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

using desks::FollowUpKind;

constexpr std::size_t forms_at_once = 2;
constexpr std::size_t forms_a_minute = 30;

Response shown(const Result<desks::FollowUp>& form, const Request& request) {
  return form ? json_response(follow_up_json(*form)) : refused(form.error(), request);
}

/// As it stands, or ?revision=N: as it was accepted, and sent back since.
Result<desks::FollowUp> asked(const Api& api, const Request& request) {
  const auto revision = whole_number(request, "revision", 0, 1, 1'000'000);
  if (!revision) return revision.error();
  return *revision == 0 ? api.follow_ups.open(request.param("id"), who_asks(request))
                        : api.follow_ups.open_accepted(request.param("id"), *revision, who_asks(request));
}

struct RoundKey {
  FollowUpKind kind;
  int year;
  int month;
};

Result<RoundKey> round_key(const Api& api, const Request& request) {
  const auto kind = desks::follow_up_from_code(request.query_value("kind").value_or("monitoring"));
  if (!kind) return problem("bad-parameter").in("kind");
  const auto year = whole_number(request, "year", api.today().year(), 2000, 2199);
  if (!year) return year.error();
  const auto month = whole_number(request, "month", 12, 1, 12);
  if (!month) return month.error();
  return RoundKey{*kind, *year, *month};
}

// Rounds.

Result<desks::Round> round_body(const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return body.error();
  desks::Round round;
  const auto kind = desks::follow_up_from_code(body->optional("kind").value_or(""));
  if (!kind) return problem("json-shape").in("kind");
  const auto year = body->number("year");
  if (!year) return year.error();
  const auto month = body->number("month");
  if (!month) return month.error();
  const auto days = body->number("work_days");
  if (!days) return days.error();
  const auto closed = body->flag("closed", false);
  if (!closed) return closed.error();
  round.kind = *kind;
  round.year = *year;
  round.month = *month;
  round.work_days = *days;
  round.closed = *closed;
  round.opens = body->optional("opens").value_or("");
  round.notice = body->optional("notice").value_or("");
  return round;
}

/// Opens the round; with If-Match it changes one that is open.
Response put_round(const Api& api, const Request& request) {
  auto round = round_body(request);
  if (!round) return refused(round.error(), request);
  if (request.header("If-Match").empty()) {
    const auto opened = api.follow_ups.open_round(*round, who_asks(request));
    return opened ? json_response(round_json(*opened), 201) : refused(opened.error(), request);
  }
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  round->revision = *revision;
  const auto changed = api.follow_ups.change_round(*round, who_asks(request));
  return changed ? json_response(round_json(*changed)) : refused(changed.error(), request);
}

Response lay_forms(const Api& api, const Request& request) {
  const auto key = round_key(api, request);
  if (!key) return refused(key.error(), request);
  const auto laid = api.follow_ups.lay_forms(key->kind, key->year, key->month, who_asks(request));
  if (!laid) return refused(laid.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("laid").integer(*laid).end_object();
  return json_response(std::move(text));
}

// Lists.

Result<desks::FollowUpFilter> filter_of(const Api& api, const Request& request, int usual, int most) {
  const auto key = round_key(api, request);
  if (!key) return key.error();
  desks::FollowUpFilter filter;
  filter.kind = key->kind;
  filter.year = key->year;
  filter.month = key->month;
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = desks::follow_up_state_from_code(*state);
    if (!filter.state) return problem("bad-parameter").in("state");
  }
  if (const auto light = request.query_value("light"); light && !light->empty()) {
    filter.light = scoring::light_from_code(*light);
    if (!filter.light) return problem("bad-parameter").in("light");
  }
  filter.query = std::string(request.query_value("q").value_or(""));
  filter.mine = request.query_value("mine").value_or("") == "true";
  filter.drawn = request.query_value("drawn").value_or("") == "true";
  const auto limit = whole_number(request, "limit", usual, 1, most);
  if (!limit) return limit.error();
  const auto offset = whole_number(request, "offset", 0, 0, 1'000'000);
  if (!offset) return offset.error();
  filter.limit = *limit;
  filter.offset = *offset;
  return filter;
}

Response list(const Api& api, const Request& request) {
  const bool file = wants_file(request);
  const auto filter = filter_of(api, request, file ? most_rows : 100, file ? most_rows : 500);
  if (!filter) return refused(filter.error(), request);
  const auto page = api.follow_ups.page(*filter, who_asks(request));
  if (file) return list_file(api, request, follow_up_list(page, filter->kind));
  std::optional<desks::Round> round;
  for (const desks::Round& each : api.follow_ups.rounds()) {
    if (each.kind == filter->kind && each.year == filter->year && each.month == filter->month) round = each;
  }
  return json_response(follow_up_page_json(page, round));
}

// One form.

Response edit(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto entries = desks::entries_from_json(request.body);
  if (!entries) return refused(entries.error(), request);
  return shown(api.follow_ups.edit(request.param("id"), *revision, std::move(*entries), who_asks(request)), request);
}

Response act(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  auto body = action_body(request.body);
  if (!body) return refused(body.error(), request);
  const auto action = desks::follow_up_action_from_code(body->action);
  if (!action) return refused(problem("json-shape").in("action"), request);
  return shown(api.follow_ups.act(request.param("id"), *revision, *action, std::move(body->opinion), who_asks(request)), request);
}

/// Reading an unknown file takes a worker for a while: a few at once.
Response take_form(const Api& api, Turnstile& turnstile, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  if (request.upload == nullptr || request.upload->files().empty()) return refused(problem("no-files"), request);
  if (request.upload->files().size() > 1) return refused(problem("too-many-files"), request);
  const auto pass = turnstile.enter(request.address, api.now());
  if (!pass) return refused(problem("busy"), request);
  const Upload::File file = request.upload->files().front();
  const auto read = [&] { return api.read(request.upload->bytes(file), file.name.substr(file.name.rfind('/') + 1)); };
  const auto taken = api.follow_ups.take(request.param("id"), *revision, read, who_asks(request));
  if (!taken) return refused(taken.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("form").raw(follow_up_json(taken->form)).key("faults").begin_array();
  for (const desks::FormFault& each : taken->faults) {
    out.begin_object().field("code", each.code).key("table").integer(each.table).key("indicator").integer(each.indicator);
    out.field("name", each.name).field("ours", each.ours).field("theirs", each.theirs).field("message", each.message).end_object();
  }
  out.end_array().end_object();
  return json_response(std::move(text));
}

struct Spot {
  int table;
  int indicator;
};
Result<Spot> spot_of(const Request& request) {
  const auto table = whole_number(request, "table", 0, 0, 10'000);
  if (!table) return table.error();
  // None: of the table as a whole.
  const auto indicator = whole_number(request, "indicator", -1, 0, 10'000);
  if (!indicator) return indicator.error();
  return Spot{*table, *indicator};
}

Response add_evidence(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto spot = spot_of(request);
  if (!spot) return refused(spot.error(), request);
  if (request.upload == nullptr || request.upload->files().empty()) return refused(problem("no-files"), request);
  if (request.upload->files().size() > 1) return refused(problem("too-many-files"), request);
  const Upload::File file = request.upload->files().front();
  return shown(api.follow_ups.add_evidence(request.param("id"), *revision, spot->table, spot->indicator, request.upload->bytes(file),
                                           file.name.substr(file.name.rfind('/') + 1), who_asks(request)),
               request);
}

Response remove_evidence(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto spot = spot_of(request);
  if (!spot) return refused(spot.error(), request);
  return shown(api.follow_ups.remove_evidence(request.param("id"), *revision, spot->table, spot->indicator, request.param("sha256"),
                                              who_asks(request)),
               request);
}

/// For saving: what came from outside must not run in the browser as a page of ours.
Response download_evidence(const Api& api, const Request& request) {
  auto file = api.follow_ups.evidence(request.param("id"), request.param("sha256"), who_asks(request));
  return file ? download_response(std::move(file->bytes), file->name, "application/octet-stream") : refused(file.error(), request);
}

Response set_words(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  std::vector<std::pair<std::string, std::string>> words;
  for (const std::string_view section : desks::report_sections()) {
    const auto text = body->given(section);
    if (!text) return refused(text.error(), request);
    if (*text && !(*text)->empty()) words.emplace_back(section, **text);
  }
  return shown(api.follow_ups.set_words(request.param("id"), *revision, std::move(words), who_asks(request)), request);
}

Response recheck(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  desks::Recheck recheck;
  const auto table = body->number("table");
  if (!table) return refused(table.error(), request);
  const auto indicator = body->number("indicator");
  if (!indicator) return refused(indicator.error(), request);
  const auto score = body->needed("score");
  if (!score) return refused(score.error(), request);
  recheck.table = *table;
  recheck.indicator = *indicator;
  recheck.score = *score;
  recheck.actual = body->optional("actual");
  recheck.why = body->optional("why").value_or("");
  return shown(api.follow_ups.recheck(request.param("id"), *revision, recheck, who_asks(request)), request);
}

Response choose(const Api& api, const Request& request) {
  const auto revision = if_match(request);
  if (!revision) return refused(revision.error(), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto drawn = body->flag("drawn", true);
  if (!drawn) return refused(drawn.error(), request);
  return shown(api.follow_ups.choose(request.param("id"), *revision, *drawn, who_asks(request)), request);
}

Response draw(const Api& api, const Request& request) {
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto year = body->number("year");
  if (!year) return refused(year.error(), request);
  const auto percent = body->number("percent");
  if (!percent) return refused(percent.error(), request);
  const auto drawn = api.follow_ups.draw(*year, *percent, body->optional("seed").value_or(""), who_asks(request));
  if (!drawn) return refused(drawn.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("drawn").begin_array();
  for (const std::string& id : *drawn) out.string(id);
  out.end_array().end_object();
  return json_response(std::move(text));
}

// Files.

Response export_form(const Api& api, const Request& request) {
  const auto carrier = writing::carrier_from_name(request.query_value("to").value_or("docx"));
  if (!carrier) return refused(problem("bad-parameter").in("to"), request);
  const auto form = asked(api, request);
  if (!form) return refused(form.error(), request);
  std::vector<GoalTable> tables;
  for (const desks::FilledTable& each : form->tables) tables.push_back(each.table);
  auto bytes = writing::write_forms(tables, *carrier, {api.font_folder, "zh"});
  if (!bytes) return refused(bytes.error(), request);
  return download_response(std::move(*bytes), desks::form_file_name(*form) + "." + std::string(writing::carrier_name(*carrier)),
                           content_type(*carrier));
}

Response report(const Api& api, const Request& request) {
  const std::string_view to = request.query_value("to").value_or("docx");
  if (to != "docx" && to != "pdf") return refused(problem("bad-parameter").in("to"), request);
  const auto form = asked(api, request);
  if (!form) return refused(form.error(), request);
  return official_response(api, request, desks::self_evaluation_report(api.follow_ups.registry(), *form), to);
}

Response department_table(const Api& api, const Request& request) {
  const auto carrier = writing::carrier_from_name(request.query_value("to").value_or("docx"));
  if (!carrier) return refused(problem("bad-parameter").in("to"), request);
  const auto form = asked(api, request);
  if (!form) return refused(form.error(), request);
  const auto list = desks::department_list(*form);
  if (!list) return refused(list.error(), request);
  auto bytes = writing::write_list(*list, *carrier, {api.font_folder, "zh"});
  if (!bytes) return refused(bytes.error(), request);
  return download_response(std::move(*bytes), list->title + "." + std::string(writing::carrier_name(*carrier)), content_type(*carrier));
}

/// All evidence with its index, as one zip.
Response evidence_zip(const Api& api, const Request& request) {
  const auto form = asked(api, request);
  if (!form) return refused(form.error(), request);
  const auto named = desks::evidence_files(*form);
  if (named.empty()) return refused(problem("nothing-to-export"), request);
  std::vector<std::pair<std::string, std::string>> files;
  auto index = writing::write_list(desks::evidence_index(*form), writing::Carrier::xlsx, {api.font_folder, "zh"});
  if (!index) return refused(index.error(), request);
  files.emplace_back("佐证目录.xlsx", std::move(*index));
  for (const desks::EvidenceFile& each : named) {
    auto bytes = api.attachment(each.sha256);
    if (!bytes) return refused(bytes.error(), request);
    files.emplace_back(each.path, std::move(*bytes));
  }
  return download_response(stored_zip(files), desks::form_file_name(*form) + "佐证材料.zip", "application/zip");
}

}  // namespace

void add_follow_up_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/follow-up-rounds", "listRounds", none, see_submissions,
              [api](Request&) { return json_response(rounds_json(api.follow_ups.rounds())); }});
  router.add(
      {"PUT", "/api/v1/follow-up-rounds", "putRound", json, manage_years, [api](Request& request) { return put_round(api, request); }});
  router.add({"POST", "/api/v1/follow-up-rounds/forms", "layForms", none, manage_years,
              [api](Request& request) { return lay_forms(api, request); }});
  router.add({"POST", "/api/v1/follow-up-rounds/draw", "drawRechecks", json, audit_performance,
              [api](Request& request) { return draw(api, request); }});
  router.add({"GET", "/api/v1/follow-ups", "listFollowUps", none, see_submissions, [api](Request& request) { return list(api, request); }});
  router.add({"GET", "/api/v1/follow-ups/{id}", "followUp", none, see_submissions,
              [api](Request& request) { return shown(asked(api, request), request); }});
  router.add(
      {"PUT", "/api/v1/follow-ups/{id}", "editFollowUp", json, see_submissions, [api](Request& request) { return edit(api, request); }});
  router.add({"POST", "/api/v1/follow-ups/{id}/actions", "actOnFollowUp", json, see_submissions,
              [api](Request& request) { return act(api, request); }});
  const auto turnstile = std::make_shared<Turnstile>(forms_at_once, forms_a_minute);
  router.add({"POST", "/api/v1/follow-ups/{id}/form", "takeForm", files, see_submissions,
              [api, turnstile](Request& request) { return take_form(api, *turnstile, request); }});
  router.add({"POST", "/api/v1/follow-ups/{id}/evidence", "addEvidence", files, see_submissions,
              [api](Request& request) { return add_evidence(api, request); }});
  router.add({"GET", "/api/v1/follow-ups/{id}/evidence/{sha256}", "downloadEvidence", none, see_submissions,
              [api](Request& request) { return download_evidence(api, request); }});
  router.add({"DELETE", "/api/v1/follow-ups/{id}/evidence/{sha256}", "removeEvidence", none, see_submissions,
              [api](Request& request) { return remove_evidence(api, request); }});
  router.add({"PUT", "/api/v1/follow-ups/{id}/report", "setReportWords", json, see_submissions,
              [api](Request& request) { return set_words(api, request); }});
  router.add({"POST", "/api/v1/follow-ups/{id}/rechecks", "recheckFollowUp", json, audit_performance,
              [api](Request& request) { return recheck(api, request); }});
  router.add({"PUT", "/api/v1/follow-ups/{id}/drawn", "chooseRecheck", json, audit_performance,
              [api](Request& request) { return choose(api, request); }});
  router.add({"GET", "/api/v1/follow-ups/{id}/export", "exportFollowUp", none, see_submissions,
              [api](Request& request) { return export_form(api, request); }});
  router.add({"GET", "/api/v1/follow-ups/{id}/report", "followUpReport", none, see_submissions,
              [api](Request& request) { return report(api, request); }});
  router.add({"GET", "/api/v1/follow-ups/{id}/department-table", "departmentTable", none, see_submissions,
              [api](Request& request) { return department_table(api, request); }});
  router.add({"GET", "/api/v1/follow-ups/{id}/evidence", "evidenceZip", none, see_submissions,
              [api](Request& request) { return evidence_zip(api, request); }});
}

}  // namespace jiheng::service
