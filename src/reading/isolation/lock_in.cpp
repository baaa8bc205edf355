#include "reading/isolation/lock_in.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/sanitized.h"

namespace jiheng::reading {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t machine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t machine = AUDIT_ARCH_AARCH64;
#else
#error "lock_in knows the system calls of x86-64 and AArch64 only"
#endif

/// What memory, time, and reading and writing of open descriptors take. Whatever is not here fails.
constexpr std::array allowed = {
    SYS_read,      SYS_write,         SYS_close,        SYS_brk,        SYS_munmap,       SYS_mremap,
    SYS_madvise,   SYS_futex,         SYS_exit,         SYS_exit_group, SYS_rt_sigreturn, SYS_rt_sigprocmask,
    SYS_setitimer, SYS_clock_gettime, SYS_gettimeofday, SYS_getpid,     SYS_gettid,       SYS_restart_syscall,
#ifdef SYS_alarm
    SYS_alarm,
#endif
};
constexpr std::array allowed_to_sanitizers = {SYS_sigaltstack, SYS_rt_sigaction, SYS_sched_yield};

/// mmap and mprotect give memory, private and of no file, and never a page that can be executed.
constexpr std::uint32_t protection_argument = offsetof(seccomp_data, args) + 2 * sizeof(std::uint64_t);
constexpr std::uint32_t flags_argument = offsetof(seccomp_data, args) + 3 * sizeof(std::uint64_t);

class Filter {
 public:
  Filter() {
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
    add(BPF_JMP | BPF_JEQ | BPF_K, machine, 1, 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    add(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
    for (const auto call : allowed) allow(call);
    for (const auto call : allowed_to_sanitizers) {
      if (sanitized) allow(call);
    }
    // mprotect, not executable
    add(BPF_JMP | BPF_JEQ | BPF_K, SYS_mprotect, 0, 4);
    add(BPF_LD | BPF_W | BPF_ABS, protection_argument);
    add(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0);
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    // mmap, not executable, private, of no file
    add(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 6);
    add(BPF_LD | BPF_W | BPF_ABS, protection_argument);
    add(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 4, 0);
    add(BPF_LD | BPF_W | BPF_ABS, flags_argument);
    add(BPF_ALU | BPF_AND | BPF_K, MAP_PRIVATE | MAP_SHARED | MAP_ANONYMOUS);
    add(BPF_JMP | BPF_JEQ | BPF_K, MAP_PRIVATE | MAP_ANONYMOUS, 0, 1);
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  }

  bool install() {
    const sock_fprog program{static_cast<unsigned short>(steps_.size()), steps_.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
  }

 private:
  void allow(long call) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1);
    add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  }
  void add(std::uint16_t code, std::uint32_t k, std::uint8_t yes = 0, std::uint8_t no = 0) { steps_.push_back({code, yes, no, k}); }

  std::vector<sock_filter> steps_;
};

bool limit(int resource, rlim_t value) {
  const rlimit bounds{value, value};
  return setrlimit(static_cast<__rlimit_resource>(resource), &bounds) == 0;
}

}  // namespace

bool lock_in(std::size_t memory_bytes) {
  if (!sanitized && !limit(RLIMIT_DATA, memory_bytes)) return false;  // a sanitizer's books are terabytes
  return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && Filter().install();
}

}  // namespace jiheng::reading
