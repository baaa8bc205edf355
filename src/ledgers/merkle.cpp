#include <openssl/evp.h>

#include <memory>
#include <new>

#include "base/hash.h"
#include "ledgers/rows.h"

namespace jiheng::ledgers {
namespace {

/// One hashing context for all leaves of a thread: making one takes longer than hashing a line.
class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new()), sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr)) {
    if (!context_ || !sha256_ || EVP_DigestInit_ex2(context_.get(), sha256_.get(), nullptr) != 1) throw std::bad_alloc();
  }
  void hash(unsigned char kind, std::string_view a, std::string_view b, unsigned char* out) {
    if (EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) != 1 || EVP_DigestUpdate(context_.get(), &kind, 1) != 1 ||
        EVP_DigestUpdate(context_.get(), a.data(), a.size()) != 1 || EVP_DigestUpdate(context_.get(), b.data(), b.size()) != 1 ||
        EVP_DigestFinal_ex(context_.get(), out, nullptr) != 1)
      throw std::bad_alloc();
  }

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_;
  std::unique_ptr<EVP_MD, Free> sha256_;
};

Hasher& hasher() {
  static thread_local Hasher one;
  return one;
}

std::string_view bytes_of(const std::array<unsigned char, 32>& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

}  // namespace

void MerkleTree::add(std::string_view leaf) {
  Hash hash;
  hasher().hash(0, leaf, {}, hash.data());
  int height = 0;
  while (!heights_.empty() && heights_.back() == height) {
    hasher().hash(1, bytes_of(peaks_.back()), bytes_of(hash), hash.data());
    peaks_.pop_back();
    heights_.pop_back();
    ++height;
  }
  peaks_.push_back(hash);
  heights_.push_back(height);
  ++size_;
}

std::string MerkleTree::root() const {
  if (peaks_.empty()) return sha256_hex({});
  Hash hash = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) hasher().hash(1, bytes_of(peaks_[i]), bytes_of(hash), hash.data());
  static constexpr char hex[] = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : hash) {
    out.push_back(hex[byte >> 4]);
    out.push_back(hex[byte & 15]);
  }
  return out;
}

}  // namespace jiheng::ledgers
