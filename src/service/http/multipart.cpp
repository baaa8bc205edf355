#include "service/http/multipart.h"

#include <optional>
#include <vector>

#include "base/text.h"
#include "service/http/message.h"
#include "service/http/problem.h"
#include "service/http/url.h"

namespace jiheng::service {
namespace {

constexpr std::size_t max_name_characters = 240;

Error syntax(std::string place) {
  return problem("multipart-syntax").in(std::move(place));
}

struct Parameter {
  std::string_view name;
  std::string value;
};

/// A quoted value. Browsers escape only the quote, as %22 (WHATWG) or \" (curl); a backslash before anything else is a folder separator of
/// Windows.
std::string quoted_value(std::string_view& rest) {
  std::string value;
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != '"') {
    if (rest.front() == '\\' && rest.size() > 1 && (rest[1] == '"' || rest[1] == '\\')) rest.remove_prefix(1);
    value.push_back(rest.front());
    rest.remove_prefix(1);
  }
  if (!rest.empty()) rest.remove_prefix(1);
  return replace_all(std::move(value), "%22", "\"");
}

/// "form-data; name=x; filename=y" → the parameters after the first semicolon.
std::vector<Parameter> parameters(std::string_view text) {
  std::vector<Parameter> found;
  std::size_t semicolon = text.find(';');
  while (semicolon != std::string_view::npos) {
    text = trim(text.substr(semicolon + 1));
    const std::size_t equals = text.find_first_of("=;");
    if (equals == std::string_view::npos || text[equals] == ';') {
      semicolon = equals;
      continue;
    }
    Parameter parameter{trim(text.substr(0, equals)), {}};
    text = trim(text.substr(equals + 1));
    if (!text.empty() && text.front() == '"') {
      parameter.value = quoted_value(text);
    } else {
      parameter.value = trim(text.substr(0, text.find(';')));
    }
    found.push_back(std::move(parameter));
    semicolon = text.find(';');
  }
  return found;
}

/// RFC 8187: UTF-8''%E6%96%87.docx
std::optional<std::string> extended_value(std::string_view value) {
  const std::size_t first = value.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : value.find('\'', first + 1);
  if (second == std::string_view::npos || !equals_ignoring_case(value.substr(0, first), "utf-8")) return std::nullopt;
  return percent_decode(value.substr(second + 1));
}

std::optional<PartHead> part_head(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = lines.find("\r\n");
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !equals_ignoring_case(trim(line.substr(0, colon)), "content-disposition")) continue;
    PartHead head;
    std::optional<std::string> extended;
    for (Parameter& parameter : parameters(line.substr(colon + 1))) {
      if (equals_ignoring_case(parameter.name, "name"))
        head.name = std::move(parameter.value);
      else if (equals_ignoring_case(parameter.name, "filename*"))
        extended = extended_value(parameter.value);
      else if (equals_ignoring_case(parameter.name, "filename")) {
        head.is_file = true;
        head.file_name = std::move(parameter.value);
      }
    }
    if (extended) head.file_name = std::move(*extended);
    head.is_file = head.is_file || extended;
    head.file_name = clean_file_name(head.file_name);
    return head;
  }
  return std::nullopt;
}

/// Drops all but the last `count` characters.
std::string last_characters(std::string text, std::size_t count) {
  std::size_t length = length_utf8(text);
  std::size_t at = 0;
  while (length > count) {
    next_code_point(text, at);
    --length;
  }
  return text.substr(at);
}

}  // namespace

std::string multipart_boundary(std::string_view content_type) {
  if (!equals_ignoring_case(trim(content_type.substr(0, content_type.find(';'))), "multipart/form-data")) return {};
  for (const Parameter& parameter : parameters(content_type)) {
    if (!equals_ignoring_case(parameter.name, "boundary")) continue;
    if (parameter.value.empty() || parameter.value.size() > 70) return {};
    for (const char c : parameter.value) {
      if (c < 0x20 || c > 0x7e) return {};
    }
    return parameter.value;
  }
  return {};
}

std::string clean_file_name(std::string_view name) {
  std::string text;
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = next_code_point(name, at);
    if (c >= 0x20 && c != 0x7f) append_utf8(text, c == U'\\' ? U'/' : c);
  }
  std::string clean;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = trim(rest.substr(0, slash));
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    const bool drive = segment.size() == 2 && segment[1] == ':';
    if (segment.empty() || segment == "." || segment == ".." || drive) continue;
    if (!clean.empty()) clean.push_back('/');
    clean += segment;
  }
  return last_characters(std::move(clean), max_name_characters);
}

MultipartParser::MultipartParser(std::string_view boundary, PartSink& sink) : delimiter_("\r\n--" + std::string(boundary)), sink_(sink) {}

Result<Done> MultipartParser::feed(std::string_view bytes) {
  if (state_ == State::epilogue) return Done{};
  held_ += bytes;
  waiting_ = false;
  while (!waiting_) {
    if (auto step = run(); !step) return step;
  }
  return Done{};
}

Result<Done> MultipartParser::finish() {
  if (state_ != State::epilogue) return syntax("end");
  return Done{};
}

Result<Done> MultipartParser::run() {
  switch (state_) {
    case State::preamble:
    case State::content:
      return take_content();
    case State::boundary_line:
      return take_boundary_line();
    case State::head:
      return take_head();
    case State::epilogue:
      held_.clear();
      waiting_ = true;
  }
  return Done{};
}

Result<Done> MultipartParser::take_content() {
  const bool is_part = state_ == State::content;
  const std::size_t found = held_.find(delimiter_);
  // Without a delimiter all is content but an end that could begin one.
  std::size_t certain = found;
  if (found == std::string::npos) {
    certain = held_.size() < delimiter_.size() ? 0 : held_.size() - (delimiter_.size() - 1);
    waiting_ = true;
  }
  if (is_part && certain > 0) {
    if (auto taken = sink_.part_bytes(std::string_view(held_).substr(0, certain)); !taken) return taken;
  }
  held_.erase(0, found == std::string::npos ? certain : found + delimiter_.size());
  if (found == std::string::npos) return Done{};
  state_ = State::boundary_line;
  return is_part ? sink_.part_ends() : Result<Done>(Done{});
}

Result<Done> MultipartParser::take_boundary_line() {
  if (held_.size() < 2) {
    waiting_ = true;
    return Done{};
  }
  if (held_.starts_with("--")) {
    state_ = State::epilogue;
    return Done{};
  }
  const std::size_t end = held_.find("\r\n");
  if (end == std::string::npos) {
    waiting_ = true;
    if (held_.size() > 256) return syntax("boundary");
    return Done{};
  }
  if (held_.find_first_not_of(" \t") != end) return syntax("boundary");
  // The line end stays: a head without any line is then one that ends at once.
  held_.erase(0, end);
  state_ = State::head;
  return Done{};
}

Result<Done> MultipartParser::take_head() {
  const std::size_t end = held_.find("\r\n\r\n");
  if (end == std::string::npos || end > max_head_bytes) {
    waiting_ = true;
    if (held_.size() > max_head_bytes) return syntax("head");
    return Done{};
  }
  auto head = part_head(std::string_view(held_).substr(0, end));
  if (!head) return syntax("content-disposition");
  if (++parts_ > max_parts) return problem("too-many-files");
  held_.erase(0, end + 4);
  state_ = State::content;
  return sink_.part_begins(*head);
}

}  // namespace jiheng::service
