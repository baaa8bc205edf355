#include "desks/performance/years.h"

#include <boost/json.hpp>

#include <algorithm>

#include "access/day.h"
#include "access/units.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/lists.h"
#include "policy/pack.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr int first_year = 2000;
constexpr int last_year = 2199;
constexpr int longest_window = 400;  ///< work days
constexpr std::size_t longest_notice = 20'000;
constexpr std::size_t most_lines = 2'000;
constexpr std::size_t longest_reason = 2'000;

std::string id_of(int year) {
  return "filing-year-" + std::to_string(year);
}

Error invalid(std::string message, std::string field) {
  return {"invalid-year", std::move(message), {std::move(field)}};
}

Error no_year(int year) {
  return {"not-found", std::to_string(year) + "年还没有开启申报。", {std::to_string(year)}};
}

std::string body_of(const FilingYear& year) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year").integer(year.year).field("opens", year.opens).key("work_days").integer(year.work_days);
  out.field("notice", year.notice).field("pack", year.pack).key("exempt").begin_array();
  for (const std::string& unit : year.exempt) out.string(unit);
  out.end_array().key("extensions").begin_array();
  for (const Extension& each : year.extensions)
    out.begin_object().field("unit", each.unit).key("work_days").integer(each.work_days).field("why", each.why).end_object();
  out.end_array().key("closed").boolean(year.closed).end_object();
  return text;
}

