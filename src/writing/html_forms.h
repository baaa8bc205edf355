// A form as HTML inside a page of somebody else.
#pragma once

#include <string>
#include <string_view>

#include "writing/form.h"

namespace jiheng::writing {

/// site: headings one level lower, and each value carries its column's heading, so that a narrow screen can show rows one below the other.
enum class HtmlUse { document, site };

void append_html_form(std::string& out, const Form& form, HtmlUse use);

}  // namespace jiheng::writing
