// The table of the API's routes (base /api/v1). Each handler turns a request into one call and its outcome into JSON.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desks/follow_up/alarms.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/performance/calendar.h"
#include "desks/performance/comparisons.h"
#include "desks/performance/imports.h"
#include "desks/performance/library.h"
#include "desks/performance/notices.h"
#include "desks/performance/official_documents.h"
#include "desks/performance/overview.h"
#include "desks/performance/public_comparison.h"
#include "desks/performance/public_site.h"
#include "desks/performance/publication.h"
#include "desks/performance/sealed.h"
#include "desks/performance/submissions.h"
#include "desks/performance/years.h"
#include "ledgers/ledgers.h"
#include "registry/registry.h"
#include "service/api/answer_cache.h"
#include "service/api/gate.h"
#include "service/api/import_jobs.h"
#include "service/http/router.h"
#include "service/mail/postman.h"

namespace jiheng::service {

/// A document's bytes and name → the JSON of reading/layout_json.h; nullopt where reading gave up.
using LayoutReader = std::function<std::optional<std::string>(std::string_view bytes, std::string name)>;

struct Outcomes;

/// What the handlers call. All of it is thread-safe and outlives the router.
struct Api {
  Gate& gate;
  desks::People& people;
  access::Sessions& sessions;
  desks::Submissions& submissions;
  desks::Years& years;
  desks::Library& library;
  desks::Publications& publications;
  desks::PublicSite& site;
  desks::OfficialDocuments& documents;
  desks::SealedForms& sealed;
  Outcomes& outcomes;
  std::function<desks::PublicComparison(std::string_view bytes, const std::string& name)> compare;
  ledgers::Ledgers& ledgers;
  desks::FollowUps& follow_ups;
  desks::Alarms& alarms;
  desks::Outsiders& outsiders;
  Postman& postman;
  ImportJobs& jobs;
  AnswerCache& cache;
  std::function<std::string()> head;  ///< the journal's, as a text
  std::function<Result<std::string>(std::string_view hash)> attachment;
  desks::Reader read;  ///< an uploaded document, in the worker
  std::function<Result<desks::Comparisons>(std::string_view submission, const access::Principal& who)> comparisons;
  std::function<Result<desks::Overview>(int year, const access::Principal& who)> overview;
  std::function<std::vector<desks::RuleUnit>(int year, std::string_view rule, const access::Principal& who)> units_with_rule;
  std::function<std::vector<desks::Notice>(const access::Principal& who)> notices;
  std::function<std::int64_t(const access::Principal& who)> notices_marked;
  std::function<void(const std::vector<std::string>& ids, const access::Principal& who)> mark_read;
  std::function<Result<desks::Calendar>(Date from, Date to, const access::Principal& who)> calendar;
  std::function<Date()> today;            ///< the bureau's
  std::function<std::string()> now_text;  ///< UTC
  std::function<std::int64_t()> now;      ///< seconds since 1970
  LayoutReader layout;
  std::function<std::vector<registry::JournalEntry>(int limit, std::int64_t before)> journal;  ///< `before` 0: from the newest
  std::function<registry::Verification()> verify;
  std::function<std::string()> engine;  ///< asks the database; throws where it does not answer
  std::string font_folder;
};

void add_routes(Router& router, const Api& api);

// Parts of the table, by subject.
void add_submission_routes(Router& router, const Api& api);
void add_import_routes(Router& router, const Api& api);
void add_export_routes(Router& router, const Api& api);
void add_record_routes(Router& router, const Api& api);
void add_session_routes(Router& router, const Api& api);
void add_people_routes(Router& router, const Api& api);
void add_year_routes(Router& router, const Api& api);
void add_library_routes(Router& router, const Api& api);
void add_publication_routes(Router& router, const Api& api);
void add_document_routes(Router& router, const Api& api);
void add_overview_routes(Router& router, const Api& api);
void add_ledger_routes(Router& router, const Api& api);
void add_measure_routes(Router& router, const Api& api);
void add_desk_routes(Router& router, const Api& api);
void add_actual_routes(Router& router, const Api& api);
void add_follow_up_routes(Router& router, const Api& api);
void add_alarm_routes(Router& router, const Api& api);
void add_sealed_routes(Router& router, const Api& api);
void add_sheet_routes(Router& router, const Api& api);
void add_calendar_routes(Router& router, const Api& api);
void add_mail_routes(Router& router, const Api& api);
void add_outsider_routes(Router& router, const Api& api);
void add_problem_routes(Router& router, const Api& api);
void add_evaluation_routes(Router& router, const Api& api);
void add_result_routes(Router& router, const Api& api);
void add_yearly_report_routes(Router& router, const Api& api);
void add_what_if_routes(Router& router, const Api& api);
void add_line_routes(Router& router, const Api& api);

/// The OpenAPI document (docs/openapi.json), compiled into the program.
std::string_view openapi_document();

}  // namespace jiheng::service
