#include "access/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "access/secret.h"

namespace jiheng::access {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::int64_t step_seconds = 30;
constexpr std::size_t secret_bytes = 20;

std::string base32(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const unsigned char byte : bytes) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 5; count -= 5) out.push_back(alphabet[bits >> (count - 5) & 31]);
  }
  if (count > 0) out.push_back(alphabet[bits << (5 - count) & 31]);
  return out;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 5 | static_cast<std::uint32_t>(value);
    count += 5;
    if (count < 8) continue;
    count -= 8;
    out.push_back(static_cast<char>(bits >> count & 0xFF));
  }
  return out;
}

std::string code_of_step(std::string_view key, std::int64_t step) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i)
    counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), counter.data(), counter.size(), mac.data(), &length);
  const std::size_t at = mac[length - 1] & 0xF;
  const std::uint32_t number = (mac[at] & 0x7FU) << 24 | mac[at + 1] << 16 | mac[at + 2] << 8 | mac[at + 3];
  const std::string digits = std::to_string(number % 1'000'000);
  return std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

std::string new_totp_secret() {
  return base32(random_bytes(secret_bytes));
}

std::string totp_address(std::string_view secret, std::string_view login) {
  std::string label;
  for (const unsigned char c : login) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_';
    if (plain) {
      label.push_back(static_cast<char>(c));
    } else {
      label += {'%', hex[c >> 4], hex[c & 15]};
    }
  }
  return "otpauth://totp/%E7%BB%A9%E8%A1%A1:" + label + "?secret=" + std::string(secret) + "&issuer=%E7%BB%A9%E8%A1%A1";
}

std::optional<std::string> totp_code(std::string_view secret, std::int64_t at) {
  const auto key = from_base32(secret);
  if (!key) return std::nullopt;
  return code_of_step(*key, at / step_seconds);
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, std::int64_t at, std::int64_t used) {
  const auto key = from_base32(secret);
  if (!key || key->empty()) return std::nullopt;  // everybody could work out the codes of no secret
  for (std::int64_t step = at / step_seconds - 1; step <= at / step_seconds + 1; ++step) {
    if (step > used && same_secret(code_of_step(*key, step), code)) return step;
  }
  return std::nullopt;
}

}  // namespace jiheng::access
