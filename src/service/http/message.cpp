#include "service/http/message.h"

#include <charconv>

#include "base/json_writer.h"
#include "base/text.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

std::string_view find(const Pairs& pairs, std::string_view name) {
  for (const auto& [key, value] : pairs) {
    if (key == name) return value;
  }
  return {};
}

/// "en;q=0.8" → 800; 1000 where no weight is given.
int weight_of(std::string_view language) {
  const std::size_t at = language.find("q=");
  if (at == std::string_view::npos) return 1000;
  const std::string_view digits = trim(language.substr(at + 2));
  int weight = 0;
  int place = 1000;
  for (const char c : digits) {
    if (c == '.') continue;
    if (c < '0' || c > '9' || place == 0) break;
    weight += (c - '0') * place;
    place /= 10;
  }
  return weight;
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::string_view Request::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_case(key, name)) return value;
  }
  return {};
}

std::string_view Request::param(std::string_view name) const {
  return find(params, name);
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string_view view(const Bytes& bytes) {
  if (const auto* own = std::get_if<std::string>(&bytes)) return *own;
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&bytes)) return *shared ? std::string_view(**shared) : "";
  return std::get<std::string_view>(bytes);
}

Response json_response(std::string body, int status) {
  Response response;
  response.status = status;
  response.content_type = "application/json; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

Response problem_response(const Error& error, bool english) {
  const ProblemKind& kind = problem_kind(error.code);
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  json.field("type", "urn:jiheng:problem:" + error.code);
  json.field("title", std::string(english ? kind.title_en : kind.title));
  json.key("status").integer(kind.status);
  json.field("code", error.code);
  json.field("detail", english ? std::string(kind.detail_en) : error.message);
  json.key("context").begin_array();
  for (const std::string& place : error.context) json.string(place);
  json.end_array();
  // The latest revision, who made it and when: what a page needs to tell its user whose work stands in the way.
  if (error.code == "stale-revision" && error.context.size() >= 3) {
    int revision = 0;
    const std::string& text = error.context[0];
    std::from_chars(text.data(), text.data() + text.size(), revision);
    json.key("revision").integer(revision).field("by", error.context[1]).field("at", error.context[2]);
  }
  json.end_object();
  Response response = json_response(std::move(body), kind.status);
  response.content_type = "application/problem+json; charset=utf-8";
  response.headers.emplace_back("Content-Language", english ? "en" : "zh-CN");
  if (kind.status == 503) response.headers.emplace_back("Retry-After", "2");
  return response;
}

Response refused(const Error& error, const Request& request) {
  return problem_response(error, request.english);
}

Response nothing_response() {
  Response response;
  response.status = 204;
  return response;
}

Response download_response(std::string bytes, std::string_view file_name, std::string_view content_type) {
  Response response;
  response.content_type = content_type;
  response.headers = {{"Content-Disposition", "attachment; filename*=UTF-8''" + percent_encode(file_name)}, {"Cache-Control", "no-store"}};
  response.body = std::move(bytes);
  return response;
}

bool asks_for_english(const Request& request) {
  std::string_view accept_language = request.header("Accept-Language");
  if (!request.header("Sec-Fetch-Site").empty()) return accept_language == "en";
  int english = 0;
  int chinese = 0;
  while (!accept_language.empty()) {
    const std::size_t comma = accept_language.find(',');
    const std::string_view item = trim(accept_language.substr(0, comma));
    accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
    if (item.size() < 2) continue;
    const std::string_view tag = item.substr(0, 2);
    const bool whole_tag = item.size() == 2 || item[2] == '-' || item[2] == ';' || item[2] == ' ';
    if (!whole_tag) continue;
    if (equals_ignoring_case(tag, "en")) english = std::max(english, weight_of(item));
    if (equals_ignoring_case(tag, "zh")) chinese = std::max(chinese, weight_of(item));
  }
  return english > chinese;
}

std::string_view status_text(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 431:
      return "Request Header Fields Too Large";
    case 503:
      return "Service Unavailable";
    case 507:
      return "Insufficient Storage";
    default:
      return "Internal Server Error";
  }
}

}  // namespace jiheng::service
