#include "service/api/lists.h"

#include <array>
#include <map>

#include "access/role.h"
#include "auditing/card.h"
#include "auditing/rules.h"
#include "desks/performance/workflow.h"

namespace jiheng::service {
namespace {

using writing::Style;

std::string number(std::int64_t value) {
  return std::to_string(value);
}

std::string yes(bool is) {
  return is ? "是" : "";
}

/// "2026-03-02T01:00:00Z" → "2026-03-02 09:00", in the bureau's time.
std::string local_time(std::string_view utc) {
  if (utc.size() < 16) return std::string(utc);
  const int hour = ((utc[11] - '0') * 10 + (utc[12] - '0') + 8) % 24;
  return desks::local_day_of(utc) + (hour < 10 ? " 0" : " ") + std::to_string(hour) + std::string(utc.substr(13, 3));
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& each : texts) all += (all.empty() ? "" : "；") + each;
  return all;
}

std::map<std::string, std::string> names_of(const std::vector<access::Unit>& units) {
  std::map<std::string, std::string> names;
  for (const access::Unit& each : units) names[each.id] = each.name;
  return names;
}

std::string name_in(const std::map<std::string, std::string>& names, const std::optional<std::string>& id) {
  if (!id) return "";
  const auto found = names.find(*id);
  return found == names.end() ? "" : found->second;
}

std::string grade_text(const std::optional<auditing::Grade>& grade) {
  return grade ? std::string(auditing::grade_name(*grade)) : "";
}

std::string count_line(std::size_t count) {
  return "共" + std::to_string(count) + "条";
}

/// What the journal calls what was done, as the pages call it; the word itself where it is none of them.
std::string action_words(const std::string& action) {
  static const std::map<std::string, std::string> words{{"import", "导入"},
                                                        {"begin", "开始填报"},
                                                        {"edit", "修改"},
                                                        {"submit", "报送"},
                                                        {"withdraw", "撤回"},
                                                        {"return", "退回修改"},
                                                        {"approve", "审核通过"},
                                                        {"adjust", "申请调整"},
                                                        {"give-up", "放弃调整"},
                                                        {"judge", "评分"},
                                                        {"waive", "豁免错误"},
                                                        {"unwaive", "取消豁免"},
                                                        {"propose", "提出修改"},
                                                        {"recall", "收回修改"},
                                                        {"agree", "同意修改"},
                                                        {"decline", "不同意修改"},
                                                        {"assign", "确认单位"},
                                                        {"delete", "删除"},
                                                        {"demo", "载入样例"},
                                                        {"bring-sealed", "上传盖章件"},
                                                        {"add", "新建"},
                                                        {"enable", "启用"},
                                                        {"disable", "停用"},
                                                        {"appoint", "任命岗位"},
                                                        {"reset", "重发链接"},
                                                        {"unlock", "解锁"},
                                                        {"password", "设密码"},
                                                        {"second-factor", "绑定动态码"},
                                                        {"hand-over", "移交岗位"},
                                                        {"delegate", "委托"},
                                                        {"end", "结束委托"},
                                                        {"retire", "停用"},
                                                        {"reopen", "重新启用"},
                                                        {"publish", "公开"},
                                                        {"open", "开启申报"},
                                                        {"close", "结束申报"},
                                                        {"extend", "延期"},
                                                        {"give-link", "给外部人员链接"},
                                                        {"revoke-link", "收回链接"},
                                                        {"mail", "改通知邮箱"},
                                                        {"seal", "加密保存密码"}};
  const auto found = words.find(action);
  return found == words.end() ? action : found->second;
}

/// "submission/0193…@3" → "绩效目标 0193… 第3版"; what is of no kind known here stays as it is.
std::string subject_words(const std::string& subject) {
  static const std::map<std::string, std::string, std::less<>> words{{"submission", "绩效目标"},    {"unit", "单位"},
                                                                     {"account", "人员"},           {"delegation", "委托"},
                                                                     {"library-entry", "指标库"},   {"publication", "信息公开"},
                                                                     {"outsider-link", "外部人员"}, {"sealed-form", "盖章件"},
                                                                     {"filing-year", "申报年度"}};
  const std::size_t slash = subject.find('/');
  const std::size_t at = subject.rfind('@');
  if (slash == std::string::npos || at == std::string::npos || at < slash) return subject;
  const auto found = words.find(std::string_view(subject).substr(0, slash));
  if (found == words.end()) return subject;
  return found->second + " " + subject.substr(slash + 1, at - slash - 1) + " 第" + subject.substr(at + 1) + "版";
}

std::string notice_words(const desks::Notice& notice) {
  static constexpr std::array<std::string_view, 23> words{
      "退回修改", "已批复",     "延期",     "快到期",     "逾期",         "监控自评退回", "监控自评快到期", "监控自评逾期", "红灯预警",
      "预警重答", "预警快到期", "预警逾期", "问题待整改", "问题继续整改", "整改延期",     "整改不延期",     "整改快到期",   "整改逾期",
      "密码",     "动态码",     "重发链接", "岗位",       "邮箱"};
  return std::string(words.at(static_cast<std::size_t>(notice.kind)));
}

std::string rule_title(const std::string& id) {
  for (const auditing::Card* card : auditing::cards()) {
    if (card->id == id) return std::string(card->title);
  }
  return id;
}

}  // namespace

