// A mail server in a few lines (RFC 5321): takes what comes, or turns it away as told.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace jiheng::service::tests {

class SmtpStandIn {
 public:
  SmtpStandIn() {
    listening_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listening_, 8);
    socklen_t size = sizeof address;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~SmtpStandIn() {
    ::shutdown(listening_, SHUT_RDWR);
    ::close(listening_);
    thread_.join();
  }
  SmtpStandIn(const SmtpStandIn&) = delete;
  SmtpStandIn& operator=(const SmtpStandIn&) = delete;

  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  /// From now on every recipient is turned away, or taken.
  void refuse(bool refuses) { refuses_ = refuses; }
  int refused() const { return refused_; }
  /// Each as "RCPT line\n" and what came after DATA.
  std::vector<std::string> taken() {
    const std::lock_guard lock(mutex_);
    return taken_;
  }

 private:
  void serve() {
    for (;;) {
      const int client = ::accept(listening_, nullptr, nullptr);
      if (client < 0) return;
      converse(client);
      ::close(client);
    }
  }
  static void say(int client, const std::string& line) {
    const std::string all = line + "\r\n";
    (void)!::send(client, all.data(), all.size(), MSG_NOSIGNAL);
  }
  /// A line without its end; false where the client is gone.
  static bool hear(int client, std::string& line) {
    line.clear();
    for (char c = 0; ::recv(client, &c, 1, 0) == 1;) {
      if (c == '\n') return true;
      if (c != '\r') line += c;
    }
    return false;
  }
  void converse(int client) {
    say(client, "220 stand-in");
    std::string line;
    std::string mail;
    while (hear(client, line)) {
      if (line.starts_with("EHLO")) {
        say(client, "250 stand-in");
      } else if (line.starts_with("RCPT")) {
        mail = line + "\n";
        if (refuses_) ++refused_;
        say(client, refuses_ ? "450 mailbox busy" : "250 ok");
      } else if (line == "DATA") {
        say(client, "354 go on");
        while (hear(client, line) && line != ".") mail += line + "\n";
        {
          const std::lock_guard lock(mutex_);
          taken_.push_back(mail);
        }
        say(client, "250 taken");
      } else if (line == "QUIT") {
        say(client, "221 bye");
        return;
      } else {
        say(client, "250 ok");
      }
    }
  }

  int listening_ = -1;
  int port_ = 0;
  std::atomic<bool> refuses_{false};
  std::atomic<int> refused_{0};
  std::mutex mutex_;
  std::vector<std::string> taken_;
  std::thread thread_;
};

}  // namespace jiheng::service::tests
