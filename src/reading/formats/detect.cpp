#include "reading/formats/detect.h"

#include <algorithm>
#include <array>

#include "base/byte_search.h"
#include "base/text.h"
#include "reading/encoding.h"
#include "reading/formats/compound_file.h"
#include "reading/formats/little_endian.h"
#include "reading/scan/picture_codecs.h"
#include "reading/zip.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t npos = std::string_view::npos;

Format compound_format(std::string_view bytes) {
  const auto file = CompoundFile::open(bytes);
  const auto has = [&](std::string_view name) { return file ? file->has(name) : mentions_stream(bytes, name); };
  if (has("WordDocument")) return Format::doc;
  if (has("Workbook") || has("Book")) return Format::xls;
  return Format::unknown;
}

/// A sheet's records without the compound file round them: the first one says what follows, and is 8 or 16 bytes long.
bool is_bare_workbook(std::string_view bytes) {
  return starts_with(bytes, "\x09\x08") && (u16_at(bytes, 2) == 8 || u16_at(bytes, 2) == 16) && bytes.size() > 24;
}

Format zip_format(std::string_view bytes) {
  Limits limits;
  limits.zip_entries = 65535;
  const auto archive = ZipArchive::open(bytes, limits);
  if (!archive) return Format::zip;
  if (archive->find("word/document.xml") != nullptr) return Format::docx;
  if (archive->find("xl/workbook.xml") != nullptr) return Format::xlsx;
  if (archive->find("OFD.xml") != nullptr) return Format::ofd;
  // The main part may have another name; the folder tells as well.
  for (const auto& entry : archive->entries()) {
    if (starts_with(entry.name, "word/document")) return Format::docx;
    if (starts_with(entry.name, "xl/worksheets/")) return Format::xlsx;
  }
  return Format::zip;
}

