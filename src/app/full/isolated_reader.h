// Reads untrusted documents in worker processes (light/reading_worker.h), so that a file that breaks a reader costs that file only.
#pragma once

#include <sys/types.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "goals/goal_table.h"

namespace jiheng::app {

/// Thread-safe. Workers are started when needed, used again, and replaced when they die. `jiheng` is the light program's path.
class IsolatedReader {
 public:
  explicit IsolatedReader(std::string jiheng);
  ~IsolatedReader();
  IsolatedReader(const IsolatedReader&) = delete;
  IsolatedReader& operator=(const IsolatedReader&) = delete;

  /// Never fails: a worker that died or took too long gives a document whose error says so.
  Document read(std::string_view bytes, std::string name);

 private:
  struct Worker;
  std::unique_ptr<Worker> take();
  static std::optional<std::string> ask(const Worker& worker, std::string_view bytes, const std::string& name);
  void put_back(std::unique_ptr<Worker> worker);

  std::string program_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Worker>> idle_;
};

/// The program `jiheng` beside the one that runs.
std::string light_program();

}  // namespace jiheng::app
