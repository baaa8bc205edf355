#include "auditing/case_files.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "goals/json.h"

namespace jiheng::auditing {
namespace {

namespace json = boost::json;

Text text_of(const json::value& value) {
  return value.is_null() ? Text() : Text(std::string(value.as_string()));
}

std::vector<Note> notes_of(const json::object& object) {
  std::vector<Note> notes;
  const json::value* list = object.if_contains("notes");
  if (list == nullptr) return notes;
  for (const json::value& each : list->as_array()) {
    const json::object& from = each.as_object();
    Note note;
    note.code = std::string(from.at("code").as_string());
    note.message = std::string(from.at("message").as_string());
    if (from.at("table").is_int64()) note.table = static_cast<int>(from.at("table").as_int64());
    if (from.at("source").is_object()) note.source = Source{"1", 1, 1, std::string(from.at("source").at("text").as_string())};
    notes.push_back(std::move(note));
  }
  return notes;
}

Expected expected_of(const json::object& from) {
  Expected expected;
  for (const auto& [key, value] : from) {
    if (key == "table") {
      expected.table = static_cast<int>(value.as_int64());
    } else if (key == "indicator") {
      expected.indicator = static_cast<int>(value.as_int64());
    } else if (key == "field") {
      expected.field = text_of(value);
    } else if (key == "severity") {
      expected.severity = text_of(value);
    } else if (key == "proposed_value") {
      expected.proposed_value = text_of(value);
    } else if (key == "also") {
      for (const json::value& each : value.as_array()) expected.also.push_back(static_cast<int>(each.as_int64()));
    } else {
      throw std::runtime_error("unknown key in expect: " + std::string(key));
    }
  }
  return expected;
}

}  // namespace

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

Document document_of(const std::filesystem::path& path) {
  auto tables = tables_from_json(bytes_of(path));
  if (!tables) throw std::runtime_error(path.string() + ": " + tables.error().message);
  Document document;
  document.file = path.filename().string();
  document.tables = std::move(*tables);
  return document;
}

CaseFile read_case(const std::filesystem::path& path) {
  const json::value value = json::parse(bytes_of(path));
  const json::object& object = value.as_object();
  CaseFile file;
  file.rule = path.parent_path().filename().string();
  file.name = path.stem().string();
  if (const json::value* pack = object.if_contains("pack")) file.pack = std::string(pack->as_string());
  file.document = document_of(path);
  file.document.notes = notes_of(object);
  for (const json::value& each : object.at("expect").as_array()) file.expected.push_back(expected_of(each.as_object()));
  return file;
}

std::vector<CaseFile> read_cases(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<CaseFile> cases;
  cases.reserve(paths.size());
  for (const auto& path : paths) cases.push_back(read_case(path));
  return cases;
}

}  // namespace jiheng::auditing
