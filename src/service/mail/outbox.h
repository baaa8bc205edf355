// What is to be sent by mail, what was and what could not: a bounded queue in the database. No business records.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "goals/goal_table.h"
#include "store/connection.h"

namespace jiheng::service {

struct Mail {
  std::string id;
  std::string account;
  std::string notice;  ///< each is brought once, whatever the address
  std::string kind;    ///< desks::notice_kind_code()
  std::string address;
  std::string subject;
  std::string words;
  std::string state = "waiting";  ///< waiting, sent, failed
  int attempts = 0;
  std::int64_t made_at = 0;
  std::int64_t next_at = 0;
  Text trouble;
};

/// So many may wait at once; what finds no room is offered again later.
inline constexpr int most_waiting_mails = 2000;
/// Of letters that nobody offers again (see Urgency) so many more.
inline constexpr int most_waiting_letters = 4000;

/// once: what is made at the moment and will not be looked for again.
enum class Urgency { offered_again, once };

struct MailCounts {
  int waiting = 0;
  int sent = 0;
  int failed = 0;
};

// All in the caller's transaction.
/// false: it is there already, or there is no room.
bool put_mail(store::Connection& connection, const std::string& tenant, Mail mail, Urgency urgency = Urgency::offered_again);
/// Those whose time has come, the oldest first.
std::vector<Mail> due_mails(store::Connection& connection, const std::string& tenant, std::int64_t now, int limit);
/// Takes it for a while, so that no other process of the bureau sends it, too; false where one has. Whoever dies over it leaves it waiting.
bool claim_mail(store::Connection& connection, const std::string& tenant, const Mail& mail, std::int64_t now);
void release_mail(store::Connection& connection, const std::string& tenant, const Mail& mail);
/// What was before that moment is sent by nobody: mails begin when the first process that can send them does, and anew in a restored
/// database. UTC.
std::string mails_since(store::Connection& connection, const std::string& tenant, const std::string& now);
void mark_sent(store::Connection& connection, const std::string& tenant, std::string_view id);
/// To be tried again later, or given up after the last attempt.
void mark_failed(store::Connection& connection, const std::string& tenant, const Mail& mail, std::string_view trouble, std::int64_t now);
/// What was settled more than 90 days ago goes.
void forget_old_mails(store::Connection& connection, const std::string& tenant, std::int64_t now);
/// The newest first, without subject and words: what it was about is not the administrator's to read.
std::vector<Mail> list_mails(store::Connection& connection, const std::string& tenant, int limit);
MailCounts count_mails(store::Connection& connection, const std::string& tenant);

}  // namespace jiheng::service
