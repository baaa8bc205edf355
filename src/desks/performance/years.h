// A year of filing: opened by the performance section with a window in work days, closed when it is over; and the bureau's wall, a tile for
// each unit.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/deadline.h"
#include "base/result.h"
#include "desks/performance/submissions.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view year_kind = "filing-year";

/// More days for one unit, by approval.
struct Extension {
  std::string unit;  ///< id
  int work_days = 0;
  std::string why;
};

struct FilingYear {
  int year = 0;
  int revision = 0;
  std::string opens;                ///< ISO date; the first day of the window is the next work day
  int work_days = 20;               ///< of the window
  std::string notice;               ///< what the units are told
  std::string pack;                 ///< lukou-2026@1: the rules of the year; "" on opening is the nation's
  std::vector<std::string> exempt;  ///< ids of units that need not file
  std::vector<Extension> extensions;
  bool closed = false;  ///< nothing of it is changed any more
};

/// When the unit has to have filed ("" : any unit without an extension), and why: day by day.
Result<Deadline> filing_deadline(const FilingYear& year, std::string_view unit);

enum class TileState { not_filed, draft, waiting, returned, refiled, approved };
std::string_view tile_state_code(TileState state);  ///< "not_filed"
std::string_view tile_state_name(TileState state);  ///< "未报"

struct Tile {
  std::string unit;  ///< id
  std::string code;
  std::string name;
  Text section;  ///< id of the section in charge
  TileState state = TileState::not_filed;
  Text submission;
  int revision = 0;
  std::optional<Step> step;
  bool proposed = false;  ///< the unit is asked to agree to the auditor's wording
  int tables = 0;
  int errors = 0;
  int warnings = 0;
  std::optional<auditing::Grade> grade;
  std::string due;
  int days_left = 0;  ///< work days from today; below 0 once it is over
  bool overdue = false;
  bool extended = false;
};

struct Wall {
  FilingYear year;
  Deadline deadline;   ///< of units without an extension
  int counts[6] = {};  ///< by TileState
  int overdue = 0;
  int faulty = 0;           ///< with at least one error
  int strangers = 0;        ///< submissions of the year that are no known unit's
  std::vector<Tile> tiles;  ///< what wants doing most in front
};

/// Thread-safe.
class Years {
 public:
  explicit Years(registry::Registry& registry) : registry_(registry) {}

  /// The newest first.
  std::vector<FilingYear> list() const;
  /// Errors: forbidden, invalid-year (context: the field), year-exists.
  Result<FilingYear> open(FilingYear year, const access::Principal& who);
  /// Window, notice, exempt units, closed. Errors: forbidden, invalid-year, not-found, stale-revision.
  Result<FilingYear> change(const FilingYear& year, const access::Principal& who);
  /// Errors: the same.
  Result<FilingYear> extend(int year, int from_revision, Extension extension, const access::Principal& who);
  /// Several, all or none; `unit` is a code or a name. Errors besides: invalid-extension-line (context: number of the line from 1, the
  /// field).
  Result<FilingYear> extend_many(int year, int from_revision, std::span<const Extension> lines, const access::Principal& who);
  /// What lies within his posts' reach. Error: not-found.
  Result<Wall> wall(int year, const access::Principal& who) const;

 private:
  Result<FilingYear> store(registry::Change& change, FilingYear year, std::string_view action);

  registry::Registry& registry_;
};

/// The pack that was chosen for the year; nothing where the year is not open or unknown.
Text year_pack(registry::Registry& registry, std::optional<int> year);
Text year_pack(registry::Change& change, std::optional<int> year);
/// Whether the year was closed; what lies in it stays as it is.
bool is_closed_year(registry::Change& change, std::optional<int> year);
/// The error year-closed.
Error closed_year(int year);

}  // namespace jiheng::desks
