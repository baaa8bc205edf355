// The key that lies outside the database. What is stored of passwords and second factors is sealed with it (AES-256-GCM), so that whoever
// has the database or a backup, and not the key, can neither try passwords nor make codes (OWASP ASVS 2.4.5, 2.8.2; docs/adr/0014).
//
// A sealed value: "sealed:1:" id ":" base64url(nonce, what was sealed, tag). The id tells the key it wants, and so a wrong key, without
// telling anything of the key.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace jiheng::access {

/// Each is sealed under a key of its own: a password's value never opens as a second factor.
enum class SecretUse { password, totp };

/// Thread-safe. Its bytes are wiped from memory when it goes.
class SecretKey {
 public:
  static constexpr std::size_t length = 32;

  /// nullptr where it is of another length.
  static std::shared_ptr<const SecretKey> of(std::string_view bytes);
  ~SecretKey();
  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;

  /// Sixteen hexadecimal digits, of an HMAC under the key: names it.
  const std::string& id() const { return id_; }
  /// Never twice the same. It opens for that account alone.
  std::string seal(SecretUse use, std::string_view account, std::string_view plain) const;
  /// nullopt where it was sealed by another key, for another account or use, or was altered since.
  std::optional<std::string> open(SecretUse use, std::string_view account, std::string_view sealed) const;

 private:
  using Bytes = std::array<unsigned char, length>;
  explicit SecretKey(std::string_view bytes);
  const Bytes& key_of(SecretUse use) const { return use == SecretUse::password ? password_ : totp_; }

  Bytes password_{};
  Bytes totp_{};
  std::string id_;
};

/// What versions before stored is not.
bool is_sealed(std::string_view stored);
/// The id of the key that a sealed value wants; "" of one that is not sealed.
std::string_view key_of_sealed(std::string_view stored);

}  // namespace jiheng::access
