// A client of plain sockets for the tests: it can be as slow, wordy and wrong as a test wants. Every wait ends after ten seconds.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jiheng::service::tests {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Answer {
  int status = 0;  ///< 0: the connection ended without an answer
  Headers headers;
  std::string body;

  std::string header(std::string_view name) const;
};

class Client {
 public:
  explicit Client(unsigned short port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// One request and its answer; Host and Content-Length are added unless given.
  Answer ask(std::string_view method, std::string_view target, std::string_view body = {}, Headers headers = {});
  Answer get(std::string_view target, Headers headers = {}) { return ask("GET", target, {}, std::move(headers)); }

  /// False where the other side has closed.
  bool write(std::string_view bytes);
  Answer read_answer(bool head_only = false);
  /// What comes until `end` has come (then up to and with it), or the connection is closed.
  std::string read_until(std::string_view end);
  std::string read_to_end();
  /// Whether the other side closes without sending anything, within the waiting time.
  bool is_closed_by_server();

 private:
  bool read_some();
  std::string take(std::size_t bytes);

  int socket_ = -1;
  std::string held_;
};

Answer ask(unsigned short port, std::string_view method, std::string_view target, std::string_view body = {}, Headers headers = {});

/// A multipart/form-data body of files, with the boundary "test-boundary".
std::string multipart_body(const std::vector<std::pair<std::string, std::string>>& files);
inline const std::string multipart_type = "multipart/form-data; boundary=test-boundary";

}  // namespace jiheng::service::tests
