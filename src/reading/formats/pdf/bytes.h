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
      const std::size_t capacity = std::max(size_ + more, capacity_ + std::min(capacity_ / 2, most_slack));
      if (size_ == 0) data_.reset();  // there is nothing to keep: two at once would be twice the memory
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
  static constexpr std::size_t most_slack = 1U << 20;
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace jiheng::reading::pdf
