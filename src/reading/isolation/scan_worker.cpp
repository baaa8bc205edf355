#include "reading/isolation/scan_worker.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <exception>
#include <utility>

#include "goals/json.h"
#include "reading/isolation/lock_in.h"
#include "reading/layout_json.h"
#include "reading/limits.h"
#include "reading/reader.h"

extern char** environ;

namespace jiheng::reading {
namespace {

using Clock = std::chrono::steady_clock;

// A conversation: the document goes to the worker; it asks for recognition as often as it likes and ends with the answer.
struct Message {
  enum class Kind : std::uint32_t { document, layout, recognise, words, none, answer };
  Kind kind;
  std::uint32_t detail;  ///< of a document or layout wanted, its name's length; of recognise, the task
  std::uint64_t bytes;   ///< that follow
};
constexpr std::uint64_t largest_message = 256U << 20;
constexpr std::size_t worker_memory = 768U << 20;
constexpr std::chrono::seconds patience{60};  ///< with the worker, for one page

/// One end of the socket.
class End {
 public:
  explicit End(int socket) : socket_(socket) {}

  bool send(Message::Kind kind, std::uint32_t detail, std::string_view one, std::string_view two = {}) const {
    const Message message{kind, detail, one.size() + two.size()};
    return put({reinterpret_cast<const char*>(&message), sizeof message}) && put(one) && put(two);
  }
  std::optional<std::pair<Message, std::string>> receive(Clock::time_point until) const {
    Message message{};
    if (!get(reinterpret_cast<char*>(&message), sizeof message, until) || message.bytes > largest_message) return std::nullopt;
    std::string bytes(message.bytes, '\0');
    if (!get(bytes.data(), bytes.size(), until)) return std::nullopt;
    return std::pair(message, std::move(bytes));
  }

 private:
  bool put(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = write_some(bytes);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// The worker may only read and write; here a peer that has gone must not end us by a signal.
  ssize_t write_some(std::string_view bytes) const {
    return socket_ == STDIN_FILENO ? write(socket_, bytes.data(), bytes.size()) : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  bool get(char* to, std::size_t size, Clock::time_point until) const {
    while (size > 0) {
      if (until != Clock::time_point::max()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd ready{socket_, POLLIN, 0};
        if (left <= 0 || poll(&ready, 1, static_cast<int>(left)) == 0) return false;
      }
      const ssize_t got = read(socket_, to, size);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      to += got;
      size -= static_cast<std::size_t>(got);
    }
    return true;
  }

  int socket_;
};

/// The worker's door: through the socket.
class SocketDoor : public OcrDoor {
 public:
  explicit SocketDoor(const End& end) : end_(end) {}
  std::optional<std::string> recognise(std::string_view tiff, OcrTask task) const override {
    if (!end_.send(Message::Kind::recognise, static_cast<std::uint32_t>(task), tiff)) return std::nullopt;
    auto reply = end_.receive(Clock::time_point::max());
    if (!reply || reply->first.kind != Message::Kind::words) return std::nullopt;
    return std::move(reply->second);
  }

 private:
  const End& end_;
};

struct Worker {
  int process = -1;
  int socket = -1;
  Worker() = default;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    if (socket >= 0) close(socket);
    if (process <= 0) return;
    kill(process, SIGKILL);
    while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
};

/// Answers the worker's questions until it has the answer.
std::optional<std::string> converse(const End& end, const OcrDoor* ocr) {
  while (true) {
    auto message = end.receive(Clock::now() + patience);
    if (!message) return std::nullopt;
    auto& [header, bytes] = *message;
    if (header.kind == Message::Kind::answer) return std::move(bytes);
    if (header.kind != Message::Kind::recognise || header.detail > static_cast<std::uint32_t>(OcrTask::figures)) return std::nullopt;
    const auto words = ocr == nullptr ? std::nullopt : ocr->recognise(bytes, static_cast<OcrTask>(header.detail));
    if (!end.send(words ? Message::Kind::words : Message::Kind::none, 0, words.value_or(""))) return std::nullopt;
  }
}

std::optional<std::string> ask(Message::Kind what, const StartScanWorker& start, const OcrDoor* ocr, std::string_view bytes,
                               const std::string& name) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return std::nullopt;
  Worker worker;
  worker.socket = ends[0];
  // Beyond the first ten: descriptor 0 is given out to the worker.
  const int theirs = fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
  close(ends[1]);
  if (theirs < 0) return std::nullopt;
  worker.process = start(theirs);
  close(theirs);
  if (worker.process < 0) return std::nullopt;
  const End end(worker.socket);
  if (!end.send(what, static_cast<std::uint32_t>(name.size()), name, bytes)) return std::nullopt;
  return converse(end, ocr);
}

}  // namespace

int fork_scan_worker(int socket) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (dup2(socket, STDIN_FILENO) < 0) _exit(1);
  _exit(serve_scan());
}

StartScanWorker spawn_scan_worker(std::string program, std::string argument) {
  return [program = std::move(program), argument = std::move(argument)](int socket) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, socket, STDIN_FILENO);
    std::array<char*, 3> arguments = {const_cast<char*>(program.c_str()), const_cast<char*>(argument.c_str()), nullptr};
    pid_t process = -1;
    const int status = posix_spawn(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return status == 0 ? static_cast<int>(process) : -1;
  };
}

std::optional<Document> read_scanned(const StartScanWorker& start, const OcrDoor& ocr, std::string_view bytes, const std::string& name) {
  const auto json = ask(Message::Kind::document, start, &ocr, bytes, name);
  if (!json) return std::nullopt;
  auto document = document_from_json(*json);
  return document ? std::optional(std::move(document).value()) : std::nullopt;
}

std::optional<std::string> read_layout_json(const StartScanWorker& start, const OcrDoor* ocr, std::string_view bytes,
                                            const std::string& name) {
  return ask(Message::Kind::layout, start, ocr, bytes, name);
}

int serve_scan() {
  constexpr int served = 0;
  constexpr int broken = 4;
  try {
    if (close_range(STDIN_FILENO + 1, ~0U, 0) != 0 || !lock_in(worker_memory)) return broken;
    const End end(STDIN_FILENO);
    const auto request = end.receive(Clock::time_point::max());
    if (!request || request->first.kind > Message::Kind::layout || request->first.detail > request->second.size()) return broken;
    const std::string_view sent = request->second;
    const SocketDoor door(end);
    Limits limits;
    limits.ocr = &door;
    const std::string name(sent.substr(0, request->first.detail));
    const std::string_view bytes = sent.substr(request->first.detail);
    const std::string answer =
        request->first.kind == Message::Kind::layout ? layout_json(bytes, name, limits) : read_json(bytes, name, limits).json;
    return end.send(Message::Kind::answer, 0, answer) ? served : broken;
  } catch (const std::exception&) {
    return broken;
  }
}

}  // namespace jiheng::reading