/// Whether a '<' of the head begins markup; in a text it is a comparator.
bool has_markup(std::string_view head) {
  const bool wide = starts_with(head, "\xFF\xFE") || starts_with(head, "\xFE\xFF");
  for (std::size_t at = head.find('<'); at != npos; at = head.find('<', at + 1)) {
    // Of two bytes, one may be that of '<' by chance.
    if (wide && head[at - 1] != '\0' && at + 1 < head.size() && head[at + 1] != '\0') continue;
    const std::size_t behind = head.find_first_not_of('\0', at + 1);
    if (behind == npos) return false;
    const char c = head[behind];
    if (c == '!' || c == '?' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
  }
  return false;
}

bool looks_like_html(std::string_view bytes) {
  if (!has_markup(bytes.substr(0, 8192))) return false;
  const std::string head = plain_head(bytes, 8192);
  for (const std::string_view tag : {"<!doctype html", "<html", "<head", "<body", "<table", "<meta ", "<tr>", "<td"}) {
    if (contains(head, tag)) return true;
  }
  return contains(plain_head(bytes, 262144), "<table");
}

bool is_rtf(std::string_view bytes) {
  return starts_with(trim(bytes.substr(0, 64)), "{\\rtf");
}

/// A mail's head, or that of one part: a page saved as one file.
bool is_mhtml(std::string_view bytes) {
  const std::string_view front = trim(bytes.substr(0, 64));
  if (front.empty() || std::string_view("MmFfCcSsXx").find(front[0]) == npos) return false;
  const std::string head = plain_head(bytes, 4096);
  const std::string_view text = trim(head);
  return starts_with(text, "mime-version:") || contains(head, "\nmime-version:") || starts_with(text, "content-type: multipart/related");
}

/// The front of an XML file in lower case, its mark of byte order off; empty for anything else.
std::string xml_head(std::string_view bytes) {
  const std::string_view front = trim(bytes.substr(0, 64));
  if (front.empty() || std::string_view("<\xEF\xFF\xFE").find(front[0]) == npos) return {};
  if (!has_markup(bytes.substr(0, 4096))) return {};
  const std::string head = plain_head(bytes, 4096);
  return head.substr(std::min(head.find('<'), head.size()));
}

bool is_spreadsheet_xml(std::string_view head) {
  constexpr std::string_view space = "urn:schemas-microsoft-com:office:spreadsheet";
  const std::size_t root = head.find("workbook");
  return (starts_with(head, "<?xml") || starts_with(head, "<workbook") || starts_with(head, "<ss:workbook")) && contains(head, space) &&
         root != npos && root < head.find(space);
}

/// Texts that are carriers of their own: the XML forms of Word.
bool is_foreign_text(std::string_view head) {
  return contains(head, "schemas.microsoft.com/office/word/2003") || contains(head, "<pkg:package");
}

/// How many fields the lines of a text's head have by one separator.
class Separated {
 public:
  void count(std::size_t separators) { fields_ += separators; }
  void end_line() {
    if (fields_ > 0) {
      ++with_;
      changes_ += fields_ != last_;
      last_ = fields_;
      ++lines_with_[std::min(fields_, lines_with_.size() - 1)];
    }
    fields_ = 0;
  }
  /// Most lines have the separator, and most of these the same number of them, or as many as the line before: tables one below another.
  bool is_consistent(std::size_t lines) const {
    constexpr std::size_t least_rows = 8;  // of each table
    const std::size_t usual = *std::max_element(lines_with_.begin(), lines_with_.end());
    return with_ >= 2 && with_ * 3 >= lines * 2 && (usual * 3 >= with_ * 2 || changes_ * least_rows <= with_);
  }
  bool seen() const { return with_ > 0; }

 private:
  std::size_t fields_ = 0;
  std::size_t last_ = 0;
  std::size_t changes_ = 0;
  std::size_t with_ = 0;
  std::array<std::size_t, 64> lines_with_{};
};

/// What the lines of a text's head are made of. Bytes of other characters than ASCII are all above 63, in GB18030 too, but for the digits
/// of its four-byte ones.
class LineKinds {
 public:
  explicit LineKinds(std::string_view head) {
    const char* at = head.data();
    const char* const end = at + head.size();
#if defined(__SSE2__)
    for (; end - at >= 16; at += 16) {
      if (quoted_ || !take_block(block_at(at))) {
        for (int i = 0; i < 16; ++i) take(at[i]);
      }
      previous_ = at[15];
    }
#endif
    for (; at != end; ++at) take(*at);
    end_line();
  }

  bool is_tabbed() const { return tabs_.is_consistent(lines_); }
  bool has_commas_alone() const { return !tabs_.seen() && commas_.is_consistent(lines_); }
  std::size_t control_characters() const { return control_; }

 private:
  void end_line() {
    lines_ += !blank_;
    tabs_.end_line();
    commas_.end_line();
    blank_ = true;
  }

  void take(char c) {
    if (c == '\n' || c == '\r') {
      if (!quoted_) end_line();
    } else if (c == '\t') {
      if (!quoted_) tabs_.count(1);
    } else if (c == ',') {
      blank_ = false;
      if (!quoted_) commas_.count(1);
    } else if (c == '"') {
      const bool opens = previous_ == ',' || previous_ == '\t' || previous_ == '\n' || previous_ == '\r';
      quoted_ = !quoted_ && opens;
      blank_ = false;
    } else if (c != ' ') {
      blank_ = false;
      control_ += static_cast<unsigned char>(c) < ' ' && c != 12 && c != 26 && c != 27;
    }
    previous_ = c;
  }

#if defined(__SSE2__)
  /// Few bits are set at a time.
  static std::size_t ones_in(unsigned bits) {
    std::size_t count = 0;
    for (; bits != 0; bits &= bits - 1) ++count;
    return count;
  }

  /// Sixteen bytes outside quotes, line by line; false, and nothing taken, where a quote or a control character stands among them.
  bool take_block(__m128i block) {
    const auto same = [&](char c) { return bits_of(bytes_that_are(block, static_cast<unsigned char>(c))); };
    // Nearly all blocks of a form's text hold nothing but words.
    const unsigned low = bits_of(bytes_in(block, 0, ','));
    if (low == 0) {
      blank_ = false;
      return true;
    }
    const unsigned below_space = bits_of(bytes_in(block, 0, ' ' - 1));
    unsigned ends = same('\n') | same('\r');
    const unsigned tabs = same('\t');
    const unsigned commas = same(',');
    if (same('"') != 0 || (below_space & ~(ends | tabs)) != 0) return false;
    const unsigned filled = ~(ends | tabs | same(' ')) & 0xFFFF;
    for (unsigned rest = 0xFFFF; rest != 0;) {
      const unsigned line = ends == 0 ? rest : rest & ((ends & (~ends + 1)) - 1);
      blank_ = blank_ && (filled & line) == 0;
      tabs_.count(ones_in(tabs & line));
      commas_.count(ones_in(commas & line));
      if (ends == 0) break;
      end_line();
      rest &= ~(line | (ends & (~ends + 1)));
      ends &= ends - 1;
    }
    return true;
  }
#endif

  Separated tabs_;
  Separated commas_;
  std::size_t lines_ = 0;
  std::size_t control_ = 0;
  bool quoted_ = false;
  bool blank_ = true;
  char previous_ = '\n';
};

/// UTF-16, a byte a unit: ASCII as it is, and one high byte for every other.
std::string narrowed(std::string_view bytes, bool big) {
  std::string units(bytes.size() / 2, '\xFF');
  const char* low = bytes.data() + (big ? 1 : 0);
  const char* high = bytes.data() + (big ? 0 : 1);
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (high[2 * i] == 0 && static_cast<unsigned char>(low[2 * i]) < 0x80) units[i] = low[2 * i];
  }
  return units;
}

