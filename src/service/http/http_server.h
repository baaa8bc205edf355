// The HTTP/1.1 server: sockets, limits, timeouts, threads. What is answered is the router's affair.
//
// One thread does all reading and writing, so that a slow client costs a few kilobytes and no thread; handlers run on a bounded pool,
// and when its queue is full the answer is 503.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "service/http/router.h"

namespace jiheng::service {

struct HttpOptions {
  std::string host = "127.0.0.1";  ///< an address of the machine, 0.0.0.0 or :: for all, or "localhost"
  unsigned short port = 8420;      ///< 0: any free one
  std::size_t threads = 0;         ///< for handlers; 0: as many as processors, at least 2
  std::size_t queue = 512;         ///< requests that wait for a thread
  std::size_t slow_threads = 2;    ///< for handlers of Pace::slow
  std::size_t slow_queue = 100;
  std::size_t max_connections = 8192;

  std::uint32_t max_header_bytes = 16 * 1024;
  std::uint64_t max_json_bytes = 16U << 20;
  std::uint64_t max_file_bytes = 64U << 20;
  std::uint64_t max_upload_bytes = 512U << 20;
  std::uint64_t max_small_bytes = (8U << 20) + 4096;  ///< of an upload by anybody: a document and what multipart adds
  std::uint64_t max_bodies_in_memory = 128U << 20;    ///< of all requests together

  std::chrono::milliseconds header_timeout{10'000};  ///< for a request's whole header
  std::chrono::milliseconds idle_timeout{60'000};    ///< between requests
  std::chrono::milliseconds body_timeout{30'000};    ///< without one byte of the body, or of progress in sending
  std::uint64_t min_body_rate = 16 * 1024;           ///< bytes a second that a body must keep up, after the first body_timeout
  std::chrono::milliseconds heartbeat{15'000};       ///< of event streams
  std::chrono::milliseconds stop_timeout{10'000};    ///< for answers under way

  std::string spool_folder;  ///< for uploads under way; empty: the system's
  /// Asked once a request's header is in, on the thread of input and output: it must not wait. Refused there, no body is taken in.
  std::function<std::optional<Error>(const Request&, const Route&)> refuse_at_once;
  /// Asked on a handler's thread before the files of an upload are taken in; it may ask the database.
  std::function<std::optional<Error>(Request&, const Route&)> refuse_upload;
  /// A proxy on this machine stands before us: who asks is whom it names last in X-Forwarded-For. Of nobody else that header is believed.
  bool behind_proxy = false;
  bool handle_signals = false;  ///< SIGINT and SIGTERM stop the server; the second one kills
};

/// start(), run() and the destructor are one thread's; stop() may be called from any.
class HttpServer {
 public:
  /// The router must outlive the server.
  HttpServer(const Router& router, HttpOptions options);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Errors: port-in-use, listen-failed.
  Result<Done> start();
  unsigned short port() const;
  /// Serves until stopped; returns when the answers under way are out.
  void run();
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiheng::service
