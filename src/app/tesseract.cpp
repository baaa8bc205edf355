#include "app/tesseract.h"

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
#include <cstdlib>
#include <vector>

namespace jiheng::app {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds longest_run{120};
constexpr std::size_t longest_answer = 64U << 20;

std::string find_program(const char* name) {
  const char* path = std::getenv("PATH");
  std::string_view left = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  while (!left.empty()) {
    const std::size_t end = std::min(left.find(':'), left.size());
    std::string file = std::string(left.substr(0, end)) + "/" + name;
    if (access(file.c_str(), X_OK) == 0) return file;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return {};
}

/// A child that has one end of a socket as its standard input and output. A socket, for a pipe whose reader has gone would kill us.
class Child {
 public:
  Child(const std::string& program, const std::vector<std::string>& arguments) {
    std::array<int, 2> ends{-1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
    socket_ = ends[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::vector<char*> words = {const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    // One thread: its OpenMP threads get in each other's way on small pictures.
    std::vector<std::string> environment = {"OMP_THREAD_LIMIT=1"};
    for (const char* name : {"PATH", "TESSDATA_PREFIX"}) {
      if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
    }
    std::vector<char*> variables;
    for (std::string& variable : environment) variables.push_back(variable.data());
    variables.push_back(nullptr);
    if (posix_spawn(&process_, program.c_str(), &actions, nullptr, words.data(), variables.data()) != 0) process_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { end(); }

  /// Writes all of `input` while reading what comes; the output, once the child has ended well.
  std::optional<std::string> talk(std::string_view input) {
    if (process_ < 0) return std::nullopt;
    const auto until = Clock::now() + longest_run;
    std::string output;
    std::array<char, 65536> block;
    bool writing = true;
    while (output.size() <= longest_answer) {
      if (writing && input.empty()) {
        shutdown(socket_, SHUT_WR);
        writing = false;
      }
      pollfd ready{socket_, static_cast<short>(writing ? POLLIN | POLLOUT : POLLIN), 0};
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
      if (left <= 0 || (poll(&ready, 1, static_cast<int>(left)) < 0 && errno != EINTR)) return std::nullopt;
      if (writing && (ready.revents & POLLOUT) != 0) {
        const ssize_t put = send(socket_, input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put > 0) input.remove_prefix(static_cast<std::size_t>(put));
        if (put < 0 && errno != EAGAIN && errno != EINTR) writing = false;  // it reads no more: what it says, or its status, tells why
      }
      if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
      const ssize_t got = recv(socket_, block.data(), block.size(), MSG_DONTWAIT);
      if (got > 0) output.append(block.data(), static_cast<std::size_t>(got));
      if (got == 0) return end() == 0 ? std::optional(std::move(output)) : std::nullopt;
      if (got < 0 && errno != EAGAIN && errno != EINTR) return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  /// The exit status; a child that has not ended is stopped.
  int end() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
    if (process_ < 0) return -1;
    // Its output has ended, so that it is about to end itself.
    constexpr int patience_ms = 2000;
    int status = 0;
    pid_t ended = 0;
    for (int waited = 0; waited < patience_ms && ended == 0; waited += 5) {
      ended = waitpid(process_, &status, WNOHANG);
      if (ended == 0) usleep(5000);
    }
    if (ended == 0) {
      kill(process_, SIGKILL);
      while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
      }
    }
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  pid_t process_ = -1;
  int socket_ = -1;
};

std::vector<std::string> arguments_for(reading::OcrTask task) {
  switch (task) {
    case reading::OcrTask::paragraphs:
      return {"-", "-", "-l", "chi_sim+eng", "--psm", "6", "tsv"};
    case reading::OcrTask::single_lines:
      return {"-", "-", "-l", "chi_sim", "--psm", "8", "tsv"};
    case reading::OcrTask::figures:
      return {"-", "-", "-l", "eng", "--psm", "7", "tsv"};
  }
  return {};
}

}  // namespace

std::unique_ptr<Tesseract> Tesseract::find() {
  std::string program = find_program("tesseract");
  if (program.empty()) return nullptr;
  const auto languages = Child(program, {"--list-langs"}).talk({});
  if (!languages || languages->find("chi_sim") == std::string::npos || languages->find("eng") == std::string::npos) return nullptr;
  return std::unique_ptr<Tesseract>(new Tesseract(std::move(program)));
}

std::optional<std::string> Tesseract::recognise(std::string_view tiff, reading::OcrTask task) const {
  return Child(program_, arguments_for(task)).talk(tiff);
}

const reading::OcrDoor* installed_ocr() {
  static const std::unique_ptr<Tesseract> found = Tesseract::find();
  return found.get();
}

}  // namespace jiheng::app
