#include "base/work_calendar.h"

#include <boost/json.hpp>
#include <stdexcept>

#include "base/hash.h"

namespace jiheng::embedded {
/// The files of policies/holidays/, compiled in.
std::span<const File> holidays();
}  // namespace jiheng::embedded

namespace jiheng {
namespace {

namespace json = boost::json;

// Earlier December days than the 29th have never stood in a New Year's notice; a make-up Saturday before it may be the 26th.
constexpr int first_unsettled_december_day = 26;

const json::value* member(const json::value& value, std::string_view name) {
  const json::object* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

}  // namespace

Result<WorkCalendar> WorkCalendar::of_files(std::span<const embedded::File> files) {
  WorkCalendar calendar;
  for (const embedded::File& file : files) {
    const auto fault = [&](const char* what) {
      return Error{"calendar-shape", std::string("节假日文件") + what + "。", {std::string(file.name)}};
    };
    json::error_code failed;
    const json::value value = json::parse({file.bytes.data(), file.bytes.size()}, failed);
    if (failed) return fault("不是合格的 JSON");
    const json::value* year = member(value, "year");
    const json::value* papers = member(value, "papers");
    const json::value* days = member(value, "days");
    if (year == nullptr || !year->is_int64() || papers == nullptr || !papers->is_array() || days == nullptr || !days->is_array())
      return fault("应有 year、papers 和 days");
    if (!papers->get_array().empty()) calendar.announced_.insert(static_cast<int>(year->get_int64()));
    for (const json::value& day : days->get_array()) {
      const json::value* name = member(day, "name");
      const json::value* date = member(day, "date");
      const json::value* off = member(day, "isOffDay");
      if (name == nullptr || !name->is_string() || date == nullptr || !date->is_string() || off == nullptr || !off->is_bool())
        return fault("里有一天缺 name、date 或 isOffDay");
      const auto parsed = Date::parse(std::string_view(date->get_string()));
      if (!parsed) return fault("里有一个日期不存在");
      calendar.special_[*parsed] = {std::string(name->get_string()), off->get_bool()};
    }
  }
  return calendar;
}

const WorkCalendar& WorkCalendar::state_council() {
  static const WorkCalendar calendar = [] {
    auto read = of_files(embedded::holidays());
    if (!read) throw std::logic_error(read.error().message);
    return std::move(read).value();
  }();
  return calendar;
}

WorkCalendar::Kind WorkCalendar::kind(Date date) const {
  const bool weekend = date.weekday() >= 6;
  const auto special = special_.find(date);
  if (special == special_.end()) return weekend ? Kind::weekend : Kind::work_day;
  if (special->second.off) return Kind::holiday;
  return weekend ? Kind::make_up_work_day : Kind::work_day;
}

bool WorkCalendar::is_work_day(Date date) const {
  const Kind kind = this->kind(date);
  return kind == Kind::work_day || kind == Kind::make_up_work_day;
}

std::string_view WorkCalendar::name(Date date) const {
  const auto special = special_.find(date);
  return special == special_.end() ? std::string_view() : std::string_view(special->second.name);
}

bool WorkCalendar::is_provisional(Date date) const {
  const int year = date.year();
  if (!announced_.contains(year)) return true;
  return date.month() == 12 && date.day() >= first_unsettled_december_day && !announced_.contains(year + 1);
}

Date WorkCalendar::add_work_days(Date start, int count) const {
  const int step = count < 0 ? -1 : 1;
  while (count != 0) {
    start += step;
    if (is_work_day(start)) count -= step;
  }
  return start;
}

int WorkCalendar::work_days_between(Date from, Date to) const {
  if (to < from) return -work_days_between(to, from);
  int count = 0;
  while (from < to) count += is_work_day(++from) ? 1 : 0;
  return count;
}

std::string WorkCalendar::fingerprint() const {
  std::string days;
  for (const auto& [day, special] : special_) days += day.text() + (special.off ? "-" : "+");
  return sha256_hex(days);
}

std::string_view kind_code(WorkCalendar::Kind kind) {
  static constexpr std::string_view codes[] = {"work_day", "weekend", "holiday", "make_up_work_day"};
  return codes[static_cast<std::size_t>(kind)];
}

std::string_view kind_name(WorkCalendar::Kind kind) {
  static constexpr std::string_view names[] = {"工作日", "周末", "节假日", "调休上班"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace jiheng
