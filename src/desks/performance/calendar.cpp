#include "desks/performance/calendar.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "access/accounts.h"
#include "access/day.h"
#include "desks/follow_up/due.h"
#include "desks/performance/audited.h"
#include "desks/rectification/problem_lists.h"

namespace jiheng::desks {
namespace {

/// How long one step of the audit may take, where the year's pack has it among its deadlines.
constexpr std::string_view audit_rule = "audit";
constexpr int most_waiting = 10'000;

/// Since when the filing lies with whom it lies now.
constexpr std::string_view select_arrivals =
    "SELECT s.id, (SELECT MAX(j.at) FROM journal j WHERE j.tenant_id = s.tenant_id AND j.kind = 'submission' AND j.record_id = s.id AND "
    "j.action IN ('submit', 'approve', 'agree')) FROM submission_summaries s WHERE s.tenant_id = ? AND s.state = 'submitted'";

bool is_owed(TileState state) {
  return state == TileState::not_filed || state == TileState::draft || state == TileState::returned;
}

/// What one unit has due.
struct Due {
  std::string unit_name;
  Text submission;
  bool owed = true;
};

class Gathering {
 public:
  Gathering(registry::Registry& registry, const Years& years, Date from, Date to, const access::Principal& who)
      : registry_(registry), years_(years), from_(from), to_(to), who_(who) {
    today_ = Date::parse(access::local_day(registry.now())).value_or(Date());
  }

  Calendar gather(const Submissions& submissions, const Publications& publications) {
    std::vector<FilingYear> years;
    if (who_.may(access::Permission::see_submissions)) years = years_.list();
    for (const FilingYear& year : years) {
      if (!year.closed) take_filing(year);
      if (who_.may(access::Permission::publish)) take_publications(year.year, publications);
    }
    if (who_.may(access::Permission::see_submissions) && !who_.is_operator()) take_steps(submissions);
    if (who_.may(access::Permission::see_submissions)) take_forms();
    if (who_.may(access::Permission::see_submissions)) take_alarms();
    if (who_.may(access::Permission::see_problems)) take_problems();
    take_delegations();
    Calendar calendar;
    calendar.today = today_;
    take_days(calendar);
    for (auto& [key, entry] : entries_) {
      if (entry.total > 0) entry.done = entry.count == 0;
      entry.overdue = entry.overdue && !entry.done;
      calendar.entries.push_back(std::move(entry));
    }
    std::stable_sort(calendar.entries.begin(), calendar.entries.end(), [](const CalendarEntry& a, const CalendarEntry& b) {
      return std::tuple(std::string_view(a.date), a.done, a.kind) < std::tuple(std::string_view(b.date), b.done, b.kind);
    });
    return calendar;
  }

 private:
  bool within(Date day) const { return from_ <= day && day <= to_; }

  CalendarEntry& entry(CalendarEntry::Kind kind, const std::string& id, Date day) {
    CalendarEntry& found = entries_[id];
    found.id = id;
    found.kind = kind;
    found.date = day.text();
    return found;
  }

  /// The units that owe it are named; where none does, those that did it.
  static void add(CalendarEntry& entry, const Due& due) {
    ++entry.total;
    if (due.owed && entry.count++ == 0) entry.units.clear();
    const bool named = std::find(entry.units.begin(), entry.units.end(), due.unit_name) != entry.units.end();
    if ((due.owed || entry.count == 0) && !named && entry.units.size() < most_named_units) entry.units.push_back(due.unit_name);
    // A thing of one unit leads to it, of several to where they stand together.
    entry.submission = entry.total == 1 ? due.submission : std::nullopt;
  }

  void count_days(CalendarEntry& entry, Date day) {
    entry.days_left = entry.work_days ? WorkCalendar::state_council().work_days_between(today_, day) : day - today_;
    entry.overdue = day < today_;
  }

