// server_load PORT SECONDS CONNECTIONS SLOW: lists and opens submissions over keep-alive connections, each asking again as soon as it is
// answered, while SLOW more clients send a header one byte at a time. Prints how many answers came and how long they took.
#include <algorithm>
#include <boost/asio.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Failure = boost::system::error_code;

struct Measured {
  std::vector<double> list_ms;
  std::vector<double> open_ms;
  std::size_t bytes = 0;
  std::size_t failed = 0;
};

std::size_t content_length(std::string_view head) {
  const std::size_t at = head.find("Content-Length: ");
  return at == std::string_view::npos ? 0 : std::strtoull(head.data() + at + 16, nullptr, 10);
}

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
}

/// One person at the page: a list, then submissions of it.
class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(asio::io_context& context, tcp::endpoint server, const std::vector<std::string>& ids, Measured& measured, unsigned seed)
      : socket_(context), server_(server), ids_(ids), measured_(measured), random_(seed) {}

  void start() {
    socket_.async_connect(server_, [self = shared_from_this()](Failure failure) {
      if (failure) return self->fail();
      self->socket_.set_option(tcp::no_delay(true));
      self->ask();
    });
  }

 private:
  void fail() { ++measured_.failed; }

  void ask() {
    lists_ = random_() % 4 == 0;
    static constexpr const char* sorts[] = {"worst", "unit", "newest"};
    request_ = lists_ ? get("/api/v1/submissions?limit=50&offset=" + std::to_string(random_() % 20 * 50) + "&sort=" + sorts[random_() % 3])
                      : get("/api/v1/submissions/" + ids_[random_() % ids_.size()]);
    asked_ = Clock::now();
    asio::async_write(socket_, asio::buffer(request_), [self = shared_from_this()](Failure failure, std::size_t) {
      if (failure) return self->fail();
      self->read_head();
    });
  }

  void read_head() {
    asio::async_read_until(socket_, asio::dynamic_buffer(answer_), "\r\n\r\n",
                           [self = shared_from_this()](Failure failure, std::size_t head) {
                             if (failure || self->answer_.compare(0, 12, "HTTP/1.1 200") != 0) return self->fail();
                             const std::size_t whole = head + content_length(std::string_view(self->answer_).substr(0, head));
                             self->read_body(whole);
                           });
  }

  void read_body(std::size_t whole) {
    const std::size_t missing = whole - std::min(whole, answer_.size());
    asio::async_read(socket_, asio::dynamic_buffer(answer_), asio::transfer_exactly(missing),
                     [self = shared_from_this()](Failure failure, std::size_t) {
                       if (failure) return self->fail();
                       self->done();
                     });
  }

  void done() {
    const double ms = std::chrono::duration<double, std::milli>(Clock::now() - asked_).count();
    (lists_ ? measured_.list_ms : measured_.open_ms).push_back(ms);
    measured_.bytes += answer_.size();
    answer_.clear();
    ask();
  }

  tcp::socket socket_;
  tcp::endpoint server_;
  const std::vector<std::string>& ids_;
  Measured& measured_;
  std::minstd_rand random_;
  bool lists_ = false;
  std::string request_;
  std::string answer_;
  Clock::time_point asked_;
};

/// Sends a header byte by byte, a byte a second, and begins anew when the server has had enough.
class SlowClient : public std::enable_shared_from_this<SlowClient> {
 public:
  SlowClient(asio::io_context& context, tcp::endpoint server) : socket_(context), timer_(context), server_(server) {}

  void start() {
    socket_ = tcp::socket(timer_.get_executor());
    at_ = 0;
    socket_.async_connect(server_, [self = shared_from_this()](Failure) { self->drip(); });
  }

 private:
  void drip() {
    static const std::string header = get("/api/v1/submissions?q=" + std::string(200, 'x'));
    timer_.expires_after(std::chrono::seconds(1));
    timer_.async_wait([self = shared_from_this()](Failure) {
      Failure failure;
      self->socket_.send(asio::buffer(header.data() + self->at_++ % header.size(), 1), 0, failure);
      failure ? self->start() : self->drip();
    });
  }

  tcp::socket socket_;
  asio::steady_timer timer_;
  tcp::endpoint server_;
  std::size_t at_ = 0;
};

/// All ids of the list.
std::vector<std::string> ids_of(asio::io_context& context, const tcp::endpoint& server) {
  tcp::socket socket(context);
  socket.connect(server);
  const std::string request = "GET /api/v1/submissions?limit=1000 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
  asio::write(socket, asio::buffer(request));
  std::string answer;
  Failure end;
  asio::read(socket, asio::dynamic_buffer(answer), end);
  std::vector<std::string> ids;
  for (std::size_t at = answer.find("\"id\":\""); at != std::string::npos; at = answer.find("\"id\":\"", at + 6))
    ids.push_back(answer.substr(at + 6, answer.find('"', at + 6) - at - 6));
  return ids;
}

void print(const char* what, std::vector<double>& ms, double seconds) {
  std::sort(ms.begin(), ms.end());
  const auto at = [&](double part) { return ms.empty() ? 0.0 : ms[static_cast<std::size_t>(part * static_cast<double>(ms.size() - 1))]; };
  std::printf("  %s: %8.0f a second, p50 %6.2f ms, p99 %6.2f ms, longest %6.2f ms\n", what, static_cast<double>(ms.size()) / seconds,
              at(0.5), at(0.99), at(1.0));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const tcp::endpoint server(asio::ip::make_address("127.0.0.1"), static_cast<unsigned short>(std::atoi(argv[1])));
  const double seconds = std::atof(argv[2]);
  const int connections = std::atoi(argv[3]);
  const int slow = std::atoi(argv[4]);
  asio::io_context context;
  const std::vector<std::string> ids = ids_of(context, server);
  if (ids.empty()) {
    std::fprintf(stderr, "the server has no submissions\n");
    return 1;
  }
  Measured measured;
  for (int i = 0; i < slow; ++i) std::make_shared<SlowClient>(context, server)->start();
  if (slow > 0) context.run_for(std::chrono::seconds(2));
  for (int i = 0; i < connections; ++i) std::make_shared<Client>(context, server, ids, measured, static_cast<unsigned>(i + 1))->start();
  context.run_for(std::chrono::milliseconds(static_cast<int>(seconds * 1000)));
  std::printf("%zu submissions, %d connections, %d slow clients beside, %zu failed, %.0f MB a second\n", ids.size(), connections, slow,
              measured.failed, static_cast<double>(measured.bytes) / seconds / 1e6);
  print("list", measured.list_ms, seconds);
  print("open", measured.open_ms, seconds);
  std::fflush(stdout);
  std::_Exit(measured.failed == 0 ? 0 : 1);
}
