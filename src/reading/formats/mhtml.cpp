// Web pages in one file with their pictures (mht), which Word and Excel also write under the names of doc and xls.
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/encoding.h"
#include "reading/formats/detect.h"
#include "reading/formats/formats.h"
#include "reading/formats/mime.h"

namespace jiheng::reading {
namespace {

/// Excel's first page only frames the others: each sheet is a page of its own, and one more shows their names.
bool frames_others(const MimePart& page) {
  return contains(plain_head(page.content, 65536), "<frameset");
}

std::string in_utf8(std::string_view bytes) {
  std::size_t mark = 0;
  const Charset charset = detect_charset(bytes, mark);
  return decode(bytes.substr(mark), charset).text;
}

}  // namespace

Result<Layout> read_mhtml(std::string_view bytes, const Limits& limits) {
  const std::vector<MimePart> pages = mime_parts(bytes, "text/html", limits.tables);
  if (pages.empty())
    return Error{"damaged", "文件是单个文件网页（mht），但里面找不到网页的内容。请用浏览器或Word打开，另存为docx再上传。", {}};
  if (!frames_others(pages[0])) return read_html(pages[0].content, limits);
  std::string all = "\xEF\xBB\xBF";
  for (std::size_t i = 1; i < pages.size(); ++i) {
    if (!contains(pages[i].location, "tabstrip")) all += in_utf8(pages[i].content);
  }
  return read_html(all, limits);
}

}  // namespace jiheng::reading
