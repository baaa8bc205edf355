#include "desks/people/units_table.h"

#include <algorithm>
#include <set>

#include "access/units.h"
#include "base/text.h"
#include "ledgers/header.h"
#include "ledgers/sheet.h"

namespace jiheng::desks {
namespace {

using ledgers::Header;
using ledgers::Imported;
using ledgers::RecordType;
using ledgers::Sheet;

/// A line with where it stood.
struct Line {
  UnitLine unit;
  std::size_t row = 0;
};

std::string cell_of(const RecordType& type, const Sheet& sheet, const Header& header, std::size_t row, std::string_view field) {
  const auto column = std::find(header.fields.begin(), header.fields.end(), type.index_of(field));
  return column == header.fields.end() ? std::string()
                                       : std::string(sheet.at(row, static_cast<std::size_t>(column - header.fields.begin())));
}

bool has_column(const RecordType& type, const Header& header, std::string_view field) {
  return std::find(header.fields.begin(), header.fields.end(), type.index_of(field)) != header.fields.end();
}

class UnitsTable {
 public:
  UnitsTable(const RecordType& type, const Sheet& sheet, const Header& header, bool skip_bad)
      : type_(type), sheet_(sheet), header_(header), skip_bad_(skip_bad) {}

  void read(const std::set<std::string>& known_names) {
    names_ = known_names;
    for (std::size_t row = header_.row + 1; row < sheet_.rows(); ++row) {
      names_.insert(access::unit_name_key(cell("name", row)));
      names_.insert(cell("code", row));
    }
    for (std::size_t row = header_.row + 1; row < sheet_.rows(); ++row) read_row(row);
  }
  std::vector<Line>& lines() { return lines_; }
  Imported& out() { return out_; }

  void refuse(std::size_t row, std::string_view field, std::string reason) {
    const ledgers::Field* known = type_.field(field);
    out_.bad.push_back({sheet_.number(row), std::string(field), known == nullptr ? std::string() : known->label, std::move(reason)});
    if (!skip_bad_) return;
    ++out_.skipped;
    if (out_.bad_table.empty()) out_.bad_table.push_back(cells(header_.row, "行号", "原因"));
    out_.bad_table.push_back(cells(row, std::to_string(sheet_.number(row)), out_.bad.back().label + out_.bad.back().reason));
  }

 private:
  std::string cell(std::string_view field, std::size_t row) const { return cell_of(type_, sheet_, header_, row, field); }

  std::vector<std::string> cells(std::size_t row, std::string first, std::string last) const {
    std::vector<std::string> out = {std::move(first)};
    for (std::size_t column = 0; column < header_.fields.size(); ++column) out.emplace_back(sheet_.at(row, column));
    out.push_back(std::move(last));
    return out;
  }

  void read_row(std::size_t row) {
    Line line;
    line.row = row;
    line.unit.code = cell("code", row);
    line.unit.name = cell("name", row);
    if (line.unit.code.empty()) return refuse(row, "code", "没有填写");
    if (line.unit.name.empty()) return refuse(row, "name", "没有填写");
    line.unit.aliases = cell("aliases", row);
    if (has_column(type_, header_, "department")) {
      line.unit.parent = cell("department", row);
      if (!line.unit.parent->empty() && !names_.contains(*line.unit.parent) && !names_.contains(access::unit_name_key(*line.unit.parent))) {
        out_.notes.push_back("第" + std::to_string(sheet_.number(row)) + "行：主管部门“" + *line.unit.parent +
                             "”不是登记的单位，没有登记主管部门。");
        line.unit.parent.reset();
      }
    }
    if (has_column(type_, header_, "section")) line.unit.section = cell("section", row);
    if (const std::string classified = cell("classified", row); !classified.empty()) {
      TextPool pool;
      const auto value = ledgers::parse_value(*type_.field("classified"), classified, pool);
      if (!value) return refuse(row, "classified", value.error().message);
      line.unit.classified = *value->integer() != 0;
    }
    lines_.push_back(std::move(line));
  }

  using TextPool = reading::TextPool;
  const RecordType& type_;
  const Sheet& sheet_;
  const Header& header_;
  bool skip_bad_;
  std::set<std::string> names_;
  std::vector<Line> lines_;
  Imported out_;
};

}  // namespace

Result<Imported> import_units(People& people, const RecordType& type, std::string bytes, const ledgers::ImportOptions& options,
                              const access::Principal& who, Text why) {
  auto sheets = options.read ? options.read(std::move(bytes)) : ledgers::read_sheets(std::move(bytes));
  if (!sheets) return std::move(sheets).error();
  const Sheet& sheet = sheets->front();
  const auto header = ledgers::find_header(type, sheet);
  const std::vector<std::string> missing =
      header ? ledgers::missing_columns(type, *header) : std::vector<std::string>{"单位编码", "单位名称"};
  if (!missing.empty()) return Error{"no-header", "表头里缺少必填的列：" + missing.front() + "，没有导入。", missing};
  std::set<std::string> known;
  for (const access::Unit& unit : people.units(who)) {
    known.insert(access::unit_name_key(unit.name));
    known.insert(unit.code);
  }
  UnitsTable table(type, sheet, *header, options.skip_bad);
  table.read(known);
  Imported& out = table.out();
  // The register tells one bad line at a time; with the good ones taken along it would tell nothing else.
  std::vector<Line>& lines = table.lines();
  for (;;) {
    if (!out.bad.empty() && !options.skip_bad) return std::move(out);
    std::vector<UnitLine> units;
    for (const Line& line : lines) units.push_back(line.unit);
    if (units.empty() || options.only_check) return std::move(out);
    const auto taken = people.take_units(units, who, why);
    if (taken) {
      out.added = taken->added;
      out.changed = taken->changed;
      out.same = taken->same;
      out.stored = true;
      return std::move(out);
    }
    const Error& error = taken.error();
    if (error.code != "invalid-unit-line") return error;
    const auto at = static_cast<std::size_t>(std::stoul(error.context.front())) - 1;
    const std::size_t mark = error.message.find("：");
    std::string reason = mark == std::string::npos ? error.message : error.message.substr(mark + std::string_view("：").size());
    table.refuse(lines[at].row, error.context.size() > 1 ? error.context[1] : "", std::move(reason));
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

std::function<std::optional<Error>(registry::Change&, const std::string&, const std::string&)> unit_maker(const std::string& tenant) {
  return [tenant](registry::Change& change, const std::string& id, const std::string& name) -> std::optional<Error> {
    access::Unit unit;
    unit.id = id;
    unit.revision = 1;
    unit.name = normalise(name);
    int number = 0;
    do unit.code = "NEW" + std::to_string(++number);
    while (access::find_unit_by_code(change.connection(), tenant, unit.code));
    const auto stored = change.put({std::string(unit_kind), id, 0, "active", "add", body_of(unit), {}});
    if (!stored) return stored.error();
    access::store_unit(change.connection(), tenant, unit);
    return std::nullopt;
  };
}

}  // namespace jiheng::desks
