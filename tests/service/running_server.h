// A server on a free port with the routes a test gives it, running on a thread of its own until the end of the test.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "service/http/http_server.h"

namespace jiheng::service::tests {

class RunningServer {
 public:
  explicit RunningServer(Router router, HttpOptions options = {}) : router_(std::move(router)) {
    options.port = 0;
    server_ = std::make_unique<HttpServer>(router_, options);
    const auto started = server_->start();
    EXPECT_TRUE(started.ok());
    thread_ = std::thread([this] { server_->run(); });
  }
  ~RunningServer() { stop(); }

  unsigned short port() const { return server_->port(); }
  void stop() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
  }

 private:
  Router router_;
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

}  // namespace jiheng::service::tests
