// A bureau with accounts: its administrators set up, people made by them as they are made in life.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/accounts.h"
#include "service/api_fixture.h"

namespace jiheng::service::tests {

boost::json::object setup_body(const std::string& link);

class PeopleTest : public ApiTest {
 protected:
  static constexpr const char* password = "Correct-horse-7";
  struct Wanted {
    access::Role role;
    std::optional<std::string> unit;
  };

  explicit PeopleTest(const std::string& database = {});

  /// Makes the administrators; their links by the names of the API.
  std::map<std::string, std::string> first_start();
  /// The same, with passwords and second factors, and the units 甲局 (with 甲局下属中心 below it) and 乙局, all in the charge of 预算股.
  void set_up();
  std::string unit(const std::string& name) const { return units_.at(name); }
  std::string section(const std::string& name) const { return units_.at(name); }
  const std::string& system() const { return system_; }
  const std::string& security() const { return security_; }
  const std::string& auditor() const { return auditor_; }

  /// A person with these posts and the usual password; the account's id.
  std::string make(const std::string& login, const std::vector<Wanted>& posts);
  Answer appoint(const std::string& account, const std::vector<Wanted>& posts) const;
  std::string account_id(const std::string& login) const;

  void choose_password(const std::string& link, const std::string& login) const;
  Answer try_log_in(const std::string& login, const std::string& code = {}, const std::string& with = password) const;
  /// The cookie's secret.
  std::string log_in(const std::string& login, const std::string& code = {}) const;
  std::string bind_second_factor(const std::string& cookie) const;
  static Headers cookie_of(const std::string& secret) { return {{"Cookie", "theme=dark; jiheng=" + secret}}; }

 private:
  std::map<std::string, std::string> units_;
  std::string system_;
  std::string security_;
  std::string auditor_;
};

}  // namespace jiheng::service::tests
