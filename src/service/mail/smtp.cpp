#include "service/mail/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

#include "access/accounts.h"
#include "service/http/same_site.h"

namespace jiheng::service {
namespace {

constexpr long connect_seconds = 10;
constexpr std::size_t longest_answer = 300;

struct Reading {
  std::string_view rest;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* from) {
  auto& reading = *static_cast<Reading*>(from);
  const std::size_t taken = std::min(size * count, reading.rest.size());
  std::memcpy(to, reading.rest.data(), taken);
  reading.rest.remove_prefix(taken);
  return taken;
}

int told_to_stop(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(stop)->load() ? 1 : 0;
}

/// The server's last line, as it was answered.
std::size_t take_line(char* bytes, std::size_t size, std::size_t count, void* to) {
  std::string line(bytes, std::min(size * count, longest_answer));
  std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e; });
  *static_cast<std::string*>(to) = std::move(line);
  return size * count;
}

/// "mail.example.cn" of "smtp://mail.example.cn:25/helo".
std::string host_of(std::string_view url) {
  const std::size_t at = url.find("://");
  std::string_view host = at == std::string_view::npos ? url : url.substr(at + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    return end == std::string_view::npos ? std::string() : std::string(host.substr(1, end - 1));
  }
  return std::string(host.substr(0, host.find(':')));
}

}  // namespace

bool is_this_machine(std::string_view url) {
  return is_loopback_host(host_of(url));
}

Result<Done> check(const SmtpServer& server) {
  if (!server.url.starts_with("smtp://") && !server.url.starts_with("smtps://"))
    return Error{"invalid-smtp", "邮件服务器应写成 smtp://主机:端口 或 smtps://主机:端口。", {"smtp"}};
  if (server.url.find('@') != std::string::npos)
    return Error{"invalid-smtp", "邮件服务器的登录名和密码请用 --smtp-user 和密码文件，不要写在地址里。", {"smtp"}};
  if (!access::is_mail_address(server.from)) return Error{"invalid-smtp", "发件人地址不对，应如 jixiao@example.gov.cn。", {"smtp-from"}};
  if (server.user.empty() != server.password.empty())
    return Error{"invalid-smtp", "邮件服务器的登录名和密码要么都给，要么都不给。", {"smtp-user"}};
  return Done{};
}

Result<Done> send_mail(const SmtpServer& server, const std::string& to, std::string_view message, const std::atomic<bool>& stop) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> to_list(curl_slist_append(nullptr, ("<" + to + ">").c_str()),
                                                                      curl_slist_free_all);
  const std::string from = "<" + server.from + ">";
  Reading reading{message};
  std::string answer;
  char trouble[CURL_ERROR_SIZE] = "";
  CURL* c = curl.get();
  curl_easy_setopt(c, CURLOPT_URL, server.url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(c, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to_list.get());
  curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(c, CURLOPT_READDATA, &reading);
  curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_line);
  curl_easy_setopt(c, CURLOPT_HEADERDATA, &answer);
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, trouble);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, connect_seconds);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, server.timeout_seconds);
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, told_to_stop);
  curl_easy_setopt(c, CURLOPT_XFERINFODATA, const_cast<std::atomic<bool>*>(&stop));
  const bool must_hide = !server.user.empty() && !is_this_machine(server.url);
  curl_easy_setopt(c, CURLOPT_USE_SSL, static_cast<long>(must_hide ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  if (!server.ca_file.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, server.ca_file.c_str());
  if (!server.user.empty()) {
    curl_easy_setopt(c, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, server.password.c_str());
  }
  const CURLcode code = curl_easy_perform(c);
  if (code == CURLE_OK) return Done{};
  const std::string said = trouble[0] != '\0' ? trouble : curl_easy_strerror(code);
  return Error{"mail-failed", answer.empty() ? said : said + " (" + answer + ")", {}};
}

}  // namespace jiheng::service
