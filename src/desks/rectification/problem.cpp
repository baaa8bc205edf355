#include "desks/rectification/problem.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/json_writer.h"
#include "desks/rectification/problem_json.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

template <class Value>
struct Word {
  Value value;
  std::string_view code;
  std::string_view name;
};

using Source = ProblemSource;
constexpr std::array sources{Word<Source>{Source::audit, "audit", "目标审核"},
                             Word<Source>{Source::monitoring, "monitoring", "绩效监控"},
                             Word<Source>{Source::evaluation, "evaluation", "绩效评价"},
                             Word<Source>{Source::inspection, "inspection", "监督检查"},
                             Word<Source>{Source::self_evaluation, "self-evaluation", "自评复核"},
                             Word<Source>{Source::other, "other", "其他"}};

using State = ProblemState;
constexpr std::array states{Word<State>{State::open, "open", "待整改"}, Word<State>{State::replied, "replied", "已回复"},
                            Word<State>{State::returned, "returned", "整改中"}, Word<State>{State::closed, "closed", "已销号"},
                            Word<State>{State::voided, "void", "已撤销"}};

using Act = ProblemAction;
constexpr std::array actions{Word<Act>{Act::reply, "reply", "回复"},
                             Word<Act>{Act::check, "check", "核查通过"},
                             Word<Act>{Act::refuse, "refuse", "退回重改"},
                             Word<Act>{Act::ask_time, "ask-time", "申请延期"},
                             Word<Act>{Act::grant_time, "grant-time", "同意延期"},
                             Word<Act>{Act::deny_time, "deny-time", "不同意延期"},
                             Word<Act>{Act::close, "close", "销号"},
                             Word<Act>{Act::reopen, "reopen", "重新整改"},
                             Word<Act>{Act::withdraw, "void", "撤销"}};

using Closing = ClosingBasis::Kind;
constexpr std::array closings{Word<Closing>{Closing::record, "record", "记录已改正"},
                              Word<Closing>{Closing::payment, "payment", "款项已缴付"},
                              Word<Closing>{Closing::document, "document", "证明材料"}};

template <class Words, class Value>
const auto& row_of(const Words& words, Value value) {
  return words[static_cast<std::size_t>(value)];
}

template <class Value, std::size_t size>
std::optional<Value> value_of(const std::array<Word<Value>, size>& words, std::string_view code) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const Word<Value>& each) { return each.code == code; });
  return found == words.end() ? std::nullopt : std::optional(found->value);
}

void write(JsonWriter& out, const Person& person) {
  out.begin_object().field("account", person.account).field("name", person.name);
  out.field("for_account", person.for_account).field("for_name", person.for_name).end_object();
}

void write(JsonWriter& out, bool value) {
  out.boolean(value);
}

void write(JsonWriter& out, int value) {
  out.integer(value);
}

void write(JsonWriter& out, const ProblemClosing& closing);

template <class Value>
void write(JsonWriter& out, const std::optional<Value>& value) {
  if (value) {
    write(out, *value);
  } else {
    out.null();
  }
}

void write(JsonWriter& out, const ProblemReference& reference) {
  out.begin_object().field("kind", reference.kind).field("id", reference.id).key("table");
  write(out, reference.table);
  out.key("indicator");
  write(out, reference.indicator);
  out.field("item", reference.item).field("label", reference.label).end_object();
}

void write(JsonWriter& out, const BroughtFile& file) {
  out.begin_object().key("number").integer(file.number).field("name", file.name).field("sha256", file.sha256);
  out.key("bytes").integer(file.bytes).field("kind", file.kind).field("at", file.at).key("by");
  write(out, file.by);
  out.end_object();
}

void write(JsonWriter& out, const ProblemReply& reply) {
  out.begin_object().field("text", reply.text).key("evidence").begin_array();
  for (const int number : reply.evidence) out.integer(number);
  out.end_array().field("at", reply.at).key("by");
  write(out, reply.by);
  out.field("due", reply.due).key("late").boolean(reply.late).key("passed");
  write(out, reply.passed);
  out.field("opinion", reply.opinion).field("checked_at", reply.checked_at).key("checked_by");
  write(out, reply.checked_by);
  out.end_object();
}

void write(JsonWriter& out, const TimeAsked& time) {
  out.begin_object().key("work_days").integer(time.work_days).field("why", time.why).field("at", time.at).key("by");
  write(out, time.by);
  out.key("granted");
  write(out, time.granted);
  out.field("opinion", time.opinion).field("decided_at", time.decided_at).key("decided_by");
  write(out, time.decided_by);
  out.field("due_before", time.due_before).field("due_after", time.due_after).end_object();
}

