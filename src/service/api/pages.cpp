#include "service/api/pages.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "service/api/bodies.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr std::string_view not_built =
    "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>绩衡</title>"
    "<h1>绩衡正在运行</h1><p>这个程序编译时没有带上网页。请先运行 tools/build_web，再重新编译；接口仍可使用，见 "
    "<a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>。</p></html>";

struct MediaType {
  std::string_view ending;
  std::string_view type;
};

constexpr MediaType media_types[] = {{".html", "text/html; charset=utf-8"},
                                     {".js", "text/javascript; charset=utf-8"},
                                     {".css", "text/css; charset=utf-8"},
                                     {".json", "application/json; charset=utf-8"},
                                     {".svg", "image/svg+xml; charset=utf-8"},
                                     {".png", "image/png"},
                                     {".ico", "image/x-icon"},
                                     {".woff2", "font/woff2"},
                                     {".woff", "font/woff"},
                                     {".txt", "text/plain; charset=utf-8"},
                                     {".webmanifest", "application/manifest+json"}};

std::string_view media_type(std::string_view name) {
  for (const MediaType& known : media_types) {
    if (name.ends_with(known.ending)) return known.type;
  }
  return "application/octet-stream";
}

/// The builder puts a hash of the bytes in the names under assets/: such a name never changes its meaning.
bool is_hashed(std::string_view name) {
  return name.starts_with("assets/");
}

}  // namespace

Pages::Pages(std::span<const embedded::File> files) {
  for (const embedded::File& file : files) {
    if (!file.name.ends_with(".gz"))
      pages_.emplace_back(file.name, Page{file.bytes, {}, "\"" + sha256_hex(file.bytes).substr(0, 16) + "\""});
  }
  std::ranges::sort(pages_, {}, [](const auto& page) -> const std::string& { return page.first; });
  for (const embedded::File& file : files) {
    if (!file.name.ends_with(".gz")) continue;
    const std::string name(file.name.substr(0, file.name.size() - 3));
    for (auto& [known, page] : pages_) {
      if (known == name) page.compressed = file.bytes;
    }
  }
}

Response Pages::answer(const Request& request) const {
  std::string name;
  for (const std::string& segment : request.path) name += (name.empty() ? "" : "/") + segment;
  const bool is_route = request.path.empty() || request.path.back().find('.') == std::string::npos;
  const auto find = [this](const std::string& wanted) {
    const auto found = std::ranges::lower_bound(pages_, wanted, {}, [](const auto& each) -> const std::string& { return each.first; });
    return found != pages_.end() && found->first == wanted ? &found->second : nullptr;
  };
  if (const Page* found = find(name)) return page(name, *found, request);
  if (!is_route) return problem_response(problem("not-found"), request.english);
  if (const Page* index = find("index.html")) return page("index.html", *index, request);
  Response response;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = not_built;
  return response;
}

Response Pages::page(const std::string& name, const Page& page, const Request& request) const {
  Response response;
  const bool compressed = !page.compressed.empty() && contains(request.header("Accept-Encoding"), "gzip");
  response.headers = {{"Cache-Control", is_hashed(name) ? "public, max-age=31536000, immutable" : "no-cache"},
                      {"ETag", page.etag},
                      {"Vary", "Accept-Encoding"}};
  if (names_etag(request.header("If-None-Match"), page.etag)) {
    response.status = 304;
    return response;
  }
  response.content_type = media_type(name);
  if (compressed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = compressed ? page.compressed : page.bytes;
  return response;
}

}  // namespace jiheng::service
