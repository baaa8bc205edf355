// 公文: a document in the form of GB/T 9704—2012 (A4; margins 37, 35, 28, 26 mm; title 小标宋 2号; text 仿宋 3号, lines of 28 points; page
// number — 1 —). The number and the seal are left for people where they are not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "writing/official/chart.h"

namespace jiheng::writing {

struct OfficialBlock {
  enum class Kind {
    paragraph,
    heading,     ///< 一、 in 黑体
    subheading,  ///< （一） in 楷体
    table,
    annex,  ///< a new page: 附件1 and its title
    chart,
  };
  Kind kind = Kind::paragraph;
  std::string text;                                 ///< of an annex: its label (附件1)
  std::string title;                                ///< of an annex
  std::vector<std::vector<std::string>> rows = {};  ///< the first one is the heading; all of one length
  OfficialChart chart = {};
};

/// Its texts may carry marks of where they come from (marks.h).
struct OfficialDocument {
  std::string mark;    ///< 发文机关标志, in red over a red line; "" for none
  std::string number;  ///< 发文字号
  std::string title;
  std::string addressees;                ///< 主送机关, with its colon
  std::vector<OfficialBlock> blocks;     ///< the text; annexes behind it
  std::vector<std::string> attachments;  ///< their names, numbered where there are several
  std::string signer;                    ///< 发文机关署名
  std::string date;
  std::string note;  ///< 附注
};

/// A document of Word that people go on writing in. `made`: as WriteOptions has it.
Result<std::string> official_docx(const OfficialDocument& document, std::string_view made = {});
/// `font_folder`: fonts that the county filled in. A chart is printed as its table.
Result<std::string> official_pdf(const OfficialDocument& document, const std::string& font_folder, std::string_view made = {});

/// Of the faces that the form asks for (小标宋, 仿宋, 黑体, 楷体), those that this machine and the folder lack; others stand in for them
/// in a pdf.
std::vector<std::string> missing_official_fonts(const std::string& font_folder);

}  // namespace jiheng::writing
