#include "service/mail/postman.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>

#include "access/day.h"
#include "access/units.h"
#include "desks/performance/notices.h"
#include "desks/performance/publication.h"
#include "service/mail/message.h"
#include "service/mail/words.h"

namespace jiheng::service {
namespace {

constexpr int sent_at_a_time = 50;

/// Older news are told in the program alone: a machine that was off for a month, or that learns of a mail server, does not pour them out.
constexpr std::int64_t longest_late_seconds = std::int64_t{7} * 24 * 3600;

/// What was before he gave the address is not sent; what is true today (a window nearly over) has no moment, only a day.
bool is_new(const desks::Notice& notice, const access::Account& account, const std::string& since) {
  return notice.at.size() <= 10 || (notice.at >= account.mail_since.value_or("") && notice.at >= since);
}

/// What tells a former address that it is one; it goes there, wherever his notices go now.
constexpr std::string_view to_former = "former-";

/// Where a mail that waited is to go by now: its owner may have given another address or none, or be here no longer.
std::optional<std::string> present_address(store::Connection& connection, const std::string& tenant, const Mail& mail) {
  if (mail.notice.starts_with(to_former)) return mail.address;
  const auto account = access::find_account(connection, tenant, mail.account);
  return account && account->active ? account->mail : std::nullopt;
}

void forget_mail(store::Connection& connection, const std::string& tenant, const Mail& mail) {
  connection.run("DELETE FROM mails WHERE tenant_id = ? AND id = ?", {tenant, mail.id});
}

/// That it went there. What could not be brought there before is settled by it.
void note_address(store::Connection& connection, const std::string& tenant, const Mail& mail, const std::string& address) {
  connection.run("DELETE FROM mails WHERE tenant_id = ? AND account = ? AND notice = ? AND address = ?",
                 {tenant, mail.account, mail.notice, address});
  connection.run("UPDATE mails SET address = ? WHERE tenant_id = ? AND id = ?", {address, tenant, mail.id});
}

/// A classified unit is not named on other people's machines.
std::set<std::string> classified_names(store::Connection& connection, const std::string& tenant) {
  std::set<std::string> names;
  for (const access::Unit& each : access::list_units(connection, tenant)) {
    if (each.classified) names.insert(each.name);
  }
  return names;
}

}  // namespace

Postman::Postman(registry::Registry& registry, const desks::Years& years, MailOptions options)
    : registry_(registry), years_(years), options_(std::move(options)) {
  if (options_.server.is_set()) thread_ = std::thread([this] { work(); });
}

Postman::~Postman() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Postman::work() {
  while (!stop_) {
    try {
      look_for_notices();
      deliver();
    } catch (const store::Failure& broken) {
      // The database is busy or away: the next round finds what this one left.
      spdlog::warn("mail: {} {}", broken.code(), broken.what());
    } catch (const std::exception& broken) {
      // Whatever it is, it is no reason to take the server down.
      spdlog::error("mail: {}", broken.what());
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, std::chrono::milliseconds(options_.look_around_ms), [this] { return stop_.load(); });
  }
}

void Postman::look_for_notices() {
  const std::string now = std::to_string(registry_.head().first) + " " + access::local_day(registry_.now());
  if (now == looked_at_) return;
  if (began_.empty()) {
    auto writing = registry_.store().write();
    began_ = mails_since(*writing, registry_.tenant(), registry_.now_text());
    writing.commit();
  }
  std::vector<access::Account> accounts;
  std::string bureau;
  {
    auto reading = registry_.store().read();
    // What finds no room is looked for again once there is some.
    if (count_mails(*reading, registry_.tenant()).waiting >= most_waiting_mails) return;
    accounts = access::list_accounts(*reading, registry_.tenant());
    bureau = desks::bureau_name(*reading, registry_.tenant());
  }
  const std::string since = std::max(began_, registry::utc_text(registry_.now() - longest_late_seconds));
  for (const access::Account& account : accounts) {
    if (stop_) return;
    if (account.active && account.mail) take_notices(account, bureau, since);
  }
  looked_at_ = now;
}

void Postman::take_notices(const access::Account& account, const std::string& bureau, const std::string& since) {
  access::Principal who;
  std::set<std::string> classified;
  {
    auto reading = registry_.store().read();
    who = access::principal_of(*reading, registry_.tenant(), account, access::local_day(registry_.now()));
    classified = classified_names(*reading, registry_.tenant());
  }
  std::vector<Mail> fresh;
  for (desks::Notice& notice : desks::notices_of(registry_, years_, who)) {
    if (notice.read || !is_new(notice, account, since)) continue;
    if (classified.contains(notice.unit_name)) notice.unit_name = "本单位";
    auto [subject, words] = mail_words(notice, account.name, bureau);
    Mail mail;
    mail.account = account.id;
    mail.notice = notice.id;
    mail.kind = desks::notice_kind_code(notice.kind);
    mail.address = *account.mail;
    mail.subject = std::move(subject);
    mail.words = std::move(words);
    mail.made_at = registry_.now();
    fresh.push_back(std::move(mail));
  }
  if (fresh.empty()) return;
  auto writing = registry_.store().write();
  for (Mail& mail : fresh) put_mail(*writing, registry_.tenant(), std::move(mail));
  writing.commit();
}

MailState Postman::state(int limit) const {
  MailState state;
  auto reading = registry_.store().read();
  state.counts = count_mails(*reading, registry_.tenant());
  state.newest = list_mails(*reading, registry_.tenant(), limit);
  for (const access::Account& each : access::list_accounts(*reading, registry_.tenant())) state.names[each.id] = each.name;
  return state;
}

void Postman::tell_former(const access::Account& account, const std::string& address) {
  if (!options_.server.is_set()) return;
  auto writing = registry_.store().write();
  auto [subject, words] = address_changed_words(account.name, desks::bureau_name(*writing, registry_.tenant()));
  Mail mail;
  mail.account = account.id;
  mail.notice = std::string(to_former) + std::to_string(registry_.now()) + "-" + std::to_string(account.revision);
  mail.kind = "mail";
  mail.address = address;
  mail.subject = std::move(subject);
  mail.words = std::move(words);
  mail.made_at = registry_.now();
  // Nobody looks for it again.
  if (!put_mail(*writing, registry_.tenant(), std::move(mail), Urgency::once))
    spdlog::warn("mail: no room for the letter to a former address of account {}", account.login);
  writing.commit();
}

/// Stopped in the middle: it need not wait until the claim runs out.
void Postman::give_back(const Mail& mail) {
  auto writing = registry_.store().write();
  release_mail(*writing, registry_.tenant(), mail);
  writing.commit();
}

void Postman::deliver() {
  std::vector<Mail> due;
  {
    auto reading = registry_.store().read();
    due = due_mails(*reading, registry_.tenant(), registry_.now(), sent_at_a_time);
  }
  for (const Mail& mail : due) {
    if (stop_) return;
    const auto address = present_address(*registry_.store().read(), registry_.tenant(), mail);
    if (!address) {
      auto writing = registry_.store().write();
      forget_mail(*writing, registry_.tenant(), mail);
      writing.commit();
      continue;
    }
    {
      auto writing = registry_.store().write();
      if (!claim_mail(*writing, registry_.tenant(), mail, registry_.now())) continue;
      writing.commit();
    }
    const std::string message = mail_message({options_.server.from, *address, mail.subject, mail.words, mail.id, mail.made_at});
    const auto sent = send_mail(options_.server, *address, message, stop_);
    if (stop_ && !sent) return give_back(mail);
    auto writing = registry_.store().write();
    if (sent) {
      mark_sent(*writing, registry_.tenant(), mail.id);
      if (*address != mail.address) note_address(*writing, registry_.tenant(), mail, *address);
    } else {
      mark_failed(*writing, registry_.tenant(), mail, sent.error().message, registry_.now());
    }
    writing.commit();
  }
  if (due.empty()) return;
  auto writing = registry_.store().write();
  forget_old_mails(*writing, registry_.tenant(), registry_.now());
  writing.commit();
}

}  // namespace jiheng::service
