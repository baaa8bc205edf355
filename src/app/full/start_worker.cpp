#include "app/full/start_worker.h"

#include <filesystem>

namespace jiheng::app {

std::unique_ptr<reading::WorkerProcess> start_worker() {
  std::error_code failed;
  const auto beside = std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / "jiheng";
  return reading::WorkerProcess::spawn(beside.string(), "reading-worker");
}

}  // namespace jiheng::app
