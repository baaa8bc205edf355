// A PDF file's objects and pages. qpdf finds and decrypts the objects; what comes out of their streams is decoded here, in bounds.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/formats/pdf/filters.h"
#include "reading/formats/pdf/qpdf.h"
#include "reading/limits.h"

namespace jiheng::reading::pdf {

using Object = QPDFObjectHandle;

struct PageObject {
  Object page;
  Object resources;  ///< inherited ones too
  float left = 0;    ///< what of the page is seen: crop box within media box, in the page's own coordinates, y up
  float bottom = 0;
  float right = 595;
  float top = 842;
  int turn = 0;  ///< degrees clockwise: 0, 90, 180, 270
  float unit = 1;
};

/// Holds views into the bytes given to open(), which must outlive it. Calls may throw what qpdf throws on damaged objects.
class File {
 public:
  /// Errors: damaged, encrypted, too-large.
  static Result<std::unique_ptr<File>> open(std::string_view bytes, const Limits& limits);

  const std::vector<PageObject>& pages() const { return pages_; }
  /// Appends the stream's decoded bytes. False where they cannot be had (a picture's filter, damage, the budget's end).
  bool read_stream(Object stream, Bytes& out);
  /// The same for a picture: `coding` is the filter that remains to be undone ("DCTDecode"), "" where the bytes are samples.
  bool read_picture(Object stream, Bytes& out, std::string& coding);
  /// Whether the last stream read broke off.
  bool stream_was_damaged() const { return budget_.damaged; }
  const Budget& budget() const { return budget_; }
  /// Charges work that the size of the streams does not tell: fonts, their widths. Beyond the limit the budget is exceeded.
  void charge(std::size_t work) {
    if (work > work_left_) budget_.exceeded = true;
    work_left_ -= work > work_left_ ? work_left_ : work;
  }
  /// Whether an optional content group (a layer) is switched off.
  bool is_hidden_layer(Object group) const;

 private:
  File() = default;
  bool undo_filters(Object stream, Bytes& out, std::string* coding);
  std::optional<Error> gather_pages(const Limits& limits);
  std::string_view in_place(Object stream, Object dictionary) const;
  void gather_hidden_layers();

  std::string_view bytes_;
  bool encrypted_ = false;
  QPDF qpdf_;
  Budget budget_;
  std::size_t work_left_ = 2000000;
  std::vector<PageObject> pages_;
  std::set<int> hidden_layers_;
};

/// The number, or `otherwise` where it is none.
float number_of(Object object, float otherwise);
/// The number without its fraction, cut to a million either way; `otherwise` where it is none.
int whole_of(Object object, int otherwise);
/// Four numbers as left, bottom, right, top; false where they are none.
bool box_of(Object object, float (&box)[4]);
/// The name without its slash; "" where it is none.
std::string name_of(Object object);

}  // namespace jiheng::reading::pdf
