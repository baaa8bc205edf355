// Official documents (公文) as files to go on writing in or to print.
#include "base/json_writer.h"
#include "desks/performance/official_documents.h"
#include "service/api/api.h"
#include "service/api/exports.h"
#include "service/api/official_file.h"
#include "service/http/problem.h"

namespace jiheng::service {

Response official_response(const Api& api, const Request& request, const Result<desks::OfficialMade>& made, std::string_view to) {
  if (!made) return refused(made.error(), request);
  const bool pdf = to == "pdf";
  auto bytes = pdf ? writing::official_pdf(made->document, api.font_folder, made->day) : writing::official_docx(made->document, made->day);
  if (!bytes) return refused(bytes.error(), request);
  std::string name = made->name;
  for (char& c : name) {
    if (c == '/' || c == '\\') c = '-';
  }
  return download_response(std::move(*bytes), name + (pdf ? ".pdf" : ".docx"),
                           content_type(pdf ? writing::Carrier::pdf : writing::Carrier::docx));
}

namespace {

struct Wanted {
  desks::OfficialKind kind;
  std::string to;
};

Result<Wanted> wanted(const Request& request) {
  const auto kind = desks::official_from_code(request.param("document"));
  if (!kind) return problem("not-found");
  const std::string to(request.query_value("to").value_or("docx"));
  if (to != "docx" && to != "pdf") return problem("bad-parameter").in("to");
  return Wanted{*kind, to};
}

Response of_year(const Api& api, const Request& request) {
  const auto what = wanted(request);
  if (!what) return refused(what.error(), request);
  int year = 0;
  for (const char c : request.param("year")) {
    if (c < '0' || c > '9' || year > 9999) return refused(problem("not-found"), request);
    year = year * 10 + (c - '0');
  }
  return official_response(api, request, api.documents.of_year(what->kind, year, who_asks(request)), what->to);
}

Response of_submission(const Api& api, const Request& request) {
  const auto what = wanted(request);
  if (!what) return refused(what.error(), request);
  return official_response(api, request, api.documents.of_submission(what->kind, request.param("id"), who_asks(request)), what->to);
}

/// Which faces a pdf will not have, so that people know why it looks otherwise.
Response fonts(const Api& api) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("missing_fonts").begin_array();
  for (const std::string& name : writing::missing_official_fonts(api.font_folder)) out.string(name);
  out.end_array().end_object();
  return json_response(std::move(text));
}

}  // namespace

void add_document_routes(Router& router, const Api& api) {
  using enum access::Permission;
  constexpr auto none = BodyKind::none;
  router.add({"GET", "/api/v1/documents", "officialFonts", none, Need::known(), [api](Request&) { return fonts(api); }});
  router.add({"GET", "/api/v1/years/{year}/documents/{document}", "yearDocument", none, see_submissions,
              [api](Request& request) { return of_year(api, request); }});
  router.add({"GET", "/api/v1/submissions/{id}/documents/{document}", "submissionDocument", none, see_submissions,
              [api](Request& request) { return of_submission(api, request); }});
}

}  // namespace jiheng::service