  void take_filing(const FilingYear& year) {
    const auto wall = years_.wall(year.year, who_);
    if (!wall || wall->tiles.empty()) return;
    if (const auto opens = Date::parse(year.opens); opens && within(*opens)) {
      CalendarEntry& made = entry(CalendarEntry::Kind::opens, "opens-" + std::to_string(year.year), *opens);
      made.year = year.year;
      count_days(made, *opens);
      made.done = made.overdue;
    }
    for (const Tile& tile : wall->tiles) {
      const auto day = Date::parse(tile.due);
      if (!day || !within(*day)) continue;
      CalendarEntry& made =
          entry(CalendarEntry::Kind::filing, "filing-" + std::to_string(year.year) + (tile.extended ? "-extended-" + tile.due : ""), *day);
      made.year = year.year;
      made.extended = tile.extended;
      made.provisional = wall->deadline.provisional;
      if (tile.extended) take_extension(made, year, tile.unit);
      count_days(made, *day);
      add(made, {tile.name, tile.submission, is_owed(tile.state)});
    }
  }

  static void take_extension(CalendarEntry& made, const FilingYear& year, const std::string& unit) {
    const auto own = filing_deadline(year, unit);
    if (!own) return;
    made.provisional = own->provisional;
    made.why = made.total == 0 ? Text(own->request.extension_why) : std::nullopt;
  }

  void take_steps(const Submissions& submissions) {
    Filter mine;
    mine.mine = true;
    mine.state = State::submitted;
    mine.limit = most_waiting;
    const Page page = submissions.list(mine, who_);
    if (page.items.empty()) return;
    std::map<std::string, std::string> arrived;
    {
      auto reading = registry_.store().read();
      reading->query(select_arrivals, {registry_.tenant()}, [&](const store::Row& row) {
        if (!row.is_null(1)) arrived[row.string(0)] = row.string(1);
      });
    }
    std::map<std::optional<int>, std::optional<policy::DeadlineRule>> limits;
    for (const Summary& each : page.items) {
      const auto [limit, fresh] = limits.try_emplace(each.year);
      if (fresh) limit->second = rule_of(each.year);
      take_step(each, limit->second, arrived[each.id]);
    }
  }

  std::optional<policy::DeadlineRule> rule_of(std::optional<int> year) const {
    for (const policy::DeadlineRule& each : pack_for(std::nullopt, year_pack(registry_, year)).deadlines) {
      if (each.name == audit_rule) return each;
    }
    return std::nullopt;
  }

  void take_step(const Summary& waiting, const std::optional<policy::DeadlineRule>& limit, std::string_view arrived) {
    Date day = today_;
    bool provisional = false;
    const auto start = limit ? Date::parse(local_day_of(arrived)) : std::nullopt;
    if (start) {
      const auto deadline = reckon({"", *start, limit->days, limit->work_days, {}, 0, {}});
      if (!deadline) return;
      day = deadline->due;
      provisional = deadline->provisional;
    }
    // What the unit is asked to agree to waits for its head, whatever step it stands at.
    const std::string step(waiting.proposed || !waiting.step ? "answer" : step_code(*waiting.step));
    if (!within(day)) return;
    CalendarEntry& made = entry(CalendarEntry::Kind::step,
                                "step-" + step + "-" + std::to_string(waiting.year.value_or(0)) + (start ? "-" + day.text() : ""), day);
    made.year = waiting.year.value_or(0);
    if (!waiting.proposed) made.step = waiting.step;
    made.limited = start.has_value();
    made.work_days = !limit || limit->work_days;
    made.provisional = provisional;
    count_days(made, day);
    add(made, {waiting.unit_name.value_or(waiting.file), waiting.id, true});
  }

  void take_publications(int year, const Publications& publications) {
    const auto rule = publication_rule(registry_, year);
    for (const Publishable& each : publications.list(year, who_)) {
      const auto day = Date::parse(each.due);
      const bool owed = each.state == PublicationState::due || each.state == PublicationState::outdated;
      if (!day || !within(*day) || (!owed && each.state != PublicationState::published)) continue;
      CalendarEntry& made = entry(CalendarEntry::Kind::publication, "publication-" + std::to_string(year) + "-" + each.due, *day);
      made.year = year;
      made.work_days = rule && rule->work_days;
      made.provisional = each.provisional;
      count_days(made, *day);
      add(made, {each.name, each.submission, owed});
    }
  }

