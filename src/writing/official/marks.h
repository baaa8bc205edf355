// Where a part of a text comes from, carried within the text until it is drawn: a document of Word gets a content control for each, whose
// tag names the source; everything else prints the text alone.
//
// The marks are code points that no text of people holds (Unicode keeps them for a program's own use): fill_official() takes them out of
// whatever it is given as plain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiheng::writing {

/// Tags: "figure:KEY" (a figure whose source an annex gives), "source:KEY" (the same figure in that annex), "quote:WHAT" (words or a name
/// as a record has them), "record:RECORD/FIELD" (what that field of a record holds), "made:WHAT" (the day a document is made). At most 64
/// characters.
std::string marked(std::string_view tag, std::string_view text);
/// Of several lines, each by itself.
std::string marked_lines(std::string_view tag, std::string_view text);
/// What people read.
std::string unmarked(std::string_view text);

struct MarkedPart {
  std::string_view text;
  std::string_view tag;  ///< "" outside of marks
};
/// In order; the views last as long as the text.
std::vector<MarkedPart> marked_parts(std::string_view text);

}  // namespace jiheng::writing
