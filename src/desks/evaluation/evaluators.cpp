#include "desks/evaluation/evaluators.h"

#include <algorithm>
#include <boost/json.hpp>

#include "access/units.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/rectification/problem_json.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 300;
constexpr std::size_t most_named = 500;

Error invalid(std::string message, std::string field) {
  return {"invalid-evaluation", std::move(message), {std::move(field)}};
}

std::string body_of(const Evaluator& evaluator) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("name", evaluator.name).key("agency").boolean(evaluator.agency).field("field", evaluator.field);
  out.field("lead", evaluator.lead).field("employer", evaluator.employer).key("units");
  write_texts(out, evaluator.units);
  out.key("projects");
  write_texts(out, evaluator.projects);
  out.end_object();
  return text;
}

Evaluator evaluator_from(const registry::Record& record) {
  try {
    const json::value body = json::parse(record.body);
    Evaluator made;
    made.id = record.id;
    made.revision = record.revision;
    made.active = record.state == "active";
    made.name = text_at(body, "name");
    made.agency = body.at("agency").as_bool();
    made.field = text_at(body, "field");
    made.lead = text_at(body, "lead");
    made.employer = text_at(body, "employer");
    for (const json::value& each : body.at("units").as_array()) made.units.emplace_back(each.as_string());
    for (const json::value& each : body.at("projects").as_array()) made.projects.emplace_back(each.as_string());
    return made;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里专家和机构的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

std::optional<Error> trouble_with(const Evaluator& evaluator) {
  if (trim(evaluator.name).empty()) return invalid("请填写姓名或机构名称。", "name");
  for (const auto& [text, field] : {std::pair<const std::string&, const char*>{evaluator.name, "name"},
                                    {evaluator.field, "field"},
                                    {evaluator.lead, "lead"},
                                    {evaluator.employer, "employer"}}) {
    if (text.size() > longest_text || !is_valid_utf8(text)) return invalid("文字太长或有不能识别的字符。", field);
  }
  if (evaluator.agency && trim(evaluator.lead).empty()) return invalid("第三方机构要写明主评人。", "lead");
  if (evaluator.units.size() > most_named) return invalid("回避单位太多了。", "units");
  if (evaluator.projects.size() > most_named) return invalid("回避项目太多了。", "projects");
  for (const std::string& each : evaluator.projects) {
    if (each.size() > longest_text || !is_valid_utf8(each)) return invalid("项目名称太长或有不能识别的字符。", "projects");
  }
  return std::nullopt;
}

}  // namespace

std::string conflict_of(const Evaluator& evaluator, std::string_view unit, std::string_view unit_name, std::string_view project) {
  if (std::find(evaluator.units.begin(), evaluator.units.end(), unit) != evaluator.units.end())
    return "“" + evaluator.name + "”与该单位有利害关系";
  if (!evaluator.employer.empty() && access::unit_name_key(evaluator.employer) == access::unit_name_key(unit_name))
    return "“" + evaluator.name + "”在该单位任职";
  const std::string key = fold_label(project);
  for (const std::string& each : evaluator.projects) {
    if (!key.empty() && fold_label(each) == key) return "“" + evaluator.name + "”参与过该项目";
  }
  return {};
}

std::vector<Evaluator> Evaluators::list(const access::Principal& who) const {
  std::vector<Evaluator> found;
  if (!who.may(access::Permission::audit_performance)) return found;
  auto reading = registry_.store().read();
  registry_.each_latest(*reading, evaluator_kind, [&](const registry::Record& record) { found.push_back(evaluator_from(record)); });
  std::stable_sort(found.begin(), found.end(), [](const Evaluator& a, const Evaluator& b) { return a.active > b.active; });
  return found;
}

std::optional<Evaluator> Evaluators::find(std::string_view id) const {
  if (id.empty() || id.size() > 64) return std::nullopt;
  const auto record = registry_.latest(evaluator_kind, id);
  return record ? std::optional(evaluator_from(*record)) : std::nullopt;
}

Result<Evaluator> Evaluators::put(Evaluator evaluator, const access::Principal& who) const {
  if (!who.may(access::Permission::audit_performance)) return forbidden();
  if (auto trouble = trouble_with(evaluator)) return std::move(*trouble);
  const access::Post* post = who.is_operator() ? nullptr : who.stands_in(access::Permission::audit_performance, "");
  auto change = registry_.begin(author_of(who, {}, post));
  for (const std::string& each : evaluator.units) {
    if (!access::find_unit(change.connection(), registry_.tenant(), each)) return invalid("没有这个单位。", "units");
  }
  const bool fresh = evaluator.id.empty();
  if (fresh) {
    evaluator.id = registry::new_id();
    evaluator.revision = 0;
  } else if (!change.latest(evaluator_kind, evaluator.id)) {
    return Error{"not-found", "没有这位专家或这家机构。", {}};
  }
  const auto stored = change.put({std::string(evaluator_kind),
                                  evaluator.id,
                                  evaluator.revision,
                                  evaluator.active ? "active" : "ended",
                                  fresh ? "add" : "edit",
                                  body_of(evaluator),
                                  {}});
  if (!stored) return stored.error();
  change.commit();
  evaluator.revision = stored->revision;
  return evaluator;
}

}  // namespace jiheng::desks
