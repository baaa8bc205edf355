// A throw-away PostgreSQL server on a socket in a temporary folder, one a test program, gone when the program is.
#pragma once

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "store/failure.h"
#include "store/postgresql/postgresql.h"
#include "support/temporary_folder.h"

namespace jiheng::test {

class PostgresqlCluster {
 public:
  /// nullptr where PostgreSQL's server is not installed.
  static PostgresqlCluster* get() {
    static const std::unique_ptr<PostgresqlCluster> cluster = [] {
      const auto binaries = find_binaries();
      return binaries ? std::unique_ptr<PostgresqlCluster>(new PostgresqlCluster(*binaries)) : nullptr;
    }();
    return cluster.get();
  }

  ~PostgresqlCluster() { stop(); }

  /// The address of a new empty database.
  std::string new_database() {
    const std::string name = "t" + std::to_string(++databases_);
    store::connect_postgresql(url("postgres"), 1000)->script("CREATE DATABASE " + name);
    return url(name);
  }

  void stop() {
    if (server_ <= 0) return;
    kill(server_, SIGQUIT);
    waitpid(server_, nullptr, 0);
    server_ = -1;
  }

  void start() {
    server_ = run({binaries_ + "/postgres", "-D", data(), "-k", folder_.path().string(), "-c", "listen_addresses=", "-c", "fsync=off", "-c",
                   "shared_buffers=16MB", "-c", "max_connections=40"});
    for (int tries = 0; tries < 300; ++tries) {
      try {
        store::connect_postgresql(url("postgres"), 1000);
        return;
      } catch (const store::Failure&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    }
    throw std::runtime_error("PostgreSQL does not start");
  }

 private:
  explicit PostgresqlCluster(std::string binaries) : binaries_(std::move(binaries)) {
    // The server refuses to run as root.
    if (getuid() == 0) {
      const passwd* user = getpwnam("postgres");
      if (user == nullptr) throw std::runtime_error("no user postgres");
      user_ = user->pw_uid;
      group_ = user->pw_gid;
      if (chown(folder_.path().c_str(), user_, group_) != 0) throw std::runtime_error("chown");
    }
    int status = 0;
    const pid_t made = run({binaries_ + "/initdb", "-D", data(), "-U", "jiheng", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"});
    if (waitpid(made, &status, 0) != made || status != 0) throw std::runtime_error("initdb failed");
    start();
  }

  static std::optional<std::string> find_binaries() {
    std::error_code error;
    for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
      const auto folder = version.path() / "bin";
      if (std::filesystem::exists(folder / "initdb") && std::filesystem::exists(folder / "postgres")) return folder.string();
    }
    return std::nullopt;
  }

  std::string data() const { return folder_.file("data"); }
  std::string url(const std::string& database) const {
    return "postgresql:///" + database + "?host=" + folder_.path().string() + "&user=jiheng";
  }

  pid_t run(const std::vector<std::string>& command) const {
    std::vector<char*> arguments;
    for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child != 0) return child;
    if (user_ != 0 && (setgroups(0, nullptr) != 0 || setgid(group_) != 0 || setuid(user_) != 0)) _exit(126);
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (getppid() != parent) _exit(126);
    const int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, 0);
    dup2(nowhere, 1);
    dup2(nowhere, 2);
    setsid();
    if (chdir("/") != 0) _exit(126);
    setenv("LC_ALL", "C", 1);
    execv(arguments[0], arguments.data());
    _exit(127);
  }

  TemporaryFolder folder_;
  std::string binaries_;
  uid_t user_ = 0;
  gid_t group_ = 0;
  pid_t server_ = -1;
  int databases_ = 0;
};

}  // namespace jiheng::test
