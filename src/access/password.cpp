#include "access/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.h"

namespace jiheng::access {
namespace {

constexpr std::size_t least_length = 12;
constexpr std::size_t most_length = 128;
constexpr int least_kinds = 3;
constexpr unsigned long long passes = 2;
constexpr std::size_t memory_bytes = 64U << 20;

/// What everybody tries first, folded, the longer in front. Passwords made of them and little else are refused, too.
constexpr std::array<std::string_view, 28> common{"administrator", "password",  "p@ssw0rd", "passw0rd", "qwer1234", "1qaz2wsx", "3edc4rfv",
                                                  "abcd1234",      "123456789", "12345678", "88888888", "caizheng", "iloveyou", "asdfghjk",
                                                  "1q2w3e4r",      "welcome",   "letmein",  "5201314",  "qwerty",   "jiheng",   "abc123",
                                                  "123456",        "asdfgh",    "zxcvbn",   "qazwsx",   "admin",    "root",     "test"};
// What beyond them makes it one's own: so many letters, or so many characters of any kind.
constexpr std::size_t own_letters = 4;
constexpr std::size_t own_characters = 8;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

/// Nothing of its own beside what everybody tries.
bool is_common(std::string folded) {
  bool found = false;
  for (const std::string_view word : common) {
    for (std::size_t at = folded.find(word); at != std::string::npos; at = folded.find(word)) {
      folded.erase(at, word.size());
      found = true;
    }
  }
  const auto letters = std::count_if(folded.begin(), folded.end(), [](unsigned char c) { return (c >= 'a' && c <= 'z') || c >= 0x80; });
  return found && static_cast<std::size_t>(letters) < own_letters && folded.size() < own_characters;
}

void need_sodium() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

Error weak(std::string what) {
  return {"weak-password", "密码不够强：" + what + "。", {std::move(what)}};
}

std::string hash_now(std::string_view password) {
  need_sodium();
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), passes, memory_bytes) != 0)
    throw std::runtime_error("no memory for a password's hash");
  return out.data();
}

}  // namespace

std::optional<Error> trouble_with_password(std::string_view password, std::string_view login) {
  if (!is_valid_utf8(password)) return weak("含有不能识别的字符");
  if (password.size() < least_length) return weak("至少要" + std::to_string(least_length) + "个字符");
  if (password.size() > most_length) return weak("最多" + std::to_string(most_length) + "个字符");
  bool kinds[4] = {};
  for (const unsigned char c : password) {
    if (c < 0x20 || c == 0x7F) return weak("不能有换行等控制字符");
    kinds[c >= 'a' && c <= 'z' ? 0 : c >= 'A' && c <= 'Z' ? 1 : c >= '0' && c <= '9' ? 2 : 3] = true;
  }
  if (std::count(std::begin(kinds), std::end(kinds), true) < least_kinds) return weak("大写字母、小写字母、数字、符号四类中至少要有三类");
  const std::string folded = lower(password);
  const std::string own = lower(login);
  if (own.size() >= 3 && folded.find(own) != std::string::npos) return weak("不能包含登录名");
  if (is_common(folded)) return weak("是常见密码");
  if (std::all_of(folded.begin(), folded.end(), [&](char c) { return c == folded.front(); })) return weak("是常见密码");
  return std::nullopt;
}

/// A place among those who hash; waits for it, or is refused where too many wait already.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher.mutex_);
    if (hasher.inside_ >= hasher.most_) return;
    ++hasher.inside_;
    hasher.freed_.wait(lock, [&] { return hasher.running_ < hasher.at_once_; });
    if (++hasher.running_ > hasher.peak_) hasher.peak_ = hasher.running_;
    taken_ = true;
  }
  ~Turn() {
    if (!taken_) return;
    const std::lock_guard lock(hasher_.mutex_);
    --hasher_.running_;
    --hasher_.inside_;
    hasher_.freed_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  explicit operator bool() const { return taken_; }

 private:
  PasswordHasher& hasher_;
  bool taken_ = false;
};

Result<std::string> PasswordHasher::hash(std::string_view password) {
  const Turn turn(*this);
  if (!turn) return Error{"busy", "正在登录的人很多，请几秒后再试。", {}};
  return hash_now(password);
}

Result<bool> PasswordHasher::matches(std::string_view hash, std::string_view password) {
  const Turn turn(*this);
  if (!turn) return Error{"busy", "正在登录的人很多，请几秒后再试。", {}};
  need_sodium();
  // Whether there is such an account must not show in the time the answer takes.
  static const std::string nobodys = hash_now("nobody's");
  const std::string stored(hash.empty() ? std::string_view(nobodys) : hash);
  return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0 && !hash.empty();
}

}  // namespace jiheng::access
