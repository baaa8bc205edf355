#include "service/server.h"

#include <malloc.h>

#include <algorithm>
#include <thread>

#include "access/day.h"
#include "base/embedded.h"
#include "desks/performance/pack_deadlines.h"
#include "desks/performance/peer_targets.h"
#include "desks/performance/published_files.h"
#include "desks/performance/submissions.h"
#include "ledgers/schema.h"
#include "reading/archive.h"
#include "reading/layout_json.h"
#include "reading/reader.h"
#include "service/api/api.h"
#include "service/api/outcomes.h"
#include "service/api/pages.h"
#include "service/api/public_pages.h"
#include "store/failure.h"

namespace jiheng::embedded {
std::span<const File> web_pages();
}

namespace jiheng::service {
namespace {

constexpr std::size_t cache_bytes = 12U << 20;

std::string head_text(const std::pair<std::int64_t, std::string>& head) {
  return std::to_string(head.first) + " " + head.second;
}

desks::Reader reader(const desks::Reader& given) {
  if (given) return given;
  return [](std::string_view bytes, std::string name) { return reading::read_document(bytes, std::move(name)); };
}

/// The tables that the declared ledgers need stand before anybody asks.
const ledgers::Catalogue& settled(registry::Registry& registry, const ledgers::Catalogue* given) {
  const ledgers::Catalogue& catalogue = given == nullptr ? ledgers::Catalogue::shipped() : *given;
  const auto done = ledgers::migrate_ledgers(registry.store(), catalogue, registry.tenant());
  if (!done) throw store::Failure(done.error().code, done.error().message, {});
  ledgers::Ledgers(registry, catalogue).prepare();
  return catalogue;
}

ImportJobs::Import import_of(registry::Registry& registry, desks::Reader read) {
  return [&registry, read = std::move(read)](const desks::IncomingFile& file, const access::Principal& who) {
    auto outcome = desks::import_file(registry, file, read, who);
    // A large document leaves the heap full of holes; the machine has better uses for them.
    if (file.bytes.size() > (1U << 20)) ::malloc_trim(0);
    return outcome;
  };
}

/// A thread whose question PostgreSQL answers sleeps meanwhile; others may work.
std::size_t threads_for(store::Engine engine) {
  constexpr std::size_t waiting = 2;  ///< threads a processor
  return engine == store::Engine::postgresql ? waiting * std::max(2U, std::thread::hardware_concurrency()) : 0;
}

HttpOptions with_gate(HttpOptions options, store::Engine engine, Gate& gate) {
  if (options.threads == 0) options.threads = threads_for(engine);
  options.refuse_upload = [&gate](Request& request, const Route& route) -> std::optional<Error> {
    try {
      return gate.admit(request, route.need);
    } catch (const store::Failure& broken) {
      return Error{broken.code(), broken.what(), {}};
    }
  };
  options.refuse_at_once = [&gate](const Request& request, const Route& route) { return gate.refuse_at_once(request, route.need); };
  return options;
}

LayoutReader layout_reader(LayoutReader given) {
  if (given) return given;
  return [](std::string_view bytes, const std::string& name) { return std::optional(reading::layout_json(bytes, name)); };
}

}  // namespace

/// In the order of use: what stands below uses what stands above, and goes first.
struct Server::Parts {
  Parts(registry::Registry& registry, Options options)
      : sessions(
            registry.store(), registry.tenant(), [&registry] { return registry.now(); }, options.sessions),
        people(registry, sessions),
        outsiders(registry),
        gate(people, sessions, outsiders),
        submissions(registry),
        years(registry),
        postman(registry, years, std::move(options.mail)),
        library(registry),
        publications(registry, desks::published_files(options.font_folder)),
        site(registry, publications),
        documents(registry, years, submissions, publications),
        ledgers(registry, settled(registry, options.catalogue)),
        follow_ups(registry, submissions, ledgers),
        alarms(registry),
        sealed(registry, reader(options.read)),
        outcomes(registry, submissions, ledgers, [this](int year) { return follow_ups.graded(year); }),
        cache(cache_bytes),
        pages(embedded::web_pages()),
        http(router, with_gate(std::move(options.http), registry.store().engine(), gate)),
        jobs([](std::vector<desks::IncomingFile> files) { return reading::unpack(std::move(files)); },
             import_of(registry, reader(options.read)), options.imports) {
    sessions.use_key(std::move(options.key));
    sessions.keep_people_by(registry::Registry::head_text_sql());
    gate.accounts_exist();
    ledgers.use_pack_deadlines(desks::pack_deadlines(registry));
    add_routes(
        router,
        Api{.gate = gate,
            .people = people,
            .sessions = sessions,
            .submissions = submissions,
            .years = years,
            .library = library,
            .publications = publications,
            .site = site,
            .documents = documents,
            .sealed = sealed,
            .outcomes = outcomes,
            .compare = [&registry, this, read = reader(options.read)](
                           std::string_view bytes,
                           const std::string& name) { return desks::compare_with_published(registry, publications, bytes, name, read); },
            .ledgers = ledgers,
            .follow_ups = follow_ups,
            .alarms = alarms,
            .outsiders = outsiders,
            .postman = postman,
            .jobs = jobs,
            .cache = cache,
            .head = [&registry] { return head_text(registry.head()); },
            .attachment = [&registry](std::string_view hash) { return registry.attachment(hash); },
            .read = reader(options.read),
            .comparisons = [this, &registry](std::string_view id,
                                             const access::Principal& who) { return desks::comparisons_of(registry, peers, id, who); },
            .overview = [this, &registry](int year,
                                          const access::Principal& who) { return desks::overview_of(registry, years, year, who); },
            .units_with_rule = [&registry](int year, std::string_view rule,
                                           const access::Principal& who) { return desks::units_with_rule(registry, year, rule, who); },
            .notices = [this, &registry](const access::Principal& who) { return desks::notices_of(registry, years, who); },
            .notices_marked = [&registry](const access::Principal& who) { return desks::notices_marked(registry, who); },
            .mark_read = [this, &registry](const std::vector<std::string>& ids,
                                           const access::Principal& who) { desks::mark_read(registry, years, ids, who); },
            .calendar =
                [this, &registry](Date from, Date to, const access::Principal& who) {
                  return desks::calendar_of(registry, years, submissions, publications, from, to, who);
                },
            .today = [&registry] { return Date::parse(access::local_day(registry.now())).value_or(Date()); },
            .now_text = [&registry] { return registry.now_text(); },
            .now = [&registry] { return registry.now(); },
            .layout = layout_reader(std::move(options.layout)),
            .journal = [&registry](int limit, std::int64_t before) { return registry.journal(limit, before); },
            .verify =
                [this, &registry] {
                  registry::Verification found = registry.verify();
                  if (found.ok) found.first_bad = ledgers.check();
                  found.ok = !found.first_bad;
                  return found;
                },
            .engine =
                [&registry] {
                  registry.head();
                  return std::string(store::engine_code(registry.store().engine()));
                },
            .font_folder = std::move(options.font_folder)});
    router.set_fallback([this](Request& request) { return is_public_page(request) ? public_page(site, request) : pages.answer(request); });
  }

  access::Sessions sessions;
  desks::People people;
  desks::Outsiders outsiders;
  Gate gate;
  desks::Submissions submissions;
  desks::Years years;
  Postman postman;
  desks::Library library;
  desks::Publications publications;
  desks::PublicSite site;
  desks::OfficialDocuments documents;
  ledgers::Ledgers ledgers;
  desks::FollowUps follow_ups;
  desks::Alarms alarms;
  desks::SealedForms sealed;
  Outcomes outcomes;
  desks::PeerTargets peers;
  AnswerCache cache;
  Pages pages;
  Router router;
  HttpServer http;
  ImportJobs jobs;
};

Server::Server(registry::Registry& registry, Options options) : parts_(std::make_unique<Parts>(registry, std::move(options))) {}
Server::~Server() = default;

Result<Done> Server::start() {
  return parts_->http.start();
}
unsigned short Server::port() const {
  return parts_->http.port();
}
void Server::run() {
  parts_->http.run();
}
void Server::stop() {
  parts_->http.stop();
}
const Router& Server::router() const {
  return parts_->router;
}
std::optional<std::string> Server::setup_link() {
  if (parts_->gate.accounts_exist()) return std::nullopt;
  return parts_->sessions.new_link({});
}

}  // namespace jiheng::service
