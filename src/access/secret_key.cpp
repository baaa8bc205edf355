#include "access/secret_key.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium.h>

#include <stdexcept>

#include "access/secret.h"

namespace jiheng::access {
namespace {

constexpr std::string_view mark = "sealed:1:";
constexpr std::size_t id_length = 16;
constexpr std::size_t nonce_length = 12;
constexpr std::size_t tag_length = 16;
constexpr std::size_t longest_sealed = 4096;

struct Free {
  void operator()(EVP_KDF* kdf) const { EVP_KDF_free(kdf); }
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

void need(bool good) {
  if (!good) throw std::runtime_error("OpenSSL cannot seal");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

/// HKDF-SHA256 (RFC 5869) without salt.
void derive(std::string_view key, std::string_view label, unsigned char* out, std::size_t length) {
  const std::unique_ptr<EVP_KDF, Free> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  need(kdf != nullptr);
  const std::unique_ptr<EVP_KDF_CTX, Free> context(EVP_KDF_CTX_new(kdf.get()));
  need(context != nullptr);
  std::string digest = "SHA256";
  std::string info(label);
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
                                   OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<char*>(key.data()), key.size()),
                                   OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
                                   OSSL_PARAM_construct_end()};
  need(EVP_KDF_derive(context.get(), out, length, parameters) == 1);
}

std::string hex_of(const unsigned char* bytes, std::size_t count) {
  std::string text(count * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes, count);
  text.pop_back();
  return text;
}

std::string base64_of(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes_of(bytes), bytes.size(), text.data(), text.size(), nullptr, &length, &end,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  bytes.resize(length);
  return bytes;
}

}  // namespace

SecretKey::SecretKey(std::string_view bytes) {
  derive(bytes, "password", password_.data(), password_.size());
  derive(bytes, "totp", totp_.data(), totp_.size());
  Bytes check{};
  derive(bytes, "check", check.data(), check.size());
  constexpr std::string_view constant = "jiheng key check";
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  need(HMAC(EVP_sha256(), check.data(), static_cast<int>(check.size()), bytes_of(constant), constant.size(), mac.data(), &size) != nullptr);
  OPENSSL_cleanse(check.data(), check.size());
  id_ = hex_of(mac.data(), id_length / 2);
}

SecretKey::~SecretKey() {
  OPENSSL_cleanse(password_.data(), password_.size());
  OPENSSL_cleanse(totp_.data(), totp_.size());
}

std::shared_ptr<const SecretKey> SecretKey::of(std::string_view bytes) {
  if (bytes.size() != length) return nullptr;
  return std::shared_ptr<const SecretKey>(new SecretKey(bytes));
}

std::string SecretKey::seal(SecretUse use, std::string_view account, std::string_view plain) const {
  const std::unique_ptr<EVP_CIPHER_CTX, Free> context(EVP_CIPHER_CTX_new());
  need(context != nullptr);
  std::string sealed = random_bytes(nonce_length);
  need(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_of(use).data(), bytes_of(sealed)) == 1);
  sealed.resize(nonce_length + plain.size() + tag_length);
  unsigned char* const text = bytes_of(sealed) + nonce_length;
  int count = 0;
  need(EVP_EncryptUpdate(context.get(), nullptr, &count, bytes_of(account), static_cast<int>(account.size())) == 1);
  need(EVP_EncryptUpdate(context.get(), text, &count, bytes_of(plain), static_cast<int>(plain.size())) == 1);
  need(EVP_EncryptFinal_ex(context.get(), text + count, &count) == 1);
  need(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_length, text + plain.size()) == 1);
  return std::string(mark) + id_ + ":" + base64_of(sealed);
}

std::optional<std::string> SecretKey::open(SecretUse use, std::string_view account, std::string_view sealed) const {
  if (key_of_sealed(sealed) != id_ || sealed.size() > longest_sealed) return std::nullopt;
  auto bytes = from_base64(sealed.substr(mark.size() + id_length + 1));
  if (!bytes || bytes->size() < nonce_length + tag_length) return std::nullopt;
  const std::unique_ptr<EVP_CIPHER_CTX, Free> context(EVP_CIPHER_CTX_new());
  need(context != nullptr);
  need(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_of(use).data(), bytes_of(*bytes)) == 1);
  const std::size_t size = bytes->size() - nonce_length - tag_length;
  unsigned char* const text = bytes_of(*bytes) + nonce_length;
  std::string plain(size, '\0');
  int count = 0;
  need(EVP_DecryptUpdate(context.get(), nullptr, &count, bytes_of(account), static_cast<int>(account.size())) == 1);
  need(EVP_DecryptUpdate(context.get(), bytes_of(plain), &count, text, static_cast<int>(size)) == 1);
  need(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_length, text + size) == 1);
  if (EVP_DecryptFinal_ex(context.get(), bytes_of(plain) + count, &count) == 1) return plain;
  OPENSSL_cleanse(plain.data(), plain.size());
  return std::nullopt;
}

bool is_sealed(std::string_view stored) {
  return !key_of_sealed(stored).empty();
}

std::string_view key_of_sealed(std::string_view stored) {
  if (stored.substr(0, mark.size()) != mark || stored.size() <= mark.size() + id_length || stored[mark.size() + id_length] != ':')
    return {};
  return stored.substr(mark.size(), id_length);
}

}  // namespace jiheng::access
