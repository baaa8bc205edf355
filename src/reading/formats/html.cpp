// Web pages, and what Word and content management systems make of them: tags may be missing, crossed or made up.
#include <algorithm>
#include <string>

#include "base/byte_search.h"
#include "base/text.h"
#include "reading/encoding.h"
#include "reading/flow.h"
#include "reading/formats/formats.h"
#include "reading/html_tokens.h"

namespace jiheng::reading {
namespace {

using Kind = HtmlTokens::Kind;

bool is_space(char c) {
  return c == ' ' || (c >= 9 && c <= 13);
}
constexpr ByteSet of_word([](unsigned char c) { return !(c == ' ' || (c >= 9 && c <= 13)); });

enum class Element { inline_, block, break_, table, row_group, row, cell, hidden, input, option, void_ };

Element element_of(std::string_view name) {
  switch (name.size()) {
    case 1:
      return name == "p" ? Element::block : Element::inline_;
    case 2:
      if (name == "td" || name == "th") return Element::cell;
      if (name == "tr") return Element::row;
      if (name == "br") return Element::break_;
      if (name == "li" || name == "ul" || name == "ol" || name == "dl" || name == "dt" || name == "dd") return Element::block;
      if (name == "hr") return Element::break_;
      if (name == "rt" || name == "rp") return Element::hidden;
      if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6') return Element::block;
      return Element::inline_;
    case 3:
      if (name == "div" || name == "pre" || name == "nav") return Element::block;
      if (name == "del" || name == "svg") return Element::hidden;
      if (name == "img" || name == "wbr" || name == "col") return Element::void_;
      return Element::inline_;
    case 4:
      if (name == "form" || name == "main" || name == "body") return Element::block;
      if (name == "meta" || name == "link" || name == "base" || name == "area") return Element::void_;
      return Element::inline_;
    case 5:
      if (name == "table") return Element::table;
      if (name == "tbody" || name == "thead" || name == "tfoot") return Element::row_group;
      if (name == "aside") return Element::block;
      if (name == "input") return Element::input;
      if (name == "embed" || name == "param") return Element::void_;
      return Element::inline_;
    case 6:
      if (name == "center" || name == "header" || name == "footer" || name == "legend" || name == "figure") return Element::block;
      if (name == "option") return Element::option;
      if (name == "source") return Element::void_;
      return Element::inline_;
    default:
      if (name == "caption" || name == "section" || name == "article" || name == "address" || name == "fieldset" || name == "blockquote" ||
          name == "figcaption") {
        return Element::block;
      }
      return Element::inline_;
  }
}

/// "colspan=3", "colspan='3px'"; `absent` where there is no number.
std::uint32_t span_of(std::string_view value, std::uint32_t absent) {
  std::uint32_t number = 0;
  value = trim(value);
  if (value.empty() || value[0] < '0' || value[0] > '9') return absent;
  for (const char c : value) {
    if (c < '0' || c > '9' || number > 100'000) break;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return number;
}

/// Whether "non" or "hid" stands anywhere in it, as in none and hide: most tags have neither, and pages of Word have long ones.
bool may_hide(std::string_view attributes) {
  return has_letters<'n', 'o', 'n'>(attributes) || has_letters<'h', 'i', 'd'>(attributes);
}

/// display:none, mso-hide:all (Word's hidden text), the attribute hidden.
bool is_hidden(const HtmlTokens& tokens) {
  if (!may_hide(tokens.attributes())) return false;
  std::string style;
  for (const char c : tokens.attribute("style")) {
    if (!is_space(c)) style.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  }
  if (contains(style, "display:none") || contains(style, "mso-hide:all")) return true;
  return tokens.attribute("hidden").data() != nullptr;
}

/// Whether the element floats to a side of its line: a field of its own there.
bool is_floating(const HtmlTokens& tokens) {
  return has_letters<'f', 'l', 'o'>(tokens.attributes()) && contains(tokens.attribute("style"), "float:");
}

class PageReader {
 public:
  PageReader(std::string_view html, FlowBuilder& flow) : tokens_(html), flow_(flow) {}

  void read() {
    while (!flow_.failed()) {
      switch (tokens_.next()) {
        case Kind::start:
          start();
          break;
        case Kind::end:
          end();
          break;
        case Kind::text:
          text(tokens_.text());
          break;
        case Kind::finish:
          return;
      }
    }
  }

 private:
  void start();
  void end();
  void start_cell();
  void start_input();
  void text(std::string_view raw);
  void end_paragraph() {
    space_pending_ = false;
    flow_.end_paragraph();
  }

  /// What is hidden, from the tag that hides on: told by tags alone, since end tags may be missing.
  struct Hidden {
    bool active = false;
    char name[32] = {};
    std::size_t length = 0;
    std::size_t level = 0;   ///< open elements of that name
    std::size_t tables = 0;  ///< open tables inside
    std::string_view view() const { return {name, length}; }
  };
  void hide();
  bool still_hidden_at_start();
  bool still_hidden_at_end();

  HtmlTokens tokens_;
  FlowBuilder& flow_;
  Hidden hidden_;
  bool space_pending_ = false;
  std::string buffer_;
};

/// End tags that pages leave out; such an element ends where the next of its kind begins.
bool may_lack_end(std::string_view name) {
  return name == "p" || name == "li" || name == "td" || name == "th" || name == "tr" || name == "option" || name == "dt" || name == "dd" ||
         name == "rt" || name == "rp";
}

void PageReader::hide() {
  hidden_ = Hidden{};
  hidden_.active = true;
  hidden_.length = tokens_.name().copy(hidden_.name, sizeof hidden_.name - 1);
  hidden_.level = 1;
}

bool PageReader::still_hidden_at_start() {
  const std::string_view name = tokens_.name();
  const Element element = element_of(name);
  if (may_lack_end(hidden_.view()) && hidden_.tables == 0) {
    const Element own = element_of(hidden_.view());
    const bool next_of_kind = own == Element::cell    ? element == Element::cell || element == Element::row || element == Element::row_group
                              : own == Element::row   ? element == Element::row || element == Element::row_group
                              : hidden_.view() == "p" ? element == Element::block || element == Element::table ||
                                                            element == Element::cell || element == Element::row
                                                      : name == hidden_.view() || element == Element::cell || element == Element::row;
    if (next_of_kind) return false;
  } else if (name == hidden_.view() && element != Element::table) {
    ++hidden_.level;
  }
  if (element == Element::table) ++(name == hidden_.view() ? hidden_.level : hidden_.tables);
  return true;
}

/// False where this end tag still has to be acted upon.
bool PageReader::still_hidden_at_end() {
  const std::string_view name = tokens_.name();
  const Element element = element_of(name);
  if (name == hidden_.view() && hidden_.tables == 0) {
    if (--hidden_.level == 0) hidden_.active = false;
    return true;
  }
  if (element == Element::table && hidden_.tables > 0) {
    --hidden_.tables;
    return true;
  }
  // What is round it ends here, so it does, too.
  const Element own = element_of(hidden_.view());
  const bool around_row = element == Element::table || element == Element::row_group;
  const bool around_cell = around_row || element == Element::row;
  const bool around_text = around_cell || element == Element::cell || name == "div";
  const bool around = own == Element::row            ? around_row
                      : own == Element::cell         ? around_cell
                      : may_lack_end(hidden_.view()) ? around_text
                                                     : element == Element::table;
  const bool outer = hidden_.tables == 0 && own != Element::table && around;
  if (outer) hidden_.active = false;
  return !outer;
}

void PageReader::start() {
  if (hidden_.active) {
    if (still_hidden_at_start()) return;
    hidden_.active = false;
  }
  const Element element = element_of(tokens_.name());
  if (element == Element::hidden ||
      (element != Element::void_ && element != Element::break_ && element != Element::input && is_hidden(tokens_)))
    return hide();
  switch (element) {
    case Element::block:
    case Element::break_:
      return end_paragraph();
    case Element::table:
      // A table straight in a table, outside its cells: the first one was never closed.
      if (flow_.in_table() && !flow_.in_cell()) flow_.end_table();
      end_paragraph();
      return flow_.begin_table();
    case Element::row_group:
      space_pending_ = false;
      return flow_.end_row_group();
    case Element::row:
      end_paragraph();
      if (!flow_.in_table()) flow_.begin_table();
      return flow_.begin_row();
    case Element::cell:
      return start_cell();
    case Element::input:
      return start_input();
    case Element::option:
      if (tokens_.attribute("selected").data() == nullptr) hide();
      return;
    case Element::inline_:
      if (!flow_.at_paragraph_start() && is_floating(tokens_)) {
        space_pending_ = false;
        flow_.text("    ");
      }
      return;
    case Element::hidden:
    case Element::void_:
      return;
  }
}

void PageReader::start_cell() {
  end_paragraph();
  if (!flow_.in_table()) flow_.begin_table();
  flow_.begin_cell(std::max(span_of(tokens_.attribute("colspan"), 1), 1U), span_of(tokens_.attribute("rowspan"), 1));
}

/// Fields of a form show their value.
void PageReader::start_input() {
  std::string type;
  for (const char c : tokens_.attribute("type")) type.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  if (type == "checkbox" || type == "radio") {
    flow_.text(tokens_.attribute("checked").data() != nullptr ? "☑" : "☐");
  } else if (type.empty() || type == "text" || type == "number") {
    text(tokens_.attribute("value"));
  }
}

void PageReader::end() {
  if (hidden_.active && still_hidden_at_end()) return;
  switch (element_of(tokens_.name())) {
    case Element::block:
      return end_paragraph();
    case Element::break_:
      if (tokens_.name() == "br") end_paragraph();
      return;
    case Element::table:
      space_pending_ = false;
      return flow_.end_table();
    case Element::row_group:
      space_pending_ = false;
      return flow_.end_row_group();
    case Element::row:
      space_pending_ = false;
      return flow_.end_row();
    case Element::cell:
      space_pending_ = false;
      return flow_.end_cell();
    default:
      return;
  }
}

/// White space as a browser sets it: runs are one space, none at a line's ends.
void PageReader::text(std::string_view raw) {
  if (hidden_.active) return;
  const char* at = raw.data();
  const char* const end = at + raw.size();
  while (at != end) {
    if (is_space(*at)) {
      while (at != end && is_space(*at)) ++at;
      space_pending_ = space_pending_ || !flow_.at_paragraph_start();
      continue;
    }
    const char* const word_end = of_word.skip(at, end);
    const std::string_view word(at, static_cast<std::size_t>(word_end - at));
    if (!space_pending_ && find_first<'&'>(at, word_end) == word_end) {
      flow_.text(word);
    } else {
      buffer_.assign(space_pending_ ? " " : "");
      HtmlTokens::append_unescaped(buffer_, word);
      space_pending_ = false;
      flow_.text(buffer_);
    }
    at = word_end;
  }
}

// ---- encoding ------------------------------------------------------------------------------------------------------------------

/// The charset that the page's head names.
Charset declared_charset(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  for (std::size_t at = head.find("charset"); at != std::string_view::npos; at = head.find("charset", at + 1)) {
    std::size_t from = at + 7;
    while (from < head.size() && (is_space(head[from]) || head[from] == '=' || head[from] == '"' || head[from] == '\'')) ++from;
    std::size_t end = from;
    while (end < head.size() && !is_space(head[end]) && std::string_view("\"'>;/").find(head[end]) == std::string_view::npos) ++end;
    if (const Charset charset = charset_from_name(head.substr(from, end - from)); charset != Charset::unknown) return charset;
  }
  return Charset::unknown;
}

/// A mark decides; then whether the bytes are UTF-8, for pages keep the tag they had before they were converted; then the tag.
DecodedText decode_page(std::string_view bytes) {
  std::size_t mark = 0;
  Charset charset = detect_charset(bytes, mark);
  if (mark == 0 && charset == Charset::gb18030) {
    const Charset declared = declared_charset(bytes);
    if (declared == Charset::big5) charset = declared;
    if (declared == Charset::utf8) {
      DecodedText as_declared = decode(bytes, Charset::utf8);
      DecodedText as_found = decode(bytes, Charset::gb18030);
      return as_found.damaged == 0 || as_found.damaged < as_declared.damaged ? std::move(as_found) : std::move(as_declared);
    }
  }
  if (mark == 0 && charset == Charset::utf8) return {std::string(bytes), 0, 0};  // detected by being valid
  return decode(bytes.substr(mark), charset);
}

}  // namespace

Result<Layout> read_html(std::string_view bytes, const Limits& limits) {
  const DecodedText page = decode_page(bytes);
  Layout layout;
  FlowBuilder flow(layout, limits);
  PageReader(page.text, flow).read();
  if (auto error = flow.finish()) return std::move(*error);
  if (page.damaged > 0) {
    layout.notes.push_back({"encoding-damaged",
                            "网页里有" + std::to_string(page.damaged) + "处文字编码损坏（第一处在第" +
                                std::to_string(page.first_damaged_line) + "行），显示为“�”，请核对。",
                            {},
                            {},
                            {}});
  }
  return layout;
}

}  // namespace jiheng::reading
