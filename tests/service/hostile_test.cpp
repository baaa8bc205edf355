// Requests that no browser sends. The server answers or closes, and serves the next client.
#include <gtest/gtest.h>

#include <random>

#include "service/http_client.h"
#include "service/running_server.h"

namespace jiheng::service {
namespace {

using tests::ask;
using tests::Client;
using tests::RunningServer;

Router routes() {
  Router router;
  router.add({"POST", "/api/v1/json", "takeJson", BodyKind::json, Need::open(), [](Request& r) { return json_response(r.body); }});
  router.add({"POST", "/api/v1/files", "takeFiles", BodyKind::files, Need::open(),
              [](Request& r) { return json_response(std::to_string(r.upload->files().size())); }});
  router.set_fallback([](Request&) { return json_response("\"page\""); });
  return router;
}

struct Hostile : testing::Test {
  RunningServer server{routes()};

  int status_of(const std::string& request) {
    Client client(server.port());
    client.write(request);
    return client.read_answer().status;
  }
  void TearDown() override { EXPECT_EQ(ask(server.port(), "GET", "/").status, 200); }
};

TEST_F(Hostile, HugeHeadersAreRefused) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + std::string(100'000, 'x') + "\r\n\r\n"), 431);
  std::string many = "GET / HTTP/1.1\r\nHost: localhost\r\n";
  for (int i = 0; i < 5000; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  EXPECT_EQ(status_of(many + "\r\n"), 431);
  EXPECT_EQ(status_of("GET /" + std::string(100'000, 'x') + " HTTP/1.1\r\nHost: localhost\r\n\r\n"), 431);
}

TEST_F(Hostile, BrokenRequestLinesAreRefused) {
  for (const char* line : {"GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02\x01\r\n\r\n", "GET  /  HTTP/1.1\r\n\r\n",
                           "G\tT / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"}) {
    EXPECT_EQ(status_of(line), 400) << line;
  }
}

TEST_F(Hostile, PathsThatClimbAreRefused) {
  for (const char* path :
       {"/../../etc/passwd", "/assets/../../x", "/%2e%2e/%2e%2e/etc/passwd", "/a%00b", "/%", "/%zz", "/%c0%ae%c0%ae/", "//etc/passwd"}) {
    EXPECT_EQ(status_of("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400) << path;
  }
}

TEST_F(Hostile, TwoHostsOrAnAbsoluteTargetAreRefused) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);
}

TEST_F(Hostile, AmbiguousOrBrokenLengthsAreRefused) {
  const std::string head = "POST /api/v1/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  EXPECT_EQ(status_of(head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), 400);
  EXPECT_EQ(status_of(head + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status_of(head + "Content-Length: -1\r\n\r\n"), 400);
  EXPECT_EQ(status_of(head + "Content-Length: 99999999999999999999999\r\n\r\n"), 400);
  EXPECT_EQ(status_of(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"), 400);
  EXPECT_EQ(status_of(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcdefgh\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status_of(head + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"), 400);
}

TEST_F(Hostile, AnAnnouncedGiantIsRefusedAtOnce) {
  EXPECT_EQ(status_of("POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: "
                      "99999999999\r\n\r\n"),
            413);
}

TEST_F(Hostile, HangingUpAnywhereHarmsNobody) {
  const std::string request = "POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + tests::multipart_type +
                              "\r\nContent-Length: 500\r\n\r\n" + tests::multipart_body({{"a.txt", "aaaa"}});
  for (std::size_t cut = 0; cut < request.size(); cut += 3) Client(server.port()).write(request.substr(0, cut));
}

TEST_F(Hostile, RandomBytesHarmNobody) {
  std::mt19937 random(20260101);
  const std::string seed =
      "POST /api/v1/json?a=%41 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
      "chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
  for (int round = 0; round < 500; ++round) {
    std::string request = seed;
    for (int i = 0; i < 3; ++i) request[random() % request.size()] = static_cast<char>(random());
    Client(server.port()).write(request);
  }
}

}  // namespace
}  // namespace jiheng::service