writing::List submissions_list(const std::vector<desks::Summary>& items) {
  writing::List list{"绩效目标", "绩效目标", count_line(items.size()), {}, {}};
  list.columns = {{"单位", 30, Style::text},
                  {"年度", 7, Style::center},
                  {"状态", 10, Style::center},
                  {"环节", 14, Style::center},
                  {"建议等级", 8, Style::center},
                  {"表数", 6, Style::number},
                  {"错误", 6, Style::number},
                  {"警告", 6, Style::number},
                  {"提示", 6, Style::number},
                  {"豁免", 6, Style::number},
                  {"整体支出（万元）", 14, Style::number},
                  {"版本", 6, Style::number},
                  {"更新时间", 16, Style::center},
                  {"经办人", 14, Style::text},
                  {"文件", 30, Style::text}};
  for (const desks::Summary& each : items)
    list.rows.push_back({each.unit_name.value_or(""), each.year ? number(*each.year) : "", std::string(desks::state_name(each.state)),
                         each.step ? std::string(desks::step_name(*each.step)) : "", grade_text(each.grade), number(each.tables),
                         number(each.errors), number(each.warnings), number(each.hints), number(each.waived),
                         each.overall_amount.value_or(""), number(each.revision), local_time(each.updated_at), each.updated_by, each.file});
  return list;
}

writing::List units_list(const std::vector<access::Unit>& units, const std::vector<access::Unit>& shown) {
  const auto names = names_of(units);
  writing::List list{"单位", "单位清单", count_line(shown.size()), {}, {}};
  list.columns = {{"单位编码", 12, Style::center}, {"单位名称", 30, Style::text}, {"别名", 26, Style::text},  {"曾用名", 22, Style::text},
                  {"主管部门", 26, Style::text},   {"业务股室", 14, Style::text}, {"涉密", 6, Style::center}, {"停用", 6, Style::center}};
  for (const access::Unit& each : shown)
    list.rows.push_back({each.code, each.name, joined(each.aliases), joined(each.former_names), name_in(names, each.parent),
                         name_in(names, each.section), yes(each.classified), yes(!each.active)});
  return list;
}

writing::List accounts_list(const std::vector<access::Account>& accounts, const std::vector<access::Unit>& units) {
  const auto names = names_of(units);
  writing::List list{"人员", "人员清单", count_line(accounts.size()), {}, {}};
  list.columns = {{"姓名", 12, Style::text},  {"登录名", 14, Style::text},    {"电话", 14, Style::text},      {"岗位", 44, Style::text},
                  {"停用", 6, Style::center}, {"未设密码", 9, Style::center}, {"建立时间", 16, Style::center}};
  for (const access::Account& each : accounts) {
    std::vector<std::string> posts;
    for (const access::Appointment& post : each.posts) {
      std::string text(access::role_name(post.role));
      if (const std::string place = name_in(names, post.unit); !place.empty()) text += "（" + place + "）";
      if (post.from || post.to) text += " " + post.from.value_or("") + "至" + post.to.value_or("");
      posts.push_back(std::move(text));
    }
    list.rows.push_back(
        {each.name, each.login, each.phone.value_or(""), joined(posts), yes(!each.active), yes(!each.password), local_time(each.made_at)});
  }
  return list;
}

