// Sends one mail to a mail server (RFC 5321), by libcurl.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "base/result.h"

namespace jiheng::service {

struct SmtpServer {
  std::string url;       ///< smtp://host:port, smtps://host:port; empty: no mails are sent
  std::string from;      ///< the sender's address
  std::string user;      ///< empty: without a login
  std::string password;  ///< never shown, never logged
  std::string ca_file;   ///< certificates to trust besides the system's
  long timeout_seconds = 30;

  bool is_set() const { return !url.empty(); }
};

/// Errors: invalid-smtp (context: the option).
Result<Done> check(const SmtpServer& server);

/// Whether the server's address is one that no other machine hears: 127.0.0.0/8, ::1, localhost.
bool is_this_machine(std::string_view url);

/// TLS wherever the server offers it; a password travels over TLS alone, but to this machine itself. Gives up as soon as `stop` is set.
/// Error: mail-failed (the server's words).
Result<Done> send_mail(const SmtpServer& server, const std::string& to, std::string_view message, const std::atomic<bool>& stop);

}  // namespace jiheng::service
