#include "word_maker.h"

#include <algorithm>
#include <array>

#include "old_office_maker.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t text_at = 0x800;

/// One stretch of the stream with the page of properties that tells of it alone.
struct Stretch {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string modifiers;
};

std::string page_of(const Stretch& stretch, bool paragraph) {
  std::string page = little32(stretch.begin) + little32(stretch.end);
  const std::string list = paragraph ? little16(0) + stretch.modifiers : stretch.modifiers;
  const std::size_t entry = paragraph ? 13 : 1;
  const std::size_t at = 24;
  page += static_cast<char>(at / 2) + std::string(entry - 1, '\0');
  page.resize(at, '\0');
  if (!paragraph)
    page += static_cast<char>(list.size()) + list;
  else if (list.size() % 2 == 1)
    page += static_cast<char>((list.size() + 1) / 2) + list;
  else
    page += std::string{'\0', static_cast<char>(list.size() / 2)} + list;
  page.resize(511, '\0');
  return page + '\1';
}

/// Appends the pages to the stream; the table that names them.
std::string add_pages(std::string& stream, std::vector<Stretch> stretches, bool paragraph) {
  std::sort(stretches.begin(), stretches.end(), [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
  std::string places;
  std::string numbers;
  for (const Stretch& stretch : stretches) {
    places += little32(stretch.begin);
    numbers += little32(static_cast<std::uint32_t>(stream.size() / 512));
    stream += page_of(stretch, paragraph);
  }
  return places + little32(stretches.empty() ? 0 : stretches.back().end) + numbers;
}

void put(std::string& stream, std::size_t at, const std::string& bytes) {
  stream.replace(at, bytes.size(), bytes);
}

/// What the parts of the document come to while they are laid out.
struct Writer {
  const DocSource& source;
  std::string stream = std::string(text_at, '\0');
  std::vector<Stretch> characters = {};
  std::vector<Stretch> paragraphs = {};
  std::string positions = little32(0);
  std::string pieces = {};
  std::uint32_t character = 0;

  std::size_t width() const { return source.one_byte ? 1 : 2; }

  static std::size_t length(const DocParagraph& paragraph) {
    std::size_t count = 1;
    for (const DocRun& run : paragraph.runs) count += run.text.size();
    return count;
  }

  void put_text(std::u16string_view text, std::string_view modifiers) {
    const auto begin = static_cast<std::uint32_t>(stream.size());
    for (const char16_t unit : text) stream += source.one_byte ? std::string(1, static_cast<char>(unit)) : little16(unit);
    if (!text.empty()) characters.push_back({begin, static_cast<std::uint32_t>(stream.size()), std::string(modifiers)});
  }

  void add(const std::vector<DocParagraph>& story) {
    std::vector<std::uint32_t> begins(story.size());
    std::vector<std::size_t> order(story.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = source.scattered ? order.size() - 1 - i : i;
    for (const std::size_t i : order) {
      begins[i] = static_cast<std::uint32_t>(stream.size());
      for (const DocRun& run : story[i].runs) put_text(run.text, run.modifiers);
      put_text(std::u16string(1, story[i].mark), story[i].mark_modifiers);
      paragraphs.push_back({begins[i], static_cast<std::uint32_t>(stream.size()), story[i].modifiers});
    }
    for (std::size_t i = 0; i < story.size(); ++i) {
      character += static_cast<std::uint32_t>(length(story[i]));
      const std::uint32_t place = source.one_byte ? begins[i] * 2 | 0x40000000 : begins[i];
      positions += little32(character);
      pieces += little16(0) + little32(place) + little16(story[i].piece_change);
    }
  }
};

std::uint32_t anchor_of(const std::vector<DocParagraph>& story) {
  std::uint32_t at = 0;
  for (const DocParagraph& paragraph : story) {
    for (const DocRun& run : paragraph.runs) {
      if (const std::size_t found = run.text.find(u'\x08'); found != std::u16string::npos) return at + static_cast<std::uint32_t>(found);
      at += static_cast<std::uint32_t>(run.text.size());
    }
    ++at;
  }
  return at;
}

std::uint32_t characters_of(const std::vector<DocParagraph>& story) {
  std::size_t count = 0;
  for (const DocParagraph& paragraph : story) count += Writer::length(paragraph);
  return static_cast<std::uint32_t>(count);
}

}  // namespace

std::string modifier(std::uint16_t code, std::string_view operand) {
  return little16(code) + std::string(operand);
}

std::string doc_of(const DocSource& source) {
  Writer writer{source};
  for (const auto* story : {&source.main, &source.header, &source.box}) writer.add(*story);
  std::string stream = std::move(writer.stream);
  stream.resize((stream.size() + 511) / 512 * 512, '\0');
  const std::string character_pages = add_pages(stream, writer.characters, false);
  const std::string paragraph_pages = add_pages(stream, writer.paragraphs, true);
  const std::string list =
      source.change_list.empty() ? "" : '\1' + little16(static_cast<std::uint32_t>(source.change_list.size())) + source.change_list;
  const std::string plc = writer.positions + writer.pieces;
  const std::string clx = list + '\2' + little32(static_cast<std::uint32_t>(plc.size())) + plc;

  std::string table;
  const auto add_part = [&](std::size_t pair, const std::string& part) {
    put(stream, 0x9A + pair * 8, little32(static_cast<std::uint32_t>(table.size())) + little32(static_cast<std::uint32_t>(part.size())));
    table += part;
  };
  put(stream, 0, little16(0xA5EC) + little16(source.version));
  put(stream, 10, little16(source.flags));
  put(stream, 0x4C, little32(characters_of(source.main)));
  put(stream, 0x54, little32(characters_of(source.header)));
  put(stream, 0x64, little32(characters_of(source.box)));
  add_part(12, character_pages);
  add_part(13, paragraph_pages);
  add_part(33, clx);
  std::string fonts = little16(static_cast<std::uint32_t>(source.fonts.size())) + little16(0);
  for (const std::u16string& name : source.fonts)
    fonts += static_cast<char>(39 + name.size() * 2 + 2) + std::string(39, '\0') + wide(name) + little16(0);
  add_part(15, fonts);
  if (!source.header.empty()) {
    std::string positions;
    for (int i = 0; i < 8; ++i) positions += little32(0);
    add_part(11, positions + little32(characters_of(source.header)));
  }
  if (!source.box.empty()) {
    add_part(40, little32(anchor_of(source.main)) + little32(characters_of(source.main)) + little32(1025) + std::string(22, '\0'));
    add_part(56, little32(0) + little32(characters_of(source.box)) + std::string(14, '\0') + little32(1025) + std::string(4, '\0'));
  }
  std::vector<NamedStream> streams = {{"WordDocument", stream}, {"1Table", table}};
  if (!source.data.empty()) streams.push_back({"Data", source.data});
  return compound_of(streams, source.sectors);
}

DocParagraph plain(std::u16string_view text) {
  return {{{std::u16string(text), ""}}, 0x0D, "", "", 0};
}

DocParagraph doc_cell(std::u16string_view text) {
  return {{{std::u16string(text), ""}}, 0x07, modifier(0x2416, "\1"), "", 0};
}

std::string row_definition(std::int16_t left, const std::vector<DocTc>& cells) {
  std::string body = static_cast<char>(cells.size()) + little16(static_cast<std::uint16_t>(left));
  for (const DocTc& cell : cells) body += little16(static_cast<std::uint16_t>(cell.right));
  for (const DocTc& cell : cells) body += little16(cell.flags) + std::string(18, '\0');
  return modifier(0xD608, little16(static_cast<std::uint32_t>(body.size() + 1)) + body);
}

DocParagraph doc_row_end(std::string_view definition) {
  return {{}, 0x07, modifier(0x2416, "\1") + modifier(0x2417, "\1") + std::string(definition), "", 0};
}

}  // namespace jiheng::reading
