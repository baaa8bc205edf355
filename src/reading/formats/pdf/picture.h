// Pictures of a PDF as gray pixels: of a scanned page, and of no other.
#pragma once

#include "base/result.h"
#include "reading/formats/pdf/file.h"
#include "reading/scan/gray_picture.h"

namespace jiheng::reading::pdf {

/// JPEG, CCITT Group 4 and plain samples in gray, RGB, CMYK or a palette. Errors: damaged, too-large, unsupported-picture (JBIG2,
/// JPEG 2000, CCITT Group 3).
Result<GrayPicture> picture_of(File& file, Object stream);

}  // namespace jiheng::reading::pdf
