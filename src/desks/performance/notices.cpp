#include "desks/performance/notices.h"

#include <algorithm>
#include <map>
#include <set>

#include "access/day.h"
#include "access/units.h"
#include "base/work_calendar.h"
#include "desks/follow_up/due.h"
#include "desks/performance/lists.h"

namespace jiheng::desks {
namespace {

constexpr std::int64_t remembered_seconds = 120LL * 24 * 3600;  ///< a notice older than that is history
constexpr std::size_t most_notices = 100;

constexpr std::string_view select_deeds_head =
    "SELECT j.seq, j.at, j.action, s.id, s.year_key, s.unit_id FROM submission_summaries s JOIN journal j ON j.tenant_id = s.tenant_id AND "
    "j.kind = 'submission' AND j.record_id = s.id WHERE s.tenant_id = ? AND j.at >= ? AND (j.action = 'return' OR (j.action = 'approve' "
    "AND "
    "j.state = 'approved')) AND s.unit_id IN (";
constexpr std::string_view select_extensions =
    "SELECT record_id, at FROM journal WHERE tenant_id = ? AND kind = 'filing-year' AND action = 'extend' ORDER BY seq";

/// Sent back, by its head or the bureau, or to be filed anew.
constexpr std::string_view select_form_deeds_head =
    "SELECT j.seq, j.at, j.why, f.id, f.kind, f.year, f.month, f.unit_id FROM follow_ups f JOIN journal j ON j.tenant_id = f.tenant_id AND "
    "j.kind = 'follow-up' AND j.record_id = f.id WHERE f.tenant_id = ? AND j.at >= ? AND j.action IN ('return', 'reopen') AND f.unit_id IN "
    "(";
constexpr std::string_view select_alarm_deeds_head =
    "SELECT j.seq, j.at, j.action, j.why, a.follow_up, a.year, a.project_name, a.what, a.unit_id, a.due FROM alarms a JOIN journal j ON "
    "j.tenant_id = a.tenant_id AND j.kind = 'alarm' AND j.record_id = a.id WHERE a.tenant_id = ? AND j.at >= ? AND a.state <> 'void' AND "
    "j.action IN ('raise', 'refuse') AND a.unit_id IN (";
constexpr std::string_view select_problem_deeds_head =
    "SELECT j.seq, j.at, j.action, j.why, p.id, p.year, p.number, p.unit_id, p.due FROM problems p JOIN journal j ON j.tenant_id = "
    "p.tenant_id AND j.kind = 'problem' AND j.record_id = p.id WHERE p.tenant_id = ? AND j.at >= ? AND p.state <> 'void' AND j.action IN "
    "('raise', 'refuse', 'reopen', 'grant-time', 'deny-time') AND p.unit_id IN (";
constexpr std::string_view select_owed_problems_head =
    "SELECT id, year, number, unit_id, due FROM problems WHERE tenant_id = ? AND state IN ('open', 'returned') AND unit_id IN (";

constexpr std::string_view select_account_deeds =
    "SELECT seq, at, action, actor, why FROM journal WHERE tenant_id = ? AND kind = 'account' AND record_id = ? ORDER BY seq";

/// Of an action upon an account; nothing where it is none to be told of.
std::optional<Notice::Kind> account_kind_of(std::string_view action) {
  if (action == "password") return Notice::Kind::password;
  if (action == "second-factor") return Notice::Kind::second_factor;
  if (action == "reset") return Notice::Kind::link;
  if (action == "appoint" || action == "hand-over") return Notice::Kind::posts;
  if (action == "mail") return Notice::Kind::mail;
  return std::nullopt;
}

/// The units he files or signs for, or whose problems he answers.
std::vector<std::string> units_of(const access::Principal& who) {
  std::set<std::string> units;
  for (const auto permission :
       {access::Permission::file_submissions, access::Permission::confirm_filing, access::Permission::answer_problems}) {
    const access::Reach reach = who.reach(permission);
    if (!reach.all) units.insert(reach.units.begin(), reach.units.end());
  }
  return {units.begin(), units.end()};
}

std::string marks(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "?" : ", ?";
  return text;
}

class Gathering {
 public:
  Gathering(registry::Registry& registry, const Years& years, const access::Principal& who)
      : registry_(registry), years_(years), who_(who), units_(units_of(who)) {}

