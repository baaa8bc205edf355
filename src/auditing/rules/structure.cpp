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

/// Runs of neighbouring Chinese characters of one length, leaving out the words that tell no task from another.
class Runs {
 public:
  Runs(std::size_t length, const policy::WordList& generic) : length_(length), generic_(generic) {}

  void add(std::string_view text) {
    const std::string telling = generic_.replaced(fold_label(text), " ");
    std::size_t run = 0;
    std::uint64_t last = 0;
    for (std::size_t at = 0; at < telling.size();) {
      const char32_t c = next_code_point(telling, at);
      if (c < 0x3400 || c > 0x9FFF) {
        run = 0;
        continue;
      }
      last = (last << 16 | c) & ((std::uint64_t{1} << 16 * length_) - 1);
      if (++run >= length_) runs_.push_back(last);
    }
  }
  void sort() { std::sort(runs_.begin(), runs_.end()); }
  bool empty() const { return runs_.empty(); }
  /// This one sorted.
  bool shares(const Runs& other) const {
    return std::any_of(other.runs_.begin(), other.runs_.end(),
                       [&](std::uint64_t each) { return std::binary_search(runs_.begin(), runs_.end(), each); });
  }

 private:
  std::size_t length_;
  const policy::WordList& generic_;
  std::vector<std::uint64_t> runs_;
};

/// Everything the indicators of a table say.
Runs said_by(const TableView& table, std::size_t length, const policy::WordList& generic) {
  Runs said(length, generic);
  for (const IndicatorView& indicator : table.indicators) {
    said.add(indicator.raw->level3);
    if (indicator.raw->explanation && *indicator.raw->explanation != indicator.raw->level3) said.add(*indicator.raw->explanation);
    if (indicator.comparator() == Comparator::qualitative) said.add(view(indicator.raw->value));
  }
  said.sort();
  return said;
}

/// 财预〔2015〕88号: goal, tasks and indicators 相应匹配. Two characters of the task's name are enough, of its content three: 企业 stands
/// everywhere.
void check_tasks(const Submission& submission, Findings& findings) {
  const policy::WordList& generic = submission.words().generic;
  for (const TableView& table : submission.tables) {
    if (!table.overall() || table.raw->tasks.empty() || table.indicators.empty()) continue;
    const Runs pairs = said_by(table, 2, generic), triples = said_by(table, 3, generic);
    for (std::size_t i = 0; i < table.raw->tasks.size(); ++i) {
      const Task& task = table.raw->tasks[i];
      Runs name(2, generic), content(3, generic);
      name.add(view(task.name));
      content.add(view(task.content));
      // A name that says nothing (日常工作) cannot be judged.
      if (name.empty() || pairs.shares(name) || triples.shares(content)) continue;
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
    .wordings = {{{"", "本表在原文件中版式有误，读取时已修复{count}处，如：{first}",
                   "The table's layout had to be repaired in {count} place(s), such as: {first}", "请对照原件核对修复的各行。",
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
