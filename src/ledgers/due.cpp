#include "ledgers/due.h"

#include <algorithm>

#include "ledgers/id_list.h"
#include "ledgers/limit_length.h"
#include "ledgers/schema.h"

namespace jiheng::ledgers {
namespace {

struct Stop {
  Date from;
  std::optional<Date> resumed;  ///< the first day that counts again
  std::string why;
};
using Stops = std::map<std::string, std::vector<Stop>, std::less<>>;

std::optional<Date> day_in(const RecordType& type, const Entry& entry, const std::string& name) {
  const int index = type.index_of(name);
  if (index < 0) return std::nullopt;
  const auto* number = entry.values[static_cast<std::size_t>(index)].integer();
  if (number == nullptr) return std::nullopt;
  return type.fields[static_cast<std::size_t>(index)].kind == Kind::time ? day_of_ms(*number) : Date() + static_cast<int>(*number);
}

/// The pauses of the records, by their ids.
Stops stops_of(const Ledgers& ledgers, const RecordType& type, const Limit& limit, const std::vector<Entry>& entries) {
  Stops stops;
  const RecordType* pauses = limit.pauses.empty() ? nullptr : ledgers.catalogue().type(limit.pauses);
  if (pauses == nullptr || entries.empty()) return stops;
  const auto reference =
      std::find_if(pauses->fields.begin(), pauses->fields.end(), [&](const Field& each) { return each.to == type.name; });
  if (reference == pauses->fields.end() || pauses->field("paused_on") == nullptr || pauses->field("resumed_on") == nullptr) return stops;
  const std::string reason = pauses->field("reason") == nullptr ? "NULL" : "reason";
  const std::string select = "SELECT " + column_of(*reference) + ", paused_on, resumed_on, " + reason + " FROM " + table_of(*pauses) +
                             " WHERE tenant_id = ? AND until IS NULL AND " + column_of(*reference);
  const auto take = [&](const store::Row& row) {
    if (row.is_null(1)) return;
    const auto resumed = row.is_null(2) ? std::optional<Date>() : Date() + row.small(2);
    stops[row.string(0)].push_back({Date() + row.small(1), resumed, row.is_null(3) ? std::string("中止") : row.string(3)});
  };
  auto reading = ledgers.registry().store().read();
  for (std::size_t from = 0; from < entries.size(); from += most_listed_ids) {
    std::vector<std::string_view> ids;
    for (std::size_t i = from; i < std::min(entries.size(), from + most_listed_ids); ++i) ids.push_back(entries[i].id);
    std::string sql = select;
    std::vector<Value> values{Value(ledgers.registry().tenant())};
    add_id_list(sql, values, ids);
    reading->query_all(sql + " ORDER BY paused_on", values, take);
  }
  return stops;
}

/// The deadline as base/deadline.h reckons it; a pause that goes on reaches to today.
Result<Deadline> reckoned(const RecordType& type, const Limit& limit, int days, Date start, const std::vector<Stop>& stops, Date today) {
  DeadlineRequest request{type.label + "·" + limit.label, start, days, limit.work_days, {}, 0, {}};
  for (const Stop& stop : stops) {
    const Date last = (stop.resumed ? *stop.resumed : std::max(today, stop.from) + 1) - 1;
    if (last >= stop.from) request.pauses.push_back({stop.from, last, stop.why});
  }
  return reckon(std::move(request));
}

Due settled(const Limit& limit, Date due_on, std::optional<Date> ended, bool paused, bool provisional, Date today) {
  Due due;
  due.limit = &limit;
  due.due_on = due_on;
  due.provisional = provisional;
  if (ended) {
    due.state = *ended > due_on ? Due::State::done_late : Due::State::done;
    return due;
  }
  due.days_left = limit.work_days && limit.due.empty() ? WorkCalendar::state_council().work_days_between(today, due_on) : due_on - today;
  due.state = paused ? Due::State::paused : due_on < today ? Due::State::overdue : Due::State::running;
  due.near = due.state == Due::State::running && due.days_left <= limit.near;
  return due;
}

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t hour_ms = 60 * minute_ms;

/// By the clock, night and day.
std::optional<Due> due_by_the_hour(const RecordType& type, const Limit& limit, int hours, const Entry& entry, std::int64_t now_ms) {
  const auto moment = [&](const std::string& name) { return entry.values[static_cast<std::size_t>(type.index_of(name))].integer(); };
  const std::int64_t* start = moment(limit.from);
  if (start == nullptr) return std::nullopt;
  const std::int64_t* ended = moment(limit.until);
  Due due;
  due.limit = &limit;
  due.due_at = *start + hours * hour_ms;
  due.due_on = day_of_ms(*due.due_at);
  if (ended != nullptr) {
    due.state = *ended > *due.due_at ? Due::State::done_late : Due::State::done;
    return due;
  }
  const std::int64_t left = *due.due_at - now_ms;
  // Whole minutes: the last one that has begun is left, the first one over has passed.
  due.minutes_left = left >= 0 ? left / minute_ms : -((-left + minute_ms - 1) / minute_ms);
  due.state = left < 0 ? Due::State::overdue : Due::State::running;
  due.near = due.state == Due::State::running;
  return due;
}

}  // namespace

std::string_view state_code(Due::State state) {
  switch (state) {
    case Due::State::running:
      return "running";
    case Due::State::paused:
      return "paused";
    case Due::State::overdue:
      return "overdue";
    case Due::State::done:
      return "done";
    default:
      return "done_late";
  }
}

std::vector<std::vector<Due>> due_of(const Ledgers& ledgers, const RecordType& type, const std::vector<Entry>& entries, Date today) {
  std::vector<std::vector<Due>> out(entries.size());
  static const std::vector<Stop> none;
  for (const Limit& limit : type.limits) {
    const Stops stops = stops_of(ledgers, type, limit, entries);
    const auto lengths = lengths_of(ledgers, type, limit, entries, today);
    const auto length_of = [&](const Entry& entry) {
      const auto found = lengths.find(entry.id);
      return found != lengths.end() ? found->second : limit.hours > 0 ? limit.hours : limit.days;
    };
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Entry& entry = entries[i];
      const int state = type.index_of(type.state);
      const auto* code = state < 0 ? nullptr : entry.values[static_cast<std::size_t>(state)].text();
      if (code != nullptr && type.is_void(*code)) continue;
      if (limit.hours > 0) {
        if (auto due = due_by_the_hour(type, limit, length_of(entry), entry, ledgers.registry().now() * 1000)) out[i].push_back(*due);
        continue;
      }
      const auto ended = day_in(type, entry, limit.until);
      if (!limit.due.empty()) {
        if (const auto due_on = day_in(type, entry, limit.due)) out[i].push_back(settled(limit, *due_on, ended, false, false, today));
        continue;
      }
      const auto start = day_in(type, entry, limit.from);
      if (!start) continue;
      const auto found = stops.find(entry.id);
      const std::vector<Stop>& own = found == stops.end() ? none : found->second;
      const auto deadline = reckoned(type, limit, length_of(entry), *start, own, today);
      if (!deadline) continue;
      const bool paused = std::any_of(own.begin(), own.end(),
                                      [&](const Stop& stop) { return stop.from <= today && (!stop.resumed || *stop.resumed > today); });
      out[i].push_back(settled(limit, deadline->due, ended, paused, deadline->provisional, today));
    }
  }
  return out;
}

Result<Deadline> deadline_of(const Ledgers& ledgers, const RecordType& type, const Entry& entry, std::string_view name, Date today) {
  for (const Limit& limit : type.limits) {
    const auto start = day_in(type, entry, limit.from);
    if (limit.name != name || !limit.due.empty() || limit.hours > 0 || !start) continue;
    const Stops stops = stops_of(ledgers, type, limit, {entry});
    const auto found = stops.find(entry.id);
    const auto lengths = lengths_of(ledgers, type, limit, {entry}, today);
    const int days = lengths.empty() ? limit.days : lengths.begin()->second;
    return reckoned(type, limit, days, *start, found == stops.end() ? std::vector<Stop>() : found->second, today);
  }
  return Error{"not-found", "这个期限还没有开始，或者是记录里写明的日期。", {std::string(name)}};
}

}  // namespace jiheng::ledgers
