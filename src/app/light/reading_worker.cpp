#include "app/light/reading_worker.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>

#include "app/exit_status.h"
#include "goals/json.h"
#include "reading/reader.h"

namespace jiheng::app {
namespace {

bool read_exactly(char* to, std::size_t size) {
  while (size > 0) {
    const ssize_t got = read(STDIN_FILENO, to, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_all(const char* from, std::size_t size) {
  while (size > 0) {
    const ssize_t put = write(STDOUT_FILENO, from, size);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    from += put;
    size -= static_cast<std::size_t>(put);
  }
  return true;
}

void limit(int resource, rlim_t value) {
  const rlimit bounds{value, value};
  setrlimit(static_cast<__rlimit_resource>(resource), &bounds);
}

/// No new files, sockets or programs from here on: such a call answers EPERM.
void lock_in() {
  limit(RLIMIT_AS, worker_memory_bytes);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
#if defined(__x86_64__) || defined(__aarch64__)
#if defined(__x86_64__)
  constexpr std::uint32_t machine = AUDIT_ARCH_X86_64;
#else
  constexpr std::uint32_t machine = AUDIT_ARCH_AARCH64;
#endif
  constexpr std::array forbidden = {
      SYS_socket, SYS_connect, SYS_bind,  SYS_sendto, SYS_openat, SYS_execve, SYS_execveat, SYS_clone, SYS_ptrace, SYS_kill, SYS_unlinkat,
#ifdef SYS_open
      SYS_open,   SYS_fork,    SYS_vfork, SYS_unlink, SYS_rename,
#endif
  };
  std::array<sock_filter, forbidden.size() + 6> program{};
  std::size_t at = 0;
  const auto add = [&](std::uint16_t code, std::uint32_t k, std::uint8_t yes = 0, std::uint8_t no = 0) {
    program[at++] = {code, yes, no, k};
  };
  add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
  add(BPF_JMP | BPF_JEQ | BPF_K, machine, 1, 0);
  add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
  for (std::size_t i = 0; i < forbidden.size(); ++i) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(forbidden[i]), static_cast<std::uint8_t>(forbidden.size() - i), 0);
  }
  add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  const sock_fprog filter{static_cast<unsigned short>(at), program.data()};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
#endif
}

/// What the first document loads lazily (ICU's converters open nothing later) is loaded before the door closes.
void warm_up() {
  const auto document = reading::read_document("\xb2\xe2\xca\xd4\n", "warm-up.txt");
  static_cast<void>(json_line(document));
}

}  // namespace

int serve_reading() {
  warm_up();
  lock_in();
  while (true) {
    std::array<std::uint64_t, 2> sizes{};
    if (!read_exactly(reinterpret_cast<char*>(sizes.data()), sizeof sizes)) return done;
    if (sizes[0] > 65536 || sizes[1] > reading::Limits{}.file_bytes) return wrong_usage;
    std::string name(sizes[0], '\0');
    std::string bytes(sizes[1], '\0');
    if (!read_exactly(name.data(), name.size()) || !read_exactly(bytes.data(), bytes.size())) return done;
    alarm(worker_seconds);
    const std::string answer = json_line(reading::read_document(bytes, std::move(name)));
    alarm(0);
    const std::uint64_t size = answer.size();
    if (!write_all(reinterpret_cast<const char*>(&size), sizeof size) || !write_all(answer.data(), answer.size())) return done;
  }
}

}  // namespace jiheng::app
