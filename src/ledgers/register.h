// A register as references find its entries: by number, name or alias.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ledgers/catalogue.h"
#include "store/connection.h"

namespace jiheng::ledgers {

/// Loaded whole for the time of an import or an answer.
class Register {
 public:
  static Register load(store::Connection& connection, const std::string& tenant, const RecordType& type);

  struct Found {
    const std::string* id = nullptr;  ///< null where nothing, or more than one thing, goes by the name
    bool ambiguous = false;
  };
  Found find(std::string_view text) const;
  /// What people know the entry by; the id itself where it is none of this register's.
  std::string_view title(std::string_view id) const;
  /// What exports write for it: its number; of a unit its name.
  std::string_view number(std::string_view id) const;
  bool has(std::string_view id) const { return entries_.contains(std::string(id)); }
  bool is_empty() const { return entries_.empty(); }
  /// Knows an entry that is about to be made.
  void add(const std::string& id, std::string_view number, std::string_view title, const std::vector<std::string>& names);

 private:
  struct Entry {
    std::string number;
    std::string title;
  };
  std::unordered_map<std::string, Entry> entries_;
  std::unordered_map<std::string, std::string> numbers_;  ///< where the number differs from the id
  std::unordered_map<std::string, std::string> names_;    ///< folded → id; "" where several go by it
};

/// The texts of a cell that holds several names: "甲；乙".
std::vector<std::string> names_in(std::string_view cell);

}  // namespace jiheng::ledgers
