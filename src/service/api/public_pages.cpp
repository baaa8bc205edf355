#include "service/api/public_pages.h"

#include <spdlog/spdlog.h>

#include "service/api/bodies.h"
#include "service/http/problem.h"
#include "store/failure.h"

namespace jiheng::service {
namespace {

struct MediaType {
  std::string_view ending;
  std::string_view type;
};

constexpr MediaType media_types[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".pdf", "application/pdf"},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

std::string_view media_type(std::string_view path) {
  for (const MediaType& known : media_types) {
    if (path.ends_with(known.ending)) return known.type;
  }
  return "application/octet-stream";
}

Response moved_to(std::string_view where) {
  Response response;
  response.status = 308;
  response.headers.emplace_back("Location", std::string(where));
  return response;
}

}  // namespace

bool is_public_page(const Request& request) {
  return !request.path.empty() && request.path.front() == "public";
}

Response public_page(desks::PublicSite& site, const Request& request) {
  // The links of the index are relative to its folder.
  const std::string_view target = std::string_view(request.target).substr(0, request.target.find('?'));
  if (request.path.size() == 1 && !target.ends_with('/')) return moved_to("/public/");
  if (request.path.size() == 2 && request.path[1] == "compare") return moved_to("/public/compare.html");
  std::string path;
  for (std::size_t i = 1; i < request.path.size(); ++i) path += (i > 1 ? "/" : "") + request.path[i];
  try {
    const auto file = site.find(path.empty() ? "index.html" : path);
    if (!file) return problem_response(problem("not-found"), request.english);
    Response response;
    response.headers = {{"Cache-Control", "no-cache"}, {"ETag", file->etag}};
    if (names_etag(request.header("If-None-Match"), file->etag)) {
      response.status = 304;
      return response;
    }
    response.content_type = media_type(path.empty() ? "index.html" : path);
    response.body = file->bytes;
    return response;
  } catch (const store::Failure& broken) {
    spdlog::error("{} {}: {} {}: {}", request.method, request.target, broken.code(), broken.what(), broken.detail());
    return problem_response({broken.code(), broken.what(), {}}, request.english);
  }
}

}  // namespace jiheng::service
