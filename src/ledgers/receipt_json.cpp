#include <boost/json.hpp>

#include "base/json_writer.h"
#include "ledgers/measure.h"

namespace jiheng::ledgers {
namespace {

namespace json = boost::json;

void write_number(JsonWriter& out, const char* name, const std::optional<Decimal>& number) {
  out.key(std::string_view(name));
  number ? out.string(number->text()) : out.null();
}

void write_list(JsonWriter& out, std::string_view name, const std::vector<Used>& records, bool reasons) {
  out.key(name).begin_array();
  for (const Used& each : records) {
    out.begin_object().field("type", each.type).field("id", each.id).key("revision").integer(each.revision);
    if (reasons) out.field("reason", each.reason);
    out.end_object();
  }
  out.end_array();
}

/// Reads members, remembering the first that is not as it should be.
class Members {
 public:
  Members(const json::object& object, std::string& fault) : object_(object), fault_(fault) {}

  std::string text(const char* name) {
    const json::value* value = object_.if_contains(name);
    if (value != nullptr && value->is_string()) return std::string(value->get_string());
    return miss<std::string>(name);
  }
  std::int64_t whole(const char* name) {
    const json::value* value = object_.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : miss<std::int64_t>(name);
  }
  std::optional<Decimal> number(const char* name) {
    const json::value* value = object_.if_contains(name);
    if (value != nullptr && value->is_null()) return std::nullopt;
    const auto parsed = Decimal::parse(text(name));
    return parsed ? parsed : miss<std::optional<Decimal>>(name);
  }
  Date day(const char* name) {
    const auto parsed = Date::parse(text(name));
    return parsed ? *parsed : miss<Date>(name);
  }
  const json::array& list(const char* name) {
    static const json::array none;
    const json::value* value = object_.if_contains(name);
    if (value != nullptr && value->is_array()) return value->get_array();
    miss<int>(name);
    return none;
  }
  const json::object& part(const char* name) {
    static const json::object none;
    const json::value* value = object_.if_contains(name);
    if (value != nullptr && value->is_object()) return value->get_object();
    miss<int>(name);
    return none;
  }

 private:
  template <class T>
  T miss(const char* name) {
    if (fault_.empty()) fault_ = name;
    return {};
  }
  const json::object& object_;
  std::string& fault_;
};

std::vector<Used> read_list(Members& members, const char* name, bool reasons, std::string& fault) {
  std::vector<Used> out;
  for (const json::value& each : members.list(name)) {
    if (!each.is_object()) {
      fault = name;
      break;
    }
    Members record(each.get_object(), fault);
    out.push_back({record.text("type"), record.text("id"), static_cast<int>(record.whole("revision")),
                   reasons ? record.text("reason") : std::string()});
  }
  return out;
}

}  // namespace

std::string receipt_json(const Measure& measure, const Receipt& receipt) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("measure", receipt.measure).field("label", measure.label).field("unit", measure.unit);
  write_number(out, "value", receipt.figure.value);
  write_number(out, "numerator", receipt.figure.numerator);
  write_number(out, "denominator", receipt.figure.denominator);
  out.key("period").begin_object().field("from", receipt.period.from.text()).field("to", receipt.period.to.text()).end_object();
  out.field("project", receipt.project.empty() ? Text() : Text(receipt.project));
  out.key("gaps").begin_array();
  for (const std::string& gap : receipt.figure.gaps) out.string(gap);
  out.end_array()
      .key("receipt")
      .begin_object()
      .field("definition_sha256", receipt.definition_sha256)
      .key("journal")
      .integer(receipt.journal);
  write_list(out, "counted", receipt.counted, false);
  write_list(out, "excluded", receipt.excluded, true);
  write_list(out, "consulted", receipt.consulted, false);
  out.field("sha256", receipt.sha256).end_object().end_object();
  return text;
}

Result<Receipt> receipt_from_json(std::string_view text) {
  const auto bad = [](const std::string& what) {
    return Error{"bad-receipt", "这不是一份完整的收据（" + what + "）。请用 jiheng measure … --json 输出的文件。", {what}};
  };
  boost::system::error_code failed;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), failed);
  if (failed || !value.is_object()) return bad("不是 JSON");
  std::string fault;
  Members whole(value.get_object(), fault);
  Receipt receipt;
  receipt.measure = whole.text("measure");
  Members period(whole.part("period"), fault);
  receipt.period = {period.day("from"), period.day("to")};
  if (const json::value* project = value.get_object().if_contains("project"); project != nullptr && project->is_string())
    receipt.project = std::string(project->get_string());
  receipt.figure.value = whole.number("value");
  receipt.figure.numerator = whole.number("numerator");
  receipt.figure.denominator = whole.number("denominator");
  for (const json::value& gap : whole.list("gaps")) {
    if (gap.is_string()) receipt.figure.gaps.emplace_back(gap.get_string());
  }
  Members own(whole.part("receipt"), fault);
  receipt.definition_sha256 = own.text("definition_sha256");
  receipt.journal = own.whole("journal");
  receipt.sha256 = own.text("sha256");
  receipt.counted = read_list(own, "counted", false, fault);
  receipt.excluded = read_list(own, "excluded", true, fault);
  receipt.consulted = read_list(own, "consulted", false, fault);
  if (!fault.empty()) return bad(fault);
  return receipt;
}

}  // namespace jiheng::ledgers
