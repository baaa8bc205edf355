// One client's connection; internal to the server. All its members run on the server's one thread of input and output.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "service/http/http_server.h"
#include "service/http/worker_pool.h"

namespace jiheng::service {

class Connection;

/// What all connections share.
struct Shared {
  const Router& router;
  const HttpOptions& options;
  boost::asio::io_context& io;
  WorkerPool& pool;
  WorkerPool& slow_pool;
  std::unordered_set<Connection*> all;
  /// Those that owe us a request, the longest waiting first: when the house is full they go first.
  std::list<Connection*> waiting;
  std::uint64_t bodies_in_memory = 0;
  bool stopping = false;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, Shared& shared);
  ~Connection();
  void start();
  /// Ends it whatever it is doing.
  void close();
  /// The server is stopping: an event stream ends here; an answer under way goes out first.
  void finish();

 private:
  using Code = boost::system::error_code;

  // Waiting for a request, and its header.
  void await_request();
  void read_header();
  void on_header(Code failed);
  bool take_head();
  void take_forwarded_address();
  std::optional<Response> refuse_early();

  // Its body.
  void ask_before_upload();
  void begin_body();
  void open_receiver();
  void read_body();
  void on_body(Code failed);
  Result<Done> take_body(std::string_view bytes);
  Result<Done> end_body();
  bool body_too_slow() const;

  // The answer.
  void dispatch();
  void respond(Response response);
  void fail(const Error& error);
  void write_head();
  void write_body();
  void after_answer();
  void begin_linger();
  void linger();

  // A stream of events.
  void begin_events();
  void send_events();
  void wake_events();
  void watch_for_hang_up();

  void stop_waiting();
  void release_body_budget();

  boost::beast::tcp_stream stream_;
  Shared& shared_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::buffer_body>> parser_;
  std::optional<std::list<Connection*>::iterator> waiting_place_;

  std::shared_ptr<Request> request_;
  const Route* route_ = nullptr;
  bool head_only_ = false;
  bool keep_alive_ = false;
  bool body_unread_ = false;  ///< the client may still be sending: the connection cannot serve another request

  std::unique_ptr<UploadReceiver> receiver_;
  std::unique_ptr<MultipartParser> multipart_;
  std::unique_ptr<char[]> chunk_;
  std::uint64_t body_bytes_ = 0;
  std::uint64_t body_budget_ = 0;
  std::chrono::steady_clock::time_point body_began_;

  Response response_;
  std::string head_;
  std::size_t sent_ = 0;

  std::uint64_t follower_ = 0;
  std::size_t next_event_ = 0;
  std::string event_text_;
  bool sending_events_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace jiheng::service
