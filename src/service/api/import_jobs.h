// Uploads on their way in: a table of jobs in memory and the threads that work them off, one file after the other, the jobs by turns.
// What is stored is stored file by file (a file is wholly in or wholly out), so losing this table loses only the progress shown.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "desks/performance/imports.h"
#include "service/http/event_log.h"
#include "service/http/spool.h"

namespace jiheng::service {

struct ImportJobOptions {
  std::size_t threads = 1;
  std::size_t max_unfinished = 8;             ///< more are refused: busy
  std::chrono::milliseconds keep{3'600'000};  ///< how long a finished job can still be asked for
  std::uint64_t max_unpacked_bytes = 1U << 30;
  std::size_t max_files = 20'000;
};

/// Thread-safe. The destructor waits for the files being imported, not for the jobs.
class ImportJobs {
 public:
  using Unpack = std::function<std::vector<desks::IncomingFile>(std::vector<desks::IncomingFile>)>;
  using Import = std::function<desks::ImportedFile(const desks::IncomingFile&, const access::Principal& who)>;

  ImportJobs(Unpack unpack, Import import, ImportJobOptions options = {});
  ~ImportJobs();
  ImportJobs(const ImportJobs&) = delete;
  ImportJobs& operator=(const ImportJobs&) = delete;

  struct Started {
    std::string id;
    std::size_t files = 0;
  };
  /// Zips are opened here, so that the number of files is known. Errors: no-files, busy, too-large, too-many-files, insufficient-storage.
  Result<Started> start(std::unique_ptr<Upload> upload, access::Principal who);
  /// GET /imports/{id}; nullopt where the account has no such job.
  std::optional<std::string> json(std::string_view id, std::string_view account);
  std::shared_ptr<EventLog> events(std::string_view id, std::string_view account);
  /// The file being imported is finished; the rest stays waiting. False where the account has no such job.
  bool cancel(std::string_view id, std::string_view account);

 private:
  struct Job;

  std::shared_ptr<Job> find(std::string_view id, std::string_view account);
  void forget_old_jobs();
  void work();
  void import_next(Job& job);
  void finish(Job& job);

  const Unpack unpack_;
  const Import import_;
  const ImportJobOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::shared_ptr<Job>, std::less<>> jobs_;
  std::deque<std::shared_ptr<Job>> waiting_;  ///< unfinished jobs that no thread is at
  std::size_t unfinished_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace jiheng::service
