#include "reading/formats/pdf/file.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "reading/formats/pdf/predictor.h"
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

Object inherited(Object node, const char* key) {
  for (int depth = 0; depth < deepest_page_tree && node.isDictionary(); ++depth) {
    Object value = node.getKey(key);
    if (!value.isNull()) return value;
    node = node.getKey("/Parent");
  }
  return Object::newNull();
}

PageObject describe(Object page) {
  PageObject result;
  result.page = page;
  result.resources = inherited(page, "/Resources");
  float media[4] = {0, 0, 595, 842};
  float crop[4];
  box_of(inherited(page, "/MediaBox"), media);
  if (box_of(inherited(page, "/CropBox"), crop)) {
    const float cut[4] = {std::max(media[0], crop[0]), std::max(media[1], crop[1]), std::min(media[2], crop[2]),
                          std::min(media[3], crop[3])};
    if (cut[2] - cut[0] > 1 && cut[3] - cut[1] > 1) std::copy_n(cut, 4, media);
  }
  result.left = media[0];
  result.bottom = media[1];
  result.right = media[2];
  result.top = media[3];
  const int turn = static_cast<int>(std::clamp(number_of(inherited(page, "/Rotate"), 0), -36000.F, 36000.F));
  result.turn = ((turn / 90 * 90) % 360 + 360) % 360;
  result.unit = std::clamp(number_of(page.getKey("/UserUnit"), 1), 0.01F, 100.F);
  return result;
}

}  // namespace

float number_of(Object object, float otherwise) {
  return object.isNumber() ? static_cast<float>(object.getNumericValue()) : otherwise;
}

int whole_of(Object object, int otherwise) {
  return static_cast<int>(std::clamp(number_of(object, static_cast<float>(otherwise)), -1e6F, 1e6F));
}

bool box_of(Object object, float (&box)[4]) {
  if (!object.isArray() || object.getArrayNItems() != 4) return false;
  float found[4];
  for (int i = 0; i < 4; ++i) {
    Object item = object.getArrayItem(i);
    if (!item.isNumber()) return false;
    found[i] = std::clamp(static_cast<float>(item.getNumericValue()), -1e6F, 1e6F);
  }
  if (found[0] > found[2]) std::swap(found[0], found[2]);
  if (found[1] > found[3]) std::swap(found[1], found[3]);
  if (found[2] - found[0] < 1 || found[3] - found[1] < 1) return false;
  std::copy_n(found, 4, box);
  return true;
}

std::string name_of(Object object) {
  return object.isName() ? object.getName().substr(1) : std::string();
}

