// Carries notices to those who gave a mail address: one thread beside the requests, which never wait for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "access/accounts.h"
#include "desks/performance/years.h"
#include "registry/registry.h"
#include "service/mail/outbox.h"
#include "service/mail/smtp.h"

namespace jiheng::service {

struct MailOptions {
  SmtpServer server;
  int look_around_ms = 15'000;  ///< how often new notices and due mails are looked for
};

struct MailState {
  MailCounts counts;
  std::vector<Mail> newest;                  ///< without subject and words
  std::map<std::string, std::string> names;  ///< of accounts, by id
};

/// Thread-safe. Without a server it does nothing. Registry and years must outlive it.
class Postman {
 public:
  Postman(registry::Registry& registry, const desks::Years& years, MailOptions options);
  ~Postman();
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;

  const SmtpServer& server() const { return options_.server; }
  MailState state(int limit) const;
  /// Tells the address that was his that it is no longer.
  void tell_former(const access::Account& account, const std::string& address);

 private:
  void work();
  void look_for_notices();
  void take_notices(const access::Account& account, const std::string& bureau, const std::string& since);
  void give_back(const Mail& mail);
  void deliver();

  registry::Registry& registry_;
  const desks::Years& years_;
  const MailOptions options_;
  std::string began_;      ///< mails_since()
  std::string looked_at_;  ///< the journal's head and the day when notices were last looked for
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::thread thread_;
};

}  // namespace jiheng::service
