// Compound files (OLE2): the carrier of doc and xls, and of office files with a password.
#pragma once

#include <string_view>

namespace jiheng::reading {

bool is_compound_file(std::string_view bytes);
/// Whether its directory names this stream.
bool has_stream(std::string_view bytes, std::string_view name);

}  // namespace jiheng::reading