writing::List wall_list(const desks::Wall& wall, const std::vector<desks::Tile>& shown, const std::vector<access::Unit>& units) {
  const auto names = names_of(units);
  writing::List list{"申报进度", std::to_string(wall.year.year) + "年绩效目标申报进度", count_line(shown.size()), {}, {}};
  list.line += "；申报截止 " + wall.deadline.due.text();
  list.columns = {{"单位编码", 12, Style::center}, {"单位", 30, Style::text},         {"业务股室", 14, Style::text},
                  {"状态", 10, Style::center},     {"环节", 14, Style::center},       {"表数", 6, Style::number},
                  {"错误", 6, Style::number},      {"警告", 6, Style::number},        {"等级", 6, Style::center},
                  {"截止日期", 12, Style::center}, {"剩余工作日", 10, Style::number}, {"逾期", 6, Style::center},
                  {"延期", 6, Style::center}};
  for (const desks::Tile& each : shown)
    list.rows.push_back({each.code, each.name, name_in(names, each.section), std::string(desks::tile_state_name(each.state)),
                         each.step ? std::string(desks::step_name(*each.step)) : "", number(each.tables), number(each.errors),
                         number(each.warnings), grade_text(each.grade), each.due, number(each.days_left), yes(each.overdue),
                         yes(each.extended)});
  return list;
}

writing::List publications_list(int year, const std::vector<desks::Publishable>& items) {
  writing::List list{"信息公开", std::to_string(year) + "年绩效目标信息公开", count_line(items.size()), {}, {}};
  list.columns = {{"单位编码", 12, Style::center}, {"单位", 30, Style::text},       {"状态", 10, Style::center},
                  {"表数", 6, Style::number},      {"批复时间", 16, Style::center}, {"公开期限", 12, Style::center},
                  {"剩余天数", 9, Style::number},  {"逾期", 6, Style::center},      {"公开时间", 16, Style::center},
                  {"公开人", 14, Style::text},     {"版本码", 22, Style::center},   {"撤回原因", 30, Style::text}};
  for (const desks::Publishable& each : items)
    list.rows.push_back({each.code, each.name, std::string(desks::publication_state_name(each.state)), number(each.tables),
                         local_time(each.approved_at), each.due, each.due.empty() ? "" : number(each.days_left), yes(each.overdue),
                         local_time(each.published_at.value_or("")), each.published_by.value_or(""), each.mark.value_or(""),
                         each.why.value_or("")});
  return list;
}

writing::List journal_list(const std::vector<registry::JournalEntry>& entries) {
  writing::List list{"操作日志", "操作日志", count_line(entries.size()), {}, {}};
  list.columns = {{"序号", 8, Style::number}, {"时间", 16, Style::center}, {"经办人", 16, Style::text}, {"操作", 14, Style::center},
                  {"对象", 44, Style::text},  {"原因", 30, Style::text},   {"散列值", 66, Style::text}};
  for (const registry::JournalEntry& each : entries)
    list.rows.push_back({number(each.seq), local_time(each.at), each.actor, action_words(each.action), subject_words(each.subject),
                         each.why.value_or(""), each.hash});
  return list;
}

writing::List logins_list(const std::vector<access::LoginEvent>& events) {
  static const std::map<std::string, std::string> words{{"in", "登录"},
                                                        {"out", "退出"},
                                                        {"wrong-password", "密码不对"},
                                                        {"wrong-code", "动态码不对"},
                                                        {"locked", "已锁定"},
                                                        {"visit", "外部人员打开链接"},
                                                        {"visit-look", "外部人员看了绩效目标"},
                                                        {"visit-download", "外部人员下载了绩效目标表"},
                                                        {"void-link", "链接不对或已失效"}};
  writing::List list{"登录记录", "登录记录", count_line(events.size()), {}, {}};
  list.columns = {{"时间", 16, Style::center},
                  {"登录名", 16, Style::text},
                  {"结果", 12, Style::center},
                  {"地址", 20, Style::text},
                  {"浏览器", 60, Style::text}};
  for (const access::LoginEvent& each : events) {
    const auto outcome = words.find(each.outcome);
    list.rows.push_back({local_time(registry::utc_text(each.at)), each.login, outcome == words.end() ? each.outcome : outcome->second,
                         each.address, each.agent});
  }
  return list;
}

