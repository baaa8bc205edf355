#include "check.h"
#include "reading/encoding.h"
#include "reading/labels.h"
#include "reading/target.h"

namespace {

std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  return line;
}

bool is_utf8(const jiheng::views::Text& text) {
  return !text || jiheng::reading::first_invalid_utf8(*text) == std::string_view::npos;
}

}  // namespace

// Four lines: value, comparator, unit, name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace jiheng;
  auto bytes = fuzz::view(data, size);
  if (reading::first_invalid_utf8(bytes) != std::string_view::npos) return 0;
  reading::TextPool texts;
  reading::TargetCells cells;
  cells.value = texts.normal(take_line(bytes));
  cells.comparator = texts.normal(take_line(bytes));
  cells.unit = texts.normal(take_line(bytes));
  cells.name = texts.normal(take_line(bytes));
  const reading::Target target = reading::read_target(cells, texts);
  fuzz::require(is_utf8(target.value) && is_utf8(target.unit) && is_utf8(target.upper), "a target's text is not UTF-8");
  fuzz::require(!target.value || !target.value->empty(), "an empty value");
  fuzz::require(target.note_code.empty() == target.note_message.empty(), "a note without code or sentence");
  reading::amount_of(cells.value, texts);
  reading::label_of(cells.name);
  reading::column_of(cells.name);
  reading::title_kind(cells.name);
  return 0;
}
