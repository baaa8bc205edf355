#include "desks/follow_up/alarms.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "access/day.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "desks/follow_up/follow_up_steps.h"
#include "desks/follow_up/standing.h"
#include "desks/people/people.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;
using access::Permission;
using scoring::Light;

constexpr std::array<std::string_view, 4> state_codes{"open", "answered", "closed", "void"};
constexpr std::array<std::string_view, 4> state_names{"待答复", "已答复", "已解除", "已撤销"};
constexpr std::array<std::string_view, 3> choice_codes{"continue", "shift", "cancel"};
constexpr std::array<std::string_view, 3> choice_names{"继续实施", "调剂资金", "取消项目"};
constexpr std::string_view rule_name = "alarm_answer";
constexpr int usual_days = 10;
constexpr std::size_t longest_words = 6'000;

constexpr std::string_view insert_alarm =
    "INSERT INTO alarms (tenant_id, id, follow_up, year, month, unit_id, unit_name, project_name, what, why, raised_on, due, state, "
    "choice, "
    "revision, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

template <class Code, std::size_t size>
std::optional<Code> from_code(const std::array<std::string_view, size>& codes, std::string_view code) {
  const auto found = std::find(codes.begin(), codes.end(), code);
  return found == codes.end() ? std::nullopt : std::optional(static_cast<Code>(found - codes.begin()));
}

std::string body_of(const Alarm& alarm) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("follow_up", alarm.follow_up).key("table").integer(alarm.table).key("indicator").integer(alarm.indicator);
  out.key("year").integer(alarm.year).key("month").integer(alarm.month).field("unit", alarm.unit).field("unit_name", alarm.unit_name);
  out.field("project_name", alarm.project_name).field("what", alarm.what).field("why", alarm.why).field("raised_on", alarm.raised_on);
  out.field("due", alarm.due).key("work_days").integer(alarm.work_days);
  out.field("choice", alarm.choice ? std::optional(alarm_choice_code(*alarm.choice)) : std::nullopt).field("answer", alarm.answer);
  out.key("steps").begin_array();
  for (const AlarmStep& each : alarm.steps) {
    out.begin_object().field("act", each.act).field("account", each.account).field("name", each.name).field("at", each.at);
    out.field("words", each.words).field("for_account", each.for_account).end_object();
  }
  out.end_array().end_object();
  return text;
}

Text text_of(const json::value& value) {
  return value.is_string() ? Text(std::string(value.get_string())) : std::nullopt;
}

