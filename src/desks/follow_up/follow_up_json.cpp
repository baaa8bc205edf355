#include <boost/json.hpp>

#include "base/text.h"
#include "desks/follow_up/filled_json.h"
#include "desks/follow_up/follow_up.h"
#include "desks/follow_up/json_fields.h"
#include "goals/json.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

using namespace lenient;

namespace json = boost::json;

constexpr std::size_t longest_text = 10'000;
constexpr std::size_t most_causes = 12;
constexpr std::size_t most_funds = 20;
constexpr std::size_t most_figures = 100;

[[noreturn]] void damaged(std::string detail) {
  throw store::Failure("db-damaged", "数据库里这份监控或自评的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。",
                       std::move(detail));
}

std::optional<Decimal> decimal_at(const json::value& object, std::string_view name) {
  const Text text = optional_at(object, name);
  return text ? Decimal::parse(*text) : std::nullopt;
}

void write_decimal(JsonWriter& out, std::string_view name, const std::optional<Decimal>& number) {
  out.key(name);
  number ? out.string(number->text()) : out.null();
}

// Origins, progress, scores.

void write(JsonWriter& out, const Origin& origin) {
  out.begin_object().field("source", source_code(origin.source)).field("measure", origin.measure).field("label", origin.label);
  out.field("project", origin.project).field("receipt", origin.receipt).key("journal").integer(origin.journal).key("gaps").begin_array();
  for (const std::string& gap : origin.gaps) out.string(gap);
  out.end_array().end_object();
}

Origin origin_from(const json::value& from) {
  Origin origin;
  for (const auto source : {Actual::Source::measured, Actual::Source::surveyed, Actual::Source::reported}) {
    if (source_code(source) == text_at(from, "source")) origin.source = source;
  }
  origin.measure = text_at(from, "measure");
  origin.label = text_at(from, "label");
  origin.project = text_at(from, "project");
  origin.receipt = optional_at(from, "receipt");
  if (const json::value* journal = from.as_object().if_contains("journal"); journal != nullptr && journal->is_int64())
    origin.journal = journal->get_int64();
  for (const json::value& gap : array_at(from, "gaps")) origin.gaps.emplace_back(gap.as_string());
  return origin;
}

void write(JsonWriter& out, const scoring::Progress& progress) {
  out.begin_object().field("light", scoring::light_code(progress.light));
  write_decimal(out, "percent", progress.percent);
  out.field("why", progress.why).end_object();
}

scoring::Progress progress_from(const json::value& from) {
  return {scoring::light_from_code(text_at(from, "light")).value_or(scoring::Light::none), decimal_at(from, "percent"),
          text_at(from, "why")};
}

void write(JsonWriter& out, const std::optional<scoring::IndicatorScore>& score) {
  if (!score) {
    out.null();
    return;
  }
  out.begin_object();
  write_decimal(out, "weight", score->weight);
  write_decimal(out, "achievement", score->achievement);
  out.key("met");
  score->met ? out.boolean(*score->met) : out.null();
  write_decimal(out, "score", score->score);
  out.end_object();
}

std::optional<scoring::IndicatorScore> score_from(const json::value& from) {
  if (!from.is_object()) return std::nullopt;
  scoring::IndicatorScore score;
  score.weight = decimal_at(from, "weight");
  score.achievement = decimal_at(from, "achievement");
  if (const json::value* met = from.as_object().if_contains("met"); met != nullptr && met->is_bool()) score.met = met->get_bool();
  score.score = decimal_at(from, "score");
  return score;
}

Remark remark_from(const json::value& from) {
  return {text_at(from, "code"), flag_at(from, "stops"), number_at(from, "indicator", -1), text_at(from, "message")};
}

