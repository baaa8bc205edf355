#include "ledgers/journal_rows.h"

#include <boost/json.hpp>

#include "registry/canonical_json.h"

namespace jiheng::ledgers {
namespace {

namespace json = boost::json;

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

Result<ChangeBody> read_change(registry::Registry& registry, std::string_view body, const std::function<void(std::string_view)>& take) {
  const Error bad{"bad-line", "日志里台账的一次变更读不懂。", {}};
  boost::system::error_code failed;
  const json::value value = json::parse(json::string_view(body.data(), body.size()), failed);
  if (failed || !value.is_object()) return bad;
  const json::object& object = value.get_object();
  ChangeBody out{text_at(object, "type"), text_at(object, "root"), 0};
  const json::value* count = object.if_contains("count");
  if (count == nullptr || !count->is_int64()) return bad;
  out.count = count->get_int64();
  if (const json::value* rows = object.if_contains("rows"); rows != nullptr && rows->is_array()) {
    for (const json::value& row : rows->get_array()) {
      const auto line = registry::canonical_json(json::serialize(row));
      if (!line) return bad;
      take(*line);
    }
    return out;
  }
  const json::value* pages = object.if_contains("pages");
  if (pages == nullptr || !pages->is_array()) return bad;
  for (const json::value& page : pages->get_array()) {
    if (!page.is_string()) return bad;
    const auto bytes = registry.attachment({page.get_string().data(), page.get_string().size()});
    if (!bytes) return bytes.error();
    for (std::string_view rest = *bytes; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      take(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
  return out;
}

void each_change(store::Connection& connection, const std::string& tenant, std::string_view kind,
                 const std::function<void(std::int64_t, const std::string&)>& take) {
  // First which there are, in the journal's order (their ids are made before its head is held; the journal's index by kind has both, and
  // the + keeps SQLite from walking the whole journal in its order instead), then each by its key.
  std::vector<std::pair<std::int64_t, std::string>> changes;
  connection.query("SELECT seq, record_id FROM journal WHERE tenant_id = ? AND kind = ? ORDER BY +seq", {tenant, kind},
                   [&](const store::Row& row) { changes.emplace_back(row.integer(0), row.string(1)); });
  for (const auto& [seq, id] : changes) {
    std::string body;
    connection.query("SELECT body FROM records WHERE tenant_id = ? AND kind = ? AND id = ? AND revision = 1", {tenant, kind, id},
                     [&](const store::Row& row) { body = row.string(0); });
    take(seq, body);
  }
}

}  // namespace jiheng::ledgers
