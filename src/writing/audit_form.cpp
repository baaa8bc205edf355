#include "writing/audit_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "writing/form_builder.h"
#include "writing/markup.h"

namespace jiheng::writing {
namespace {

using auditing::Aspect;
using auditing::Finding;
using auditing::Severity;

struct AspectItems {
  Aspect aspect;
  std::string_view name;
  std::string_view points;
};

// 财预〔2015〕88号 附件 绩效目标审核表: the four aspects and what an auditor looks at, restated.
constexpr std::array<AspectItems, 4> aspects = {{
    {Aspect::completeness, "完整性审核",
     "1.规范完整性：填报格式是否规范，内容是否完整、准确，有无缺项、错项。\n2."
     "明确清晰性：绩效目标是否明确、清晰，能否反映主要情况，对预期产出和效果的描述是否充分、恰当。"},
    {Aspect::relevance, "相关性审核",
     "1.目标相关性：总体目标是否符合法律法规和规划要求，与本部门（单位）职能、工作计划是否密切相关。\n2."
     "指标科学性：绩效指标是否全面、关键，是否细化、量化，定性描述是否充分、具体，便于监控和考核。"},
    {Aspect::appropriateness, "适当性审核",
     "1.绩效合理性：预期绩效是否显著，是否符合正常水平和发展规律，与同类项目相比是否合理。\n2."
     "资金匹配性：绩效目标与资金量、使用方向是否匹配，目标是否过高或过低，资金是否过大或过小。"},
    {Aspect::feasibility, "可行性审核",
     "1.实现可能性：绩效目标是否经过论证和合理测算，实现的可能性是否充分。\n2."
     "条件充分性：实施方案、组织能力、内部控制和管理制度等条件是否充分、健全。"},
}};

std::string_view grade_text(auditing::Grade grade) {
  constexpr std::array<std::string_view, 4> names = {"优", "良", "中", "差"};
  return names[static_cast<std::size_t>(grade)];
}

std::string_view severity_text(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "错误";
    case Severity::warning:
      return "须改进";
    case Severity::hint:
      return "提示";
  }
  return "";
}

/// Worst first; within one severity as they were found.
std::vector<const Finding*> of_aspect(const auditing::Report& report, Aspect aspect) {
  std::vector<const Finding*> found;
  for (const Finding& finding : report.findings) {
    if (finding.aspect == aspect) found.push_back(&finding);
  }
  std::stable_sort(found.begin(), found.end(), [](const Finding* a, const Finding* b) { return a->severity < b->severity; });
  return found;
}

class AuditForms {
 public:
  AuditForms(const AuditSheet& sheet, bool english) : sheet_(sheet), english_(english) {
    int number = 0;
    for (const AspectItems& items : aspects) {
      Group group{&items, of_aspect(sheet.report, items.aspect), number + 1};
      number += static_cast<int>(group.findings.size());
      groups_.push_back(std::move(group));
    }
  }

  std::vector<Form> make() const {
    std::vector<Form> forms = {cover()};
    if (!sheet_.report.findings.empty()) forms.push_back(list());
    return forms;
  }

 private:
  struct Group {
    const AspectItems* items;
    std::vector<const Finding*> findings;
    int first_number;
  };

  std::string table_name(const AuditedTable& table) const {
    if (!table.project_name.empty()) return table.project_name;
    if (contains(table.title, "整体")) return "整体支出表";
    return table.title.empty() ? "第" + std::to_string(table.table + 1) + "张表" : table.title;
  }

  const AuditedTable* audited(const std::string& file, int table) const {
    for (const AuditedTable& candidate : sheet_.tables) {
      if (candidate.file == file && candidate.table == table) return &candidate;
    }
    return nullptr;
  }

  std::string year_text() const { return sheet_.year ? std::to_string(*sheet_.year) + "年度" : std::string(); }