Result<std::unique_ptr<File>> File::open(std::string_view bytes, const Limits& limits) {
  if (auto error = check_structure(bytes)) return std::move(*error);
  std::unique_ptr<File> file(new File());
  file->budget_.left = std::min(limits.inflated_bytes, most_content);
  BoundedInflation bounded(most_cross_references);
  try {
    file->qpdf_.setSuppressWarnings(true);
    file->qpdf_.processMemoryFile("pdf", bytes.data(), bytes.size());
    file->bytes_ = bytes;
    file->encrypted_ = file->qpdf_.isEncrypted();
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

std::optional<Error> File::gather_pages(const Limits& limits) {
  struct Place {
    Object node;
    int depth;
  };
  std::vector<Place> open;
  std::set<std::pair<int, int>> seen;
  open.push_back({qpdf_.getRoot().getKey("/Pages"), 0});
  while (!open.empty()) {
    const Place place = open.back();
    open.pop_back();
    Object node = place.node;
    if (!node.isDictionary()) continue;
    Object kids = node.getKey("/Kids");
    if (!kids.isArray()) {
      if (pages_.size() >= limits.pages) return too_large("有" + std::to_string(limits.pages) + "页以上");
      pages_.push_back(describe(node));
      continue;
    }
    if (place.depth >= deepest_page_tree || !seen.emplace(node.getObjectID(), node.getGeneration()).second) continue;
    const int count = kids.getArrayNItems();
    if (static_cast<std::size_t>(count) > limits.pages + 1000) return too_large("页数过多");
    for (int i = count; i-- > 0;) open.push_back({kids.getArrayItem(i), place.depth + 1});
  }
  return std::nullopt;
}

void File::gather_hidden_layers() {
  Object layers = qpdf_.getRoot().getKey("/OCProperties");
  if (!layers.isDictionary()) return;
  Object off = layers.getKey("/D").isDictionary() ? layers.getKey("/D").getKey("/OFF") : Object::newNull();
  if (!off.isArray()) return;
  for (int i = 0; i < std::min(off.getArrayNItems(), 1000); ++i) hidden_layers_.insert(off.getArrayItem(i).getObjectID());
}

bool File::is_hidden_layer(Object group) const {
  if (hidden_layers_.empty() || !group.isDictionary()) return false;
  if (hidden_layers_.contains(group.getObjectID())) return true;
  // A membership: hidden where all its groups are.
  Object members = group.getKey("/OCGs");
  if (members.isDictionary()) return hidden_layers_.contains(members.getObjectID());
  if (!members.isArray() || members.getArrayNItems() == 0) return false;
  for (int i = 0; i < members.getArrayNItems(); ++i) {
    if (!hidden_layers_.contains(members.getArrayItem(i).getObjectID())) return false;
  }
  return true;
}

/// The stream's bytes where they stand in the file, which spares qpdf's copies; empty where that is not certain.
std::string_view File::in_place(Object stream, Object dictionary) const {
  if (encrypted_) return {};
  const auto offset = static_cast<std::size_t>(std::max<long long>(stream.getParsedOffset(), 0));
  Object length = dictionary.getKey("/Length");
  if (offset < 7 || offset > bytes_.size() || !length.isInteger()) return {};
  const auto size = static_cast<std::size_t>(std::max<long long>(length.getIntValue(), 0));
  if (size > bytes_.size() - offset) return {};
  const std::string_view before = bytes_.substr(0, offset);
  if (!ends_with(before, "stream\n") && !ends_with(before, "stream\r\n") && !ends_with(before, "stream\r")) return {};
  if (!starts_with(trim(bytes_.substr(offset + size, 16)), "endstream")) return {};
  return bytes_.substr(offset, size);
}

bool File::read_stream(Object stream, Bytes& out) {
  return undo_filters(stream, out, nullptr);
}

bool File::read_picture(Object stream, Bytes& out, std::string& coding) {
  return undo_filters(stream, out, &coding);
}

bool File::undo_filters(Object stream, Bytes& out, std::string* coding) {
  if (!stream.isStream() || budget_.exceeded) return false;
  budget_.damaged = false;
  Object dictionary = stream.getDict();
  Object filters = dictionary.getKey("/Filter");
  Object parms = dictionary.getKey("/DecodeParms");
  std::shared_ptr<Buffer> copied;
  std::string_view packed = in_place(stream, dictionary);
  if (packed.empty()) {
    copied = stream.getRawStreamData();
    packed = {reinterpret_cast<const char*>(copied->getBuffer()), copied->getSize()};
  }
  const int count = filters.isArray() ? filters.getArrayNItems() : filters.isName() ? 1 : 0;
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
    const std::string name = name_of(filters.isArray() ? filters.getArrayItem(i) : filters);
    if (name == "Crypt" && count == 1) return false;
    if (!filter_named(name, filter)) {
      if (coding == nullptr || i + 1 != count) return false;
      *coding = name;
      const std::string_view left = i == 0 ? packed : between.view();
      if (!budget_.take(left.size())) return false;
      out.append(left);
      return true;
    }
    const bool parms_list = parms.isArray();
    const Predictor predictor = predictor_of(parms_list ? (i < parms.getArrayNItems() ? parms.getArrayItem(i) : Object::newNull()) : parms);
    std::swap(before, between);
    between.clear();
    if (!decode(filter, i == 0 ? packed : before.view(), predictor, budget_, i + 1 == count ? out : between)) return false;
  }
  return true;
}

}  // namespace jiheng::reading::pdf
