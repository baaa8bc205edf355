#include <algorithm>
#include <boost/json.hpp>

#include "access/day.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "desks/follow_up/follow_up_lists.h"
#include "desks/follow_up/standing.h"
#include "desks/people/people.h"
#include "desks/performance/body.h"
#include "desks/performance/lists.h"
#include "desks/performance/publication.h"
#include "desks/performance/workflow.h"
#include "desks/performance/years.h"
#include "policy/pack.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_notice = 20'000;
constexpr int longest_window = 400;

constexpr std::string_view select_submissions = "SELECT id FROM submission_summaries WHERE tenant_id = ? AND year = ? ORDER BY id";

Error invalid(std::string message, std::string field) {
  return {"invalid-round", std::move(message), {std::move(field)}};
}

std::string body_of(const Round& round) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("kind", follow_up_code(round.kind)).key("year").integer(round.year).key("month").integer(round.month);
  out.field("opens", round.opens).key("work_days").integer(round.work_days).field("notice", round.notice);
  out.key("closed").boolean(round.closed).end_object();
  return text;
}

std::optional<Error> trouble_with(const Round& round) {
  // The year after it, and the one before, are looked at, too.
  if (round.year < 2000 || round.year >= Date::last_year) return invalid("年度不对。", "year");
  if (round.month < 1 || round.month > 12) return invalid("月份应是1到12月。", "month");
  if (round.kind == FollowUpKind::self_evaluation && round.month != 12) return invalid("绩效自评是全年的，月份应是12月。", "month");
  if (!access::is_day(round.opens)) return invalid("开始日期不对。", "opens");
  if (round.work_days < 1 || round.work_days > longest_window) return invalid("期限应在1到400个工作日之间。", "work_days");
  if (round.notice.size() > longest_notice || !is_valid_utf8(round.notice)) return invalid("通知太长或有不能识别的字符。", "notice");
  if (const auto deadline = round_deadline(round); !deadline) return invalid(deadline.error().message, "opens");
  return std::nullopt;
}

std::string name_of(const Round& round) {
  const std::string year = std::to_string(round.year) + "年";
  if (round.kind == FollowUpKind::self_evaluation) return year + "度绩效自评";
  return year + "1-" + std::to_string(round.month) + "月绩效运行监控";
}

}  // namespace

std::string round_id(FollowUpKind kind, int year, int month) {
  const std::string number = std::to_string(month);
  return std::string(follow_up_code(kind)) + "-" + std::to_string(year) + "-" + (month < 10 ? "0" : "") + number;
}

