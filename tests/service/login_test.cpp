// Many at the door, wrong ones at the door, and who is told of it.
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include "access/password.h"
#include "service/people_fixture.h"

namespace jiheng::service {
namespace {

namespace json = boost::json;
using access::Role;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

struct Door : tests::PeopleTest {
  json::array events(const tests::Headers& who) const { return expect_documented(get("/api/v1/logins", who), "listLogins").as_array(); }
  static std::string told(const json::value& event) {
    const std::string login = event.at("login").is_null() ? "nobody" : std::string(event.at("login").as_string());
    return login + " " + std::string(event.at("outcome").as_string());
  }
};

TEST_F(Door, TheAuditAdministratorSeesWhoCameInAndWhoWasTurnedAway) {
  set_up();
  make("clerk", {{Role::unit_clerk, unit("甲局")}});
  pass(60);
  const std::string in = log_in("clerk");
  ask("DELETE", "/api/v1/session", {}, cookie_of(in));
  for (int i = 0; i < 5; ++i) {
    pass(1);
    try_log_in("clerk", "", "Wrong-password-1");
  }
  // A password in the wrong field must not lie open in a list.
  try_log_in("Secret-typed-here-1", "", "clerk");
  const json::array seen = events(cookie_of(auditor()));
  ASSERT_GE(seen.size(), 8U);
  std::map<std::string, int> counts;
  for (const json::value& event : seen) {
    ++counts[told(event)];
    EXPECT_EQ(json::serialize(event).find("Secret-typed-here"), std::string::npos);
    EXPECT_EQ(event.at("address").as_string(), "127.0.0.1");
  }
  EXPECT_EQ(counts["clerk in"], 1);
  EXPECT_EQ(counts["clerk out"], 1);
  EXPECT_EQ(counts["clerk wrong-password"], 5);
  EXPECT_EQ(counts["clerk locked"], 1);
  EXPECT_EQ(counts["nobody wrong-password"], 1);
  // Page by page, none twice and none left out.
  std::size_t found = 0;
  std::string before;
  for (int page = 0; page < 100; ++page) {
    const Answer answer = get("/api/v1/logins?limit=3&before=" + before, cookie_of(auditor()));
    const json::array part = json::parse(answer.body).as_array();
    if (part.empty()) break;
    for (const json::value& event : part) EXPECT_EQ(event.at("id"), seen.at(found++).at("id"));
    before = std::string(part.back().at("id").as_string());
  }
  EXPECT_EQ(found, seen.size());
  EXPECT_EQ(code_of(get("/api/v1/logins", cookie_of(system()))), "forbidden");
}

TEST_F(Door, BehindAProxyTheLogNamesWhomTheProxyNames) {
  set_up();
  make("clerk", {{Role::unit_clerk, unit("甲局")}});
  const auto address_of = [&](const std::string& forwarded) {
    pass(1);
    tests::Headers headers{{"Content-Type", "application/json"}, {"X-Forwarded-For", forwarded}};
    ask("POST", "/api/v1/session", json::serialize(json::object{{"login", "clerk"}, {"password", password}}), headers);
    return std::string(events(cookie_of(auditor())).at(0).at("address").as_string());
  };
  EXPECT_EQ(address_of("10.3.0.7"), "127.0.0.1") << "nobody said that there is a proxy";
  Options options;
  options.http.behind_proxy = true;
  restart(std::move(options));
  EXPECT_EQ(address_of("10.3.0.7"), "10.3.0.7");
  EXPECT_EQ(address_of("8.8.8.8, 10.3.0.8"), "10.3.0.8") << "what the client itself wrote is not believed";
  EXPECT_EQ(address_of("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(address_of("no address"), "127.0.0.1");
}

TEST_F(Door, AWrongOldPasswordInAnOpenSessionCountsTowardTheLock) {
  set_up();
  make("clerk", {{Role::unit_clerk, unit("甲局")}});
  const tests::Headers here = cookie_of(log_in("clerk"));
  const auto change = [&](const char* old) {
    return send("PUT", "/api/v1/me/password", json::object{{"old_password", old}, {"password", "Another-secret-2"}}, here);
  };
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(change("Wrong-password-1")), "password-wrong");
  const Answer locked = change(password);
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(code_of(locked), "login-locked");
  EXPECT_EQ(code_of(try_log_in("clerk")), "login-locked");
  pass(15 * 60);
  EXPECT_EQ(change(password).status, 204);
}

/// The header of an upload of 400 MB, of which not a byte comes.
Answer announce_upload(unsigned short port, const std::string& more) {
  tests::Client client(port);
  client.write("POST /api/v1/imports HTTP/1.1\r\n" + more + "Content-Type: " + tests::multipart_type +
               "\r\nContent-Length: 400000000\r\n\r\n");
  return client.read_answer();
}

TEST_F(Door, AnUploadOfSomebodyWhoWillBeTurnedAwayIsNotTakenIn) {
  EXPECT_EQ(code_of(announce_upload(port(), "Host: elsewhere.example\r\n")), "host-not-allowed");
  EXPECT_EQ(code_of(announce_upload(port(), "Host: localhost\r\nX-Forwarded-For: 203.0.113.7\r\n")), "host-not-allowed");
  set_up();
  EXPECT_EQ(code_of(announce_upload(port(), "Host: localhost\r\n")), "not-logged-in");
  EXPECT_EQ(code_of(announce_upload(port(), "Host: localhost\r\nCookie: jiheng=" + std::string(64, 'a') + "\r\n")), "not-logged-in");
  EXPECT_EQ(code_of(announce_upload(port(), "Host: localhost\r\nCookie: jiheng=" + auditor() + "\r\n")), "forbidden");
}

TEST(PasswordHasher, NeverWorksOutMoreAtOnceThanItSaysAndRefusesTheOthers) {
  access::PasswordHasher hasher(2, 4);
  const std::string hash = *hasher.hash("Correct-horse-7");
  std::atomic<int> good = 0;
  std::atomic<int> busy = 0;
  std::vector<std::thread> crowd;
  for (int i = 0; i < 40; ++i) {
    crowd.emplace_back([&] {
      const auto matches = hasher.matches(hash, "Correct-horse-7");
      if (matches)
        good += *matches ? 1 : 1000;
      else
        busy += matches.error().code == "busy" ? 1 : 1000;
    });
  }
  for (std::thread& each : crowd) each.join();
  EXPECT_EQ(good + busy, 40);
  EXPECT_GE(good, 2);
  EXPECT_LE(hasher.most_at_once(), 2);
}

TEST_F(Door, WhoIsRefusedStandsInTheLogWithoutWhatHeSent) {
  set_up();
  std::ostringstream written;
  const auto before = spdlog::default_logger();
  const auto log = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(written));
  spdlog::set_default_logger(log);
  const Answer refused = send("POST", "/api/v1/accounts", json::object{{"login", "x"}, {"name", "不该写进日志的"}}, cookie_of(auditor()));
  spdlog::set_default_logger(before);
  EXPECT_EQ(code_of(refused), "forbidden");
  EXPECT_NE(written.str().find("addAccount to auditor from 127.0.0.1"), std::string::npos) << written.str();
  EXPECT_EQ(written.str().find("不该"), std::string::npos);
  EXPECT_EQ(written.str().find(auditor()), std::string::npos);
}

/// The most memory of this process so far, begun anew by clear_peak.
std::size_t peak_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoul(line.substr(6));
  }
  return 0;
}
bool clear_peak() {
  std::ofstream out("/proc/self/clear_refs");
  out << "5" << std::flush;
  return out.good();
}

