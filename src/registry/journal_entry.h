// The link of the chain.
#pragma once

#include <string>
#include <string_view>

#include "registry/registry.h"

namespace jiheng::registry {

/// Before the first entry.
std::string_view no_hash();
/// "submission", "0193…", 3 → "submission/0193…@3".
std::string subject_of(std::string_view kind, std::string_view id, int revision);
/// SHA-256 of the entry's canonical JSON, the hash before it included, its own not.
std::string hash_of(const JournalEntry& entry, std::string_view tenant);

/// Hashes as one column: parted by spaces.
std::string joined(const std::vector<std::string>& hashes);
std::vector<std::string> parted(std::string_view hashes);

/// The columns of a journal row in the order that entry_of() reads them, qualified with `journal`.
std::string_view journal_columns();
constexpr int journal_column_count = 12;
JournalEntry entry_of(const store::Row& row);

}  // namespace jiheng::registry
