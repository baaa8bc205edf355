// The file of the secret key: 32 random bytes, of mode 0600, beside nothing else that is secret and in no backup of the program's.
#pragma once

#include <memory>
#include <string>

#include "access/secret_key.h"
#include "base/result.h"

namespace jiheng::access {

/// Errors: key-missing, key-unreadable, key-damaged (of another length), key-open (others may read it: group or world bits).
Result<std::shared_ptr<const SecretKey>> read_key(const std::string& path);
/// A new one, whole or not at all; its folder is made, too. What lies there already is never overwritten: then that is read. Errors:
/// key-unwritable, those of read_key().
Result<std::shared_ptr<const SecretKey>> make_key(const std::string& path);

}  // namespace jiheng::access
