#include "desks/performance/publication.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "access/day.h"
#include "access/units.h"
#include "base/hash.h"
#include "base/text.h"
#include "desks/people/bureau_region.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/publication_lists.h"
#include "desks/performance/publication_summaries.h"
#include "desks/performance/years.h"
#include "goals/version_code.h"
#include "policy/pack.h"

namespace jiheng::desks {
namespace {

constexpr std::size_t longest_reason = 2'000;

constexpr std::string_view select_year =
    "SELECT s.id, s.unit_id, s.unit_name, s.state, s.revision, s.tables, p.filing, u.code, u.name, u.section, u.classified, "
    "q.record_revision, "
    "q.state, q.revision, q.content, q.at, q.by_whom, q.why FROM submission_summaries s LEFT JOIN submission_pages p ON p.tenant_id = "
    "s.tenant_id AND p.id = s.id LEFT JOIN units u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id LEFT JOIN publications q ON "
    "q.tenant_id = s.tenant_id AND q.submission = s.id WHERE s.tenant_id = ? AND s.year_key = ? ORDER BY u.code, s.id";
constexpr std::string_view select_approval =
    "SELECT MAX(at) FROM journal WHERE tenant_id = ? AND kind = 'submission' AND record_id = ? AND action = 'approve' AND state = "
    "'approved' AND revision <= ?";
/// Of the whole year at once: there are thousands of units in a province.
constexpr std::string_view select_approvals =
    "SELECT j.record_id, j.revision, j.at FROM journal j JOIN submission_summaries s ON s.tenant_id = j.tenant_id AND s.id = j.record_id "
    "WHERE j.tenant_id = ? AND s.year_key = ? AND j.kind = 'submission' AND j.action = 'approve' AND j.state = 'approved' ORDER BY "
    "j.record_id, j.revision";
/// Whose it is now counts, too: a submission may have been given to another unit since.
constexpr std::string_view select_published =
    "SELECT q.submission, u.id, u.code, u.name, COALESCE(sec.name, ''), q.year, q.revision, q.content, q.approved_at, q.at, q.files, "
    "q.record_revision FROM publications q JOIN units w ON w.tenant_id = q.tenant_id AND w.id = q.unit_id JOIN submission_summaries s ON "
    "s.tenant_id = q.tenant_id AND s.id = q.submission JOIN units u ON u.tenant_id = s.tenant_id AND u.id = s.unit_id LEFT JOIN units sec "
    "ON sec.tenant_id = u.tenant_id AND sec.id = u.section WHERE q.tenant_id = ? AND q.state = 'published' AND u.classified = 0 AND "
    "w.classified = 0 ";
constexpr std::string_view select_out =
    "SELECT q.submission, q.record_revision, u.id, u.revision, COALESCE(sec.revision, 0) FROM publications q JOIN units w ON w.tenant_id = "
    "q.tenant_id AND w.id = q.unit_id JOIN submission_summaries s ON s.tenant_id = q.tenant_id AND s.id = q.submission JOIN units u ON "
    "u.tenant_id = s.tenant_id AND u.id = s.unit_id LEFT JOIN units sec ON sec.tenant_id = u.tenant_id AND sec.id = u.section WHERE "
    "q.tenant_id = ? AND q.state = 'published' AND u.classified = 0 AND w.classified = 0 ORDER BY q.submission";
constexpr std::string_view in_order = "ORDER BY q.year DESC, u.code, q.submission";
constexpr std::string_view select_mark =
    "SELECT submission, record_revision FROM publication_marks WHERE tenant_id = ? AND mark = ? ORDER BY record_revision DESC, submission";
constexpr std::string_view select_bureau = "SELECT name FROM units WHERE tenant_id = ? AND kind = 'unit' AND parent IS NULL ORDER BY id";

Error not_found() {
  return {"not-found", "没有这份绩效目标，它可能已被删除。", {}};
}

Error not_publishable(std::string why, std::string code) {
  return {"not-publishable", std::move(why), {std::move(code)}};
}

std::optional<Deadline> deadline_of(const policy::DeadlineRule& rule, std::string_view at) {
  const auto start = Date::parse(local_day_of(at));
  if (!start) return std::nullopt;
  DeadlineRequest request;
  request.rule = "批复后" + std::to_string(rule.days) + (rule.work_days ? "个工作日" : "日") + "内公开";
  request.start = *start;
  request.days = rule.days;
  request.work_days = rule.work_days;
  auto deadline = reckon(std::move(request));
  return deadline ? std::optional(std::move(*deadline)) : std::nullopt;
}

void set_deadline(Publishable& each, const std::optional<policy::DeadlineRule>& asked, Date today) {
  const auto deadline = asked ? deadline_of(*asked, each.approved_at) : std::nullopt;
  if (!deadline) return;
  each.due = deadline->due.text();
  each.provisional = deadline->provisional;
  each.days_left = asked->work_days ? WorkCalendar::state_council().work_days_between(today, deadline->due) : deadline->due - today;
  const bool owed = each.state == PublicationState::due || each.state == PublicationState::outdated;
  each.overdue = owed && today > deadline->due;
}

struct Row {
  Publishable each;
  std::string content;  ///< of what is out
};

Row row_of(const store::Row& row, int year) {
  Row made;
  Publishable& each = made.each;
  each.submission = row.string(0);
  each.unit = row.is_null(7) ? Text() : row.optional_text(1);
  each.year = year;
  each.tables = row.small(5);
  each.code = row.is_null(7) ? "" : row.string(7);
  each.name = row.is_null(8) ? row.optional_text(2).value_or("") : row.string(8);
  each.section = row.optional_text(9);
  const State state = state_from_code(row.text(3)).value_or(State::draft);
  const Filing filing = row.is_null(6) ? Filing{} : filing_from_json(row.text(6));
  each.adjusting = state != State::approved && filing.adjusts;
  each.approved_revision = approved_revision(state, row.small(4), filing);
  const bool barred = !each.unit || row.small(10) != 0;
  if (barred) each.state = PublicationState::barred;
  if (row.is_null(11)) return made;
  each.record_revision = row.small(11);
  const bool out = row.text(12) == published_state;
  each.published_revision = row.small(13);
  made.content = row.string(14);
  if (out) {
    each.published_at = row.string(15);
    each.published_by = row.string(16);
    each.mark = version_code(made.content, *each.published_revision);
  } else {
    each.why = row.optional_text(17);
  }
  if (!barred) each.state = out ? PublicationState::published : PublicationState::withdrawn;
  return made;
}

int urgency(const Publishable& each) {
  switch (each.state) {
    case PublicationState::due:
    case PublicationState::outdated:
      return each.overdue ? 0 : 1;
    case PublicationState::withdrawn:
      return 2;
    case PublicationState::published:
      return 3;
    case PublicationState::barred:
      break;
  }
  return 4;
}

Published published_of(const store::Row& row) {
  Published made;
  made.submission = row.string(0);
  made.unit = row.string(1);
  made.code = row.string(2);
  made.name = row.string(3);
  made.section = row.string(4);
  made.year = row.small(5);
  made.revision = row.small(6);
  made.content = row.string(7);
  made.version = version_code(made.content, made.revision);
  made.approved_at = row.string(8);
  made.published_at = row.string(9);
  made.files = files_from_json(row.text(10));
  return made;
}

}  // namespace

std::string_view publication_state_code(PublicationState state) {
  static constexpr std::string_view codes[] = {"due", "outdated", "published", "withdrawn", "barred"};
  return codes[static_cast<int>(state)];
}

std::string_view publication_state_name(PublicationState state) {
  static constexpr std::string_view names[] = {"待公开", "待更新", "已公开", "已撤回", "不公开"};
  return names[static_cast<int>(state)];
}

std::string local_day_of(std::string_view utc) {
  const auto day = Date::parse(utc.substr(0, 10));
  if (!day || utc.size() < 19) return {};
  const auto two = [&](std::size_t at) { return (utc[at] - '0') * 10 + (utc[at + 1] - '0'); };
  return access::local_day(std::int64_t{day->days()} * 86400 + two(11) * 3600 + two(14) * 60 + two(17));
}

std::string version_code_of(const Submission& submission) {
  Body body;
  body.tables = submission.tables;
  return version_code(content_hash(body), submission.summary.revision);
}

std::optional<policy::DeadlineRule> publication_rule(registry::Registry& registry, std::optional<int> year) {
  for (const policy::DeadlineRule& each : pack_for(std::nullopt, year_pack(registry, year)).deadlines) {
    if (each.name == "publication") return each;
  }
  return std::nullopt;
}

int approved_revision(State state, int revision, const Filing& filing) {
  return state == State::approved ? revision : filing.adjusts.value_or(0);
}

std::string approved_at(store::Connection& connection, const std::string& tenant, std::string_view submission, int revision) {
  std::string at;
  connection.query(select_approval, {tenant, submission, revision}, [&](const store::Row& row) {
    if (!row.is_null(0)) at = row.string(0);
  });
  return at;
}

std::string bureau_name(store::Connection& connection, const std::string& tenant) {
  std::string first;
  std::string named;
  connection.query(select_bureau, {tenant}, [&](const store::Row& row) {
    if (first.empty()) first = row.string(0);
    if (named.empty() && ends_with(row.text(0), "财政局")) named = row.string(0);
  });
  return !named.empty() ? named : !first.empty() ? first : "财政局";
}

std::vector<Publishable> Publications::list(int year, const access::Principal& who) const {
  const access::Reach reach = who.reach(access::Permission::see_submissions);
  const auto asked = publication_rule(registry_, year);
  const Date today = Date::parse(access::local_day(registry_.now())).value_or(Date());
  auto reading = registry_.store().read();
  std::vector<Row> rows;
  reading->query(select_year, {registry_.tenant(), year}, [&](const store::Row& row) {
    if (!reach.contains(row.is_null(1) ? std::string_view() : row.text(1))) return;
    Row made = row_of(row, year);
    if (made.each.approved_revision > 0 || made.each.record_revision > 0) rows.push_back(std::move(made));
  });
  std::map<std::string, std::map<int, std::string>> approvals;
  reading->query(select_approvals, {registry_.tenant(), year},
                 [&](const store::Row& row) { approvals[row.string(0)][row.small(1)] = row.string(2); });
  std::vector<Publishable> found;
  for (Row& row : rows) {
    Publishable& each = row.each;
    const auto& all = approvals[each.submission];
    const auto after = all.upper_bound(each.approved_revision);
    if (after != all.begin()) each.approved_at = std::prev(after)->second;
    if (each.state == PublicationState::published && *each.published_revision != each.approved_revision) {
      // An adjustment that was given up leaves the same content at a later revision.
      const auto record = registry_.at_revision(submission_kind, each.submission, each.approved_revision);
      if (record && content_hash(body_from_json(record->body)) != row.content) each.state = PublicationState::outdated;
    }
    if (each.state != PublicationState::barred) set_deadline(each, asked, today);
    found.push_back(std::move(each));
  }
  std::stable_sort(found.begin(), found.end(), [](const Publishable& a, const Publishable& b) {
    return urgency(a) != urgency(b) ? urgency(a) < urgency(b) : urgency(a) < 2 && a.due < b.due;
  });
  return found;
}

Result<Deadline> Publications::deadline(std::string_view submission, const access::Principal& who) const {
  auto reading = registry_.store().read();
  const auto page = list_page_of(*reading, registry_.tenant(), submission);
  if (!page || !who.may(access::Permission::see_submissions, page->summary.unit.value_or(""))) return not_found();
  const int revision = approved_revision(page->summary.state, page->summary.revision, page->filing);
  const std::string at = revision > 0 ? approved_at(*reading, registry_.tenant(), submission, revision) : "";
  if (at.empty()) return Error{"not-found", "这份绩效目标还没有批复，没有公开期限。", {}};
  const auto asked = publication_rule(registry_, page->summary.year);
  if (!asked) return Error{"no-publication-rule", "现行政策口径没有规定公开期限。", {}};
  auto deadline = deadline_of(*asked, at);
  if (!deadline) return not_found();
  return std::move(*deadline);
}

Result<Done> Publications::publish(std::string_view id, int approved, const access::Principal& who) {
  Body body;
  std::optional<access::Unit> unit;
  PublicationBody made;
  PublishedContent content;
  {
    auto reading = registry_.store().read();
    const auto page = list_page_of(*reading, registry_.tenant(), id);
    const Text unit_id = page ? page->summary.unit : std::nullopt;
    if (!page || !who.may(access::Permission::see_submissions, unit_id.value_or(""))) return not_found();
    if (!who.may(access::Permission::publish, unit_id.value_or(""))) return forbidden();
    if (unit_id) unit = access::find_unit(*reading, registry_.tenant(), *unit_id);
    if (!unit) return not_publishable("这份绩效目标还不知道是哪个单位的，不能公开。请先认定单位。", "unknown-unit");
    if (unit->classified) return not_publishable("“" + unit->name + "”是涉密单位，绩效目标不公开。", "classified");
    if (!page->summary.year) return not_publishable("这份绩效目标没有写明年度，不能公开。", "no-year");
    const int now = approved_revision(page->summary.state, page->summary.revision, page->filing);
    if (now == 0) return not_publishable("这份绩效目标还没有批复，不能公开。", "not-approved");
    if (now != approved) return Error{"stale-revision", "批复的内容已经变了，没有公开。请刷新后再看一遍。", {std::to_string(now), "", ""}};
    made.year = *page->summary.year;
    made.approved_at = approved_at(*reading, registry_.tenant(), id, approved);
  }
  const auto record = registry_.at_revision(submission_kind, id, approved);
  if (!record) return not_found();
  body = body_from_json(record->body);
  if (body.tables.empty()) return not_publishable("这份绩效目标里没有表，没有可公开的内容。", "no-tables");
  made.submission = std::string(id);
  made.unit = unit->id;
  made.revision = approved;
  made.content = content_hash(body);
  content.unit_name = unit->name;
  content.year = made.year;
  content.code = version_code(made.content, approved);
  content.approved = local_day_of(made.approved_at);
  for (FiledTable& each : body.tables) {
    for (Indicator& indicator : each.table.indicators) indicator.source = {};
    content.tables.push_back(std::move(each.table));
  }
  const auto files = make_(content);
  if (!files) return files.error();
  registry::Revision revision{std::string(publication_kind), made.submission, 0, std::string(published_state), "publish", {}, {}};
  for (const auto& [carrier, bytes] : *files) {
    made.files.push_back({carrier, registry_.keep(bytes), static_cast<std::int64_t>(bytes.size())});
    if (std::find(revision.attachments.begin(), revision.attachments.end(), made.files.back().sha256) == revision.attachments.end())
      revision.attachments.push_back(made.files.back().sha256);
  }
  revision.body = publication_json(made);

  auto change = registry_.begin(author_of(who, {}, who.stands_in(access::Permission::publish, unit->id)));
  // What was true before the files were made must still be.
  const auto latest = change.latest(submission_kind, id);
  const auto still = access::find_unit(change.connection(), registry_.tenant(), unit->id);
  if (!latest ||
      approved_revision(state_from_code(latest->state).value_or(State::draft), latest->revision, body_from_json(latest->body).filing) !=
          approved ||
      listed_unit(change.connection(), registry_.tenant(), id) != unit->id || !still || still->classified)
    return Error{"stale-revision", "批复的内容已经变了，没有公开。请刷新后再看一遍。", {"", "", ""}};
  if (const auto before = change.latest(publication_kind, id)) {
    if (before->state == published_state && publication_from_json(before->body).content == made.content)
      return Error{"already-published", "这一版已经公开了。", {}};
    revision.from_revision = before->revision;
  }
  const auto stored = change.put(revision);
  if (!stored) return stored.error();
  store_publication(change.connection(), registry_.tenant(), *stored);
  store_summary(change.connection(), registry_.tenant(), made.content, content.tables);
  change.commit();
  return Done{};
}

Result<Done> Publications::withdraw(std::string_view id, int record_revision, std::string why, const access::Principal& who) {
  {
    auto reading = registry_.store().read();
    const auto unit = listed_unit(*reading, registry_.tenant(), id);
    if (!who.may(access::Permission::see_submissions, unit.value_or(""))) return not_found();
    if (!who.may(access::Permission::publish, unit.value_or(""))) return forbidden();
  }
  if (trim(why).empty() || why.size() > longest_reason || !is_valid_utf8(why))
    return Error{"why-missing", "请写明为什么撤回，理由会留在记录里。", {"why"}};
  auto change = registry_.begin(author_of(who, std::move(why)));
  const auto before = change.latest(publication_kind, id);
  if (!before) return not_found();
  if (before->state != published_state) return Error{"action-not-allowed", "这份绩效目标没有在公开，不用撤回。", {}};
  registry::Revision revision{
      std::string(publication_kind), std::string(id), record_revision, std::string(withdrawn_state), "withdraw", before->body, {}};
  for (const PublishedFile& each : publication_from_json(before->body).files) {
    if (std::find(revision.attachments.begin(), revision.attachments.end(), each.sha256) == revision.attachments.end())
      revision.attachments.push_back(each.sha256);
  }
  const auto stored = change.put(revision);
  if (!stored) return stored.error();
  store_publication(change.connection(), registry_.tenant(), *stored);
  change.commit();
  return Done{};
}

std::vector<Published> Publications::published(int year) const {
  std::vector<Published> found;
  auto reading = registry_.store().read();
  const auto take = [&](const store::Row& row) { found.push_back(published_of(row)); };
  if (year == 0)
    reading->query(std::string(select_published) + std::string(in_order), {registry_.tenant()}, take);
  else
    reading->query(std::string(select_published) + "AND q.year = ? " + std::string(in_order), {registry_.tenant(), year}, take);
  return found;
}

std::vector<GoalTable> Publications::tables(const Published& published) const {
  const auto record = registry_.at_revision(submission_kind, published.submission, published.revision);
  std::vector<GoalTable> tables;
  if (!record) return tables;
  for (FiledTable& each : body_from_json(record->body).tables) {
    for (Indicator& indicator : each.table.indicators) indicator.source = {};
    tables.push_back(std::move(each.table));
  }
  return tables;
}

Result<std::string> Publications::file(const PublishedFile& file) const {
  return registry_.attachment(file.sha256);
}

std::string Publications::mark() const {
  std::string all = bureau() + "\n" + region();
  registry_.store().read()->query(select_out, {registry_.tenant()}, [&](const store::Row& row) {
    all.append("\n").append(row.text(0)).append(" ").append(std::to_string(row.integer(1))).append(" ").append(row.text(2));
    all.append(" ").append(std::to_string(row.integer(3))).append(" ").append(std::to_string(row.integer(4)));
  });
  return sha256_hex(all);
}

std::optional<PublishedVersion> Publications::version_of(std::string_view mark) const {
  std::vector<std::pair<std::string, int>> known;
  auto reading = registry_.store().read();
  reading->query(select_mark, {registry_.tenant(), mark}, [&](const store::Row& row) { known.emplace_back(row.string(0), row.small(1)); });
  for (const auto& [submission, record_revision] : known) {
    std::optional<PublishedVersion> found;
    reading->query(std::string(select_published) + "AND q.submission = ?", {registry_.tenant(), submission},
                   [&](const store::Row& row) { found = PublishedVersion{published_of(row), row.small(11) == record_revision}; });
    if (!found) continue;
    if (found->current) return found;
    const auto record = registry_.at_revision(publication_kind, submission, record_revision);
    if (!record) continue;
    PublicationBody body = publication_from_json(record->body);
    // Published again at the same revision after it was withdrawn: the same thing.
    if (body.revision == found->what.revision) {
      found->current = true;
      return found;
    }
    found->what.revision = body.revision;
    found->what.content = std::move(body.content);
    found->what.version = version_code(found->what.content, body.revision);
    found->what.approved_at = std::move(body.approved_at);
    found->what.published_at = record->at;
    found->what.files = std::move(body.files);
    return found;
  }
  return std::nullopt;
}

std::string Publications::bureau() const {
  return bureau_name(*registry_.store().read(), registry_.tenant());
}

std::string Publications::region() const {
  return BureauRegions(registry_).shown();
}

std::map<std::string, writing::SiteUnit, std::less<>> Publications::summaries() const {
  return summaries_of(*registry_.store().read_one(), registry_.tenant());
}

std::map<std::string, std::vector<std::string>, std::less<>> Publications::words(int year) const {
  return words_of(*registry_.store().read_one(), registry_.tenant(), year);
}

void Publications::prepare() {
  const auto wanted = contents_without_summary(*registry_.store().read_one(), registry_.tenant());
  if (wanted.empty()) return;
  for (const Published& each : published()) {
    if (!std::binary_search(wanted.begin(), wanted.end(), each.content)) continue;
    const auto found = tables(each);
    auto writing = registry_.store().write();
    store_summary(*writing, registry_.tenant(), each.content, found);
    writing.commit();
  }
}

void Publications::rebuild() {
  const std::string& tenant = registry_.tenant();
  std::vector<std::string> ids;
  registry_.each_latest(*registry_.store().read(), publication_kind, [&](const registry::Record& record) { ids.push_back(record.id); });
  auto change = registry_.begin({});
  for (const std::string_view table : {"publications", "publication_marks", "publication_summaries"})
    change.connection().run("DELETE FROM " + std::string(table) + " WHERE tenant_id = ?", {tenant});
  for (const std::string& id : ids) {
    auto history = registry_.history(publication_kind, id);
    for (auto record = history.rbegin(); record != history.rend(); ++record) store_publication(change.connection(), tenant, *record);
  }
  change.commit();
  prepare();
}

}  // namespace jiheng::desks
