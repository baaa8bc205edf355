#include "reading/formats/xls_cipher.h"

#include <array>
#include <cstdint>
#include <numeric>
#include <utility>

#include "base/hash.h"
#include "reading/formats/biff_records.h"
#include "reading/formats/little_endian.h"

namespace jiheng::reading {
namespace {

constexpr std::string_view known_password = "VelvetSweatshop";
constexpr std::size_t block_bytes = 1024;
constexpr std::uint16_t file_pass = 0x002F;
constexpr std::uint16_t bound_sheet = 0x0085;

/// The stream cipher RC4.
class Rc4 {
 public:
  explicit Rc4(std::string_view key) {
    std::iota(state_.begin(), state_.end(), std::uint8_t{0});
    std::uint8_t j = 0;
    for (std::size_t i = 0; i < state_.size() && !key.empty(); ++i) {
      j = static_cast<std::uint8_t>(j + state_[i] + static_cast<std::uint8_t>(key[i % key.size()]));
      std::swap(state_[i], state_[j]);
    }
  }
  std::uint8_t next() {
    ++i_;
    j_ = static_cast<std::uint8_t>(j_ + state_[i_]);
    std::swap(state_[i_], state_[j_]);
    return state_[static_cast<std::uint8_t>(state_[i_] + state_[j_])];
  }

 private:
  std::array<std::uint8_t, 256> state_{};
  std::uint8_t i_ = 0;
  std::uint8_t j_ = 0;
};

std::string decrypted(std::string_view bytes, Rc4& cipher) {
  std::string out(bytes);
  for (char& c : out) c = static_cast<char>(static_cast<std::uint8_t>(c) ^ cipher.next());
  return out;
}

/// What the keys of all blocks are made of: 40 bits from the password and the file's salt.
std::string base_key(std::string_view salt) {
  std::string wide;
  for (const char c : known_password) wide += {c, '\0'};
  const std::string part = md5(wide).substr(0, 5) + std::string(salt);
  std::string all;
  for (int i = 0; i < 16; ++i) all += part;
  return md5(all).substr(0, 5);
}

std::string block_key(const std::string& base, std::size_t block) {
  std::string number;
  for (int shift = 0; shift < 32; shift += 8) number.push_back(static_cast<char>(block >> shift & 0xFF));
  return md5(base + number);
}

/// Whether the file was encrypted with this key: it holds a random number and, encrypted too, its sum.
bool fits(const std::string& base, std::string_view verifier) {
  Rc4 cipher(block_key(base, 0));
  const std::string plain = decrypted(verifier, cipher);
  return md5(plain.substr(0, 16)) == plain.substr(16);
}

/// How many bytes at a record's front are not encrypted; the heads never are.
std::size_t plain_bytes(const BiffRecord& record) {
  switch (record.id) {
    case 0x0809:  // BOF
    case file_pass:
    case 0x00E1:  // INTERFACEHDR
    case 0x0138:  // RRDHEAD
    case 0x0194:  // USREXCL
    case 0x0195:  // FILELOCK
    case 0x0196:  // RRDINFO
      return record.data.size();
    case bound_sheet:
      return 4;
    default:
      return 0;
  }
}

}  // namespace

std::optional<std::string> decrypt_protected_workbook(std::string_view stream) {
  std::string base;
  std::string out(stream);
  std::size_t block = SIZE_MAX;
  std::size_t at = 0;
  Rc4 cipher("");
  const auto key_byte = [&](std::size_t place) {
    if (place / block_bytes != block) {
      block = place / block_bytes;
      cipher = Rc4(block_key(base, block));
      at = block * block_bytes;
    }
    for (; at < place; ++at) cipher.next();
    ++at;
    return cipher.next();
  };
  BiffRecords records(stream);
  for (BiffRecord record; records.next(record);) {
    const std::size_t begin = record.at + 4;
    if (record.id == file_pass && base.empty()) {
      const bool known_method = u16_at(record.data, 0) == 1 && u16_at(record.data, 2) == 1 && record.data.size() >= 54;
      if (!known_method) return std::nullopt;
      base = base_key(record.data.substr(6, 16));
      if (!fits(base, record.data.substr(22, 32))) return std::nullopt;
      out[record.at] = out[record.at + 1] = '\0';
    } else if (!base.empty()) {
      for (std::size_t i = plain_bytes(record); i < record.data.size(); ++i)
        out[begin + i] = static_cast<char>(static_cast<std::uint8_t>(out[begin + i]) ^ key_byte(begin + i));
    }
  }
  if (base.empty()) return std::nullopt;
  return out;
}

}  // namespace jiheng::reading
