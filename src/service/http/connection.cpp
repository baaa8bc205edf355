#include "service/http/connection.h"

#include <spdlog/spdlog.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "base/text.h"
#include "service/http/problem.h"
#include "service/http/same_site.h"

namespace jiheng::service {
namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

bool takes_files(const Route& route) {
  return route.body == BodyKind::files || route.body == BodyKind::small_files;
}

std::uint64_t upload_limit(const Route& route, const HttpOptions& options) {
  return route.body == BodyKind::files ? options.max_upload_bytes : options.max_small_bytes;
}

constexpr std::size_t chunk_bytes = 64 * 1024;
constexpr std::size_t send_slice = 256 * 1024;
constexpr std::size_t first_read = 1024;
constexpr std::uint64_t ignored_body_bytes = 64 * 1024;
constexpr std::uint64_t linger_bytes = 1U << 30;

std::string to_string(beast::string_view text) {
  return {text.data(), text.size()};
}

Error error_of_header(boost::system::error_code failed) {
  if (failed == http::error::header_limit || failed == http::error::buffer_overflow) return problem("header-too-large");
  if (failed == beast::error::timeout) return problem("timeout");
  return problem("bad-request");
}

/// Header values of ours may hold what a user wrote: no line end may get out.
void append_header(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ");
  for (const char c : value) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) head.push_back(c);
  }
  head += "\r\n";
}

/// RFC 9110 6.6.1 wants a Date; the content policy keeps every page to what this server itself sends.
void append_common_headers(std::string& head) {
  std::array<char, 64> date{};
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::strftime(date.data(), date.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  append_header(head, "Date", date.data());
  head +=
      "X-Content-Type-Options: nosniff\r\n"
      "Content-Security-Policy: default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; "
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n"
      "Referrer-Policy: same-origin\r\n"
      "Cross-Origin-Resource-Policy: same-origin\r\n";
}

}  // namespace

Connection::Connection(net::ip::tcp::socket socket, Shared& shared)
    : stream_(std::move(socket)), shared_(shared), buffer_(shared.options.max_header_bytes + chunk_bytes), timer_(shared.io) {
  shared_.all.insert(this);
}

Connection::~Connection() {
  stop_waiting();
  release_body_budget();
  if (follower_ != 0) response_.events->unfollow(follower_);
  shared_.all.erase(this);
}

void Connection::start() {
  Code ignored;
  stream_.socket().set_option(net::ip::tcp::no_delay(true), ignored);
  await_request();
}

void Connection::close() {
  Code ignored;
  timer_.cancel();
  stream_.socket().shutdown(net::ip::tcp::socket::shutdown_both, ignored);
  stream_.close();
}

void Connection::finish() {
  if (waiting_place_ || response_.events) close();
}

void Connection::stop_waiting() {
  if (waiting_place_) shared_.waiting.erase(*waiting_place_);
  waiting_place_.reset();
}

void Connection::release_body_budget() {
  shared_.bodies_in_memory -= body_budget_;
  body_budget_ = 0;
}

// ---- waiting for a request, and its header

void Connection::await_request() {
  if (shared_.stopping) return close();
  waiting_place_ = shared_.waiting.insert(shared_.waiting.end(), this);
  if (buffer_.size() > 0) return read_header();
  // A connection at rest gives its memory back.
  buffer_.shrink_to_fit();
  stream_.expires_after(shared_.options.idle_timeout);
  stream_.async_read_some(buffer_.prepare(first_read), [self = shared_from_this()](Code failed, std::size_t bytes) {
    if (failed) return self->close();
    self->buffer_.commit(bytes);
    self->read_header();
  });
}

void Connection::read_header() {
  parser_.emplace();
  parser_->header_limit(shared_.options.max_header_bytes);
  parser_->body_limit(boost::none);
  stream_.expires_after(shared_.options.header_timeout);
  http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](Code failed, std::size_t) { self->on_header(failed); });
}

void Connection::on_header(Code failed) {
  stop_waiting();
  if (failed == http::error::end_of_stream || failed == net::error::operation_aborted || failed == net::error::connection_reset)
    return close();
  request_ = std::make_shared<Request>();
  keep_alive_ = false;
  head_only_ = false;
  body_unread_ = true;
  if (failed) return fail(error_of_header(failed));
  if (!take_head()) return fail(problem("bad-address"));
  if (auto refused = refuse_early()) return respond(std::move(*refused));
  if (route_->body == BodyKind::files && shared_.options.refuse_upload) return ask_before_upload();
  begin_body();
}

