// One renderer a carrier: forms → the bytes of a file.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "writing/form.h"

namespace jiheng::writing {

/// What the file says of itself.
struct FileInfo {
  std::string title;
  std::string font_folder;
};

Result<std::string> draw_docx(std::span<const Form> forms, const FileInfo& info);
Result<std::string> draw_xlsx(std::span<const Form> forms, const FileInfo& info);
Result<std::string> draw_html(std::span<const Form> forms, const FileInfo& info);
Result<std::string> draw_pdf(std::span<const Form> forms, const FileInfo& info);

}  // namespace jiheng::writing
