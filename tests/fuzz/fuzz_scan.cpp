#include <string>

#include "check.h"
#include "reading/page_grid.h"
#include "reading/scan/confidence.h"
#include "reading/scan/page_canvas.h"
#include "reading/scan/scan.h"

namespace {

using namespace jiheng;

/// Answers everything with the same table.
class Answer : public reading::OcrDoor {
 public:
  explicit Answer(std::string_view tsv) : tsv_(tsv) {}
  std::optional<std::string> recognise(std::string_view, reading::OcrTask) const override { return std::string(tsv_); }

 private:
  std::string_view tsv_;
};

}  // namespace

// Bars on a small page, four bytes each, up to a zero byte; behind it what Tesseract is made to say.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::view(data, size);
  const std::size_t end = std::min(bytes.find('\0'), size);
  reading::GrayPicture canvas(320, 240);
  for (std::size_t at = 0; at + 4 <= end; at += 4) {
    const std::uint32_t left = data[at] * 5U / 4;
    const std::uint32_t top = data[at + 1] * 1U;
    const std::uint32_t right = std::min(left + data[at + 2] % 64 * 5 + 2, canvas.width);
    const std::uint32_t bottom = std::min(top + data[at + 2] / 64 * 30 + data[at + 3] % 16, canvas.height);
    for (std::uint32_t y = top; y < bottom; ++y) {
      for (std::uint32_t x = left; x < right; ++x) canvas.at(x, y) = data[at + 3] / 2;
    }
  }
  reading::Layout layout;
  reading::Page& page = layout.pages.emplace_back();
  page.number = 1;
  page.width = static_cast<float>(canvas.width) / reading::pixels_per_point;
  page.height = static_cast<float>(canvas.height) / reading::pixels_per_point;
  page.has_picture = true;
  const Answer door(bytes.substr(std::min(end + 1, size)));
  if (const auto error = reading::read_scan(std::move(canvas), door, fuzz::small_limits(), page)) return fuzz::check(*error), 0;
  if (const auto error = reading::add_pages(layout.pages, fuzz::small_limits(), layout)) return fuzz::check(*error), 0;
  fuzz::check(Result<reading::Layout>(std::move(layout)));
  return 0;
}
