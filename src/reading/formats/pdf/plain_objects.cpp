#include "reading/formats/pdf/plain_objects.h"

#include <algorithm>

#include "base/text.h"
#include "reading/formats/pdf/lexical.h"
#include "reading/formats/pdf/value_parser.h"

namespace jiheng::reading::pdf {
namespace {

constexpr std::int64_t most_objects = 1 << 20;
constexpr int most_updates = 200;
constexpr std::size_t entry_size = 20;
/// The length of a stream is an object of its own, and may stand in an object stream.
constexpr int deepest = 4;

const Value null_value{};

bool is_whole(const Value* value) {
  return value != nullptr && value->kind == Value::Kind::integer;
}

/// False where something else than digits stands there.
bool digits(std::string_view text, std::size_t& number) {
  number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return true;
}

}  // namespace

std::unique_ptr<PlainObjects> PlainObjects::open(std::string_view bytes, bool& full) {
  full = false;
  if (!bytes.starts_with("%PDF-")) return nullptr;
  std::unique_ptr<PlainObjects> objects(new PlainObjects(bytes));
  const bool sound = objects->read_cross_references() && !objects->irregular_;
  full = objects->full();
  if (!sound) return nullptr;
  return objects;
}

bool PlainObjects::read_cross_references() {
  const std::size_t mark = bytes_.rfind("startxref");
  if (mark == std::string_view::npos || bytes_.size() - mark > 1024) return false;
  ValueParser tail(bytes_, mark + 9, room_);
  std::int64_t at = 0;
  if (!tail.whole(at)) return false;
  // Each update of a file stands behind what it updates, and points back to it.
  for (int updates = 0; updates < most_updates; ++updates) {
    Value trailer;
    if (at <= 0 || static_cast<std::size_t>(at) >= bytes_.size()) return false;
    const auto place = static_cast<std::size_t>(at);
    if (!(bytes_.substr(place).starts_with("xref") ? read_table(place, trailer) : read_stream(place, trailer))) return false;
    if (trailer.find("Encrypt") != nullptr) return false;
    if (updates == 0) trailer_ = trailer;
    const Value* before = trailer.find("Prev");
    if (before == nullptr) return trailer_.find("Root") != nullptr;
    if (!is_whole(before) || before->whole == at) return false;
    at = before->whole;
  }
  return false;
}

/// What a newer part of the file has said of an object stands.
bool PlainObjects::enter(std::int64_t number, const Entry& entry) {
  if (number < 0 || number >= most_objects) return false;
  const auto index = static_cast<std::size_t>(number);
  if (index >= entries_.size()) entries_.resize(std::clamp(entries_.size() * 2, index + 1, static_cast<std::size_t>(most_objects)));
  if (entries_[index].kind == Entry::Kind::unknown) entries_[index] = entry;
  return true;
}

bool PlainObjects::read_table(std::size_t at, Value& trailer) {
  at += 4;
  std::vector<std::int64_t> free;
  for (;;) {
    ValueParser parser(bytes_, at, room_);
    std::int64_t first = 0;
    std::int64_t count = 0;
    if (parser.word("trailer")) {
      if (!parser.value(trailer) || trailer.kind != Value::Kind::dictionary) return false;
      break;
    }
    if (!parser.whole(first) || !parser.whole(count) || count > most_objects) return false;
    at = parser.at();
    while (at < bytes_.size() && class_of(bytes_[at]) == blank) ++at;
    if (!read_table_entries(at, first, count, free)) return false;
    at += static_cast<std::size_t>(count) * entry_size;
  }
  // A file for old and new readers alike says of the objects that only new ones see that they are free, and where they are.
  if (const Value* more = trailer.find("XRefStm"); more != nullptr) {
    Value ignored;
    if (!is_whole(more) || more->whole <= 0 || !read_stream(static_cast<std::size_t>(more->whole), ignored)) return false;
  }
  for (const std::int64_t number : free) {
    Entry entry;
    entry.kind = Entry::Kind::free;
    if (!enter(number, entry)) return false;
  }
  return true;
}

bool PlainObjects::read_table_entries(std::size_t at, std::int64_t first, std::int64_t count, std::vector<std::int64_t>& free) {
  const std::size_t size = static_cast<std::size_t>(count) * entry_size;
  if (bytes_.size() - std::min(at, bytes_.size()) < size || overlapping()) return false;
  parsed_ += size;
  for (std::int64_t i = 0; i < count; ++i, at += entry_size) {
    // "0000000016 00000 n" and an end of line of two characters
    const std::string_view line = bytes_.substr(at, entry_size);
    std::size_t place = 0;
    std::size_t generation = 0;
    if (!digits(line.substr(0, 10), place) || line[10] != ' ' || !digits(line.substr(11, 5), generation) || line[16] != ' ' ||
        class_of(line[18]) != blank || class_of(line[19]) != blank)
      return false;
    if (line[17] == 'f') {
      free.push_back(first + i);
      continue;
    }
    Entry entry;
    entry.kind = Entry::Kind::in_file;
    entry.generation = static_cast<std::uint32_t>(generation);
    entry.place = place;
    if (line[17] != 'n' || !enter(first + i, entry)) return false;
  }
  return true;
}

bool PlainObjects::read_stream(std::size_t at, Value& trailer) {
  Value value;
  if (!parse_stream(at, value)) return false;
  const auto& stream = *value.stream;
  trailer = stream.dictionary;
  const Value* type = trailer.find("Type");
  const Value* widths = trailer.find("W");
  const Value* size = trailer.find("Size");
  const Value* index = trailer.find("Index");
  if (type == nullptr || type->kind != Value::Kind::name || type->view() != "XRef" || !is_whole(size) || widths == nullptr ||
      widths->kind != Value::Kind::array || widths->count != 3)
    return false;
  std::size_t fields[3];
  for (std::size_t i = 0; i < 3; ++i) {
    const Value& width = widths->items()[i];
    if (width.kind != Value::Kind::integer || width.whole < 0 || width.whole > 7) return false;
    fields[i] = static_cast<std::size_t>(width.whole);
  }
  const std::size_t length = fields[0] + fields[1] + fields[2];
  Bytes bytes;
  if (length == 0 || !inflate(stream, bytes)) return false;
  std::string_view rest = bytes.view();
  const auto section = [&](std::int64_t first, std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
      if (rest.size() < length) return false;
      std::size_t values[3] = {1, 0, 0};
      for (std::size_t field = 0; field < 3; ++field) {
        if (fields[field] > 0) values[field] = 0;
        for (std::size_t byte = 0; byte < fields[field]; ++byte)
          values[field] = values[field] << 8 | static_cast<unsigned char>(rest[byte]);
        rest.remove_prefix(fields[field]);
      }
      Entry entry;
      entry.kind = values[0] == 0 ? Entry::Kind::free : values[0] == 1 ? Entry::Kind::in_file : Entry::Kind::in_stream;
      entry.place = values[1];
      entry.generation = static_cast<std::uint32_t>(std::min<std::size_t>(values[2], UINT32_MAX));
      if (values[0] > 2 || !enter(first + i, entry)) return false;
    }
    return true;
  };
  if (index == nullptr) return section(0, size->whole);
  if (index->kind != Value::Kind::array || index->count % 2 != 0) return false;
  for (std::size_t i = 0; i < index->count; i += 2) {
    const Value& first = index->items()[i];
    const Value& count = index->items()[i + 1];
    if (first.kind != Value::Kind::integer || count.kind != Value::Kind::integer || !section(first.whole, count.whole)) return false;
  }
  return true;
}

