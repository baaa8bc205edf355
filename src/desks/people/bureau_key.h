// The secret key of a bureau: where it lies, whether it is the one that the stored passwords want, and what is to be done where it is not.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "access/secret_key.h"
#include "base/result.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// `named`, or secret.key in the bureau's data folder.
std::string key_path(const registry::Registry& registry, const std::string& named = {});
/// The key; made where there is none and nothing wants one yet. Errors, each with what is to be done: key-missing, key-unreadable,
/// key-damaged, key-open, key-unwritable, key-wrong (what is stored was sealed with another).
Result<std::shared_ptr<const access::SecretKey>> open_key(registry::Registry& registry, const std::string& path);
/// Why what is stored cannot be opened with what lies at the path; nothing where it can, or nothing is sealed.
std::optional<Error> trouble_with_key(registry::Registry& registry, const std::string& path);

/// Where the key of that id is kept once another took its place: backups of that time want it.
std::string path_of_former_key(const std::string& path, std::string_view id);

}  // namespace jiheng::desks
