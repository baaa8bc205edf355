#include "service/api/calendar_view.h"

#include <fmt/core.h>

#include "base/json_writer.h"
#include "writing/icalendar.h"

namespace jiheng::service {
namespace {

using Kind = desks::CalendarEntry::Kind;

void write(JsonWriter& out, const desks::CalendarEntry& entry) {
  out.begin_object().field("id", entry.id).field("kind", desks::calendar_kind_code(entry.kind)).field("date", entry.date).key("year");
  entry.year == 0 ? out.null() : out.integer(entry.year);
  out.key("count").integer(entry.count).key("total").integer(entry.total).key("units").begin_array();
  for (const std::string& unit : entry.units) out.string(unit);
  out.end_array().field("submission", entry.submission).field("form", entry.form).key("month");
  entry.form ? out.integer(entry.month) : out.null();
  out.field("step", entry.step ? Text(std::string(desks::step_code(*entry.step))) : Text());
  out.key("limited").boolean(entry.limited).key("extended").boolean(entry.extended).field("why", entry.why);
  out.field("role", entry.role ? Text(std::string(access::role_code(*entry.role))) : Text()).key("given").boolean(entry.given);
  out.key("days_left").integer(entry.days_left).key("work_days").boolean(entry.work_days).key("overdue").boolean(entry.overdue);
  out.key("done").boolean(entry.done).key("provisional").boolean(entry.provisional).field("page", page_of(entry)).end_object();
}

std::string form_name(const desks::CalendarEntry& entry, bool english) {
  const std::string year = std::to_string(entry.year);
  if (entry.form == "self_evaluation") return english ? "self-evaluation of " + year : year + "年度绩效自评";
  return english ? fmt::format("monitoring of {}, months 1-{}", year, entry.month)
                 : fmt::format("{}年1-{}月绩效运行监控", year, entry.month);
}

/// What follows the filing: forms, red lights, problems. `who`: the one unit, or how many things.
std::string later_title_of(const desks::CalendarEntry& entry, const std::string& unit, bool one, bool english) {
  const std::string form = entry.form ? form_name(entry, english) : std::string();
  const auto words = [&](std::string_view zh_one, std::string_view zh, std::string_view en_one, std::string_view en) {
    const std::string_view text = english ? (one ? en_one : en) : one ? zh_one : zh;
    return fmt::format(fmt::runtime(text), fmt::arg("unit", unit), fmt::arg("n", entry.count), fmt::arg("total", entry.total),
                       fmt::arg("form", form));
  };
  switch (entry.kind) {
    case Kind::form:
      return words("{unit}：{form}报送截止", "{form}报送截止，{total}个单位中{n}个未报", "{unit}: last day to file the {form}",
                   "Last day to file the {form}, {n} of {total} units missing");
    case Kind::form_sign:
      return words("{unit}：{form}待签字", "{form}：{n}个单位待签字", "{unit}: {form} to sign", "{form}: {n} units to sign");
    case Kind::form_check:
      return words("{unit}：{form}待审核", "{form}：{n}个单位待审核", "{unit}: {form} to check", "{form}: {n} units to check");
    case Kind::alarm:
      return words("{unit}：红灯预警答复期限", "红灯预警答复期限，{total}个中{n}个未答复", "{unit}: last day to answer a red light",
                   "Last day to answer red lights, {n} of {total} open");
    case Kind::alarm_check:
      return words("{unit}：红灯预警的答复待核", "{n}个红灯预警的答复待核", "{unit}: answer to a red light to check",
                   "{n} answers to red lights to check");
    case Kind::problem:
      return words("{unit}：问题整改期限", "问题整改期限，{total}个中{n}个未整改", "{unit}: last day to put a problem right",
                   "Last day to put problems right, {n} of {total} open");
    case Kind::problem_check:
      return words("{unit}：整改回复待核查", "{n}个整改回复待核查", "{unit}: reply to a problem to check",
                   "{n} replies to problems to check");
    case Kind::problem_close:
      return words("{unit}：问题待销号", "{n}个问题待销号", "{unit}: problem to close", "{n} problems to close");
    default:
      return words("{unit}：整改延期申请待答复", "{n}个整改延期申请待答复", "{unit}: asks for more time", "{n} requests for more time");
  }
}

/// The same words as the page's (web/src/i18n), for a calendar that knows no more of us than this line.
std::string title_of(const desks::CalendarEntry& entry, bool english) {
  const std::string year = std::to_string(entry.year);
  const std::string unit = entry.units.empty() ? std::string() : entry.units.front();
  const bool one = entry.total == 1;
  switch (entry.kind) {
    case Kind::opens:
      return english ? fmt::format("Filing for {} opens", year) : fmt::format("{}年绩效目标申报开始", year);
    case Kind::filing:
      if (english)
        return one ? fmt::format("{}: last day to file for {}", unit, year)
                   : fmt::format("Last day to file for {}, {} of {} units missing", year, entry.count, entry.total);
      return one ? fmt::format("{}：{}年绩效目标报送截止", unit, year)
                 : fmt::format("{}年绩效目标报送截止，{}个单位中{}个未报", year, entry.total, entry.count);
    case Kind::step:
      if (english)
        return one ? fmt::format("{}: goal tables to audit", unit) : fmt::format("Goal tables of {} units to audit", entry.count);
      return one ? fmt::format("{}：绩效目标待审核", unit) : fmt::format("{}个单位的绩效目标待审核", entry.count);
    case Kind::publication:
      if (english)
        return one ? fmt::format("{}: last day to publish", unit) : fmt::format("Last day to publish {} units' goal tables", entry.count);
      return one ? fmt::format("{}：绩效目标公开期限", unit) : fmt::format("{}个单位的绩效目标公开期限", entry.count);
    case Kind::delegation:
      break;
    default:
      return later_title_of(entry, unit, one, english);
  }
  if (english) return fmt::format("Last day of standing in ({})", unit);
  return entry.given ? fmt::format("委托{}代办的最后一天", unit) : fmt::format("代{}办理的最后一天", unit);
}

std::string words_of(const desks::CalendarEntry& entry, bool english) {
  std::string words;
  const auto line = [&](std::string_view text) { words.append(words.empty() ? "" : "\n").append(text); };
  if (entry.total > 1) {
    std::string names;
    for (const std::string& unit : entry.units) names += (names.empty() ? "" : english ? ", " : "、") + unit;
    if (entry.units.size() < static_cast<std::size_t>(entry.count)) names += english ? " …" : "等";
    line(names);
  }
  if (entry.extended) line((english ? "Extended" : "已延期") + (entry.why ? (english ? ": " : "：") + *entry.why : std::string()));
  if (!entry.limited) line(english ? "No rule sets a limit" : "没有规定期限，请尽快办理");
  if (entry.provisional) line(english ? "Provisional: the notice of holidays is not out" : "放假通知未出，日期暂定");
  return words;
}

}  // namespace

std::string page_of(const desks::CalendarEntry& entry) {
  if (entry.page) return *entry.page;
  if (entry.kind == Kind::delegation) return "/account";
  if (entry.kind == Kind::publication) return "/publication?year=" + std::to_string(entry.year);
  if (entry.submission) return "/submissions/" + *entry.submission;
  if (entry.kind == Kind::step) return "/?mine=1";
  return "/wall?year=" + std::to_string(entry.year);
}

std::string calendar_json(const desks::Calendar& calendar) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("today", calendar.today.text()).key("days").begin_array();
  for (const desks::CalendarDay& day : calendar.days) {
    out.begin_object().field("date", day.date.text()).field("kind", kind_code(day.kind));
    out.field("name", day.name.empty() ? Text() : Text(day.name)).key("provisional").boolean(day.provisional).end_object();
  }
  out.end_array().key("entries").begin_array();
  for (const desks::CalendarEntry& entry : calendar.entries) write(out, entry);
  out.end_array().end_object();
  return text;
}

std::string calendar_file(const desks::Calendar& calendar, std::string_view origin, std::string_view made_at, bool english) {
  std::vector<writing::CalendarEvent> events;
  for (const desks::CalendarEntry& entry : calendar.entries) {
    writing::CalendarEvent event;
    event.id = entry.id;
    event.date = entry.date;
    event.title = title_of(entry, english);
    event.words = words_of(entry, english);
    if (!origin.empty()) event.address = std::string(origin) + page_of(entry);
    event.reminds = !entry.done && entry.limited;
    events.push_back(std::move(event));
  }
  return writing::icalendar(events, english ? "Jiheng: deadlines" : "绩衡：期限日历", made_at);
}

}  // namespace jiheng::service
