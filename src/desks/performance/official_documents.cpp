#include "desks/performance/official_documents.h"

#include <algorithm>
#include <map>

#include "access/day.h"
#include "access/units.h"
#include "auditing/opinion.h"
#include "base/embedded.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/workflow.h"
#include "goals/version_code.h"
#include "policy/pack.h"
#include "writing/official/marks.h"
#include "writing/site/site.h"

namespace jiheng::desks {
namespace {

using writing::OfficialValues;

struct Kind {
  OfficialKind kind;
  std::string_view code;
  std::string_view name;
};
constexpr Kind kinds[] = {{OfficialKind::notice, "notice", "布置通知"},
                          {OfficialKind::reminder, "reminder", "催报单"},
                          {OfficialKind::approval, "approval", "批复"},
                          {OfficialKind::opinion, "opinion", "审核意见表"},
                          {OfficialKind::send_back, "return", "退回通知"}};

std::string table_name(const GoalTable& table) {
  return table.kind == TableKind::overall ? std::string("整体支出") : table.project_name.value_or(std::string(kind_name(table.kind)));
}

std::string table_name(const std::vector<FiledTable>& tables, int at) {
  return at >= 0 && static_cast<std::size_t>(at) < tables.size() ? table_name(tables[static_cast<std::size_t>(at)].table) : "";
}

std::string place_of(const std::vector<FiledTable>& tables, const auditing::Finding& finding) {
  if (finding.at.empty()) return "全表";
  const auditing::Place& place = finding.at.front();
  if (place.indicator && place.table >= 0 && static_cast<std::size_t>(place.table) < tables.size()) {
    const auto& indicators = tables[static_cast<std::size_t>(place.table)].table.indicators;
    if (*place.indicator >= 0 && static_cast<std::size_t>(*place.indicator) < indicators.size())
      return indicators[static_cast<std::size_t>(*place.indicator)].level3;
  }
  return "全表";
}

std::string_view severity_name(auditing::Severity severity) {
  switch (severity) {
    case auditing::Severity::error:
      return "错误";
    case auditing::Severity::warning:
      return "警告";
    default:
      return "提示";
  }
}

/// The findings that a unit has to answer: hints are for the page.
std::vector<OfficialValues> problems_of(const auditing::Report& report, const std::vector<FiledTable>& tables, const Review& review,
                                        bool with_waived) {
  std::vector<OfficialValues> rows;
  for (const auto severity : {auditing::Severity::error, auditing::Severity::warning}) {
    for (const auditing::Finding& finding : report.findings) {
      const bool waived = is_waived(review, finding);
      if (finding.severity != severity || (waived && !with_waived)) continue;
      rows.push_back({{{"序号", std::to_string(rows.size() + 1)},
                       {"名称", finding.at.empty() ? "" : table_name(tables, finding.at.front().table)},
                       {"位置", place_of(tables, finding)},
                       {"问题", finding.message},
                       {"建议", finding.suggestion.value_or("")},
                       {"程度", std::string(severity_name(severity)) + (waived ? "（已豁免）" : "")}},
                      {}});
    }
  }
  return rows;
}

/// One document of all tables, so that its opinion names them by their place in the submission.
std::string suggested_opinion(const auditing::Report& report, const std::vector<FiledTable>& tables) {
  Body body;
  body.tables = tables;
  const ByFile files = by_file(body);
  const auditing::Report fresh = report;
  return auditing::opinion_of(fresh, files.documents).text;
}

OfficialValues levels(std::string_view first, std::string_view second) {
  return {{{"一级", std::string(first)}, {"二级", std::string(second)}}, {}};
}

/// The rows of an empty form.
std::vector<OfficialValues> empty_indicators(bool project) {
  std::vector<OfficialValues> rows;
  if (project) {
    rows.push_back(levels("成本指标", "经济成本指标"));
  }
  for (const char* second : {"数量指标", "质量指标", "时效指标"}) rows.push_back(levels("产出指标", second));
  for (const char* second : {"经济效益指标", "社会效益指标", "生态效益指标"}) rows.push_back(levels("效益指标", second));
  rows.push_back(levels("满意度指标", "服务对象满意度指标"));
  return rows;
}

/// 20日, where the pack says so.
std::string publication_demand(const std::optional<policy::DeadlineRule>& rule) {
  if (!rule) return {};
  return "绩效目标应当在批复后" + std::to_string(rule->days) + (rule->work_days ? "个工作日" : "日") + "内依法公开，涉密内容除外。";
}

Error nothing(std::string why) {
  return {"nothing-to-write", std::move(why), {}};
}

}  // namespace

std::string_view official_code(OfficialKind kind) {
  return kinds[static_cast<std::size_t>(kind)].code;
}

std::string_view official_name(OfficialKind kind) {
  return kinds[static_cast<std::size_t>(kind)].name;
}

std::optional<OfficialKind> official_from_code(std::string_view code) {
  for (const Kind& each : kinds) {
    if (each.code == code) return each.kind;
  }
  return std::nullopt;
}

Result<OfficialMade> OfficialDocuments::made(OfficialKind kind, const OfficialValues& given, std::string about) const {
  return make_official(registry_, official_code(kind), given, std::move(about) + std::string(official_name(kind)));
}

Result<OfficialMade> OfficialDocuments::of_year(OfficialKind kind, int year, const access::Principal& who) const {
  if (!who.may(access::Permission::manage_years) && !who.may(access::Permission::approve_filing)) return forbidden();
  if (kind == OfficialKind::notice || kind == OfficialKind::reminder) return notice(year, who, kind == OfficialKind::reminder);
  if (kind != OfficialKind::approval) return Error{"not-found", "没有这种公文。", {}};
  return approval(publications_.list(year, who), year, "各有关预算单位", std::to_string(year) + "年绩效目标");
}

Result<OfficialMade> OfficialDocuments::of_submission(OfficialKind kind, std::string_view id, const access::Principal& who) const {
  const auto submission = submissions_.open(id, who);
  if (!submission) return submission.error();
  if (kind == OfficialKind::opinion) return opinion(*submission);
  if (kind == OfficialKind::send_back) return send_back(*submission);
  if (kind != OfficialKind::approval) return Error{"not-found", "没有这种公文。", {}};
  const int year = submission->summary.year.value_or(0);
  auto units = publications_.list(year, who);
  std::erase_if(units, [&](const Publishable& each) { return each.submission != id; });
  const std::string name = submission->summary.unit_name.value_or("");
  return approval(units, year, name, name + std::to_string(year) + "年绩效目标");
}

Result<OfficialMade> OfficialDocuments::notice(int year, const access::Principal& who, bool reminding) const {
  auto wall = years_.wall(year, who);
  if (!wall) return wall.error();
  std::map<std::string, std::string> sections;
  for (const access::Unit& unit : access::list_units(*registry_.store().read(), registry_.tenant())) sections[unit.id] = unit.name;
  std::sort(wall->tiles.begin(), wall->tiles.end(), [](const Tile& a, const Tile& b) { return a.code < b.code; });
  const auto owes = [](const Tile& tile) {
    return tile.state == TileState::not_filed || tile.state == TileState::draft || tile.state == TileState::returned;
  };
  const auto owed = static_cast<std::size_t>(std::count_if(wall->tiles.begin(), wall->tiles.end(), owes));
  if (reminding && owed == 0) return nothing("各单位都已报送，没有要催的。");
  OfficialValues values;
  values.texts = {{"年度", std::to_string(year)},
                  {"单位数", std::to_string(wall->tiles.size())},
                  {"未报数", std::to_string(owed)},
                  {"已报数", std::to_string(wall->tiles.size() - owed)},
                  {"逾期数", std::to_string(wall->overdue)},
                  {"开始", chinese_day(wall->year.opens)},
                  {"截止", chinese_day(wall->deadline.due.text())},
                  {"工作日", std::to_string(wall->year.work_days)},
                  {"通知", wall->year.notice}};
  auto& units = values.lists["单位"];
  for (const Tile& tile : wall->tiles) {
    if (reminding && !owes(tile)) continue;
    std::string remark = tile.overdue ? "已逾期" + std::to_string(-tile.days_left) + "个工作日" : "";
    if (tile.extended) remark += remark.empty() ? "已延期" : "（已延期）";
    units.push_back({.texts = {{"序号", std::to_string(units.size() + 1)},
                               {"编码", tile.code},
                               {"名称", tile.name},
                               {"股室", tile.section ? sections[*tile.section] : ""},
                               {"状态", std::string(tile_state_name(tile.state))},
                               {"截止日期", tile.due},
                               {"说明", remark}},
                     .source = "单位" + tile.code});
  }
  values.source = std::to_string(year) + "年申报";
  values.lists["整体指标"] = empty_indicators(false);
  values.lists["项目指标"] = empty_indicators(true);
  return made(reminding ? OfficialKind::reminder : OfficialKind::notice, values, std::to_string(year) + "年绩效目标");
}

Result<OfficialMade> OfficialDocuments::approval(const std::vector<Publishable>& units, int year, std::string addressees,
                                                 std::string about) const {
  OfficialValues values;
  auto& rows = values.lists["单位"];
  int tables = 0;
  std::vector<const Publishable*> approved;
  for (const Publishable& each : units) {
    if (each.approved_revision > 0) approved.push_back(&each);
  }
  std::sort(approved.begin(), approved.end(), [](const Publishable* a, const Publishable* b) { return a->code < b->code; });
  for (const Publishable* each : approved) {
    const auto record = registry_.at_revision(submission_kind, each->submission, each->approved_revision);
    if (!record) continue;
    const Body body = body_from_json(record->body);
    writing::SiteUnit shown;
    std::vector<GoalTable> all;
    for (const FiledTable& filed : body.tables) all.push_back(filed.table);
    writing::summarise(shown, all);
    const std::string content = content_hash(body);
    tables += static_cast<int>(all.size());
    rows.push_back({.texts = {{"序号", std::to_string(rows.size() + 1)},
                              {"编码", each->code},
                              {"名称", each->name},
                              {"表数", std::to_string(all.size())},
                              {"金额", shown.amount},
                              {"批复日期", local_day_of(each->approved_at)},
                              {"版本码", version_code(content, each->approved_revision)},
                              {"校验值", content}},
                    .source = "申报" + each->submission});
  }
  if (rows.empty()) return nothing("还没有批复的绩效目标。");
  values.texts = {{"年度", std::to_string(year)},
                  {"主送", std::move(addressees)},
                  {"单位数", std::to_string(rows.size())},
                  {"表数", std::to_string(tables)}};
  values.marked["公开要求"] = writing::marked_lines("quote:pack", publication_demand(publication_rule(registry_, year)));
  values.source = std::to_string(year) + "年批复";
  return made(OfficialKind::approval, values, std::move(about));
}

Result<OfficialMade> OfficialDocuments::opinion(const Submission& submission) const {
  if (submission.tables.empty()) return nothing("这份绩效目标里还没有表。");
  const Summary& summary = submission.summary;
  OfficialValues values;
  values.texts = {{"年度", summary.year ? std::to_string(*summary.year) : ""},
                  {"单位", summary.unit_name.value_or("")},
                  {"表数", std::to_string(submission.tables.size())},
                  {"轮次", std::to_string(std::max(1, submission.filing.round))},
                  {"意见", submission.opinion.value_or(suggested_opinion(submission.audit, submission.tables))}};
  values.source = "申报" + summary.id;
  auto& grades = values.lists["表"];
  for (const auditing::TableGrade& grade : submission.grades) {
    OfficialValues row;
    row.texts = {{"名称", table_name(submission.tables, grade.table)}, {"等级", std::string(auditing::grade_name(grade.grade))}};
    for (const auditing::AspectGrade& aspect : grade.aspects)
      row.texts[std::string(auditing::aspect_name(aspect.aspect))] =
          std::string(auditing::grade_name(aspect.grade)) + "（" + aspect.points + "分）";
    for (const char* name : {"完整性", "相关性", "适当性", "可行性"}) row.texts.emplace(name, "");
    grades.push_back(std::move(row));
  }
  values.lists["问题"] = problems_of(submission.audit, submission.tables, submission.filing.review, true);
  values.texts["没有问题"] = values.lists["问题"].empty() ? "是" : "";
  auto& signatures = values.lists["签字"];
  for (const Signature& each : submission.filing.signatures)
    signatures.push_back({{{"环节", std::string(step_name(each.step))},
                           {"姓名", each.name + (each.for_name ? "（代" + *each.for_name + "）" : "")},
                           {"意见", each.opinion.value_or("同意")},
                           {"时间", local_day_of(each.at)}},
                          {}});
  return made(OfficialKind::opinion, values,
              summary.unit_name.value_or("") + (summary.year ? std::to_string(*summary.year) + "年" : "") + "绩效目标");
}

Result<OfficialMade> OfficialDocuments::send_back(const Submission& submission) const {
  OfficialValues values;
  auto& rounds = values.lists["历次"];
  std::optional<registry::Record> last;
  for (registry::Record& record : registry_.history(submission_kind, submission.summary.id)) {
    if (record.action != action_code(Action::send_back)) continue;
    const Body body = body_from_json(record.body);
    if (last)
      rounds.push_back({{{"轮次", std::to_string(std::max(1, body.filing.round))},
                         {"时间", local_day_of(record.at)},
                         {"意见", body.opinion.value_or("")}},
                        {}});
    else
      last = std::move(record);
  }
  if (!last) return nothing("这份绩效目标没有退回过，没有退回通知。");
  const Opened then = opened(std::move(*last), registry_);
  const Summary& summary = then.summary;
  values.texts = {{"年度", summary.year ? std::to_string(*summary.year) : ""},
                  {"单位", summary.unit_name.value_or("")},
                  {"表数", std::to_string(then.body.tables.size())},
                  {"轮次", std::to_string(std::max(1, then.body.filing.round))},
                  {"意见", then.body.opinion.value_or("请按照下列问题修改后重新报送。")}};
  values.source = "申报" + summary.id;
  values.lists["问题"] = problems_of(then.report, then.body.tables, then.body.filing.review, false);
  return made(OfficialKind::send_back, values,
              summary.unit_name.value_or("") + (summary.year ? std::to_string(*summary.year) + "年" : "") + "绩效目标");
}

}  // namespace jiheng::desks
