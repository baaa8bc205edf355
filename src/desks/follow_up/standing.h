// Inside desks/follow_up only: a form's record taken apart, and what its round allows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desks/follow_up/follow_ups.h"

namespace jiheng::desks {

struct FollowUps::Standing {
  registry::Record record;
  FollowUpBody body;
  FollowUpState state = FollowUpState::draft;
  const policy::Pack* pack = nullptr;
};

std::string round_id(FollowUpKind kind, int year, int month);
/// Throws store::Failure (db-damaged).
Round round_from(const registry::Record& record);
std::optional<Round> round_of(registry::Registry& registry, FollowUpKind kind, int year, int month);

Error closed_round();
Error no_form();
/// The one pack of that id; the default one where this program does not have it any more.
const policy::Pack* pack_named(const std::string& id);
/// The tables of a submission's approved revision; nothing where it has none.
struct ApprovedTables {
  int revision = 0;
  Text unit;
  std::string unit_name;
  std::optional<int> year;
  std::vector<GoalTable> tables;
};
std::optional<ApprovedTables> approved_tables(registry::Registry& registry, std::string_view submission);
std::vector<GoalTable> tables_at(registry::Registry& registry, std::string_view submission, int revision);

}  // namespace jiheng::desks