writing::List notices_list(const std::vector<desks::Notice>& notices) {
  writing::List list{"通知", "通知", count_line(notices.size()), {}, {}};
  list.columns = {{"时间", 16, Style::center}, {"通知", 10, Style::center},  {"单位", 30, Style::text}, {"年度", 7, Style::center},
                  {"期限", 12, Style::center}, {"工作日", 8, Style::number}, {"理由", 30, Style::text}, {"未读", 6, Style::center}};
  for (const desks::Notice& each : notices)
    list.rows.push_back({each.at.size() > 10 ? local_time(each.at) : each.at, notice_words(each), each.unit_name,
                         each.year == 0 ? "" : number(each.year), each.due.value_or(""), each.work_days == 0 ? "" : number(each.work_days),
                         each.why.value_or(""), yes(!each.read)});
  return list;
}

writing::List sections_list(const desks::Overview& overview) {
  writing::List list{"各股室", std::to_string(overview.year) + "年各股室申报情况", count_line(overview.sections.size()), {}, {}};
  list.line += "；申报截止 " + overview.due;
  list.columns = {{"业务股室", 16, Style::text}, {"单位数", 8, Style::number}};
  for (int i = 0; i < 6; ++i)
    list.columns.push_back({std::string(desks::tile_state_name(static_cast<desks::TileState>(i))), 9, Style::number});
  for (const char* title : {"逾期", "迟报", "退回过", "表数", "错误"}) list.columns.push_back({title, 8, Style::number});
  list.columns.push_back({"整体支出（万元）", 16, Style::number});
  const auto add = [&](const desks::SectionFigures& each, std::string name) {
    std::vector<std::string> row{std::move(name), number(each.units)};
    for (const int count : each.counts) row.push_back(number(count));
    for (const int count : {each.overdue, each.late, each.returned, each.tables, each.errors}) row.push_back(number(count));
    row.push_back(each.amount);
    list.rows.push_back(std::move(row));
  };
  for (const desks::SectionFigures& each : overview.sections) add(each, each.name.empty() ? "未归口" : each.name);
  add(overview.all, "合计");
  return list;
}

writing::List rules_list(const desks::Overview& overview) {
  writing::List list{"常见问题", std::to_string(overview.year) + "年审核发现的常见问题", count_line(overview.rules.size()), {}, {}};
  list.columns = {{"问题", 44, Style::text}, {"程度", 8, Style::center}, {"单位数", 8, Style::number}, {"处数", 8, Style::number}};
  for (const desks::RuleFigures& each : overview.rules)
    list.rows.push_back({rule_title(each.rule),
                         each.severity == "error"     ? "错误"
                         : each.severity == "warning" ? "警告"
                                                      : "提示",
                         number(each.units), number(each.findings)});
  return list;
}

writing::List comparisons_list(const desks::Comparisons& comparisons, const std::vector<GoalTable>& tables, const std::string& unit_name) {
  writing::List list{"同类对比", unit_name + "目标值同类对比", count_line(comparisons.items.size()), {}, {}};
  list.columns = {{"表", 24, Style::text},        {"三级指标", 28, Style::text},     {"本表目标值", 12, Style::center},
                  {"度量单位", 9, Style::center}, {"同类个数", 9, Style::number},    {"最小", 9, Style::number},
                  {"下四分位", 9, Style::number}, {"中位数", 9, Style::number},      {"上四分位", 9, Style::number},
                  {"最大", 9, Style::number},     {"上年目标值", 12, Style::center}, {"比上年（%）", 10, Style::number},
                  {"提示", 50, Style::text}};
  for (const desks::Comparison& each : comparisons.items) {
    const GoalTable& table = tables.at(static_cast<std::size_t>(each.table));
    const desks::TargetFigures peers = each.peers.value_or(desks::TargetFigures{});
    std::vector<std::string> hints;
    for (const desks::ComparisonHint& hint : each.hints) hints.push_back(hint.message);
    list.rows.push_back({table.project_name && table.kind != TableKind::overall ? *table.project_name : std::string(kind_name(table.kind)),
                         table.indicators.at(static_cast<std::size_t>(each.indicator)).level3, each.target, each.unit.value_or(""),
                         each.peers ? number(peers.count) : "", peers.least, peers.q1, peers.median, peers.q3, peers.most,
                         each.last_year ? each.last_year->target : "", each.last_year ? each.last_year->change_percent.value_or("") : "",
                         joined(hints)});
  }
  return list;
}

}  // namespace jiheng::service
