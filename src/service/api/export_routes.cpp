#include "service/api/api.h"
#include "service/api/exports.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr std::size_t max_ids = 500;

struct Wanted {
  ExportKind kind = ExportKind::form;
  writing::Carrier carrier = writing::Carrier::docx;
};

Result<Wanted> wanted(const Request& request) {
  Wanted found;
  const std::string_view what = request.query_value("what").value_or("form");
  if (what != "form" && what != "audit") return problem("bad-parameter").in("what");
  found.kind = what == "audit" ? ExportKind::audit : ExportKind::form;
  const auto carrier = writing::carrier_from_name(request.query_value("to").value_or("docx"));
  if (!carrier || (found.kind == ExportKind::audit && *carrier == writing::Carrier::xlsx)) return problem("bad-parameter").in("to");
  found.carrier = *carrier;
  return found;
}

Result<ExportFile> one(const Api& api, const Request& request, std::string_view id, const Wanted& what) {
  const auto submission = api.submissions.open(id, who_asks(request));
  if (!submission) return Error(submission.error()).in(std::string(id));
  return export_submission(*submission, what.kind, what.carrier, {api.font_folder, "zh"});
}

Response send(Result<ExportFile> file, const Request& request) {
  if (!file) return problem_response(file.error(), request.english);
  return download_response(std::move(file->bytes), file->name, file->content_type);
}

Response export_one(const Api& api, const Request& request) {
  const auto what = wanted(request);
  return what ? send(one(api, request, request.param("id"), *what), request) : problem_response(what.error(), request.english);
}

Response export_many(const Api& api, const Request& request) {
  const auto what = wanted(request);
  if (!what) return problem_response(what.error(), request.english);
  std::vector<ExportFile> files;
  std::string_view ids = request.query_value("ids").value_or("");
  if (ids.empty()) return problem_response(problem("bad-parameter").in("ids"), request.english);
  while (!ids.empty()) {
    const std::size_t comma = ids.find(',');
    auto file = one(api, request, ids.substr(0, comma), *what);
    // A submission without any table leaves no gap that matters: the others are still wanted.
    if (!file && file.error().code != "nothing-to-export") return problem_response(file.error(), request.english);
    if (file) files.push_back(std::move(*file));
    if (files.size() > max_ids) return problem_response(problem("bad-parameter").in("ids"), request.english);
    ids.remove_prefix(comma == std::string_view::npos ? ids.size() : comma + 1);
  }
  if (files.empty()) return problem_response(problem("nothing-to-export"), request.english);
  return send(zip_of(std::move(files), what->kind), request);
}

}  // namespace

void add_export_routes(Router& router, const Api& api) {
  using enum access::Permission;
  router.add({"GET", "/api/v1/submissions/{id}/export", "exportSubmission", BodyKind::none, see_submissions,
              [api](Request& request) { return export_one(api, request); }});
  router.add({"GET", "/api/v1/export", "exportMany", BodyKind::none, see_submissions,
              [api](Request& request) { return export_many(api, request); }});
}

}  // namespace jiheng::service
