// "Random damage to the cells … (a blank, a digit swapped, a column shifted, a comparator lost): repaired, flagged or visibly different;
// silently wrong 0 where an identity covers the cell; the figures are printed."
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "auditing/audit.h"
#include "base/text.h"
#include "goals/json.h"
#include "reading/reader.h"

namespace jiheng::auditing {
namespace {

constexpr int cases = 2000;

/// A text of tabs and lines as rows of cells.
using Rows = std::vector<std::vector<std::string>>;

Rows sample_rows() {
  std::ifstream in("src/desks/performance/sample/sample-bureau-2026.txt", std::ios::binary);
  Rows rows;
  std::string line;
  while (std::getline(in, line)) {
    std::vector<std::string>& row = rows.emplace_back();
    for (std::size_t from = 0; from <= line.size();) {
      const std::size_t end = std::min(line.find('\t', from), line.size());
      row.push_back(line.substr(from, end - from));
      from = end + 1;
    }
  }
  return rows;
}

std::string as_text(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i > 0 ? "\t" : "") + row[i];
    out += "\n";
  }
  return out;
}

std::string as_html(const Rows& rows) {
  std::string out = "<html><meta charset=\"utf-8\"><body>";
  bool open = false;
  for (const auto& row : rows) {
    const bool cells = row.size() > 1;
    if (cells != open) out += cells ? "<table border=1>" : "</table>";
    open = cells;
    if (!cells) {
      out += "<p>" + row[0] + "</p>";
      continue;
    }
    out += "<tr>";
    for (const std::string& cell : row) out += "<td>" + replace_all(cell, "<", "&lt;") + "</td>";
    out += "</tr>";
  }
  return out + (open ? "</table>" : "") + "</body></html>";
}

struct Reading {
  Document document;
  std::set<std::string> remarks;  ///< notes and findings, with their words
};

Reading reading_of(const std::string& bytes) {
  Reading reading;
  reading.document = reading::read_document(bytes, "sample");
  for (GoalTable& table : reading.document.tables) {
    for (Indicator& indicator : table.indicators) indicator.source = {};
  }
  for (const Note& note : reading.document.notes) reading.remarks.insert(note.code + note.message);
  const auto report = audit(std::span(&reading.document, 1));
  if (report) {
    for (const Finding& finding : report->findings) reading.remarks.insert(std::string(finding.rule) + finding.message);
  }
  return reading;
}

enum class Damage { blank, digit, shift, comparator };
constexpr std::array damage_names = {"a blank", "a digit swapped", "a column shifted", "a comparator lost"};

class Vandal {
 public:
  explicit Vandal(std::uint64_t seed) : random_(seed) {}

  /// Damages one cell of a row with several; tells what it did.
  std::string strike(Rows& rows, Damage damage) {
    for (;;) {
      std::vector<std::string>& row = rows[below(rows.size())];
      if (row.size() < 2) continue;
      const std::size_t at = below(row.size());
      std::string& cell = row[at];
      switch (damage) {
        case Damage::blank:
          if (cell.empty()) continue;
          return tell(cell, "");
        case Damage::digit: {
          std::vector<std::size_t> digits;
          for (std::size_t i = 0; i < cell.size(); ++i) {
            if (cell[i] >= '0' && cell[i] <= '9') digits.push_back(i);
          }
          if (digits.empty()) continue;
          std::string other = cell;
          char& digit = other[digits[below(digits.size())]];
          digit = static_cast<char>('0' + (static_cast<std::size_t>(digit - '0') + 1 + below(9)) % 10);
          return tell(cell, other);
        }
        case Damage::shift: {
          if (row.size() < 6) continue;
          const std::string before = cell;
          row.insert(row.begin() + static_cast<std::ptrdiff_t>(at), "");
          if (row.back().empty()) row.pop_back();
          return "shifted at “" + before + "”";
        }
        case Damage::comparator:
          if (!is_sign(cell)) continue;
          return tell(cell, "");
      }
    }
  }

 private:
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  static bool is_sign(const std::string& cell) {
    for (const char* sign : {"＝", "＞", "＜", "≥", "≤", "="}) {
      if (cell == sign) return true;
    }
    return false;
  }
  static std::string tell(std::string& cell, std::string after) {
    std::string told = "“" + cell + "” → “" + after + "”";
    cell = std::move(after);
    return told;
  }

