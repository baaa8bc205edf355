#include "service/http/http_server.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <optional>
#include <thread>

#include "service/http/connection.h"
#include "service/http/problem.h"
#include "service/http/same_site.h"

namespace jiheng::service {
namespace net = boost::asio;

namespace {

/// The usual soft limit of 1 024 open files would be used up by as many slow clients.
void raise_open_files(std::size_t connections) {
  rlimit limit{};
  const rlim_t wanted = connections + 1024;
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(wanted, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Connections that fit beside the program's other files.
std::size_t connections_that_fit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return wanted;
  return std::min<std::size_t>(wanted, limit.rlim_cur > 256 ? limit.rlim_cur - 128 : limit.rlim_cur / 2);
}

std::size_t thread_count(std::size_t wanted) {
  return wanted > 0 ? wanted : std::max<std::size_t>(2, std::thread::hardware_concurrency());
}

}  // namespace

struct HttpServer::State {
  using Code = boost::system::error_code;

  State(const Router& router, HttpOptions chosen)
      : options(std::move(chosen)),
        shared{router, options, io, *pool, *slow_pool, {}, {}, 0, false},
        acceptor(io),
        retry(io),
        grace(io),
        signals(io) {}

  void accept();
  void on_accept(Code failed, net::ip::tcp::socket socket);
  void make_room();
  void begin_stop();
  void end_when_idle();

  // The order matters: connections still held by the io context at the end look into `shared` when they go.
  HttpOptions options;
  std::unique_ptr<WorkerPool> pool = std::make_unique<WorkerPool>(thread_count(options.threads), options.queue);
  std::unique_ptr<WorkerPool> slow_pool = std::make_unique<WorkerPool>(options.slow_threads, options.slow_queue);
  Shared shared;
  net::io_context io{1};
  net::ip::tcp::acceptor acceptor;
  net::steady_timer retry;
  net::steady_timer grace;
  net::signal_set signals;
};

void HttpServer::State::accept() {
  acceptor.async_accept([this](Code failed, net::ip::tcp::socket socket) { on_accept(failed, std::move(socket)); });
}

void HttpServer::State::on_accept(Code failed, net::ip::tcp::socket socket) {
  if (failed == net::error::operation_aborted || shared.stopping) return;
  if (!failed) {
    make_room();
    std::make_shared<Connection>(std::move(socket), shared)->start();
    return accept();
  }
  // Out of file handles: the clients wait in the kernel's queue until some connection has gone.
  spdlog::warn("accept: {}", failed.message());
  retry.expires_after(std::chrono::milliseconds(100));
  retry.async_wait([this](Code stopped) {
    if (!stopped) accept();
  });
}

void HttpServer::State::make_room() {
  if (shared.all.size() < options.max_connections || shared.waiting.empty()) return;
  Connection* longest = shared.waiting.front();
  longest->close();
}

void HttpServer::State::begin_stop() {
  if (shared.stopping) return;
  shared.stopping = true;
  Code ignored;
  acceptor.close(ignored);
  retry.cancel();
  signals.cancel(ignored);
  const std::vector<Connection*> all(shared.all.begin(), shared.all.end());
  for (Connection* connection : all) connection->finish();
  grace.expires_after(std::chrono::milliseconds(0));
  end_when_idle();
}

/// Looks now and then whether the last answer is out, and does not wait for ever.
void HttpServer::State::end_when_idle() {
  const auto began = std::chrono::steady_clock::now();
  auto look = std::make_shared<std::function<void()>>();
  *look = [this, began, weak = std::weak_ptr(look)] {
    if (shared.all.empty() || std::chrono::steady_clock::now() - began > options.stop_timeout) return io.stop();
    grace.expires_after(std::chrono::milliseconds(20));
    grace.async_wait([self = weak.lock()](Code) { (*self)(); });
  };
  (*look)();
}

HttpServer::HttpServer(const Router& router, HttpOptions options) : state_(std::make_unique<State>(router, std::move(options))) {}
HttpServer::~HttpServer() = default;

Result<Done> HttpServer::start() {
  State& state = *state_;
  const std::string host = state.options.host == "localhost" ? "127.0.0.1" : state.options.host;
  const std::string place = state.options.host + ":" + std::to_string(state.options.port);
  State::Code failed;
  const auto address = net::ip::make_address(host, failed);
  if (failed) return problem("listen-failed").in(place);
  raise_open_files(state.options.max_connections);
  state.options.max_connections = connections_that_fit(state.options.max_connections);
  const net::ip::tcp::endpoint endpoint(address, state.options.port);
  state.acceptor.open(endpoint.protocol(), failed);
  if (!failed) state.acceptor.set_option(net::ip::tcp::acceptor::reuse_address(true), failed);
  if (!failed) state.acceptor.bind(endpoint, failed);
  if (!failed) state.acceptor.listen(4096, failed);
  if (failed == net::error::address_in_use) return problem("port-in-use").in(place);
  if (failed) return problem("listen-failed").in(place).in(failed.message());
  state.accept();
  if (state.options.handle_signals) {
    state.signals.add(SIGINT);
    state.signals.add(SIGTERM);
    state.signals.async_wait([&state](State::Code stopped, int) {
      if (stopped) return;
      // From here on a second signal ends the program the hard way.
      State::Code ignored;
      state.signals.clear(ignored);
      state.begin_stop();
    });
  }
  return Done{};
}

unsigned short HttpServer::port() const {
  State::Code failed;
  const auto endpoint = state_->acceptor.local_endpoint(failed);
  return failed ? state_->options.port : endpoint.port();
}

void HttpServer::run() {
  for (;;) {
    try {
      state_->io.run();
      break;
    } catch (const std::exception& broken) {
      // Out of memory in one connection must not end the others.
      spdlog::error("server: {}", broken.what());
    }
  }
  // No handler runs any more when run() has returned.
  state_->pool.reset();
  state_->slow_pool.reset();
}

void HttpServer::stop() {
  net::post(state_->io, [this] { state_->begin_stop(); });
}

}  // namespace jiheng::service
