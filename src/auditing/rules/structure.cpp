// How a table hangs together: tasks and indicators, duplicates, what the reader had to repair.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "auditing/findings.h"
#include "auditing/names.h"
#include "auditing/rules.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

constexpr Card task_without_indicator{
    .id = "task-without-indicator",
    .severity = Severity::warning,
    .aspect = Aspect::relevance,
    .basis = "财预〔2015〕88号 相应匹配",
    .title = "年度任务没有对应指标",
    .title_en = "Task without indicator",
    .explanation =
        "整体支出表的年度主要任务，应至少有一项指标反映其完成情况。任务名称和内容中的关键词在各指标的名称、解释中都没有出现时提示。",
    .explanation_en =
        "Every annual task is served by at least one indicator. Reported where no telling word of the task occurs in any indicator.",
    .wordings = {{{"", "年度主要任务“{task}”没有对应的绩效指标，任务是否完成无从考核。", "No indicator serves the annual task “{task}”.",
                   "请为该任务补充能考核完成情况的指标。", "Add an indicator that shows whether it is done."}}},
};

using Bigrams = std::vector<std::uint64_t>;

/// Pairs of neighbouring Chinese characters, leaving out the words that tell no task from another.
void add_bigrams(std::string_view text, const policy::WordList& generic, Bigrams& out) {
  const std::string telling = generic.replaced(fold_label(text), " ");
  char32_t before = 0;
  for (std::size_t at = 0; at < telling.size();) {
    const char32_t c = next_code_point(telling, at);
    const bool han = c >= 0x3400 && c <= 0x9FFF;
    if (han && before != 0) out.push_back(static_cast<std::uint64_t>(before) << 32 | c);
    before = han ? c : 0;
  }
}

bool share_any(const Bigrams& few, const Bigrams& sorted) {
  return std::any_of(few.begin(), few.end(), [&](std::uint64_t each) { return std::binary_search(sorted.begin(), sorted.end(), each); });
}

/// 财预〔2015〕88号: goal, tasks and indicators 相应匹配.
void check_tasks(const Submission& submission, Findings& findings) {
  const policy::WordList& generic = submission.words().generic;
  for (const TableView& table : submission.tables) {
    if (!table.overall() || table.raw->tasks.empty() || table.indicators.empty()) continue;
    Bigrams served;
    for (const IndicatorView& indicator : table.indicators) {
      add_bigrams(indicator.raw->level3, generic, served);
      if (indicator.raw->explanation && *indicator.raw->explanation != indicator.raw->level3)
        add_bigrams(*indicator.raw->explanation, generic, served);
      if (indicator.comparator() == Comparator::qualitative) add_bigrams(view(indicator.raw->value), generic, served);
    }
    std::sort(served.begin(), served.end());
    for (std::size_t i = 0; i < table.raw->tasks.size(); ++i) {
      const Task& task = table.raw->tasks[i];
      if (!task.name) continue;
      Bigrams asked;
      add_bigrams(*task.name, generic, asked);
      const bool telling = !asked.empty();
      if (task.content) add_bigrams(*task.content, generic, asked);
      if (!telling || share_any(asked, served)) continue;
      findings.add(Draft(task_without_indicator).at(table, "tasks[" + std::to_string(i) + "].name", *task.name).with("task", *task.name));
    }
  }
}

constexpr Card duplicate_indicator{
    .id = "duplicate-indicator",
    .severity = Severity::warning,
    .aspect = Aspect::appropriateness,
    .basis = "",
    .title = "指标重复",
    .title_en = "Duplicate indicator",
    .explanation = "同一张表中同一指标（名称、级次、单位相同）出现两次，会重复计分。",
    .explanation_en = "The same indicator (name, level and unit) twice in one table counts twice.",
    .wordings = {{{"", "“{indicator}”与同表第{row}项指标“{first}”重复，目标值分别为“{target}”和“{first_target}”。",
                   "“{indicator}” repeats indicator {row}, “{first}”; the targets are “{target}” and “{first_target}”.",
                   "请删去一项；如确为两项指标，请改写名称以示区别。", "Delete one, or tell them apart by name."}}},
};

/// 完成项目数 and 实施项目数 are two things; 项目数 and 完成项目数 are one.
bool verbs_differ(const IndicatorView& a, const IndicatorView& b, const policy::Words& words) {
  const auto mine = words.name_verbs.prefix_of(a.name), theirs = words.name_verbs.prefix_of(b.name);
  return !mine.empty() && !theirs.empty() && mine != theirs;
}

/// Arithmetic of scores: what is scored twice counts twice.
void check_duplicates(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    std::unordered_map<std::string, const IndicatorView*> met;
    met.reserve(table.indicators.size());
    for (const IndicatorView& indicator : table.indicators) {
      std::string key(view(indicator.raw->level2));
      key.append("\n").append(indicator.key).append("\n").append(indicator.unit).append(indicator.raw->long_term ? "\nlong" : "");
      const auto [found, added] = met.emplace(std::move(key), &indicator);
      if (added || verbs_differ(indicator, *found->second, submission.words())) continue;
      const IndicatorView& first = *found->second;
      Draft draft(duplicate_indicator);
      draft.at(table, indicator, "level3").at(table, first, "level3").about(indicator).with("row", std::to_string(first.index + 1));
      findings.add(draft.with("first", first.raw->level3).with("first_target", target_text(*first.raw)));
    }
  }
}

constexpr Card layout_repaired{
    .id = "layout-repaired",
    .severity = Severity::hint,
    .aspect = Aspect::completeness,
    .basis = "",
    .title = "版式经过修复",
    .title_en = "Layout repaired",
    .explanation = "读取文件时表格错列、缺表头或有行无法归位，已按含义复原，需人工对照原件看一眼。每张表只提示一次。",
    .explanation_en = "The reader had to repair the layout of the table; a person should compare it with the original.",
    .wordings = {{{"", "本表在原文件中版式有误，读取时已修复{count}处：{first}",
                   "The table's layout had to be repaired in {count} place(s): {first}", "请对照原件核对修复的各行。",
                   "Compare the repaired rows with the original."}}},
};

/// Reader's notes, by table.
using Repairs = std::map<std::pair<int, int>, std::vector<const Note*>>;

Repairs repairs_of(const Submission& submission) {
  Repairs repairs;
  int seen = -1;
  for (const TableView& table : submission.tables) {
    if (table.document_index == seen) continue;
    seen = table.document_index;
    if (repairs.lower_bound({seen, 0}) != repairs.lower_bound({seen + 1, 0})) continue;
    for (const Note& note : table.document->notes) {
      if (submission.words().layout_notes.has(note.code)) repairs[{seen, note.table.value_or(0)}].push_back(&note);
    }
  }
  return repairs;
}

/// What a machine repaired, a person looks at.
void check_layout(const Submission& submission, Findings& findings) {
  const Repairs repairs = repairs_of(submission);
  for (const TableView& table : submission.tables) {
    const auto found = repairs.find({table.document_index, table.index});
    if (found == repairs.end()) continue;
    const Note& first = *found->second.front();
    Draft draft(layout_repaired);
    draft.at(table, "layout", first.source ? first.source->text : "").with("count", std::to_string(found->second.size()));
    findings.add(draft.with("first", first.message));
  }
}

}  // namespace

std::span<const Rule> structure_rules() {
  static constexpr Rule all[] = {
      {&task_without_indicator, check_tasks}, {&duplicate_indicator, check_duplicates}, {&layout_repaired, check_layout}};
  return all;
}

}  // namespace jiheng::auditing
