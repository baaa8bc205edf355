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

/// Pages with frames in them ("<iframe src=cid:…>", as browsers save them), each frame's page in its place, once.
class FramedPage {
 public:
  explicit FramedPage(const std::vector<MimePart>& pages) : pages_(pages), taken_(pages.size()) {}

  /// In UTF-8.
  std::string text(std::size_t page) {
    taken_[page] = true;
    const std::string html = in_utf8(pages_[page].content);
    const std::string small = plain_head(html, html.size());
    std::string out;
    std::size_t from = 0;
    for (std::size_t at = small.find("<iframe"); at != std::string::npos && small.size() == html.size();
         at = small.find("<iframe", at + 1)) {
      const std::size_t framed = page_of(std::string_view(small).substr(at, small.find('>', at) - at));
      if (framed == pages_.size()) continue;
      out.append(html, from, at - from).append(text(framed));
      from = at;
    }
    return out.append(html, from);
  }

 private:
  /// By what the tag's src names; the number of pages where that is none of them, or one that is shown already.
  std::size_t page_of(std::string_view tag) const {
    const std::size_t at = tag.find("src=");
    if (at == std::string_view::npos) return pages_.size();
    const std::string_view value = tag.substr(at + 4);
    const char quote = value.empty() ? ' ' : value[0];
    const bool quoted = quote == '"' || quote == '\'';
    const std::string_view raw = quoted ? value.substr(1, value.find(quote, 1) - 1) : value.substr(0, value.find(' '));
    const std::string source = replace_all(std::string(raw), "&amp;", "&");
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      const bool meant = source == pages_[i].location || (!pages_[i].id.empty() && source == "cid:" + pages_[i].id);
      if (meant && !taken_[i]) return i;
    }
    return pages_.size();
  }

  const std::vector<MimePart>& pages_;
  std::vector<bool> taken_;
};

}  // namespace

Result<Layout> read_mhtml(std::string_view bytes, const Limits& limits) {
  const std::vector<MimePart> pages = mime_parts(bytes, "text/html", limits.tables);
  if (pages.empty())
    return Error{"damaged", "文件是单个文件网页（mht），但里面找不到网页的内容。请用浏览器或Word打开，另存为docx再上传。", {}};
  if (!frames_others(pages[0])) {
    if (pages.size() == 1) return read_html(pages[0].content, limits);
    return read_html("\xEF\xBB\xBF" + FramedPage(pages).text(0), limits);
  }
  std::string all = "\xEF\xBB\xBF";
  for (std::size_t i = 1; i < pages.size(); ++i) {
    if (!contains(pages[i].location, "tabstrip")) all += in_utf8(pages[i].content);
  }
  return read_html(all, limits);
}

}  // namespace jiheng::reading
