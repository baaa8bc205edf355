#include <boost/json.hpp>

#include "base/json_writer.h"
#include "desks/people/people.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

[[noreturn]] void damaged(std::string detail) {
  throw store::Failure("db-damaged", "数据库里单位或人员的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", std::move(detail));
}

/// Fields of one record, by name.
class Fields {
 public:
  explicit Fields(const json::value& value) : object_(value.is_object() ? value.get_object() : none()) {
    if (!value.is_object()) damaged("not an object");
  }

  Text optional(std::string_view name) const {
    const json::value* value = object_.if_contains(name);
    return value != nullptr && value->is_string() ? Text(std::string(value->get_string())) : std::nullopt;
  }
  std::string text(std::string_view name) const {
    auto found = optional(name);
    if (!found) damaged("no text " + std::string(name));
    return std::move(*found);
  }
  bool flag(std::string_view name) const {
    const json::value* value = object_.if_contains(name);
    if (value == nullptr || !value->is_bool()) damaged("no flag " + std::string(name));
    return value->get_bool();
  }
  const json::array& list(std::string_view name) const {
    const json::value* value = object_.if_contains(name);
    if (value == nullptr || !value->is_array()) damaged("no list " + std::string(name));
    return value->get_array();
  }
  std::vector<std::string> texts(std::string_view name) const {
    std::vector<std::string> found;
    for (const json::value& each : list(name)) {
      if (!each.is_string()) damaged("no text in " + std::string(name));
      found.emplace_back(each.get_string());
    }
    return found;
  }

 private:
  static const json::object& none() {
    static const json::object empty;
    return empty;
  }
  const json::object& object_;
};

json::value parsed(const registry::Record& record) {
  boost::system::error_code failed;
  json::value value = json::parse(record.body, failed);
  if (failed) damaged(failed.message());
  return value;
}

access::Role role_of(const Fields& fields) {
  const auto role = access::role_from_code(fields.text("role"));
  if (!role) damaged("unknown role " + fields.text("role"));
  return *role;
}

void write_texts(JsonWriter& out, const std::vector<std::string>& texts) {
  out.begin_array();
  for (const std::string& each : texts) out.string(each);
  out.end_array();
}

}  // namespace

std::string body_of(const access::Unit& unit) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("code", unit.code).field("name", unit.name).field("kind", access::unit_kind_code(unit.kind));
  write_texts(out.key("aliases"), unit.aliases);
  write_texts(out.key("former_names"), unit.former_names);
  out.field("parent", unit.parent).field("section", unit.section);
  out.key("classified").boolean(unit.classified).key("active").boolean(unit.active).end_object();
  return text;
}

std::string body_of(const access::Account& account) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("login", account.login).field("name", account.name).field("phone", account.phone);
  out.key("active").boolean(account.active).key("posts").begin_array();
  for (const access::Appointment& post : account.posts) {
    out.begin_object().field("role", access::role_code(post.role)).field("unit", post.unit);
    out.field("from", post.from).field("to", post.to).end_object();
  }
  out.end_array().field("password", account.password).field("totp", account.totp).field("made_at", account.made_at);
  // Those who have none keep the body that they had.
  if (account.mail) out.field("mail", account.mail).field("mail_since", account.mail_since);
  out.end_object();
  return text;
}

std::string body_of(const access::Delegation& delegation) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("from_account", delegation.from_account).field("to_account", delegation.to_account);
  out.field("role", access::role_code(delegation.role)).field("from_day", delegation.from_day).field("to_day", delegation.to_day);
  out.key("active").boolean(delegation.active).end_object();
  return text;
}

access::Unit unit_from(const registry::Record& record) {
  const json::value value = parsed(record);
  const Fields fields(value);
  access::Unit unit;
  unit.id = record.id;
  unit.revision = record.revision;
  unit.code = fields.text("code");
  unit.name = fields.text("name");
  unit.kind = access::unit_kind_from_code(fields.text("kind")).value_or(access::Unit::Kind::unit);
  unit.aliases = fields.texts("aliases");
  unit.former_names = fields.texts("former_names");
  unit.parent = fields.optional("parent");
  unit.section = fields.optional("section");
  unit.classified = fields.flag("classified");
  unit.active = fields.flag("active");
  return unit;
}

access::Account account_from(const registry::Record& record) {
  const json::value value = parsed(record);
  const Fields fields(value);
  access::Account account;
  account.id = record.id;
  account.revision = record.revision;
  account.login = fields.text("login");
  account.name = fields.text("name");
  account.phone = fields.optional("phone");
  account.active = fields.flag("active");
  for (const json::value& each : fields.list("posts")) {
    const Fields post(each);
    account.posts.push_back({role_of(post), post.optional("unit"), post.optional("from"), post.optional("to")});
  }
  account.password = fields.optional("password");
  account.totp = fields.optional("totp");
  account.made_at = fields.text("made_at");
  account.mail = fields.optional("mail");
  account.mail_since = fields.optional("mail_since");
  return account;
}

access::Delegation delegation_from(const registry::Record& record) {
  const json::value value = parsed(record);
  const Fields fields(value);
  return {record.id,       record.revision,         fields.text("from_account"), fields.text("to_account"),
          role_of(fields), fields.text("from_day"), fields.text("to_day"),       fields.flag("active")};
}

}  // namespace jiheng::desks
