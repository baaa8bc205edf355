#include "app/full/isolated_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <filesystem>

#include "base/hash.h"
#include "goals/json.h"
#include "reading/reader.h"

extern char** environ;

namespace jiheng::app {
namespace {

constexpr int answer_timeout_ms = 15000;  ///< the worker's own alarm comes first
constexpr std::uint64_t largest_answer = 256U << 20;
constexpr std::size_t idle_workers = 4;

using Clock = std::chrono::steady_clock;

Document failed(std::string_view bytes, std::string name, std::string code, std::string message) {
  Document document;
  document.file = std::move(name);
  document.sha256 = sha256_hex(bytes);
  document.error = Document::Failure{std::move(code), std::move(message)};
  return document;
}

}  // namespace

struct IsolatedReader::Worker {
  pid_t process = -1;
  int socket = -1;  ///< the worker's standard input and output
  bool used = false;

  ~Worker() {
    if (socket >= 0) close(socket);
    if (process > 0) {
      kill(process, SIGKILL);
      while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
  }

  bool send(const void* data, std::size_t size) const {
    const char* from = static_cast<const char*>(data);
    while (size > 0) {
      const ssize_t put = ::send(socket, from, size, MSG_NOSIGNAL);
      if (put < 0 && errno == EINTR) continue;
      if (put <= 0) return false;
      from += put;
      size -= static_cast<std::size_t>(put);
    }
    return true;
  }

  bool receive(void* data, std::size_t size, Clock::time_point until) const {
    char* to = static_cast<char*>(data);
    while (size > 0) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
      pollfd waiting{socket, POLLIN, 0};
      if (left <= 0 || poll(&waiting, 1, static_cast<int>(left)) <= 0) return false;
      const ssize_t got = recv(socket, to, size, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      to += got;
      size -= static_cast<std::size_t>(got);
    }
    return true;
  }
};

IsolatedReader::IsolatedReader(std::string jiheng) : program_(std::move(jiheng)) {}

IsolatedReader::~IsolatedReader() = default;

std::unique_ptr<IsolatedReader::Worker> IsolatedReader::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto worker = std::move(idle_.back());
      idle_.pop_back();
      return worker;
    }
  }
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return nullptr;
  auto worker = std::make_unique<Worker>();
  worker->socket = ends[0];
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::array<char*, 3> arguments = {program_.data(), const_cast<char*>("reading-worker"), nullptr};
  const int status = posix_spawn(&worker->process, program_.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (status != 0) {
    worker->process = -1;
    return nullptr;
  }
  return worker;
}

void IsolatedReader::put_back(std::unique_ptr<Worker> worker) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < idle_workers) idle_.push_back(std::move(worker));
}

std::optional<std::string> IsolatedReader::ask(const Worker& worker, std::string_view bytes, const std::string& name) {
  const std::array<std::uint64_t, 2> sizes = {name.size(), bytes.size()};
  std::uint64_t size = 0;
  const auto until = Clock::now() + std::chrono::milliseconds(answer_timeout_ms);
  if (!worker.send(sizes.data(), sizeof sizes) || !worker.send(name.data(), name.size()) || !worker.send(bytes.data(), bytes.size()))
    return std::nullopt;
  if (!worker.receive(&size, sizeof size, until) || size > largest_answer) return std::nullopt;
  std::string json(size, '\0');
  if (!worker.receive(json.data(), json.size(), until)) return std::nullopt;
  return json;
}

Document IsolatedReader::read(std::string_view bytes, std::string name) {
  if (bytes.size() > reading::Limits{}.file_bytes) return reading::read_document(bytes, std::move(name));  // refused by its size alone
  std::optional<std::string> json;
  bool used = true;
  // A worker that waited may have died meanwhile for no fault of this document: then a fresh one gets it.
  while (!json && used) {
    auto worker = take();
    if (!worker) return failed(bytes, std::move(name), "reader-unavailable", "读文档的进程起不来，请重新安装程序后再试。");
    used = worker->used;
    json = ask(*worker, bytes, name);
    worker->used = true;
    if (json) put_back(std::move(worker));
  }
  if (!json)
    return failed(bytes, std::move(name), "reader-gave-up",
                  "这个文件读不下去：内容异常，耗费的内存或时间太多。请用 Word 或 Excel 打开后另存一份再试。");
  auto document = document_from_json(*json);
  if (!document) return failed(bytes, std::move(name), "reader-gave-up", "读文档的进程回答有误，请把这个文件交给技术人员。");
  return std::move(document).value();
}

std::string light_program() {
  std::error_code failed;
  return (std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / "jiheng").string();
}

}  // namespace jiheng::app
