// Reading in workers: what they may not do, what becomes of a document that kills one, what they cost.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <thread>
#include <utility>
#include <vector>

#include "base/sanitized.h"
#include "goals/json.h"
#include "reading/isolation/isolated_reader.h"
#include "reading/isolation/protocol.h"
#include "reading/isolation/reading_queue.h"
#include "reading/reader.h"

namespace jiheng::reading {
namespace {

const std::string form =
    "2026年项目支出绩效目标表\n填报单位：某县水利局\n一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t清淤河道\t≥12公里\n";

JsonDocument told(std::string name, std::string note) {
  Document document;
  document.file = std::move(name);
  document.notes.push_back({"told", std::move(note), {}, {}, {}});
  return {json_line(document), false};
}

std::string note_of(const Answer& answer) {
  const auto document = document_from_json(answer.json);
  return document && !document->notes.empty() ? document->notes[0].message : answer.json;
}

std::string code_of(const Answer& answer) {
  const auto document = document_from_json(answer.json);
  return document && document->error ? document->error->code : "";
}

/// A number that a worker and the test both see.
class SharedCount {
 public:
  SharedCount() {
    void* memory = mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    count_ = new (memory) int(0);
  }
  ~SharedCount() { munmap(count_, sizeof(int)); }
  SharedCount(const SharedCount&) = delete;
  SharedCount& operator=(const SharedCount&) = delete;
  int& value() const { return *count_; }