/// "12 0 obj" and what follows, whatever its number.
bool PlainObjects::parse_stream(std::size_t at, Value& out) {
  ValueParser parser(bytes_, at, room_);
  std::int64_t number = 0;
  if (!parser.whole(number) || number <= 0 || number > INT32_MAX) return false;
  return parse_at(at, {static_cast<std::int32_t>(number), 0}, out) && out.kind == Value::Kind::stream;
}

bool PlainObjects::parse_at(std::size_t at, Reference expected, Value& out) {
  ValueParser parser(bytes_, at, room_);
  std::int64_t number = 0;
  std::int64_t generation = 0;
  const bool found = parser.whole(number) && number == expected.number && parser.whole(generation) && generation == expected.generation &&
                     parser.word("obj") && parser.value(out) && out.kind != Value::Kind::reference;
  parsed_ += parser.at() - std::min(at, parser.at());
  if (!found) return false;
  if (parser.word("endobj")) return true;
  if (out.kind != Value::Kind::dictionary || !parser.word("stream")) return false;
  std::string_view rest = bytes_.substr(parser.at());
  rest.remove_prefix(rest.starts_with("\r\n") ? 2 : rest.starts_with("\n") ? 1 : rest.size());
  const Value* length = out.find("Length");
  if (length == nullptr) return false;
  const Value& size = follow(*length);
  if (size.kind != Value::Kind::integer || size.whole < 0 || static_cast<std::size_t>(size.whole) > rest.size()) return false;
  const auto taken = static_cast<std::size_t>(size.whole);
  ValueParser behind(rest, taken, room_);
  if (rest.size() == taken || class_of(rest[taken]) == delimiter || !behind.word("endstream") || behind.at() > taken + 16) return false;
  StreamValue* stream = room_.stream();
  *stream = {out, rest.substr(0, taken)};
  out.kind = Value::Kind::stream;
  out.stream = stream;
  return true;
}

