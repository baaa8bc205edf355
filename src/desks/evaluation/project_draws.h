// Which projects are evaluated: those that the pack's rules call key ones, and draws among them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/evaluation/listed_projects.h"
#include "desks/rectification/problem.h"
#include "desks/results/graded_project.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view draw_kind = "evaluation-draw";

/// A filed project of the year, and what makes it a key one.
struct KeyProject {
  std::string unit;  ///< id
  std::string unit_code;
  std::string unit_name;
  std::string project;
  Text amount;  ///< 万元
  bool large = false;
  bool first_time = false;
  bool poor = false;
  Text last_grade;
  bool is_key() const { return large || first_time || poor; }
};

struct ProjectDraw {
  std::string id;
  int revision = 0;
  int year = 0;
  std::string title;
  std::vector<KeyProject> pool;    ///< as it was fixed
  std::vector<std::string> lines;  ///< what is drawn of it
  int count = 0;
  std::string beacon_source;  ///< which public value, of when; "" for none
  std::string list_hash;
  std::string seed_hash;
  std::string sealed_at;  ///< UTC
  Person sealed_by;
  int earlier = 0;  ///< draws of the same year that were sealed before it
  std::string why;  ///< needed where there were any
  // Once it was drawn.
  std::string seed;
  std::string beacon;
  std::vector<int> drawn;  ///< places within the pool
  std::string drawn_at;
  std::optional<Person> drawn_by;

  bool is_drawn() const { return !seed.empty(); }
};

/// Whether that draw of the year was drawn, and drew the unit's project.
bool drew(registry::Registry& registry, std::string_view draw, int year, std::string_view unit, std::string_view project);

/// Thread-safe.
class ProjectDraws {
 public:
  /// `graded`: of the year before, for what was poor.
  ProjectDraws(registry::Registry& registry, GradedProjects graded) : registry_(registry), graded_(std::move(graded)) {}

  /// All filed projects of the year, the key ones in front. Error: forbidden.
  Result<std::vector<KeyProject>> candidates(int year, const access::Principal& who) const;
  /// `year` 0: all. The newest first. For whoever sees submissions of the whole bureau.
  std::vector<ProjectDraw> list(int year, const access::Principal& who) const;
  /// Error: not-found.
  Result<ProjectDraw> open(std::string_view id, const access::Principal& who) const;

  struct Wanted {
    int year = 0;
    std::string title;
    int count = 0;
    bool key_only = true;
    std::string beacon_source;
    std::string why;
  };
  /// Fixes list, number and seed. Errors: forbidden, invalid-draw (context: the field), why-missing.
  Result<ProjectDraw> seal(const Wanted& wanted, const access::Principal& who) const;
  /// Draws and tells the seed; a draw is drawn once. Errors: not-found, forbidden, action-not-allowed, invalid-draw (context: beacon).
  Result<ProjectDraw> draw(std::string_view id, std::string beacon, const access::Principal& who) const;

 private:
  std::vector<KeyProject> projects(int year) const;

  registry::Registry& registry_;
  GradedProjects graded_;
  mutable ListedProjects listed_;
};

}  // namespace jiheng::desks
