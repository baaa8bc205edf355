// The web pages that are compiled into the program.
#pragma once

#include <span>

#include "base/embedded.h"
#include "service/http/message.h"

namespace jiheng::service {

/// Answers GET of a page: a file of that name, else index.html for a path of the single-page application (no dot in its last part).
/// NAME.gz among the files is NAME compressed, sent to those who take it. Without files: a page that says so.
class Pages {
 public:
  explicit Pages(std::span<const embedded::File> files);
  Response answer(const Request& request) const;

 private:
  struct Page {
    std::string_view bytes;
    std::string_view compressed;
    std::string etag;
  };
  Response page(const std::string& name, const Page& page, const Request& request) const;

  std::vector<std::pair<std::string, Page>> pages_;  ///< by name
};

}  // namespace jiheng::service
