#include "service/api/follow_up_views.h"

#include "base/json_writer.h"
#include "desks/follow_up/filled_json.h"

namespace jiheng::service {
namespace {

using desks::FollowUpKind;
using writing::Style;

void write_round(JsonWriter& out, const desks::Round& round) {
  const auto deadline = desks::round_deadline(round);
  out.begin_object().field("kind", desks::follow_up_code(round.kind)).key("year").integer(round.year).key("month").integer(round.month);
  out.key("revision").integer(round.revision).field("opens", round.opens).key("work_days").integer(round.work_days);
  out.field("due", deadline ? Text(deadline->due.text()) : Text()).key("provisional").boolean(deadline && deadline->provisional);
  out.field("notice", round.notice).key("closed").boolean(round.closed).end_object();
}

void write_table(JsonWriter& out, const desks::TableSummary& table) {
  out.begin_object().key("table").integer(table.table).field("project_name", table.project_name).field("budget", table.budget);
  out.field("executed", table.executed).field("rate", table.rate).field("light", scoring::light_code(table.light));
  out.field("execution_light", scoring::light_code(table.execution_light)).field("total", table.total).field("grade", table.grade);
  out.field("rechecked_total", table.rechecked_total).field("rechecked_grade", table.rechecked_grade);
  out.key("cells").raw(table.cells).end_object();
}

void write_summary(JsonWriter& out, const desks::FollowUpSummary& form) {
  out.begin_object().field("id", form.id).field("unit", form.unit).field("unit_name", form.unit_name).field("submission", form.submission);
  out.field("state", desks::follow_up_state_code(form.state)).key("revision").integer(form.revision).key("remarks").integer(form.remarks);
  out.key("drawn").boolean(form.drawn).key("rechecked").integer(form.rechecked).field("light", scoring::light_code(form.light()));
  out.field("updated_at", form.updated_at).field("updated_by", form.updated_by).key("tables").begin_array();
  for (const desks::TableSummary& each : form.tables) write_table(out, each);
  out.end_array().end_object();
}

void write_alarm(JsonWriter& out, const desks::Alarm& alarm) {
  out.begin_object().field("id", alarm.id).key("revision").integer(alarm.revision).field("state", desks::alarm_state_code(alarm.state));
  out.field("follow_up", alarm.follow_up).key("table").integer(alarm.table).key("indicator").integer(alarm.indicator);
  out.key("year").integer(alarm.year).key("month").integer(alarm.month).field("unit", alarm.unit.empty() ? Text() : Text(alarm.unit));
  out.field("unit_name", alarm.unit_name).field("project_name", alarm.project_name).field("what", alarm.what).field("why", alarm.why);
  out.field("raised_on", alarm.raised_on).field("due", alarm.due).key("work_days").integer(alarm.work_days);
  out.field("choice", alarm.choice ? std::optional(desks::alarm_choice_code(*alarm.choice)) : std::nullopt).field("answer", alarm.answer);
  out.key("steps").begin_array();
  for (const desks::AlarmStep& each : alarm.steps) {
    out.begin_object().field("act", each.act).field("name", each.name).field("at", each.at).field("words", each.words).end_object();
  }
  out.end_array().end_object();
}

std::string project_or_overall(const Text& project_name) {
  return project_name.value_or("部门整体支出");
}

}  // namespace

std::string round_json(const desks::Round& round) {
  std::string text;
  JsonWriter out(text);
  write_round(out, round);
  return text;
}

std::string rounds_json(const std::vector<desks::Round>& rounds) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::Round& each : rounds) write_round(out, each);
  out.end_array();
  return text;
}

std::string follow_up_page_json(const desks::FollowUpPage& page, const std::optional<desks::Round>& round) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("round");
  round ? write_round(out, *round) : void(out.null());
  out.key("total").integer(page.total).key("mine").integer(page.mine).key("counts").begin_object();
  for (int i = 0; i < 5; ++i) out.key(desks::follow_up_state_code(static_cast<desks::FollowUpState>(i))).integer(page.counts[i]);
  out.end_object().key("lights").begin_object();
  for (int i = 0; i < 5; ++i) out.key(scoring::light_code(static_cast<scoring::Light>(i))).integer(page.lights[i]);
  out.end_object().key("items").begin_array();
  for (const desks::FollowUpSummary& each : page.items) write_summary(out, each);
  out.end_array().end_object();
  return text;
}