FilledTable filled_from(const json::value& from) {
  FilledTable filled;
  auto table = table_from_json(json::serialize(from.at("table")));
  if (!table) damaged(table.error().message);
  filled.table = std::move(*table);
  filled.money = origin_from(from.at("money"));
  filled.execution = progress_from(from.at("execution"));
  if (from.at("apart").is_object()) filled.apart = progress_from(from.at("apart"));
  filled.light = scoring::light_from_code(text_at(from, "light")).value_or(scoring::Light::none);
  for (const json::value& each : array_at(from, "facts")) {
    IndicatorFact fact;
    fact.origin = origin_from(each.at("origin"));
    fact.forecast_method = text_at(each, "forecast_method");
    fact.progress = progress_from(each.at("progress"));
    fact.score = score_from(each.at("score"));
    filled.facts.push_back(std::move(fact));
  }
  filled.grade = optional_at(from, "grade");
  filled.trouble = optional_at(from, "trouble");
  for (const json::value& each : array_at(from, "remarks")) filled.remarks.push_back(remark_from(each));
  if (const json::value* department = from.as_object().if_contains("department"); department != nullptr && department->is_object())
    filled.department = department_from(*department);
  if (filled.facts.size() != filled.table.indicators.size()) damaged("facts and indicators differ in number");
  return filled;
}

// Entries.

void write(JsonWriter& out, const std::vector<Evidence>& evidence) {
  out.begin_array();
  for (const Evidence& each : evidence) out.begin_object().field("sha256", each.sha256).field("name", each.name).end_object();
  out.end_array();
}

void write(JsonWriter& out, const IndicatorEntry& entry) {
  out.begin_object().field("actual", entry.actual).field("forecast", entry.forecast).field("judged_percent", entry.judged_percent);
  out.field("likelihood", entry.likelihood).field("note", entry.note).field("not_applicable", entry.not_applicable);
  out.key("causes").begin_array();
  for (const auto& [cause, text] : entry.causes) out.begin_object().field("cause", cause).field("text", text).end_object();
  out.end_array().key("evidence");
  write(out, entry.evidence);
  out.end_object();
}

std::vector<Evidence> evidence_from(const json::value& from) {
  std::vector<Evidence> evidence;
  for (const json::value& each : array_at(from, "evidence")) evidence.push_back({text_at(each, "sha256"), text_at(each, "name")});
  return evidence;
}

IndicatorEntry indicator_entry_from(const json::value& from) {
  IndicatorEntry entry;
  entry.actual = optional_at(from, "actual");
  entry.forecast = optional_at(from, "forecast");
  entry.judged_percent = optional_at(from, "judged_percent");
  entry.likelihood = optional_at(from, "likelihood");
  entry.note = optional_at(from, "note");
  entry.not_applicable = optional_at(from, "not_applicable");
  for (const json::value& each : array_at(from, "causes")) entry.causes.emplace_back(text_at(each, "cause"), text_at(each, "text"));
  entry.evidence = evidence_from(from);
  return entry;
}

TableEntry entry_from(const json::value& from) {
  TableEntry entry;
  entry.goal_result = optional_at(from, "goal_result");
  entry.budget = optional_at(from, "budget");
  entry.executed = optional_at(from, "executed");
  entry.execution_note = optional_at(from, "execution_note");
  entry.execution_forecast = optional_at(from, "execution_forecast");
  for (const json::value& each : array_at(from, "funds")) {
    Execution row;
    row.fund = optional_at(each, "fund");
    row.initial = optional_at(each, "initial");
    row.budget = optional_at(each, "budget");
    row.executed = optional_at(each, "executed");
    row.forecast = optional_at(each, "forecast");
    entry.funds.push_back(std::move(row));
  }
  for (const json::value& each : array_at(from, "indicators")) entry.indicators.push_back(indicator_entry_from(each));
  entry.evidence = evidence_from(from);
  if (const json::value* department = from.as_object().if_contains("department")) entry.department = department_entry_from(*department);
  return entry;
}

// What clients send.

Error shape(std::string message) {
  return {"json-shape", std::move(message), {}};
}

/// Texts that are blank are absent; too long ones, and what is no text, are told.
class Checking {
 public:
  void text(Text& value, std::string_view what) {
    if (!value) return;
    std::string trimmed(trim(*value));
    if (trimmed.size() > longest_text) fault("“" + std::string(what) + "”太长，最多" + std::to_string(longest_text / 3) + "个字。");
    if (!is_valid_utf8(trimmed)) fault("“" + std::string(what) + "”里有不能识别的字符。");
    value = trimmed.empty() ? std::nullopt : Text(std::move(trimmed));
  }
  void amount(Text& value, std::string_view what) {
    text(value, what);
    if (!value) return;
    std::erase(*value, ',');
    const auto number = Decimal::parse(*value);
    if (!number || number->text().size() > 30) fault("“" + std::string(what) + "”应是数字，例如 1813.77。");
  }
  void fault(std::string message) {
    if (!error_) error_ = Error{"invalid-entry", std::move(message), {place_}};
  }
  void place(std::string text) { place_ = std::move(text); }
  const std::optional<Error>& error() const { return error_; }

