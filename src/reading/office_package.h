// What Word's and Excel's files share: parts in a zip, and the relationships that lead from one part to another.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "reading/limits.h"
#include "reading/zip.h"

namespace jiheng::reading {

struct Relationship {
  std::string id;
  std::string type;    ///< the last word of its address: "officeDocument", "worksheet", "header"
  std::string target;  ///< the part's name in the zip, from its root
};

class OfficePackage {
 public:
  static Result<OfficePackage> open(std::string_view bytes, const Limits& limits);

  bool has(std::string_view part) const { return archive_.find(part) != nullptr; }
  /// The part as UTF-8. Errors: damaged (absent, too), encrypted, expands-too-much.
  Result<std::string> part(std::string_view name);
  /// Its bytes as they are: a picture.
  Result<std::string> raw_part(std::string_view name);
  /// Those of a part; none where it has no file of relationships. "" for the package itself.
  Result<std::vector<Relationship>> relationships(std::string_view part);
  /// The part the package is about: `usual`, else what the package's relationships name.
  std::string main_part(std::string_view usual);

 private:
  OfficePackage(ZipArchive archive, const Limits& limits) : archive_(std::move(archive)), depth_limit_(limits.depth) {}
  ZipArchive archive_;
  std::size_t depth_limit_;
};

}  // namespace jiheng::reading
