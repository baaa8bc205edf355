// A deadline as JSON and as Chinese text.
#include "base/deadline.h"
#include "base/json_writer.h"

namespace jiheng {
namespace {

void write(JsonWriter& out, const DeadlineDay& day) {
  out.begin_object().field("date", day.date.text()).field("weekday", day.date.weekday_name()).field("kind", kind_code(day.kind));
  out.key("name");
  day.name.empty() ? out.null() : out.string(day.name);
  out.key("paused").boolean(day.paused).key("counted");
  day.counted == 0 ? out.null() : out.integer(day.counted);
  out.key("extended").boolean(day.extended).key("provisional").boolean(day.provisional).end_object();
}

std::string why_not(const DeadlineDay& day, const DeadlineRequest& request) {
  if (day.paused) {
    for (const Pause& pause : request.pauses) {
      if (pause.from <= day.date && day.date <= pause.to) return "暂停" + (pause.why.empty() ? "" : "（" + pause.why + "）") + "，不计";
    }
  }
  return (day.name.empty() ? std::string(kind_name(day.kind)) : day.name + "放假") + "，不计";
}

std::string line_of(const DeadlineDay& day, const Deadline& deadline) {
  std::string line = "  " + day.date.text() + " " + std::string(day.date.weekday_name()) + "  ";
  if (day.counted == 0) {
    line += why_not(day, deadline.request);
  } else {
    line += "第" + std::to_string(day.counted) + "天";
    if (day.kind == WorkCalendar::Kind::make_up_work_day && deadline.request.work_days) line += "（" + day.name + "调休，上班）";
    if (day.extended) line += "（延长）";
    if (day.date == deadline.due) line += "，到期";
  }
  return line + (day.provisional ? "　暂定\n" : "\n");
}

}  // namespace

std::string deadline_json(const Deadline& deadline) {
  const DeadlineRequest& request = deadline.request;
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("rule");
  request.rule.empty() ? out.null() : out.string(request.rule);
  out.field("start", request.start.text()).key("days").integer(request.days);
  out.field("count", request.work_days ? "work_days" : "calendar_days").key("pauses").begin_array();
  for (const Pause& pause : request.pauses) {
    out.begin_object().field("from", pause.from.text()).field("to", pause.to.text()).key("why");
    pause.why.empty() ? out.null() : out.string(pause.why);
    out.end_object();
  }
  out.end_array().key("extension").integer(request.extension).key("extension_why");
  request.extension_why.empty() ? out.null() : out.string(request.extension_why);
  out.field("due", deadline.due.text()).key("provisional").boolean(deadline.provisional).key("steps").begin_array();
  for (const DeadlineDay& day : deadline.days) write(out, day);
  out.end_array().end_object();
  return text;
}

std::string deadline_text(const Deadline& deadline) {
  const DeadlineRequest& request = deadline.request;
  const std::string unit = request.work_days ? "个工作日" : "天";
  std::string text;
  if (!request.rule.empty()) text += "依据：" + request.rule + "\n";
  text += "从 " + request.start.text() + "（" + std::string(request.start.weekday_name()) + "）的次日起算，" +
          std::to_string(request.days) + unit;
  if (request.extension > 0) {
    text += "，批准延长 " + std::to_string(request.extension) + unit;
    if (!request.extension_why.empty()) text += "（" + request.extension_why + "）";
  }
  text += "\n";
  for (const DeadlineDay& day : deadline.days) text += line_of(day, deadline);
  text += "到期日：" + deadline.due.text() + "（" + std::string(deadline.due.weekday_name()) + "）\n";
  if (deadline.provisional) text += "带“暂定”的日子，那一年的放假安排还没有公布，或没有载入；载入后重新计算。\n";
  return text;
}

}  // namespace jiheng