void write(JsonWriter& out, const ProblemClosing& closing) {
  const ClosingBasis& basis = closing.basis;
  out.begin_object().field("kind", closing_kind_code(basis.kind)).field("record_kind", basis.record_kind).key("records").begin_array();
  for (const ClosingBasis::Named& each : basis.records) {
    out.begin_object().field("id", each.id).key("revision").integer(each.revision).field("label", each.label);
    out.field("day", each.day).field("amount", each.amount).end_object();
  }
  out.end_array().key("evidence").integer(basis.evidence).field("opinion", closing.opinion).field("at", closing.at).key("by");
  write(out, closing.by);
  out.end_object();
}

template <class Each>
void write_all(JsonWriter& out, const std::vector<Each>& all) {
  out.begin_array();
  for (const Each& each : all) write(out, each);
  out.end_array();
}

int number_at(const json::value& from, std::string_view name) {
  return static_cast<int>(from.at(name).as_int64());
}

std::optional<int> maybe_number(const json::value& value) {
  return value.is_null() ? std::nullopt : std::optional(static_cast<int>(value.as_int64()));
}

std::optional<bool> maybe_flag(const json::value& value) {
  return value.is_null() ? std::nullopt : std::optional(value.as_bool());
}

Person person_of(const json::value& from) {
  return {text_at(from, "account"), text_at(from, "name"), maybe_text(from.at("for_account")), maybe_text(from.at("for_name"))};
}

std::optional<Person> maybe_person(const json::value& from) {
  return from.is_null() ? std::nullopt : std::optional(person_of(from));
}

ProblemReference reference_of(const json::value& from) {
  return {text_at(from, "kind"), text_at(from, "id"),   maybe_number(from.at("table")), maybe_number(from.at("indicator")),
          text_at(from, "item"), text_at(from, "label")};
}

BroughtFile evidence_of(const json::value& from) {
  return {number_at(from, "number"), text_at(from, "name"), text_at(from, "sha256"), from.at("bytes").as_int64(),
          text_at(from, "kind"),     text_at(from, "at"),   person_of(from.at("by"))};
}

ProblemReply reply_of(const json::value& from) {
  ProblemReply reply;
  reply.text = text_at(from, "text");
  for (const json::value& each : from.at("evidence").as_array()) reply.evidence.push_back(static_cast<int>(each.as_int64()));
  reply.at = text_at(from, "at");
  reply.by = person_of(from.at("by"));
  reply.due = text_at(from, "due");
  reply.late = from.at("late").as_bool();
  reply.passed = maybe_flag(from.at("passed"));
  reply.opinion = text_at(from, "opinion");
  reply.checked_at = text_at(from, "checked_at");
  reply.checked_by = maybe_person(from.at("checked_by"));
  return reply;
}

TimeAsked time_of(const json::value& from) {
  TimeAsked time;
  time.work_days = number_at(from, "work_days");
  time.why = text_at(from, "why");
  time.at = text_at(from, "at");
  time.by = person_of(from.at("by"));
  time.granted = maybe_flag(from.at("granted"));
  time.opinion = text_at(from, "opinion");
  time.decided_at = text_at(from, "decided_at");
  time.decided_by = maybe_person(from.at("decided_by"));
  time.due_before = text_at(from, "due_before");
  time.due_after = text_at(from, "due_after");
  return time;
}

ProblemClosing closing_of(const json::value& from) {
  ProblemClosing closing;
  closing.basis.kind = closing_kind_from_code(text_at(from, "kind")).value_or(Closing::document);
  closing.basis.record_kind = text_at(from, "record_kind");
  for (const json::value& each : from.at("records").as_array())
    closing.basis.records.push_back(
        {text_at(each, "id"), number_at(each, "revision"), text_at(each, "label"), text_at(each, "day"), text_at(each, "amount")});
  closing.basis.evidence = number_at(from, "evidence");
  closing.opinion = text_at(from, "opinion");
  closing.at = text_at(from, "at");
  closing.by = person_of(from.at("by"));
  return closing;
}

}  // namespace

std::string name_of(const Person& person) {
  return person.name + (person.for_name ? "（代" + *person.for_name + "）" : "");
}

bool is_of(const Person& person, std::string_view account) {
  return person.account == account || person.for_account == account;
}

bool is_same_post(const Person& a, const Person& b) {
  return is_of(a, b.account) || (b.for_account && is_of(a, *b.for_account));
}

std::string_view problem_source_code(ProblemSource source) {
  return row_of(sources, source).code;
}

std::string_view problem_source_name(ProblemSource source) {
  return row_of(sources, source).name;
}

std::optional<ProblemSource> problem_source_from_code(std::string_view code) {
  return value_of(sources, code);
}

std::string_view problem_state_code(ProblemState state) {
  return row_of(states, state).code;
}

std::string_view problem_state_name(ProblemState state) {
  return row_of(states, state).name;
}

std::optional<ProblemState> problem_state_from_code(std::string_view code) {
  return value_of(states, code);
}

std::string_view problem_action_code(ProblemAction action) {
  return row_of(actions, action).code;
}

std::string_view problem_action_name(ProblemAction action) {
  return row_of(actions, action).name;
}

