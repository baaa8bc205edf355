// Whether a file that somebody holds is what was published, and where it is not. Of what is not published nothing is told, not even that
// it is there.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "desks/performance/publication.h"
#include "goals/differences.h"

namespace jiheng::desks {

struct PublicComparison {
  /// identical: byte by byte; equal: by its values; unknown: nothing that is published goes by its unit and year.
  enum class Outcome { identical, equal, differs, unknown, unreadable };
  /// What it was known by.
  enum class How { none, file, code, name };

  Outcome outcome = Outcome::unknown;
  How how = How::none;
  std::optional<PublishedVersion> version;
  std::vector<Difference> differences;  ///< before: as published; after: as in the file
  bool recognised = false;              ///< it is a scan: what differs may be misread
  std::string sha256;
  std::string message;  ///< of what is unreadable, a Chinese sentence
};
std::string_view outcome_code(PublicComparison::Outcome outcome);  ///< "identical"
std::string_view how_code(PublicComparison::How how);              ///< "code"; "" for none

using ReadDocument = std::function<Document(std::string_view bytes, std::string name)>;

/// `read` is called only where the bytes themselves are not known.
PublicComparison compare_with_published(registry::Registry& registry, const Publications& publications, std::string_view bytes,
                                        const std::string& name, const ReadDocument& read);

}  // namespace jiheng::desks
