#include "service/http/http_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <future>
#include <latch>
#include <stdexcept>

#include "service/http_client.h"
#include "service/running_server.h"

namespace jiheng::service {
namespace {

using namespace std::chrono_literals;
using tests::ask;
using tests::Client;
using tests::RunningServer;

Response text_response(std::string text) {
  Response response;
  response.content_type = "text/plain";
  response.body = std::move(text);
  return response;
}

Router plain_routes() {
  Router router;
  router.add({"GET", "/api/v1/echo/{word}", "echo", BodyKind::none, Need::open(), [](Request& r) {
                return text_response(std::string(r.param("word")) + "|" + std::string(r.query_value("q").value_or("-")));
              }});
  router.add({"POST", "/api/v1/json", "takeJson", BodyKind::json, Need::open(), [](Request& r) { return text_response(r.body); }});
  router.add({"PUT", "/api/v1/json", "putJson", BodyKind::json, Need::open(), [](Request& r) { return text_response(r.body); }});
  router.add({"POST", "/api/v1/action", "act", BodyKind::none, Need::open(), [](Request&) { return text_response("done"); }});
  router.add({"POST", "/api/v1/files", "takeFiles", BodyKind::files, Need::open(), [](Request& r) {
                std::string names;
                for (const auto& file : r.upload->files()) names += file.name + "=" + std::to_string(r.upload->bytes(file).size()) + ";";
                return text_response(names);
              }});
  router.add({"GET", "/api/v1/broken", "broken", BodyKind::none, Need::open(),
              [](Request&) -> Response { throw std::runtime_error("the database is gone"); }});
  router.add(
      {"GET", "/api/v1/big", "big", BodyKind::none, Need::open(), [](Request&) { return text_response(std::string(5'000'000, 'x')); }});
  router.set_fallback([](Request& r) { return text_response("page " + (r.path.empty() ? "/" : r.path.back())); });
  return router;
}

std::string code_of(const tests::Answer& answer) {
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json; charset=utf-8");
  const auto problem = boost::json::parse(answer.body).as_object();
  EXPECT_EQ(problem.at("status").as_int64(), answer.status);
  EXPECT_FALSE(problem.at("detail").as_string().empty());
  EXPECT_TRUE(problem.at("context").is_array());
  return std::string(problem.at("code").as_string());
}

TEST(HttpServer, RoutesByMethodAndPathWithDecodedParts) {
  RunningServer server(plain_routes());
  const auto answer = ask(server.port(), "GET", "/api/v1/echo/%E8%B4%A2%E6%94%BF?q=a+b");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "财政|a b");
}

TEST(HttpServer, SeveralRequestsShareOneConnectionEvenSentTogether) {
  RunningServer server(plain_routes());
  Client client(server.port());
  EXPECT_EQ(client.get("/api/v1/echo/one").body, "one|-");
  EXPECT_EQ(client.ask("POST", "/api/v1/json", "{}", {{"Content-Type", "application/json"}}).body, "{}");
  client.write("GET /api/v1/echo/two HTTP/1.1\r\nHost: localhost\r\n\r\nGET /api/v1/echo/three HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "two|-");
  EXPECT_EQ(client.read_answer().body, "three|-");
}

TEST(HttpServer, HeadGivesTheHeaderOfGetWithoutBody) {
  RunningServer server(plain_routes());
  Client client(server.port());
  const auto answer = client.ask("HEAD", "/api/v1/big");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), "5000000");
  EXPECT_EQ(client.get("/api/v1/echo/next").body, "next|-");
}

TEST(HttpServer, UnknownPathsAndMethodsAreToldApart) {
  RunningServer server(plain_routes());
  const auto unknown = ask(server.port(), "GET", "/api/v1/nothing");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(code_of(unknown), "not-found");
  const auto method = ask(server.port(), "DELETE", "/api/v1/json");
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(code_of(method), "method-not-allowed");
  EXPECT_EQ(method.header("Allow"), "POST, PUT");
  EXPECT_EQ(ask(server.port(), "POST", "/").status, 405);
  EXPECT_EQ(ask(server.port(), "GET", "/somewhere").body, "page somewhere");
}