bool Connection::take_head() {
  const auto& message = parser_->get();
  keep_alive_ = message.keep_alive();
  head_only_ = message.method() == http::verb::head;
  request_->method = head_only_ ? "GET" : to_string(message.method_string());
  request_->target = to_string(message.target());
  for (const auto& field : message) request_->headers.emplace_back(to_string(field.name_string()), to_string(field.value()));
  request_->english = asks_for_english(*request_);
  Code gone;
  const auto address = stream_.socket().remote_endpoint(gone).address();
  request_->address = address.to_string();
  if (shared_.options.behind_proxy && address.is_loopback()) take_forwarded_address();
  body_unread_ = !parser_->is_done();
  auto target = parse_target(request_->target);
  if (!target || message.count(http::field::host) > 1 || (message.version() >= 11 && message.count(http::field::host) == 0)) return false;
  request_->path = std::move(target->segments);
  request_->query = std::move(target->query);
  if (const auto asked = request_->query_value("lang")) request_->english = asked->starts_with("en");
  return true;
}

/// What stands before the last comma came from the client, and may be anything.
void Connection::take_forwarded_address() {
  std::string_view named;
  for (const auto& [name, value] : request_->headers) {
    if (equals_ignoring_case(name, "X-Forwarded-For")) named = value;
  }
  const std::string last(trim(named.substr(named.rfind(',') + 1)));
  Code failed;
  const auto address = net::ip::make_address(last, failed);
  if (!failed) request_->address = address.to_string();
}

std::optional<Response> Connection::refuse_early() {
  const auto refused = [this](const Error& error) { return problem_response(error, request_->english); };
  if (auto other_site = refuse_other_sites(*request_)) return refused(*other_site);
  auto match = shared_.router.find(request_->method, request_->path);
  if (match.route == nullptr && !match.allow.empty()) {
    Response response = refused(problem("method-not-allowed"));
    response.headers.emplace_back("Allow", match.allow);
    return response;
  }
  if (match.route == nullptr) return refused(problem("not-found"));
  route_ = match.route;
  request_->params = std::move(match.params);

  const HttpOptions& options = shared_.options;
  if (options.refuse_at_once) {
    if (auto error = options.refuse_at_once(*request_, *route_)) return refused(*error);
  }
  const std::string_view type = request_->header("Content-Type");
  const std::string_view media = type.substr(0, type.find_first_of("; "));
  if (route_->body == BodyKind::json && !equals_ignoring_case(media, "application/json")) return refused(problem("unsupported-media-type"));
  if (takes_files(*route_) && multipart_boundary(type).empty()) return refused(problem("unsupported-media-type"));
  const std::uint64_t limit = takes_files(*route_)             ? upload_limit(*route_, options)
                              : route_->body == BodyKind::json ? options.max_json_bytes
                                                               : ignored_body_bytes;
  if (parser_->content_length().value_or(0) > limit) return refused(problem("too-large"));
  return std::nullopt;
}

// ---- the body

/// Half a gigabyte is not taken in from somebody who will be turned away.
void Connection::ask_before_upload() {
  stream_.expires_never();
  const bool queued = shared_.pool.submit([self = shared_from_this(), route = route_, request = request_]() mutable {
    std::optional<Error> refused;
    try {
      refused = self->shared_.options.refuse_upload(*request, *route);
    } catch (const std::exception& broken) {
      spdlog::error("{} {}: {}", request->method, request->target, broken.what());
      refused = problem("internal");
    }
    auto& io = self->shared_.io;
    net::post(io, [self = std::move(self), refused = std::move(refused)] { refused ? self->fail(*refused) : self->begin_body(); });
  });
  if (!queued) fail(problem("busy"));
}

void Connection::begin_body() {
  body_bytes_ = 0;
  body_began_ = std::chrono::steady_clock::now();
  if (parser_->is_done()) {
    if (takes_files(*route_)) return fail(problem("multipart-syntax"));
    return dispatch();
  }
  if (takes_files(*route_)) {
    auto spool = Spool::open(shared_.options.spool_folder);
    if (!spool) return fail(spool.error());
    receiver_ = std::make_unique<UploadReceiver>(std::make_unique<Upload>(std::move(*spool)), shared_.options.max_file_bytes);
    multipart_ = std::make_unique<MultipartParser>(multipart_boundary(request_->header("Content-Type")), *receiver_);
  }
  chunk_ = std::make_unique_for_overwrite<char[]>(chunk_bytes);
  if (!equals_ignoring_case(request_->header("Expect"), "100-continue")) return read_body();
  static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  stream_.expires_after(shared_.options.body_timeout);
  net::async_write(stream_, net::buffer(go_on.data(), go_on.size()), [self = shared_from_this()](Code failed, std::size_t) {
    if (failed) return self->close();
    self->read_body();
  });
}

