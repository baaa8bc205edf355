#include "service/mail/message.h"

#include <fmt/core.h>

#include <ctime>

#include "base/base64.h"

namespace jiheng::service {
namespace {

constexpr std::size_t encoded_line = 76;  // RFC 2045 6.8
/// Bytes of a subject in one encoded word, which holds 75 characters (RFC 2047 2).
constexpr std::size_t word_bytes = 42;

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80;
}

/// Words of base64, no character cut.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t cut = std::min(word_bytes, text.size());
    while (cut > 0 && cut < text.size() && !begins_character(text[cut])) --cut;
    out.append(out.empty() ? "" : "\r\n ").append("=?UTF-8?B?").append(base64(text.substr(0, cut))).append("?=");
    text.remove_prefix(cut);
  }
  return out;
}

/// RFC 5322 3.3.
std::string date_of(std::int64_t seconds) {
  static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto at = static_cast<std::time_t>(seconds);
  std::tm utc{};
  ::gmtime_r(&at, &utc);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon], utc.tm_year + 1900,
                     utc.tm_hour, utc.tm_min, utc.tm_sec);
}

}  // namespace

std::string mail_message(const MailText& mail) {
  std::string out = "From: <" + mail.from + ">\r\nTo: <" + mail.to + ">\r\nSubject: " + encoded_words(mail.subject) +
                    "\r\nDate: " + date_of(mail.at) + "\r\nMessage-ID: <" + mail.id + "@jiheng>\r\nAuto-Submitted: auto-generated\r\n" +
                    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  const std::string body = base64(mail.words);
  for (std::size_t at = 0; at < body.size(); at += encoded_line) out.append(body, at, encoded_line).append("\r\n");
  return out;
}

}  // namespace jiheng::service
