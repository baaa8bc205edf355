// The door to character recognition. Reading itself starts no programs: whoever calls it brings the means, or none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reading/scan/gray_picture.h"

namespace jiheng::reading {

/// What the pictures hold. Each is one run of Tesseract.
enum class OcrTask {
  paragraphs,    ///< lines of Chinese and Latin: -l chi_sim+eng --psm 6
  single_lines,  ///< a word or two each: -l chi_sim --psm 8
  figures,       ///< one line of digits and signs each: -l eng --psm 7
};

/// Thread-safe. Outlives every reading that is given it.
class OcrDoor {
 public:
  virtual ~OcrDoor() = default;
  /// A TIFF with a picture a page → Tesseract's TSV of it (levels 1 to 5, pages from 1). nullopt: not installed, or it failed.
  virtual std::optional<std::string> recognise(std::string_view tiff, OcrTask task) const = 0;
};

/// The named parts of the picture as one TIFF of gray pages, each with a white rim, for one call of the door.
std::string tiff_of(const GrayPicture& picture, std::span<const PixelBox> parts);
inline constexpr std::uint32_t tiff_rim = 12;  ///< pixels round each part

struct OcrWord {
  std::string text;
  PixelBox box;        ///< in its part, without the rim
  int line = 0;        ///< words of one line of the part share it
  int confidence = 0;  ///< per cent
};
/// The words by part. Lines that are no TSV are passed over.
std::vector<std::vector<OcrWord>> words_of_tsv(std::string_view tsv, std::size_t parts);

}  // namespace jiheng::reading