void Connection::read_body() {
  auto& body = parser_->get().body();
  body.data = chunk_.get();
  body.size = chunk_bytes;
  stream_.expires_after(shared_.options.body_timeout);
  http::async_read_some(stream_, buffer_, *parser_, [self = shared_from_this()](Code failed, std::size_t) { self->on_body(failed); });
}

void Connection::on_body(Code failed) {
  if (failed == http::error::need_buffer) failed = {};
  if (failed == beast::error::timeout) return fail(problem("timeout"));
  if (failed == net::error::operation_aborted || failed == net::error::connection_reset || failed == http::error::partial_message ||
      failed == net::error::eof)
    return close();
  if (failed) return fail(problem("bad-request"));
  const std::size_t got = chunk_bytes - parser_->get().body().size;
  body_bytes_ += got;
  if (auto taken = take_body({chunk_.get(), got}); !taken) return fail(taken.error());
  if (!parser_->is_done()) return body_too_slow() ? fail(problem("timeout")) : read_body();
  body_unread_ = false;
  if (auto ended = end_body(); !ended) return fail(ended.error());
  dispatch();
}

Result<Done> Connection::take_body(std::string_view bytes) {
  const HttpOptions& options = shared_.options;
  if (takes_files(*route_)) {
    if (body_bytes_ > upload_limit(*route_, options)) return problem("too-large");
    return multipart_->feed(bytes);
  }
  if (route_->body == BodyKind::none) return body_bytes_ > ignored_body_bytes ? Result<Done>(problem("too-large")) : Done{};
  if (body_bytes_ > options.max_json_bytes) return problem("too-large");
  if (shared_.bodies_in_memory + bytes.size() > options.max_bodies_in_memory) return problem("busy");
  shared_.bodies_in_memory += bytes.size();
  body_budget_ += bytes.size();
  request_->body += bytes;
  return Done{};
}

Result<Done> Connection::end_body() {
  chunk_.reset();
  if (!multipart_) return Done{};
  auto ended = multipart_->finish();
  if (ended) request_->upload = receiver_->take();
  multipart_.reset();
  receiver_.reset();
  return ended;
}

bool Connection::body_too_slow() const {
  const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - body_began_);
  const auto granted = shared_.options.body_timeout + std::chrono::milliseconds(body_bytes_ * 1000 / shared_.options.min_body_rate);
  return spent > granted;
}

// ---- the answer

namespace {

/// The one place where a handler's exception, a broken environment, is caught.
Response answer(const Route& route, Request& request) {
  try {
    return route.handle(request);
  } catch (const std::exception& broken) {
    spdlog::error("{} {}: {}", request.method, request.target, broken.what());
  } catch (...) {
    spdlog::error("{} {}: unknown exception", request.method, request.target);
  }
  return problem_response(problem("internal"), request.english);
}

}  // namespace

void Connection::dispatch() {
  stream_.expires_never();
  WorkerPool& pool = route_->pace == Pace::slow ? shared_.slow_pool : shared_.pool;
  const bool queued = pool.submit([self = shared_from_this(), route = route_, request = request_]() mutable {
    auto response = std::make_shared<Response>(answer(*route, *request));
    // The last reference must go on the server's own thread, with the connection's other state.
    auto& io = self->shared_.io;
    net::post(io, [self = std::move(self), response] { self->respond(std::move(*response)); });
  });
  if (!queued) fail(problem("busy"));
}

void Connection::fail(const Error& error) {
  respond(problem_response(error, request_->english));
}

void Connection::respond(Response response) {
  response_ = std::move(response);
  release_body_budget();
  request_->body = {};
  if (response_.events) return begin_events();
  write_head();
}

