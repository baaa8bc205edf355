// Word documents of 97 to 2003 (doc, and wps of WPS), [MS-DOC]: paragraphs are told by their marks, then tables by the paragraphs'
// properties, and both go the way of a docx.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "reading/flow.h"
#include "reading/formats/compound_file.h"
#include "reading/formats/docx_symbols.h"
#include "reading/formats/formats.h"
#include "reading/formats/little_endian.h"
#include "reading/formats/office_text.h"
#include "reading/formats/word_file.h"
#include "reading/formats/word_layout.h"
#include "reading/formats/word_lists.h"
#include "reading/formats/word_properties.h"
#include "reading/formats/word_tables.h"

namespace jiheng::reading {
namespace {

namespace mark {
constexpr char16_t picture = 0x01;
constexpr char16_t cell = 0x07;
constexpr char16_t drawn = 0x08;
constexpr char16_t tab = 0x09;
constexpr char16_t line = 0x0B;
constexpr char16_t page = 0x0C;
constexpr char16_t paragraph = 0x0D;
constexpr char16_t column = 0x0E;
constexpr char16_t field_begins = 0x13;
constexpr char16_t field_result = 0x14;
constexpr char16_t field_ends = 0x15;
constexpr char16_t hyphen = 0x1E;
}  // namespace mark

constexpr std::size_t headers_pair = 11;
constexpr std::size_t shapes_pair = 40;
constexpr std::size_t boxes_pair = 56;

/// What the marks of a story end, beside the marks themselves.
struct Stretch {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;   ///< where the mark stands
  std::string_view plain;  ///< its bytes in UTF-16, where it lies in one piece and has nothing but characters that stand for themselves
};
/// What the lists of a paragraph say.
struct Paragraph {
  ParagraphProperties properties;
  std::uint32_t row = WordMark::no_row;  ///< index among the story's, once it is defined
};
struct Story {
  WordMarks marks;
  KnownLists<Paragraph> paragraphs;
  std::vector<Stretch> stretches;
};

/// A text box: where it is anchored, and which part of the boxes' story it is.
struct TextBox {
  std::uint32_t anchor = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool shown = false;
};

/// What the lists of a document do to its text, all taken together.
struct TextChanges {
  bool deletions = false;  ///< tracked changes delete some
  bool any = false;        ///< where not, all text stands as it is, and no stretch of it differs from another
};

TextChanges text_changes(const WordFile& file) {
  TextChanges changes;
  KnownLists<CharacterProperties> known;
  const auto add = [&](std::string_view list) {
    const CharacterProperties& properties = known.of({list, {}}, [&] {
      CharacterProperties made;
      apply_modifiers(list, made);
      return made;
    });
    changes.deletions = changes.deletions || properties.deleted;
    changes.any = changes.any || properties.deleted || properties.inserted || properties.hidden || properties.symbol || properties.has_data;
  };
  if (!file.character_formats().each_list(add)) return {true, true};
  for (const WordPiece& piece : file.pieces()) {
    if (!piece.modifiers.empty()) add(piece.modifiers);
  }
  return changes;
}

class StoryReader {
 public:
  StoryReader(const WordFile& file, const TextChanges& changes, FlowBuilder& flow, const Limits& limits)
      : file_(file),
        flow_(flow),
        limits_(limits),
        characters_(file.character_formats()),
        paragraphs_(file.paragraph_formats()),
        changes_(changes) {}

  void read(std::uint32_t begin, std::uint32_t end);
  /// Those whose anchor stands in the story come out there; the rest behind it.
  void set_boxes(std::vector<TextBox> boxes) { boxes_ = std::move(boxes); }
  void read_rest_of_boxes();
  bool tracked_changes() const { return tracked_changes_; }
  /// too-large
  const std::optional<Error>& error() const { return error_; }

 private:
  std::size_t piece_at(std::uint32_t character) const;
  bool split(std::uint32_t begin, std::uint32_t end, Story& out);
  void fill_mark(const WordPiece& piece, std::uint32_t character, char16_t code, Story& out, WordMark& found);
  WordLists paragraph_lists(const WordPiece& piece, std::uint32_t character);
  void look_for_deletions(std::uint32_t begin, std::uint32_t end, WordMark& mark);
  template <class Visit>
  void each_run(std::uint32_t begin, std::uint32_t end, Visit visit);
  void define_row(const WordLists& lists, Paragraph& paragraph, Story& out);
  void read_text(std::uint32_t begin, std::uint32_t end);
  void read_run(const WordPiece& piece, std::uint32_t character, std::uint32_t count);
  void take_control(char16_t code, std::uint32_t character);
  bool take_symbol(std::uint16_t font, char16_t code);
  void take_font_character(char16_t code, std::uint32_t character);
  void take_form_field();
  void take_box(std::uint32_t anchor);
  void load_properties(const WordLists& lists);
  bool shows() const { return !properties_.deleted && !properties_.hidden && codes_ == 0; }
  void show(std::string_view text) {
    if (!shows()) return;
    flow_.text(text);
  }