  std::mt19937_64 random_;
};

/// Whether the indicator's fact stands in another table, too: the pair would tell.
bool is_covered(const std::vector<GoalTable>& tables, std::size_t table, const Indicator& indicator) {
  if (!indicator.value || indicator.comparator == Comparator::qualitative) return false;
  for (std::size_t other = 0; other < tables.size(); ++other) {
    if (other == table) continue;
    for (const Indicator& its : tables[other].indicators) {
      if (its.level3 == indicator.level3 && its.level2 == indicator.level2) return true;
    }
  }
  return false;
}

/// Whether the damaged reading differs where an identity covers the cell.
bool covered_difference(const std::vector<GoalTable>& before, const std::vector<GoalTable>& after) {
  if (before.size() != after.size()) return true;
  for (std::size_t t = 0; t < before.size(); ++t) {
    if (before[t].budget != after[t].budget || before[t].amount != after[t].amount || before[t].year != after[t].year) return true;
    if (before[t].unit_name != after[t].unit_name) return true;
    if (before[t].indicators.size() != after[t].indicators.size()) return true;
    for (std::size_t i = 0; i < before[t].indicators.size(); ++i) {
      const Indicator& was = before[t].indicators[i];
      const Indicator& is = after[t].indicators[i];
      const bool differs = was.value != is.value || was.comparator != is.comparator || was.unit != is.unit;
      if (differs && is_covered(before, t, was)) return true;
    }
  }
  return false;
}

/// Every value of the indicators stands somewhere in the damaged text: nothing is invented.
bool nothing_invented(const std::vector<GoalTable>& tables, const std::string& printed) {
  const auto stands = [&](const Text& text) { return !text || contains(printed, *text); };
  for (const GoalTable& table : tables) {
    for (const Indicator& indicator : table.indicators) {
      if (!stands(indicator.level3) || !stands(indicator.value) || !stands(indicator.explanation) || !stands(indicator.note)) return false;
      if (!stands(indicator.unit) && indicator.unit != "%") return false;
    }
    if (!stands(table.unit_name) || !stands(table.amount) || !stands(table.annual_goal) || !stands(table.project_name)) return false;
  }
  return true;
}

TEST(Damage, IsRepairedOrFlaggedOrSeen) {
  const Rows sample = sample_rows();
  ASSERT_GT(sample.size(), 50U);
  const Reading whole_text = reading_of(as_text(sample));
  const Reading whole_html = reading_of(as_html(sample));
  ASSERT_EQ(tables_json(whole_text.document.tables), tables_json(whole_html.document.tables));
  const std::string truth = tables_json(whole_text.document.tables);

  struct Count {
    int repaired = 0;
    int flagged = 0;
    int seen = 0;
    int silent = 0;
  };
  std::array<Count, 4> counts;
  for (int n = 0; n < cases; ++n) {
    const auto kind = static_cast<std::size_t>(n % 4);
    const bool html = n / 4 % 2 == 1;
    Rows rows = sample;
    const std::string told = Vandal(static_cast<std::uint64_t>(n) + 1).strike(rows, static_cast<Damage>(kind));
    const Reading damaged = reading_of(html ? as_html(rows) : as_text(rows));
    const Reading& whole = html ? whole_html : whole_text;
    const bool flagged =
        std::any_of(damaged.remarks.begin(), damaged.remarks.end(), [&](const auto& r) { return !whole.remarks.contains(r); });
    Count& count = counts[kind];
    if (tables_json(damaged.document.tables) == truth) {
      ++count.repaired;
    } else if (flagged) {
      ++count.flagged;
    } else if (covered_difference(whole.document.tables, damaged.document.tables)) {
      ++count.silent;
      ADD_FAILURE() << "case " << n << (html ? " (html): " : " (text): ") << told;
    } else {
      ++count.seen;
    }
    EXPECT_TRUE(nothing_invented(damaged.document.tables, normalise(as_text(rows)))) << "case " << n << ": " << told;
  }
  std::cout << cases << " damages: repaired or harmless, flagged, seen only, silently wrong under an identity\n";
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    const Count& count = counts[kind];
    std::cout << "  " << damage_names[kind] << ": " << count.repaired << ", " << count.flagged << ", " << count.seen << ", " << count.silent
              << "\n";
  }
}

}  // namespace
}  // namespace jiheng::auditing
