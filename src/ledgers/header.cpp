#include "ledgers/header.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ledgers/value.h"

namespace jiheng::ledgers {
namespace {

constexpr std::size_t rows_looked_at = 15;
constexpr std::array<std::string_view, 8> sum_words = {"合计", "总计", "小计", "累计", "共计", "本页合计", "total", "sum"};

/// "金额（元）*" means 金额.
std::string key_of(std::string_view heading) {
  return fold_label(heading, true);
}

int field_named(const RecordType& type, std::string_view heading) {
  const std::string_view name = trim(heading);
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    if (field.computed.empty() && (name == field.name || name == field.label)) return static_cast<int>(i);
  }
  const std::string key = key_of(heading);
  if (key.empty()) return -1;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    if (field.computed.empty() && (key == key_of(field.label) || key == key_of(field.name))) return static_cast<int>(i);
  }
  return -1;
}

bool is_sum_word(std::string_view cell) {
  // Numbers and what is long are told at a glance.
  constexpr std::size_t longest = 120;
  if (cell.size() > longest || (cell.front() >= '0' && cell.front() <= '9')) return false;
  const std::string key = fold_label(cell);
  return std::find(sum_words.begin(), sum_words.end(), key) != sum_words.end();
}

}  // namespace

std::optional<Header> likely_header(const Sheet& sheet) {
  constexpr std::size_t least_columns = 2;
  for (std::size_t row = 0; row < std::min(sheet.rows(), rows_looked_at); ++row) {
    Header header;
    header.row = row;
    for (std::size_t column = 0; column < sheet.columns(row); ++column) {
      header.fields.push_back(-1);
      if (!sheet.at(row, column).empty()) header.headings.emplace_back(trim(sheet.at(row, column)));
    }
    header.unknown = header.headings;
    if (header.headings.size() >= least_columns) return header;
  }
  return std::nullopt;
}

std::optional<Header> find_header(const RecordType& type, const Sheet& sheet, std::span<const ColumnChoice> choices) {
  std::optional<Header> best;
  std::size_t most = 0;
  for (std::size_t row = 0; row < std::min(sheet.rows(), rows_looked_at); ++row) {
    Header header;
    header.row = row;
    for (std::size_t column = 0; column < sheet.columns(row); ++column) {
      if (const std::string_view heading = trim(sheet.at(row, column)); !heading.empty()) header.headings.emplace_back(heading);
    }
    const auto choice = std::find_if(choices.begin(), choices.end(),
                                     [&](const ColumnChoice& each) { return each.header.empty() || each.header == header.headings; });
    std::vector<bool> taken(type.fields.size());
    std::size_t named = 0;
    for (std::size_t column = 0; column < sheet.columns(row); ++column) {
      const std::string_view heading = sheet.at(row, column);
      int field = heading.empty() ? -1 : field_named(type, heading);
      if (choice != choices.end()) {
        const auto chosen = choice->fields.find(trim(heading));
        if (chosen != choice->fields.end()) field = chosen->second.empty() ? -1 : type.index_of(chosen->second);
        // What was decided not to be read needs no note.
        if (chosen != choice->fields.end() && chosen->second.empty()) {
          header.fields.push_back(-1);
          continue;
        }
      }
      if (field >= 0 && taken[static_cast<std::size_t>(field)]) field = -1;
      if (field >= 0) {
        taken[static_cast<std::size_t>(field)] = true;
        ++named;
      } else if (!heading.empty()) {
        header.unknown.emplace_back(heading);
      }
      header.fields.push_back(field);
    }
    if (named > most) {
      most = named;
      best = std::move(header);
    }
  }
  return best;
}

std::vector<std::string> missing_columns(const RecordType& type, const Header& header) {
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    const bool filled = !field.fallback.empty() || (field.name == type.state && !field.required);
    if (field.required && !filled && std::find(header.fields.begin(), header.fields.end(), static_cast<int>(i)) == header.fields.end())
      missing.push_back(field.label);
  }
  return missing;
}

bool is_summed(const Field& field) {
  return field.kind == Kind::amount || field.kind == Kind::decimal || field.kind == Kind::integer;
}

SumRow sum_row(const RecordType& type, const Sheet& sheet, const Header& header, std::size_t row) {
  bool called = false;
  bool figures = false;
  bool other = false;
  std::size_t required = 0;
  std::size_t filled = 0;
  for (const Field& field : type.fields) required += field.required ? 1 : 0;
  for (std::size_t column = 0; column < sheet.columns(row); ++column) {
    const std::string_view cell = sheet.at(row, column);
    if (cell.empty()) continue;
    const int index = column < header.fields.size() ? header.fields[column] : -1;
    const Field* field = index < 0 ? nullptr : &type.fields[static_cast<std::size_t>(index)];
    if (is_sum_word(cell)) {
      called = true;
      continue;
    }
    if (field != nullptr && field->required) ++filled;
    (field != nullptr && is_summed(*field) ? figures : other) = true;
  }
  // A record may be called 合计; a row that lacks what a record must have is none.
  if (other || filled >= required) return SumRow::no;
  return called ? SumRow::called : figures ? SumRow::figures : SumRow::no;
}

}  // namespace jiheng::ledgers
