// Web pages in one file with their pictures (mht), which Word and Excel also write under the names of doc and xls.
#include <map>
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
  explicit FramedPage(const std::vector<MimePart>& pages) : pages_(pages), taken_(pages.size()) {
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (!pages[i].location.empty()) by_source_.try_emplace(pages[i].location, i);
      if (!pages[i].id.empty()) by_source_.try_emplace("cid:" + pages[i].id, i);
    }
  }

  /// Appends it in UTF-8.
  void write(std::size_t page, std::string& out, int nesting = 0) {
    constexpr int deepest = 32;
    taken_[page] = true;
    const std::string html = in_utf8(pages_[page].content);
    const std::string small = plain_head(html, html.size());
    const bool framed = nesting < deepest && small.size() == html.size();
    std::size_t from = 0;
    for (std::size_t at = framed ? small.find(tag_) : npos; at != npos; at = small.find(tag_, at + tag_.size())) {
      // A tag that is never closed ends where the next one begins, so that no byte is looked at for two of them.
      const std::size_t end = small.find_first_of("<>", at + 1);
      const std::size_t inner = page_of(std::string_view(small).substr(at, end - at));
      if (inner == npos || taken_[inner]) continue;
      out.append(html, from, at - from);
      write(inner, out, nesting + 1);
      from = at;
    }
    out.append(html, from);
  }

 private:
  static constexpr std::size_t npos = std::string_view::npos;
  static constexpr std::string_view tag_ = "<iframe";

  /// By what the tag's src names; npos where that is no page of the file.
  std::size_t page_of(std::string_view tag) const {
    const std::size_t at = tag.find("src=");
    if (at == npos) return npos;
    const std::string_view value = tag.substr(at + 4);
    const char quote = value.empty() ? ' ' : value[0];
    const bool quoted = quote == '"' || quote == '\'';
    const std::string_view source = quoted ? value.substr(1, value.find(quote, 1) - 1) : value.substr(0, value.find(' '));
    const auto found = by_source_.find(replace_all(std::string(source), "&amp;", "&"));
    return found == by_source_.end() ? npos : found->second;
  }

  const std::vector<MimePart>& pages_;
  std::vector<bool> taken_;
  std::map<std::string, std::size_t> by_source_;
};

}  // namespace

Result<Layout> read_mhtml(std::string_view bytes, const Limits& limits) {
  const std::vector<MimePart> pages = mime_parts(bytes, "text/html", limits.tables);
  if (pages.empty())
    return Error{"damaged", "文件是单个文件网页（mht），但里面找不到网页的内容。请用浏览器或Word打开，另存为docx再上传。", {}};
  if (!frames_others(pages[0])) {
    if (pages.size() == 1) return read_html(pages[0].content, limits);
    std::string whole = "\xEF\xBB\xBF";
    FramedPage(pages).write(0, whole);
    return read_html(whole, limits);
  }
  std::string all = "\xEF\xBB\xBF";
  for (std::size_t i = 1; i < pages.size(); ++i) {
    if (!contains(pages[i].location, "tabstrip")) all += in_utf8(pages[i].content);
  }
  return read_html(all, limits);
}

}  // namespace jiheng::reading
