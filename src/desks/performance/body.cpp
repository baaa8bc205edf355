#include "desks/performance/body.h"

#include <algorithm>
#include <boost/json.hpp>
#include <span>

#include "auditing/audit.h"
#include "goals/json.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

/// A table's own object with where it came from added at its end.
std::string table_json(const FiledTable& filed) {
  std::string text;
  JsonWriter out(text);
  write_json(out, filed.table);
  std::string origin;
  JsonWriter more(origin);
  more.begin_object().field("file", filed.file).field("attachment", filed.attachment).end_object();
  text.back() = ',';
  return text + origin.substr(1);
}

template <class T>
std::optional<T> most_often(const std::vector<T>& values) {
  std::optional<T> best;
  std::ptrdiff_t most = 0;
  for (const T& value : values) {
    const auto often = std::count(values.begin(), values.end(), value);
    if (often <= most) continue;
    most = often;
    best = value;
  }
  return best;
}

Text text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_string() || value->as_string().empty()) return std::nullopt;
  return std::string(value->as_string());
}

}  // namespace

bool Body::operator==(const Body& other) const {
  return body_json(*this) == body_json(other);
}

std::string tables_json(const Body& body) {
  std::string text = "[";
  for (const FiledTable& filed : body.tables) {
    if (text.size() > 1) text += ',';
    text += table_json(filed);
  }
  return text + ']';
}

std::string notes_json(const Body& body) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const Note& note : body.notes) write_json(out, note);
  out.end_array();
  return text;
}

std::string body_json(const Body& body) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("file", body.file).key("notes").raw(notes_json(body)).field("opinion", body.opinion);
  out.key("tables").raw(tables_json(body)).end_object();
  return text;
}

Result<Body> body_from_json(std::string_view text) {
  auto document = document_from_json(text);
  if (!document) return std::move(document).error();
  const json::value value = json::parse(json::string_view(text.data(), text.size()));
  Body body;
  body.file = document->file;
  body.notes = std::move(document->notes);
  body.opinion = text_of(value.as_object(), "opinion");
  const json::value* tables = value.as_object().if_contains("tables");
  for (std::size_t i = 0; i < document->tables.size(); ++i) {
    const json::object& origin = tables->as_array()[i].as_object();
    body.tables.push_back({std::move(document->tables[i]), text_of(origin, "file").value_or(""), text_of(origin, "attachment")});
  }
  return body;
}

Text unit_of(const Body& body) {
  std::vector<std::string> names;
  for (const FiledTable& filed : body.tables) {
    if (filed.table.unit_name) {
      names.push_back(*filed.table.unit_name);
    } else if (filed.table.department) {
      names.push_back(*filed.table.department);
    }
  }
  return most_often(names);
}

std::optional<int> year_of(const Body& body) {
  std::vector<int> years;
  for (const FiledTable& filed : body.tables) {
    if (filed.table.year) years.push_back(*filed.table.year);
  }
  return most_often(years);
}

auditing::Report audit_of(const Body& body) {
  Document document;
  document.notes = body.notes;
  document.tables.reserve(body.tables.size());
  for (const FiledTable& filed : body.tables) document.tables.push_back(filed.table);
  auto audited = auditing::audit(std::span<const Document>(&document, 1));
  if (!audited) return {};  // only an unknown pack fails, and none is named
  auditing::Report report = std::move(audited).value();
  const auto file_of = [&](int table) {
    return table >= 0 && table < static_cast<int>(body.tables.size()) ? body.tables[static_cast<std::size_t>(table)].file : std::string();
  };
  for (auditing::Finding& finding : report.findings) {
    for (auditing::Place& place : finding.at) place.file = file_of(place.table);
  }
  for (auditing::TableGrade& grade : report.grades) grade.file = file_of(grade.table);
  return report;
}

std::vector<std::string> attachments_of(const Body& body) {
  std::vector<std::string> hashes;
  for (const FiledTable& filed : body.tables) {
    if (filed.attachment && std::find(hashes.begin(), hashes.end(), *filed.attachment) == hashes.end()) hashes.push_back(*filed.attachment);
  }
  return hashes;
}

}  // namespace jiheng::desks