 private:
  std::string place_;
  std::optional<Error> error_;
};

void check(Checking& checking, IndicatorEntry& entry) {
  checking.text(entry.actual, "完成值");
  checking.text(entry.forecast, "全年预计");
  checking.amount(entry.judged_percent, "评判百分比");
  checking.text(entry.likelihood, "完成可能性");
  checking.text(entry.note, "原因和措施");
  checking.text(entry.not_applicable, "不适用的批准依据");
  if (entry.judged_percent) {
    const auto percent = Decimal::parse(*entry.judged_percent);
    if (percent && (percent->is_negative() || *percent > Decimal(100))) checking.fault("评判百分比应在0到100之间。");
  }
  if (entry.likelihood && *entry.likelihood != "确定能" && *entry.likelihood != "有可能" && *entry.likelihood != "完全不可能")
    checking.fault("完成可能性只能是确定能、有可能或完全不可能。");
  if (entry.causes.size() > most_causes) checking.fault("偏差原因太多。");
  for (auto& [cause, text] : entry.causes) {
    Text name = cause;
    Text words = text;
    checking.text(name, "偏差原因");
    checking.text(words, "偏差原因");
    cause = name.value_or("");
    text = words.value_or("");
  }
  std::erase_if(entry.causes, [](const auto& each) { return each.first.empty() || each.second.empty(); });
}

void check(Checking& checking, DepartmentEntry& entry) {
  if (entry.figures.size() > most_figures || entry.judged.size() > most_figures) checking.fault("部门整体指标表的行太多。");
  for (auto& [name, value] : entry.figures) {
    Text called = name;
    checking.text(called, "基础数据的名称");
    Text number = value;
    checking.amount(number, name);
    value = number.value_or("");
  }
  for (DepartmentEntry::Judged& each : entry.judged) {
    Text called = each.item;
    checking.text(called, "指标名称");
    Text points = each.points;
    Text why = each.why;
    checking.amount(points, "得分");
    checking.text(why, "扣分原因");
    each.points = points.value_or("");
    each.why = why.value_or("");
  }
  std::erase_if(entry.figures, [](const auto& each) { return each.second.empty(); });
  std::erase_if(entry.judged, [](const auto& each) { return each.points.empty() && each.why.empty(); });
}

void check(Checking& checking, TableEntry& entry) {
  checking.text(entry.goal_result, "目标完成情况");
  checking.amount(entry.budget, "全年预算数");
  checking.amount(entry.executed, "执行数");
  checking.text(entry.execution_note, "执行情况说明");
  checking.amount(entry.execution_forecast, "全年预计执行数");
  if (entry.funds.size() > most_funds) checking.fault("资金行太多。");
  for (Execution& row : entry.funds) {
    checking.text(row.fund, "资金名称");
    checking.amount(row.initial, "年初预算数");
    checking.amount(row.budget, "全年预算数");
    checking.amount(row.executed, "执行数");
    checking.amount(row.forecast, "全年预计执行数");
  }
  check(checking, entry.department);
}

}  // namespace

void write_filled(JsonWriter& out, const FilledTable& filled) {
  out.begin_object().key("table");
  write_json(out, filled.table);
  out.key("money");
  write(out, filled.money);
  out.key("execution");
  write(out, filled.execution);
  out.key("apart");
  filled.apart ? write(out, *filled.apart) : void(out.null());
  out.field("light", scoring::light_code(filled.light)).key("facts").begin_array();
  for (const IndicatorFact& fact : filled.facts) {
    out.begin_object().key("origin");
    write(out, fact.origin);
    out.field("forecast_method", fact.forecast_method).key("progress");
    write(out, fact.progress);
    out.key("score");
    write(out, fact.score);
    out.end_object();
  }
  out.end_array().field("grade", filled.grade).field("trouble", filled.trouble).key("remarks").begin_array();
  for (const Remark& each : filled.remarks) {
    out.begin_object().field("code", each.code).key("stops").boolean(each.stops).key("indicator").integer(each.indicator);
    out.field("message", each.message).end_object();
  }
  out.end_array().key("department");
  filled.department ? write_department(out, *filled.department) : void(out.null());
  out.end_object();
}

