#include "ledgers/declaration.h"

#include <algorithm>
#include <array>

namespace jiheng::ledgers {
namespace {

constexpr std::array<std::string_view, 12> kinds = {"text", "amount", "decimal", "integer", "year",      "date",
                                                    "time", "month",  "yes_no",  "choice",  "reference", "file"};

}  // namespace

std::string_view kind_code(Kind kind) {
  return kinds[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kind_from_code(std::string_view code) {
  const auto found = std::find(kinds.begin(), kinds.end(), code);
  return found == kinds.end() ? std::nullopt : std::optional(static_cast<Kind>(found - kinds.begin()));
}

bool is_number(Kind kind) {
  return kind != Kind::text && kind != Kind::month && kind != Kind::choice && kind != Kind::reference && kind != Kind::file;
}

int stored_places(Kind kind) {
  return kind == Kind::amount ? 2 : kind == Kind::decimal ? 6 : 0;
}

int RecordType::index_of(std::string_view wanted) const {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& each) { return each.name == wanted; });
  return found == fields.end() ? -1 : static_cast<int>(found - fields.begin());
}

const Field* RecordType::field(std::string_view wanted) const {
  const int index = index_of(wanted);
  return index < 0 ? nullptr : &fields[static_cast<std::size_t>(index)];
}

bool RecordType::is_void(std::string_view state_code) const {
  return std::find(void_states.begin(), void_states.end(), state_code) != void_states.end();
}

std::string RecordType::first_state() const {
  const Field* states = field(state);
  if (states == nullptr) return {};
  for (const Choice& each : states->choices) {
    if (!is_void(each.code)) return each.code;
  }
  return {};
}

}  // namespace jiheng::ledgers
