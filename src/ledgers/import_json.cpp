#include "base/json_writer.h"
#include "ledgers/import.h"

namespace jiheng::ledgers {

std::string imported_json(const Imported& imported) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("stored").boolean(imported.stored).key("added").integer(imported.added).key("changed").integer(imported.changed);
  out.key("same").integer(imported.same).key("skipped").integer(imported.skipped).key("bad").begin_array();
  for (const BadRow& bad : imported.bad) {
    out.begin_object()
        .key("row")
        .integer(bad.row)
        .field("field", bad.field)
        .field("label", bad.label)
        .field("reason", bad.reason)
        .end_object();
  }
  out.end_array();
  const auto texts = [&](std::string_view name, const std::vector<std::string>& list) {
    out.key(name).begin_array();
    for (const std::string& each : list) out.string(each);
    out.end_array();
  };
  texts("notes", imported.notes);
  texts("created", imported.created);
  texts("missing", imported.missing);
  out.key("columns").begin_array();
  for (const auto& [heading, field] : imported.columns)
    out.begin_object().field("heading", heading).field("field", field.empty() ? Text() : Text(field)).end_object();
  out.end_array().end_object();
  return text;
}

}  // namespace jiheng::ledgers
