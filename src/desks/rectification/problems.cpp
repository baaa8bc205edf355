#include "desks/rectification/problems.h"

#include <algorithm>

#include "access/day.h"
#include "access/units.h"
#include "base/decimal.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/publication.h"
#include "desks/performance/years.h"
#include "desks/rectification/problem_closing.h"
#include "desks/rectification/problem_lists.h"
#include "desks/rectification/problem_sources.h"
#include "desks/rectification/problem_steps.h"
#include "policy/pack.h"

namespace jiheng::desks {
namespace {

constexpr std::size_t longest_text = 12'000;  ///< bytes
constexpr std::size_t longest_short_text = 1'000;
constexpr std::size_t longest_key = 200;
constexpr std::size_t most_evidence = 200;
constexpr int longest_days = 1'000;
constexpr int first_year = 2000;
constexpr int last_year = 2199;

Error not_found() {
  return {"not-found", "没有这个问题，它可能不在您的单位。", {}};
}

Error invalid(std::string message, std::string field) {
  return {"invalid-problem", std::move(message), {std::move(field)}};
}

std::optional<Error> trouble_with(const std::string& text, std::size_t most, const char* field, bool needed, const std::string& label) {
  if (needed && trim(text).empty()) return invalid("请填写" + label + "。", field);
  if (text.size() > most) return invalid(label + "太长了。", field);
  if (!is_valid_utf8(text)) return invalid(label + "里有不能识别的字符，请重新输入。", field);
  return std::nullopt;
}

std::optional<Error> trouble_with(const NewProblem& problem) {
  struct Part {
    const std::string& text;
    std::size_t most;
    const char* field;
    bool needed;
    const char* label;
  };
  const std::string amount = problem.amount.value_or("");
  const std::string basis = problem.basis.value_or("");
  const Part parts[] = {{problem.text, longest_text, "text", true, "问题"},
                        {problem.action, longest_text, "action", true, "整改要求"},
                        {basis, longest_text, "basis", false, "依据"},
                        {problem.reference.kind, longest_key, "reference", false, "来源"},
                        {problem.reference.id, longest_key, "reference", false, "来源"},
                        {problem.reference.item, longest_key, "reference", false, "来源"},
                        {problem.reference.label, longest_short_text, "reference", false, "来源"}};
  for (const Part& part : parts) {
    if (auto trouble = trouble_with(part.text, part.most, part.field, part.needed, part.label)) return trouble;
  }
  const auto number = Decimal::parse(amount);
  if (problem.amount && (!number || number->is_negative() || amount.size() > 20))
    return invalid("涉及金额应是不小于0的数（万元）。", "amount");
  if (problem.year < first_year || problem.year > last_year) return invalid("年度不对。", "year");
  if (problem.work_days && (*problem.work_days < 1 || *problem.work_days > longest_days))
    return invalid("整改期限应在1到1000个工作日之间。", "work_days");
  return std::nullopt;
}

std::string four_digits(int number) {
  std::string text = std::to_string(number);
  return std::string(text.size() < 4 ? 4 - text.size() : 0, '0') + text;
}

/// 2026年绩效目标审核：绩效目标编制。
std::string rule_text(const Problem& problem) {
  return "整改期限：自提出问题之日起" + std::to_string(problem.work_days) + "个工作日（" + problem.kind_name + "）";
}

Result<Deadline> reckoned(const std::string& rule, std::string_view start, int days, int extension = 0, std::string why = {}) {
  DeadlineRequest request;
  request.rule = rule;
  request.start = Date::parse(start).value_or(Date());
  request.days = days;
  request.extension = extension;
  request.extension_why = std::move(why);
  return reckon(std::move(request));
}

Error why_missing(std::string message) {
  return {"why-missing", std::move(message), {"text"}};
}

bool needs_text(ProblemAction action) {
  return action != ProblemAction::grant_time && action != ProblemAction::close;
}

std::string text_asked(ProblemAction action) {
  switch (action) {
    case ProblemAction::reply:
      return "请写明整改情况。";
    case ProblemAction::check:
      return "请写明核查了什么、情况如何。";
    case ProblemAction::ask_time:
      return "请写明为什么要延期。";
    default:
      return "请写明理由。";
  }
}

/// What the place where it was found says for itself; of the rest the raiser's word stands.
std::optional<Error> taken_from(FoundProblem& found, NewProblem& problem) {
  if (!problem.unit.empty() && problem.unit != found.problem.unit)
    return invalid("这个问题是在另一个单位的材料里发现的，只能向那个单位提出。", "unit");
  if (found.year_is_fixed && problem.year != 0 && problem.year != found.problem.year)
    return invalid("这个问题是在" + std::to_string(found.problem.year) + "年的材料里发现的，年度应与它一致。", "year");
  problem.unit = std::move(found.problem.unit);
  problem.source = found.problem.source;
  problem.reference = std::move(found.problem.reference);
  if (problem.year == 0) problem.year = found.problem.year;
  return std::nullopt;
}

Error already_raised(const ProblemLine& open) {
  return {"problem-exists", "已经从这里提出过问题“" + open.number + "”，还没有销号，请在那里继续办理。", {open.id, open.number}};
}

/// The step, done. `at` and `today` are now.
struct Doing {
  Problem& problem;
  const ProblemDeed& deed;
  const policy::Rectification& rules;
  Person by;
  std::string at;
  std::string today;

