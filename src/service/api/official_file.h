// An official document as the file that was asked for.
#pragma once

#include <string_view>

#include "desks/performance/official_texts.h"
#include "service/api/api.h"

namespace jiheng::service {

/// `to`: "docx" or "pdf".
Response official_response(const Api& api, const Request& request, const Result<desks::OfficialMade>& made, std::string_view to);

}  // namespace jiheng::service
