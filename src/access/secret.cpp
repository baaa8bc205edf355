#include "access/secret.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace jiheng::access {

std::string random_bytes(std::size_t count) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string new_secret() {
  constexpr std::size_t bytes = 32;
  const std::string random = random_bytes(bytes);
  std::array<char, bytes * 2 + 1> text{};
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(random.data()), random.size());
  return text.data();
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace jiheng::access
