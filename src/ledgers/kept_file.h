// A file field's value: a name alone, or "SHA-256/name" of a file that is kept here.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace jiheng::ledgers {

struct KeptFile {
  std::string_view sha256;
  std::string_view name;
};

inline constexpr std::size_t hash_digits = 64;

/// Nothing where the value is only a name.
inline std::optional<KeptFile> kept_file(std::string_view value) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (value.size() < hash_digits + 2 || value[hash_digits] != '/') return std::nullopt;
  const std::string_view hash = value.substr(0, hash_digits);
  if (!std::all_of(hash.begin(), hash.end(), hex)) return std::nullopt;
  return KeptFile{hash, value.substr(hash_digits + 1)};
}

/// The name that people see.
inline std::string_view file_name(std::string_view value) {
  const auto kept = kept_file(value);
  return kept ? kept->name : value;
}

}  // namespace jiheng::ledgers
