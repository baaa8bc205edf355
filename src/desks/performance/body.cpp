#include "desks/performance/body.h"

#include <algorithm>

namespace jiheng::desks {
namespace {

constexpr int gone = -1;

/// For each new table the old one it comes from, `gone` for none: by position where the number is the same, else by what it is about.
std::vector<int> origins(const std::vector<FiledTable>& old, const std::vector<GoalTable>& fresh) {
  std::vector<int> from(fresh.size(), gone);
  if (old.size() == fresh.size()) {
    for (std::size_t i = 0; i < fresh.size(); ++i) from[i] = static_cast<int>(i);
    return from;
  }
  std::vector<bool> used(old.size());
  const auto match = [&](auto same) {
    for (std::size_t i = 0; i < fresh.size(); ++i) {
      for (std::size_t j = 0; j < old.size() && from[i] == gone; ++j) {
        if (used[j] || !same(old[j].table, fresh[i])) continue;
        used[j] = true;
        from[i] = static_cast<int>(j);
      }
    }
  };
  match([](const GoalTable& a, const GoalTable& b) { return a == b; });
  match([](const GoalTable& a, const GoalTable& b) { return a.kind == b.kind && a.project_name == b.project_name; });
  return from;
}

/// Notes whose table is gone go with it; the others move. `to` leads from an old index to the new one.
void move_notes(std::vector<Body::FiledNote>& notes, const std::vector<int>& to) {
  std::erase_if(notes, [&](Body::FiledNote& each) {
    if (!each.note.table) return false;
    const auto old = static_cast<std::size_t>(*each.note.table);
    if (old >= to.size() || to[old] == gone) return true;
    each.note.table = to[old];
    return false;
  });
}

/// The file's document, made where the body's walk first meets it.
std::size_t document_of(ByFile& files, const std::string& name) {
  const auto found = std::find_if(files.documents.begin(), files.documents.end(), [&](const Document& each) { return each.file == name; });
  const auto at = static_cast<std::size_t>(found - files.documents.begin());
  if (found == files.documents.end()) {
    files.documents.emplace_back().file = name;
    files.indices.emplace_back();
  }
  return at;
}

}  // namespace

std::vector<std::string> Body::attachments() const {
  std::vector<std::string> hashes;
  for (const File& each : files) {
    if (std::find(hashes.begin(), hashes.end(), each.attachment) == hashes.end()) hashes.push_back(each.attachment);
  }
  return hashes;
}

ByFile by_file(const Body& body) {
  ByFile result;
  for (std::size_t i = 0; i < body.tables.size(); ++i) {
    const std::size_t at = document_of(result, body.tables[i].file);
    result.documents[at].tables.push_back(body.tables[i].table);
    result.indices[at].push_back(static_cast<int>(i));
  }
  for (const Body::FiledNote& each : body.notes) {
    const std::size_t at = document_of(result, each.file);
    Note note = each.note;
    if (note.table) {
      const auto& indices = result.indices[at];
      const auto found = std::find(indices.begin(), indices.end(), *note.table);
      if (found == indices.end()) continue;
      note.table = static_cast<int>(found - indices.begin());
    }
    result.documents[at].notes.push_back(std::move(note));
  }
  return result;
}

void replace_file(Body& body, const Body::File& file, std::vector<GoalTable> tables, std::vector<Note> notes) {
  std::erase_if(body.notes, [&](const Body::FiledNote& each) { return each.file == file.name; });
  std::vector<int> to;
  int kept = 0;
  for (const FiledTable& each : body.tables) to.push_back(each.file == file.name ? gone : kept++);
  move_notes(body.notes, to);
  std::erase_if(body.tables, [&](const FiledTable& each) { return each.file == file.name; });
  std::erase_if(body.files, [&](const Body::File& each) { return each.name == file.name; });

  for (GoalTable& table : tables) body.tables.push_back({std::move(table), file.name, file.attachment});
  for (Note& note : notes) {
    if (note.table) *note.table += kept;
    body.notes.push_back({std::move(note), file.name});
  }
  body.files.push_back(file);
  body.file = file.name;
}

void replace_tables(Body& body, std::vector<GoalTable> tables) {
  const std::vector<int> from = origins(body.tables, tables);
  std::vector<int> to(body.tables.size(), gone);
  std::vector<FiledTable> filed;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    FiledTable each{std::move(tables[i]), body.file, std::nullopt};
    if (from[i] != gone) {
      const FiledTable& old = body.tables[static_cast<std::size_t>(from[i])];
      each.file = old.file;
      each.attachment = old.attachment;
      to[static_cast<std::size_t>(from[i])] = static_cast<int>(i);
      // Rows came or went: a note that names one may now point at another.
      for (Body::FiledNote& note : body.notes) {
        if (note.note.table == from[i] && old.table.indicators.size() != each.table.indicators.size()) note.note.indicator = std::nullopt;
      }
    }
    filed.push_back(std::move(each));
  }
  move_notes(body.notes, to);
  body.tables = std::move(filed);
}

}  // namespace jiheng::desks
