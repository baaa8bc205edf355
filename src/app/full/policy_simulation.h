// The same tables under two packs: who would be audited or graded otherwise.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "goals/goal_table.h"
#include "policy/pack.h"
#include "scoring/evaluation.h"

namespace jiheng::app {

/// One table that comes out otherwise.
struct Change {
  std::string file;
  int table = 0;
  std::string name;  ///< the unit, or the project
  /// Grades; of scores with the total before them. A refusal's sentence where it is not scored.
  std::string before;
  std::string after;
  /// Findings of the audit: rule, and indicator where there is one.
  std::vector<std::string> added;
  std::vector<std::string> removed;
};

/// The file as one submission.
std::vector<Change> compare_audits(const Document& document, const policy::Pack& before, const policy::Pack& after);
std::vector<Change> compare_scores(const std::string& file, std::span<const scoring::EvaluatedTable> tables, const policy::Pack& before,
                                   const policy::Pack& after);

std::string changes_json(std::span<const Change> changes, const policy::Pack& before, const policy::Pack& after, std::size_t tables);
std::string changes_text(std::span<const Change> changes, const policy::Pack& before, const policy::Pack& after, std::size_t tables);

}  // namespace jiheng::app
