// Where the texts of one document live that are not views of its bytes.
#pragma once

#include <cstddef>
#include <forward_list>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiheng::reading {

/// Append-only store of texts; addresses stay.
class TextPool {
 public:
  /// Copies `text` in.
  std::string_view keep(std::string_view text);
  /// Gives room for `most` bytes to `write`, which says where what it wrote there ends.
  template <class Write>
  std::string_view write(std::size_t most, Write write);
  /// The parts one behind the other.
  std::string_view join(std::initializer_list<std::string_view> parts);
  /// normalise()d; a copy only where that changes it.
  std::string_view normal(std::string_view text);
  /// Takes `text` over without a copy (a whole part of a file, an inflated entry).
  std::string_view adopt(std::string text);

 private:
  static constexpr std::size_t block_size = 65536;

  /// Room for at most block_size / 4.
  char* take(std::size_t size);

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = block_size;
  std::forward_list<std::string> adopted_;
};

template <class Write>
std::string_view TextPool::write(std::size_t most, Write write) {
  if (most > block_size / 4) {
    std::string text(most, '\0');
    text.resize(static_cast<std::size_t>(write(text.data()) - text.data()));
    return adopt(std::move(text));
  }
  char* const room = take(most);
  const auto size = static_cast<std::size_t>(write(room) - room);
  used_ -= most - size;
  return {room, size};
}

}  // namespace jiheng::reading
