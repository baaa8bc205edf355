// Reads documents for the server and for imports: in warm workers, scans with recognition where that is installed.
#pragma once

#include <string>
#include <string_view>

#include "goals/goal_table.h"
#include "reading/isolation/isolated_reader.h"

namespace jiheng::app {

/// Thread-safe.
class DocumentReader {
 public:
  DocumentReader();
  Document read(std::string_view bytes, std::string name);
  /// reading/layout_json.h, in a worker. nullopt: it gave up.
  std::optional<std::string> layout(std::string_view bytes, const std::string& name);

 private:
  std::string program_;  ///< `jiheng`, beside this one
  reading::IsolatedReader reader_;
};

}  // namespace jiheng::app
