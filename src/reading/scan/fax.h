// CCITT Group 4 (ITU-T T.6): how office copiers pack black and white scans.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "reading/scan/gray_picture.h"

namespace jiheng::reading {

struct FaxShape {
  std::uint32_t width = 1728;
  std::uint32_t height = 0;    ///< 0: until the data ends
  bool black_is_one = false;   ///< of PDF: what is packed as black shall be seen white
  bool rows_on_bytes = false;  ///< every row starts on a byte of its own
};

/// Data that breaks off leaves the rest of the page white. Errors: damaged, too-large.
Result<GrayPicture> decode_fax4(std::string_view bytes, const FaxShape& shape);

}  // namespace jiheng::reading