TEST_F(Door, ABurstOfTwoHundredLoginsStaysWithinItsMemoryAndHoldsUpNothingElse) {
  set_up();
  make("clerk", {{Role::unit_clerk, unit("甲局")}});
  const tests::Headers clerk = cookie_of(log_in("clerk"));
  const bool measured = clear_peak();
  const std::size_t before = peak_kilobytes();
  std::atomic<int> in = 0;
  std::atomic<int> later = 0;
  std::atomic<int> wrong = 0;
  std::atomic<int> outstanding = 200;
  std::vector<std::thread> crowd;
  for (int i = 0; i < 200; ++i) {
    crowd.emplace_back([&] {
      const std::string body = json::serialize(json::object{{"login", "clerk"}, {"password", password}});
      tests::Client client(port());
      client.write("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
                   std::to_string(body.size()) + "\r\n\r\n" + body);
      Answer answer;
      // The last of a long queue waits longer than one of the client's waits.
      for (int tries = 0; tries < 60 && answer.status == 0; ++tries) answer = client.read_answer();
      if (answer.status == 204)
        ++in;
      else if (answer.status == 503 && answer.header("Retry-After") == "2" && json::parse(answer.body).at("code").as_string() == "busy")
        ++later;
      else
        ++wrong;
      --outstanding;
    });
  }
  // Meanwhile everything else is answered, not behind the crowd.
  int served = 0;
  while (outstanding > 0) {
    const int waiting = outstanding;
    EXPECT_EQ(get("/api/v1/health").status, 200);
    EXPECT_EQ(get("/").status, 200);
    EXPECT_EQ(get("/api/v1/submissions", clerk).status, 200);
    if (waiting > 2) ++served;
  }
  for (std::thread& each : crowd) each.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(in + later, 200);
  EXPECT_GE(in, 40) << "those who wait in the queue are let in";
  EXPECT_GT(served, 5);
  // Two hashes of 64 MiB at a time, and what the two hundred threads of this test need themselves.
  if (measured) {
    EXPECT_LT(peak_kilobytes() - before, (2 * 64 + 80) * 1024U);
  }
  std::printf("%d in, %d asked to come again, %d rounds of other requests meanwhile, peak memory +%zu MB\n", in.load(), later.load(),
              served, (peak_kilobytes() - before) / 1024);
}

}  // namespace
}  // namespace jiheng::service
