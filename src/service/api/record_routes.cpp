#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <limits>

#include "base/embedded.h"
#include "reading/reader.h"
#include "service/api/answer_cached.h"
#include "service/api/bodies.h"
#include "service/api/list_file.h"
#include "service/api/lists.h"
#include "service/api/views.h"
#include "service/http/multipart.h"
#include "service/http/problem.h"

namespace jiheng::embedded {
std::span<const File> openapi();
}

namespace jiheng::service {
namespace {

constexpr int max_entries = 1000;

bool is_hash(std::string_view text) {
  if (text.size() != 64) return false;
  for (const char c : text) {
    if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

Result<std::string> attachment_bytes(const Api& api, const Request& request) {
  const std::string_view hash = request.param("hash");
  if (!is_hash(hash) || !api.submissions.may_see_attachment(hash, who_asks(request))) return problem("not-found");
  return api.attachment(hash);
}

/// The original's bytes. Always for saving: what a unit sent must not run in the browser as a page of ours.
Response attachment(const Api& api, const Request& request) {
  auto bytes = attachment_bytes(api, request);
  if (!bytes) return refused(bytes.error(), request);
  std::string name = clean_file_name(request.query_value("name").value_or(""));
  name = name.substr(name.rfind('/') + 1);
  return download_response(std::move(*bytes), name.empty() ? request.param("hash") : std::string_view(name), "application/octet-stream");
}

/// What the reader says went wrong, as it says it.
std::optional<Error> layout_error(const std::string& json) {
  constexpr std::string_view begins = R"({"error":)";
  if (!json.starts_with(begins)) return std::nullopt;
  const auto value = boost::json::parse(json);
  const auto& error = value.at("error");
  return Error{std::string(error.at("code").as_string()), std::string(error.at("message").as_string()), {}};
}

Response layout(const Api& api, const Request& request) {
  const auto bytes = attachment_bytes(api, request);
  if (!bytes) return refused(bytes.error(), request);
  auto json = api.layout(*bytes, clean_file_name(request.query_value("name").value_or("")));
  if (!json) return refused(Error{"reader-gave-up", "这份原件读不下去，请下载后用制作它的程序打开。", {}}, request);
  if (const auto error = layout_error(*json)) return refused(*error, request);
  return json_response(std::move(*json));
}

Response journal(const Api& api, const Request& request) {
  const auto limit = whole_number(request, "limit", 50, 1, max_entries);
  if (!limit) return refused(limit.error(), request);
  const auto before = whole_number(request, "before", 0, 1, std::numeric_limits<int>::max());
  if (!before) return refused(before.error(), request);
  if (wants_file(request)) return list_file(api, request, journal_list(api.journal(most_rows, *before)));
  return cached_answer(api, request, "journal", [&] { return Result<std::string>(journal_json(api.journal(*limit, *before))); });
}

Response health(const Api& api) {
  const std::string engine = api.engine();
  std::string text;
  JsonWriter(text)
      .begin_object()
      .field("status", "ok")
      .field("version", JIHENG_VERSION)
      .field("engine", engine)
      .field("database", "ok")
      .end_object();
  return json_response(std::move(text));
}

/// The cards do not change while the program runs.
Response rules() {
  static const auto text = std::make_shared<const std::string>(rules_json());
  Response response = json_response({});
  response.body = text;
  return response;
}

Response document() {
  Response response = json_response({});
  response.body = openapi_document();
  return response;
}

}  // namespace

std::string_view openapi_document() {
  const auto files = embedded::openapi();
  return files.empty() ? "{}" : files.front().bytes;
}

void add_record_routes(Router& router, const Api& api) {
  using enum access::Permission;
  constexpr auto none = BodyKind::none;
  router.add({"GET", "/api/v1/health", "health", none, Need::open(), [api](Request&) { return health(api); }});
  router.add({"GET", "/api/v1/attachments/{hash}", "downloadAttachment", none, see_submissions,
              [api](Request& request) { return attachment(api, request); }});
  router.add({"GET", "/api/v1/attachments/{hash}/layout", "attachmentLayout", none, see_submissions,
              [api](Request& request) { return layout(api, request); }});
  router.add({"GET", "/api/v1/rules", "listRules", none, Need::known(), [](Request&) { return rules(); }});
  router.add({"GET", "/api/v1/journal", "listJournal", none, see_journal, [api](Request& request) { return journal(api, request); }});
  router.add({"POST", "/api/v1/verify", "verifyJournal", none, verify_journal,
              [api](Request&) { return json_response(verification_json(api.verify())); }});
  router.add({"GET", "/api/v1/openapi.json", "openApiDocument", none, Need::open(), [](Request&) { return document(); }});
}

}  // namespace jiheng::service
