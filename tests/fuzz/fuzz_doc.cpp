#include <algorithm>
#include <string>

#include "check.h"
#include "old_office_maker.h"
#include "reading/formats/compound_file.h"
#include "reading/formats/formats.h"
#include "word_maker.h"

namespace {

using namespace jiheng;

/// Bytes of the input that steer what the document is made of.
class Steering {
 public:
  explicit Steering(std::string_view bytes) : rest_(bytes) {}
  bool empty() const { return rest_.empty(); }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    return value;
  }
  std::string bytes(std::size_t count) {
    std::string taken(rest_.substr(0, count));
    rest_.remove_prefix(taken.size());
    return taken;
  }

 private:
  std::string_view rest_;
};

std::vector<reading::DocParagraph> story(Steering& from) {
  static constexpr char16_t marks[] = {0x0D, 0x07, 0x0C, 0x0D};
  std::vector<reading::DocParagraph> out;
  for (std::uint8_t left = from.byte() % 32; left > 0 && !from.empty(); --left) {
    reading::DocParagraph paragraph;
    const std::uint8_t kind = from.byte();
    paragraph.mark = marks[kind & 3];
    if ((kind & 4) != 0) paragraph.piece_change = static_cast<std::uint16_t>(from.byte() | from.byte() << 8);
    std::u16string text;
    for (const char c : from.bytes(kind >> 5)) text.push_back(static_cast<char16_t>(static_cast<std::uint8_t>(c)));
    paragraph.runs.push_back({text, from.bytes((kind & 8) != 0 ? from.byte() % 64 : 0)});
    paragraph.modifiers = from.bytes((kind & 16) != 0 ? from.byte() % 200 : 0);
    out.push_back(std::move(paragraph));
  }
  return out;
}

}  // namespace

// A compound file; else a document that the bytes steer, so that its properties are reached.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::view(data, size);
  if (reading::is_compound_file(bytes)) {
    fuzz::check(reading::read_doc(bytes, fuzz::small_limits()));
    return 0;
  }
  Steering from(bytes);
  reading::DocSource source;
  const std::uint8_t kind = from.byte();
  source.one_byte = (kind & 1) != 0;
  source.scattered = (kind & 2) != 0;
  source.main = story(from);
  if ((kind & 4) != 0) source.header = story(from);
  if ((kind & 8) != 0) source.box = story(from);
  source.change_list = from.bytes(from.byte());
  source.data = from.bytes(from.byte());
  std::string file = reading::doc_of(source);
  for (int i = 0; i < 4 && (kind & 16) != 0 && !from.empty(); ++i) {  // a few bytes of the structure itself
    const std::size_t at = (static_cast<std::size_t>(from.byte()) << 8 | from.byte()) * 3;
    if (at < file.size()) file[at] = static_cast<char>(from.byte());
  }
  fuzz::check(reading::read_doc(file, fuzz::small_limits()));
  return 0;
}
