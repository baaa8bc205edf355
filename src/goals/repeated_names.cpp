#include "goals/repeated_names.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/shown_text.h"

namespace jiheng {
namespace {

namespace json = boost::json;

/// Keeps the names of the objects that are open; everything else passes.
struct Names {
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  std::vector<std::set<std::string>> open;
  std::string part;
  std::string repeated;

  bool on_object_begin(json::error_code&) {
    open.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) {
    open.pop_back();
    return true;
  }
  bool on_key_part(json::string_view text, std::size_t, json::error_code&) {
    part.append(text.data(), text.size());
    return true;
  }
  bool on_key(json::string_view text, std::size_t, json::error_code& failed) {
    part.append(text.data(), text.size());
    if (!open.back().insert(part).second) {
      repeated = part;
      failed = json::error::exception;
      return false;
    }
    part.clear();
    return true;
  }
  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t, json::error_code&) { return true; }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

std::string reason_of(const json::error_code& failed) {
  if (failed == json::error::too_deep) return "嵌套太深";
  if (failed == json::error::incomplete) return "没有写完，后面缺括号或引号";
  if (failed == json::error::extra_data) return "结束之后还有多余的内容";
  return "这里写法有误（" + failed.message() + "）";
}

}  // namespace

Result<Done> refuse_repeated_names(std::string_view text) {
  json::parse_options options;
  options.max_depth = deepest_json;
  json::basic_parser<Names> parser(options);
  json::error_code failed;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), failed);
  if (!failed && used < text.size()) failed = json::error::extra_data;
  if (!failed && !parser.done()) failed = json::error::incomplete;
  if (!failed) return Done{};
  const auto line =
      std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(used, text.size())), '\n'));
  if (!parser.handler().repeated.empty() || failed == json::error::exception)
    return Error{
        "json-repeated-name",
        "JSON 第" + line + "行：“" + shown_text(parser.handler().repeated) + "”在同一个对象里写了两次，不知道该用哪个；请删去一个。",
        {}};
  return Error{"json-syntax", "不是合格的 JSON：第" + line + "行，" + reason_of(failed) + "。请核对后重试。", {}};
}

}  // namespace jiheng
