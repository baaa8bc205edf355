#include "service/people_fixture.h"

#include "access/totp.h"

namespace jiheng::service::tests {

namespace json = boost::json;

json::object setup_body(const std::string& link) {
  return {{"link", link},
          {"bureau_code", "430212"},
          {"bureau", "渌口区财政局"},
          {"system_login", "system"},
          {"system_name", "系统员"},
          {"security_login", "security"},
          {"security_name", "安全员"},
          {"audit_login", "auditor"},
          {"audit_name", "审计员"}};
}

PeopleTest::PeopleTest(const std::string& database) : ApiTest(database) {
  // Monday, 2 March 2026, nine o'clock in Shanghai.
  set_clock(1772413200);
}

std::map<std::string, std::string> PeopleTest::first_start() {
  const Answer answer = send("POST", "/api/v1/setup", setup_body(*server().setup_link()));
  std::map<std::string, std::string> links;
  const json::value body = json::parse(answer.body);
  for (const auto& [name, link] : body.as_object()) links[std::string(name)] = std::string(link.as_string());
  return links;
}

void PeopleTest::choose_password(const std::string& link, const std::string& login) const {
  const Answer answer = send("POST", "/api/v1/links/password", json::object{{"link", link}, {"password", password}});
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(json::parse(answer.body).at("login").as_string(), login);
}

Answer PeopleTest::try_log_in(const std::string& login, const std::string& code, const std::string& with) const {
  return send("POST", "/api/v1/session", json::object{{"login", login}, {"password", with}, {"code", code}});
}

std::string PeopleTest::log_in(const std::string& login, const std::string& code) const {
  const Answer answer = try_log_in(login, code);
  EXPECT_EQ(answer.status, 204) << answer.body;
  const std::string cookie(answer.header("Set-Cookie"));
  const std::size_t from = cookie.find('=') + 1;
  return cookie.substr(from, cookie.find(';') - from);
}

std::string PeopleTest::bind_second_factor(const std::string& cookie) const {
  const Answer fresh = ask("POST", "/api/v1/me/second-factor", {}, cookie_of(cookie));
  const std::string secret(json::parse(fresh.body).at("secret").as_string());
  const Answer kept = send("PUT", "/api/v1/me/second-factor", json::object{{"secret", secret}, {"code", *access::totp_code(secret, now())}},
                           cookie_of(cookie));
  EXPECT_EQ(kept.status, 204) << kept.body;
  return secret;
}

void PeopleTest::set_up() {
  const auto links = first_start();
  const auto administrator = [&](const std::string& link, const std::string& login) {
    choose_password(links.at(link), login);
    std::string cookie = log_in(login);
    bind_second_factor(cookie);
    return cookie;
  };
  system_ = administrator("system_link", "system");
  security_ = administrator("security_link", "security");
  auditor_ = administrator("audit_link", "auditor");
  const json::object lines{{"lines",
                            {json::object{{"code", "201001"}, {"name", "甲局"}, {"aliases", "甲局机关"}, {"section", "预算股"}},
                             json::object{{"code", "201001001"}, {"name", "甲局下属中心"}, {"parent", "201001"}, {"section", "预算股"}},
                             json::object{{"code", "202001"}, {"name", "乙局"}, {"section", "预算股"}}}}};
  const Answer taken = send("POST", "/api/v1/units/lines", lines, cookie_of(system_));
  EXPECT_EQ(taken.status, 200) << taken.body;
  const json::value units = json::parse(get("/api/v1/units", cookie_of(system_)).body);
  for (const json::value& each : units.as_array())
    units_[std::string(each.at("name").as_string())] = std::string(each.at("id").as_string());
}

std::string PeopleTest::make(const std::string& login, const std::vector<Wanted>& posts) {
  const Answer made = send("POST", "/api/v1/accounts", json::object{{"login", login}, {"name", login + "同志"}}, cookie_of(system_));
  EXPECT_EQ(made.status, 201) << made.body;
  const json::value body = json::parse(made.body);
  const std::string id(body.at("account").at("id").as_string());
  choose_password(std::string(body.at("link").as_string()), login);
  EXPECT_EQ(appoint(id, posts).status, 200);
  return id;
}

Answer PeopleTest::appoint(const std::string& account, const std::vector<Wanted>& posts) const {
  json::array list;
  for (const Wanted& each : posts) {
    json::object post{{"role", access::role_code(each.role)}};
    if (each.unit) post["unit"] = *each.unit;
    list.emplace_back(std::move(post));
  }
  std::int64_t revision = 0;
  const json::value accounts = json::parse(get("/api/v1/accounts", cookie_of(security_)).body);
  for (const json::value& each : accounts.as_array()) {
    if (each.at("id").as_string() == account) revision = each.at("revision").as_int64();
  }
  Headers headers = cookie_of(security_);
  headers.emplace_back("If-Match", "\"" + std::to_string(revision) + "\"");
  return send("PUT", "/api/v1/accounts/" + account + "/posts", json::object{{"posts", std::move(list)}}, headers);
}

std::string PeopleTest::account_id(const std::string& login) const {
  const json::value accounts = json::parse(get("/api/v1/accounts", cookie_of(security_)).body);
  for (const json::value& each : accounts.as_array()) {
    if (each.at("login").as_string() == login) return std::string(each.at("id").as_string());
  }
  ADD_FAILURE() << "no account " << login;
  return {};
}

}  // namespace jiheng::service::tests
