// bureau_fill URL DATA UNITS YEARS TOKENS: a bureau with as many units and their filings of as many years, the past ones approved and
// published, evaluated by themselves and accepted, the present one in all states and under way of being monitored; payments and reviews in
// its ledgers, problems that were found; and people of every post with a token each, written to TOKENS as "role token". Two of them are the
// public and have none.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "access/totp.h"
#include "base/date.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/people/people.h"
#include "desks/performance/imports.h"
#include "desks/performance/publication.h"
#include "desks/performance/submissions.h"
#include "desks/performance/years.h"
#include "desks/rectification/problems.h"
#include "ledgers/import.h"
#include "ledgers/schema.h"
#include "reading/reader.h"

namespace {

using namespace jiheng;
using access::Role;

constexpr int this_year = 2026;
constexpr int sections = 6;
constexpr int indicators_overall = 35;
constexpr int indicators_project = 12;
constexpr int problems_of_a_year = 40;

const access::Principal at_machine = access::Principal::operator_at_machine();

[[noreturn]] void fail(const char* what, const Error& error) {
  std::fprintf(stderr, "%s: %s %s\n", what, error.code.c_str(), error.message.c_str());
  std::exit(1);
}

std::string unit_name(int number) {
  return "某县第" + std::to_string(number + 1) + "局";
}

/// Rows of the kind that units write, none of them at fault.
std::string indicators(int count, int seed) {
  static constexpr const char* levels[][2] = {{"产出指标", "数量指标"},
                                              {"产出指标", "质量指标"},
                                              {"产出指标", "时效指标"},
                                              {"成本指标", "经济成本指标"},
                                              {"效益指标", "社会效益指标"},
                                              {"效益指标", "可持续影响指标"},
                                              {"满意度指标", "服务对象满意度指标"}};
  static constexpr const char* things[] = {"清淤河道", "检修设备", "组织培训", "开展督查", "更新台账", "新建站点", "回访群众", "发放补助"};
  std::string rows = "一级指标\t二级指标\t三级指标\t指标值\t指标解释\n";
  for (int i = 0; i < count; ++i) {
    const auto& level = levels[i * 7 / count];
    const std::string thing = std::string(things[(i + seed) % 8]) + "第" + std::to_string(i + 1) + "项";
    const std::string second = level[1];
    const std::string value = second == "质量指标" || second == "服务对象满意度指标"
                                  ? "合格率\t≥" + std::to_string(80 + (i * 7 + seed) % 19) + "%"
                              : second == "经济成本指标" ? "经费\t≤" + std::to_string(10 + (i + seed) % 90) + "万元"
                                                         : "数\t≥" + std::to_string(2 + (i * 13 + seed) % 400) + "个";
    rows += std::string(level[0]) + "\t" + second + "\t" + thing + value + "\t按年度台账统计，以验收单为准\n";
  }
  return rows;
}

std::string form(int unit, int year) {
  const int basic = 100 + unit * 37 % 3000;
  const int project = 20 + unit * 11 % 900;
  std::string text = std::to_string(year) + "年部门整体支出绩效目标表\n填报单位：" + unit_name(unit) +
                     "\n金额单位：万元\n年度履职目标\t保障机构运转，完成年度任务。\n资金总额\t" + std::to_string(basic + 2 * project) +
                     "\n基本支出\t" + std::to_string(basic) + "\n项目支出\t" + std::to_string(2 * project) + "\n" +
                     indicators(indicators_overall, unit + year);
  for (const char* name : {"河道清淤专项", "设备更新专项"}) {
    text += "\n" + std::to_string(year) + "年项目支出绩效目标表\n填报单位：" + unit_name(unit) + "\n项目名称\t" + name +
            "\n年度资金总额\t" + std::to_string(project) + "\n年度绩效目标\t按期完成，群众满意。\n" +
            indicators(indicators_project, unit + year + 3);
  }
  return text;
}

/// What stands for the official files: drawing thousands of them is measured elsewhere, and whoever downloads one gets bytes of a disk.
Result<std::vector<std::pair<std::string, std::string>>> short_files(const desks::PublishedContent& content) {
  return std::vector<std::pair<std::string, std::string>>{{"docx", std::string(30'000, ' ') + content.code}};
}

struct Bureau {
  Bureau(store::Store& store, const std::string& data)
      : registry(store, data),
        sessions(store, registry.tenant(), [this] { return registry.now(); }),
        people(registry, sessions),
        submissions(registry),
        years(registry),
        publications(registry, short_files),
        books(registry, ledgers::Catalogue::shipped()),
        forms(registry, submissions, books),
        problems(registry, books) {
    submissions.prepare();
    if (const auto done = ledgers::migrate_ledgers(registry.store(), books.catalogue()); !done) fail("ledgers", done.error());
  }

  void units(int count) {
    std::vector<desks::UnitLine> lines;
    for (int i = 0; i < count; ++i)
      lines.push_back({std::to_string(100001 + i), unit_name(i), {}, {}, "业务" + std::to_string(i % sections + 1) + "股"});
    if (const auto taken = people.take_units(lines, at_machine); !taken) fail("units", taken.error());
    for (const access::Unit& each : people.units(at_machine)) ids[each.name] = each.id;
  }

  /// "" where it was done.
  std::string act(desks::Submission& submission, desks::Action action, Text words = {}) {
    auto next = submissions.act(submission.summary.id, submission.summary.revision, action, std::move(words), at_machine);
    if (!next) return next.error().code;
    submission = std::move(*next);
    return {};
  }

  /// As far as the state that is wanted: 0 a draft, 1 filed, 2 sent back, 3 approved.
  void file(int unit, int year, int state) {
    const auto read = [](std::string_view bytes, std::string name) { return reading::read_document(bytes, std::move(name)); };
    const auto imported = desks::import_file(registry, {unit_name(unit) + ".txt", form(unit, year), {}}, read, at_machine);
    if (imported.submission.empty()) fail("import", {imported.code.value_or(""), imported.message.value_or(""), {}});
    if (state == 0) return;
    auto submission = submissions.open(imported.submission, at_machine);
    if (!submission) fail("open", submission.error());
    std::string refused = act(*submission, desks::Action::submit);
    if (refused.empty() && state == 2) refused = act(*submission, desks::Action::send_back, "请补充依据");
    if (refused.empty() && state == 3) refused = act(*submission, desks::Action::approve);
    if (refused.empty() && year < this_year && state == 3) {
      if (const auto out = publications.publish(submission->summary.id, submission->summary.revision, at_machine); !out)
        refused = out.error().code;
    }
    if (!refused.empty()) ++refusals[refused];
  }

  /// Payments and reviews as desks keep them, some hundreds a unit's year.
  void fill_ledgers(int unit_count, int year_count) {
    const auto take = [&](const char* type, const std::string& csv) {
      ledgers::ImportOptions options;
      options.create_missing = true;
      options.may_move_states = true;
      const auto taken = ledgers::import_table(books, *books.catalogue().type(type), csv, options, at_machine);
      if (!taken) fail(type, taken.error());
      if (!taken->stored) fail(type, {"bad-rows", taken->bad.empty() ? "?" : taken->bad.front().label + taken->bad.front().reason, {}});
    };
    const auto day = [&](int i) { return Date::of(this_year - i % year_count, i % 12 + 1, i % 28 + 1)->text(); };
    std::string payments = "payment_no,project,paid_on,amount,fund,state\n";
    std::string cases = "case_no,project_name,owner_unit,kind,accepted_on,submitted_amount,concluded_amount,concluded_on,state\n";
    for (int i = 0; i < unit_count * year_count * 40; ++i) {
      payments += "Z" + std::to_string(i) + ",P" + std::to_string(i % unit_count) + "," + day(i) + "," + std::to_string(100 + i % 900) +
                  ".50,general_public,valid\n";
      if (i % 10 != 0) continue;
      cases += "PS" + std::to_string(i) + ",道路改造" + std::to_string(i) + "标段," + unit_name(i % unit_count) + ",settlement," + day(i) +
               "," + std::to_string(1000 + i % 9000) + ".00," + std::to_string(900 + i % 9000) + ".00," + day(i) + ",concluded\n";
    }
    take("payment", payments);
    take("review_case", cases);
  }

  /// The forms that follow a year's tables; `to_the_end`: filled, signed and accepted, else as they are laid.
  void follow(desks::FollowUpKind kind, int year, int month, const std::string& opens, bool to_the_end) {
    desks::Round round;
    round.kind = kind;
    round.year = year;
    round.month = month;
    round.opens = opens;
    if (const auto opened = forms.open_round(round, at_machine); !opened) fail("round", opened.error());
    if (!to_the_end) return;
    desks::FollowUpFilter filter;
    filter.kind = kind;
    filter.year = year;
    filter.month = month;
    filter.limit = 10'000;
    for (const desks::FollowUpSummary& each : forms.page(filter, at_machine).items) finish(each.id);
  }
  void finish(const std::string& id) {
    auto form = forms.open(id, at_machine);
    if (!form) fail("form", form.error());
    std::vector<desks::TableEntry> entries(form->tables.size());
    for (std::size_t t = 0; t < entries.size(); ++t) {
      entries[t].goal_result = "全部完成。";
      entries[t].budget = "100";
      entries[t].executed = "98";
      for (const Indicator& target : form->tables[t].table.indicators) {
        desks::IndicatorEntry done;
        done.actual = target.value;
        entries[t].indicators.push_back(done);
      }
    }
    form = forms.edit(id, form->revision, entries, at_machine);
    for (std::size_t t = 0; form && t < entries.size(); ++t)
      form = forms.add_evidence(id, form->revision, static_cast<int>(t), -1, "验收单", "验收单.pdf", at_machine);
    for (const auto action : {desks::FollowUpAction::submit, desks::FollowUpAction::sign, desks::FollowUpAction::accept}) {
      if (form) form = forms.act(id, form->revision, action, {}, at_machine);
    }
    if (!form) ++refusals[form.error().code];
  }

  void find_problems(int unit_count, int year) {
    for (int i = 0; i < problems_of_a_year; ++i) {
      desks::NewProblem problem;
      problem.source = desks::ProblemSource::audit;
      problem.unit = ids.at(unit_name(i * unit_count / problems_of_a_year));
      problem.year = year;
      problem.kind = "goal";
      problem.text = "指标值偏低，与上年完成情况不符。";
      problem.action = "重新核定指标值。";
      if (const auto raised = problems.raise(problem, at_machine); !raised) fail("problem", raised.error());
    }
  }

  void person(std::ofstream& tokens, const std::string& login, Role role, std::optional<std::string> place) {
    access::Account account;
    account.login = login;
    account.name = login;
    auto made = people.add_account(account, at_machine);
    if (!made) fail("account", made.error());
    access::Appointment post;
    post.role = role;
    post.unit = std::move(place);
    auto appointed = people.appoint(made->account.id, made->account.revision, {post}, at_machine);
    if (!appointed) fail("post", appointed.error());
    if (access::is_administrator(role)) {
      const std::string secret = access::new_totp_secret();
      if (auto kept = people.keep_totp(*appointed, secret, *access::totp_code(secret, registry.now()), {}); !kept)
        fail("factor", kept.error());
    }
    const auto token = sessions.new_token(*appointed, "bench", 30, false);
    if (!token) fail("token", token.error());
    tokens << access::role_code(role) << " " << *token << "\n";
  }

  registry::Registry registry;
  access::Sessions sessions;
  desks::People people;
  desks::Submissions submissions;
  desks::Years years;
  desks::Publications publications;
  ledgers::Ledgers books;
  desks::FollowUps forms;
  desks::Problems problems;
  std::map<std::string, std::string> ids;
  std::map<std::string, int> refusals;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const int unit_count = std::atoi(argv[3]);
  const int year_count = std::atoi(argv[4]);
  auto opened = store::open(argv[1]);
  if (!opened) fail("database", opened.error());
  Bureau bureau(**opened, argv[2]);
  bureau.units(unit_count);
  for (int year = this_year - year_count + 1; year <= this_year; ++year) {
    desks::FilingYear window;
    window.year = year;
    window.opens = std::to_string(year) + "-02-25";
    if (const auto put = bureau.years.open(window, at_machine); !put) fail("year", put.error());
    for (int unit = 0; unit < unit_count; ++unit) {
      // A tenth has not begun with the present year.
      if (year == this_year && unit % 10 == 9) continue;
      bureau.file(unit, year, year == this_year ? unit % 4 : 3);
    }
  }
  bureau.fill_ledgers(unit_count, year_count);
  for (int year = this_year - year_count + 1; year < this_year; ++year) {
    bureau.follow(desks::FollowUpKind::self_evaluation, year, 12, std::to_string(year + 1) + "-02-01", true);
    bureau.find_problems(unit_count, year);
  }
  bureau.follow(desks::FollowUpKind::monitoring, this_year, 7, std::to_string(this_year) + "-08-03", false);
  bureau.find_problems(unit_count, this_year);
  for (const auto& [code, count] : bureau.refusals) std::fprintf(stderr, "%d refused: %s\n", count, code.c_str());
  std::ofstream tokens(argv[5]);
  for (int i = 0; i < 2; ++i) tokens << "public -\n";
  for (int i = 0; i < 16; ++i)
    bureau.person(tokens, "clerk" + std::to_string(i), Role::unit_clerk, bureau.ids.at(unit_name(i * unit_count / 16)));
  for (int i = 0; i < 2; ++i)
    bureau.person(tokens, "head" + std::to_string(i), Role::unit_head, bureau.ids.at(unit_name(i * unit_count / 16)));
  for (int i = 0; i < 5; ++i)
    bureau.person(tokens, "section" + std::to_string(i), Role::section_officer, bureau.ids.at("业务" + std::to_string(i + 1) + "股"));
  for (int i = 0; i < 3; ++i) bureau.person(tokens, "performance" + std::to_string(i), Role::performance_officer, {});
  bureau.person(tokens, "chief", Role::performance_head, {});
  bureau.person(tokens, "leader", Role::bureau_leader, {});
  bureau.person(tokens, "auditor", Role::audit_admin, {});
  bureau.person(tokens, "system", Role::system_admin, {});
  return 0;
}
