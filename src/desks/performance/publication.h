// 信息公开: which approved tables are out, which must be out by when, and what of them everybody may see.
//
// Only what is approved can be published, at the revision that was approved: an adjustment under way changes nothing of it. A classified
// unit's tables never are, nor those of a unit nobody knows; a unit that becomes classified later is out of sight from that moment.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/deadline.h"
#include "base/result.h"
#include "desks/performance/body.h"
#include "policy/year_parameters.h"
#include "registry/registry.h"
#include "writing/site/site.h"

namespace jiheng::desks {

inline constexpr std::string_view publication_kind = "publication";

/// A file as it was published: its bytes lie with the originals under their SHA-256.
struct PublishedFile {
  std::string carrier;  ///< docx, xlsx, pdf, json
  std::string sha256;
  std::int64_t bytes = 0;
};

/// What files are made of.
struct PublishedContent {
  std::string unit_name;
  int year = 0;
  std::string code;      ///< goals/version_code.h
  std::string approved;  ///< the day: files say of themselves that they were made then, so that they are the same whenever made
  std::vector<GoalTable> tables;
};
/// A carrier and its bytes each.
using MakeFiles = std::function<Result<std::vector<std::pair<std::string, std::string>>>(const PublishedContent&)>;

/// due: approved and not out; outdated: out at a former revision; barred: a classified unit, or none that is known.
enum class PublicationState { due, outdated, published, withdrawn, barred };
std::string_view publication_state_code(PublicationState state);  ///< "due"
std::string_view publication_state_name(PublicationState state);  ///< "待公开"

/// A unit's approved tables and where their publication stands.
struct Publishable {
  std::string submission;
  Text unit;  ///< id
  std::string code;
  std::string name;
  Text section;  ///< id
  int year = 0;
  int tables = 0;
  int approved_revision = 0;
  std::string approved_at;  ///< UTC
  bool adjusting = false;   ///< an adjustment is under way
  PublicationState state = PublicationState::due;
  std::string due;  ///< ISO date; empty where the pack sets none
  int days_left = 0;
  bool overdue = false;
  bool provisional = false;
  int record_revision = 0;  ///< of the publication; 0: there was none
  std::optional<int> published_revision;
  Text published_at;  ///< UTC
  Text published_by;
  Text why;   ///< it was withdrawn
  Text mark;  ///< version code of what is out
};

/// What everybody may see of one unit.
struct Published {
  std::string submission;
  std::string unit;
  std::string code;  ///< 预算单位编码
  std::string name;
  std::string section;  ///< its name; empty where none is in charge
  int year = 0;
  int revision = 0;
  std::string content;
  std::string version;  ///< the version code
  std::string approved_at;
  std::string published_at;
  std::vector<PublishedFile> files;
};

/// A version that is or was out.
struct PublishedVersion {
  Published what;
  bool current = true;  ///< what is out now; else a later version took its place
};

/// Thread-safe.
class Publications {
 public:
  Publications(registry::Registry& registry, MakeFiles make) : registry_(registry), make_(std::move(make)) {}

  /// What of the year is approved or out, within his posts' reach: what is late stands in front.
  std::vector<Publishable> list(int year, const access::Principal& who) const;
  /// The last day, explained day by day. Errors: not-found, no-publication-rule.
  Result<Deadline> deadline(std::string_view submission, const access::Principal& who) const;

  /// At the approved revision that he saw. Errors: not-found, forbidden, stale-revision (another one is approved now), not-publishable
  /// (context: why), already-published.
  Result<Done> publish(std::string_view submission, int approved_revision, const access::Principal& who);
  /// Errors: not-found, forbidden, stale-revision (of the publication's record), why-missing, action-not-allowed.
  Result<Done> withdraw(std::string_view submission, int record_revision, std::string why, const access::Principal& who);

  /// What is out, by year (the newest first) and unit code; `year` 0: all years.
  std::vector<Published> published(int year = 0) const;
  /// Its tables as they are out.
  std::vector<GoalTable> tables(const Published& published) const;
  Result<std::string> file(const PublishedFile& file) const;
  /// Changes when anything of published() does.
  std::string mark() const;
  /// The version known by a file's SHA-256 or by a version code.
  std::optional<PublishedVersion> version_of(std::string_view mark) const;
  /// The bureau's own name: what stands over its pages.
  std::string bureau() const;
  /// Its region and code; "" where nobody said it.
  std::string region() const;

  /// What the index shows of tables, by their content, without its words; and of a year what the search looks through.
  std::map<std::string, writing::SiteUnit, std::less<>> summaries() const;
  std::map<std::string, std::vector<std::string>, std::less<>> words(int year) const;

  /// Makes the summaries that an older program did not keep, or kept otherwise.
  void prepare();
  /// The derived tables from the records.
  void rebuild();

 private:
  registry::Registry& registry_;
  MakeFiles make_;
};

/// What a printed form of it carries at its foot.
std::string version_code_of(const Submission& submission);

/// The bureau among the units: the one named so, else the first there was.
std::string bureau_name(store::Connection& connection, const std::string& tenant);

/// The bureau's day of a moment as the registry writes it ("2026-03-02T01:00:00Z"); "" for anything else.
std::string local_day_of(std::string_view utc);

/// How long there is after approval, by the year's rule pack.
std::optional<policy::DeadlineRule> publication_rule(registry::Registry& registry, std::optional<int> year);

/// A year's or a unit's approved revision: the latest record's where that is approved, else the one being adjusted; 0 where there is none.
int approved_revision(State state, int revision, const Filing& filing);
/// When it was approved; "" where nobody ever did.
std::string approved_at(store::Connection& connection, const std::string& tenant, std::string_view submission, int revision);

}  // namespace jiheng::desks
