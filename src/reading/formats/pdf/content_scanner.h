// Takes a content stream apart into operators with their operands, in one pass over its bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace jiheng::reading::pdf {

struct Operand {
  enum class Kind : std::uint8_t { number, name, string, open, close, other };
  Kind kind = Kind::other;
  float number = 0;
  std::string_view text;  ///< of a name (without slash) or a string, decoded
};

/// An operator's letters as one number: its first in the lowest byte.
constexpr std::uint32_t operator_code(std::string_view letters) {
  std::uint32_t code = 0;
  for (std::size_t i = 0; i < letters.size() && i < 4; ++i)
    code |= static_cast<std::uint32_t>(static_cast<unsigned char>(letters[i])) << (8 * i);
  return code;
}

/// Views into `content`, which must outlive it.
class ContentScanner {
 public:
  explicit ContentScanner(std::string_view content);

  /// The next operator; 0 at the end. Its operands are good until the next call. An inline image is one operator, "ID", with the
  /// entries of its dictionary as operands; its data are passed over.
  std::uint32_t next();
  std::span<const Operand> operands() const { return {operands_.data(), count_}; }
  /// The number at `index`, 0 where there is none.
  float number(std::size_t index) const {
    return index < count_ && operands_[index].kind == Operand::Kind::number ? operands_[index].number : 0;
  }
  /// The last operand's text, where it is a name.
  std::string_view last_name() const {
    return count_ > 0 && operands_[count_ - 1].kind == Operand::Kind::name ? operands_[count_ - 1].text : std::string_view();
  }

 private:
  bool short_number();
  void number_operand();
  void name_operand();
  void literal_string();
  void hex_string();
  void skip_inline_image();
  void add(const Operand& operand) {
    if (count_ == room_ && !grow()) return;
    operands_[count_++] = operand;
  }
  bool grow();

  const char* at_;
  const char* end_;
  std::vector<Operand> operands_;  ///< as many as there was ever need of; `count_` of them are the present ones
  std::size_t room_ = 0;           ///< their number
  std::size_t count_ = 0;
  std::unique_ptr<char[]> scratch_;  ///< decoded strings of one operator; never more than the content itself
  char* free_;
};

}  // namespace jiheng::reading::pdf