 private:
  int* count_;
};

StartWorker workers_that(const ReadFunction& read, const WorkerLimits& limits = {}) {
  return [read, limits] { return WorkerProcess::fork(read, limits); };
}

std::vector<Answer> ask_all(const StartWorker& start, std::size_t workers, const std::vector<std::string>& documents) {
  ReadingQueue queue(start, workers);
  std::vector<Answer> answers;
  for (const std::string& document : documents) {
    while (queue.full()) answers.push_back(queue.pop());
    queue.push("第" + std::to_string(answers.size()) + "份", document);
  }
  while (!queue.empty()) answers.push_back(queue.pop());
  return answers;
}

TEST(Isolation, AWorkerReadsTheSameBytesAsTheProcessItself) {
  for (const std::size_t workers : {1U, 3U}) {
    ReadingQueue queue([] { return WorkerProcess::fork(); }, workers);
    for (int i = 0; i < 6; ++i) queue.push("a.txt", form);
    while (!queue.empty()) EXPECT_EQ(queue.pop().json, json_line(read_document(form, "a.txt")));
  }
}

/// Names of the calls that did what they should not.
std::string what_a_worker_can_do() {
  std::string done;
  const auto attempt = [&](const char* name, long result) {
    if (result >= 0) done += std::string(name) + " ";
  };
  std::array<int, 2> ends{};
  std::array<char, 4096> room{};
  attempt("openat", syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY, 0));
  attempt("openat2", syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", room.data(), 24));
  attempt("create", syscall(SYS_openat, AT_FDCWD, "written-by-a-worker", O_CREAT | O_WRONLY, 0600));
  attempt("socket", syscall(SYS_socket, AF_INET, SOCK_STREAM, 0));
  attempt("socketpair", syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, ends.data()));
  attempt("connect", syscall(SYS_connect, 0, room.data(), 16));
  attempt("clone", syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
  attempt("clone3", syscall(SYS_clone3, room.data(), sizeof(clone_args)));
  attempt("execve", syscall(SYS_execve, "/bin/true", nullptr, nullptr));
  attempt("kill", syscall(SYS_kill, getppid(), 0));
  attempt("ptrace", syscall(SYS_ptrace, 0, 0, 0, 0));
  attempt("memfd_create", syscall(SYS_memfd_create, "m", 0));
  attempt("io_uring_setup", syscall(SYS_io_uring_setup, 4, room.data()));
  attempt("process_vm_readv", syscall(SYS_process_vm_readv, getppid(), room.data(), 0, room.data(), 0, 0));
  attempt("pidfd_open", syscall(SYS_pidfd_open, getpid(), 0));
  attempt("unlinkat", syscall(SYS_unlinkat, AT_FDCWD, "nothing", 0) == 0 || errno != EPERM ? 0 : -1);
  attempt("bpf", syscall(SYS_bpf, 0, room.data(), 0));
  attempt("mount", syscall(SYS_mount, "none", "/", nullptr, 0, nullptr) == 0 || errno != EPERM ? 0 : -1);
  attempt("dup", syscall(SYS_dup, 0));
  const auto mapped = [](int protection, int flags) { return mmap(nullptr, 4096, protection, flags, -1, 0) == MAP_FAILED ? -1 : 0; };
  attempt("executable-memory", mapped(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS));
  attempt("shared-memory", mapped(PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS));
  void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  attempt("memory-made-executable", page == MAP_FAILED ? 0 : mprotect(page, 4096, PROT_READ | PROT_EXEC));
  for (int descriptor = 1; descriptor < 64; ++descriptor) attempt("inherited-descriptor", read(descriptor, room.data(), 1));
  return done.empty() ? "nothing" : done;
}

TEST(Isolation, AWorkerCanOpenNoFileSocketOrProcess) {
  const auto answers =
      ask_all(workers_that([](std::string_view, std::string name) { return told(std::move(name), what_a_worker_can_do()); }), 1, {form});
  EXPECT_EQ(note_of(answers[0]), "nothing");
}

TEST(Isolation, ADocumentThatKillsWorkersCostsItselfOnlyAndIsTriedTwice) {
  const SharedCount attempts;
  const auto start = workers_that([&](std::string_view bytes, std::string name) {
    if (bytes == "deadly") {
      ++attempts.value();
      _exit(9);
    }
    return told(std::move(name), std::string(bytes));
  });
  for (const std::size_t workers : {1U, 2U}) {
    attempts.value() = 0;
    const auto answers = ask_all(start, workers, {"a", "b", "deadly", "c", "d", "e", "f", "g", "h"});
    ASSERT_EQ(answers.size(), 9U);
    EXPECT_EQ(code_of(answers[2]), "reader-gave-up");
    EXPECT_TRUE(answers[2].failed);
    for (const std::size_t i : {0U, 1U, 3U, 4U, 5U, 6U, 7U, 8U}) EXPECT_EQ(note_of(answers[i]), std::string(1, "abxcdefgh"[i]));
    EXPECT_EQ(attempts.value(), 2);
  }
}

TEST(Isolation, AWorkerKilledByChanceCostsNothing) {
  const SharedCount attempts;
  const auto start = workers_that([&](std::string_view bytes, std::string name) {
    if (++attempts.value() == 3) abort();
    return told(std::move(name), std::string(bytes));
  });
  const auto answers = ask_all(start, 1, {"a", "b", "c", "d", "e"});
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(note_of(answers[i]), std::string(1, "abcde"[i]));

  attempts.value() = 2;
  IsolatedReader reader(start);
  EXPECT_EQ(reader.read("a", "a").notes.at(0).message, "a");
}

TEST(Isolation, ADocumentThatTakesForEverIsGivenUp) {
  const auto start = workers_that(
      [](std::string_view bytes, std::string name) {
        while (bytes == "endless") {
        }
        return told(std::move(name), std::string(bytes));
      },
      {.seconds = 1});
  const auto answers = ask_all(start, 1, {"a", "endless", "b"});
  EXPECT_EQ(code_of(answers[1]), "reader-gave-up");
  EXPECT_EQ(note_of(answers[2]), "b");
}

TEST(Isolation, ADocumentThatEatsMemoryIsRefusedAndTheWorkerLivesOn) {
  if (sanitized) GTEST_SKIP() << "without its limit of memory";
  const auto start = workers_that(
      [](std::string_view bytes, std::string name) {
        std::vector<std::string> eaten;
        while (bytes == "hungry") eaten.emplace_back(std::size_t{1} << 20, 'x');
        return told(std::move(name), std::to_string(getpid()));
      },
      {.memory_bytes = 64U << 20});
  const auto answers = ask_all(start, 1, {"a", "hungry", "b"});
  EXPECT_EQ(code_of(answers[1]), "reader-gave-up");
  EXPECT_EQ(note_of(answers[0]), note_of(answers[2]));
}

TEST(Isolation, OneWorkerReadsManyDocumentsInOrder) {
  const auto start = workers_that(
      [](std::string_view bytes, std::string name) { return told(std::move(name), std::string(bytes) + " " + std::to_string(getpid())); });
  std::vector<std::string> documents;
  for (int i = 0; i < 300; ++i) documents.push_back(std::to_string(i));
  const auto answers = ask_all(start, 1, documents);
  const std::string process = note_of(answers[0]).substr(2);
  for (int i = 0; i < 300; ++i) EXPECT_EQ(note_of(answers[static_cast<std::size_t>(i)]), std::to_string(i) + " " + process);
}

TEST(Isolation, AWorkerThatWaitsIsNotEndedByItsAlarm) {
  ReadingQueue queue(
      workers_that([](std::string_view, std::string name) { return told(std::move(name), std::to_string(getpid())); }, {.seconds = 1}), 1);
  std::vector<std::string> processes;
  for (int turn = 0; turn < 2; ++turn) {
    for (int i = 0; i < 3; ++i) queue.push("a", "a");
    while (!queue.empty()) processes.push_back(note_of(queue.pop()));
    if (turn == 0) usleep(1'300'000);
  }
  for (const std::string& process : processes) EXPECT_EQ(process, processes.front());
}

/// How a thread is scheduled while a queue of its lives, and behind it; `before`: until then.
std::pair<int, int> policies_round_a_queue(int before) {
  std::pair<int, int> seen;
  std::thread([&] {
    const sched_param none{};
    EXPECT_EQ(sched_setscheduler(0, before, &none), 0);
    {
      const ReadingQueue queue(workers_that(read_plainly), 1);
      seen.first = sched_getscheduler(0);
    }
    seen.second = sched_getscheduler(0);
  }).join();
  return seen;
}

TEST(Isolation, AQueueGivesWayToItsWorkersWhileItLives) {
  EXPECT_EQ(policies_round_a_queue(SCHED_OTHER), std::pair(SCHED_BATCH, SCHED_OTHER));
  EXPECT_EQ(policies_round_a_queue(SCHED_BATCH), std::pair(SCHED_BATCH, SCHED_BATCH)) << "what was so before stays so";
}

TEST(Isolation, WhatFitsNoSlotGoesThroughTheSocket) {
  const auto start = workers_that([](std::string_view bytes, std::string name) { return told(std::move(name), std::string(bytes)); });
  const std::string large(slot_bytes * 3, 'x');
  const auto answers = ask_all(start, 2, {"a", large, "b", large, large, "c"});
  ASSERT_EQ(answers.size(), 6U);
  for (const std::size_t i : {1U, 3U, 4U}) EXPECT_EQ(note_of(answers[i]).size(), large.size());
  EXPECT_EQ(note_of(answers[5]), "c");
  // A small document may have a large answer, too, while others are under way.
  const auto longer =
      workers_that([](std::string_view, std::string name) { return told(std::move(name), std::string(slot_bytes * 2, 'y')); });
  for (const Answer& answer : ask_all(longer, 1, {"a", "b", "c", "d", "e"})) EXPECT_EQ(note_of(answer).size(), slot_bytes * 2);
}

TEST(Isolation, WhereNoWorkerStartsItIsSaid) {
  const auto none = [] { return std::unique_ptr<WorkerProcess>(); };
  EXPECT_EQ(code_of(ask_all(none, 2, {"a"})[0]), "reader-unavailable");
  EXPECT_EQ(IsolatedReader(none).read("a", "a").error->code, "reader-unavailable");
  const auto broken = [] { return WorkerProcess::spawn("/bin/false", "reading-worker"); };
  EXPECT_EQ(code_of(ask_all(broken, 1, {"a", "b"})[1]), "reader-unavailable");
  EXPECT_EQ(IsolatedReader(broken).read("a", "a").error->code, "reader-unavailable");
}

}  // namespace
}  // namespace jiheng::reading