  std::optional<Error> reply() const;
  std::optional<Error> judge(bool passed) const;
  std::optional<Error> ask_time() const;
  std::optional<Error> decide_time(bool granted) const;
  std::optional<Error> remark(ProblemState state) const;
  std::optional<Error> redo() const;
  std::optional<Error> carry_out() const;
};

std::optional<Error> Doing::reply() const {
  ProblemReply reply;
  for (const int number : deed.evidence) {
    const bool known =
        std::any_of(problem.evidence.begin(), problem.evidence.end(), [&](const BroughtFile& each) { return each.number == number; });
    if (!known) return invalid("没有这份材料，请先上传。", "evidence");
    if (std::find(reply.evidence.begin(), reply.evidence.end(), number) == reply.evidence.end()) reply.evidence.push_back(number);
  }
  // What was asked for is not needed any more.
  if (problem.time_asked()) {
    TimeAsked& asked = problem.times.back();
    asked.granted = false;
    asked.opinion = "单位已回复整改情况，申请作罢。";
    asked.decided_at = at;
    asked.decided_by = by;
  }
  reply.text = deed.text;
  reply.at = at;
  reply.by = by;
  reply.due = problem.due;
  reply.late = today > problem.due;
  problem.replies.push_back(std::move(reply));
  problem.state = ProblemState::replied;
  return std::nullopt;
}

std::optional<Error> Doing::judge(bool passed) const {
  ProblemReply& reply = problem.replies.back();
  reply.passed = passed;
  reply.opinion = deed.text;
  reply.checked_at = at;
  reply.checked_by = by;
  return passed ? std::nullopt : redo();
}

/// To be put right again: with some days at least, however little was left.
std::optional<Error> Doing::redo() const {
  problem.state = ProblemState::returned;
  const auto again = reckoned("退回重改", today, rules.redo_days);
  if (!again) return again.error();
  problem.due = std::max(problem.due, again->due.text());
  return std::nullopt;
}

std::optional<Error> Doing::ask_time() const {
  if (deed.work_days < 1 || deed.work_days > rules.extension_days)
    return invalid("按现行政策口径，一次最多延期" + std::to_string(rules.extension_days) + "个工作日。", "work_days");
  TimeAsked asked;
  asked.work_days = deed.work_days;
  asked.why = deed.text;
  asked.at = at;
  asked.by = by;
  asked.due_before = problem.due;
  problem.times.push_back(std::move(asked));
  return std::nullopt;
}

std::optional<Error> Doing::decide_time(bool granted) const {
  TimeAsked& asked = problem.times.back();
  asked.granted = granted;
  asked.opinion = deed.text;
  asked.decided_at = at;
  asked.decided_by = by;
  if (!granted) return std::nullopt;
  const auto longer = reckoned("延期", problem.due, asked.work_days);
  if (!longer) return longer.error();
  asked.due_after = longer->due.text();
  problem.due = asked.due_after;
  return std::nullopt;
}

std::optional<Error> Doing::remark(ProblemState state) const {
  problem.remarks.push_back({deed.action, deed.text, at, by});
  problem.state = state;
  return std::nullopt;
}

std::optional<Error> Doing::carry_out() const {
  switch (deed.action) {
    case ProblemAction::reply:
      return reply();
    case ProblemAction::check:
      return judge(true);
    case ProblemAction::refuse:
      return judge(false);
    case ProblemAction::ask_time:
      return ask_time();
    case ProblemAction::grant_time:
      return decide_time(true);
    case ProblemAction::deny_time:
      return decide_time(false);
    case ProblemAction::close:
      problem.closing = ProblemClosing{*deed.basis, deed.text, at, by};
      problem.state = ProblemState::closed;
      return std::nullopt;
    case ProblemAction::reopen:
      problem.closing.reset();
      remark(ProblemState::returned);
      return redo();
    case ProblemAction::withdraw:
      return remark(ProblemState::voided);
  }
  return std::nullopt;
}

}  // namespace

const policy::Rectification& rules_of(const Problem& problem) {
  return pack_for(Text(problem.pack), {}).rectification;
}

namespace {

/// Sent back to be put right once more.
struct Redo {
  std::string at;
  const char* what;
};

std::vector<Redo> redos_of(const Problem& problem) {
  std::vector<Redo> redos;
  for (const ProblemReply& each : problem.replies) {
    if (each.passed == false) redos.push_back({each.checked_at, "退回重改"});
  }
  for (const ProblemRemark& each : problem.remarks) {
    if (each.action == ProblemAction::reopen) redos.push_back({each.at, "重新整改"});
  }
  std::stable_sort(redos.begin(), redos.end(), [](const Redo& a, const Redo& b) { return a.at < b.at; });
  return redos;
}

}  // namespace

Result<Deadline> deadline_of(const Problem& problem) {
  const int redo_days = rules_of(problem).redo_days;
  auto deadline = reckoned(rule_text(problem), problem.raised_on, problem.work_days);
  const auto send_back = [&](const Redo& redo) {
    const std::string rule =
        "整改期限：自" + std::string(redo.what) + "之日起不少于" + std::to_string(redo_days) + "个工作日（" + problem.kind_name + "）";
    auto again = reckoned(rule, local_day_of(redo.at), redo_days);
    // What was left may be more than that.
    if (!again || deadline->due < again->due) deadline = std::move(again);
  };
  const std::vector<Redo> redos = redos_of(problem);
  auto redo = redos.begin();
  for (const TimeAsked& each : problem.times) {
    if (each.granted != true) continue;
    // It was asked of the date that stood then; of what happened within the same second that tells which came first.
    while (deadline && redo != redos.end() &&
           (redo->at < each.decided_at || (redo->at == each.decided_at && deadline->due.text() != each.due_before)))
      send_back(*redo++);
    if (!deadline) return deadline;
    DeadlineRequest longer = deadline->request;
    longer.extension += each.work_days;
    longer.extension_why = each.why;
    deadline = reckon(std::move(longer));
  }
  while (deadline && redo != redos.end()) send_back(*redo++);
  return deadline;
}

std::string Problems::today() const {
  return access::local_day(registry_.now());
}

Result<Raised> Problems::raise(registry::Change& change, NewProblem given) const {
  const std::string key = source_key(given.reference);
  if (const std::string before = key.empty() ? "" : problem_raised_by(change.connection(), registry_.tenant(), key); !before.empty()) {
    const auto record = change.latest(problem_kind, before);
    return Raised{before, record ? record->revision : 0, false};
  }
  return make(change, std::move(given));
}

Result<Raised> Problems::make(registry::Change& change, NewProblem given) const {
  if (auto trouble = trouble_with(given)) return std::move(*trouble);
  store::Connection& connection = change.connection();
  const std::string& tenant = registry_.tenant();
  const auto unit = access::find_unit(connection, tenant, given.unit);
  if (!unit || unit->kind != access::Unit::Kind::unit) return invalid("没有这个单位。", "unit");
  const policy::Pack& pack = pack_for({}, year_pack(change, given.year));
  const policy::ProblemKind* kind = pack.rectification.kind(given.kind);
  if (kind == nullptr) return invalid("政策口径里没有这类问题。", "kind");
  Problem problem;
  problem.id = registry::new_id();
  problem.raised_on = today();
  problem.raised_at = registry_.now_text();
  const std::string year = problem.raised_on.substr(0, 4);
  problem.serial = next_problem_serial(connection, tenant, std::atoi(year.c_str()));
  problem.number = year + "-" + four_digits(problem.serial);
  problem.source = given.source;
  problem.reference = std::move(given.reference);
  problem.unit = std::move(given.unit);
  problem.year = given.year;
  problem.kind = kind->code;
  problem.kind_name = kind->name;
  problem.text = std::move(given.text);
  problem.amount = std::move(given.amount);
  problem.basis = std::move(given.basis);
  problem.action = std::move(given.action);
  problem.pack = pack.id();
  problem.work_days = given.work_days.value_or(kind->days);
  problem.raised_by = std::move(given.raised_by);
  const auto deadline = deadline_of(problem);
  if (!deadline) return deadline.error();
  problem.first_due = deadline->due.text();
  problem.due = problem.first_due;
  auto stored = store(change, std::move(problem), "raise", {});
  if (!stored) return std::move(stored).error();
  return Raised{stored->id, stored->revision, true};
}

Result<Raised> Problems::raise(NewProblem problem, const access::Principal& who) const {
  if (!who.may(access::Permission::check_problems)) return forbidden();
  if (!problem.reference.kind.empty()) {
    auto found = found_at(registry_, ledgers_, problem.reference, who);
    if (!found) return std::move(found).error();
    if (auto trouble = taken_from(*found, problem)) return std::move(*trouble);
  }
  if (!who.may(access::Permission::check_problems, problem.unit)) return invalid("没有这个单位。", "unit");
  const access::Post* post = who.is_operator() ? nullptr : who.stands_in(access::Permission::check_problems, problem.unit);
  problem.raised_by = person_of(who, post);
  auto change = registry_.begin(author_of(who, {}, post));
  if (const std::string key = source_key(problem.reference); !key.empty()) {
    if (const auto open = open_problem_at(change.connection(), registry_.tenant(), key)) return already_raised(*open);
  }
  auto raised = make(change, std::move(problem));
  if (!raised) return raised;
  change.commit();
  return raised;
}

Result<ProblemDraft> Problems::draft(const ProblemReference& reference, const access::Principal& who) const {
  if (!who.may(access::Permission::check_problems)) return forbidden();
  auto found = found_at(registry_, ledgers_, reference, who);
  if (!found) return std::move(found).error();
  ProblemDraft draft;
  draft.problem = std::move(found->problem);
  const auto& kinds = rules_in(draft.problem.year).kinds;
  const bool known =
      std::any_of(kinds.begin(), kinds.end(), [&](const policy::ProblemKind& each) { return each.code == draft.problem.kind; });
  if (!known) draft.problem.kind.clear();
  auto reading = registry_.store().read();
  if (const auto unit = access::find_unit(*reading, registry_.tenant(), draft.problem.unit)) draft.unit_name = unit->name;
  draft.open = open_problem_at(*reading, registry_.tenant(), source_key(draft.problem.reference));
  return draft;
}

Result<Problem> Problems::store(registry::Change& change, Problem problem, std::string_view action,
                                std::vector<std::string> attachments) const {
  const auto record = change.put({std::string(problem_kind), problem.id, problem.revision, std::string(problem_state_code(problem.state)),
                                  std::string(action), problem_json(problem), std::move(attachments)});
  if (!record) return record.error();
  problem.revision = record->revision;
  store_problem(change.connection(), registry_.tenant(), problem);
  return problem;
}

namespace {

Problem problem_of(const registry::Record& record) {
  Problem problem = problem_from_json(record.body);
  problem.id = record.id;
  problem.revision = record.revision;
  problem.state = problem_state_from_code(record.state).value_or(ProblemState::open);
  return problem;
}

bool readable_id(std::string_view id) {
  return id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

}  // namespace

Result<Problem> Problems::current(std::string_view id, const access::Principal& who) const {
  const auto record = readable_id(id) ? registry_.latest(problem_kind, id) : std::nullopt;
  if (!record) return not_found();
  Problem problem = problem_of(*record);
  if (!who.may(access::Permission::see_problems, problem.unit)) return not_found();
  return problem;
}

ProblemView Problems::view_of(Problem problem, const access::Principal& who) const {
  ProblemView view;
  const std::string day = today();
  view.rules = &rules_of(problem);
  if (auto deadline = deadline_of(problem)) view.deadline = std::move(*deadline);
  const Date now = Date::parse(day).value_or(Date());
  view.days_left = WorkCalendar::state_council().work_days_between(now, Date::parse(problem.due).value_or(now));
  view.overdue = problem.overdue(day);
  view.actions = problem_actions(problem, who, *view.rules, day);
  view.may_bring = !who.is_read_only() && !evidence_refusal(problem, who);
  view.page = page_of(registry_, problem, who);
  if (who.may(access::Permission::see_submissions, problem.unit)) view.form = matter_of(registry_, problem).follow_up;
  auto reading = registry_.store().read();
  if (const auto unit = access::find_unit(*reading, registry_.tenant(), problem.unit)) {
    view.unit_code = unit->code;
    view.unit_name = unit->name;
  }
  view.earlier = earlier_problems(*reading, registry_.tenant(), problem, day);
  view.problem = std::move(problem);
  return view;
}

ProblemPage Problems::list(const ProblemFilter& filter, const access::Principal& who) const {
  auto reading = registry_.store().read();
  return problem_page(*reading, registry_.tenant(), filter, who, today());
}

std::vector<ProblemUnit> Problems::board(int year, const access::Principal& who) const {
  auto reading = registry_.store().read();
  return problem_board(*reading, registry_.tenant(), year, who.reach(access::Permission::see_problems), today());
}

Result<ProblemView> Problems::open(std::string_view id, const access::Principal& who) const {
  auto problem = current(id, who);
  if (!problem) return std::move(problem).error();
  return view_of(std::move(*problem), who);
}

Result<ProblemView> Problems::act(std::string_view id, int from_revision, const ProblemDeed& given, const access::Principal& who) const {
  auto problem = current(id, who);
  if (!problem) return std::move(problem).error();
  const policy::Rectification& rules = rules_of(*problem);
  if (auto refused = problem_refusal(*problem, given.action, who, rules, today())) return std::move(*refused);
  if (auto trouble = trouble_with(given.text, longest_text, "text", false, "文字")) return std::move(*trouble);
  if (needs_text(given.action) && trim(given.text).empty()) return why_missing(text_asked(given.action));
  ProblemDeed deed = given;
  if (deed.action == ProblemAction::close) {
    if (!deed.basis)
      return invalid("请写明据什么销号：已改正的记录、已缴付的款项，或者规定种类的证明材料。只有文字说明不能销号。", "basis");
    auto basis = proven(registry_, ledgers_, *problem, std::move(*deed.basis));
    if (!basis) return std::move(basis).error();
    deed.basis = std::move(*basis);
  }
  const access::Post* post = problem_post(*problem, deed.action, who);
  auto change = registry_.begin(author_of(who, trim(deed.text).empty() ? Text() : Text(deed.text), post));
  const auto latest = change.latest(problem_kind, id);
  if (!latest) return not_found();
  if (latest->revision != from_revision) return registry::stale_revision(*latest);
  Problem next = problem_of(*latest);
  // Somebody may have been faster: what was asked above is asked of what stands now.
  if (auto refused = problem_refusal(next, deed.action, who, rules, today())) return std::move(*refused);
  if (deed.basis) {
    if (auto used = used_elsewhere(change.connection(), registry_.tenant(), next, *deed.basis)) return std::move(*used);
  }
  const Person by = person_of(who, post);
  if (deed.basis && !who.is_operator()) {
    if (auto himself = brought_himself(next, *deed.basis, by)) return std::move(*himself);
  }
  const Doing doing{next, deed, rules, by, registry_.now_text(), today()};
  if (auto trouble = doing.carry_out()) return std::move(*trouble);
  auto stored = store(change, std::move(next), problem_action_code(deed.action), {});
  if (!stored) return std::move(stored).error();
  change.commit();
  return view_of(std::move(*stored), who);
}

Result<ProblemView> Problems::bring(std::string_view id, int from_revision, std::string_view bytes, std::string name, std::string kind,
                                    const access::Principal& who) const {
  const auto problem = current(id, who);
  if (!problem) return problem.error();
  if (who.is_read_only()) return forbidden();
  if (auto refused = evidence_refusal(*problem, who)) return std::move(*refused);
  if (auto trouble = trouble_with(name, longest_short_text, "name", true, "文件名")) return std::move(*trouble);
  const auto& kinds = rules_of(*problem).documents;
  if (!kind.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return invalid("没有这种材料。", "kind");
  const access::Post* post = nullptr;
  if (!who.is_operator()) {
    using enum access::Permission;
    for (const auto permission : {answer_problems, check_problems, close_problems}) {
      if (!who.may(permission, problem->unit)) continue;
      post = who.stands_in(permission, problem->unit);
      break;
    }
  }
  // Once before the bytes are kept, once where nobody can change it any more.
  const auto next_of = [&](const std::optional<registry::Record>& latest) -> Result<Problem> {
    if (!latest) return not_found();
    if (latest->revision != from_revision) return registry::stale_revision(*latest);
    Problem next = problem_of(*latest);
    if (auto refused = evidence_refusal(next, who)) return std::move(*refused);
    if (next.evidence.size() >= most_evidence) return invalid("材料太多了，一个问题最多200份。", "evidence");
    return next;
  };
  if (const auto before = next_of(registry_.latest(problem_kind, id)); !before) return before.error();
  const std::string sha256 = registry_.keep(bytes);
  auto change = registry_.begin(author_of(who, {}, post));
  auto made = next_of(change.latest(problem_kind, id));
  if (!made) return std::move(made).error();
  Problem next = std::move(*made);
  BroughtFile file;
  file.number = static_cast<int>(next.evidence.size()) + 1;
  file.name = std::move(name);
  file.sha256 = sha256;
  file.bytes = static_cast<std::int64_t>(bytes.size());
  file.kind = std::move(kind);
  file.at = registry_.now_text();
  file.by = person_of(who, post);
  next.evidence.push_back(std::move(file));
  auto stored = store(change, std::move(next), "bring-evidence", {sha256});
  if (!stored) return std::move(stored).error();
  change.commit();
  return view_of(std::move(*stored), who);
}

Result<Problems::File> Problems::file(std::string_view id, int number, const access::Principal& who) const {
  const auto problem = current(id, who);
  if (!problem) return problem.error();
  const auto found =
      std::find_if(problem->evidence.begin(), problem->evidence.end(), [&](const BroughtFile& each) { return each.number == number; });
  if (found == problem->evidence.end()) return Error{"not-found", "没有这份材料。", {}};
  auto bytes = registry_.attachment(found->sha256);
  if (!bytes) return std::move(bytes).error();
  return File{found->name, std::move(*bytes)};
}

const policy::Rectification& Problems::rules_in(int year) const {
  return pack_for({}, year_pack(registry_, year)).rectification;
}

int Problems::rebuild() const {
  auto change = registry_.begin({});
  clear_problems(change.connection(), registry_.tenant());
  std::vector<Problem> all;
  registry_.each_latest(change.connection(), problem_kind, [&](const registry::Record& record) { all.push_back(problem_of(record)); });
  for (const Problem& each : all) store_problem(change.connection(), registry_.tenant(), each);
  change.commit();
  return static_cast<int>(all.size());
}

}  // namespace jiheng::desks
