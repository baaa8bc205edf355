#include "desks/performance/notices.h"

#include <algorithm>
#include <map>
#include <set>

#include "access/day.h"
#include "access/units.h"
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

/// The units he files or signs for.
std::vector<std::string> units_of(const access::Principal& who) {
  std::set<std::string> units;
  for (const auto permission : {access::Permission::file_submissions, access::Permission::confirm_filing}) {
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
    auto reading = registry_.store().read();
    for (const std::string& id : units_) {
      if (const auto unit = access::find_unit(*reading, registry_.tenant(), id)) names_[id] = unit->name;
    }
    if (!units_.empty()) {
      take_deeds(*reading);
      take_extensions(*reading, years);
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

  registry::Registry& registry_;
  const Years& years_;
  const access::Principal& who_;
  std::vector<std::string> units_;
  std::map<std::string, std::string> names_;
  std::vector<Notice> notices_;
};

}  // namespace

std::string_view notice_kind_code(Notice::Kind kind) {
  static constexpr std::string_view codes[] = {"returned", "approved",      "extended", "due_soon", "overdue",
                                               "password", "second_factor", "link",     "posts",    "mail"};
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