Format text_format(std::string_view bytes) {
  std::size_t mark = 0;
  const std::string_view sample = bytes.substr(0, 32768);
  const Charset charset = detect_wide_charset(sample, mark);
  const bool wide = charset == Charset::utf16_little || charset == Charset::utf16_big;
  const std::string narrow = wide ? narrowed(sample.substr(mark), charset == Charset::utf16_big) : std::string();
  const std::string_view head = wide ? std::string_view(narrow) : sample.substr(mark);
  const LineKinds kinds(head);
  // Text of a form has no control characters; a program or a picture does.
  if (kinds.control_characters() > head.size() / 200) return Format::unknown;
  if (kinds.is_tabbed()) return Format::tsv;
  return kinds.has_commas_alone() ? Format::csv : Format::text;
}

}  // namespace

std::string plain_head(std::string_view bytes, std::size_t length) {
  std::string head(bytes.substr(0, length));
  for (char& c : head) c = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 32 : 0));
  if (contains(head, std::string_view("\0", 1))) std::erase(head, '\0');
  return head;
}

Format detect_format(std::string_view bytes) {
  if (is_zip(bytes)) return zip_format(bytes);
  if (is_compound_file(bytes)) return compound_format(bytes);
  if (is_bare_workbook(bytes)) return Format::xls;
  if (is_picture_file(bytes)) return Format::picture;
  if (contains(bytes.substr(0, 1024), "%PDF-")) return Format::pdf;
  if (trim(bytes.substr(0, 4096)).empty() && bytes.size() <= 4096) return Format::unknown;
  if (is_rtf(bytes)) return Format::rtf;
  if (is_mhtml(bytes)) return Format::mhtml;
  const std::string head = xml_head(bytes);
  if (is_spreadsheet_xml(head)) return Format::spreadsheet_xml;
  if (is_foreign_text(head)) return Format::unknown;
  if (looks_like_html(bytes)) return Format::html;
  return text_format(bytes);
}

}  // namespace jiheng::reading
