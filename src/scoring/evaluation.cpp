#include "scoring/evaluation.h"

#include <boost/json.hpp>

#include "base/shown_text.h"
#include "goals/repeated_names.h"

namespace jiheng::scoring {
namespace {

namespace json = boost::json;

// A bureau's whole year is a few megabytes.
constexpr std::size_t most_bytes = std::size_t{64} << 20;

/// Reads the members of one object; the first thing of the wrong shape is remembered with its place.
class Members {
 public:
  Members(const json::value& value, std::string place, std::optional<Error>& error) : place_(std::move(place)), error_(error) {
    object_ = value.if_object();
    if (object_ == nullptr) fail("应是一个对象（{…}）");
  }

  /// An absent member, null and "" are the same: nothing is there.
  Text text(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (const json::string* text = value->if_string()) return text->empty() ? Text() : Text(std::string(*text));
    if (value->is_number())
      fail("“" + std::string(name) + "”写成了 JSON 数字，会丢精度；请写成带引号的文字，如 \"1813.77\"");
    else
      fail("“" + std::string(name) + "”应是带引号的文字或 null");
    return std::nullopt;
  }

  bool flag(std::string_view name) {
    const json::value* value = find(name);
    if (value == nullptr || value->is_null()) return false;
    if (value->is_bool()) return value->get_bool();
    fail("“" + std::string(name) + "”应是 true 或 false");
    return false;
  }

  const json::value* find(std::string_view name) const { return object_ == nullptr || error_ ? nullptr : object_->if_contains(name); }

  void fail(std::string what) {
    if (!error_) error_ = Error{"json-shape", place_ + "：" + std::move(what) + "。", {}};
  }

 private:
  const json::object* object_ = nullptr;
  std::string place_;
  std::optional<Error>& error_;
};

std::optional<policy::Direction> direction_of(Members& members) {
  const Text code = members.text("direction");
  if (!code) return std::nullopt;
  if (*code == "forward") return policy::Direction::forward;
  if (*code == "reverse") return policy::Direction::reverse;
  if (*code == "exact") return policy::Direction::exact;
  members.fail("“direction”是“" + shown_text(*code) + "”，应是 forward（越多越好）、reverse（越少越好）或 exact（正好）");
  return std::nullopt;
}

EvaluatedIndicator indicator_of(const json::value& value, std::string place, std::optional<Error>& error) {
  Members members(value, std::move(place), error);
  EvaluatedIndicator indicator;
  indicator.level1 = members.text("level1").value_or("");
  indicator.name = members.text("level3").value_or("");
  if (const Text code = members.text("comparator")) {
    const auto comparator = comparator_from_code(*code);
    if (comparator) indicator.comparator = *comparator;
    if (!comparator) members.fail("“comparator”是“" + shown_text(*code) + "”，应是 >=、<=、>、<、= 或 qualitative（定性）");
  }
  indicator.value = members.text("value");
  indicator.upper = members.text("upper");
  indicator.weight = members.text("weight");
  indicator.actual = members.text("actual");
  indicator.judged_percent = members.text("judged_percent");
  indicator.not_applicable = members.flag("not_applicable");
  indicator.direction = direction_of(members);
  return indicator;
}

EvaluatedTable table_of(const json::value& value, std::size_t number, std::optional<Error>& error) {
  const std::string place = "第" + std::to_string(number) + "张表";
  Members members(value, place, error);
  EvaluatedTable table;
  for (const char* name : {"project_name", "unit_name", "title"}) {
    const json::value* text = members.find(name);
    if (table.name.empty() && text != nullptr && text->is_string()) table.name = std::string(text->get_string());
  }
  if (const json::value* execution = members.find("execution"); execution != nullptr && !execution->is_null()) {
    Members money(*execution, place + "的“execution”", error);
    table.budget = money.text("budget");
    table.executed = money.text("executed");
  }
  const json::value* indicators = members.find("indicators");
  const json::array* list = indicators == nullptr ? nullptr : indicators->if_array();
  if (list == nullptr) {
    members.fail("没有“indicators”数组，不知道有哪些指标");
    return table;
  }
  table.indicators.reserve(list->size());
  for (const json::value& each : *list) {
    if (error) break;
    table.indicators.push_back(indicator_of(each, place + "第" + std::to_string(table.indicators.size() + 1) + "个指标", error));
  }
  return table;
}

}  // namespace

EvaluatedIndicator evaluated(const Indicator& row) {
  EvaluatedIndicator out;
  out.level1 = row.level1;
  out.name = row.level3;
  out.comparator = row.comparator;
  out.value = row.value;
  out.upper = row.upper;
  out.actual = row.actual;
  return out;
}

Result<std::vector<EvaluatedTable>> tables_from_json(std::string_view text) {
  // Windows' editors put a byte order mark in front.
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (text.size() > most_bytes) return Error{"too-large", "文件超过 64 MB，请分成几个文件。", {}};
  if (const auto sound = refuse_repeated_names(text); !sound) return sound.error();
  json::error_code failed;
  json::monotonic_resource memory;
  json::parse_options options;
  options.max_depth = deepest_json;
  const json::value value = json::parse({text.data(), text.size()}, failed, &memory, options);
  if (failed) return Error{"json-syntax", "不是合格的 JSON：" + failed.message() + "。", {}};
  std::optional<Error> error;
  std::vector<EvaluatedTable> tables;
  if (const json::array* list = value.if_array()) {
    tables.reserve(list->size());
    for (const json::value& each : *list) {
      if (!error) tables.push_back(table_of(each, tables.size() + 1, error));
    }
  } else {
    tables.push_back(table_of(value, 1, error));
  }
  if (error) return std::move(*error);
  return tables;
}

}  // namespace jiheng::scoring
