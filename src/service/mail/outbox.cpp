#include "service/mail/outbox.h"

#include <iterator>

#include "registry/registry.h"

namespace jiheng::service {
namespace {

constexpr std::int64_t kept_seconds = std::int64_t{90} * 24 * 3600;
constexpr std::int64_t waits[] = {60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600};  ///< before the second attempt and those after it

constexpr std::int64_t claim_seconds = 5 * 60;  ///< longer than sending takes at most

constexpr std::string_view count_waiting = "SELECT COUNT(*) FROM mails WHERE tenant_id = ? AND state = 'waiting'";
constexpr std::string_view insert_mail =
    "INSERT INTO mails (tenant_id, id, account, notice, kind, address, subject, words, state, attempts, made_at, next_at, trouble) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?, NULL) ON CONFLICT (tenant_id, account, notice, address) DO NOTHING";
constexpr std::string_view select_due =
    "SELECT id, account, notice, kind, address, subject, words, state, attempts, made_at, next_at, trouble FROM mails "
    "WHERE tenant_id = ? AND state = 'waiting' AND next_at <= ? ORDER BY next_at, id LIMIT ?";
constexpr std::string_view select_newest =
    "SELECT id, account, notice, kind, address, '', '', state, attempts, made_at, next_at, trouble FROM mails WHERE tenant_id = ? ORDER BY "
    "made_at DESC, id DESC LIMIT ?";

Mail mail_of(const store::Row& row) {
  return {row.string(0), row.string(1), row.string(2), row.string(3),  row.string(4),   row.string(5),
          row.string(6), row.string(7), row.small(8),  row.integer(9), row.integer(10), row.optional_text(11)};
}

}  // namespace

bool put_mail(store::Connection& connection, const std::string& tenant, Mail mail, Urgency urgency) {
  int waiting = 0;
  connection.query(count_waiting, {tenant}, [&](const store::Row& row) { waiting = row.small(0); });
  if (waiting >= (urgency == Urgency::once ? most_waiting_letters : most_waiting_mails)) return false;
  // Whoever gives another address is not told again there of what he was told before; only what could not be brought is.
  bool told = false;
  connection.query("SELECT 1 FROM mails WHERE tenant_id = ? AND account = ? AND notice = ? AND state <> 'failed'",
                   {tenant, mail.account, mail.notice}, [&](const store::Row&) { told = true; });
  if (told) return false;
  mail.id = registry::new_id();
  return connection.run(insert_mail, {tenant, mail.id, mail.account, mail.notice, mail.kind, mail.address, mail.subject, mail.words,
                                      mail.made_at, mail.made_at}) > 0;
}

std::vector<Mail> due_mails(store::Connection& connection, const std::string& tenant, std::int64_t now, int limit) {
  std::vector<Mail> found;
  connection.query(select_due, {tenant, now, limit}, [&](const store::Row& row) { found.push_back(mail_of(row)); });
  return found;
}

bool claim_mail(store::Connection& connection, const std::string& tenant, const Mail& mail, std::int64_t now) {
  return connection.run(
             "UPDATE mails SET next_at = ? WHERE tenant_id = ? AND id = ? AND state = 'waiting' AND attempts = ? AND next_at = ?",
             {now + claim_seconds, tenant, mail.id, mail.attempts, mail.next_at}) == 1;
}

void release_mail(store::Connection& connection, const std::string& tenant, const Mail& mail) {
  connection.run("UPDATE mails SET next_at = ? WHERE tenant_id = ? AND id = ? AND state = 'waiting'", {mail.next_at, tenant, mail.id});
}

std::string mails_since(store::Connection& connection, const std::string& tenant, const std::string& now) {
  connection.run("INSERT INTO mail_beginnings (tenant_id, since) VALUES (?, ?) ON CONFLICT (tenant_id) DO NOTHING", {tenant, now});
  std::string since;
  connection.query("SELECT since FROM mail_beginnings WHERE tenant_id = ?", {tenant},
                   [&](const store::Row& row) { since = row.string(0); });
  return since;
}

void mark_sent(store::Connection& connection, const std::string& tenant, std::string_view id) {
  // Its words have served.
  connection.run("UPDATE mails SET state = 'sent', attempts = attempts + 1, trouble = NULL, words = '' WHERE tenant_id = ? AND id = ?",
                 {tenant, id});
}

void mark_failed(store::Connection& connection, const std::string& tenant, const Mail& mail, std::string_view trouble, std::int64_t now) {
  const bool last = mail.attempts >= static_cast<int>(std::size(waits));
  const std::int64_t next = last ? now : now + waits[mail.attempts];
  connection.run("UPDATE mails SET state = ?, attempts = attempts + 1, next_at = ?, trouble = ? WHERE tenant_id = ? AND id = ?",
                 {last ? "failed" : "waiting", next, trouble, tenant, mail.id});
}

void forget_old_mails(store::Connection& connection, const std::string& tenant, std::int64_t now) {
  connection.run("DELETE FROM mails WHERE tenant_id = ? AND state <> 'waiting' AND made_at < ?", {tenant, now - kept_seconds});
}

std::vector<Mail> list_mails(store::Connection& connection, const std::string& tenant, int limit) {
  std::vector<Mail> found;
  connection.query(select_newest, {tenant, limit}, [&](const store::Row& row) { found.push_back(mail_of(row)); });
  return found;
}

MailCounts count_mails(store::Connection& connection, const std::string& tenant) {
  MailCounts counts;
  connection.query("SELECT state, COUNT(*) FROM mails WHERE tenant_id = ? GROUP BY state", {tenant}, [&](const store::Row& row) {
    const std::string_view state = row.text(0);
    (state == "sent" ? counts.sent : state == "failed" ? counts.failed : counts.waiting) = row.small(1);
  });
  return counts;
}

}  // namespace jiheng::service
