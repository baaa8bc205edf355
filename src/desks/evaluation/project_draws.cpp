#include "desks/evaluation/project_draws.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

#include "access/secret.h"
#include "access/units.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "desks/evaluation/project_draw.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/years.h"
#include "desks/rectification/problem_json.h"
#include "desks/rectification/problem_steps.h"
#include "policy/evaluation_parameters.h"
#include "policy/pack.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;
using access::Permission;

constexpr std::size_t longest_text = 500;
constexpr std::size_t longest_id = 64;
constexpr int most_drawn = 1000;
constexpr std::string_view select_year =
    "SELECT s.id, s.revision, s.unit_id, u.code, u.name FROM submission_summaries s JOIN units u ON u.tenant_id = s.tenant_id AND u.id = "
    "s.unit_id "
    "WHERE s.tenant_id = ? AND s.year_key = ? AND s.state <> 'draft' ORDER BY u.code, s.id";

Error not_found() {
  return {"not-found", "没有这次抽取。", {}};
}

Error invalid(std::string message, std::string field) {
  return {"invalid-draw", std::move(message), {std::move(field)}};
}

struct Source {
  std::string submission;
  int revision = 0;
  std::string unit;
  std::string code;
  std::string name;
};

std::vector<Source> sources_of(registry::Registry& registry, int year) {
  std::vector<Source> found;
  auto reading = registry.store().read();
  reading->query(select_year, {registry.tenant(), year}, [&](const store::Row& row) {
    found.push_back({row.string(0), row.small(1), row.string(2), row.string(3), row.string(4)});
  });
  return found;
}

void each_project(registry::Registry& registry, ListedProjects& kept, int year,
                  const std::function<void(const Source&, const ListedProject&)>& take) {
  const std::vector<Source> sources = sources_of(registry, year);
  std::vector<ListedProjects::Version> wanted;
  for (const Source& each : sources) wanted.push_back({each.submission, each.revision});
  const auto found = kept.of(registry, wanted);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    for (const ListedProject& each : *found[i]) take(sources[i], each);
  }
}

/// What is drawn: as the public reads it.
std::string line_of(const KeyProject& project) {
  return project.unit_code + " " + project.unit_name + " " + project.project + " " + project.amount.value_or("");
}

void write(JsonWriter& out, const KeyProject& project) {
  out.begin_object().field("unit", project.unit).field("unit_code", project.unit_code).field("unit_name", project.unit_name);
  out.field("project", project.project).field("amount", project.amount).key("large").boolean(project.large);
  out.key("first_time").boolean(project.first_time).key("poor").boolean(project.poor).field("last_grade", project.last_grade).end_object();
}

std::string body_of(const ProjectDraw& draw) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year").integer(draw.year).field("title", draw.title).key("pool").begin_array();
  for (const KeyProject& each : draw.pool) write(out, each);
  out.end_array().key("lines");
  write_texts(out, draw.lines);
  out.key("count").integer(draw.count).field("beacon_source", draw.beacon_source).field("list_hash", draw.list_hash);
  out.field("seed_hash", draw.seed_hash).field("sealed_at", draw.sealed_at).key("sealed_by");
  write_person(out, draw.sealed_by);
  out.key("earlier").integer(draw.earlier).field("why", draw.why).field("seed", draw.seed).field("beacon", draw.beacon);
  out.key("drawn").begin_array();
  for (const int each : draw.drawn) out.integer(each);
  out.end_array().field("drawn_at", draw.drawn_at).key("drawn_by");
  if (draw.drawn_by) {
    write_person(out, *draw.drawn_by);
  } else {
    out.null();
  }
  out.end_object();
  return text;
}