void write_entry(JsonWriter& out, const TableEntry& entry) {
  out.begin_object().field("goal_result", entry.goal_result).field("budget", entry.budget).field("executed", entry.executed);
  out.field("execution_note", entry.execution_note).field("execution_forecast", entry.execution_forecast).key("funds").begin_array();
  for (const Execution& row : entry.funds) {
    out.begin_object().field("fund", row.fund).field("initial", row.initial).field("budget", row.budget);
    out.field("executed", row.executed).field("forecast", row.forecast).end_object();
  }
  out.end_array().key("indicators").begin_array();
  for (const IndicatorEntry& each : entry.indicators) write(out, each);
  out.end_array().key("evidence");
  write(out, entry.evidence);
  out.key("department");
  write_department_entry(out, entry.department);
  out.end_object();
}

void write_signature(JsonWriter& out, const FollowUpSignature& each) {
  out.begin_object().field("act", each.act).field("account", each.account).field("name", each.name).field("at", each.at);
  out.field("opinion", each.opinion).field("for_account", each.for_account).field("for_name", each.for_name).end_object();
}

void write_recheck(JsonWriter& out, const Recheck& each) {
  out.begin_object().key("table").integer(each.table).key("indicator").integer(each.indicator).field("actual", each.actual);
  out.field("score", each.score).field("own_score", each.own_score).field("why", each.why).field("account", each.account);
  out.field("name", each.name).field("at", each.at).end_object();
}

void write_accepted(JsonWriter& out, const AcceptedBefore& each) {
  out.begin_object().key("revision").integer(each.revision).field("accepted_at", each.accepted_at).field("accepted_by", each.accepted_by);
  out.field("reopened_at", each.reopened_at).field("reopened_by", each.reopened_by).field("why", each.why).end_object();
}

std::string follow_up_json(const FollowUpBody& body) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("kind", follow_up_code(body.kind)).key("year").integer(body.year).key("month").integer(body.month);
  out.field("submission", body.submission).key("submission_revision").integer(body.submission_revision);
  out.field("unit", body.unit).field("unit_name", body.unit_name).field("pack", body.pack).key("entries").begin_array();
  for (const TableEntry& each : body.entries) write_entry(out, each);
  out.end_array().key("filed").begin_array();
  for (const FilledTable& each : body.filed) write_filled(out, each);
  out.end_array().key("signatures").begin_array();
  for (const FollowUpSignature& each : body.signatures) write_signature(out, each);
  out.end_array();
  // Absent as long as there is none: records from before hash as they did.
  if (!body.accepted_before.empty()) {
    out.key("accepted_before").begin_array();
    for (const AcceptedBefore& each : body.accepted_before) write_accepted(out, each);
    out.end_array();
  }
  out.key("filers").begin_array();
  for (const std::string& each : body.filers) out.string(each);
  out.end_array().key("rechecks").begin_array();
  for (const Recheck& each : body.rechecks) write_recheck(out, each);
  out.end_array().key("drawn").boolean(body.drawn).key("words").begin_array();
  for (const auto& [section, words] : body.words) out.begin_object().field("section", section).field("words", words).end_object();
  out.end_array().end_object();
  return text;
}

