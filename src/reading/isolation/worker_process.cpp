#include "reading/isolation/worker_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <utility>

#include "reading/isolation/protocol.h"

extern char** environ;

namespace jiheng::reading {
namespace {

constexpr std::chrono::seconds beyond_alarm{5};  ///< the worker's own alarm comes first
constexpr std::uint64_t largest_answer = 128U << 20;

/// A descriptor that is closed when it goes; beyond the first ten, so that 0 and 1 are free to be given out.
class Descriptor {
 public:
  explicit Descriptor(int low) : number_(low < 0 ? low : fcntl(low, F_DUPFD_CLOEXEC, 10)) {
    if (low >= 0) close(low);
  }
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

}  // namespace

std::unique_ptr<WorkerProcess> WorkerProcess::start(unsigned seconds, const std::function<pid_t(int socket, int memory)>& begin) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return nullptr;
  Descriptor ours(ends[0]);
  const Descriptor theirs(ends[1]);
  const Descriptor memory(memfd_create("jiheng-documents", MFD_CLOEXEC));
  if (ours.number() < 0 || theirs.number() < 0 || memory.number() < 0 || ftruncate(memory.number(), slots_bytes) != 0) return nullptr;
  void* slots = mmap(nullptr, slots_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory.number(), 0);
  if (slots == MAP_FAILED) return nullptr;
  madvise(slots, slots_bytes, MADV_DONTFORK);  // no worker sees another's documents
  std::unique_ptr<WorkerProcess> worker(new WorkerProcess);
  worker->patience_ = std::chrono::seconds(seconds) + beyond_alarm;
  worker->slots_ = static_cast<char*>(slots);
  worker->free_slots_ = (1U << slot_count) - 1;
  worker->process_ = begin(theirs.number(), memory.number());
  if (worker->process_ < 0) return nullptr;
  worker->socket_ = ours.release();
  return worker;
}

std::unique_ptr<WorkerProcess> WorkerProcess::fork(const ReadFunction& read, const WorkerLimits& limits) {
  return start(limits.seconds, [&](int socket, int memory) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    // What the parent has not yet written must not be written twice: no exit handlers here.
    if (dup2(socket, STDIN_FILENO) < 0 || dup2(memory, STDOUT_FILENO) < 0) _exit(1);
    _exit(serve_reading(read, limits));
  });
}

std::unique_ptr<WorkerProcess> WorkerProcess::spawn(const std::string& program, const std::string& argument) {
  return start(WorkerLimits{}.seconds, [&](int socket, int memory) -> pid_t {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, memory, STDOUT_FILENO);
    std::array<char*, 3> arguments = {const_cast<char*>(program.c_str()), const_cast<char*>(argument.c_str()), nullptr};
    pid_t process = -1;
    const int status = posix_spawn(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return status == 0 ? process : -1;
  });
}

WorkerProcess::~WorkerProcess() {
  if (socket_ >= 0) close(socket_);
  if (slots_ != nullptr) munmap(slots_, slots_bytes);
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool WorkerProcess::has_room_for(std::size_t bytes) const {
  if (bytes > slot_bytes) return slots_under_way_.empty();
  const bool alone = !slots_under_way_.empty() && slots_under_way_.front() == through_socket;
  return free_slots_ != 0 && !alone;
}

bool WorkerProcess::send_bytes(const void* data, std::size_t size) const {
  const char* from = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t put = ::send(socket_, from, size, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    from += put;
    size -= static_cast<std::size_t>(put);
  }
  return true;
}

bool WorkerProcess::receive_bytes(void* data, std::size_t size) const {
  char* to = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = recv(socket_, to, size, MSG_DONTWAIT);
    if (got > 0) {
      to += got;
      size -= static_cast<std::size_t>(got);
      continue;
    }
    if (got == 0 || (errno != EINTR && errno != EAGAIN)) return false;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
    pollfd waiting{socket_, POLLIN, 0};
    if (left <= 0 || (poll(&waiting, 1, static_cast<int>(left)) == 0)) return false;
  }
  return true;
}

bool WorkerProcess::send(std::string_view name, std::string_view bytes) {
  used_ = true;
  RequestHeader header{through_socket, static_cast<std::uint32_t>(name.size()), bytes.size()};
  const bool in_slot = name.size() + bytes.size() <= slot_bytes;
  if (in_slot) {
    header.slot = static_cast<std::uint32_t>(std::countr_zero(free_slots_));
    free_slots_ &= free_slots_ - 1;
    char* slot = slots_ + header.slot * slot_bytes;
    std::memcpy(slot, name.data(), name.size());
    std::memcpy(slot + name.size(), bytes.data(), bytes.size());
  }
  if (slots_under_way_.empty()) deadline_ = Clock::now() + patience_;
  slots_under_way_.push_back(header.slot);
  return send_bytes(&header, sizeof header) &&
         (in_slot || (send_bytes(name.data(), name.size()) && send_bytes(bytes.data(), bytes.size())));
}

std::optional<Answer> WorkerProcess::receive() {
  if (slots_under_way_.empty()) return std::nullopt;
  const std::uint32_t asked = slots_under_way_.front();
  char greeting = 0;
  if (!ready_ && !receive_bytes(&greeting, 1)) return std::nullopt;
  ready_ = true;
  AnswerHeader header{};
  if (!receive_bytes(&header, sizeof header)) return std::nullopt;
  const bool in_slot = header.slot != through_socket;
  if (header.json_bytes > (in_slot ? slot_bytes : largest_answer) || (in_slot && header.slot != asked)) return std::nullopt;
  Answer answer;
  answer.failed = header.failed != 0;
  answer.unread_scans = header.unread_scans != 0;
  if (in_slot) {
    answer.json.assign(slots_ + asked * slot_bytes, header.json_bytes);
  } else {
    answer.json.resize(header.json_bytes);
    if (!receive_bytes(answer.json.data(), answer.json.size())) return std::nullopt;
  }
  if (asked != through_socket) free_slots_ |= 1U << asked;
  slots_under_way_.pop_front();
  deadline_ = Clock::now() + patience_;
  return answer;
}

}  // namespace jiheng::reading
