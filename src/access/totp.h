// Codes of six digits that change every half minute (RFC 6238, HMAC-SHA-1 as the telephone programs want it).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiheng::access {

/// A new secret of 160 bits, base32 (RFC 4648) without padding.
std::string new_totp_secret();
/// What a telephone reads as a picture: "otpauth://totp/绩衡:login?secret=…".
std::string totp_address(std::string_view secret, std::string_view login);
/// The code for the moment (seconds since 1970). nullopt where the secret is no base32.
std::optional<std::string> totp_code(std::string_view secret, std::int64_t at);
/// The half minute whose code it is, among the present one and its two neighbours, and later than `used`; nullopt where it is none's. A
/// code is good once: the caller keeps the half minute as the next `used`.
std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code, std::int64_t at, std::int64_t used);

}  // namespace jiheng::access