FollowUpBody follow_up_from_json(std::string_view text) {
  try {
    const json::value from = json::parse(text);
    FollowUpBody body;
    const auto kind = follow_up_from_code(text_at(from, "kind"));
    if (!kind) damaged("unknown kind");
    body.kind = *kind;
    body.year = number_at(from, "year");
    body.month = number_at(from, "month", 12);
    body.submission = text_at(from, "submission");
    body.submission_revision = number_at(from, "submission_revision");
    body.unit = text_at(from, "unit");
    body.unit_name = text_at(from, "unit_name");
    body.pack = text_at(from, "pack");
    for (const json::value& each : array_at(from, "entries")) body.entries.push_back(entry_from(each));
    for (const json::value& each : array_at(from, "filed")) body.filed.push_back(filled_from(each));
    for (const json::value& each : array_at(from, "signatures"))
      body.signatures.push_back({text_at(each, "act"), text_at(each, "account"), text_at(each, "name"), text_at(each, "at"),
                                 optional_at(each, "opinion"), optional_at(each, "for_account"), optional_at(each, "for_name")});
    for (const json::value& each : array_at(from, "accepted_before"))
      body.accepted_before.push_back({number_at(each, "revision"), text_at(each, "accepted_at"), text_at(each, "accepted_by"),
                                      text_at(each, "reopened_at"), text_at(each, "reopened_by"), text_at(each, "why")});
    for (const json::value& each : array_at(from, "filers")) body.filers.emplace_back(each.as_string());
    for (const json::value& each : array_at(from, "rechecks"))
      body.rechecks.push_back({number_at(each, "table"), number_at(each, "indicator", -1), optional_at(each, "actual"),
                               text_at(each, "score"), text_at(each, "own_score"), text_at(each, "why"), text_at(each, "account"),
                               text_at(each, "name"), text_at(each, "at")});
    body.drawn = flag_at(from, "drawn");
    for (const json::value& each : array_at(from, "words")) body.words.emplace_back(text_at(each, "section"), text_at(each, "words"));
    return body;
  } catch (const boost::system::system_error& broken) {
    damaged(broken.what());
  }
}

std::optional<Error> check_entries(std::vector<TableEntry>& entries) {
  Checking checking;
  for (std::size_t t = 0; t < entries.size(); ++t) {
    const std::string table = "第" + std::to_string(t + 1) + "张表";
    checking.place(table);
    check(checking, entries[t]);
    for (std::size_t i = 0; i < entries[t].indicators.size(); ++i) {
      checking.place(table + "第" + std::to_string(i + 1) + "个指标");
      check(checking, entries[t].indicators[i]);
    }
  }
  return checking.error();
}

Result<std::vector<TableEntry>> entries_from_json(std::string_view text) {
  boost::system::error_code failed;
  const json::value from = json::parse(text, failed);
  if (failed) return Error{"json-syntax", "请求的内容不是完整的JSON。", {}};
  if (!from.is_object()) return shape("请求的内容应是对象。");
  const json::value* tables = from.get_object().if_contains("tables");
  if (tables == nullptr || !tables->is_array()) return shape("请求里没有tables。");
  std::vector<TableEntry> entries;
  const auto all_objects = [](const json::array& items) {
    return std::all_of(items.begin(), items.end(), [](const json::value& each) { return each.is_object(); });
  };
  if (!all_objects(tables->get_array())) return shape("tables的每一项应是对象。");
  for (const json::value& each : tables->get_array()) {
    for (const char* list : {"funds", "indicators"}) {
      if (!all_objects(array_at(each, list))) return shape(std::string(list) + "的每一项应是对象。");
    }
    for (const json::value& indicator : array_at(each, "indicators")) {
      if (!all_objects(array_at(indicator, "causes"))) return shape("causes的每一项应是对象。");
      if (!all_objects(array_at(indicator, "evidence"))) return shape("evidence的每一项应是对象。");
    }
    if (!all_objects(array_at(each, "evidence"))) return shape("evidence的每一项应是对象。");
    if (const json::value* department = each.get_object().if_contains("department"); department != nullptr && !department->is_null()) {
      if (!department->is_object()) return shape("department应是对象。");
      for (const char* list : {"figures", "judged"}) {
        if (!all_objects(array_at(*department, list))) return shape(std::string(list) + "的每一项应是对象。");
      }
    }
    TableEntry entry = entry_from(each);
    entry.evidence.clear();
    for (IndicatorEntry& indicator : entry.indicators) indicator.evidence.clear();
    entries.push_back(std::move(entry));
  }
  if (auto fault = check_entries(entries)) return std::move(*fault);
  return entries;
}

}  // namespace jiheng::desks