TEST(HttpServer, ProblemsSpeakEnglishWhereAsked) {
  RunningServer server(plain_routes());
  const auto title = [&](std::string_view target, tests::Headers headers) {
    return std::string(boost::json::parse(ask(server.port(), "GET", target, {}, std::move(headers)).body).at("title").as_string());
  };
  EXPECT_EQ(title("/api/v1/x", {{"Accept-Language", "en-GB,en;q=0.9,zh;q=0.1"}}), "Not found");
  EXPECT_EQ(title("/api/v1/x?lang=en", {}), "Not found");
  EXPECT_EQ(title("/api/v1/x", {{"Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8"}}), "没有找到");
}

TEST(HttpServer, ABrokenEnvironmentIsAnInternalErrorThatTellsNothing) {
  RunningServer server(plain_routes());
  const auto answer = ask(server.port(), "GET", "/api/v1/broken");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(code_of(answer), "internal");
  EXPECT_EQ(answer.body.find("database is gone"), std::string::npos);
  EXPECT_EQ(ask(server.port(), "GET", "/api/v1/echo/still").status, 200);
}

TEST(HttpServer, BodiesOfTheWrongTypeAreRefused) {
  RunningServer server(plain_routes());
  EXPECT_EQ(code_of(ask(server.port(), "POST", "/api/v1/json", "{}", {{"Content-Type", "text/plain"}})), "unsupported-media-type");
  EXPECT_EQ(code_of(ask(server.port(), "POST", "/api/v1/json", "{}")), "unsupported-media-type");
  EXPECT_EQ(ask(server.port(), "POST", "/api/v1/json", "{}", {{"Content-Type", "application/json; charset=utf-8"}}).status, 200);
  EXPECT_EQ(code_of(ask(server.port(), "POST", "/api/v1/files", "x", {{"Content-Type", "multipart/form-data"}})), "unsupported-media-type");
}

