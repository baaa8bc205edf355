#include "reading/text_pool.h"

#include <cstring>

#include "base/text.h"

namespace jiheng::reading {

char* TextPool::take(std::size_t size) {
  if (used_ + size > block_size) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
    used_ = 0;
  }
  char* room = blocks_.back().get() + used_;
  used_ += size;
  return room;
}

std::string_view TextPool::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > block_size / 4) return adopt(std::string(text));
  char* to = take(text.size());
  std::memcpy(to, text.data(), text.size());
  return {to, text.size()};
}

std::string_view TextPool::join(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  if (size > block_size / 4) {
    std::string whole;
    whole.reserve(size);
    for (const std::string_view part : parts) whole += part;
    return adopt(std::move(whole));
  }
  char* const room = take(size);
  char* to = room;
  for (const std::string_view part : parts) {
    if (!part.empty()) std::memcpy(to, part.data(), part.size());
    to += part.size();
  }
  return {room, size};
}

std::string_view TextPool::normal(std::string_view text) {
  std::string room;
  const std::string_view normal = normalise(text, room);
  return normal.data() == room.data() ? keep(normal) : normal;
}

std::string_view TextPool::adopt(std::string text) {
  return adopted_.emplace_front(std::move(text));
}

}  // namespace jiheng::reading
