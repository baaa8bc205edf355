// Measures that docx and pdf share, in the units of GB/T 9704—2012.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "writing/form.h"
#include "writing/official/document.h"
#include "writing/official/marks.h"

namespace jiheng::writing::official {

// Millimetres.
inline constexpr double top = 37;
inline constexpr double bottom = 35;
inline constexpr double left = 28;
inline constexpr double right = 26;
inline constexpr double width = 210 - left - right;
inline constexpr double height = 297 - top - bottom;

// Points.
inline constexpr double title_size = 22;  ///< 2号
inline constexpr double text_size = 16;   ///< 3号
inline constexpr double page_size = 14;   ///< 4号
inline constexpr double table_size = 12;  ///< 小4号
inline constexpr double line = 28;
inline constexpr double table_line = 20;
inline constexpr double largest_mark = 52;

/// The size in which the issuer's mark fills no more than its line.
inline double mark_size(const std::string& text) {
  return std::min(largest_mark, width / 25.4 * 72 / std::max(1.0, ems(text)) / 1.02);
}

/// 附件：1. … as the lines that stand under the text.
inline std::vector<std::string> attachment_lines(const OfficialDocument& document) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < document.attachments.size(); ++i) {
    const std::string number = document.attachments.size() > 1 ? std::to_string(i + 1) + ". " : "";
    lines.push_back((i == 0 ? "附件：" : "　　　") + number + document.attachments[i]);
  }
  return lines;
}

/// As it is printed where nothing can carry marks.
inline OfficialDocument without_marks(OfficialDocument document) {
  for (std::string* each :
       {&document.mark, &document.number, &document.title, &document.addressees, &document.signer, &document.date, &document.note})
    *each = unmarked(*each);
  for (std::string& each : document.attachments) each = unmarked(each);
  for (OfficialBlock& block : document.blocks) {
    block.text = unmarked(block.text);
    block.title = unmarked(block.title);
    for (auto& row : block.rows) {
      for (std::string& cell : row) cell = unmarked(cell);
    }
  }
  return document;
}

/// Where the text ends and the annexes begin.
inline std::size_t body_end(const OfficialDocument& document) {
  const auto annex = std::find_if(document.blocks.begin(), document.blocks.end(),
                                  [](const OfficialBlock& block) { return block.kind == OfficialBlock::Kind::annex; });
  return static_cast<std::size_t>(annex - document.blocks.begin());
}

/// Millimetres of a table's columns. What is short (a date, a code, a heading) is not broken; the long texts share what is left.
inline std::vector<double> column_widths(const std::vector<std::vector<std::string>>& rows) {
  constexpr double em = table_size / 72 * 25.4;
  constexpr double padding = 4.5;
  constexpr double longest_unbroken = 45;
  std::vector<double> wanted(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c)
      wanted[c] = std::max(wanted[c], std::min(40.0, std::max(2.0, ems(unmarked(row[c])))) * em * 1.05 + padding);
  }
  double fixed = 0;
  double flexible = 0;
  for (const double each : wanted) (each <= longest_unbroken ? fixed : flexible) += each;
  const double room = width - fixed;
  for (double& each : wanted) {
    if (flexible > 0 && room > 0.25 * width) {
      if (each > longest_unbroken) each *= room / flexible;
    } else {
      each *= width / (fixed + flexible);
    }
  }
  return wanted;
}

}  // namespace jiheng::writing::official
