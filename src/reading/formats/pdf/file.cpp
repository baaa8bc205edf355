#include "reading/formats/pdf/file.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "reading/formats/pdf/qpdf_filters.h"

namespace jiheng::reading::pdf {
namespace {

/// Cross-reference streams together: some hundred thousand objects.
constexpr std::size_t most_cross_references = 2U << 20;
constexpr std::size_t most_object_streams = 48U << 20;
/// Of pages, forms and fonts together; what is made of them takes several times as much.
constexpr std::size_t most_content = 64U << 20;
/// Objects outside of streams, by their bytes: qpdf takes some eighty bytes of memory for each byte of the densest.
constexpr std::size_t most_structure = 4U << 20;
constexpr std::size_t most_objects = 400000;
constexpr int deepest_page_tree = 64;

Error damaged() {
  return {"damaged", "PDF文件已损坏，读不出来。请用原来的程序重新导出PDF，或上传Word、Excel原件。", {}};
}

Error too_large(std::string what) {
  return {"too-large", "PDF文件" + std::move(what) + "，超过上限。请拆成几个文件分开上传。", {}};
}

/// What stands between streams, and how many objects begin: a file made to exhaust memory shows it here, before qpdf looks at it.
std::optional<Error> check_structure(std::string_view bytes) {
  if (bytes.size() <= most_structure) return std::nullopt;
  std::size_t structure = 0;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t stream = bytes.find("stream", at);
    structure += std::min(stream, bytes.size()) - at;
    if (stream == std::string_view::npos) break;
    const std::size_t end = bytes.find("endstream", stream + 6);
    at = end == std::string_view::npos ? stream + 6 : end + 9;
  }
  if (structure > most_structure) return too_large("的结构过于庞大");
  std::size_t objects = 0;
  for (at = bytes.find(" obj"); at != std::string_view::npos; at = bytes.find(" obj", at + 4)) ++objects;
  if (objects > most_objects) return too_large("的对象过多");
  return std::nullopt;
}

Object inherited(Object node, std::string_view key) {
  for (int depth = 0; depth < deepest_page_tree && node.is_dictionary(); ++depth) {
    Object value = node.key(key);
    if (!value.is_null()) return value;
    node = node.key("Parent");
  }
  return Object();
}

PageObject describe(Object page) {
  PageObject result;
  result.page = page;
  result.resources = inherited(page, "Resources");
  float media[4] = {0, 0, 595, 842};
  float crop[4];
  box_of(inherited(page, "MediaBox"), media);
  if (box_of(inherited(page, "CropBox"), crop)) {
    const float cut[4] = {std::max(media[0], crop[0]), std::max(media[1], crop[1]), std::min(media[2], crop[2]),
                          std::min(media[3], crop[3])};
    if (cut[2] - cut[0] > 1 && cut[3] - cut[1] > 1) std::copy_n(cut, 4, media);
  }
  result.left = media[0];
  result.bottom = media[1];
  result.right = media[2];
  result.top = media[3];
  const int turn = static_cast<int>(std::clamp(inherited(page, "Rotate").number(0), -36000.F, 36000.F));
  result.turn = ((turn / 90 * 90) % 360 + 360) % 360;
  result.unit = std::clamp(page.key("UserUnit").number(1), 0.01F, 100.F);
  return result;
}

}  // namespace

Result<std::unique_ptr<File>> File::open(std::string_view bytes, const Limits& limits) {
  if (auto error = check_structure(bytes)) return std::move(*error);
  std::unique_ptr<File> file(new File());
  file->budget_.left = std::min(limits.inflated_bytes, most_content);
  file->bytes_ = bytes;
  bool full = false;
  file->plain_ = PlainObjects::open(bytes, full);
  if (full) return too_large("的结构过于庞大");
  if (file->plain_ == nullptr) return open_mended(bytes, limits);
  auto error = file->gather_pages(limits);
  file->gather_hidden_layers();
  if (file->needs_mending() || (!error && file->pages_.empty())) return file->mended(limits);
  if (error) return std::move(*error);
  return file;
}

Result<std::unique_ptr<File>> File::mended(const Limits& limits) const {
  // What is too much here would be ten times as much there.
  if (plain_ != nullptr && plain_->full()) return too_large("的结构过于庞大");
  return open_mended(bytes_, limits);
}

Result<std::unique_ptr<File>> File::open_mended(std::string_view bytes, const Limits& limits) {
  std::unique_ptr<File> file(new File());
  file->budget_.left = std::min(limits.inflated_bytes, most_content);
  file->bytes_ = bytes;
  BoundedInflation bounded(most_cross_references);
  try {
    file->qpdf_ = std::make_unique<QPDF>();
    file->qpdf_->setSuppressWarnings(true);
    file->qpdf_->processMemoryFile("pdf", bytes.data(), bytes.size());
    file->encrypted_ = file->qpdf_->isEncrypted();
    bounded.allow(std::min(most_object_streams, limits.inflated_bytes));
    if (auto error = file->gather_pages(limits)) return std::move(*error);
    file->gather_hidden_layers();
  } catch (const QPDFExc& trouble) {
    if (trouble.getErrorCode() == qpdf_e_password) {
      return Error{"encrypted", "PDF文件加了打开密码，无法读取。请取消密码，另存一份再上传。", {}};
    }
    if (trouble.getErrorCode() == qpdf_e_unsupported) {
      return Error{"encrypted", "PDF文件用了特殊的加密方式，无法读取。请取消加密，另存一份再上传。", {}};
    }
    return damaged();
  } catch (const std::exception&) {
    if (bounded.exceeded()) return Error{"expands-too-much", "PDF文件展开后过大，不像是正常的文档，没有读取。", {}};
    return damaged();
  }
  if (file->pages_.empty()) return damaged();
  return file;
}