Round round_from(const registry::Record& record) {
  try {
    const json::value body = json::parse(record.body);
    Round round;
    round.kind = follow_up_from_code(std::string_view(body.at("kind").as_string())).value_or(FollowUpKind::monitoring);
    round.year = static_cast<int>(body.at("year").as_int64());
    round.month = static_cast<int>(body.at("month").as_int64());
    round.revision = record.revision;
    round.opens = std::string(body.at("opens").as_string());
    round.work_days = static_cast<int>(body.at("work_days").as_int64());
    round.notice = std::string(body.at("notice").as_string());
    round.closed = body.at("closed").as_bool();
    return round;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里监控或自评批次的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

std::optional<Round> round_of(registry::Registry& registry, FollowUpKind kind, int year, int month) {
  const auto record = registry.latest(round_kind, round_id(kind, year, month));
  return record ? std::optional(round_from(*record)) : std::nullopt;
}

Result<Deadline> round_deadline(const Round& round) {
  DeadlineRequest request;
  request.rule = name_of(round) + "报送期限";
  request.start = Date::parse(round.opens).value_or(Date());
  request.days = round.work_days;
  return reckon(std::move(request));
}

std::vector<GoalTable> tables_at(registry::Registry& registry, std::string_view submission, int revision) {
  const auto record = registry.at_revision(submission_kind, submission, revision);
  std::vector<GoalTable> tables;
  if (!record) return tables;
  for (FiledTable& each : body_from_json(record->body).tables) tables.push_back(std::move(each.table));
  return tables;
}

std::optional<ApprovedTables> approved_tables(registry::Registry& registry, std::string_view submission) {
  const auto record = registry.latest(submission_kind, submission);
  if (!record || record->state == removed_state) return std::nullopt;
  const Body body = body_from_json(record->body);
  ApprovedTables out;
  out.revision = approved_revision(state_from_code(record->state).value_or(State::draft), record->revision, body.filing);
  if (out.revision == 0) return std::nullopt;
  out.unit = listed_unit(*registry.store().read_one(), registry.tenant(), submission);
  out.tables = tables_at(registry, submission, out.revision);
  for (const GoalTable& each : out.tables) {
    if (!out.year) out.year = each.year;
    if (out.unit_name.empty()) out.unit_name = each.unit_name.value_or("");
  }
  return out;
}

Result<Round> FollowUps::put_round(const Round& round, std::string_view action, const access::Principal& who) {
  if (auto trouble = trouble_with(round)) return std::move(*trouble);
  auto change = registry_.begin(author_of(who));
  const auto record = change.put({std::string(round_kind),
                                  round_id(round.kind, round.year, round.month),
                                  round.revision,
                                  round.closed ? "closed" : "open",
                                  std::string(action),
                                  body_of(round),
                                  {}});
  if (!record) return record.error();
  change.commit();
  Round stored = round;
  stored.revision = record->revision;
  return stored;
}

std::vector<Round> FollowUps::rounds() const {
  std::vector<Round> rounds;
  auto reading = registry_.store().read();
  registry_.each_latest(*reading, round_kind, [&](const registry::Record& record) { rounds.push_back(round_from(record)); });
  std::sort(rounds.begin(), rounds.end(), [](const Round& a, const Round& b) {
    if (a.year != b.year) return a.year > b.year;
    if (a.kind != b.kind) return a.kind == FollowUpKind::self_evaluation;
    return a.month > b.month;
  });
  return rounds;
}

Result<Round> FollowUps::open_round(const Round& round, const access::Principal& who) {
  if (!who.may(access::Permission::manage_years)) return forbidden();
  if (auto trouble = trouble_with(round)) return std::move(*trouble);
  if (round_of(registry_, round.kind, round.year, round.month))
    return Error{"round-exists", name_of(round) + "已经布置，请直接修改。", {round_id(round.kind, round.year, round.month)}};
  Round next = round;
  next.revision = 0;
  next.closed = false;
  auto opened = put_round(next, "open", who);
  if (!opened) return opened;
  // One by one: a form that somebody else lays meanwhile, or a stop in between, leaves the others right; asking again goes on.
  const auto laid = lay_forms(round.kind, round.year, round.month, who);
  if (!laid) return laid.error();
  return opened;
}

Result<Round> FollowUps::change_round(const Round& round, const access::Principal& who) {
  if (!who.may(access::Permission::manage_years)) return forbidden();
  const auto before = round_of(registry_, round.kind, round.year, round.month);
  if (!before) return Error{"not-found", name_of(round) + "还没有布置。", {}};
  return put_round(round, round.closed == before->closed ? "edit" : round.closed ? "close" : "reopen", who);
}

Result<int> FollowUps::lay_forms(FollowUpKind kind, int year, int month, const access::Principal& who) {
  if (!who.may(access::Permission::manage_years)) return forbidden();
  const auto round = round_of(registry_, kind, year, month);
  if (!round) return Error{"not-found", "这一批还没有布置。", {}};
  if (round->closed) return Error{"round-closed", name_of(*round) + "已经结束，不能再发表。", {}};
  std::vector<std::string> submissions;
  {
    auto reading = registry_.store().read();
    reading->query(select_submissions, {registry_.tenant(), year}, [&](const store::Row& row) { submissions.push_back(row.string(0)); });
  }
  int laid = 0;
  for (const std::string& submission : submissions) {
    if (auto error = lay_form(*round, submission, who, laid)) return std::move(*error);
  }
  return laid;
}

std::optional<Error> FollowUps::lay_form(const Round& round, const std::string& submission, const access::Principal& who, int& laid) {
  const std::string& tenant = registry_.tenant();
  if (!form_of_submission(*registry_.store().read(), tenant, round.kind, round.year, round.month, submission).empty()) return std::nullopt;
  auto approved = approved_tables(registry_, submission);
  if (!approved || approved->tables.empty()) return std::nullopt;
  const auto pack = policy::find_pack(year_pack(registry_, round.year).value_or(""));
  if (!pack) return pack.error();
  FollowUpBody body;
  body.kind = round.kind;
  body.year = round.year;
  body.month = round.month;
  body.submission = submission;
  body.submission_revision = approved->revision;
  body.unit = approved->unit.value_or("");
  body.unit_name = approved->unit_name;
  body.pack = (*pack)->id();
  for (const GoalTable& each : approved->tables) {
    body.entries.emplace_back();
    body.entries.back().indicators.resize(each.indicators.size());
  }
  const auto tables = filled(body, false);
  if (!tables) return tables.error();
  auto change = registry_.begin(author_of(who));
  if (!form_of_submission(change.connection(), tenant, round.kind, round.year, round.month, submission).empty()) return std::nullopt;
  const auto record = change.put({std::string(follow_up_kind),
                                  registry::new_id(),
                                  0,
                                  std::string(follow_up_state_code(FollowUpState::draft)),
                                  "begin",
                                  follow_up_json(body),
                                  {}});
  if (!record) return record.error();
  store_summary(change.connection(), tenant, summary_of(*record, body, *tables, **pack));
  change.commit();
  ++laid;
  return std::nullopt;
}

}  // namespace jiheng::desks
