// What a mail says of a notice. A mail goes through other people's machines: it names the unit and the year, nothing of the tables.
#pragma once

#include <string>

#include "desks/performance/notices.h"

namespace jiheng::service {

struct MailWords {
  std::string subject;
  std::string words;
};

MailWords mail_words(const desks::Notice& notice, const std::string& name, const std::string& bureau);
/// To the address that is no longer his.
MailWords address_changed_words(const std::string& name, const std::string& bureau);

}  // namespace jiheng::service
