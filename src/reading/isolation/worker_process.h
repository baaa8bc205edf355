// One worker as the process that uses it sees it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "reading/isolation/worker.h"

namespace jiheng::reading {

/// What a worker answered: the document as `jiheng read --json` prints it, without the line end.
using Answer = JsonDocument;

/// Not thread-safe. Ends the process when it goes.
class WorkerProcess {
 public:
  using Clock = std::chrono::steady_clock;

  /// A child of the present process, without starting a program: cheap, but only while there is no other thread. nullptr: it cannot be had.
  static std::unique_ptr<WorkerProcess> fork(const ReadFunction& read = read_plainly, const WorkerLimits& limits = {});
  /// `program` ARGUMENT as a new process; it calls serve_reading(). Safe beside other threads.
  static std::unique_ptr<WorkerProcess> spawn(const std::string& program, const std::string& argument);

  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  /// Whether one more document of this size can be handed over now.
  bool has_room_for(std::size_t bytes) const;
  std::size_t under_way() const { return slots_under_way_.size(); }
  bool used() const { return used_; }
  /// Whether it has locked itself in. One that never was is no document's fault.
  bool ready() const { return ready_; }

  /// False: the worker is gone. Precondition: has_room_for(name and bytes).
  bool send(std::string_view name, std::string_view bytes);
  /// The answer to the document that has waited longest; nothing when the worker died, takes too long or talks nonsense: it is of no use
  /// then.
  std::optional<Answer> receive();
  /// When the worker's patience with the oldest document ends.
  Clock::time_point deadline() const { return deadline_; }
  /// Readable when there is an answer, or the worker is gone.
  int descriptor() const { return socket_; }

 private:
  WorkerProcess() = default;
  static std::unique_ptr<WorkerProcess> start(unsigned seconds, const std::function<pid_t(int socket, int memory)>& begin);
  bool send_bytes(const void* data, std::size_t size) const;
  bool receive_bytes(void* data, std::size_t size) const;

  pid_t process_ = -1;
  int socket_ = -1;
  char* slots_ = nullptr;
  std::deque<std::uint32_t> slots_under_way_;  ///< oldest first
  std::uint32_t free_slots_ = 0;               ///< a bit each
  std::chrono::seconds patience_{};            ///< with one document
  Clock::time_point deadline_;
  bool used_ = false;
  bool ready_ = false;
};

}  // namespace jiheng::reading
