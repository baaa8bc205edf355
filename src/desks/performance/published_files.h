// What of a unit's tables is put out: the official forms as docx, xlsx and pdf, and their JSON.
#pragma once

#include "desks/performance/publication.h"

namespace jiheng::desks {

/// The same content gives the same bytes on one machine. `font_folder`: fonts that the county filled in.
MakeFiles published_files(std::string font_folder);
/// 甲局2026年绩效目标表: how a published file is called, without its ending.
std::string published_name(std::string_view unit_name, int year);

}  // namespace jiheng::desks