Object File::root() {
  if (plain_ == nullptr) return Object(qpdf_->getRoot());
  const Value* root = plain_->trailer().find("Root");
  return root == nullptr ? Object() : Object(*plain_, *root);
}

std::optional<Error> File::gather_pages(const Limits& limits) {
  struct Place {
    Object node;
    int depth;
  };
  std::vector<Place> open;
  std::set<std::pair<int, int>> seen;
  open.push_back({root().key("Pages"), 0});
  while (!open.empty()) {
    const Place place = open.back();
    open.pop_back();
    Object node = place.node;
    if (!node.is_dictionary()) continue;
    Object kids = node.key("Kids");
    if (!kids.is_array()) {
      if (pages_.size() >= limits.pages) return too_large("有" + std::to_string(limits.pages) + "页以上");
      pages_.push_back(describe(node));
      continue;
    }
    if (place.depth >= deepest_page_tree || !seen.emplace(node.id(), node.generation()).second) continue;
    const int count = kids.size();
    if (static_cast<std::size_t>(count) > limits.pages + 1000) return too_large("页数过多");
    for (int i = count; i-- > 0;) open.push_back({kids.item(i), place.depth + 1});
  }
  return std::nullopt;
}

void File::gather_hidden_layers() {
  Object layers = root().key("OCProperties");
  if (!layers.is_dictionary()) return;
  Object off = layers.key("D").is_dictionary() ? layers.key("D").key("OFF") : Object();
  if (!off.is_array()) return;
  for (int i = 0; i < std::min(off.size(), 1000); ++i) hidden_layers_.insert(off.item(i).id());
}

bool File::is_hidden_layer(const Object& group) const {
  if (hidden_layers_.empty() || !group.is_dictionary()) return false;
  if (hidden_layers_.contains(group.id())) return true;
  // A membership: hidden where all its groups are.
  Object members = group.key("OCGs");
  if (members.is_dictionary()) return hidden_layers_.contains(members.id());
  if (!members.is_array() || members.size() == 0) return false;
  for (int i = 0; i < members.size(); ++i) {
    if (!hidden_layers_.contains(members.item(i).id())) return false;
  }
  return true;
}

/// The stream's bytes where they stand in the file, which spares qpdf's copies; empty where that is not certain.
std::string_view File::in_place(const Object& stream) const {
  if (plain_ != nullptr) return stream.data();
  if (encrypted_) return {};
  const auto offset = static_cast<std::size_t>(std::max<long long>(stream.mended().getParsedOffset(), 0));
  const Object length = stream.key("Length");
  if (offset < 7 || offset > bytes_.size() || !length.is_integer()) return {};
  const auto size = static_cast<std::size_t>(std::max(length.integer(), 0));
  if (size > bytes_.size() - offset) return {};
  const std::string_view before = bytes_.substr(0, offset);
  if (!ends_with(before, "stream\n") && !ends_with(before, "stream\r\n") && !ends_with(before, "stream\r")) return {};
  if (!starts_with(trim(bytes_.substr(offset + size, 16)), "endstream")) return {};
  return bytes_.substr(offset, size);
}

bool File::read_stream(const Object& stream, Bytes& out) {
  return undo_filters(stream, out, nullptr);
}

bool File::read_picture(const Object& stream, Bytes& out, std::string& coding) {
  return undo_filters(stream, out, &coding);
}

bool File::undo_filters(const Object& stream, Bytes& out, std::string* coding) {
  if (!stream.is_stream() || budget_.exceeded) return false;
  budget_.damaged = false;
  const Object filters = stream.key("Filter");
  const Object parms = stream.key("DecodeParms");
  std::shared_ptr<Buffer> copied;
  std::string_view packed = in_place(stream);
  if (packed.empty() && plain_ == nullptr) {
    copied = stream.mended().getRawStreamData();
    packed = {reinterpret_cast<const char*>(copied->getBuffer()), copied->getSize()};
  }
  const int count = filters.is_array() ? filters.size() : filters.is_name() ? 1 : 0;
  if (count > 8) return false;
  if (count == 0) {
    if (!budget_.take(packed.size())) return false;
    out.append(packed);
    return true;
  }
  Bytes between;
  Bytes before;
  for (int i = 0; i < count; ++i) {
    Filter filter{};
    const std::string name = (filters.is_array() ? filters.item(i) : filters).name();
    if (name == "Crypt" && count == 1) return false;
    if (!filter_named(name, filter)) {
      if (coding == nullptr || i + 1 != count) return false;
      *coding = name;
      const std::string_view left = i == 0 ? packed : between.view();
      if (!budget_.take(left.size())) return false;
      out.append(left);
      return true;
    }
    const bool parms_list = parms.is_array();
    const Predictor predictor = predictor_of(parms_list ? parms.item(i) : parms);
    std::swap(before, between);
    between.clear();
    if (!decode(filter, i == 0 ? packed : before.view(), predictor, budget_, i + 1 == count ? out : between)) return false;
  }
  return true;
}

}  // namespace jiheng::reading::pdf
