// Who comes in: until there are accounts only whoever sits at the machine, afterwards only who logged in, and each to what his post allows.
#include <gtest/gtest.h>

#include "access/totp.h"
#include "service/people_fixture.h"

namespace jiheng::service {
namespace {

using access::Role;
using tests::Answer;
using tests::code_of;
using tests::expect_documented;

struct Machine : tests::ApiTest {};

TEST_F(Machine, WithoutAccountsOnlyItsOwnNamesAreTaken) {
  const auto code = [&](const tests::Headers& headers) {
    const Answer answer = get("/api/v1/submissions", headers);
    return answer.status == 200 ? std::string("taken") : code_of(answer);
  };
  for (const char* host : {"127.0.0.1:8420", "[::1]:8420", "LOCALHOST:9000", "127.9.9.9"})
    EXPECT_EQ(code({{"Host", host}}), "taken") << host;
  for (const char* host : {"evil.example", "evil.example:8420", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1:x",
                           "127.0.0", "[::1", "", "127.0.0.256", "127.0.0.\xCA"}) {
    EXPECT_EQ(code({{"Host", host}}), "host-not-allowed") << host;
  }
  EXPECT_EQ(code({{"Host", "localhost"}, {"X-Forwarded-For", "203.0.113.7"}}), "host-not-allowed");
}

TEST_F(Machine, TellsThatNobodyNeedsToLogIn) {
  const auto me = expect_documented(get("/api/v1/me"), "me");
  EXPECT_EQ(me.at("mode").as_string(), "machine");
  EXPECT_TRUE(me.at("known").as_bool());
  EXPECT_EQ(me.at("permissions").as_array().size(), std::size_t{access::permission_count});
}

TEST_F(Machine, TheLinkOfTheFirstStartWorksOnceAndOnlyTheLatest) {
  const std::string old = *server().setup_link();
  const std::string link = *server().setup_link();
  EXPECT_EQ(code_of(send("POST", "/api/v1/setup", tests::setup_body(old))), "link-void");
  auto wrong = tests::setup_body(link);
  wrong["audit_login"] = "a b";
  const Answer refused = send("POST", "/api/v1/setup", wrong);
  EXPECT_EQ(code_of(refused), "invalid-account");
  // What was refused used nothing up.
  const Answer made = send("POST", "/api/v1/setup", tests::setup_body(link));
  expect_documented(made, "setUp");
  EXPECT_EQ(code_of(send("POST", "/api/v1/setup", tests::setup_body(link))), "link-void");
  EXPECT_FALSE(server().setup_link());
  EXPECT_EQ(code_of(get("/api/v1/submissions")), "not-logged-in");
  EXPECT_EQ(get("/api/v1/submissions", {{"Host", "jixiao.example.gov.cn"}}).status, 401);
}

struct Bureau : tests::PeopleTest {};

TEST_F(Bureau, AnAdministratorComesInOnlyWithHisSecondFactor) {
  const auto links = first_start();
  choose_password(links.at("security_link"), "security");
  const std::string cookie = log_in("security");
  const auto me = expect_documented(get("/api/v1/me", cookie_of(cookie)), "me");
  EXPECT_TRUE(me.at("wants_second_factor").as_bool());
  EXPECT_TRUE(me.at("permissions").as_array().empty());
  EXPECT_EQ(code_of(get("/api/v1/accounts", cookie_of(cookie))), "second-factor-unset");
  const std::string secret = bind_second_factor(cookie);
  EXPECT_EQ(get("/api/v1/accounts", cookie_of(cookie)).status, 200);
  // Another telephone takes more than a session that was left open.
  const std::string other = access::new_totp_secret();
  const Answer replaced = send("PUT", "/api/v1/me/second-factor",
                               boost::json::object{{"secret", other}, {"code", *access::totp_code(other, now())}}, cookie_of(cookie));
  EXPECT_EQ(code_of(replaced), "password-wrong");
  EXPECT_EQ(code_of(try_log_in("security", "")), "second-factor-needed");
  EXPECT_EQ(code_of(try_log_in("security", "000000")), "second-factor-wrong");
  pass(60);
  const std::string code = *access::totp_code(secret, now());
  EXPECT_EQ(try_log_in("security", code).status, 204);
  // The same code does not open twice.
  EXPECT_EQ(code_of(try_log_in("security", code)), "second-factor-wrong");
}

TEST_F(Bureau, FiveWrongPasswordsLockTheLoginForAWhileOrUntilItIsUnlocked) {
  set_up();
  const std::string clerk = make("clerk", {{Role::unit_clerk, unit("甲局")}});
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(try_log_in("clerk", "", "Wrong-password-1")), "login-failed");
  const Answer locked = try_log_in("clerk");
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(code_of(locked), "login-locked");
  EXPECT_EQ(send("POST", "/api/v1/accounts/" + clerk + "/unlock", boost::json::object(), cookie_of(security())).status, 204);
  EXPECT_EQ(try_log_in("clerk").status, 204);
  for (int i = 0; i < 5; ++i) try_log_in("clerk", "", "Wrong-password-1");
  EXPECT_EQ(code_of(try_log_in("clerk")), "login-locked");
  pass(15 * 60);
  EXPECT_EQ(try_log_in("clerk").status, 204);
  // A login that nobody has is refused in the same words, and locked like any other.
  for (int i = 0; i < 5; ++i) EXPECT_EQ(code_of(try_log_in("nobody")), "login-failed");
  EXPECT_EQ(code_of(try_log_in("nobody")), "login-locked");
}

TEST_F(Bureau, ASessionEndsWhenItIsIdleOrTooLongOrLoggedOut) {
  set_up();
  make("clerk", {{Role::unit_clerk, unit("甲局")}});
  const auto alive = [&](const std::string& cookie) { return get("/api/v1/submissions", cookie_of(cookie)).status == 200; };
  std::string cookie = log_in("clerk");
  EXPECT_TRUE(alive(cookie));
  pass(29 * 60);
  EXPECT_TRUE(alive(cookie));
  pass(29 * 60);
  EXPECT_TRUE(alive(cookie)) << "using it begins the half hour anew";
  pass(31 * 60);
  EXPECT_FALSE(alive(cookie));
  cookie = log_in("clerk");
  for (int i = 0; i < 25; ++i) {
    pass(29 * 60);
    alive(cookie);
  }
  EXPECT_FALSE(alive(cookie)) << "twelve hours at most";
  cookie = log_in("clerk");
  EXPECT_EQ(ask("DELETE", "/api/v1/session", {}, cookie_of(cookie)).status, 204);
  EXPECT_FALSE(alive(cookie));
}

TEST_F(Bureau, TheCookieIsOutOfReachOfScriptsAndOtherSites) {
  set_up();
  make("clerk", {{Role::unit_clerk, unit("甲局")}});
  const std::string plain = std::string(try_log_in("clerk").header("Set-Cookie"));
  for (const char* part : {"HttpOnly", "SameSite=Strict", "Path=/"}) EXPECT_NE(plain.find(part), std::string::npos) << plain;
  EXPECT_EQ(plain.find("Secure"), std::string::npos);
  const Answer behind_tls =
      send("POST", "/api/v1/session", boost::json::object{{"login", "clerk"}, {"password", password}}, {{"X-Forwarded-Proto", "https"}});
  const std::string secure(behind_tls.header("Set-Cookie"));
  EXPECT_NE(secure.find("Secure"), std::string::npos);
  EXPECT_TRUE(secure.starts_with("__Host-jiheng=")) << secure;
  EXPECT_EQ(get("/api/v1/submissions", {{"Cookie", secure.substr(0, secure.find(';'))}}).status, 200);
}

TEST_F(Bureau, ANewPasswordEndsTheOtherSessionsAndAResetEndsAll) {
  set_up();
  const std::string clerk = make("clerk", {{Role::unit_clerk, unit("甲局")}});
  const std::string here = log_in("clerk");
  const std::string elsewhere = log_in("clerk");
  EXPECT_EQ(expect_documented(get("/api/v1/me/sessions", cookie_of(here)), "mySessions").as_array().size(), 2U);
  const auto change = [&](const char* old, const char* fresh) {
    return send("PUT", "/api/v1/me/password", boost::json::object{{"old_password", old}, {"password", fresh}}, cookie_of(here));
  };
  EXPECT_EQ(code_of(change("Not-this-one-1", "Another-secret-2")), "password-wrong");
  for (const char* weak : {"short-1A", "alllowercaseletters", "Clerk-and-more-1", "Password123"})
    EXPECT_EQ(code_of(change(password, weak)), "weak-password") << weak;
  EXPECT_EQ(change(password, "Another-secret-2").status, 204);
  EXPECT_EQ(get("/api/v1/submissions", cookie_of(elsewhere)).status, 401);
  EXPECT_EQ(get("/api/v1/submissions", cookie_of(here)).status, 200);
  EXPECT_EQ(send("POST", "/api/v1/accounts/" + clerk + "/link", boost::json::object(), cookie_of(system())).status, 201);
  EXPECT_EQ(get("/api/v1/submissions", cookie_of(here)).status, 401);
  EXPECT_EQ(code_of(try_log_in("clerk")), "login-failed");
}

TEST_F(Bureau, ATokenThatMayOnlyLookChangesNothing) {
  set_up();
  make("clerk", {{Role::unit_clerk, unit("甲局")}});
  const std::string cookie = log_in("clerk");
  const auto token = expect_documented(
      send("POST", "/api/v1/me/tokens", boost::json::object{{"name", "夜间统计"}, {"days", 30}, {"read_only", true}}, cookie_of(cookie)),
      "newToken");
  const tests::Headers bearer{{"Authorization", "Bearer " + std::string(token.at("token").as_string())}};
  EXPECT_EQ(get("/api/v1/submissions", bearer).status, 200);
  EXPECT_EQ(code_of(upload({{"a.docx", "x"}}, bearer)), "forbidden");
  EXPECT_EQ(code_of(send("POST", "/api/v1/me/tokens", boost::json::object{{"name", "x"}, {"days", 1}}, bearer)), "forbidden");
  pass(31 * 24 * 3600);
  EXPECT_EQ(get("/api/v1/submissions", bearer).status, 401);
}

TEST_F(Bureau, TheThreeAdministratorsDoNotReachIntoEachOthersWorkNorIntoBusiness) {
  set_up();
  const std::string clerk = make("clerk", {{Role::unit_clerk, unit("甲局")}});
  const auto status = [&](std::string_view method, const std::string& target, const std::string& cookie) {
    return method == "GET" ? get(target, cookie_of(cookie)).status : send(method, target, boost::json::object(), cookie_of(cookie)).status;
  };
  EXPECT_EQ(status("GET", "/api/v1/submissions", system()), 403);
  EXPECT_EQ(status("GET", "/api/v1/submissions", security()), 403);
  EXPECT_EQ(status("GET", "/api/v1/submissions", auditor()), 403);
  EXPECT_EQ(status("GET", "/api/v1/journal", auditor()), 200);
  EXPECT_EQ(status("GET", "/api/v1/journal", system()), 403);
  EXPECT_EQ(status("POST", "/api/v1/accounts/" + clerk + "/link", security()), 403);
  EXPECT_EQ(status("POST", "/api/v1/accounts/" + clerk + "/unlock", system()), 403);
  EXPECT_EQ(status("POST", "/api/v1/accounts", auditor()), 403);
  // A link is as good as the account: none of them makes one for another of them.
  EXPECT_EQ(code_of(send("POST", "/api/v1/accounts/" + account_id("security") + "/link", boost::json::object(), cookie_of(system()))),
            "administrator-account");
  EXPECT_EQ(get("/api/v1/accounts", cookie_of(security())).status, 200) << "nothing of it was reset";
  // Nobody holds two of these posts, nor one beside a post of the bureau's.
  EXPECT_EQ(code_of(appoint(clerk, {{Role::system_admin, {}}, {Role::audit_admin, {}}})), "roles-clash");
  EXPECT_EQ(code_of(appoint(clerk, {{Role::system_admin, {}}, {Role::bureau_leader, {}}})), "roles-clash");
  EXPECT_EQ(code_of(appoint(account_id("security"), {{Role::bureau_leader, {}}})), "own-posts");
  EXPECT_EQ(code_of(appoint(account_id("system"), {})), "last-administrator");
}

/// The routes whose handler may be called without harm by whoever the gate lets in.
bool is_allowed(const Route& route, Role role) {
  if (route.need.kind != Need::Kind::permission) return true;
  return (access::permissions_of(role) & access::bit_of(route.need.permission)) != 0;
}

std::string address_of(std::string_view pattern) {
  std::string target(pattern);
  for (std::size_t at = target.find('{'); at != std::string::npos; at = target.find('{', at)) {
    const std::size_t end = target.find('}', at);
    const std::string name = target.substr(at, end - at + 1);
    target.replace(at, end - at + 1,
                   name == "{hash}"       ? std::string(64, '0')
                   : name == "{revision}" ? "1"
                                          : "01930000-0000-7000-8000-000000000000");
  }
  return target;
}

TEST_F(Bureau, EveryRouteIsOpenToExactlyThePostsThatItsPermissionNames) {
  set_up();
  std::map<Role, std::string> cookies{{Role::system_admin, system()}, {Role::security_admin, security()}, {Role::audit_admin, auditor()}};
  for (const Role role : access::all_roles()) {
    if (access::is_administrator(role)) continue;
    const std::string login = "r" + std::to_string(static_cast<int>(role)) + "x";
    make(login, {{role, access::is_of_a_section(role) ? section("预算股")
                        : access::is_of_a_unit(role)  ? unit("甲局")
                                                      : std::optional<std::string>()}});
    cookies[role] = log_in(login);
  }
  int asked = 0;
  for (const Route& route : server().router().routes()) {
    if (route.operation == "logOut" || route.operation == "setUp" || route.operation == "logIn" || route.operation == "choosePassword")
      continue;
    const std::string target = address_of(route.pattern);
    const auto call = [&](const tests::Headers& headers) {
      if (route.body == BodyKind::files) return upload_to(target, {}, headers, std::string(route.method));
      tests::Headers all = headers;
      all.emplace_back("If-Match", "\"1\"");
      if (route.body == BodyKind::json) return send(route.method, target, boost::json::object(), all);
      return ask(route.method, target, {}, all);
    };
    const Answer stranger = call({});
    EXPECT_EQ(stranger.status == 401, route.need.kind != Need::Kind::open) << route.operation << " " << stranger.status;
    const Answer forged = call({{"Cookie", "jiheng=" + std::string(64, 'a')}});
    EXPECT_EQ(forged.status == 401, route.need.kind != Need::Kind::open) << route.operation << " " << forged.status;
    for (const auto& [role, cookie] : cookies) {
      const Answer answer = call(cookie_of(cookie));
      const std::string who = std::string(route.operation) + " as " + std::string(access::role_code(role));
      EXPECT_LT(answer.status, 500) << who;
      if (route.need.kind == Need::Kind::visit) {
        EXPECT_EQ(answer.status, 401) << who << ": a visit is for who has a link";
        continue;
      }
      EXPECT_NE(answer.status, 401) << who;
      const bool refused = answer.status == 403 && code_of(answer) == "forbidden";
      EXPECT_EQ(refused, !is_allowed(route, role)) << who << " " << answer.status;
      ++asked;
    }
  }
  EXPECT_GT(asked, 400);
}

}  // namespace
}  // namespace jiheng::service
