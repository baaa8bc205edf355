// A notice as a mail (RFC 5322, RFC 2045).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiheng::service {

struct MailText {
  std::string from;
  std::string to;
  std::string subject;
  std::string words;    ///< lines of plain text
  std::string id;       ///< of the mail, unique
  std::int64_t at = 0;  ///< seconds since 1970
};

/// Lines end in CR LF; nothing in subject or words can add a line to the head.
std::string mail_message(const MailText& mail);

}  // namespace jiheng::service
