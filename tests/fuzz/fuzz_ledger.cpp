#include <vector>

#include "base/text.h"
#include "check.h"
#include "ledgers/catalogue.h"
#include "ledgers/header.h"
#include "ledgers/measure.h"
#include "ledgers/rows.h"
#include "ledgers/sheet.h"
#include "ledgers/value.h"

namespace {

using namespace jiheng;
using namespace jiheng::ledgers;

/// A county's declaration beside those of the program.
void declaration(std::string_view text) {
  const embedded::File file{"county/own.yaml", text};
  const auto catalogue = Catalogue::of_files({&file, 1});
  if (!catalogue) fuzz::check(catalogue.error());
}

/// What is accepted becomes SQL in which names stand only where the statement puts them, and never a comment nor a second statement.
void expression(std::string_view text) {
  const auto parsed = Expression::parse(text);
  if (!parsed) return fuzz::require(!parsed.error().message.empty(), "a refusal without a reason");
  const std::string sql = parsed->sql([](std::string_view) { return std::string("x"); }, [](std::string_view) { return std::string("?"); });
  bool quoted = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    if (sql[i] == '\'') quoted = !quoted;
    if (quoted) continue;
    fuzz::require(sql[i] != ';' && sql[i] != '"' && sql[i] != '`' && sql[i] != '\0', "a sign that belongs into no expression");
    fuzz::require(sql.compare(i, 2, "--") != 0 && sql.compare(i, 2, "/*") != 0, "a comment");
  }
  fuzz::require(!quoted, "an open quote");
}

/// Whatever kind a line is read as: what was read is written, and reads again as the same.
void values(std::string_view text) {
  for (const Kind kind :
       {Kind::text, Kind::amount, Kind::decimal, Kind::integer, Kind::year, Kind::date, Kind::time, Kind::month, Kind::yes_no}) {
    Field field;
    field.kind = kind;
    reading::TextPool pool;
    const auto value = parse_value(field, trim(text), pool);
    if (!value) {
      fuzz::require(!value.error().message.empty(), "a refusal without a reason");
      continue;
    }
    const std::string once = written(field, *value);
    shown(field, *value);
    const auto again = parse_value(field, once, pool);
    fuzz::require(once.empty() || (again.ok() && written(field, *again) == once), "a value that does not read back");
  }
}

void table(std::string_view text) {
  const auto sheets = read_sheets(std::string(text));
  if (!sheets) return fuzz::check(sheets.error());
  for (const Sheet& sheet : *sheets) {
    for (const RecordType& type : Catalogue::shipped().types()) {
      const auto header = find_header(type, sheet);
      if (!header) continue;
      missing_columns(type, *header);
      for (std::size_t row = header->row + 1; row < sheet.rows(); ++row) sum_row(type, sheet, *header, row);
    }
  }
}

void line(std::string_view text) {
  const RecordType& type = *Catalogue::shipped().type("payment");
  reading::TextPool pool;
  const auto read = LineReader(type).read(text, pool);
  if (!read) return;
  std::string once;
  LineWriter(type).append(once, {read->id, read->revision, read->values});
  const auto again = LineReader(type).read(once, pool);
  std::string twice;
  if (again) LineWriter(type).append(twice, {again->id, again->revision, again->values});
  fuzz::require(once == twice, "a line that does not read back");
}

}  // namespace

// The first byte tells which of the ledgers' parsers: d a declaration, e an expression, v values, t a table, r a receipt, l a line of the
// journal.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::view(data + 1, size - 1);
  switch (data[0]) {
    case 'd':
      declaration(text);
      break;
    case 'e':
      expression(text);
      break;
    case 'v':
      values(text.substr(0, text.find('\n')));
      break;
    case 't':
      table(text);
      break;
    case 'r':
      if (const auto receipt = receipt_from_json(text); !receipt) fuzz::check(receipt.error());
      break;
    default:
      line(text);
      break;
  }
  return 0;
}
