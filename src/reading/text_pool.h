// Where the texts of one document live that are not views of its bytes.
#pragma once

#include <cstddef>
#include <forward_list>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng::reading {

/// Append-only store of texts; addresses stay.
class TextPool {
 public:
  /// Copies `text` in.
  std::string_view keep(std::string_view text);
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

}  // namespace jiheng::reading
