#include "ledgers/rows.h"

#include <algorithm>
#include <boost/json.hpp>
#include <numeric>

#include "reading/encoding.h"

namespace jiheng::ledgers {
namespace {

/// As RFC 8785 escapes; what needs no escape goes as it is.
void append_quoted(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out.push_back('"');
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out += text.substr(from, at - from);
    from = at + 1;
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c >= 0x20) {
      out.push_back('\\');
      out.push_back(static_cast<char>(c));
    } else {
      out += {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    }
  }
  out += text.substr(from);
  out.push_back('"');
}

}  // namespace

LineWriter::LineWriter(const RecordType& type) : type_(type), order_(type.fields.size()) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return type.fields[a].name < type.fields[b].name; });
}

void LineWriter::append(std::string& out, const RowView& row) const {
  out += "{\"id\":";
  append_quoted(out, row.id);
  out += ",\"revision\":";
  out += std::to_string(row.revision);
  out += ",\"values\":{";
  bool first = true;
  for (const std::size_t index : order_) {
    const Value& value = row.values[index];
    if (value.is_null()) continue;
    if (!first) out.push_back(',');
    first = false;
    out.push_back('"');
    out += type_.fields[index].name;
    out += "\":";
    if (const auto* text = value.text()) {
      append_quoted(out, *text);
    } else {
      out.push_back('"');
      append_written(out, type_.fields[index], value);
      out.push_back('"');
    }
  }
  out += "}}";
}

Result<LineReader::Line> LineReader::read(std::string_view text, TextPool& pool) const {
  namespace json = boost::json;
  const Error bad{"bad-line", "日志里的一条记录读不懂。", {std::string(reading::clipped(text, 80))}};
  boost::system::error_code failed;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), failed);
  if (failed || !value.is_object()) return bad;
  const json::object& object = value.get_object();
  const json::value* id = object.if_contains("id");
  const json::value* revision = object.if_contains("revision");
  const json::value* values = object.if_contains("values");
  if (id == nullptr || !id->is_string() || revision == nullptr || !revision->is_int64() || values == nullptr || !values->is_object())
    return bad;
  Line line;
  const json::string& own = id->get_string();
  line.id = pool.keep({own.data(), own.size()});
  line.revision = static_cast<int>(revision->get_int64());
  line.values.resize(type_.fields.size());
  for (const auto& [name, written] : values->get_object()) {
    const int index = type_.index_of({name.data(), name.size()});
    // A field that was dropped since is kept in the journal alone.
    if (index < 0 || !written.is_string()) continue;
    const json::string& cell = written.get_string();
    const Field& field = type_.fields[static_cast<std::size_t>(index)];
    const std::string_view kept = pool.keep({cell.data(), cell.size()});
    // What the journal holds is ours: the link to a kept file stands as it was made.
    auto parsed = field.kind == Kind::file ? Result<Value>(Value(kept)) : parse_value(field, kept, pool);
    if (!parsed) return bad;
    line.values[static_cast<std::size_t>(index)] = parsed.value();
  }
  return line;
}

}  // namespace jiheng::ledgers
