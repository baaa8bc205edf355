// 盖章件: a signed and sealed form, as a scan or a file, brought to its submission and held beside the record, field by field. Each is kept
// by its content; what the comparison said when it came in stands with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/performance/public_comparison.h"
#include "desks/performance/record_comparison.h"
#include "registry/registry.h"

namespace jiheng::desks {

/// A record for each submission: its revisions are the sealed forms that were brought, one after the other.
inline constexpr std::string_view sealed_kind = "sealed-form";
/// Of one submission; they are kept for good.
inline constexpr int most_sealed_forms = 50;

struct SealedForm {
  /// same: every value read, and each as on record; unsure: nothing says otherwise, but not everything could be read for certain
  /// (核对不了); unreadable: no table was found in it.
  enum class Outcome { same, unsure, differs, unreadable };

  int number = 0;  ///< of this submission's, from 1
  std::string file;
  std::string sha256;
  std::string at;  ///< UTC
  std::string by;
  Outcome outcome = Outcome::unreadable;
  int revision = 0;            ///< that it was held beside: the approved one, before an approval the latest
  bool approved = false;       ///< it was the approved one
  bool current = true;         ///< and it still is what would be compared with
  Text code;                   ///< the version code it carries
  std::optional<int> printed;  ///< the revision that this code says was printed; none where it is no code of this submission
  bool recognised = false;
  std::string message;  ///< of what is unreadable
  int differing = 0;
  int unsure = 0;
  std::vector<ComparedValue> values;
};
std::string_view sealed_outcome_code(SealedForm::Outcome outcome);  ///< "same"

/// Thread-safe.
class SealedForms {
 public:
  SealedForms(registry::Registry& registry, ReadDocument read) : registry_(registry), read_(std::move(read)) {}

  /// The newest first. Error: not-found.
  Result<std::vector<SealedForm>> list(std::string_view submission, const access::Principal& who) const;
  /// For whoever files for the unit, signs for it or audits it. Errors: not-found, forbidden, no-tables,
  /// too-many-sealed.
  Result<SealedForm> add(std::string_view submission, std::string_view bytes, std::string name, const access::Principal& who) const;
  struct File {
    std::string name;
    std::string bytes;
  };
  /// Errors: not-found, attachment-missing, attachment-altered.
  Result<File> file(std::string_view submission, int number, const access::Principal& who) const;

 private:
  registry::Registry& registry_;
  ReadDocument read_;
};

}  // namespace jiheng::desks