std::string follow_up_json(const desks::FollowUp& form) {
  std::string text;
  JsonWriter out(text);
  const desks::FollowUpBody& body = form.body;
  out.begin_object().field("id", form.id).key("revision").integer(form.revision).field("kind", desks::follow_up_code(body.kind));
  out.key("year").integer(body.year).key("month").integer(body.month).field("state", desks::follow_up_state_code(form.state));
  out.field("unit", body.unit.empty() ? Text() : Text(body.unit)).field("unit_name", body.unit_name);
  out.field("submission", body.submission).key("submission_revision").integer(body.submission_revision).key("newer_submission");
  form.newer_submission ? out.integer(*form.newer_submission) : out.null();
  out.field("due", form.due).field("updated_at", form.updated_at).key("pack").begin_object();
  out.field("id", form.pack->id()).field("title", form.pack->title).end_object();
  out.key("actions").begin_array();
  for (const desks::FollowUpAction each : form.actions) out.string(desks::follow_up_action_code(each));
  out.end_array().key("may_edit").boolean(form.may_edit).key("may_recheck").boolean(form.may_recheck).key("drawn").boolean(body.drawn);
  out.key("tables").begin_array();
  for (const desks::FilledTable& each : form.tables) desks::write_filled(out, each);
  out.end_array().key("entries").begin_array();
  for (const desks::TableEntry& each : body.entries) desks::write_entry(out, each);
  out.end_array().key("later").begin_array();
  for (const desks::FollowUp::Later& each : form.later) {
    out.begin_object().key("table").integer(each.table).key("indicator").integer(each.indicator).field("name", each.name);
    out.field("filed", each.filed).field("now", each.now).end_object();
  }
  out.end_array().key("signatures").begin_array();
  for (const desks::FollowUpSignature& each : body.signatures) desks::write_signature(out, each);
  out.end_array().key("earlier").boolean(form.earlier).key("accepted_before").begin_array();
  for (const desks::AcceptedBefore& each : body.accepted_before) desks::write_accepted(out, each);
  out.end_array().key("rechecks").begin_array();
  for (const desks::Recheck& each : body.rechecks) desks::write_recheck(out, each);
  out.end_array().key("rechecked").begin_array();
  for (std::size_t t = 0; t < form.tables.size(); ++t) {
    const auto total = desks::rechecked_total(form.tables[t], static_cast<int>(t), body.rechecks, *form.pack);
    if (total)
      out.begin_object().field("total", total->total).field("grade", total->grade).end_object();
    else
      out.null();
  }
  out.end_array().key("words").begin_array();
  for (const auto& [section, words] : body.words) out.begin_object().field("section", section).field("words", words).end_object();
  out.end_array().end_object();
  return text;
}

std::string alarm_page_json(const desks::AlarmPage& page) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("total").integer(page.total).key("overdue").integer(page.overdue).key("counts").begin_object();
  for (int i = 0; i < 4; ++i) out.key(desks::alarm_state_code(static_cast<desks::AlarmState>(i))).integer(page.counts[i]);
  out.end_object().key("items").begin_array();
  for (const desks::Alarm& each : page.items) write_alarm(out, each);
  out.end_array().end_object();
  return text;
}

std::string alarm_json(const desks::Alarm& alarm) {
  std::string text;
  JsonWriter out(text);
  write_alarm(out, alarm);
  return text;
}

writing::List follow_up_list(const desks::FollowUpPage& page, FollowUpKind kind) {
  writing::List list;
  const bool monitoring = kind == FollowUpKind::monitoring;
  list.name = monitoring ? "运行监控" : "绩效自评";
  list.title = monitoring ? "绩效运行监控情况表" : "绩效自评情况表";
  list.line = "共" + std::to_string(page.total) + "家单位";
  list.columns = {{"单位", 3},
                  {"状态", 1.4, Style::center},
                  {"表", 3},
                  {"全年预算数（万元）", 1.6, Style::number},
                  {"执行数（万元）", 1.6, Style::number},
                  {"执行率（%）", 1.2, Style::number}};
  if (monitoring) {
    list.columns.push_back({"执行灯", 1, Style::center});
    list.columns.push_back({"总灯", 1, Style::center});
  } else {
    list.columns.push_back({"自评得分", 1.2, Style::number});
    list.columns.push_back({"等级", 0.8, Style::center});
    list.columns.push_back({"复核得分", 1.2, Style::number});
    list.columns.push_back({"复核等级", 1, Style::center});
  }
  for (const desks::FollowUpSummary& form : page.items) {
    for (const desks::TableSummary& table : form.tables) {
      std::vector<std::string> row{form.unit_name,
                                   std::string(desks::follow_up_state_name(form.state)),
                                   project_or_overall(table.project_name),
                                   table.budget.value_or(""),
                                   table.executed.value_or(""),
                                   table.rate.value_or("")};
      if (monitoring) {
        row.emplace_back(scoring::light_name(table.execution_light));
        row.emplace_back(scoring::light_name(table.light));
      } else {
        for (const Text& each : {table.total, table.grade, table.rechecked_total, table.rechecked_grade}) row.push_back(each.value_or(""));
      }
      list.rows.push_back(std::move(row));
    }
  }
  return list;
}

writing::List alarm_list(const desks::AlarmPage& page) {
  writing::List list;
  list.name = "预警";
  list.title = "绩效运行监控预警清单";
  list.line = "共" + std::to_string(page.total) + "条";
  list.columns = {{"单位", 3},
                  {"表", 3},
                  {"预警事项", 2},
                  {"情况", 4},
                  {"答复期限", 1.4, Style::center},
                  {"状态", 1, Style::center},
                  {"处理意见", 1.2, Style::center},
                  {"原因和措施", 4}};
  for (const desks::Alarm& each : page.items) {
    list.rows.push_back({each.unit_name, project_or_overall(each.project_name), each.what, each.why, each.due,
                         std::string(desks::alarm_state_name(each.state)),
                         each.choice ? std::string(desks::alarm_choice_name(*each.choice)) : "", each.answer.value_or("")});
  }
  return list;
}

}  // namespace jiheng::service