void Connection::write_head() {
  const std::string_view body = view(response_.body);
  keep_alive_ = keep_alive_ && !body_unread_ && !shared_.stopping;
  head_ = "HTTP/1.1 " + std::to_string(response_.status) + " " + std::string(status_text(response_.status)) + "\r\n";
  append_common_headers(head_);
  if (!response_.content_type.empty()) append_header(head_, "Content-Type", response_.content_type);
  for (const auto& [name, value] : response_.headers) append_header(head_, name, value);
  if (response_.status != 204 && response_.status != 304) append_header(head_, "Content-Length", std::to_string(body.size()));
  append_header(head_, "Connection", keep_alive_ ? "keep-alive" : "close");
  head_ += "\r\n";
  const bool no_body = head_only_ || response_.status == 204 || response_.status == 304;
  // Small answers go out in one packet with their header.
  sent_ = no_body ? body.size() : std::min(body.size(), send_slice);
  const std::array<net::const_buffer, 2> buffers{net::buffer(head_), net::buffer(body.data(), no_body ? 0 : sent_)};
  stream_.expires_after(shared_.options.body_timeout);
  net::async_write(stream_, buffers, [self = shared_from_this()](Code failed, std::size_t) {
    if (failed) return self->close();
    self->write_body();
  });
}

void Connection::write_body() {
  const std::string_view rest = view(response_.body).substr(sent_, send_slice);
  if (rest.empty()) return after_answer();
  sent_ += rest.size();
  stream_.expires_after(shared_.options.body_timeout);
  net::async_write(stream_, net::buffer(rest.data(), rest.size()), [self = shared_from_this()](Code failed, std::size_t) {
    if (failed) return self->close();
    self->write_body();
  });
}

void Connection::after_answer() {
  response_ = {};
  head_ = {};
  request_.reset();
  multipart_.reset();
  receiver_.reset();
  if (body_unread_) return begin_linger();
  parser_.reset();
  if (!keep_alive_) return close();
  await_request();
}

/// A client that is still sending would lose the answer if the connection were cut: what it sends is thrown away for a while.
void Connection::begin_linger() {
  Code ignored;
  stream_.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
  if (!chunk_) chunk_ = std::make_unique_for_overwrite<char[]>(chunk_bytes);
  body_bytes_ = 0;
  stream_.expires_after(shared_.options.header_timeout);
  linger();
}

void Connection::linger() {
  if (body_bytes_ > linger_bytes || shared_.stopping) return close();
  stream_.async_read_some(net::buffer(chunk_.get(), chunk_bytes), [self = shared_from_this()](Code failed, std::size_t bytes) {
    if (failed) return self->close();
    self->body_bytes_ += bytes;
    self->linger();
  });
}

// ---- a stream of events

void Connection::begin_events() {
  head_ = "HTTP/1.1 200 OK\r\n";
  append_common_headers(head_);
  head_ +=
      "Content-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\nConnection: close\r\n\r\n";
  event_text_ = std::move(head_);
  next_event_ = response_.events_from;
  if (head_only_ || shared_.stopping) {
    response_ = {};
    keep_alive_ = false;
    sent_ = 0;
    response_.body = std::move(event_text_);
    return write_body();
  }
  // Whoever appends does so on another thread: the wake comes over to ours, and finds nobody where the client has gone.
  follower_ = response_.events->follow([weak = weak_from_this(), &io = shared_.io] {
    net::post(io, [weak] {
      if (auto self = weak.lock()) self->wake_events();
    });
  });
  watch_for_hang_up();
  send_events();
}

void Connection::wake_events() {
  if (!sending_events_) timer_.cancel();
}

void Connection::send_events() {
  auto batch = response_.events->read(next_event_, send_slice);
  next_event_ = batch.next;
  event_text_ += batch.text;
  if (event_text_.empty()) {
    if (batch.at_end || shared_.stopping) return close();
    timer_.expires_after(shared_.options.heartbeat);
    timer_.async_wait([self = shared_from_this()](Code stopped) {
      if (!self->stream_.socket().is_open()) return;
      if (!stopped) self->event_text_ = ": \n\n";
      self->send_events();
    });
    return;
  }
  sending_events_ = true;
  stream_.expires_after(shared_.options.body_timeout);
  net::async_write(stream_, net::buffer(event_text_), [self = shared_from_this()](Code failed, std::size_t) {
    self->sending_events_ = false;
    self->event_text_.clear();
    if (failed) return self->close();
    self->send_events();
  });
}

void Connection::watch_for_hang_up() {
  if (!chunk_) chunk_ = std::make_unique_for_overwrite<char[]>(first_read);
  stream_.expires_never();
  stream_.async_read_some(net::buffer(chunk_.get(), first_read), [self = shared_from_this()](Code failed, std::size_t) {
    if (failed) return self->close();
    self->watch_for_hang_up();
  });
}

}  // namespace jiheng::service
