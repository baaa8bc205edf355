// What is read of an OFD page, drawn as a picture of its layout.
#pragma once

#include <string>

#include "layout_picture.h"
#include "ofd_maker.h"
#include "reading/reader.h"

namespace jiheng::reading {

inline std::string read_ofd_bytes(const std::string& bytes) {
  return picture(read_layout(bytes, detect_format(bytes)));
}
inline std::string read_ofd_page(std::string graphics) {
  return read_ofd_bytes(ofd_of_pages({std::move(graphics)}));
}

/// A table of two rows as a page draws it, and how it is read.
inline const std::string small_table = ofd_table(20, 40, "指标|目标值\n数量|95%\n");
inline const char* const small_table_picture = "▦\n| 指标 | 目标值 |\n| 数量 | 95% |\n";

}  // namespace jiheng::reading
