// Reads documents in workers, for callers on many threads.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "goals/goal_table.h"
#include "reading/isolation/reading_queue.h"

namespace jiheng::reading {

/// Thread-safe. Workers are started when needed, kept warm, used again, and replaced when they die.
class IsolatedReader {
 public:
  explicit IsolatedReader(StartWorker start) : start_(std::move(start)) {}

  /// Never fails: what a worker died of or took too long over gives a document whose error says so, once a fresh worker did no better.
  Document read(std::string_view bytes, std::string name);

 private:
  std::unique_ptr<WorkerProcess> take();
  void put_back(std::unique_ptr<WorkerProcess> worker);

  StartWorker start_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<WorkerProcess>> idle_;
};

}  // namespace jiheng::reading