  std::vector<Notice> gather() {
    const std::vector<FilingYear> years = units_.empty() ? std::vector<FilingYear>() : years_.list();
    for (const FilingYear& year : years) {
      if (!year.closed) take_deadlines(year);
    }
    if (!units_.empty()) {
      take_form_deadlines();
      take_alarm_deadlines();
    }
    auto reading = registry_.store().read();
    for (const std::string& id : units_) {
      if (const auto unit = access::find_unit(*reading, registry_.tenant(), id)) names_[id] = unit->name;
    }
    if (!units_.empty()) {
      take_deeds(*reading);
      take_extensions(*reading, years);
      take_follow_up_deeds(*reading);
      take_problem_deeds(*reading);
      take_problem_deadlines(*reading);
    }
    if (!who_.is_operator()) take_account(*reading);
    std::set<std::string> read;
    reading->query("SELECT notice FROM notice_marks WHERE tenant_id = ? AND account = ?", {registry_.tenant(), who_.id()},
                   [&](const store::Row& row) { read.insert(row.string(0)); });
    for (Notice& each : notices_) each.read = read.contains(each.id);
    std::stable_sort(notices_.begin(), notices_.end(), [](const Notice& a, const Notice& b) {
      if (a.read != b.read) return !a.read;
      return a.at > b.at;
    });
    if (notices_.size() > most_notices) notices_.resize(most_notices);
    return std::move(notices_);
  }

 private:
  bool mine(const std::string& unit) const { return std::binary_search(units_.begin(), units_.end(), unit); }

  void take_deeds(store::Connection& connection) {
    const std::string since = registry::utc_text(registry_.now() - remembered_seconds);
    std::vector<store::Value> values{registry_.tenant(), since};
    values.insert(values.end(), units_.begin(), units_.end());
    connection.query_all(std::string(select_deeds_head) + marks(units_.size()) + ") ORDER BY j.seq DESC", values,
                         [&](const store::Row& row) {
                           Notice notice;
                           notice.id = "submission-" + std::to_string(row.integer(0));
                           notice.at = row.string(1);
                           notice.kind = row.text(2) == "return" ? Notice::Kind::returned : Notice::Kind::approved;
                           notice.submission = row.string(3);
                           notice.year = row.small(4);
                           notice.unit_name = names_[row.string(5)];
                           notices_.push_back(std::move(notice));
                         });
  }

  /// What was done before he chose his first password made the account; it is nothing to be told of.
  void take_account(store::Connection& connection) {
    const std::string since = registry::utc_text(registry_.now() - remembered_seconds);
    bool in_use = false;
    connection.query(select_account_deeds, {registry_.tenant(), who_.id()}, [&](const store::Row& row) {
      const auto kind = account_kind_of(row.text(2));
      const bool counts = in_use && kind && row.text(1) >= since;
      in_use = in_use || row.text(2) == "password";
      if (!counts) return;
      Notice notice;
      notice.id = "account-" + std::to_string(row.integer(0));
      notice.kind = *kind;
      notice.at = row.string(1);
      notice.by = row.string(3);
      notice.why = row.optional_text(4);
      notices_.push_back(std::move(notice));
    });
  }

  void take_extensions(store::Connection& connection, const std::vector<FilingYear>& years) {
    // The n-th extension of a year is what its n-th entry of the kind gave.
    std::map<std::string, std::vector<std::string>> given;
    connection.query(select_extensions, {registry_.tenant()},
                     [&](const store::Row& row) { given[row.string(0)].push_back(row.string(1)); });
    for (const FilingYear& year : years) {
      const auto& times = given["filing-year-" + std::to_string(year.year)];
      for (std::size_t i = 0; i < year.extensions.size() && i < times.size(); ++i) {
        const Extension& extension = year.extensions[i];
        if (!mine(extension.unit)) continue;
        Notice notice;
        notice.id = "extension-" + std::to_string(year.year) + "-" + std::to_string(i);
        notice.kind = Notice::Kind::extended;
        notice.at = times[i];
        notice.year = year.year;
        notice.unit_name = names_[extension.unit];
        notice.work_days = extension.work_days;
        if (const auto deadline = filing_deadline(year, extension.unit)) notice.due = deadline->due.text();
        notice.why = extension.why;
        notices_.push_back(std::move(notice));
      }
    }
  }

