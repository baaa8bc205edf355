// Texts of a workbook: plain, rich (in runs) and with readings above them, which are no part of the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/grid.h"
#include "reading/xml.h"

namespace jiheng::reading {

/// After the start of <si> or <is>: the text in it, kept in the pool. False: the scanner failed.
bool read_rich_text(XmlScanner& scanner, TextPool& pool, std::string& buffer, std::string_view& text);
/// All strings of xl/sharedStrings.xml, in order.
Result<std::vector<std::string_view>> read_shared_strings(std::string_view xml, std::string_view part, std::size_t depth_limit,
                                                          TextPool& pool);
/// "_x000D_" and its like stand for characters that XML cannot hold; line ends become '\n'.
void unescape_control(std::string& text);

}  // namespace jiheng::reading