FilingYear year_from(const registry::Record& record) {
  // What the registry verified and we wrote; anything else is damage.
  try {
    const json::value body = json::parse(record.body);
    FilingYear year;
    year.year = static_cast<int>(body.at("year").as_int64());
    year.revision = record.revision;
    year.opens = std::string(body.at("opens").as_string());
    year.work_days = static_cast<int>(body.at("work_days").as_int64());
    year.notice = std::string(body.at("notice").as_string());
    // Years opened by earlier versions had none.
    if (const json::value* pack = body.as_object().if_contains("pack")) year.pack = std::string(pack->as_string());
    for (const json::value& each : body.at("exempt").as_array()) year.exempt.emplace_back(each.as_string());
    for (const json::value& each : body.at("extensions").as_array())
      year.extensions.push_back({std::string(each.at("unit").as_string()), static_cast<int>(each.at("work_days").as_int64()),
                                 std::string(each.at("why").as_string())});
    year.closed = body.at("closed").as_bool();
    return year;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里申报年度的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

std::optional<Error> trouble_with(const FilingYear& year) {
  if (year.year < first_year || year.year > last_year) return invalid("年度不对。", "year");
  if (!access::is_day(year.opens)) return invalid("开始日期不对。", "opens");
  if (year.work_days < 1 || year.work_days > longest_window) return invalid("期限应在1到400个工作日之间。", "work_days");
  if (year.notice.size() > longest_notice || !is_valid_utf8(year.notice)) return invalid("通知太长或有不能识别的字符。", "notice");
  if (const auto deadline = filing_deadline(year, {}); !deadline) return invalid(deadline.error().message, "opens");
  return std::nullopt;
}

TileState tile_state_of(State state, int round) {
  switch (state) {
    case State::draft:
      return TileState::draft;
    case State::submitted:
      return round > 1 ? TileState::refiled : TileState::waiting;
    case State::returned:
      return TileState::returned;
    case State::approved:
      return TileState::approved;
  }
  return TileState::draft;
}

constexpr std::size_t most_named = 200;  ///< units of a reach that a query names one by one

/// The latest submission of each unit in the year.
constexpr std::string_view select_tiles =
    "SELECT u.id, u.code, u.name, u.section, s.id, s.revision, s.state, s.step, s.round, s.tables, s.errors, s.warnings, s.grade, "
    "s.proposed "
    "FROM units u LEFT JOIN submission_summaries s ON s.tenant_id = u.tenant_id AND s.unit_id = u.id AND s.year_key = ? "
    "WHERE u.tenant_id = ? AND u.kind = 'unit' AND u.active = 1 ";
constexpr std::string_view count_strangers =
    "SELECT COUNT(*) FROM submission_summaries WHERE tenant_id = ? AND year_key = ? AND unit_id IS NULL";

Tile tile_of(const store::Row& row) {
  Tile tile;
  tile.unit = row.string(0);
  tile.code = row.string(1);
  tile.name = row.string(2);
  tile.section = row.optional_text(3);
  if (row.is_null(4)) return tile;
  tile.submission = row.string(4);
  tile.revision = row.small(5);
  tile.state = tile_state_of(state_from_code(row.text(6)).value_or(State::draft), row.small(8));
  if (!row.is_null(7)) tile.step = step_from_code(row.text(7));
  tile.tables = row.small(9);
  tile.errors = row.small(10);
  tile.warnings = row.small(11);
  if (!row.is_null(12)) tile.grade = static_cast<auditing::Grade>(std::clamp(row.small(12), 0, 3));
  tile.proposed = row.small(13) != 0;
  return tile;
}

bool is_owed(TileState state) {
  return state == TileState::not_filed || state == TileState::draft || state == TileState::returned;
}

/// What wants doing most: overdue, then waiting for the bureau with most errors, then what the unit owes, then what is done.
int urgency(const Tile& tile) {
  if (tile.overdue) return 0;
  if (tile.state == TileState::refiled || tile.state == TileState::waiting) return 1;
  return tile.state == TileState::approved ? 3 : 2;
}

}  // namespace

std::string_view tile_state_code(TileState state) {
  static constexpr std::string_view codes[] = {"not_filed", "draft", "waiting", "returned", "refiled", "approved"};
  return codes[static_cast<int>(state)];
}

std::string_view tile_state_name(TileState state) {
  static constexpr std::string_view names[] = {"未报", "填报中", "待审", "退回修改", "已重报", "已批复"};
  return names[static_cast<int>(state)];
}

Result<Deadline> filing_deadline(const FilingYear& year, std::string_view unit) {
  DeadlineRequest request;
  request.rule = std::to_string(year.year) + "年绩效目标申报期限";
  request.start = Date::parse(year.opens).value_or(Date());
  request.days = year.work_days;
  for (const Extension& each : year.extensions) {
    if (each.unit != unit) continue;
    request.extension += each.work_days;
    request.extension_why = each.why;
  }
  return reckon(std::move(request));
}

std::vector<FilingYear> Years::list() const {
  std::vector<FilingYear> years;
  auto reading = registry_.store().read();
  registry_.each_latest(*reading, year_kind, [&](const registry::Record& record) { years.push_back(year_from(record)); });
  std::sort(years.begin(), years.end(), [](const FilingYear& a, const FilingYear& b) { return a.year > b.year; });
  return years;
}

Result<FilingYear> Years::store(registry::Change& change, FilingYear year, std::string_view action) {
  if (auto trouble = trouble_with(year)) return std::move(*trouble);
  const auto pack = policy::find_pack(year.pack);
  if (!pack) return invalid("没有这个政策口径：" + year.pack + "。", "pack");
  year.pack = (*pack)->id();
  for (const std::string& unit : year.exempt) {
    if (!access::find_unit(change.connection(), registry_.tenant(), unit)) return invalid("没有这个单位。", "exempt");
  }
  const auto record = change.put(
      {std::string(year_kind), id_of(year.year), year.revision, year.closed ? "closed" : "open", std::string(action), body_of(year), {}});
  if (!record) return record.error();
  year.revision = record->revision;
  return year;
}

Result<FilingYear> Years::open(FilingYear year, const access::Principal& who) {
  if (!who.may(access::Permission::manage_years)) return forbidden();
  auto change = registry_.begin(author_of(who));
  if (change.latest(year_kind, id_of(year.year)))
    return Error{"year-exists", std::to_string(year.year) + "年的申报已经开启，请直接修改。", {std::to_string(year.year)}};
  year.revision = 0;
  year.closed = false;
  year.extensions.clear();
  auto stored = store(change, std::move(year), "open");
  if (!stored) return stored;
  // What came in before the year was opened is under its rules from now on.
  relist_year(change, registry_.tenant(), stored->year);
  change.commit();
  return stored;
}

Result<FilingYear> Years::change(const FilingYear& year, const access::Principal& who) {
  if (!who.may(access::Permission::manage_years)) return forbidden();
  auto change = registry_.begin(author_of(who));
  const auto record = change.latest(year_kind, id_of(year.year));
  if (!record) return no_year(year.year);
  FilingYear next = year;
  const FilingYear before = year_from(*record);
  next.extensions = before.extensions;
  if (next.pack.empty()) next.pack = before.pack;
  const bool was_closed = record->state == "closed";
  if (was_closed && next.pack != before.pack) return invalid("这一年的申报已经结束，不能再换政策口径。", "pack");
  auto stored = store(change, std::move(next), year.closed == was_closed ? "edit" : year.closed ? "close" : "reopen");
  if (!stored) return stored;
  if (stored->pack != before.pack) relist_year(change, registry_.tenant(), stored->year);
  change.commit();
  return stored;
}

namespace {

std::optional<Error> trouble_with(store::Connection& connection, const std::string& tenant, const Extension& extension) {
  if (extension.work_days < 1 || extension.work_days > longest_window) return invalid("延期应在1到400个工作日之间。", "work_days");
  if (trim(extension.why).empty() || extension.why.size() > longest_reason || !is_valid_utf8(extension.why))
    return invalid("请写明为什么延期。", "why");
  if (!access::find_unit(connection, tenant, extension.unit)) return invalid("没有这个单位。", "unit");
  return std::nullopt;
}

Error bad_line(std::size_t number, const Error& error) {
  return {"invalid-extension-line",
          "第" + std::to_string(number) + "行：" + error.message,
          {std::to_string(number), error.context.empty() ? std::string() : error.context.back()}};
}

}  // namespace

Result<FilingYear> Years::extend(int number, int from_revision, Extension extension, const access::Principal& who) {
  if (!who.may(access::Permission::manage_years)) return forbidden();
  auto change = registry_.begin(author_of(who, extension.why));
  const auto record = change.latest(year_kind, id_of(number));
  if (!record) return no_year(number);
  if (auto trouble = trouble_with(change.connection(), registry_.tenant(), extension)) return std::move(*trouble);
  FilingYear next = year_from(*record);
  next.revision = from_revision;
  next.extensions.push_back(std::move(extension));
  auto stored = store(change, std::move(next), "extend");
  if (!stored) return stored;
  change.commit();
  return stored;
}

/// Each is an entry of the journal, as if it had been given by itself.
Result<FilingYear> Years::extend_many(int number, int from_revision, std::span<const Extension> lines, const access::Principal& who) {
  if (!who.may(access::Permission::manage_years)) return forbidden();
  if (lines.empty() || lines.size() > most_lines) return invalid("一次导入1到" + std::to_string(most_lines) + "行。", "lines");
  auto change = registry_.begin(author_of(who, lines.front().why));
  const auto record = change.latest(year_kind, id_of(number));
  if (!record) return no_year(number);
  FilingYear next = year_from(*record);
  next.revision = from_revision;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Extension extension = lines[i];
    const std::string named = normalise(extension.unit);
    const auto unit = access::find_unit_by_code(change.connection(), registry_.tenant(), named);
    extension.unit = unit ? unit->id : access::unit_named(change.connection(), registry_.tenant(), named).value_or("");
    if (extension.unit.empty()) return bad_line(i + 1, invalid("没有“" + named + "”这个单位，或者几个都叫这个名字。", "unit"));
    if (const auto trouble = trouble_with(change.connection(), registry_.tenant(), extension)) return bad_line(i + 1, *trouble);
    next.extensions.push_back(std::move(extension));
    auto stored = store(change, std::move(next), "extend");
    if (!stored) return stored;
    next = std::move(*stored);
  }
  change.commit();
  return next;
}

