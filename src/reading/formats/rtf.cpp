// Rich Text Format, mostly under the name of a doc: paragraphs are gathered with their marks, then go the way of a doc.
#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "reading/flow.h"
#include "reading/formats/docx_symbols.h"
#include "reading/formats/formats.h"
#include "reading/formats/office_text.h"
#include "reading/formats/rtf_tokens.h"
#include "reading/formats/rtf_words.h"
#include "reading/formats/word_layout.h"
#include "reading/formats/word_tables.h"

namespace jiheng::reading {
namespace {

constexpr std::uint32_t symbol_page = 0xFFFF;  ///< a font whose characters have no meaning outside it

struct Font {
  std::uint32_t page = 0;  ///< 0: the document's
  std::string name;
};

std::uint32_t page_of_charset(std::int32_t charset) {
  switch (charset) {
    case 2:
      return symbol_page;
    case 134:
      return 936;
    case 136:
      return 950;
    default:
      return 0;
  }
}

/// What a group inherits, and gives back when it ends.
struct State {
  bool skipped = false;
  bool starred = false;  ///< \* stood in front: a group to be skipped unless its word is known
  bool fresh = true;     ///< nothing but \* has been in it
  bool hidden = false;
  bool deleted = false;
  bool inserted = false;
  bool in_fonts = false;
  bool in_header = false;
  bool in_box = false;
  bool in_inner_row = false;
  bool in_form_field = false;
  bool ends_form_field = false;
  bool ends_box = false;
  bool ends_header = false;
  std::uint8_t after_unicode = 1;
  std::int32_t font = 0;
};

class RtfReader {
 public:
  RtfReader(std::string_view bytes, const Limits& limits) : tokens_(bytes), limits_(limits) {}

  std::optional<Error> read();
  /// The document's paragraphs.
  void flow(FlowBuilder& flow) const { flow_body(main_, flow); }
  void flow_header(FlowBuilder& flow) const { flow_body(header_, flow); }
  bool tracked_changes() const { return tracked_changes_; }
  /// Groups are still open at the end.
  bool is_cut() const { return !outer_.empty(); }

 private:
  struct Body {
    WordMarks marks;
    std::string text;
    std::vector<std::size_t> ends;  ///< of each paragraph's text
  };
  struct RowDefinition {
    WordRow row;
    WordRow::Merge next;
    std::uint32_t index = WordMark::no_row;  ///< among the body's rows, once it is there
  };

  static void flow_body(const Body& body, FlowBuilder& flow);
  Body& body() { return state_.in_header ? header_ : main_; }
  void open();
  void close();
  void take_word();
  void take_symbol();
  void take_bytes(std::string_view bytes);
  void take_unicode(std::int32_t unit);
  void take_row_word(RtfWord word);
  void note_changes() {
    tracked_changes_ = tracked_changes_ || state_.deleted || state_.inserted;
    deleted_text_ = deleted_text_ || state_.deleted;
  }
  void add(std::string_view text);
  void flush();
  void end_paragraph(std::uint32_t depth, bool cell_end, bool row_end, RowDefinition* definition = nullptr);
  std::uint32_t depth() const { return depth_ > 0 ? depth_ : in_table_ ? 1 : 0; }
  bool shows() const { return !state_.skipped && !state_.hidden && !state_.deleted && !state_.in_fonts && !state_.in_form_field; }