  /// One thing leads to its page, several to where they stand together.
  void add_page(CalendarEntry& entry, const Due& due, std::string one, std::string all) {
    add(entry, due);
    entry.page = entry.total == 1 ? std::move(one) : std::move(all);
  }

  /// What waits for him without a limit stands on today.
  CalendarEntry* waiting(CalendarEntry::Kind kind, const std::string& id, int year) {
    if (!within(today_)) return nullptr;
    CalendarEntry& made = entry(kind, id, today_);
    made.year = year;
    made.limited = false;
    return &made;
  }

  void take_forms() {
    const access::Reach reach = who_.reach(access::Permission::see_submissions);
    for (const FormDue& each : forms_due(registry_)) {
      if (!reach.contains(each.unit)) continue;
      const std::string round = std::string(follow_up_code(each.kind)) + "-" + std::to_string(each.year) + "-" + std::to_string(each.month);
      const bool monitoring = each.kind == FollowUpKind::monitoring;
      const std::string all = (monitoring ? "/monitoring?year=" : "/self-evaluation?year=") + std::to_string(each.year) +
                              (monitoring ? "&month=" + std::to_string(each.month) : "");
      const auto put = [&](CalendarEntry& made, bool owed) {
        made.year = each.year;
        made.month = each.month;
        made.form = follow_up_code(each.kind);
        add_page(made, {each.unit_name, {}, owed}, page_of_form(each.id), all);
      };
      const auto put_due = [&](CalendarEntry::Kind kind, const std::string& id, bool owed) {
        if (!within(each.due)) return;
        CalendarEntry& made = entry(kind, id, each.due);
        made.provisional = each.provisional;
        count_days(made, each.due);
        put(made, owed);
      };
      put_due(CalendarEntry::Kind::form, "form-" + round, each.owed());
      if (who_.is_operator()) continue;
      if (each.state == FollowUpState::submitted && who_.may(access::Permission::confirm_filing, each.unit))
        put_due(CalendarEntry::Kind::form_sign, "form-sign-" + round, true);
      if (each.state == FollowUpState::filed && who_.may(access::Permission::audit_performance, each.unit)) {
        if (CalendarEntry* made = waiting(CalendarEntry::Kind::form_check, "form-check-" + round, each.year)) put(*made, true);
      }
    }
  }

  void take_alarms() {
    const access::Reach reach = who_.reach(access::Permission::see_submissions);
    for (const AlarmDue& each : alarms_due(registry_)) {
      if (!reach.contains(each.unit)) continue;
      const std::string one = page_of_form(each.follow_up, each.table, each.indicator);
      const std::string all = "/monitoring?year=" + std::to_string(each.year);
      const std::string year = std::to_string(each.year);
      if (const auto day = Date::parse(each.due); day && within(*day)) {
        CalendarEntry& made = entry(CalendarEntry::Kind::alarm, "alarm-" + year + "-" + each.due, *day);
        made.year = each.year;
        count_days(made, *day);
        add_page(made, {each.unit_name, {}, each.state == AlarmState::open}, one, all);
      }
      if (each.state != AlarmState::answered || who_.is_operator() || !who_.may(access::Permission::audit_performance, each.unit)) continue;
      if (CalendarEntry* made = waiting(CalendarEntry::Kind::alarm_check, "alarm-check-" + year, each.year))
        add_page(*made, {each.unit_name, {}, true}, one, all);
    }
  }

