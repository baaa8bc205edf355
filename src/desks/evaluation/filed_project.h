// Inside desks/evaluation only: what a unit filed of a project.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "goals/goal_table.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// The project's table among the unit's of the year.
struct FiledProject {
  std::string submission;
  int revision = 0;
  int table = 0;
  Text amount;  ///< 万元
};

std::optional<FiledProject> filed_project(registry::Registry& registry, const std::string& unit, int year, std::string_view project);

}  // namespace jiheng::desks
