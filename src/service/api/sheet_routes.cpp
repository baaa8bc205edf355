// A list that somebody has as a file (units in Excel, WPS or csv), read as it stands there; what it means the page tells him before he
// takes any of it.
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <chrono>

#include "service/api/api.h"
#include "service/api/turnstile.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

constexpr std::size_t at_once = 2;
constexpr std::size_t a_minute = 30;

std::int64_t seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Response read(const Api& api, Turnstile& turnstile, Request& request) {
  if (request.upload == nullptr || request.upload->files().empty()) return refused(problem("no-files"), request);
  if (request.upload->files().size() > 1) return refused(problem("too-many-files"), request);
  const auto pass = turnstile.enter(request.address, seconds());
  if (!pass) return refused(problem("busy"), request);
  const Upload::File file = request.upload->files().front();
  auto json = api.layout(request.upload->bytes(file), file.name);
  if (!json) return refused(Error{"reader-gave-up", "这个文件读不下去，请另存为xlsx后再试。", {}}, request);
  if (json->starts_with(R"({"error":)")) {
    const auto value = boost::json::parse(*json);
    const auto& error = value.at("error");
    return refused(Error{std::string(error.at("code").as_string()), std::string(error.at("message").as_string()), {}}, request);
  }
  return json_response(std::move(*json));
}

}  // namespace

void add_sheet_routes(Router& router, const Api& api) {
  const auto turnstile = std::make_shared<Turnstile>(at_once, a_minute);
  router.add({"POST", "/api/v1/sheets", "readSheet", BodyKind::files, access::Permission::manage_units,
              [api, turnstile](Request& request) { return read(api, *turnstile, request); }});
}

}  // namespace jiheng::service
