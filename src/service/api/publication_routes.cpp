// 信息公开: what is due, publishing and withdrawing, the pages as a zip; and for everybody, whether a file is the published one.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "base/json_writer.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/list_file.h"
#include "service/api/lists.h"
#include "service/api/stored_zip.h"
#include "service/api/turnstile.h"
#include "service/http/problem.h"
#include "writing/many_files.h"

namespace jiheng::service {
namespace {

constexpr std::size_t most_at_once = 500;
constexpr std::size_t most_differences = 500;
constexpr std::size_t comparing_at_once = 2;
constexpr std::size_t comparing_a_minute = 20;

Result<int> year_of(const Request& request) {
  const std::string_view text = request.param("year");
  int year = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || text.size() != 4) return problem("not-found");
    year = year * 10 + (c - '0');
  }
  return year;
}

void write(JsonWriter& out, const desks::Publishable& each) {
  out.begin_object().field("submission", each.submission).field("unit", each.unit).field("code", each.code).field("name", each.name);
  out.field("section", each.section).key("tables").integer(each.tables);
  out.key("approved_revision").integer(each.approved_revision);
  out.field("approved_at", each.approved_at.empty() ? Text() : Text(each.approved_at)).key("adjusting").boolean(each.adjusting);
  out.field("state", desks::publication_state_code(each.state)).field("due", each.due.empty() ? Text() : Text(each.due));
  out.key("days_left").integer(each.days_left).key("overdue").boolean(each.overdue).key("provisional").boolean(each.provisional);
  out.key("revision").integer(each.record_revision).key("published_revision");
  each.published_revision ? out.integer(*each.published_revision) : out.null();
  out.field("published_at", each.published_at).field("published_by", each.published_by).field("version_code", each.mark);
  out.field("why", each.why).end_object();
}

std::string list_json(int year, const std::vector<desks::Publishable>& all) {
  int counts[5] = {};
  int overdue = 0;
  for (const desks::Publishable& each : all) {
    ++counts[static_cast<int>(each.state)];
    overdue += each.overdue ? 1 : 0;
  }
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year").integer(year).key("counts").begin_object();
  for (int i = 0; i < 5; ++i) out.key(desks::publication_state_code(static_cast<desks::PublicationState>(i))).integer(counts[i]);
  out.end_object().key("overdue").integer(overdue).key("items").begin_array();
  for (const desks::Publishable& each : all) write(out, each);
  out.end_array().end_object();
  return text;
}

Response list_as_file(const Api& api, const Request& request, int year) {
  const std::string_view state = request.query_value("state").value_or("");
  auto items = api.publications.list(year, who_asks(request));
  std::erase_if(items, [&](const desks::Publishable& each) {
    if (state == "overdue") return !each.overdue;
    return !state.empty() && desks::publication_state_code(each.state) != state;
  });
  return list_file(api, request, publications_list(year, items));
}

Response list(const Api& api, const Request& request) {
  const auto year = year_of(request);
  if (!year) return refused(year.error(), request);
  if (wants_file(request)) return list_as_file(api, request, *year);
  return cached_answer_of_today(api, request,
                                [&] { return Result<std::string>(list_json(*year, api.publications.list(*year, who_asks(request)))); });
}

Response deadline(const Api& api, const Request& request) {
  return cached_answer_of_today(api, request, [&]() -> Result<std::string> {
    const auto found = api.publications.deadline(request.param("id"), who_asks(request));
    if (!found) return found.error();
    return deadline_json(*found);
  });
}

/// Making the files takes a processor for a while, so all of them work at it.
std::vector<std::optional<Error>> publish(const Api& api, const std::vector<std::pair<std::string, int>>& items,
                                          const access::Principal& who) {
  const writing::ManyFiles many;
  std::vector<std::optional<Error>> refusals(items.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < items.size(); i = next++) {
      if (const auto done = api.publications.publish(items[i].first, items[i].second, who); !done) refusals[i] = done.error();
    }
  };
  std::vector<std::future<void>> helpers;
  const std::size_t most = std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), items.size());
  for (std::size_t i = 1; i < most; ++i) helpers.push_back(std::async(std::launch::async, work));
  work();
  for (auto& helper : helpers) helper.get();
  return refusals;
}

std::vector<std::optional<Error>> withdraw(const Api& api, const ManyActions& actions, const access::Principal& who) {
  std::vector<std::optional<Error>> refusals;
  for (const auto& [id, revision] : actions.items) {
    const auto done = api.publications.withdraw(id, revision, actions.opinion.value_or(""), who);
    refusals.push_back(done ? std::nullopt : std::optional(done.error()));
  }
  return refusals;
}

