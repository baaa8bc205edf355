// A register as references find its entries: by number, name or alias.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ledgers/catalogue.h"
#include "store/connection.h"

namespace jiheng::ledgers {

/// Loaded whole for the time of an import; whoever has a single text asks entry_named().
class Register {
 public:
  static Register load(store::Connection& connection, const std::string& tenant, const RecordType& type);

  struct Found {
    const std::string* id = nullptr;  ///< null where nothing, or more than one thing, goes by the name
    bool ambiguous = false;
  };
  Found find(std::string_view text) const;
  bool is_empty() const { return entries_.empty(); }
  /// Knows an entry, also one that is about to be made.
  void add(const std::string& id, std::string_view number, const std::vector<std::string>& names);

 private:
  std::unordered_set<std::string> entries_;
  std::unordered_map<std::string, std::string> numbers_;  ///< where the number differs from the id
  std::unordered_map<std::string, std::string> names_;    ///< folded → id; "" where several go by it
};

/// The one entry that the text names: by its id or number without loading the register, else by its names.
struct NamedEntry {
  std::optional<std::string> id;
  bool ambiguous = false;
  bool register_empty = false;
};
NamedEntry entry_named(store::Connection& connection, const std::string& tenant, const RecordType& type, std::string_view text);

/// What exports and pages write for entries, by their ids. Those that are no entries are left out.
struct EntryTexts {
  std::string number;
  std::string title;
};
std::unordered_map<std::string, EntryTexts> texts_of_entries(store::Connection& connection, const std::string& tenant,
                                                             const RecordType& type, const std::vector<std::string>& ids);

/// The texts of a cell that holds several names: "甲；乙".
std::vector<std::string> names_in(std::string_view cell);

}  // namespace jiheng::ledgers
