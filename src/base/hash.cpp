#include "base/hash.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <new>

namespace jiheng {

std::string sha256_hex(std::string_view bytes) {
  static constexpr char hex[] = "0123456789abcdef";
  // Looked up once: for a small text, OpenSSL's looking up takes longer than the hash. It lives as long as the program.
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  unsigned char digest[SHA256_DIGEST_LENGTH];
  if (sha256 == nullptr || EVP_Digest(bytes.data(), bytes.size(), digest, nullptr, sha256, nullptr) != 1) throw std::bad_alloc();
  std::string out;
  out.reserve(2 * sizeof digest);
  for (const unsigned char byte : digest) {
    out.push_back(hex[byte >> 4]);
    out.push_back(hex[byte & 15]);
  }
  return out;
}

std::string md5(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_md5(), nullptr) != 1) return {};
  return {reinterpret_cast<const char*>(digest), length};
}

}  // namespace jiheng