  void take_problems() {
    using Kind = CalendarEntry::Kind;
    using access::Permission;
    std::vector<ProblemLine> lines;
    {
      auto reading = registry_.store().read();
      lines = problems_due(*reading, registry_.tenant(), who_.reach(Permission::see_problems), from_.text(), to_.text(), today_.text());
    }
    for (const ProblemLine& each : lines) {
      const bool owed = each.state == ProblemState::open || each.state == ProblemState::returned;
      const std::string one = "/problems/" + each.id;
      if (const auto day = Date::parse(each.due); day && within(*day)) {
        CalendarEntry& made = entry(Kind::problem, "problem-" + std::to_string(each.year) + "-" + each.due, *day);
        made.year = each.year;
        made.provisional = made.provisional || WorkCalendar::state_council().is_provisional(*day);
        count_days(made, *day);
        add_page(made, {each.unit_name, {}, owed}, one, "/problems");
      }
      if (who_.is_operator()) continue;
      const auto put = [&](Kind kind, const char* id) {
        if (CalendarEntry* made = waiting(kind, std::string(id) + std::to_string(each.year), each.year))
          add_page(*made, {each.unit_name, {}, true}, one, "/problems?mine=1");
      };
      const bool checks = who_.may(Permission::check_problems, each.unit);
      const bool closes = who_.may(Permission::close_problems, each.unit);
      if (each.state == ProblemState::replied && !each.checked && checks) put(Kind::problem_check, "problem-check-");
      if (each.state == ProblemState::replied && each.checked && closes) put(Kind::problem_close, "problem-close-");
      if (each.time_asked && owed && closes) put(Kind::problem_time, "problem-time-");
    }
  }

  /// The last day on which somebody does another's work.
  void take_delegations() {
    if (who_.is_operator()) return;
    std::vector<access::Delegation> own;
    std::map<std::string, std::string> names;
    {
      auto reading = registry_.store().read();
      for (access::Delegation& each : access::list_delegations(*reading, registry_.tenant())) {
        if (each.active && (each.from_account == who_.id() || each.to_account == who_.id())) own.push_back(std::move(each));
      }
      for (const access::Delegation& each : own) {
        const std::string& other = each.from_account == who_.id() ? each.to_account : each.from_account;
        if (const auto account = access::find_account(*reading, registry_.tenant(), other)) names[other] = account->name;
      }
    }
    for (const access::Delegation& each : own) {
      const auto day = Date::parse(each.to_day);
      if (!day || !within(*day)) continue;
      CalendarEntry& made = entry(CalendarEntry::Kind::delegation, "delegation-" + each.id, *day);
      made.given = each.from_account == who_.id();
      made.units = {names[made.given ? each.to_account : each.from_account]};
      made.role = each.role;
      made.work_days = false;
      count_days(made, *day);
      made.done = made.overdue;
    }
  }

  void take_days(Calendar& calendar) const {
    const WorkCalendar& work = WorkCalendar::state_council();
    for (Date day = from_; day <= to_; ++day)
      calendar.days.push_back({day, work.kind(day), std::string(work.name(day)), work.is_provisional(day)});
  }

  registry::Registry& registry_;
  const Years& years_;
  const Date from_;
  const Date to_;
  const access::Principal& who_;
  Date today_;
  std::map<std::string, CalendarEntry> entries_;
};

}  // namespace

std::string_view calendar_kind_code(CalendarEntry::Kind kind) {
  static constexpr std::string_view codes[] = {"opens",         "filing",        "step",         "publication", "form",
                                               "form_sign",     "form_check",    "alarm",        "alarm_check", "problem",
                                               "problem_check", "problem_close", "problem_time", "delegation"};
  return codes[static_cast<int>(kind)];
}

Result<Calendar> calendar_of(registry::Registry& registry, const Years& years, const Submissions& submissions,
                             const Publications& publications, Date from, Date to, const access::Principal& who) {
  if (to < from || to - from >= longest_calendar || !from.is_in_range() || !to.is_in_range())
    return Error{"calendar-range", "起止日期不对：止日应在起日之后，一次最多看400天。", {from.text(), to.text()}};
  return Gathering(registry, years, from, to, who).gather(submissions, publications);
}

}  // namespace jiheng::desks