Result<Wall> Years::wall(int number, const access::Principal& who) const {
  auto record = registry_.latest(year_kind, id_of(number));
  if (!record) return no_year(number);
  Wall wall;
  wall.year = year_from(*record);
  auto deadline = filing_deadline(wall.year, {});
  if (!deadline) return deadline.error();
  wall.deadline = std::move(*deadline);
  const Date today = Date::parse(access::local_day(registry_.now())).value_or(Date());
  const WorkCalendar& calendar = WorkCalendar::state_council();
  const access::Reach reach = who.reach(access::Permission::see_submissions);
  auto reading = registry_.store().read();
  // Whoever has one unit among thousands is not made to wait for the others'.
  const std::string& tenant = registry_.tenant();
  std::vector<store::Value> values{number, tenant};
  std::string within;
  if (!reach.all && reach.units.size() <= most_named) {
    for (std::size_t i = 0; i < reach.units.size(); ++i) within += i == 0 ? "?" : ", ?";
    values.insert(values.end(), reach.units.begin(), reach.units.end());
    within = "AND u.id IN (" + (within.empty() ? "NULL" : within) + ") ";
  }
  reading->query_all(std::string(select_tiles) + within + "ORDER BY u.code, s.seq DESC", values, [&](const store::Row& row) {
    if (!wall.tiles.empty() && wall.tiles.back().unit == row.text(0)) return;
    const auto& exempt = wall.year.exempt;
    if (!reach.contains(row.text(0)) || std::find(exempt.begin(), exempt.end(), row.text(0)) != exempt.end()) return;
    wall.tiles.push_back(tile_of(row));
  });
  if (reach.all)
    reading->query(count_strangers, {registry_.tenant(), number}, [&](const store::Row& row) { wall.strangers = row.small(0); });
  for (Tile& tile : wall.tiles) {
    const auto& extensions = wall.year.extensions;
    tile.extended = std::any_of(extensions.begin(), extensions.end(), [&](const Extension& each) { return each.unit == tile.unit; });
    const auto own = tile.extended ? filing_deadline(wall.year, tile.unit) : Result<Deadline>(wall.deadline);
    const Date due = own ? own->due : wall.deadline.due;
    tile.due = due.text();
    tile.days_left = calendar.work_days_between(today, due);
    tile.overdue = today > due && is_owed(tile.state);
    ++wall.counts[static_cast<int>(tile.state)];
    wall.overdue += tile.overdue ? 1 : 0;
    wall.faulty += tile.errors > 0 ? 1 : 0;
  }
  std::stable_sort(wall.tiles.begin(), wall.tiles.end(), [](const Tile& a, const Tile& b) {
    if (urgency(a) != urgency(b)) return urgency(a) < urgency(b);
    return a.errors != b.errors ? a.errors > b.errors : a.warnings > b.warnings;
  });
  return wall;
}

namespace {

Text pack_in(const std::optional<registry::Record>& record) {
  if (!record) return std::nullopt;
  std::string pack = year_from(*record).pack;
  return pack.empty() ? std::nullopt : Text(std::move(pack));
}

}  // namespace

Text year_pack(registry::Registry& registry, std::optional<int> year) {
  return year ? pack_in(registry.latest(year_kind, id_of(*year))) : std::nullopt;
}

Text year_pack(registry::Change& change, std::optional<int> year) {
  return year ? pack_in(change.latest(year_kind, id_of(*year))) : std::nullopt;
}

Error closed_year(int year) {
  return {
      "year-closed", std::to_string(year) + "年的申报已经结束，内容不再改动；确需改动，请绩效股重新开启这一年。", {std::to_string(year)}};
}

bool is_closed_year(registry::Change& change, std::optional<int> year) {
  if (!year) return false;
  const auto record = change.latest(year_kind, id_of(*year));
  return record && record->state == "closed";
}

}  // namespace jiheng::desks
