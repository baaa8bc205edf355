#include "auditing/opinion.h"

#include <algorithm>
#include <map>
#include <set>

#include "auditing/rules.h"
#include "base/decimal.h"

namespace jiheng::auditing {
namespace {

/// The opinion quotes so many problems in full; the list of findings has them all.
constexpr std::size_t most_quoted = 6;

using Listed = std::vector<const Finding*>;
using Key = std::pair<std::string, int>;

struct Tally {
  int errors = 0;
  int warnings = 0;
  int hints = 0;
};

Tally tally(const Listed& findings) {
  Tally counts;
  for (const Finding* each : findings) {
    ++(each->severity == Severity::error ? counts.errors : each->severity == Severity::warning ? counts.warnings : counts.hints);
  }
  return counts;
}

/// "未填预算金额1处、文字差错2处", gravest first, then in the order of the rules.
std::string kinds_of(const Listed& findings, bool hints) {
  std::map<std::pair<Severity, int>, int> kinds;
  for (const Finding* each : findings) {
    if ((each->severity == Severity::hint) == hints) ++kinds[{each->severity, rank_of(*find_card(each->rule))}];
  }
  std::string out;
  for (const auto& [kind, count] : kinds) {
    out.append(out.empty() ? "" : "、")
        .append(cards()[static_cast<std::size_t>(kind.second)]->title)
        .append(std::to_string(count))
        .append("处");
  }
  return out;
}

constexpr std::array<std::string_view, 4> sound = {
    "填报内容完整、规范，未发现问题",
    "目标、任务与指标相互对应，未发现问题",
    "指标细化量化，目标值与资金相匹配，未发现问题",
    "目标值可以实现，未发现问题",
};

std::string aspect_sentence(Aspect aspect, Grade grade, const Listed& all) {
  Listed own;
  for (const Finding* each : all) {
    if (each->aspect == aspect) own.push_back(each);
  }
  std::string out = std::string(aspect_name(aspect)) + "评为“" + std::string(grade_name(grade)) + "”：";
  if (own.empty()) return out + std::string(sound[static_cast<std::size_t>(aspect)]) + "。";
  const std::string problems = kinds_of(own, false), hints = kinds_of(own, true);
  if (!problems.empty()) out += "存在" + problems;
  if (!hints.empty()) out += (problems.empty() ? "没有须改正的问题，提示" : "；另提示") + hints;
  return out + "。";
}

/// "（1）……（2）……": errors first, then warnings.
std::string quoted(const Listed& findings) {
  Listed grave;
  for (const Severity severity : {Severity::error, Severity::warning}) {
    for (const Finding* each : findings) {
      if (each->severity == severity) grave.push_back(each);
    }
  }
  std::string out;
  for (std::size_t i = 0; i < std::min(grave.size(), most_quoted); ++i) {
    if (i > 0) out += "\n";
    out += "（" + std::to_string(i + 1) + "）" + grave[i]->message + grave[i]->suggestion.value_or("");
  }
  if (grave.size() > most_quoted) out += "\n其余" + std::to_string(grave.size() - most_quoted) + "处见审核问题清单。";
  return out;
}

std::string_view consequence(Conclusion conclusion) {
  switch (conclusion) {
    case Conclusion::approve:
      return "建议审核通过，进入下一步预算安排流程。";
    case Conclusion::mend:
      return "建议与申报单位沟通，就上述问题直接修改完善后通过。";
    case Conclusion::send_back:
      return "建议退回申报单位修改，重新报送后再审。";
    default:
      return "建议不予通过，由申报单位重新设定绩效目标后另行申报。";
  }
}

std::string_view kind_of(TableKind kind) {
  return kind == TableKind::self_evaluation ? "自评表" : kind == TableKind::monitoring ? "监控表" : "绩效目标表";
}

struct Named {
  std::string name;
  std::string title;  ///< with the kind of the table behind it
};

Named name_of(const Key& key, std::span<const Document> documents) {
  for (const Document& document : documents) {
    if (document.file != key.first || key.second >= static_cast<int>(document.tables.size())) continue;
    const GoalTable& table = document.tables[static_cast<std::size_t>(key.second)];
    if (table.kind == TableKind::overall) return {"整体支出表", "部门整体支出绩效目标表"};
    if (table.project_name) return {"“" + *table.project_name + "”", "“" + *table.project_name + "”" + std::string(kind_of(table.kind))};
    break;
  }
  const std::string number = "第" + std::to_string(key.second + 1) + "张表";
  return {number, number};
}

std::string counts_of(const Tally& counts) {
  std::string out;
  const auto add = [&](int count, std::string_view what) {
    if (count > 0) out.append(out.empty() ? "" : "，").append(what).append(std::to_string(count)).append("处");
  };
  add(counts.errors, "错误");
  add(counts.warnings, "须改进");
  add(counts.hints, "提示");
  return out;
}

/// Why the grade is below what the points alone would give.
std::string because(const TableGrade& grade, const Tally& counts, const Decimal& points) {
  const bool capped = (points >= Decimal(90) && grade.grade > Grade::excellent) || (points >= Decimal(80) && grade.grade > Grade::good);
  if (!capped) return "";
  return counts.errors > 0 ? "因存在须先改正的错误，" : "因有的方面未达到“良”，";
}

TableOpinion of_table(const TableGrade& grade, const Listed& findings, std::span<const Document> documents) {
  const Named named = name_of({grade.file, grade.table}, documents);
  TableOpinion opinion{grade.file, grade.table, named.name, grade.grade, conclusion_for(grade.grade), {}, {}, {}, {}};
  Decimal points;
  std::string grades;
  for (std::size_t i = 0; i < grade.aspects.size() && i < opinion.aspects.size(); ++i) {
    const AspectGrade& aspect = grade.aspects[i];
    opinion.aspects[i] = aspect_sentence(aspect.aspect, aspect.grade, findings);
    points += Decimal::parse(aspect.points).value_or(Decimal());
    grades += (i == 0 ? "" : "、") + std::string(aspect_name(aspect.aspect)) + "“" + std::string(grade_name(aspect.grade)) + "”";
  }
  opinion.points = points.plain();
  const Tally counts = tally(findings);
  opinion.problems = quoted(findings);
  opinion.text = "经审核，" + named.title + grades + "，得" + opinion.points + "分，" + because(grade, counts, points) + "综合评定为“" +
                 std::string(grade_name(grade.grade)) + "”。";
  const bool faults = counts.errors + counts.warnings > 0;
  if (faults) opinion.text += "主要问题如下：\n" + opinion.problems + "\n";
  if (counts.hints > 0) opinion.text += (faults ? "另有提示" : "有提示") + std::to_string(counts.hints) + "处，供完善时参考。";
  opinion.text += consequence(opinion.conclusion);
  return opinion;
}

/// 1 → 一, 12 → 十二, 25 → 二十五; beyond 99 the digits.
std::string chinese_number(std::size_t n) {
  static constexpr std::array<std::string_view, 10> digits = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  if (n == 0 || n > 99) return std::to_string(n);
  std::string out(n >= 20 ? digits[n / 10] : "");
  if (n >= 10) out += "十";
  return out.append(digits[n % 10]);
}

/// The worst grade an aspect has in any table.
Grade worst_of(const Report& report, std::size_t aspect) {
  Grade worst = Grade::excellent;
  for (const TableGrade& each : report.grades) {
    if (aspect < each.aspects.size()) worst = std::max(worst, each.aspects[aspect].grade);
  }
  return worst;
}

std::string submission_text(const Report& report, const Opinion& opinion) {
  std::string text = "本次报送绩效目标表" + std::to_string(report.tables) + "张，";
  const std::string counts = counts_of({report.errors, report.warnings, report.hints});
  text += counts.empty() ? "未发现问题" : "经审核发现" + counts;
  text += "，综合评定为“" + std::string(grade_name(opinion.grade)) + "”。";
  for (const Grade grade : {Grade::poor, Grade::fair, Grade::good, Grade::excellent}) {
    std::string names;
    for (const TableOpinion& each : opinion.tables) {
      if (each.grade == grade) names += (names.empty() ? "" : "、") + each.name;
    }
    if (!names.empty()) text += "评为“" + std::string(grade_name(grade)) + "”的有" + names + "。";
  }
  std::size_t number = 0;
  for (const TableOpinion& each : opinion.tables) {
    if (each.problems.empty()) continue;
    text += "\n" + chinese_number(++number) + "、" + each.name + "（得" + each.points + "分，评为“" + std::string(grade_name(each.grade)) +
            "”）";
    text += "\n" + each.problems;
  }
  return text + "\n" + std::string(consequence(opinion.conclusion));
}

}  // namespace

Conclusion conclusion_for(Grade grade) {
  return static_cast<Conclusion>(grade);
}

std::string_view conclusion_name(Conclusion conclusion) {
  static constexpr std::array<std::string_view, 4> names = {"审核通过", "修改后通过", "退回修改", "不予通过"};
  return names[static_cast<std::size_t>(conclusion)];
}

Opinion opinion_of(const Report& report, std::span<const Document> documents) {
  std::map<Key, Listed> by_table;
  Listed all;
  for (const Finding& finding : report.findings) {
    all.push_back(&finding);
    if (!finding.at.empty()) by_table[{finding.at.front().file, finding.at.front().table}].push_back(&finding);
  }
  Opinion opinion;
  for (const TableGrade& grade : report.grades) {
    opinion.tables.push_back(of_table(grade, by_table[{grade.file, grade.table}], documents));
    opinion.grade = std::max(opinion.grade, grade.grade);
  }
  opinion.conclusion = conclusion_for(opinion.grade);
  for (std::size_t i = 0; i < opinion.aspects.size(); ++i) {
    opinion.aspects[i] = aspect_sentence(static_cast<Aspect>(i), worst_of(report, i), all);
  }
  opinion.text = submission_text(report, opinion);
  return opinion;
}

}  // namespace jiheng::auditing
