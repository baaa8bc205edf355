// A font's /ToUnicode: its codes → characters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng::reading::pdf {

class UnicodeMap {
 public:
  UnicodeMap() = default;
  explicit UnicodeMap(std::string_view text);

  bool empty() const { return entries_.empty(); }
  /// Appends what the code stands for; false where the map says nothing of use (nothing, zeros, a replacement character).
  bool find(std::uint32_t code, std::u32string& out) const;

 private:
  struct Entry {
    std::uint32_t first;
    std::uint32_t last;
    std::uint32_t text;  ///< in texts_
    std::uint32_t length;
  };
  friend struct UnicodeMapReader;
  std::vector<Entry> entries_;
  std::u32string texts_;
};

}  // namespace jiheng::reading::pdf