Alarm alarm_from(const registry::Record& record) {
  try {
    const json::value body = json::parse(record.body);
    Alarm alarm;
    alarm.id = record.id;
    alarm.revision = record.revision;
    alarm.state = alarm_state_from_code(record.state).value_or(AlarmState::open);
    alarm.follow_up = std::string(body.at("follow_up").as_string());
    alarm.table = static_cast<int>(body.at("table").as_int64());
    alarm.indicator = static_cast<int>(body.at("indicator").as_int64());
    alarm.year = static_cast<int>(body.at("year").as_int64());
    alarm.month = static_cast<int>(body.at("month").as_int64());
    alarm.unit = std::string(body.at("unit").as_string());
    alarm.unit_name = std::string(body.at("unit_name").as_string());
    alarm.project_name = text_of(body.at("project_name"));
    alarm.what = std::string(body.at("what").as_string());
    alarm.why = std::string(body.at("why").as_string());
    alarm.raised_on = std::string(body.at("raised_on").as_string());
    alarm.due = std::string(body.at("due").as_string());
    alarm.work_days = static_cast<int>(body.at("work_days").as_int64());
    if (const Text choice = text_of(body.at("choice"))) alarm.choice = alarm_choice_from_code(*choice);
    alarm.answer = text_of(body.at("answer"));
    for (const json::value& each : body.at("steps").as_array())
      alarm.steps.push_back({std::string(each.at("act").as_string()), std::string(each.at("account").as_string()),
                             std::string(each.at("name").as_string()), std::string(each.at("at").as_string()), text_of(each.at("words")),
                             text_of(each.at("for_account"))});
    return alarm;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里预警的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

Result<Deadline> deadline_of(const Alarm& alarm) {
  DeadlineRequest request;
  request.rule = "预警答复期限";
  request.start = Date::parse(alarm.raised_on).value_or(Date());
  request.days = alarm.work_days;
  return reckon(std::move(request));
}

void list_alarm(store::Connection& connection, const std::string& tenant, const Alarm& alarm, std::string_view at) {
  connection.run("DELETE FROM alarms WHERE tenant_id = ? AND id = ?", {tenant, alarm.id});
  connection.run(insert_alarm, {tenant, alarm.id, alarm.follow_up, alarm.year, alarm.month,
                                alarm.unit.empty() ? store::Value() : store::Value(alarm.unit), alarm.unit_name, alarm.project_name,
                                alarm.what, alarm.why, alarm.raised_on, alarm.due, alarm_state_code(alarm.state),
                                alarm.choice ? store::Value(alarm_choice_code(*alarm.choice)) : store::Value(), alarm.revision, at});
}

std::optional<Error> put(registry::Change& change, registry::Registry& registry, Alarm& alarm, std::string_view action) {
  const auto record = change.put({std::string(alarm_kind),
                                  alarm.id,
                                  alarm.revision,
                                  std::string(alarm_state_code(alarm.state)),
                                  std::string(action),
                                  body_of(alarm),
                                  {}});
  if (!record) return record.error();
  alarm.revision = record->revision;
  list_alarm(change.connection(), registry.tenant(), alarm, record->at);
  return std::nullopt;
}

/// What of the filed form is red.
std::vector<Alarm> red_of(const FollowUpBody& body) {
  std::vector<Alarm> out;
  for (std::size_t t = 0; t < body.filed.size(); ++t) {
    const FilledTable& filled = body.filed[t];
    const auto add = [&](int indicator, std::string what, const scoring::Progress& progress) {
      if (progress.light != Light::red) return;
      Alarm alarm;
      alarm.table = static_cast<int>(t);
      alarm.indicator = indicator;
      alarm.project_name = filled.table.project_name;
      alarm.what = std::move(what);
      alarm.why = progress.why;
      out.push_back(std::move(alarm));
    };
    add(-1, "预算执行", filled.execution);
    if (filled.apart) add(-2, "目标与执行", *filled.apart);
    for (std::size_t i = 0; i < filled.facts.size(); ++i)
      add(static_cast<int>(i), filled.table.indicators[i].level3, filled.facts[i].progress);
  }
  return out;
}

std::vector<std::string> ids_of(store::Connection& connection, const std::string& tenant, std::string_view follow_up) {
  std::vector<std::string> ids;
  connection.query("SELECT id FROM alarms WHERE tenant_id = ? AND follow_up = ? ORDER BY id", {tenant, follow_up},
                   [&](const store::Row& row) { ids.push_back(row.string(0)); });
  return ids;
}

Error no_alarm() {
  return {"not-found", "没有这个预警，或者它不在您的范围内。", {}};
}

}  // namespace

std::string_view alarm_state_code(AlarmState state) {
  return state_codes[static_cast<std::size_t>(state)];
}
std::string_view alarm_state_name(AlarmState state) {
  return state_names[static_cast<std::size_t>(state)];
}
std::optional<AlarmState> alarm_state_from_code(std::string_view code) {
  return from_code<AlarmState>(state_codes, code);
}
std::string_view alarm_choice_code(AlarmChoice choice) {
  return choice_codes[static_cast<std::size_t>(choice)];
}
std::string_view alarm_choice_name(AlarmChoice choice) {
  return choice_names[static_cast<std::size_t>(choice)];
}
std::optional<AlarmChoice> alarm_choice_from_code(std::string_view code) {
  return from_code<AlarmChoice>(choice_codes, code);
}

std::optional<Error> raise_alarms(registry::Change& change, registry::Registry& registry, const registry::Record& form,
                                  const FollowUpBody& body, const policy::Pack& pack) {
  const auto rule = std::find_if(pack.deadlines.begin(), pack.deadlines.end(), [](const auto& each) { return each.name == rule_name; });
  for (Alarm& alarm : red_of(body)) {
    // The same place of the same form goes by the same id: raised again after a return it goes on where it was.
    alarm.id = form.id + "-" + std::to_string(alarm.table) + "-" + std::to_string(alarm.indicator + 2);
    alarm.follow_up = form.id;
    alarm.year = body.year;
    alarm.month = body.month;
    alarm.unit = body.unit;
    alarm.unit_name = body.unit_name;
    alarm.raised_on = access::local_day(registry.now());
    alarm.work_days = rule == pack.deadlines.end() ? usual_days : rule->days;
    const auto deadline = deadline_of(alarm);
    if (!deadline) return deadline.error();
    alarm.due = deadline->due.text();
    if (const auto before = change.latest(alarm_kind, alarm.id)) {
      Alarm known = alarm_from(*before);
      alarm.revision = known.revision;
      alarm.steps = std::move(known.steps);
    }
    const std::string by = form.by;
    alarm.steps.push_back({"raise", by, by, form.at, alarm.why});
    if (auto error = put(change, registry, alarm, "raise")) return error;
  }
  return std::nullopt;
}

std::optional<Error> void_alarms(registry::Change& change, registry::Registry& registry, std::string_view follow_up) {
  for (const std::string& id : ids_of(change.connection(), registry.tenant(), follow_up)) {
    const auto record = change.latest(alarm_kind, id);
    if (!record) continue;
    Alarm alarm = alarm_from(*record);
    if (alarm.state == AlarmState::voided) continue;
    alarm.state = AlarmState::voided;
    alarm.steps.push_back({"void", "", "", registry.now_text(), "监控表已退回"});
    if (auto error = put(change, registry, alarm, "void")) return error;
  }
  return std::nullopt;
}

void relist_alarms(registry::Change& change, registry::Registry& registry) {
  change.connection().run("DELETE FROM alarms WHERE tenant_id = ?", {registry.tenant()});
  std::vector<registry::Record> records;
  registry.each_latest(change.connection(), alarm_kind, [&](const registry::Record& record) { records.push_back(record); });
  for (const registry::Record& each : records) list_alarm(change.connection(), registry.tenant(), alarm_from(each), each.at);
}

AlarmPage Alarms::page(const AlarmFilter& filter, const access::Principal& who) const {
  AlarmPage page;
  const access::Reach reach = who.reach(Permission::see_submissions);
  const std::string today = access::local_day(registry_.now());
  auto reading = registry_.store().read();
  std::vector<std::string> ids;
  reading->query("SELECT id, unit_id, state, due, follow_up FROM alarms WHERE tenant_id = ? AND year = ? ORDER BY due, id",
                 {registry_.tenant(), filter.year}, [&](const store::Row& row) {
                   if (!reach.contains(row.is_null(1) ? std::string_view() : row.text(1))) return;
                   if (!filter.follow_up.empty() && row.text(4) != filter.follow_up) return;
                   const AlarmState state = alarm_state_from_code(row.text(2)).value_or(AlarmState::open);
                   const bool late = state == AlarmState::open && row.text(3) < today;
                   ++page.counts[static_cast<int>(state)];
                   page.overdue += late ? 1 : 0;
                   if ((filter.state && *filter.state != state) || (filter.overdue && !late)) return;
                   ids.push_back(row.string(0));
                 });
  page.total = static_cast<int>(ids.size());
  for (std::size_t i = static_cast<std::size_t>(std::max(filter.offset, 0));
       i < ids.size() && page.items.size() < static_cast<std::size_t>(filter.limit); ++i) {
    if (const auto record = registry_.latest(alarm_kind, ids[i])) page.items.push_back(alarm_from(*record));
  }
  return page;
}

Result<Alarm> Alarms::open(std::string_view id, const access::Principal& who) const {
  const auto record = registry_.latest(alarm_kind, id);
  if (!record) return no_alarm();
  Alarm alarm = alarm_from(*record);
  if (!who.may(Permission::see_submissions, alarm.unit)) return no_alarm();
  return alarm;
}

Result<Deadline> Alarms::deadline(const Alarm& alarm) const {
  return deadline_of(alarm);
}

Result<Alarm> Alarms::step(std::string_view id, int from_revision, AlarmState next, std::string_view act, Text words,
                           std::optional<AlarmChoice> choice, const access::Principal& who) {
  const bool unit_acts = next == AlarmState::answered;
  const Permission as = unit_acts ? Permission::file_submissions : Permission::audit_performance;
  const auto seen = open(id, who);
  if (!seen) return seen.error();
  if (who.is_read_only() || !who.may(as, seen->unit)) return forbidden();
  const access::Post* post = who.is_operator() ? nullptr : who.stands_in(as, seen->unit);
  auto change = registry_.begin(author_of(who, words, post));
  const auto record = change.latest(alarm_kind, id);
  if (!record) return no_alarm();
  Alarm alarm = alarm_from(*record);
  if (alarm.revision != from_revision) return registry::stale_revision(*record);
  if (alarm.state != (unit_acts ? AlarmState::open : AlarmState::answered))
    return Error{"action-not-allowed", "这个预警" + std::string(alarm_state_name(alarm.state)) + "，现在不能这样办。", {}};
  if (!unit_acts) {
    const auto answered =
        std::find_if(alarm.steps.rbegin(), alarm.steps.rend(), [](const AlarmStep& each) { return each.act == "answer"; });
    for (const std::string& account : accounts_behind(who, as, alarm.unit)) {
      if (answered != alarm.steps.rend() && (answered->account == account || answered->for_account == account))
        return Error{"four-eyes", "答复是您（或委托您的人）写的，要由别人来核。", {}};
    }
  }
  if (words && (words->size() > longest_words || !is_valid_utf8(*words)))
    return Error{"invalid-entry", "文字太长或有不能识别的字符。", {"words"}};
  alarm.state = next;
  if (unit_acts) {
    alarm.choice = choice;
    alarm.answer = words;
  }
  alarm.steps.push_back(
      {std::string(act), who.id(), who.name(), registry_.now_text(), std::move(words), post ? Text(post->for_account) : Text()});
  if (auto error = put(change, registry_, alarm, act)) return std::move(*error);
  change.commit();
  return alarm;
}

Result<Alarm> Alarms::answer(std::string_view id, int from_revision, AlarmChoice choice, std::string words, const access::Principal& who) {
  if (trim(words).empty()) return Error{"why-missing", "请写明原因和准备采取的措施。", {"words"}};
  return step(id, from_revision, AlarmState::answered, "answer", std::move(words), choice, who);
}

Result<Alarm> Alarms::close(std::string_view id, int from_revision, Text words, const access::Principal& who) {
  return step(id, from_revision, AlarmState::closed, "close", std::move(words), {}, who);
}

Result<Alarm> Alarms::refuse(std::string_view id, int from_revision, std::string words, const access::Principal& who) {
  if (trim(words).empty()) return Error{"why-missing", "请写明为什么不同意。", {"words"}};
  return step(id, from_revision, AlarmState::open, "refuse", std::move(words), {}, who);
}

}  // namespace jiheng::desks