/// Each is told by itself, and one that is refused holds up no other.
Response act(const Api& api, const Request& request) {
  const auto body = many_actions(request.body, most_at_once);
  if (!body) return refused(body.error(), request);
  if (body->action != "publish" && body->action != "withdraw") return refused(problem("json-shape").in("action"), request);
  const std::vector<std::optional<Error>> refusals =
      body->action == "publish" ? publish(api, body->items, who_asks(request)) : withdraw(api, *body, who_asks(request));
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    const auto& refused = refusals[i];
    out.begin_object().field("id", body->items[i].first).field("code", refused ? Text(refused->code) : Text());
    out.field("message", refused ? Text(refused->message) : Text()).end_object();
  }
  out.end_array();
  return json_response(std::move(text));
}

Response site(const Api& api, const Request& request) {
  const auto year = year_of(request);
  if (!year) return refused(year.error(), request);
  std::vector<std::pair<std::string, std::string>> files;
  const auto made = desks::each_site_file(api.publications, *year, [&](const std::string& path, std::string_view bytes) -> Result<Done> {
    files.emplace_back(path, bytes);
    return Done{};
  });
  if (!made) return refused(made.error(), request);
  return download_response(stored_zip(files), std::to_string(*year) + "年绩效目标公开.zip", "application/zip");
}

void write(JsonWriter& out, const Difference& each) {
  static constexpr std::string_view kinds[] = {"changed", "missing", "added"};
  out.begin_object().field("kind", kinds[static_cast<int>(each.kind)]).field("table", each.table).field("place", each.place);
  out.field("field", each.field).field("published", each.before).field("dropped", each.after).end_object();
}

void write(JsonWriter& out, const Api& api, const desks::PublishedVersion& version) {
  const desks::Published& what = version.what;
  out.begin_object().field("unit_name", what.name).key("year").integer(what.year).key("revision").integer(what.revision);
  out.field("version_code", what.version).field("content", what.content).field("approved", desks::local_day_of(what.approved_at));
  out.field("published", desks::local_day_of(what.published_at)).key("current").boolean(version.current);
  out.field("page", "/public/" + api.site.page_of(what.submission)).end_object();
}

std::int64_t seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Response compare(const Api& api, Turnstile& turnstile, Request& request) {
  if (request.upload == nullptr || request.upload->files().empty()) return refused(problem("no-files"), request);
  if (request.upload->files().size() > 1) return refused(problem("too-many-files"), request);
  const auto pass = turnstile.enter(request.address, seconds());
  if (!pass) return refused(problem("busy"), request);
  const Upload::File file = request.upload->files().front();
  const auto found = api.compare(request.upload->bytes(file), file.name);
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("outcome", desks::outcome_code(found.outcome));
  out.field("how", desks::how_code(found.how).empty() ? Text() : Text(std::string(desks::how_code(found.how))));
  out.field("file", file.name).field("sha256", found.sha256).key("recognised").boolean(found.recognised);
  out.field("message", found.message.empty() ? Text() : Text(found.message)).key("record");
  found.version ? write(out, api, *found.version) : static_cast<void>(out.null());
  out.key("count").integer(static_cast<std::int64_t>(found.differences.size())).key("differences").begin_array();
  for (std::size_t i = 0; i < std::min(found.differences.size(), most_differences); ++i) write(out, found.differences[i]);
  out.end_array().end_object();
  return json_response(std::move(text));
}

}  // namespace

void add_publication_routes(Router& router, const Api& api) {
  using enum BodyKind;
  using enum access::Permission;
  router.add({"GET", "/api/v1/years/{year}/publications", "listPublications", none, see_submissions,
              [api](Request& request) { return list(api, request); }});
  router.add({"GET", "/api/v1/years/{year}/publications/site", "publicSite", none, publish,
              [api](Request& request) { return site(api, request); }});
  router.add({"GET", "/api/v1/submissions/{id}/publication/deadline", "publicationDeadline", none, see_submissions,
              [api](Request& request) { return deadline(api, request); }});
  router.add(
      {"POST", "/api/v1/publications/actions", "actOnPublications", json, publish, [api](Request& request) { return act(api, request); }});
  const auto turnstile = std::make_shared<Turnstile>(comparing_at_once, comparing_a_minute);
  router.add({"POST", "/api/v1/public/compare", "comparePublished", small_files, Need::open(),
              [api, turnstile](Request& request) { return compare(api, *turnstile, request); }});
}

}  // namespace jiheng::service
