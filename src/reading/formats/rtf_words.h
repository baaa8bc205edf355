// The control words of Rich Text Format that change what is read.
#pragma once

#include <string_view>

namespace jiheng::reading {

/// What a control word asks for. Those that are not listed change nothing that is read.
enum class RtfWord {
  other,
  destination,  ///< the group is no text of the document
  code_page,
  skipped_after_unicode,
  unicode,
  font,
  font_table,
  font_charset,
  plain,
  hidden,
  deleted,
  inserted,
  paragraph,
  line,
  tab,
  binary,
  paragraph_defaults,
  in_table,
  depth,
  row_defaults,
  row_left,
  cell_edge,
  merge_first,
  merge_left,
  merge_top,
  merge_up,
  cell,
  row,
  inner_cell,
  inner_row,
  inner_row_properties,
  header,
  box_instruction,
  box_text,
  form_field,
  form_type,
  form_result,
  form_default,
  character,
};

struct RtfMeaning {
  RtfWord word = RtfWord::other;
  std::string_view text = {};  ///< of a character
};

RtfMeaning rtf_meaning(std::string_view word);

}  // namespace jiheng::reading