  Form cover() const {
    FormBuilder build({24, 88, 44, 18}, false);
    Form& form = build.form();
    form.name = "绩效目标审核表";
    form.title = sheet_.year ? std::to_string(*sheet_.year) + "年绩效目标审核表" : "绩效目标审核表";
    head(build);
    const auto& edges = build.main();
    build.row(true);
    build.cell(edges, 0, 1, "审核内容", Style::head);
    build.cell(edges, 1, 2, "审核要点", Style::head);
    build.cell(edges, 2, 3, "审核发现", Style::head);
    build.cell(edges, 3, 4, sheet_.judged ? "评定等级" : "建议等级", Style::head);
    for (const Group& group : groups_) {
      build.row();
      build.cell(edges, 0, 1, group.items->name, Style::label);
      build.cell(edges, 1, 2, group.items->points, Style::text);
      build.cell(edges, 2, 3, summary(group), Style::text);
      build.cell(edges, 3, 4, worst_grade(group.items->aspect), Style::center);
    }
    grades(build);
    closing(build);
    return build.finish();
  }

  void head(FormBuilder& build) const {
    const auto edges = build.band({24, 0, 24, 30});
    build.row();
    build.cell(edges, 0, 1, "预算单位", Style::label);
    build.cell(edges, 1, 2, sheet_.unit_name, Style::center);
    build.cell(edges, 2, 3, "预算年度", Style::label);
    build.cell(edges, 3, 4, year_text(), Style::center);
    build.row();
    build.cell(edges, 0, 1, "送审表格", Style::label);
    std::size_t projects = 0;
    for (const AuditedTable& table : sheet_.tables) projects += !table.project_name.empty();
    build.cell(edges, 1, 4, fmt::format("共 {} 张，其中项目表 {} 张。", sheet_.tables.size(), projects), Style::text);
  }

  std::string summary(const Group& group) const {
    if (group.findings.empty()) return "未发现问题。";
    std::array<int, 3> counts = {};
    for (const Finding* finding : group.findings) ++counts[static_cast<std::size_t>(finding->severity)];
    std::string text;
    constexpr std::array severities = {Severity::error, Severity::warning, Severity::hint};
    for (const Severity severity : severities) {
      const int count = counts[static_cast<std::size_t>(severity)];
      if (count > 0) text += fmt::format("{}{} {} 项", text.empty() ? "" : "，", severity_text(severity), count);
    }
    const std::size_t last = group.first_number + group.findings.size() - 1;
    text += group.findings.size() == 1 ? fmt::format("。详见问题清单第 {} 项。", last)
                                       : fmt::format("。详见问题清单第 {} 至 {} 项。", group.first_number, last);
    return text;
  }

  /// The submission is as good as its worst table.
  std::string worst_grade(Aspect aspect) const {
    std::optional<auditing::Grade> worst;
    for (const auto& table : sheet_.report.grades) {
      for (const auto& graded : table.aspects) {
        if (graded.aspect == aspect && (!worst || graded.grade > *worst)) worst = graded.grade;
      }
    }
    return worst ? std::string(grade_text(*worst)) : std::string();
  }

  std::string worst_grade() const {
    std::optional<auditing::Grade> worst;
    for (const auto& table : sheet_.report.grades) {
      if (!worst || table.grade > *worst) worst = table.grade;
    }
    return worst ? std::string(grade_text(*worst)) : std::string();
  }

  /// One row a table: its grades by aspect, with points, and as a whole.
  void grades(FormBuilder& build) const {
    if (sheet_.report.grades.empty()) return;
    const auto edges = build.band({24, 0, 21, 21, 21, 21, 14});
    build.row(true);
    build.cell(edges, 0, 1, sheet_.judged ? "各表评定等级" : "各表建议等级", Style::label,
               static_cast<int>(sheet_.report.grades.size()) + 1);
    build.cell(edges, 1, 2, "表格", Style::label);
    for (std::size_t i = 0; i < aspects.size(); ++i)
      build.cell(edges, 2 + i, 3 + i, aspects[i].name.substr(0, std::string_view("完整性").size()), Style::label);
    build.cell(edges, 6, 7, "综合", Style::label);
    for (const auto& graded : sheet_.report.grades) {
      build.row();
      const AuditedTable* table = audited(graded.file, graded.table);
      build.cell(edges, 1, 2, table != nullptr ? table_name(*table) : graded.file, Style::text);
      for (std::size_t i = 0; i < aspects.size(); ++i) {
        std::string text;
        for (const auto& aspect : graded.aspects) {
          if (aspect.aspect != aspects[i].aspect) continue;
          text = grade_text(aspect.grade);
          if (!aspect.points.empty()) text += " " + aspect.points + "分";
        }
        build.cell(edges, 2 + i, 3 + i, text, Style::center);
      }
      build.cell(edges, 6, 7, grade_text(graded.grade), Style::center);
    }
  }

