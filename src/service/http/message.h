// A request and its answer as handlers see them: plain values, nothing of sockets.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "service/http/event_log.h"
#include "service/http/spool.h"
#include "service/http/url.h"

namespace jiheng::service {

/// Who asks, as the program's gate found out (api/gate.h).
struct Caller;

struct Request {
  std::string method;             ///< HEAD comes as GET: the answer's body is left out on the way
  std::string target;             ///< as sent
  std::vector<std::string> path;  ///< decoded segments
  Pairs query;
  Pairs headers;
  Pairs params;  ///< what the {names} of the route's pattern stand for
  std::string body;
  std::unique_ptr<Upload> upload;  ///< of a route that takes files
  bool english = false;            ///< ?lang=en, or asks_for_english()
  std::string address;             ///< the client's
  std::shared_ptr<const Caller> caller;

  /// The first header of that name (any case); empty where there is none.
  std::string_view header(std::string_view name) const;
  /// Empty where the pattern has no such name.
  std::string_view param(std::string_view name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
};

/// Bytes that the answer owns, shares with a cache, or borrows from the program itself (embedded pages).
using Bytes = std::variant<std::string, std::shared_ptr<const std::string>, std::string_view>;
std::string_view view(const Bytes& bytes);

struct Response {
  int status = 200;
  std::string content_type;
  Pairs headers;
  Bytes body;
  /// Set: the answer is a stream of server-sent events, from entry `events_from` on.
  std::shared_ptr<EventLog> events;
  std::size_t events_from = 0;
};

Response json_response(std::string body, int status = 200);
/// problem+json (RFC 9457) with code and context; status and English sentence from the table of problems.
Response problem_response(const Error& error, bool english);
/// The same in the request's language.
Response refused(const Error& error, const Request& request);
/// 204.
Response nothing_response();
/// A file for saving. The name may be in any script.
Response download_response(std::string bytes, std::string_view file_name, std::string_view content_type);
/// By the weights of Accept-Language. A browser sends the language of its own menus whatever the page's is, so from a browser only a
/// plain "en" counts, which our pages set themselves.
bool asks_for_english(const Request& request);
bool equals_ignoring_case(std::string_view a, std::string_view b);
std::string_view status_text(int status);

}  // namespace jiheng::service