  void take_deadlines(const FilingYear& year) {
    const auto wall = years_.wall(year.year, who_);
    if (!wall) return;
    for (const Tile& tile : wall->tiles) {
      const bool owed = tile.state == TileState::not_filed || tile.state == TileState::draft || tile.state == TileState::returned;
      if (!owed || !mine(tile.unit) || (!tile.overdue && tile.days_left > days_of_warning)) continue;
      Notice notice;
      notice.kind = tile.overdue ? Notice::Kind::overdue : Notice::Kind::due_soon;
      notice.id = "due-" + std::to_string(year.year) + "-" + tile.unit + "-" + tile.due + (tile.overdue ? "-over" : "");
      notice.at = access::local_day(registry_.now());
      notice.year = year.year;
      notice.unit_name = tile.name;
      notice.submission = tile.submission;
      notice.work_days = tile.days_left;
      notice.due = tile.due;
      notices_.push_back(std::move(notice));
    }
  }

  int days_to(Date day) const {
    return WorkCalendar::state_council().work_days_between(Date::parse(access::local_day(registry_.now())).value_or(day), day);
  }

  /// Of a day that is near or over; nothing of one that is neither.
  std::optional<Notice> of_day(Date day, const std::string& id, Notice::Kind soon, Notice::Kind over) const {
    const std::string today = access::local_day(registry_.now());
    const bool late = day.text() < today;
    const int left = days_to(day);
    if (!late && left > days_of_warning) return std::nullopt;
    Notice notice;
    notice.kind = late ? over : soon;
    notice.id = id + "-" + day.text() + (late ? "-over" : "");
    notice.at = today;
    notice.work_days = left;
    notice.due = day.text();
    return notice;
  }

  void take_form_deadlines() {
    for (const FormDue& each : forms_due(registry_)) {
      if (!mine(each.unit) || !each.owed()) continue;
      auto notice = of_day(each.due, "form-due-" + each.id, Notice::Kind::form_due_soon, Notice::Kind::form_overdue);
      if (!notice) continue;
      notice->year = each.year;
      notice->month = each.month;
      notice->form = follow_up_code(each.kind);
      notice->unit_name = each.unit_name;
      notice->page = page_of_form(each.id);
      notices_.push_back(std::move(*notice));
    }
  }

  void take_alarm_deadlines() {
    for (const AlarmDue& each : alarms_due(registry_)) {
      if (!mine(each.unit) || each.state != AlarmState::open) continue;
      const auto day = Date::parse(each.due);
      auto notice = day ? of_day(*day, "alarm-due-" + each.id, Notice::Kind::alarm_due_soon, Notice::Kind::alarm_overdue) : std::nullopt;
      if (!notice) continue;
      notice->year = each.year;
      notice->unit_name = each.unit_name;
      notice->about = each.about;
      notice->page = page_of_form(each.follow_up, each.table, each.indicator);
      notices_.push_back(std::move(*notice));
    }
  }

  std::vector<store::Value> since_of_units(const std::string& since) const {
    std::vector<store::Value> values{registry_.tenant(), since};
    values.insert(values.end(), units_.begin(), units_.end());
    return values;
  }

  void take_follow_up_deeds(store::Connection& connection) {
    const std::string since = registry::utc_text(registry_.now() - remembered_seconds);
    const auto values = since_of_units(since);
    connection.query_all(std::string(select_form_deeds_head) + marks(units_.size()) + ") ORDER BY j.seq DESC", values,
                         [&](const store::Row& row) {
                           Notice notice;
                           notice.id = "form-" + std::to_string(row.integer(0));
                           notice.kind = Notice::Kind::form_returned;
                           notice.at = row.string(1);
                           notice.why = row.optional_text(2);
                           notice.form = row.string(4);
                           notice.year = row.small(5);
                           notice.month = row.small(6);
                           notice.unit_name = names_[row.string(7)];
                           notice.page = page_of_form(row.text(3));
                           notices_.push_back(std::move(notice));
                         });
    connection.query_all(std::string(select_alarm_deeds_head) + marks(units_.size()) + ") ORDER BY j.seq DESC", values,
                         [&](const store::Row& row) {
                           Notice notice;
                           notice.id = "alarm-" + std::to_string(row.integer(0));
                           notice.kind = row.text(2) == "refuse" ? Notice::Kind::alarm_refused : Notice::Kind::alarm_raised;
                           notice.at = row.string(1);
                           notice.why = row.optional_text(3);
                           notice.year = row.small(5);
                           notice.about = row.optional_text(6).value_or("部门整体支出") + "，" + row.string(7);
                           notice.unit_name = names_[row.string(8)];
                           notice.due = row.string(9);
                           notice.page = page_of_form(row.text(4));
                           notices_.push_back(std::move(notice));
                         });
  }