  const WordFile& file_;
  FlowBuilder& flow_;
  const Limits& limits_;
  WordFormats characters_;
  WordFormats paragraphs_;
  const TextChanges& changes_;
  CharacterProperties properties_;
  WordLists lists_;  ///< what properties_ come from
  KnownLists<CharacterProperties> known_characters_;
  std::vector<bool> fields_;  ///< by open field: its code is still running
  std::size_t codes_ = 0;     ///< how many of these
  std::vector<TextBox> boxes_;
  bool in_box_ = false;
  bool tracked_changes_ = false;
  std::optional<Error> error_;
  std::string font_;
  std::uint32_t font_index_ = UINT32_MAX;
  std::string buffer_;
};

/// Calls `visit` with each stretch of like properties, which are then loaded (where nothing changes the text, with all of a piece): its
/// piece, where it begins, how many characters it has. It says whether to go on.
template <class Visit>
void StoryReader::each_run(std::uint32_t begin, std::uint32_t end, Visit visit) {
  if (begin >= end) return;
  const auto& pieces = file_.pieces();
  for (std::size_t i = piece_at(begin); i < pieces.size() && begin < end; ++i) {
    const WordPiece& piece = pieces[i];
    const std::uint32_t to = std::min(end, piece.end);
    while (begin < to) {
      if (!changes_.any) {
        if (!visit(piece, begin, to - begin)) return;
        begin = to;
        break;
      }
      const std::uint32_t place = piece.place_of(begin);
      std::uint32_t run_end = 0;
      load_properties({characters_.at(place, run_end), piece.modifiers});
      const std::uint32_t count = std::clamp((std::max(run_end, place) - place) / piece.width(), 1U, to - begin);
      if (!visit(piece, begin, count)) return;
      begin += count;
    }
  }
}

std::size_t StoryReader::piece_at(std::uint32_t character) const {
  const auto& pieces = file_.pieces();
  const auto behind = std::upper_bound(pieces.begin(), pieces.end(), character,
                                       [](std::uint32_t value, const WordPiece& piece) { return value < piece.end; });
  return static_cast<std::size_t>(behind - pieces.begin());
}

WordLists StoryReader::paragraph_lists(const WordPiece& piece, std::uint32_t character) {
  std::uint32_t unused = 0;
  return {whole_list(paragraphs_.at(piece.place_of(character), unused), file_.data()), piece.modifiers};
}

void StoryReader::fill_mark(const WordPiece& piece, std::uint32_t character, char16_t code, Story& out, WordMark& found) {
  const WordLists lists = paragraph_lists(piece, character);
  Paragraph& paragraph = out.paragraphs.of(lists, [&] {
    Paragraph made;
    apply_modifiers(lists.own, file_.data(), made.properties);
    apply_modifiers(lists.of_piece, file_.data(), made.properties);
    return made;
  });
  const ParagraphProperties& properties = paragraph.properties;
  if (code == mark::cell) {
    found.depth = 1;
    found.row_end = properties.row_end;
    found.cell_end = !properties.row_end;
  } else if (properties.in_table || properties.depth > 0) {
    found.depth = static_cast<std::uint32_t>(std::max(properties.depth, 1));
    found.row_end = found.depth > 1 && properties.inner_row_end;
    found.cell_end = found.depth > 1 && properties.inner_cell && !found.row_end;
  }
  if (!found.row_end) return;
  define_row(lists, paragraph, out);
  found.row = paragraph.row;
  if (!changes_.any) return;
  // A row that was deleted or inserted has its own mark so.
  std::uint32_t unused = 0;
  load_properties({characters_.at(piece.place_of(character), unused), piece.modifiers});
  tracked_changes_ = tracked_changes_ || properties_.deleted || properties_.inserted;
  found.deleted_text = properties_.deleted;
}

/// Whether all of a paragraph's text is deleted, or some.
void StoryReader::look_for_deletions(std::uint32_t begin, std::uint32_t end, WordMark& mark) {
  mark.text = false;
  each_run(begin, end, [&](const WordPiece&, std::uint32_t, std::uint32_t) {
    (properties_.deleted ? mark.deleted_text : mark.text) = true;
    return !mark.text || !mark.deleted_text;
  });
}

/// Rows that are alike share their definition.
void StoryReader::define_row(const WordLists& lists, Paragraph& paragraph, Story& out) {
  if (paragraph.row != WordMark::no_row || out.marks.rows.size() > limits_.cells / 2) return;
  paragraph.row = static_cast<std::uint32_t>(out.marks.rows.size());
  WordRow& row = out.marks.rows.emplace_back();
  apply_modifiers(lists.own, file_.data(), row);
  apply_modifiers(lists.of_piece, file_.data(), row);
}

/// False where there are too many paragraphs.
bool StoryReader::split(std::uint32_t begin, std::uint32_t end, Story& out) {
  constexpr unsigned marks = 1U << mark::paragraph | 1U << mark::cell | 1U << mark::page;
  constexpr std::uint32_t usual_characters = 16;  // of a cell
  const std::size_t expected = std::min((end - std::min(begin, end)) / usual_characters + 1, 4096U);
  out.marks.marks.reserve(expected);
  out.stretches.reserve(expected);
  const auto& pieces = file_.pieces();
  std::uint32_t paragraph = begin;
  for (std::size_t i = piece_at(begin); i < pieces.size() && pieces[i].begin < end; ++i) {
    const WordPiece& piece = pieces[i];
    const std::uint32_t from = std::max(begin, piece.begin);
    const std::uint32_t to = std::min(end, piece.end);
    const char* const text = piece.text_from(from).data();
    const std::size_t width = piece.width();
    const char* const text_end = text + (to - from) * width;
    const bool may_be_plain = piece.wide && !changes_.any;
    const char* plain = may_be_plain && paragraph == from ? text : nullptr;  // from where on none was special
    for (const char* at = text; at != text_end; at += width) {
      if (piece.wide) at = first_special_unit(piece.text.data(), at, text_end);
      if (at == text_end) break;
      const bool may_be_mark = static_cast<std::uint8_t>(*at) <= mark::paragraph && (!piece.wide || at[1] == 0);
      const auto code = static_cast<char16_t>(static_cast<std::uint8_t>(*at));
      if (!may_be_mark || (marks >> code & 1) == 0) {
        plain = nullptr;
        continue;
      }
      const std::uint32_t character = from + static_cast<std::uint32_t>(static_cast<std::size_t>(at - text) / width);
      WordMark* const found = add_mark(out.marks, limits_);
      if (found == nullptr) return false;
      fill_mark(piece, character, code, out, *found);
      found->text = character > paragraph;
      if (changes_.deletions) look_for_deletions(paragraph, character, *found);
      out.stretches.push_back({paragraph, character, plain == nullptr ? std::string_view() : std::string_view(plain, at)});
      paragraph = character + 1;
      plain = may_be_plain ? at + width : nullptr;
    }
  }
  if (paragraph >= end) return true;
  out.stretches.push_back({paragraph, end, {}});
  return add_mark(out.marks, limits_) != nullptr;
}

void StoryReader::read(std::uint32_t begin, std::uint32_t end) {
  Story story;
  if (!split(begin, end, story)) {
    error_ = too_many_paragraphs(limits_);
    return;
  }
  fields_.clear();
  codes_ = 0;
  flow_paragraphs(story.marks, flow_, [&](std::size_t index) {
    if (index > 0 && (story.marks.marks[index - 1].cell_end || story.marks.marks[index - 1].row_end)) {
      fields_.clear();  // no field's code reaches over cells; one that was never closed would hide the rest
      codes_ = 0;
    }
    const Stretch& stretch = story.stretches[index];
    if (!stretch.plain.empty() && codes_ == 0)
      flow_.standing_text(utf8_of_utf16(stretch.plain, flow_.pool()));
    else
      read_text(stretch.begin, stretch.end);
  });
}

// ---- text ----------------------------------------------------------------------------------------------------------------------

void StoryReader::load_properties(const WordLists& lists) {
  if (lists == lists_) return;
  lists_ = lists;
  properties_ = known_characters_.of(lists, [&] {
    CharacterProperties properties;
    apply_modifiers(lists.own, properties);
    apply_modifiers(lists.of_piece, properties);
    return properties;
  });
}

void StoryReader::read_text(std::uint32_t begin, std::uint32_t end) {
  each_run(begin, end, [&](const WordPiece& piece, std::uint32_t from, std::uint32_t count) {
    read_run(piece, from, count);
    return !flow_.failed();
  });
}

void StoryReader::read_run(const WordPiece& piece, std::uint32_t character, std::uint32_t count) {
  const bool wide = piece.wide;
  const std::size_t width = piece.width();
  const std::string_view bytes = piece.text_from(character).substr(0, count * width);
  if (properties_.deleted || properties_.inserted) tracked_changes_ = true;
  const bool symbols = properties_.symbol && properties_.special;
  std::size_t plain = 0;
  const auto flush = [&](std::size_t end) {
    if (end > plain && shows()) {
      const std::string_view part = bytes.substr(plain, end - plain);
      if (wide) {
        flow_.standing_text(utf8_of_utf16(part, flow_.pool()));
      } else {
        buffer_.clear();
        append_windows_1252(buffer_, part);
        flow_.text(buffer_);
      }
    }
    plain = end + width;
  };
  const auto to_special = [&](std::size_t at) {
    if (!wide || symbols) return at;
    return static_cast<std::size_t>(first_special_unit(piece.text.data(), bytes.data() + at, bytes.data() + bytes.size()) - bytes.data());
  };
  for (std::size_t at = to_special(0); at < bytes.size(); at = to_special(at + width)) {
    const auto low = static_cast<std::uint8_t>(bytes[at]);
    const auto code = static_cast<char16_t>(wide ? low | static_cast<std::uint8_t>(bytes[at + 1]) << 8 : low);
    const bool in_symbol_font = (code & 0xFF00) == 0xF000;
    if (code >= 0x20 && !symbols && !in_symbol_font) continue;
    flush(at);
    if (symbols && code >= 0x20)
      take_symbol(properties_.font, properties_.symbol_code);
    else if (in_symbol_font)
      take_font_character(code, character + static_cast<std::uint32_t>(at / width));
    else
      take_control(code, character + static_cast<std::uint32_t>(at / width));
  }
  flush(bytes.size());
}

void StoryReader::take_control(char16_t code, std::uint32_t character) {
  switch (code) {
    case mark::field_begins:
      fields_.push_back(true);
      ++codes_;
      break;
    case mark::field_result:
      if (!fields_.empty() && fields_.back()) {
        fields_.back() = false;
        --codes_;
      }
      break;
    case mark::field_ends:
      if (fields_.empty()) break;
      if (fields_.back()) --codes_;
      fields_.pop_back();
      break;
    case mark::tab:
      show("\t");
      break;
    case mark::line:
    case mark::column:
      show("\n");
      break;
    case mark::hyphen:
      show("-");
      break;
    case mark::picture:
      take_form_field();
      break;
    case mark::drawn:
      take_box(character);
      break;
    default:
      break;
  }
}

/// False where the font has no such symbol.
bool StoryReader::take_symbol(std::uint16_t font, char16_t code) {
  if (!shows()) return true;
  if (font_index_ != font) {
    font_index_ = font;
    font_ = file_.font_name(font);
  }
  const std::string_view text = symbol_text(font_, static_cast<char32_t>(code), buffer_);
  show(text);
  return !text.empty();
}

/// A character where the symbol fonts have theirs, in one of the run's fonts (there is one each for Latin, Chinese and other texts).
void StoryReader::take_font_character(char16_t code, std::uint32_t character) {
  if (!changes_.any) {
    const WordPiece& piece = file_.pieces()[piece_at(character)];
    std::uint32_t unused = 0;
    load_properties({characters_.at(piece.place_of(character), unused), piece.modifiers});
  }
  for (const std::uint16_t font : properties_.fonts) {
    if (take_symbol(font, code)) return;
  }
  buffer_.clear();
  append_utf8(buffer_, code);
  show(buffer_);
}

/// A check box among the older form fields; its state lies in the stream Data ([MS-DOC] 2.9.78) behind a picture's header.
void StoryReader::take_form_field() {
  if (!properties_.has_data || properties_.deleted || properties_.hidden) return;
  const std::string_view record = part_of(file_.data(), properties_.data_at, u32_at(file_.data(), properties_.data_at));
  const std::string_view field = part_of(record, u16_at(record, 4));
  const std::uint16_t bits = u16_at(field, 4);
  if (u32_at(field, 0) != 0xFFFFFFFF || (bits & 3) != 1) return;
  std::uint32_t state = bits >> 2 & 31;
  if (state == 25) state = u16_at(field, 10 + static_cast<std::size_t>(u16_at(field, 10)) * 2 + 4);  // as it was made
  flow_.text(state == 1 ? "☑" : "☐");
}

void StoryReader::take_box(std::uint32_t anchor) {
  if (in_box_ || !shows()) return;
  for (TextBox& box : boxes_) {
    if (box.anchor != anchor || box.shown) continue;
    box.shown = true;
    in_box_ = true;
    const std::vector<bool> fields = std::move(fields_);
    const std::size_t codes = codes_;
    const WordLists lists = lists_;
    flow_.end_paragraph();
    read(box.begin, box.end);
    flow_.end_paragraph();
    fields_ = fields;
    codes_ = codes;
    in_box_ = false;
    load_properties(lists);
    return;
  }
}

void StoryReader::read_rest_of_boxes() {
  in_box_ = true;
  for (TextBox& box : boxes_) {
    if (!box.shown) read(box.begin, box.end);
    box.shown = true;
  }
}

// ---- what lies beside the main story --------------------------------------------------------------------------------------------------

/// Boxes are anchored by shapes: the box and its shape have a number in common.
std::vector<TextBox> text_boxes(const WordFile& file) {
  constexpr std::size_t box_bytes = 22;
  constexpr std::size_t shape_bytes = 26;
  std::vector<TextBox> boxes;
  const WordStories& stories = file.stories();
  const std::string_view table = file.table_part(boxes_pair);
  if (stories.boxes_begin >= stories.boxes_end || table.size() < 4) return boxes;
  const std::size_t count = (table.size() - 4) / (4 + box_bytes);
  const std::string_view shapes = file.table_part(shapes_pair);
  const std::size_t shape_count = shapes.size() < 4 ? 0 : (shapes.size() - 4) / (4 + shape_bytes);
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t length = stories.boxes_end - stories.boxes_begin;
    const std::uint32_t begin = std::max(std::min(u32_at(table, i * 4), length), last);
    const std::uint32_t end = std::max(std::min(u32_at(table, i * 4 + 4), length), begin);
    last = end;
    if (begin == end) continue;
    TextBox box{UINT32_MAX, stories.boxes_begin + begin, stories.boxes_begin + end, false};
    const std::uint32_t number = u32_at(table, (count + 1) * 4 + i * box_bytes + 14);
    for (std::size_t s = 0; s < shape_count && number != 0; ++s) {
      if (u32_at(shapes, (shape_count + 1) * 4 + s * shape_bytes) == number) box.anchor = u32_at(shapes, s * 4);
    }
    boxes.push_back(box);
    if (boxes.size() >= 1000) break;
  }
  return boxes;
}

/// The first text of the page headers becomes the first paragraph. A section has six stories: headers of even, odd and first pages are
/// the first, second and fifth; the first six of all separate footnotes.
void take_title_from_header(const WordFile& file, const TextChanges& changes, Layout& layout, const Limits& limits) {
  const std::string_view table = file.table_part(headers_pair);
  const WordStories& stories = file.stories();
  const std::uint32_t length = stories.headers_end - stories.headers_begin;
  for (std::size_t i = 6; i * 4 + 8 <= table.size() && i < 600; ++i) {
    const std::size_t kind = i % 6;
    if (kind != 0 && kind != 1 && kind != 4) continue;
    const std::uint32_t begin = std::min(u32_at(table, i * 4), length);
    const std::uint32_t end = std::min(u32_at(table, i * 4 + 4), length);
    if (begin >= end) continue;
    Layout header;
    FlowBuilder flow(header, limits);
    StoryReader(file, changes, flow, limits).read(stories.headers_begin + begin, stories.headers_begin + end);
    if (!flow.finish() && take_title(header, layout)) return;
  }
}

}  // namespace

Result<Layout> read_doc(std::string_view bytes, const Limits& limits) {
  const auto compound = CompoundFile::open(bytes);
  if (!compound) return compound.error();
  WordFile file;
  if (auto error = file.open(*compound, bytes.size())) return *error;
  Layout layout;
  FlowBuilder flow(layout, limits);
  const TextChanges changes = text_changes(file);
  StoryReader story(file, changes, flow, limits);
  story.set_boxes(text_boxes(file));
  story.read(0, file.stories().main_end);
  story.read_rest_of_boxes();
  if (auto error = flow.finish()) return *error;
  if (story.error()) return *story.error();
  if (story.tracked_changes()) note_tracked_changes(layout);
  if (lacks_title(layout)) take_title_from_header(file, changes, layout, limits);
  return layout;
}

}  // namespace jiheng::reading
