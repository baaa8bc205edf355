// 盖章件 of a submission.
#include <chrono>

#include "base/json_writer.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/api/turnstile.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

// Recognising a scan takes a processor for seconds.
constexpr std::size_t at_once = 2;
constexpr std::size_t a_minute = 20;

void write(JsonWriter& out, const desks::ComparedValue& value) {
  static constexpr std::string_view kinds[] = {"changed", "missing", "added"};
  const Difference& each = value.difference;
  out.begin_object().field("kind", kinds[static_cast<int>(each.kind)]).key("certain").boolean(value.certain).key("confidence");
  value.confidence ? out.integer(*value.confidence) : out.null();
  out.field("table", each.table).field("place", each.place).field("field", each.field).field("record", each.before);
  out.field("sealed", each.after).field("page", each.at ? Text(each.at->page_or_sheet) : Text()).key("row");
  out.integer(each.at ? each.at->row : 0).key("column").integer(each.at ? each.at->column : 0).end_object();
}

void write(JsonWriter& out, const desks::SealedForm& form) {
  out.begin_object().key("number").integer(form.number).field("file", form.file).field("sha256", form.sha256).field("at", form.at);
  out.field("by", form.by).field("outcome", desks::sealed_outcome_code(form.outcome)).key("revision").integer(form.revision);
  out.key("approved").boolean(form.approved).key("current").boolean(form.current).field("code", form.code).key("printed");
  form.printed ? out.integer(*form.printed) : out.null();
  out.key("recognised").boolean(form.recognised).field("message", form.message.empty() ? Text() : Text(form.message));
  out.key("differing").integer(form.differing).key("unsure").integer(form.unsure).key("values").begin_array();
  for (const desks::ComparedValue& each : form.values) write(out, each);
  out.end_array().end_object();
}

Response list(const Api& api, const Request& request) {
  const auto forms = api.sealed.list(request.param("id"), who_asks(request));
  if (!forms) return refused(forms.error(), request);
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::SealedForm& each : *forms) write(out, each);
  out.end_array();
  return json_response(std::move(text));
}

std::int64_t seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Response add(const Api& api, Turnstile& turnstile, Request& request) {
  if (request.upload == nullptr || request.upload->files().empty()) return refused(problem("no-files"), request);
  if (request.upload->files().size() > 1) return refused(problem("too-many-files"), request);
  const auto pass = turnstile.enter(request.address, seconds());
  if (!pass) return refused(problem("busy"), request);
  const Upload::File file = request.upload->files().front();
  const auto form =
      api.sealed.add(request.param("id"), request.upload->bytes(file), file.name.substr(file.name.rfind('/') + 1), who_asks(request));
  if (!form) return refused(form.error(), request);
  std::string text;
  JsonWriter out(text);
  write(out, *form);
  return json_response(std::move(text), 201);
}

/// For saving: what came from outside must not run in the browser as a page of ours.
Response download(const Api& api, const Request& request) {
  int number = 0;
  for (const char c : request.param("number")) {
    if (c < '0' || c > '9' || number > 1'000'000) return refused(problem("not-found"), request);
    number = number * 10 + (c - '0');
  }
  auto file = api.sealed.file(request.param("id"), number, who_asks(request));
  return file ? download_response(std::move(file->bytes), file->name, "application/octet-stream") : refused(file.error(), request);
}

}  // namespace

void add_sealed_routes(Router& router, const Api& api) {
  using enum access::Permission;
  router.add({"GET", "/api/v1/submissions/{id}/sealed", "listSealed", BodyKind::none, see_submissions,
              [api](Request& request) { return list(api, request); }});
  const auto turnstile = std::make_shared<Turnstile>(at_once, a_minute);
  router.add({"POST", "/api/v1/submissions/{id}/sealed", "bringSealed", BodyKind::files, see_submissions,
              [api, turnstile](Request& request) { return add(api, *turnstile, request); }});
  router.add({"GET", "/api/v1/submissions/{id}/sealed/{number}", "downloadSealed", BodyKind::none, see_submissions,
              [api](Request& request) { return download(api, request); }});
}

}  // namespace jiheng::service