  void take_problem_deeds(store::Connection& connection) {
    const std::string since = registry::utc_text(registry_.now() - remembered_seconds);
    const auto values = since_of_units(since);
    connection.query_all(std::string(select_problem_deeds_head) + marks(units_.size()) + ") ORDER BY j.seq DESC", values,
                         [&](const store::Row& row) {
                           Notice notice;
                           notice.id = "problem-" + std::to_string(row.integer(0));
                           notice.kind = problem_kind_of(row.text(2));
                           notice.at = row.string(1);
                           if (notice.kind != Notice::Kind::problem_raised) notice.why = row.optional_text(3);
                           notice.year = row.small(5);
                           notice.about = row.string(6);
                           notice.unit_name = names_[row.string(7)];
                           notice.due = row.string(8);
                           notice.page = "/problems/" + row.string(4);
                           notices_.push_back(std::move(notice));
                         });
  }

  static Notice::Kind problem_kind_of(std::string_view action) {
    if (action == "raise") return Notice::Kind::problem_raised;
    if (action == "grant-time") return Notice::Kind::problem_extended;
    if (action == "deny-time") return Notice::Kind::problem_kept;
    return Notice::Kind::problem_returned;
  }

  void take_problem_deadlines(store::Connection& connection) {
    connection.query_all(
        std::string(select_owed_problems_head) + marks(units_.size()) + ") ORDER BY due, id", own_units(), [&](const store::Row& row) {
          const auto day = Date::parse(row.text(4));
          auto notice = day ? of_day(*day, "problem-due-" + row.string(0), Notice::Kind::problem_due_soon, Notice::Kind::problem_overdue)
                            : std::nullopt;
          if (!notice) return;
          notice->year = row.small(1);
          notice->about = row.string(2);
          notice->unit_name = names_[row.string(3)];
          notice->page = "/problems/" + row.string(0);
          notices_.push_back(std::move(*notice));
        });
  }

  std::vector<store::Value> own_units() const {
    std::vector<store::Value> values{registry_.tenant()};
    values.insert(values.end(), units_.begin(), units_.end());
    return values;
  }

  registry::Registry& registry_;
  const Years& years_;
  const access::Principal& who_;
  std::vector<std::string> units_;
  std::map<std::string, std::string> names_;
  std::vector<Notice> notices_;
};

}  // namespace

std::string_view notice_kind_code(Notice::Kind kind) {
  static constexpr std::string_view codes[] = {"returned",
                                               "approved",
                                               "extended",
                                               "due_soon",
                                               "overdue",
                                               "form_returned",
                                               "form_due_soon",
                                               "form_overdue",
                                               "alarm_raised",
                                               "alarm_refused",
                                               "alarm_due_soon",
                                               "alarm_overdue",
                                               "problem_raised",
                                               "problem_returned",
                                               "problem_extended",
                                               "problem_kept",
                                               "problem_due_soon",
                                               "problem_overdue",
                                               "password",
                                               "second_factor",
                                               "link",
                                               "posts",
                                               "mail"};
  return codes[static_cast<int>(kind)];
}

bool is_of_account(Notice::Kind kind) {
  return kind >= Notice::Kind::password;
}

std::vector<Notice> notices_of(registry::Registry& registry, const Years& years, const access::Principal& who) {
  return Gathering(registry, years, who).gather();
}

std::int64_t notices_marked(registry::Registry& registry, const access::Principal& who) {
  std::int64_t marked = 0;
  registry.store().read_one()->query("SELECT COUNT(*) FROM notice_marks WHERE tenant_id = ? AND account = ?", {registry.tenant(), who.id()},
                                     [&](const store::Row& row) { marked = row.integer(0); });
  return marked;
}

void mark_read(registry::Registry& registry, const Years& years, const std::vector<std::string>& ids, const access::Principal& who) {
  const std::set<std::string> wanted(ids.begin(), ids.end());
  const std::vector<Notice> notices = notices_of(registry, years, who);
  auto writing = registry.store().write();
  for (const Notice& each : notices) {
    if (each.read || !wanted.contains(each.id)) continue;
    writing->run(
        "INSERT INTO notice_marks (tenant_id, account, notice, at) VALUES (?, ?, ?, ?) ON CONFLICT (tenant_id, account, notice) DO NOTHING",
        {registry.tenant(), who.id(), each.id, registry.now()});
  }
  writing.commit();
}

}  // namespace jiheng::desks
