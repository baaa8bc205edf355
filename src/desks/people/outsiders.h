// 外部人员: an expert, an agency or a hall looks at some goal tables by a link, without an account. Each link is a record: who gave it to
// whom, what for, until when; it shows what it names and nothing else, and can be called back at any moment.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view outsider_kind = "outsider-link";
inline constexpr int longest_link_days = 180;

struct OutsiderLink {
  /// One submission as it stands; of a year what is approved, or only what is published.
  enum class Shows { submission, approved, published };

  std::string id;
  int revision = 0;
  std::string name;     ///< of the person and where he is from
  std::string purpose;  ///< what he is to look at it for
  Shows shows = Shows::submission;
  Text submission;
  int year = 0;                    ///< of `approved` and `published`
  std::vector<std::string> units;  ///< ids; empty: all of the year
  bool download = false;
  std::int64_t given_at = 0;    ///< seconds since 1970
  std::int64_t expires_at = 0;  ///< the first second that it is no longer good
  std::string given_by;         ///< name of the person
  bool revoked = false;
  bool lapsed = false;  ///< nobody called it back, but who gave it may give none today; no part of the record
  std::string secret_sha256;

  int opened = 0;  ///< times; no part of the record
  std::int64_t opened_at = 0;
};
std::string_view shows_code(OutsiderLink::Shows shows);  ///< "submission"
std::optional<OutsiderLink::Shows> shows_from_code(std::string_view code);

/// Tables that a link shows.
struct ShownTables {
  std::string submission;
  std::string unit_name;
  std::string code;  ///< of the unit
  int year = 0;
  int revision = 0;
  int tables = 0;
  std::string state;  ///< of the submission: "submitted", "approved" …
};

/// Thread-safe. A classified unit's tables are shown by no link, from the moment it is classified.
class Outsiders {
 public:
  explicit Outsiders(registry::Registry& registry) : registry_(registry) {}

  struct Given {
    OutsiderLink link;
    std::string secret;  ///< told once
  };
  /// For `days` days from now. Errors: forbidden, not-found (the submission, a unit), invalid-outsider (context: the field).
  Result<Given> give(OutsiderLink link, int days, const access::Principal& who);
  /// Errors: forbidden, not-found.
  Result<Done> revoke(std::string_view id, const access::Principal& who);
  /// The newest first; what rests with its giver's post is told as lapsed. Error: forbidden.
  Result<std::vector<OutsiderLink>> list(const access::Principal& who) const;

  /// The link of the secret, as long as it is good and whoever gave it could give it today.
  std::optional<OutsiderLink> good(std::string_view secret) const;
  /// Notes in the login log that it was opened, and from where.
  void opened(const OutsiderLink& link, std::string_view address, std::string_view agent);
  /// Notes what of it was looked at, and what was taken away.
  void looked(const OutsiderLink& link, std::string_view unit_name, bool took_file, std::string_view address, std::string_view agent);
  /// That somebody came with what opens nothing.
  void turned_away(std::string_view address, std::string_view agent);

  std::vector<ShownTables> shown(const OutsiderLink& link) const;
  /// Errors: not-found (the link does not show it).
  Result<std::pair<ShownTables, std::vector<GoalTable>>> tables(const OutsiderLink& link, std::string_view submission) const;

  /// The derived table from the records.
  void rebuild();

 private:
  registry::Registry& registry_;
};

}  // namespace jiheng::desks
