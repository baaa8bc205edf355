// Numbers, boxes and matrices as OFD writes them: "0 0 210 297", "1 0 0 1 0 0", millimetres.
#pragma once

#include <optional>
#include <string_view>

#include "reading/page_matrix.h"

namespace jiheng::reading::ofd {

constexpr float points_per_mm = 72.0F / 25.4F;

/// Takes the next word, set apart by white space or commas, off `text`; empty at the end.
std::string_view take_word(std::string_view& text);
/// nullopt for what is no number, or none that a page could hold.
std::optional<float> number_of(std::string_view word);
/// Takes the next number off `text`.
std::optional<float> take_number(std::string_view& text);
/// "x y width height"; nullopt where it is not that.
std::optional<PageBox> box_of(std::string_view text);
/// The first two of "x y width height"; nullopt where they are none.
std::optional<Point> corner_of(std::string_view box);
/// Six numbers; the identity where it is anything else.
Matrix matrix_of(std::string_view text);

}  // namespace jiheng::reading::ofd