  RtfTokens tokens_;
  const Limits& limits_;
  std::optional<Error> error_;
  State state_;
  std::vector<State> outer_;
  std::uint32_t code_page_ = 1252;
  std::unordered_map<std::int32_t, Font> fonts_;
  std::int32_t table_font_ = 0;
  std::string pending_;  ///< bytes of the present font's code page
  std::uint32_t to_skip_ = 0;
  char16_t high_half_ = 0;
  bool in_table_ = false;
  std::uint32_t depth_ = 0;
  RowDefinition row_;
  RowDefinition inner_row_;
  std::int32_t form_type_ = 0;
  std::int32_t form_result_ = 25;
  std::int32_t form_default_ = 0;
  bool tracked_changes_ = false;
  bool deleted_text_ = false;  ///< in the present paragraph
  Body main_;
  Body header_;
  std::string buffer_;
};

std::optional<Error> RtfReader::read() {
  using Kind = RtfTokens::Kind;
  while (!error_) {
    switch (tokens_.next()) {
      case Kind::finish:
        flush();
        if (body().text.size() > (body().ends.empty() ? 0 : body().ends.back())) end_paragraph(depth(), false, false);
        return error_;
      case Kind::open:
        open();
        break;
      case Kind::close:
        close();
        break;
      case Kind::word:
        take_word();
        state_.fresh = false;
        break;
      case Kind::symbol:
        take_symbol();
        break;
      case Kind::text:
        take_bytes(tokens_.text());
        state_.fresh = false;
        break;
    }
  }
  return error_;
}

void RtfReader::open() {
  flush();
  to_skip_ = 0;
  if (outer_.size() >= limits_.depth) {
    error_ =
        Error{"too-deep",
              "文件里的分组套了超过" + std::to_string(limits_.depth) + "层，不像正常的文件，已停止读取。请用Word打开后另存一份再上传。",
              {}};
    return;
  }
  outer_.push_back(state_);
  state_.fresh = true;
  state_.starred = state_.ends_form_field = state_.ends_box = state_.ends_header = false;
}

void RtfReader::close() {
  flush();
  to_skip_ = 0;
  if (state_.ends_box && !state_.skipped) end_paragraph(depth(), false, false);
  if (state_.ends_header) end_paragraph(0, false, false);
  const bool form_field = state_.ends_form_field;
  if (outer_.empty()) return;  // one too many: what follows is read on
  state_ = outer_.back();
  outer_.pop_back();
  if (form_field && form_type_ == 1) {
    // The field's own group, in which it lies, is skipped as an instruction.
    const bool checked = (form_result_ == 25 ? form_default_ : form_result_) == 1;
    if (!state_.hidden && !state_.deleted) body().text += checked ? "☑" : "☐";
  }
}

void RtfReader::take_symbol() {
  switch (tokens_.symbol()) {
    case '*':
      if (state_.fresh) state_.starred = true;
      return;
    case '~':
      add("\u00A0");
      break;
    case '_':
      add("-");
      break;
    case '\\':
    case '{':
    case '}': {
      const char c = tokens_.symbol();
      take_bytes({&c, 1});
      break;
    }
    case '\r':
    case '\n':
      if (!state_.skipped) end_paragraph(depth(), false, false);
      break;
    case '\t':
      add("\t");
      break;
    default:
      break;
  }
  state_.fresh = false;
}

void RtfReader::take_word() {
  const RtfMeaning meaning = rtf_meaning(tokens_.text());
  const RtfWord word = meaning.word;
  const bool on = !tokens_.has_number() || tokens_.number() != 0;
  if (state_.starred && state_.fresh) {
    const bool read = word == RtfWord::inner_row_properties || word == RtfWord::box_instruction || word == RtfWord::form_field;
    if (!read) state_.skipped = true;
  }
  if (word == RtfWord::binary) {
    if (tokens_.number() > 0) tokens_.skip(static_cast<std::size_t>(tokens_.number()));
    return;
  }
  if (word == RtfWord::form_field) {  // inside the instruction of its field
    state_.in_form_field = state_.ends_form_field = true;
    form_type_ = form_default_ = 0;
    form_result_ = 25;
    return;
  }
  if (state_.in_form_field) {
    if (word == RtfWord::form_type) form_type_ = tokens_.number();
    if (word == RtfWord::form_result) form_result_ = tokens_.number();
    if (word == RtfWord::form_default) form_default_ = tokens_.number();
    return;
  }
  if (state_.skipped || word == RtfWord::other) return;
  if (to_skip_ > 0 && word != RtfWord::unicode) --to_skip_;
  switch (word) {
    case RtfWord::destination:
      flush();
      state_.skipped = true;
      break;
    case RtfWord::header:
      flush();
      if (state_.in_header) break;
      state_.in_header = state_.ends_header = true;
      break;
    case RtfWord::code_page:
      if (tokens_.number() > 0) code_page_ = static_cast<std::uint32_t>(tokens_.number());
      break;
    case RtfWord::skipped_after_unicode:
      state_.after_unicode = static_cast<std::uint8_t>(std::clamp(tokens_.number(), 0, 255));
      break;
    case RtfWord::unicode:
      take_unicode(tokens_.number());
      break;
    case RtfWord::font:
      flush();
      (state_.in_fonts ? table_font_ : state_.font) = tokens_.number();
      break;
    case RtfWord::font_table:
      flush();
      state_.in_fonts = true;
      break;
    case RtfWord::font_charset:
      if (state_.in_fonts && fonts_.size() < 10000) fonts_[table_font_].page = page_of_charset(tokens_.number());
      break;
    case RtfWord::plain:
      flush();
      state_.hidden = state_.deleted = state_.inserted = false;
      break;
    case RtfWord::hidden:
      flush();
      state_.hidden = on;
      break;
    case RtfWord::deleted:
      flush();
      state_.deleted = on;
      break;
    case RtfWord::inserted:
      flush();
      state_.inserted = on;
      break;
    case RtfWord::paragraph:
      end_paragraph(depth(), false, false);
      break;
    case RtfWord::line:
      add("\n");
      break;
    case RtfWord::tab:
      add("\t");
      break;
    case RtfWord::character:
      add(meaning.text);
      break;
    case RtfWord::box_text:
      flush();
      end_paragraph(depth(), false, false);
      state_.in_box = state_.ends_box = true;
      break;
    case RtfWord::inner_row_properties:
      state_.in_inner_row = true;
      break;
    default:
      take_row_word(word);
  }
}

/// In a text box, marks are those of what is round it: its tables come out as paragraphs.
void RtfReader::take_row_word(RtfWord word) {
  RowDefinition& definition = state_.in_inner_row ? inner_row_ : row_;
  switch (word) {
    case RtfWord::paragraph_defaults:
      if (state_.in_box) break;
      in_table_ = false;
      depth_ = 0;
      break;
    case RtfWord::in_table:
      if (!state_.in_box) in_table_ = true;
      break;
    case RtfWord::depth:
      if (!state_.in_box) depth_ = static_cast<std::uint32_t>(std::clamp(tokens_.number(), 0, 100'000));
      break;
    case RtfWord::row_defaults:
      definition = {};
      definition.row.edges.push_back(0);
      break;
    case RtfWord::row_left:
      if (definition.row.edges.size() == 1) definition.row.edges[0] = std::clamp(tokens_.number(), -100'000, 100'000);
      break;
    case RtfWord::cell_edge:
      if (definition.row.cells.size() >= WordRow::most_cells || definition.row.edges.empty()) break;
      definition.row.edges.push_back(std::clamp(tokens_.number(), -100'000, 100'000));
      definition.row.cells.push_back(definition.next);
      definition.next = {};
      definition.index = WordMark::no_row;
      break;
    case RtfWord::merge_first:
      definition.next.across = 1;
      break;
    case RtfWord::merge_left:
      definition.next.across = 2;
      break;
    case RtfWord::merge_top:
      definition.next.starts_down = true;
      break;
    case RtfWord::merge_up:
      definition.next.up = true;
      break;
    case RtfWord::cell:
      end_paragraph(state_.in_box ? depth() : 1, !state_.in_box, false);
      break;
    case RtfWord::row:
      if (!state_.in_box) end_paragraph(1, false, true, &row_);
      break;
    case RtfWord::inner_cell:
      end_paragraph(state_.in_box ? depth() : std::max(depth(), 2U), !state_.in_box, false);
      break;
    case RtfWord::inner_row:
      if (!state_.in_box) end_paragraph(std::max(depth(), 2U), false, true, &inner_row_);
      break;
    default:
      break;
  }
}

// ---- text ----------------------------------------------------------------------------------------------------------------------

void RtfReader::take_bytes(std::string_view bytes) {
  const std::size_t skipped = std::min<std::size_t>(to_skip_, bytes.size());
  to_skip_ -= static_cast<std::uint32_t>(skipped);
  bytes.remove_prefix(skipped);
  if (bytes.empty() || state_.skipped) return;
  if (state_.in_fonts) {
    if (fonts_.size() < 10000) fonts_[table_font_].name.append(bytes.substr(0, 100));
    return;
  }
  note_changes();
  if (shows()) pending_.append(bytes);
}

void RtfReader::take_unicode(std::int32_t number) {
  flush();
  to_skip_ = state_.after_unicode;
  if (state_.in_fonts) return;
  note_changes();
  if (!shows() || number == 0) return;
  const auto unit = static_cast<char16_t>(static_cast<std::uint32_t>(number) & 0xFFFF);
  if ((unit & 0xFC00) == 0xD800) {
    high_half_ = unit;
    return;
  }
  char32_t code = unit;
  if ((unit & 0xFC00) == 0xDC00) code = high_half_ == 0 ? 0xFFFD : 0x10000 + ((high_half_ & 0x3FFU) << 10) + (unit & 0x3FFU);
  high_half_ = 0;
  if (unit >= 0xF000 && unit <= 0xF0FF) {  // where a symbol font has its characters
    const auto font = fonts_.find(state_.font);
    std::string_view name = font == fonts_.end() ? std::string_view{} : std::string_view(font->second.name);
    name = name.substr(0, name.find(';'));
    const std::string_view symbol = symbol_text(name, code, buffer_);
    if (!symbol.empty()) {
      body().text += symbol;
      return;
    }
  }
  append_utf8(body().text, code);
}

void RtfReader::add(std::string_view text) {
  flush();
  if (to_skip_ > 0) {
    --to_skip_;
    return;
  }
  if (shows()) body().text += text;
}

/// What has been gathered in the present font's bytes.
void RtfReader::flush() {
  if (pending_.empty()) return;
  const auto font = fonts_.find(state_.font);
  std::uint32_t page = font == fonts_.end() ? 0 : font->second.page;
  if (page == symbol_page) {
    std::string_view name = font->second.name;
    name = name.substr(0, name.find(';'));
    for (const char c : pending_) body().text += symbol_text(name, static_cast<std::uint8_t>(c), buffer_);
  } else {
    append_code_page(body().text, pending_, page == 0 ? code_page_ : page);
  }
  pending_.clear();
}

void RtfReader::end_paragraph(std::uint32_t depth, bool cell_end, bool row_end, RowDefinition* definition) {
  flush();
  to_skip_ = 0;
  Body& target = body();
  const std::size_t begun = target.ends.empty() ? 0 : target.ends.back();
  WordMark mark{depth, cell_end, row_end, target.text.size() > begun, std::exchange(deleted_text_, false), WordMark::no_row};
  if (definition != nullptr && !definition->row.cells.empty() && target.marks.rows.size() < limits_.cells / 2) {
    if (definition->index == WordMark::no_row || state_.in_header) {
      definition->index = static_cast<std::uint32_t>(target.marks.rows.size());
      target.marks.rows.push_back(definition->row);
    }
    mark.row = definition->index;
  }
  WordMark* const added = add_mark(target.marks, limits_);
  if (added == nullptr) {
    error_ = too_many_paragraphs(limits_);
    return;
  }
  *added = mark;
  target.ends.push_back(target.text.size());
}

void RtfReader::flow_body(const Body& body, FlowBuilder& flow) {
  flow_paragraphs(body.marks, flow, [&](std::size_t index) {
    const std::size_t begin = index == 0 ? 0 : body.ends[index - 1];
    flow.text(std::string_view(body.text).substr(begin, body.ends[index] - begin));
  });
}

}  // namespace

Result<Layout> read_rtf(std::string_view bytes, const Limits& limits) {
  RtfReader reader(bytes, limits);
  if (auto error = reader.read()) return *error;
  Layout layout;
  FlowBuilder flow(layout, limits);
  reader.flow(flow);
  if (auto error = flow.finish()) return *error;
  if (reader.tracked_changes()) note_tracked_changes(layout);
  if (reader.is_cut())
    layout.notes.push_back({"file-cut", "文件的结尾不完整，可能缺了一部分，请核对，或用Word打开后另存一份再上传。", {}, {}, {}});
  if (lacks_title(layout)) {
    Layout header;
    FlowBuilder header_flow(header, limits);
    reader.flow_header(header_flow);
    if (!header_flow.finish()) take_title(header, layout);
  }
  return layout;
}

}  // namespace jiheng::reading