TEST(HttpServer, BodiesBeyondTheLimitAreRefusedBothAnnouncedAndChunked) {
  HttpOptions options;
  options.max_json_bytes = 1000;
  RunningServer server(plain_routes(), options);
  const auto announced = ask(server.port(), "POST", "/api/v1/json", std::string(1001, ' '), {{"Content-Type", "application/json"}});
  EXPECT_EQ(announced.status, 413);
  EXPECT_EQ(code_of(announced), "too-large");
  Client chunked(server.port());
  chunked.write("POST /api/v1/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 6; ++i) chunked.write("c8\r\n" + std::string(200, ' ') + "\r\n");
  EXPECT_EQ(chunked.read_answer().status, 413);
}

TEST(HttpServer, AChunkedBodyArrivesWhole) {
  RunningServer server(plain_routes());
  Client client(server.port());
  client.write(
      "POST /api/v1/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
      "chunked\r\n\r\n2\r\n{\"\r\n5\r\na\":1}\r\n0\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "{\"a\":1}");
  EXPECT_EQ(client.get("/api/v1/echo/next").body, "next|-");
}

TEST(HttpServer, FilesAreSpooledAndHandedOverInOrder) {
  RunningServer server(plain_routes());
  const std::string body = tests::multipart_body({{"甲/一.txt", std::string(300'000, 'a')}, {"二.txt", ""}, {"三.txt", "b\r\n"}});
  const auto answer = ask(server.port(), "POST", "/api/v1/files", body, {{"Content-Type", tests::multipart_type}});
  EXPECT_EQ(answer.body, "甲/一.txt=300000;二.txt=0;三.txt=3;");
}

TEST(HttpServer, ATooLargeFileIsNamedAndTheAnswerArrivesThoughTheClientSendsOn) {
  HttpOptions options;
  options.max_file_bytes = 100'000;
  RunningServer server(plain_routes(), options);
  const std::string body = tests::multipart_body({{"小.txt", "x"}, {"大.txt", std::string(20'000'000, 'a')}});
  const auto answer = ask(server.port(), "POST", "/api/v1/files", body, {{"Content-Type", tests::multipart_type}});
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(code_of(answer), "too-large");
  EXPECT_EQ(boost::json::parse(answer.body).at("context").at(0).as_string(), "大.txt");
}

TEST(HttpServer, ACutOffUploadIsASyntaxError) {
  RunningServer server(plain_routes());
  const auto answer =
      ask(server.port(), "POST", "/api/v1/files", "--test-boundary\r\nContent-Disposition: form-data; name=files; filename=a\r\n\r\nabc",
          {{"Content-Type", tests::multipart_type}});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(code_of(answer), "multipart-syntax");
}

TEST(HttpServer, ExpectContinueIsAnsweredBeforeTheBody) {
  RunningServer server(plain_routes());
  Client client(server.port());
  client.write(
      "POST /api/v1/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
      "2\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.write("[]");
  EXPECT_EQ(client.read_answer().body, "[]");
}

TEST(HttpServer, EveryAnswerForbidsFramesSniffingAndForeignContent) {
  RunningServer server(plain_routes());
  for (const char* target : {"/api/v1/echo/x", "/api/v1/nothing", "/page"}) {
    const auto answer = ask(server.port(), "GET", target);
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << target;
    const std::string policy = answer.header("Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'self'"), std::string::npos) << target;
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << target;
  }
}

TEST(HttpServer, OtherSitesAreRefused) {
  RunningServer server(plain_routes());
  const auto code = [&](std::string_view method, tests::Headers headers) {
    const auto answer = ask(server.port(), method, method == "GET" ? "/api/v1/echo/x" : "/api/v1/action", {}, std::move(headers));
    return answer.status == 200 ? std::string("taken") : code_of(answer);
  };
  EXPECT_EQ(code("POST", {{"Host", "localhost:8420"}, {"Origin", "http://localhost:8420"}}), "taken");
  EXPECT_EQ(code("POST", {{"Sec-Fetch-Site", "same-origin"}}), "taken");
  EXPECT_EQ(code("POST", {{"Origin", "https://evil.example"}}), "origin-not-allowed");
  EXPECT_EQ(code("POST", {{"Origin", "null"}}), "origin-not-allowed");
  EXPECT_EQ(code("POST", {{"Sec-Fetch-Site", "cross-site"}}), "origin-not-allowed");
  EXPECT_EQ(code("POST", {{"Sec-Fetch-Site", "same-site"}, {"Origin", "http://localhost:8420"}, {"Host", "localhost:8420"}}),
            "origin-not-allowed");
}

TEST(HttpServer, AnAddressThatIsNoneOfTheMachinesIsNamed) {
  for (const char* host : {"192.0.2.5", "example.org", ""}) {
    HttpOptions options;
    options.host = host;
    options.port = 0;
    Router router;
    HttpServer server(router, options);
    const auto started = server.start();
    ASSERT_FALSE(started.ok()) << host;
    EXPECT_EQ(started.error().code, "listen-failed") << host;
  }
}

TEST(HttpServer, APortInUseIsNamed) {
  RunningServer first(plain_routes());
  HttpOptions options;
  options.port = first.port();
  Router router;
  HttpServer second(router, options);
  const auto started = second.start();
  ASSERT_FALSE(started.ok());
  EXPECT_EQ(started.error().code, "port-in-use");
  EXPECT_EQ(started.error().context.at(0), "127.0.0.1:" + std::to_string(first.port()));
}

TEST(HttpServer, AFullQueueAnswersBusyAndRecovers) {
  std::latch entered(1);
  std::promise<void> release;
  const auto released = release.get_future().share();
  Router router = plain_routes();
  router.add({"GET", "/api/v1/slow", "slow", BodyKind::none, Need::open(),
              [&entered, released, first = std::make_shared<std::atomic<bool>>(true)](Request&) {
                if (first->exchange(false)) entered.count_down();
                released.wait();
                return text_response("slow");
              }});
  HttpOptions options;
  options.threads = 1;
  options.queue = 1;
  RunningServer server(std::move(router), options);
  const std::string slow = "GET /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n";
  Client working(server.port());
  working.write(slow);
  entered.wait();
  // The only thread works, the only place in the queue is taken by one of the two; the other is refused.
  Client one(server.port());
  Client two(server.port());
  one.write(slow);
  std::this_thread::sleep_for(50ms);
  two.write(slow);
  const auto refused = two.read_answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(code_of(refused), "busy");
  EXPECT_FALSE(refused.header("Retry-After").empty());
  release.set_value();
  EXPECT_EQ(working.read_answer().body, "slow");
  EXPECT_EQ(one.read_answer().body, "slow");
  EXPECT_EQ(two.get("/api/v1/echo/again").body, "again|-");
}

TEST(HttpServer, AThousandSlowClientsDoNotStopTheOthers) {
  HttpOptions options;
  options.header_timeout = 60s;
  RunningServer server(plain_routes(), options);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 400; ++i) {
    slow.push_back(std::make_unique<Client>(server.port()));
    slow.back()->write(
        i % 2 == 0 ? "GET /api/v1/echo/slow HTTP/1.1\r\nX-A: "
                   : "POST /api/v1/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
  }
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 50; ++i) EXPECT_EQ(ask(server.port(), "GET", "/api/v1/echo/quick").status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  slow[0]->write("b\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(slow[0]->read_answer().body, "slow|-");
}

TEST(HttpServer, AHeaderThatDoesNotEndIsCutOff) {
  HttpOptions options;
  options.header_timeout = 200ms;
  options.idle_timeout = 200ms;
  RunningServer server(plain_routes(), options);
  Client slow(server.port());
  slow.write("GET / HTTP/1.1\r\n");
  EXPECT_TRUE(slow.is_closed_by_server());
  Client silent(server.port());
  EXPECT_TRUE(silent.is_closed_by_server());
}

TEST(HttpServer, ABodyThatTricklesIsCutOff) {
  HttpOptions options;
  options.body_timeout = 200ms;
  options.min_body_rate = 1'000'000;
  RunningServer server(plain_routes(), options);
  Client slow(server.port());
  slow.write("POST /api/v1/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n");
  for (int i = 0; i < 12; ++i) {
    slow.write(" ");
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_EQ(slow.read_answer().status, 408);
}

TEST(HttpServer, WhenTheHouseIsFullTheLongestWaitingGoes) {
  HttpOptions options;
  options.max_connections = 3;
  RunningServer server(plain_routes(), options);
  Client first(server.port());
  EXPECT_EQ(first.get("/api/v1/echo/a").status, 200);
  Client second(server.port());
  EXPECT_EQ(second.get("/api/v1/echo/b").status, 200);
  Client third(server.port());
  EXPECT_EQ(third.get("/api/v1/echo/c").status, 200);
  Client fourth(server.port());
  EXPECT_EQ(fourth.get("/api/v1/echo/d").status, 200);
  EXPECT_TRUE(first.is_closed_by_server());
  EXPECT_EQ(third.get("/api/v1/echo/e").status, 200);
}

TEST(HttpServer, BodiesOfAllRequestsTogetherAreBounded) {
  HttpOptions options;
  options.max_bodies_in_memory = 150'000;
  RunningServer server(plain_routes(), options);
  Client first(server.port());
  first.write("POST /api/v1/json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100001\r\n\r\n" +
              std::string(100'000, ' '));
  std::this_thread::sleep_for(100ms);
  const std::string body(100'000, ' ');
  EXPECT_EQ(code_of(ask(server.port(), "POST", "/api/v1/json", body, {{"Content-Type", "application/json"}})), "busy");
  first.write(" ");
  EXPECT_EQ(first.read_answer().status, 200);
  EXPECT_EQ(ask(server.port(), "POST", "/api/v1/json", body, {{"Content-Type", "application/json"}}).status, 200);
}

TEST(HttpServer, StoppingLetsTheAnswerUnderWayOutAndClosesTheRest) {
  std::latch entered(1);
  Router router = plain_routes();
  router.add({"GET", "/api/v1/slow", "slow", BodyKind::none, Need::open(), [&entered](Request&) {
                entered.count_down();
                std::this_thread::sleep_for(300ms);
                return text_response("out");
              }});
  RunningServer server(std::move(router));
  Client idle(server.port());
  EXPECT_EQ(idle.get("/api/v1/echo/x").status, 200);
  Client working(server.port());
  working.write("GET /api/v1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  entered.wait();
  std::thread stopping([&] { server.stop(); });
  EXPECT_TRUE(idle.is_closed_by_server());
  EXPECT_EQ(working.read_answer().body, "out");
  stopping.join();
}

struct Stream {
  std::shared_ptr<EventLog> log = std::make_shared<EventLog>();
  Router router() {
    Router routes = plain_routes();
    routes.add({"GET", "/api/v1/events", "events", BodyKind::none, Need::open(), [this](Request& r) {
                  Response response;
                  response.events = log;
                  response.events_from = r.header("Last-Event-ID").empty() ? 0 : std::stoul(std::string(r.header("Last-Event-ID")));
                  return response;
                }});
    return routes;
  }
};

TEST(HttpServer, EventsBeforeAndAfterTheAskingComeInOrderAndEndWithTheLog) {
  Stream stream;
  RunningServer server(stream.router());
  stream.log->append("file", "{\"index\":0}");
  Client client(server.port());
  client.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(client.read_until("\r\n\r\n").find("text/event-stream"), std::string::npos);
  EXPECT_EQ(client.read_until("\n\n"), "id: 1\nevent: file\ndata: {\"index\":0}\n\n");
  stream.log->append("file", "{\"index\":1}");
  EXPECT_EQ(client.read_until("\n\n"), "id: 2\nevent: file\ndata: {\"index\":1}\n\n");
  stream.log->append("done", "{}");
  stream.log->close();
  EXPECT_EQ(client.read_to_end(), "id: 3\nevent: done\ndata: {}\n\n");
}

TEST(HttpServer, AnEventStreamGoesOnWhereTheBrowserLostIt) {
  Stream stream;
  RunningServer server(stream.router());
  for (int i = 0; i < 3; ++i) stream.log->append("file", std::to_string(i));
  stream.log->close();
  Client client(server.port());
  client.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 2\r\n\r\n");
  client.read_until("\r\n\r\n");
  EXPECT_EQ(client.read_to_end(), "id: 3\nevent: file\ndata: 2\n\n");
}

TEST(HttpServer, AnIdleEventStreamBeats) {
  Stream stream;
  HttpOptions options;
  options.heartbeat = 50ms;
  RunningServer server(stream.router(), options);
  Client client(server.port());
  client.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  client.read_until("\r\n\r\n");
  EXPECT_EQ(client.read_until("\n\n"), ": \n\n");
  EXPECT_EQ(client.read_until("\n\n"), ": \n\n");
}

TEST(HttpServer, ManyFollowersOfOneBusyLogSeeEveryEventOnce) {
  Stream stream;
  RunningServer server(stream.router());
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(std::make_unique<Client>(server.port()));
    clients.back()->write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  for (int i = 0; i < 500; ++i) stream.log->append("file", std::to_string(i));
  clients.pop_back();  // one hangs up in the middle
  stream.log->close();
  std::string expected;
  for (int i = 0; i < 500; ++i) expected += "id: " + std::to_string(i + 1) + "\nevent: file\ndata: " + std::to_string(i) + "\n\n";
  for (auto& client : clients) {
    client->read_until("\r\n\r\n");
    EXPECT_EQ(client->read_to_end(), expected);
  }
}

TEST(HttpServer, StoppingEndsOpenEventStreams) {
  Stream stream;
  RunningServer server(stream.router());
  Client client(server.port());
  client.write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  client.read_until("\r\n\r\n");
  const auto began = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
  EXPECT_TRUE(client.is_closed_by_server());
}

}  // namespace
}  // namespace jiheng::service
