// What a document may cost, and the means there are to read it. Beyond the limits the file is refused with a clear error, never read in
// part without saying so.
#pragma once

#include <cstddef>

namespace jiheng::reading {

class OcrDoor;

struct Limits {
  const OcrDoor* ocr = nullptr;            ///< recognises scanned pages; null where that is not to be had
  std::size_t file_bytes = 64U << 20;      ///< of one input file
  std::size_t inflated_bytes = 96U << 20;  ///< of all parts taken out of one zip together
  std::size_t zip_entries = 10000;
  std::size_t depth = 256;     ///< of nested elements
  std::size_t cells = 200000;  ///< of all grids of one document, counting the slots that spans and gaps cover
  std::size_t tables = 2000;
  std::size_t pages = 3000;      ///< of a PDF or OFD
  std::size_t glyphs = 1000000;  ///< and ruling lines, of all its pages together
};

}  // namespace jiheng::reading