ProjectDraw draw_from(const registry::Record& record) {
  try {
    const json::value body = json::parse(record.body);
    ProjectDraw made;
    made.id = record.id;
    made.revision = record.revision;
    made.year = static_cast<int>(body.at("year").as_int64());
    made.title = text_at(body, "title");
    for (const json::value& each : body.at("pool").as_array()) {
      KeyProject project;
      project.unit = text_at(each, "unit");
      project.unit_code = text_at(each, "unit_code");
      project.unit_name = text_at(each, "unit_name");
      project.project = text_at(each, "project");
      project.amount = maybe_text(each.at("amount"));
      project.large = each.at("large").as_bool();
      project.first_time = each.at("first_time").as_bool();
      project.poor = each.at("poor").as_bool();
      project.last_grade = maybe_text(each.at("last_grade"));
      made.pool.push_back(std::move(project));
    }
    for (const json::value& each : body.at("lines").as_array()) made.lines.emplace_back(each.as_string());
    made.count = static_cast<int>(body.at("count").as_int64());
    made.beacon_source = text_at(body, "beacon_source");
    made.list_hash = text_at(body, "list_hash");
    made.seed_hash = text_at(body, "seed_hash");
    made.sealed_at = text_at(body, "sealed_at");
    made.sealed_by = person_from(body.at("sealed_by"));
    made.earlier = static_cast<int>(body.at("earlier").as_int64());
    made.why = text_at(body, "why");
    made.seed = text_at(body, "seed");
    made.beacon = text_at(body, "beacon");
    for (const json::value& each : body.at("drawn").as_array()) made.drawn.push_back(static_cast<int>(each.as_int64()));
    made.drawn_at = text_at(body, "drawn_at");
    if (!body.at("drawn_by").is_null()) made.drawn_by = person_from(body.at("drawn_by"));
    return made;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里抽取的内容读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

/// The post he draws in, where it is another's; a draw is of no unit.
const access::Post* post_of(const access::Principal& who) {
  return who.is_operator() ? nullptr : who.stands_in(Permission::audit_performance, "");
}

bool sees_all(const access::Principal& who) {
  return who.reach(Permission::see_submissions).all;
}

}  // namespace

bool drew(registry::Registry& registry, std::string_view draw, int year, std::string_view unit, std::string_view project) {
  const auto record = draw.empty() || draw.size() > longest_id ? std::nullopt : registry.latest(draw_kind, draw);
  if (!record) return false;
  const ProjectDraw made = draw_from(*record);
  const std::string key = project_key(unit, project);
  return made.year == year && std::any_of(made.drawn.begin(), made.drawn.end(), [&](int each) {
           const KeyProject& drawn = made.pool.at(static_cast<std::size_t>(each));
           return project_key(drawn.unit, drawn.project) == key;
         });
}

std::vector<KeyProject> ProjectDraws::projects(int year) const {
  std::set<std::string> before;
  each_project(registry_, listed_, year - 1,
               [&](const Source& source, const ListedProject& project) { before.insert(project_key(source.unit, project.name)); });
  std::map<std::string, std::string> grades;
  if (graded_) {
    for (const GradedProject& each : graded_(year - 1)) grades[project_key(each.unit, each.project)] = each.grade;
  }
  const policy::EvaluationRules& rules = *pack_for({}, year_pack(registry_, year)).evaluation;
  std::vector<KeyProject> found;
  std::set<std::string> seen;
  each_project(registry_, listed_, year, [&](const Source& source, const ListedProject& filed) {
    const std::string key = project_key(source.unit, filed.name);
    if (!seen.insert(key).second) return;
    KeyProject project{source.unit, source.code, source.name, filed.name, filed.amount, false, false, false, {}};
    const auto amount = filed.amount ? Decimal::parse(*filed.amount) : std::nullopt;
    project.large = amount && *amount >= rules.least_amount;
    project.first_time = rules.first_time && !before.contains(key);
    if (const auto grade = grades.find(key); grade != grades.end()) {
      project.last_grade = grade->second;
      project.poor = std::find(rules.poor_grades.begin(), rules.poor_grades.end(), grade->second) != rules.poor_grades.end();
    }
    found.push_back(std::move(project));
  });
  std::stable_sort(found.begin(), found.end(), [](const KeyProject& a, const KeyProject& b) { return a.is_key() > b.is_key(); });
  return found;
}

Result<std::vector<KeyProject>> ProjectDraws::candidates(int year, const access::Principal& who) const {
  if (!sees_all(who)) return forbidden();
  return projects(year);
}

std::vector<ProjectDraw> ProjectDraws::list(int year, const access::Principal& who) const {
  std::vector<ProjectDraw> found;
  if (!sees_all(who)) return found;
  auto reading = registry_.store().read();
  registry_.each_latest(*reading, draw_kind, [&](const registry::Record& record) {
    ProjectDraw each = draw_from(record);
    if (year == 0 || each.year == year) found.push_back(std::move(each));
  });
  std::reverse(found.begin(), found.end());
  return found;
}

Result<ProjectDraw> ProjectDraws::open(std::string_view id, const access::Principal& who) const {
  if (!sees_all(who) || id.empty() || id.size() > longest_id) return not_found();
  const auto record = registry_.latest(draw_kind, id);
  if (!record) return not_found();
  return draw_from(*record);
}

Result<ProjectDraw> ProjectDraws::seal(const Wanted& wanted, const access::Principal& who) const {
  if (!who.may(Permission::audit_performance)) return forbidden();
  for (const auto& [text, field] :
       {std::pair<const std::string&, const char*>{wanted.title, "title"}, {wanted.beacon_source, "beacon_source"}, {wanted.why, "why"}}) {
    if (text.size() > longest_text || !is_valid_utf8(text)) return invalid("文字太长或有不能识别的字符。", field);
  }
  if (trim(wanted.title).empty()) return invalid("请填写这次抽取的名称。", "title");
  ProjectDraw draw;
  for (KeyProject& each : projects(wanted.year)) {
    if (!wanted.key_only || each.is_key()) draw.pool.push_back(std::move(each));
  }
  if (draw.pool.empty()) return invalid("这一年还没有可以抽取的项目。", "year");
  if (wanted.count < 1 || wanted.count > most_drawn || static_cast<std::size_t>(wanted.count) > draw.pool.size())
    return invalid("抽取个数应在1到" + std::to_string(draw.pool.size()) + "之间。", "count");
  draw.id = registry::new_id();
  draw.year = wanted.year;
  draw.title = std::string(trim(wanted.title));
  draw.count = wanted.count;
  draw.beacon_source = std::string(trim(wanted.beacon_source));
  draw.why = wanted.why;
  for (const KeyProject& each : draw.pool) draw.lines.push_back(line_of(each));
  draw.list_hash = list_hash_of(draw.lines);
  const std::string seed = sha256_hex(access::new_secret());
  draw.seed_hash = sha256_hex(seed);
  draw.sealed_at = registry_.now_text();
  const access::Post* post = post_of(who);
  draw.sealed_by = person_of(who, post);
  auto change = registry_.begin(author_of(who, trim(wanted.why).empty() ? Text() : Text(wanted.why), post));
  // A second draw, drawn because the first did not please, is there for everybody to see.
  registry_.each_latest(change.connection(), draw_kind, [&](const registry::Record& record) {
    if (draw_from(record).year == draw.year) ++draw.earlier;
  });
  if (draw.earlier > 0 && trim(wanted.why).empty())
    return Error{"why-missing", "这一年已经抽取过" + std::to_string(draw.earlier) + "次，请写明为什么再抽。", {"why"}};
  const auto stored = change.put({std::string(draw_kind), draw.id, 0, "sealed", "seal", body_of(draw), {}});
  if (!stored) return stored.error();
  change.connection().run("INSERT INTO draw_seeds (tenant_id, id, seed) VALUES (?, ?, ?)", {registry_.tenant(), draw.id, seed});
  change.commit();
  draw.revision = stored->revision;
  return draw;
}

Result<ProjectDraw> ProjectDraws::draw(std::string_view id, std::string beacon, const access::Principal& who) const {
  const auto known = open(id, who);
  if (!known) return known.error();
  if (!who.may(Permission::audit_performance)) return forbidden();
  if (beacon.size() > longest_text || !is_valid_utf8(beacon) || contains(beacon, "\n"))
    return invalid("公开数值太长或有不能识别的字符。", "beacon");
  beacon = std::string(trim(beacon));
  const access::Post* post = post_of(who);
  auto change = registry_.begin(author_of(who, {}, post));
  const auto latest = change.latest(draw_kind, id);
  if (!latest) return not_found();
  ProjectDraw drawing = draw_from(*latest);
  if (drawing.is_drawn()) return Error{"action-not-allowed", "这次抽取已经抽过，结果不再改变。", {}};
  if (drawing.beacon_source.empty() != beacon.empty())
    return invalid(beacon.empty() ? "请填写“" + drawing.beacon_source + "”的数值。" : "封存时没有约定公开数值，不能再加。", "beacon");
  std::string seed;
  change.connection().query("SELECT seed FROM draw_seeds WHERE tenant_id = ? AND id = ?", {registry_.tenant(), drawing.id},
                            [&](const store::Row& row) { seed = row.string(0); });
  if (sha256_hex(seed) != drawing.seed_hash)
    return Error{"action-not-allowed", "封存的种子已经丢失（例如从备份恢复过），这次抽取作废，请写明原因另抽。", {}};
  drawing.seed = seed;
  drawing.beacon = std::move(beacon);
  for (const std::size_t each : drawn_of(drawing.lines, static_cast<std::size_t>(drawing.count), drawing.seed, drawing.beacon))
    drawing.drawn.push_back(static_cast<int>(each));
  drawing.drawn_at = registry_.now_text();
  drawing.drawn_by = person_of(who, post);
  const auto stored = change.put({std::string(draw_kind), drawing.id, drawing.revision, "drawn", "draw", body_of(drawing), {}});
  if (!stored) return stored.error();
  change.connection().run("DELETE FROM draw_seeds WHERE tenant_id = ? AND id = ?", {registry_.tenant(), drawing.id});
  change.commit();
  drawing.revision = stored->revision;
  return drawing;
}

}  // namespace jiheng::desks
