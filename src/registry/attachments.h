// Originals on the disk, by the hash of their content.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace jiheng::registry {

/// Whether the text is a SHA-256 as we write it.
bool is_sha256(std::string_view text);

/// Writes the bytes beside `path`, syncs them and moves them there, folders made; at no moment does `path` hold a part of them. Throws
/// store::Failure (db-full, db-read-only, db-failed) where the disk does not take them.
void write_durably(const std::string& path, std::string_view bytes);

/// Syncs a finished file and moves it to its place. Throws as write_durably().
void move_durably(const std::string& from, const std::string& to);

/// Errors: attachment-missing, attachment-altered.
Result<std::string> read_attachment(const std::string& path, std::string_view sha256);
/// The same without keeping the bytes; "" or the error's code.
std::string check_attachment(const std::string& path, std::string_view sha256);

}  // namespace jiheng::registry
