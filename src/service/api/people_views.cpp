#include "service/api/people_views.h"

#include "base/json_writer.h"

namespace jiheng::service {
namespace {

template <class Item, class Write>
std::string list_json(const std::vector<Item>& items, const Write& write) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const Item& each : items) write(out, each);
  out.end_array();
  return text;
}

void write_texts(JsonWriter& out, const std::vector<std::string>& texts) {
  out.begin_array();
  for (const std::string& each : texts) out.string(each);
  out.end_array();
}

void write_account(JsonWriter& out, const access::Account& account) {
  out.begin_object().field("id", account.id).key("revision").integer(account.revision);
  out.field("login", account.login).field("name", account.name).field("phone", account.phone);
  out.key("active").boolean(account.active).key("has_password").boolean(account.password.has_value());
  out.key("has_second_factor").boolean(account.totp.has_value()).field("made_at", account.made_at).key("posts").begin_array();
  for (const access::Appointment& post : account.posts) {
    out.begin_object().field("role", access::role_code(post.role)).field("unit", post.unit);
    out.field("from", post.from).field("to", post.to).end_object();
  }
  out.end_array().end_object();
}

void write_unit(JsonWriter& out, const access::Unit& unit) {
  out.begin_object().field("id", unit.id).key("revision").integer(unit.revision);
  out.field("code", unit.code).field("name", unit.name).field("kind", access::unit_kind_code(unit.kind));
  write_texts(out.key("aliases"), unit.aliases);
  write_texts(out.key("former_names"), unit.former_names);
  out.field("parent", unit.parent).field("section", unit.section);
  out.key("classified").boolean(unit.classified).key("active").boolean(unit.active).end_object();
}

}  // namespace

std::string me_json(const Caller& caller, bool accounts_exist, bool sends_mail) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("mode", accounts_exist ? "accounts" : "machine").key("known").boolean(caller.who.is_known());
  out.field("id", caller.who.id()).field("login", caller.who.login()).field("name", caller.who.name());
  out.key("wants_second_factor").boolean(caller.wants_second_factor);
  out.key("has_second_factor").boolean(caller.account && caller.account->totp);
  out.key("sends_mail").boolean(sends_mail).field("mail", caller.account ? caller.account->mail : Text());
  out.key("permissions").begin_array();
  const access::PermissionSet set = caller.wants_second_factor ? 0 : caller.who.permissions();
  for (int i = 0; i < access::permission_count; ++i) {
    const auto permission = static_cast<access::Permission>(i);
    if ((set & access::bit_of(permission)) != 0) out.string(access::permission_code(permission));
  }
  out.end_array().key("posts").begin_array();
  for (const access::Post& post : caller.who.posts()) {
    out.begin_object().field("role", access::role_code(post.role)).field("role_name", access::role_name(post.role));
    write_texts(out.key("units"), post.reach.units);
    out.key("all_units").boolean(post.reach.all);
    out.field("for_name", post.for_account.empty() ? Text() : Text(post.for_name)).end_object();
  }
  out.end_array().end_object();
  return text;
}

std::string sessions_json(const std::vector<access::Session>& sessions, std::string_view present) {
  return list_json(sessions, [&](JsonWriter& out, const access::Session& each) {
    out.begin_object().field("id", each.id).field("kind", each.kind).field("name", each.name).field("address", each.address);
    out.field("made_at", registry::utc_text(each.made_at)).field("seen_at", registry::utc_text(each.seen_at));
    out.field("expires_at", registry::utc_text(each.expires_at)).key("read_only").boolean(each.read_only);
    out.key("present").boolean(each.id == present).end_object();
  });
}

std::string logins_json(const std::vector<access::LoginEvent>& events) {
  return list_json(events, [](JsonWriter& out, const access::LoginEvent& each) {
    out.begin_object().field("id", each.id).field("at", registry::utc_text(each.at)).key("login");
    each.login.empty() ? out.null() : out.string(each.login);
    out.field("outcome", each.outcome).field("address", each.address).field("agent", each.agent).end_object();
  });
}

std::string delegations_json(const std::vector<access::Delegation>& delegations) {
  return list_json(delegations, [](JsonWriter& out, const access::Delegation& each) {
    out.begin_object().field("id", each.id).field("from_account", each.from_account).field("to_account", each.to_account);
    out.field("role", access::role_code(each.role)).field("from_day", each.from_day).field("to_day", each.to_day);
    out.key("active").boolean(each.active).end_object();
  });
}

std::string colleagues_json(const std::vector<access::Account>& accounts) {
  return list_json(accounts, [](JsonWriter& out, const access::Account& each) {
    out.begin_object().field("id", each.id).field("name", each.name).end_object();
  });
}

std::string account_json(const access::Account& account) {
  std::string text;
  JsonWriter out(text);
  write_account(out, account);
  return text;
}

std::string accounts_json(const std::vector<access::Account>& accounts) {
  return list_json(accounts, write_account);
}

std::string unit_json(const access::Unit& unit) {
  std::string text;
  JsonWriter out(text);
  write_unit(out, unit);
  return text;
}

std::string units_json(const std::vector<access::Unit>& units) {
  return list_json(units, write_unit);
}

std::string likely_units_json(const std::vector<access::LikelyUnit>& units) {
  return list_json(units, [](JsonWriter& out, const access::LikelyUnit& each) {
    out.begin_object().field("id", each.id).field("name", each.name).key("percent").integer(each.percent).end_object();
  });
}

}  // namespace jiheng::service
