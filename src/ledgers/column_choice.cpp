#include "ledgers/column_choice.h"

#include <boost/json.hpp>

#include "base/hash.h"
#include "base/json_writer.h"
#include "ledgers/declaration.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

namespace json = boost::json;

constexpr std::string_view kind = "ledger-columns";
constexpr std::size_t most_columns = 200;

std::string id_of(const RecordType& type, const std::vector<std::string>& header) {
  std::string joined = type.name;
  for (const std::string& each : header) joined += "\n" + each;
  return sha256_hex(joined).substr(0, 32);
}

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

void read_fields(const json::object& object, ColumnChoice& choice) {
  for (const auto& [heading, field] : object) {
    if (field.is_string()) choice.fields[std::string(heading)] = std::string(field.get_string());
  }
}

}  // namespace

Result<ColumnChoice> column_choice_of(const RecordType& type, std::string_view text) {
  const Error bad{"bad-columns", "栏目的对应关系看不懂。", {}};
  boost::system::error_code failed;
  const json::value value = json::parse({text.data(), text.size()}, failed);
  if (failed || !value.is_object() || value.get_object().size() > most_columns) return bad;
  ColumnChoice choice;
  read_fields(value.get_object(), choice);
  if (choice.fields.size() != value.get_object().size()) return bad;
  for (const auto& [heading, name] : choice.fields) {
    const Field* field = name.empty() ? nullptr : type.field(name);
    if (!name.empty() && (field == nullptr || !is_stored(*field)))
      return Error{"bad-columns", "“" + type.label + "”没有栏目“" + name + "”。", {heading}};
  }
  return choice;
}

std::vector<ColumnChoice> known_columns(registry::Registry& registry, const RecordType& type) {
  std::vector<ColumnChoice> out;
  auto reading = registry.store().read();
  registry.each_latest(*reading, kind, [&](const registry::Record& record) {
    boost::system::error_code failed;
    const json::value body = json::parse(record.body, failed);
    if (failed || !body.is_object() || text_at(body.get_object(), "type") != type.name) return;
    ColumnChoice choice;
    if (const json::value* header = body.get_object().if_contains("header"); header != nullptr && header->is_array()) {
      for (const json::value& each : header->get_array()) {
        if (each.is_string()) choice.header.emplace_back(each.get_string());
      }
    }
    if (const json::value* fields = body.get_object().if_contains("fields"); fields != nullptr && fields->is_object())
      read_fields(fields->get_object(), choice);
    if (!choice.header.empty()) out.push_back(std::move(choice));
  });
  return out;
}

std::optional<Error> remember_columns(registry::Change& change, const RecordType& type, const ColumnChoice& choice) {
  std::string body;
  JsonWriter out(body);
  out.begin_object().field("type", type.name).key("header").begin_array();
  for (const std::string& each : choice.header) out.string(each);
  out.end_array().key("fields").begin_object();
  for (const auto& [heading, field] : choice.fields) out.field(std::string_view(heading), field);
  out.end_object().end_object();
  const std::string id = id_of(type, choice.header);
  const auto before = change.latest(kind, id);
  const auto stored =
      change.put({std::string(kind), id, before ? before->revision : 0, "done", before ? "edit" : "add", std::move(body), {}});
  return stored ? std::nullopt : std::optional(stored.error());
}

}  // namespace jiheng::ledgers
