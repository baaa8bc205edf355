// The published pages, made when they are asked for and kept until something else is published: for the program's own /public/, for a
// folder that any web server can serve, and for a zip.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "desks/performance/publication.h"

namespace jiheng::desks {

/// Thread-safe.
class PublicSite {
 public:
  /// `most_bytes`: of pages kept.
  PublicSite(registry::Registry& registry, const Publications& publications, std::size_t most_bytes = 16U << 20);
  ~PublicSite();

  struct File {
    std::shared_ptr<const std::string> bytes;
    std::string etag;
  };
  /// "index.html", "2026/201001.html", "2026/201001.docx" …; nullopt where nothing of that name is published.
  std::optional<File> find(std::string_view path);
  /// Where the unit's page lies; "" where it is not out.
  std::string page_of(std::string_view submission);

 private:
  struct Snapshot;
  std::shared_ptr<Snapshot> now();

  registry::Registry& registry_;
  const Publications& publications_;
  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::string head_;
  std::shared_ptr<Snapshot> snapshot_;
};

using TakeSiteFile = std::function<Result<Done>(const std::string& path, std::string_view bytes)>;
/// Every file of the year's site (0: of all years), SHA256SUMS last. The same publications give the same bytes. Yields how many units.
Result<int> each_site_file(const Publications& publications, int year, const TakeSiteFile& take);

}  // namespace jiheng::desks