std::optional<ProblemAction> problem_action_from_code(std::string_view code) {
  return value_of(actions, code);
}

std::string_view closing_kind_code(ClosingBasis::Kind kind) {
  return row_of(closings, kind).code;
}

std::string_view closing_kind_name(ClosingBasis::Kind kind) {
  return row_of(closings, kind).name;
}

std::optional<ClosingBasis::Kind> closing_kind_from_code(std::string_view code) {
  return value_of(closings, code);
}

int Problem::extensions() const {
  return static_cast<int>(std::count_if(times.begin(), times.end(), [](const TimeAsked& each) { return each.granted == true; }));
}

bool Problem::overdue(std::string_view today) const {
  return (state == ProblemState::open || state == ProblemState::returned) && today > due;
}

void write_texts(JsonWriter& out, const std::vector<std::string>& texts) {
  out.begin_array();
  for (const std::string& each : texts) out.string(each);
  out.end_array();
}

std::string text_at(const json::value& from, std::string_view name) {
  return std::string(from.at(name).as_string());
}

Text maybe_text(const json::value& value) {
  return value.is_null() ? Text() : Text(std::string(value.as_string()));
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string all;
  for (const std::string& each : texts) all += (all.empty() ? "" : std::string(between)) + each;
  return all;
}

void write_person(JsonWriter& out, const Person& person) {
  write(out, person);
}

void write_evidence(JsonWriter& out, const BroughtFile& file) {
  write(out, file);
}

Person person_from(const json::value& from) {
  return person_of(from);
}

BroughtFile evidence_from(const json::value& from) {
  return evidence_of(from);
}

std::string problem_json(const Problem& problem) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("serial").integer(problem.serial).field("number", problem.number);
  out.field("source", problem_source_code(problem.source)).key("reference");
  write(out, problem.reference);
  out.field("unit", problem.unit).key("year").integer(problem.year).field("kind", problem.kind).field("kind_name", problem.kind_name);
  out.field("text", problem.text).field("amount", problem.amount).field("basis", problem.basis).field("action", problem.action);
  out.field("pack", problem.pack).key("work_days").integer(problem.work_days).field("raised_on", problem.raised_on);
  out.field("raised_at", problem.raised_at).key("raised_by");
  write(out, problem.raised_by);
  out.field("first_due", problem.first_due).field("due", problem.due).key("evidence");
  write_all(out, problem.evidence);
  out.key("replies");
  write_all(out, problem.replies);
  out.key("times");
  write_all(out, problem.times);
  out.key("closing");
  write(out, problem.closing);
  out.key("remarks").begin_array();
  for (const ProblemRemark& each : problem.remarks) {
    out.begin_object().field("action", problem_action_code(each.action)).field("text", each.text).field("at", each.at).key("by");
    write(out, each.by);
    out.end_object();
  }
  out.end_array().end_object();
  return text;
}

Problem problem_from_json(std::string_view text) {
  try {
    const json::value body = json::parse(text);
    Problem problem;
    problem.serial = number_at(body, "serial");
    problem.number = text_at(body, "number");
    problem.source = problem_source_from_code(text_at(body, "source")).value_or(ProblemSource::other);
    problem.reference = reference_of(body.at("reference"));
    problem.unit = text_at(body, "unit");
    problem.year = number_at(body, "year");
    problem.kind = text_at(body, "kind");
    problem.kind_name = text_at(body, "kind_name");
    problem.text = text_at(body, "text");
    problem.amount = maybe_text(body.at("amount"));
    problem.basis = maybe_text(body.at("basis"));
    problem.action = text_at(body, "action");
    problem.pack = text_at(body, "pack");
    problem.work_days = number_at(body, "work_days");
    problem.raised_on = text_at(body, "raised_on");
    problem.raised_at = text_at(body, "raised_at");
    problem.raised_by = person_of(body.at("raised_by"));
    problem.first_due = text_at(body, "first_due");
    problem.due = text_at(body, "due");
    for (const json::value& each : body.at("evidence").as_array()) problem.evidence.push_back(evidence_of(each));
    for (const json::value& each : body.at("replies").as_array()) problem.replies.push_back(reply_of(each));
    for (const json::value& each : body.at("times").as_array()) problem.times.push_back(time_of(each));
    if (!body.at("closing").is_null()) problem.closing = closing_of(body.at("closing"));
    for (const json::value& each : body.at("remarks").as_array())
      problem.remarks.push_back({problem_action_from_code(text_at(each, "action")).value_or(ProblemAction::reopen), text_at(each, "text"),
                                 text_at(each, "at"), person_of(each.at("by"))});
    return problem;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里问题整改的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

std::string source_key(const ProblemReference& reference) {
  if (reference.kind.empty()) return {};
  std::string key;
  JsonWriter out(key);
  out.begin_array().string(reference.kind).string(reference.id);
  write(out, reference.table);
  write(out, reference.indicator);
  out.string(reference.item).end_array();
  return key;
}

}  // namespace jiheng::desks
