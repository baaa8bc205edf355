// A growing run of bytes that is not filled with zeros first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace jiheng::reading::pdf {

class Bytes {
 public:
  std::string_view view() const { return {data_.get(), size_}; }
  std::size_t size() const { return size_; }
  void clear() { size_ = 0; }
  void drop(std::size_t to) { size_ = std::min(size_, to); }

  /// Room for `more` bytes behind those there are; `grown` then takes what was written of them.
  char* room(std::size_t more) {
    if (capacity_ - size_ < more) {
      const std::size_t capacity = std::max(size_ + more, capacity_ + capacity_ / 2);
      auto data = std::make_unique_for_overwrite<char[]>(capacity);
      if (size_ > 0) std::memcpy(data.get(), data_.get(), size_);
      data_ = std::move(data);
      capacity_ = capacity;
    }
    return data_.get() + size_;
  }
  void grown(std::size_t more) { size_ += more; }

  void append(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  void push_back(char c) {
    *room(1) = c;
    ++size_;
  }

 private:
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace jiheng::reading::pdf
