// Monitoring and self-evaluation as JSON.
#pragma once

#include <string>

#include "desks/follow_up/alarms.h"
#include "desks/follow_up/follow_ups.h"
#include "writing/list.h"

namespace jiheng::service {

std::string rounds_json(const std::vector<desks::Round>& rounds);
std::string round_json(const desks::Round& round);
std::string follow_up_page_json(const desks::FollowUpPage& page, const std::optional<desks::Round>& round);
std::string follow_up_json(const desks::FollowUp& form);
std::string alarm_page_json(const desks::AlarmPage& page);
std::string alarm_json(const desks::Alarm& alarm);

writing::List follow_up_list(const desks::FollowUpPage& page, desks::FollowUpKind kind);
writing::List alarm_list(const desks::AlarmPage& page);

}  // namespace jiheng::service
