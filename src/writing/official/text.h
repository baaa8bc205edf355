// The texts of official documents are data: a few lines in a file, with fields in 【】, that a county changes as it likes.
//
//   标志：【机关】文件        字号：…   标题：…   主送：…   落款：…   日期：…   附件：…   附注：…     one line each, in any order
//   # 一、报送时间            a heading; ## （一） a smaller one
//   | 序号 | 单位 |           a row of a table; the first one is its heading
//   附页：附件1 单位名单       what follows stands on a page of its own, under this title
//   图：【灯色】              a chart
//   【每个 单位】 … 【完】     once for each; 【如果 通知】 … 【完】: where the field is not empty; each alone on its line
//   anything else             a paragraph
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "writing/official/document.h"

namespace jiheng::writing {

/// What the fields stand for. Whatever stands in a value is text: it makes no rows, headings or fields.
struct OfficialValues {
  std::map<std::string, std::string, std::less<>> texts;
  std::map<std::string, std::vector<OfficialValues>, std::less<>> lists = {};
  std::map<std::string, std::string, std::less<>> marked = {};  ///< texts with marks of where they come from (marks.h)
  std::map<std::string, OfficialChart, std::less<>> charts = {};
  /// What the texts are from, as people name it (WT2026-03, 300101 2026年目标): whatever has a number in it is marked
  /// "record:SOURCE/FIELD". Where a row of a list has none, the one around it holds. "": the caller marks what has to be.
  std::string source = {};
};

/// What an empty field leaves in a line: nothing, or room to fill it in by hand. Cells of tables stay empty.
enum class OfficialBlanks { nothing, room };

/// Errors: official-text (context: the line's number, the reason; an unknown field, an end that is missing).
Result<OfficialDocument> fill_official(std::string_view text, const OfficialValues& values,
                                       OfficialBlanks blanks = OfficialBlanks::nothing);
/// The fields that the text names, each once: of 【A】, not of 【每个 A】 and 【如果 A】.
std::vector<std::string> official_fields(std::string_view text);

}  // namespace jiheng::writing
