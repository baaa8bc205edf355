// Looking into written files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiheng::writing {

/// A part of a zip archive; empty where there is none of the name.
std::string part_of(const std::string& archive, const std::string& name);
int count_of(std::string_view text, std::string_view part);
/// The text of each page by pdftotext; empty where that program is not installed.
std::vector<std::string> pdf_pages(const std::string& pdf);

}  // namespace jiheng::writing
