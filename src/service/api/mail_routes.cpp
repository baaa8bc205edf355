// Where one's notices go as mails, and for the system administrator what was sent and what was not.
#include "base/json_writer.h"
#include "base/text.h"
#include "service/api/api.h"
#include "service/api/bodies.h"
#include "service/http/problem.h"

namespace jiheng::service {
namespace {

Response put_mail(const Api& api, const Request& request) {
  const Caller& caller = *request.caller;
  if (!caller.account || caller.who.is_read_only()) return refused(problem("forbidden"), request);
  const auto body = TextFields::of(request.body);
  if (!body) return refused(body.error(), request);
  const auto mail = body->given("mail");
  if (!mail) return refused(mail.error(), request);
  const auto before = api.people.keep_mail(*caller.account, mail->value_or(""));
  if (!before) return refused(before.error(), request);
  if (*before && **before != trim(mail->value_or(""))) api.postman.tell_former(*caller.account, **before);
  return nothing_response();
}

/// What a mail was about is told by its kind alone: the administrator does not read the bureau's business.
Response mails(const Api& api, const Request& request) {
  const auto limit = whole_number(request, "limit", 50, 1, 500);
  if (!limit) return refused(limit.error(), request);
  const MailState state = api.postman.state(*limit);
  const SmtpServer& server = api.postman.server();
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("enabled").boolean(server.is_set());
  out.field("server", server.is_set() ? Text(server.url) : Text()).field("from", server.is_set() ? Text(server.from) : Text());
  out.key("waiting").integer(state.counts.waiting).key("sent").integer(state.counts.sent).key("failed").integer(state.counts.failed);
  out.key("items").begin_array();
  for (const Mail& mail : state.newest) {
    const auto name = state.names.find(mail.account);
    out.begin_object().field("id", mail.id).field("name", name == state.names.end() ? std::string() : name->second);
    out.field("address", mail.address).field("kind", mail.kind).field("state", mail.state).key("attempts").integer(mail.attempts);
    out.field("at", registry::utc_text(mail.made_at));
    out.field("next_at", mail.state == "waiting" && mail.attempts > 0 ? Text(registry::utc_text(mail.next_at)) : Text());
    out.field("trouble", mail.trouble).end_object();
  }
  out.end_array().end_object();
  return json_response(std::move(text));
}

}  // namespace

void add_mail_routes(Router& router, const Api& api) {
  using enum BodyKind;
  router.add({"PUT", "/api/v1/me/mail", "putMail", json, Need::known(), [api](Request& request) { return put_mail(api, request); }});
  router.add({"GET", "/api/v1/mails", "listMails", none, access::Permission::manage_accounts,
              [api](Request& request) { return mails(api, request); }});
}

}  // namespace jiheng::service
