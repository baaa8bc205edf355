#include <openssl/rand.h>

#include <atomic>
#include <chrono>
#include <ctime>
#include <stdexcept>

#include "registry/registry.h"

namespace jiheng::registry {
namespace {

/// Milliseconds that never stand still nor go back within this program, so that ids made one after another sort so.
std::uint64_t next_tick() {
  static std::atomic<std::uint64_t> last{0};
  const auto now = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
  // Twelve bits below the millisecond count the ids made within it (RFC 9562, 6.2 method 1).
  std::uint64_t before = last.load();
  std::uint64_t tick = 0;
  do {
    tick = std::max(now << 12, before + 1);
  } while (!last.compare_exchange_weak(before, tick));
  return tick;
}

}  // namespace

std::string new_id() {
  static constexpr char hex[] = "0123456789abcdef";
  unsigned char bytes[16];
  const std::uint64_t tick = next_tick();
  for (int i = 0; i < 6; ++i) bytes[i] = static_cast<unsigned char>(tick >> (12 + 8 * (5 - i)));
  bytes[6] = static_cast<unsigned char>(0x70 | (tick >> 8 & 0x0F));
  bytes[7] = static_cast<unsigned char>(tick);
  if (RAND_bytes(bytes + 8, 8) != 1) throw std::runtime_error("no random numbers");
  bytes[8] = static_cast<unsigned char>(0x80 | (bytes[8] & 0x3F));
  std::string out;
  out.reserve(36);
  for (int i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out.push_back('-');
    out.push_back(hex[bytes[i] >> 4]);
    out.push_back(hex[bytes[i] & 15]);
  }
  return out;
}

std::string utc_text(std::int64_t seconds) {
  const auto time = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

}  // namespace jiheng::registry