const Value& PlainObjects::load(Reference reference) {
  const auto index = static_cast<std::size_t>(reference.number);
  if (irregular_ || reference.number <= 0 || index >= entries_.size()) return null_value;
  const Entry entry = entries_[index];
  if (entry.value != nullptr) return *entry.value;
  if (entry.kind == Entry::Kind::unknown || entry.kind == Entry::Kind::free) return null_value;
  Value* value = room_.values(1);
  const std::uint32_t generation = entry.kind == Entry::Kind::in_file ? entry.generation : 0;
  if (value == nullptr || entry.loading || depth_ >= deepest || overlapping() ||
      static_cast<std::uint32_t>(reference.generation) != generation) {
    irregular_ = true;
    return null_value;
  }
  *value = Value();
  entries_[index].loading = true;
  ++depth_;
  const bool good =
      entry.kind == Entry::Kind::in_file ? parse_at(entry.place, reference, *value) : parse_packed(entry, reference.number, *value);
  --depth_;
  entries_[index].loading = false;
  if (!good) {
    irregular_ = true;
    return null_value;
  }
  entries_[index].value = value;
  return *value;
}

bool PlainObjects::parse_packed(const Entry& entry, std::int32_t number, Value& out) {
  const Packed* objects = packed(entry.place);
  if (objects == nullptr || entry.generation >= objects->places.size()) return false;
  const auto [found, at] = objects->places[entry.generation];
  ValueParser parser(objects->bytes.view(), at, room_);
  const bool good = found == number && parser.value(out) && out.kind != Value::Kind::reference;
  parsed_ += parser.at() - std::min(at, parser.at());
  return good;
}

const PlainObjects::Packed* PlainObjects::packed(std::size_t stream) {
  auto& kept = packed_[stream];
  if (kept != nullptr) return kept.get();
  if (stream >= entries_.size() || entries_[stream].kind != Entry::Kind::in_file) return nullptr;
  const Value& value = load({static_cast<std::int32_t>(stream), static_cast<std::int32_t>(entries_[stream].generation)});
  if (value.kind != Value::Kind::stream) return nullptr;
  const auto& content = *value.stream;
  const Value* count = content.dictionary.find("N");
  const Value* first = content.dictionary.find("First");
  auto objects = std::make_unique<Packed>();
  if (!is_whole(count) || !is_whole(first) || first->whole < 0 || count->whole > most_objects || !inflate(content, objects->bytes))
    return nullptr;
  ValueParser parser(objects->bytes.view(), 0, room_);
  for (std::int64_t i = 0; i < count->whole; ++i) {
    std::int64_t number = 0;
    std::int64_t offset = 0;
    if (!parser.whole(number) || !parser.whole(offset)) return nullptr;
    objects->places.emplace_back(number, static_cast<std::size_t>(first->whole + offset));
  }
  kept = std::move(objects);
  return kept.get();
}

/// Of the structure's own streams: not filtered at all, or packed with Flate alone.
bool PlainObjects::inflate(const StreamValue& stream, Bytes& out) {
  const Value* filter = stream.dictionary.find("Filter");
  if (filter == nullptr) {
    out.append(stream.data);
    return structure_.take(stream.data.size());
  }
  const Value& name = filter->kind == Value::Kind::array && filter->count == 1 ? filter->items()[0] : *filter;
  if (name.kind != Value::Kind::name || name.view() != "FlateDecode") return false;
  Predictor predictor;
  if (const Value* parms = stream.dictionary.find("DecodeParms"); parms != nullptr) {
    if (parms->kind != Value::Kind::dictionary) return false;
    const auto number = [&](const char* key, int otherwise) {
      const Value* value = parms->find(key);
      return is_whole(value) ? static_cast<int>(std::clamp<std::int64_t>(value->whole, INT32_MIN, INT32_MAX)) : otherwise;
    };
    predictor = {number("Predictor", 1), number("Colors", 1), number("BitsPerComponent", 8), number("Columns", 1), true};
  }
  return decode(Filter::flate, stream.data, predictor, structure_, out) && !structure_.damaged;
}

}  // namespace jiheng::reading::pdf
