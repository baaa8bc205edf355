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
  std::string code = {};  ///< as WriteOptions has them
  std::string made = {};
};

/// What stands at the foot beside the page's number; "" without a code.
inline std::string code_line(const FileInfo& info) {
  return info.code.empty() ? std::string() : "版本码 " + info.code;
}

Result<std::string> draw_docx(std::span<const Form> forms, const FileInfo& info);
Result<std::string> draw_xlsx(std::span<const Form> forms, const FileInfo& info);
Result<std::string> draw_html(std::span<const Form> forms, const FileInfo& info);
Result<std::string> draw_pdf(std::span<const Form> forms, const FileInfo& info);

}  // namespace jiheng::writing
