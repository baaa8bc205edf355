// Workbooks whose structure is protected ([MS-XLS] 2.2.10): Excel then encrypts the whole file, with a password that it and every other
// program knows. Whoever opens the file is not asked for one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jiheng::reading {

/// The stream as it was before, FILEPASS made void; nullopt where a password of the sender's own was used, or another method.
std::optional<std::string> decrypt_protected_workbook(std::string_view stream);

}  // namespace jiheng::reading
