#include "reading/scan/confidence.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"

namespace jiheng::reading {
namespace {

using Place = std::tuple<std::string, int, int>;  ///< page, row, column, as Source has them

/// The confidence of the cells that were recognised.
std::map<Place, std::vector<std::pair<std::string_view, int>>> recognised_cells(const Layout& layout) {
  std::map<Place, std::vector<std::pair<std::string_view, int>>> cells;
  for (const Block& block : layout.blocks) {
    for (std::size_t i = 0; i < block.grid.places.size(); ++i) {
      const CellPlace& place = block.grid.places[i];
      if (place.confidence >= 100) continue;
      const Cell& cell = block.grid.cells[i];
      cells[{std::to_string(place.page), static_cast<int>(cell.row) + 1, static_cast<int>(cell.column) + 1}].emplace_back(cell.text,
                                                                                                                          place.confidence);
    }
  }
  return cells;
}

std::optional<Decimal> number(const Text& text) {
  return text ? Decimal::parse(*text) : std::nullopt;
}

/// What speaks for and against the figures of one table.
struct Evidence {
  std::vector<std::string> holds;
  std::vector<std::string> breaks;
};

/// Parts that are not printed count as nothing; where all are missing there is no identity.
void check_sum(const Text& whole, std::initializer_list<const Text*> parts, const std::string& what, Evidence& evidence) {
  const auto total = number(whole);
  if (!total) return;
  Decimal sum;
  int printed = 0;
  for (const Text* part : parts) {
    const auto value = number(*part);
    if (part->has_value() && !value) return;
    if (!value) continue;
    sum += *value;
    ++printed;
  }
  if (printed == 0) return;
  if (sum == *total)
    evidence.holds.push_back(what);
  else
    evidence.breaks.push_back(what + "（" + total->plain() + "与" + sum.plain() + "）");
}

void check_budget(const GoalTable& table, Evidence& evidence) {
  if (!table.budget) return;
  const Budget& budget = *table.budget;
  check_sum(budget.total,
            {&budget.general_public, &budget.government_fund, &budget.special_account, &budget.other, &budget.state_capital,
             &budget.fiscal_appropriation},
            "资金总额等于按收入性质分的各项之和", evidence);
  check_sum(budget.total, {&budget.basic, &budget.project}, "资金总额等于基本支出与项目支出之和", evidence);
}

void check_other_tables(const std::vector<GoalTable>& tables, std::size_t own, Evidence& evidence) {
  std::size_t same = 0;
  for (const Indicator& indicator : tables[own].indicators) {
    if (!number(indicator.value)) continue;
    for (std::size_t other = 0; other < tables.size(); ++other) {
      if (other == own) continue;
      for (const Indicator& twin : tables[other].indicators) {
        if (twin.level3 != indicator.level3 || !number(twin.value) || twin.long_term != indicator.long_term) continue;
        if (*number(twin.value) == *number(indicator.value))
          ++same;
        else
          evidence.breaks.push_back("“" + indicator.level3 + "”与另一张表的同名指标一致（" + *indicator.value + "与" + *twin.value + "）");
      }
    }
  }
  if (same > 0) evidence.holds.push_back(std::to_string(same) + "个指标值与另一张表的同名指标一致");
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "；") + part;
  return text;
}

void add_evidence(Document& document, std::size_t table) {
  Evidence evidence;
  check_budget(document.tables[table], evidence);
  check_other_tables(document.tables, table, evidence);
  const auto index = static_cast<int>(table);
  if (!evidence.holds.empty())
    document.notes.push_back({"ocr-confirmed", "文字识别得到的数可以互相印证：" + joined(evidence.holds) + "。", index, {}, {}});
  if (!evidence.breaks.empty())
    document.notes.push_back(
        {"ocr-doubted", "文字识别得到的数有疑问，下列关系不成立：" + joined(evidence.breaks) + "。请对照原件核对。", index, {}, {}});
}

}  // namespace

bool has_recognised_cells(const Layout& layout) {
  return std::any_of(layout.blocks.begin(), layout.blocks.end(), [](const Block& block) {
    return std::any_of(block.grid.places.begin(), block.grid.places.end(), [](const CellPlace& place) { return place.confidence < 100; });
  });
}

void mark_recognised(const Layout& layout, Document& document) {
  if (!has_recognised_cells(layout)) return;
  const auto cells = recognised_cells(layout);
  for (std::size_t t = 0; t < document.tables.size(); ++t) {
    bool any = false;
    for (std::size_t i = 0; i < document.tables[t].indicators.size(); ++i) {
      const Indicator& indicator = document.tables[t].indicators[i];
      const auto found = cells.find({indicator.source.page_or_sheet, indicator.source.row, indicator.source.column});
      if (found == cells.end()) continue;
      const auto same =
          std::find_if(found->second.begin(), found->second.end(), [&](const auto& cell) { return cell.first == indicator.source.text; });
      if (same == found->second.end()) continue;
      any = true;
      document.notes.push_back({"ocr",
                                "“" + indicator.level3 + "”的指标值“" + indicator.source.text + "”由文字识别得到，把握" +
                                    std::to_string(same->second) + "%，请对照原件核对。",
                                static_cast<int>(t), static_cast<int>(i), indicator.source});
    }
    if (any) add_evidence(document, t);
  }
}

std::optional<int> confidence_of(const Note& note) {
  // Notes go from process to process and into records as sentences; the number is taken out of ours.
  constexpr std::string_view before = "由文字识别得到，把握";
  const std::size_t at = note.message.rfind(before);
  if (note.code != "ocr" || at == std::string::npos) return std::nullopt;
  const char* digits = note.message.data() + at + before.size();
  int percent = 0;
  const auto read = std::from_chars(digits, note.message.data() + note.message.size(), percent);
  return read.ec == std::errc() ? std::optional(percent) : std::nullopt;
}

}  // namespace jiheng::reading
