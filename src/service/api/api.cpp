#include "service/api/api.h"

#include <spdlog/spdlog.h>

#include "service/http/problem.h"
#include "store/failure.h"

namespace jiheng::service {
namespace {

/// Whoever was refused is noted in the program's log, by login; never what he sent.
Response noted(Response response, const Request& request, std::string_view operation) {
  if (response.status == 403)
    spdlog::warn("refused: {} to {} from {}", operation, request.caller ? request.caller->who.login() : std::string(), request.address);
  return response;
}

/// Only who may comes in. A broken database is told as what it is (busy, full, lost); the engine's own words go to the log only.
Handler guarded(const Api& api, const Need& need, std::string_view operation, Handler handle) {
  return [&gate = api.gate, need, operation, handle = std::move(handle)](Request& request) {
    try {
      if (const auto refused = gate.admit(request, need)) return noted(problem_response(*refused, request.english), request, operation);
      return noted(handle(request), request, operation);
    } catch (const store::Failure& broken) {
      spdlog::error("{} {}: {} {}: {}", request.method, request.target, broken.code(), broken.what(), broken.detail());
      return problem_response({broken.code(), broken.what(), {}}, request.english);
    }
  };
}

}  // namespace

void add_routes(Router& router, const Api& api) {
  Router bare;
  add_submission_routes(bare, api);
  add_import_routes(bare, api);
  add_export_routes(bare, api);
  add_record_routes(bare, api);
  add_session_routes(bare, api);
  add_people_routes(bare, api);
  add_year_routes(bare, api);
  add_library_routes(bare, api);
  add_publication_routes(bare, api);
  add_document_routes(bare, api);
  add_overview_routes(bare, api);
  add_ledger_routes(bare, api);
  add_measure_routes(bare, api);
  add_desk_routes(bare, api);
  add_actual_routes(bare, api);
  add_follow_up_routes(bare, api);
  add_alarm_routes(bare, api);
  add_sealed_routes(bare, api);
  add_sheet_routes(bare, api);
  add_calendar_routes(bare, api);
  add_mail_routes(bare, api);
  add_outsider_routes(bare, api);
  add_problem_routes(bare, api);
  add_evaluation_routes(bare, api);
  add_result_routes(bare, api);
  add_yearly_report_routes(bare, api);
  add_what_if_routes(bare, api);
  add_line_routes(bare, api);
  for (Route route : bare.routes()) {
    route.handle = guarded(api, route.need, route.operation, std::move(route.handle));
    router.add(std::move(route));
  }
}

}  // namespace jiheng::service
