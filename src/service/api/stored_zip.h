// A zip of files that are compressed already (docx, xlsx, pdf): they are stored as they are.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiheng::service {

/// Names are UTF-8 and say so. The same entries give the same bytes. All together stay below 4 GB (the caller's limit is far below).
std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace jiheng::service
