#include "service/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "service/http/message.h"

namespace jiheng::service::tests {

std::string Answer::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (equals_ignoring_case(key, name)) return value;
  }
  return {};
}

Client::Client(unsigned short port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{120, 0};
  const int on = 1;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect to the test's server");
}

Client::~Client() {
  ::close(socket_);
}

bool Client::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::read_some() {
  char buffer[16384];
  const ssize_t got = ::recv(socket_, buffer, sizeof buffer, 0);
  if (got > 0) held_.append(buffer, static_cast<std::size_t>(got));
  return got > 0;
}

std::string Client::take(std::size_t bytes) {
  std::string taken = held_.substr(0, bytes);
  held_.erase(0, bytes);
  return taken;
}

std::string Client::read_until(std::string_view end) {
  std::size_t at = 0;
  while ((at = held_.find(end)) == std::string::npos) {
    if (!read_some()) return take(held_.size());
  }
  return take(at + end.size());
}

std::string Client::read_to_end() {
  while (read_some()) {
  }
  return take(held_.size());
}

bool Client::is_closed_by_server() {
  char byte = 0;
  return held_.empty() && ::recv(socket_, &byte, 1, 0) == 0;
}

Answer Client::read_answer(bool head_only) {
  Answer answer;
  std::string head = read_until("\r\n\r\n");
  if (!head.starts_with("HTTP/1.1 ") || !head.ends_with("\r\n\r\n")) return answer;
  answer.status = std::stoi(head.substr(9, 3));
  std::size_t line = head.find("\r\n") + 2;
  while (line + 2 < head.size()) {
    const std::size_t end = head.find("\r\n", line);
    const std::size_t colon = head.find(": ", line);
    answer.headers.emplace_back(head.substr(line, colon - line), head.substr(colon + 2, end - colon - 2));
    line = end + 2;
  }
  const std::string length = answer.header("Content-Length");
  if (head_only || length.empty()) return answer;
  const std::size_t wanted = std::stoul(length);
  while (held_.size() < wanted && read_some()) {
  }
  answer.body = take(wanted);
  return answer;
}

Answer Client::ask(std::string_view method, std::string_view target, std::string_view body, Headers headers) {
  std::string request(method);
  request.append(" ").append(target).append(" HTTP/1.1\r\n");
  bool has_host = false;
  for (const auto& [name, value] : headers) {
    has_host = has_host || equals_ignoring_case(name, "Host");
    request.append(name).append(": ").append(value).append("\r\n");
  }
  if (!has_host) request += "Host: localhost\r\n";
  if (!body.empty() || method == "POST" || method == "PUT")
    request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  request.append("\r\n").append(body);
  write(request);
  return read_answer(method == "HEAD");
}

Answer ask(unsigned short port, std::string_view method, std::string_view target, std::string_view body, Headers headers) {
  return Client(port).ask(method, target, body, std::move(headers));
}

std::string multipart_body(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string body;
  for (const auto& [name, bytes] : files) {
    body += "--test-boundary\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name +
            "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + bytes + "\r\n";
  }
  return body + "--test-boundary--\r\n";
}

}  // namespace jiheng::service::tests
