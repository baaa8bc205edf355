#include "base/hash.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <array>
#include <new>
#include <optional>

namespace jiheng {

namespace {

template <std::size_t size>
std::optional<std::array<unsigned char, size>> digest_of(gnutls_digest_algorithm_t algorithm, std::string_view bytes) {
  std::array<unsigned char, size> digest;
  if (gnutls_hash_fast(algorithm, bytes.data(), bytes.size(), digest.data()) != 0) return std::nullopt;
  return digest;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  static constexpr char hex[] = "0123456789abcdef";
  const auto digest = digest_of<32>(GNUTLS_DIG_SHA256, bytes);
  if (!digest) throw std::bad_alloc();
  std::string out;
  out.reserve(2 * digest->size());
  for (const unsigned char byte : *digest) {
    out.push_back(hex[byte >> 4]);
    out.push_back(hex[byte & 15]);
  }
  return out;
}

std::string md5(std::string_view bytes) {
  const auto digest = digest_of<16>(GNUTLS_DIG_MD5, bytes);
  return digest ? std::string(digest->begin(), digest->end()) : std::string();
}

}  // namespace jiheng
