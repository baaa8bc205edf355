// "Kill -9 in the middle of an import of 100 files, fifty times at random moments: verify passes, every file is either wholly in or
// wholly out."
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "desk.h"

namespace jiheng::desks {
namespace {

constexpr int files = 100;

[[noreturn]] void import_all(const std::string& url, const std::string& data, int turn, int ready) {
  Desk desk(url, data);
  const char go = 'g';
  if (::write(ready, &go, 1) != 1) _exit(1);
  for (int i = 0; i < files; ++i) {
    desk.import(std::to_string(turn) + "/" + std::to_string(i) + ".txt",
                form("第" + std::to_string(i) + "镇财政所", "项目" + std::to_string(turn)));
  }
  _exit(0);
}

/// Everything a submission's lists and journal say of it agrees with its record.
void check_whole(const std::string& url, const std::string& data) {
  Desk desk(url, data);
  const auto found = desk.registry.verify();
  ASSERT_TRUE(found.ok) << found.first_bad->reason;
  Filter filter;
  filter.limit = 1000;
  std::int64_t revisions = 0;
  for (const Summary& summary : desk.submissions.list(filter, local).items) {
    const auto submission = desk.open(summary.id);
    ASSERT_EQ(submission.summary.revision, summary.revision);
    ASSERT_EQ(static_cast<int>(submission.tables.size()), summary.revision) << "each file brought one table and one revision";
    revisions += summary.revision;
  }
  ASSERT_EQ(revisions, desk.registry.head().first);
  ASSERT_EQ(desk.submissions.rebuild(), 0);
}

TEST(KilledImport, leaves_every_file_wholly_in_or_wholly_out) {
  test::TemporaryFolder folder;
  const std::string url = "sqlite:" + folder.file("jiheng.db");
  const std::string data = folder.file("data");
  std::mt19937 chance(20261124);
  std::set<int> exits;
  for (int turn = 0; turn < 50; ++turn) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) import_all(url, data, turn, ready[1]);
    close(ready[1]);
    char go = 0;
    ASSERT_EQ(::read(ready[0], &go, 1), 1);
    close(ready[0]);
    std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution<int>(0, 150000)(chance)));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    exits.insert(status);
    if (turn % 5 == 4) {
      ASSERT_NO_FATAL_FAILURE(check_whole(url, data)) << "turn " << turn;
    } else {
      Desk desk(url, data);
      ASSERT_TRUE(desk.registry.verify().ok) << "turn " << turn;
    }
  }
  EXPECT_TRUE(exits.contains(SIGKILL)) << "no import was ever killed in the middle";
}

}  // namespace
}  // namespace jiheng::desks
