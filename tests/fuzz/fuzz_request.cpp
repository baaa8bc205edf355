#include <string>

#include "check.h"
#include "reading/encoding.h"
#include "service/http/message.h"
#include "service/http/multipart.h"
#include "service/http/same_site.h"
#include "service/http/url.h"

namespace {

using namespace jiheng;

bool is_utf8(std::string_view text) {
  return reading::first_invalid_utf8(text) == std::string_view::npos;
}

/// Writes down what the parser tells of.
class Listener : public service::PartSink {
 public:
  Result<Done> part_begins(const service::PartHead& head) override {
    fuzz::require(is_utf8(head.file_name) && !head.file_name.starts_with('/'), "an unsafe file name");
    heard += "(" + head.name + "|" + head.file_name + "|";
    return Done{};
  }
  Result<Done> part_bytes(std::string_view bytes) override {
    heard += bytes;
    return Done{};
  }
  Result<Done> part_ends() override {
    heard += ")";
    return Done{};
  }
  std::string heard;
};

struct Outcome {
  std::string heard;
  std::string error;
};

Outcome parse(std::string_view boundary, std::string_view body, std::size_t piece) {
  Listener listener;
  service::MultipartParser parser(boundary, listener);
  for (std::size_t at = 0; at < body.size(); at += piece) {
    if (auto fed = parser.feed(body.substr(at, piece)); !fed) return {std::move(listener.heard), fed.error().code};
  }
  const auto finished = parser.finish();
  return {std::move(listener.heard), finished ? "" : finished.error().code};
}

std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  return line;
}

}  // namespace

// Lines: target, Content-Type, Host, Origin, Accept-Language; behind them a multipart body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto bytes = fuzz::view(data, size);
  if (const auto target = service::parse_target(take_line(bytes))) {
    for (const std::string& segment : target->segments) {
      fuzz::require(is_utf8(segment) && segment != "..", "an unsafe path");
      fuzz::require(service::percent_decode(service::percent_encode(segment)) == segment, "an escape that does not come back");
    }
    for (const auto& [name, value] : target->query) fuzz::require(is_utf8(name) && is_utf8(value), "a query that is not UTF-8");
  }
  std::string boundary = service::multipart_boundary(take_line(bytes));
  service::Request request;
  request.method = "POST";
  for (const char* name : {"Host", "Origin", "Accept-Language"}) request.headers.emplace_back(name, take_line(bytes));
  if (const auto refused = service::refuse_other_sites(request)) fuzz::check(*refused);
  service::asks_for_english(request);
  if (boundary.empty()) boundary = "b";
  const Outcome whole = parse(boundary, bytes, bytes.size() + 1);
  for (const std::size_t piece : {1U, 7U}) {
    const Outcome split = parse(boundary, bytes, piece);
    fuzz::require(split.error == whole.error, "an upload that depends on how it was cut");
    fuzz::require(!whole.error.empty() || split.heard == whole.heard, "an upload that depends on how it was cut");
  }
  return 0;
}