  void closing(FormBuilder& build) const {
    const auto edges = build.band({24, 0});
    build.row(true);
    build.cell(edges, 0, 1, "总体意见", Style::label);
    build.cell(edges, 1, 2, sheet_.opinion.empty() ? "\n\n" : sheet_.opinion, Style::text);
    build.row(true);
    build.cell(edges, 0, 1, "综合评定等级", Style::label);
    const std::string suggested = worst_grade();
    build.cell(edges, 1, 2,
               sheet_.judged && !suggested.empty() ? suggested
                                                   : (suggested.empty() ? "" : "建议：" + suggested + "　　　　审核人评定：") +
                                                         std::string("优（　）　良（　）　中（　）　差（　）"),
               Style::center);
    build.row();
    build.cell(edges, 0, 2,
               "审核人（签字）：　　　　　　　　　　　　审核单位（盖章）：\n\n　　　　　　　　　　　　　　　　　　　　　　　　　　　　　年"
               "　　月　　日",
               Style::text);
    build.form().closing = {
        "注：等级和意见由系统按审核规则建议，综合评定等级由审核人确定。等级：优——完全符合；良——基本符合，个别需修改；中——部分不符合，修改后"
        "重新报送；差——不符合。"};
  }

  std::string place(const Finding& finding) const {
    std::vector<std::string> places;
    for (const auto& at : finding.at) {
      const AuditedTable* table = audited(at.file, at.table);
      std::string one = table != nullptr ? table_name(*table) : at.file;
      if (at.indicator && table != nullptr && *at.indicator >= 0 && static_cast<std::size_t>(*at.indicator) < table->indicators.size()) {
        one += "：" + table->indicators[static_cast<std::size_t>(*at.indicator)];
      }
      if (std::find(places.begin(), places.end(), one) == places.end()) places.push_back(std::move(one));
    }
    return fmt::format("{}", fmt::join(places, "\n"));
  }

  Form list() const {
    FormBuilder build({11, 15, 52, 85, 62, 34}, true);
    Form& form = build.form();
    form.name = "审核问题清单";
    form.title = "绩效目标审核问题清单";
    form.left_line = "预算单位：" + printable(sheet_.unit_name);
    form.right_line = fmt::format("共 {} 项，每一方面内严重的在前", sheet_.report.findings.size());
    const auto& edges = build.main();
    constexpr std::array<std::string_view, 6> headings = {"序号", "程度", "表格和指标", "问题", "修改建议", "依据"};
    build.begin_header();
    build.row(true);
    for (std::size_t i = 0; i < headings.size(); ++i) build.cell(edges, i, i + 1, headings[i], Style::head);
    build.end_header();
    for (const Group& group : groups_) {
      if (group.findings.empty()) continue;
      build.row(true);
      build.cell(edges, 0, headings.size(), fmt::format("{}（{} 项）", group.items->name, group.findings.size()), Style::band);
      int number = group.first_number;
      for (const Finding* finding : group.findings) finding_row(build, *finding, number++);
    }
    return build.finish();
  }

  void finding_row(FormBuilder& build, const Finding& finding, int number) const {
    const auto& edges = build.main();
    std::string advice = (english_ ? finding.suggestion_en : finding.suggestion).value_or("");
    if (finding.proposed_value) advice += (advice.empty() ? "" : "\n") + ("建议值：" + *finding.proposed_value);
    build.row();
    build.cell(edges, 0, 1, std::to_string(number), Style::center);
    build.cell(edges, 1, 2, severity_text(finding.severity), Style::center);
    build.cell(edges, 2, 3, place(finding), Style::text);
    build.cell(edges, 3, 4, english_ ? finding.message_en : finding.message, Style::text);
    build.cell(edges, 4, 5, advice, Style::text);
    build.cell(edges, 5, 6, finding.basis.value_or(""), Style::text);
  }

  const AuditSheet& sheet_;
  bool english_;
  std::vector<Group> groups_;
};

}  // namespace

std::vector<Form> audit_forms(const AuditSheet& sheet, bool english) {
  return AuditForms(sheet, english).make();
}

}  // namespace jiheng::writing
