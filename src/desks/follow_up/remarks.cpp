#include "desks/follow_up/remarks.h"

namespace jiheng::desks {
namespace {

using scoring::Light;

class Remarks {
 public:
  Remarks(const FilledTable& filled, const TableEntry& entry, const policy::Pack& pack) : filled_(filled), entry_(entry), pack_(pack) {}

  std::vector<Remark> of_monitoring() {
    money();
    for (std::size_t i = 0; i < filled_.facts.size(); ++i) {
      at_ = static_cast<int>(i);
      const IndicatorEntry& entry = entry_.indicators[i];
      if (entry.not_applicable) {
        add("not-applicable", false, "标为不适用，请审核时核对批准依据。");
        continue;
      }
      const Indicator& row = filled_.table.indicators[i];
      actual(row);
      if (!row.likelihood) add("likelihood-missing", true, "还没有选完成目标的可能性。");
      const Light light = filled_.facts[i].progress.light;
      const bool doubtful = light == Light::red || light == Light::yellow || (row.likelihood && *row.likelihood != "确定能");
      if (doubtful && !entry.note) add("reason-missing", true, "进度偏低或不能确定完成，请写明原因和改进措施。");
    }
    at_ = -1;
    const bool slow = filled_.execution.light == Light::red || (filled_.apart && filled_.apart->light == Light::red);
    if (slow && !entry_.execution_note) add("execution-unexplained", true, "预算执行亮红灯，请说明原因和加快执行的措施。");
    return std::move(found_);
  }

  std::vector<Remark> of_self_evaluation() {
    money();
    if (!entry_.goal_result) add("goal-result-missing", true, "还没有写年度总体目标的实际完成情况。");
    for (std::size_t i = 0; i < filled_.facts.size(); ++i) {
      at_ = static_cast<int>(i);
      const IndicatorEntry& entry = entry_.indicators[i];
      const Indicator& row = filled_.table.indicators[i];
      if (row.long_term) continue;
      if (entry.not_applicable) {
        add("not-applicable", false, "标为不适用，请复核时核对批准依据。");
        continue;
      }
      actual(row);
      if (row.comparator == Comparator::qualitative && !entry.judged_percent)
        add("judgement-missing", true, "定性指标还没有评判完成程度（百分比）。");
      const auto& score = filled_.facts[i].score;
      const bool judged = row.actual && (row.comparator != Comparator::qualitative || entry.judged_percent);
      if (judged && score && score->met == false && !entry.note)
        add("deviation-unexplained", true, "没有完成目标，请写明偏差原因和改进措施。");
      const bool proved = !entry.evidence.empty() || !entry_.evidence.empty();
      if (filled_.facts[i].origin.source == Actual::Source::reported && !proved)
        add("evidence-missing", true, "完成值是填报的，还没有佐证材料。请在这一行或整张表下附上。");
    }
    at_ = -1;
    const Execution& total = filled_.table.execution.front();
    if (filled_.trouble && total.budget && total.executed) add("unscored", true, *filled_.trouble);
    explain_execution();
    department();
    return std::move(found_);
  }

 private:
  void add(const char* code, bool stops, std::string message) { found_.push_back({code, stops, at_, std::move(message)}); }

  void money() {
    at_ = -1;
    if (!filled_.table.execution.front().budget) add("budget-missing", true, "没有全年预算数。请导入预算批复，或在资金行填写。");
    if (!filled_.table.execution.front().executed)
      add("execution-missing", true, "没有执行数。请导入支付台账，或在资金行填写，没有支出的写0。");
    funds(&Execution::budget, "全年预算数");
    funds(&Execution::executed, "执行数");
  }

  /// Where all rows below the total are told, they make it up.
  void funds(Text Execution::* field, const char* what) {
    const auto& rows = filled_.table.execution;
    const auto total = rows.front().*field ? Decimal::parse(*(rows.front().*field)) : std::nullopt;
    if (!total || rows.size() < 2) return;
    Decimal sum;
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const auto part = rows[i].*field ? Decimal::parse(*(rows[i].*field)) : std::nullopt;
      if (!part) return;
      sum += *part;
    }
    if (sum != *total)
      add("funds-differ", false, std::string(what) + "各项资金合计" + sum.plain() + "，和年度资金总额" + total->plain() + "不一致。");
  }

  void actual(const Indicator& row) {
    if (!row.actual) {
      add("actual-missing", true, "还没有完成值。");
    } else if (row.comparator != Comparator::qualitative && !Decimal::parse(*row.actual)) {
      add("actual-no-number", true, "目标是数字，完成值“" + *row.actual + "”不是，无法比较。");
    }
  }

  void explain_execution() {
    const auto& least = pack_.scoring.explain_execution_below;
    const Text& printed = filled_.table.execution.front().rate;
    const auto rate = printed ? Decimal::parse(*printed) : std::nullopt;
    if (!least || !rate || *rate >= *least || entry_.execution_note) return;
    add("execution-unexplained", true, "预算执行率" + rate->plain() + "%低于" + least->plain() + "%，请说明原因。");
  }

  void department() {
    if (!filled_.department) return;
    for (const DepartmentRow& row : filled_.department->rows) {
      if (row.trouble) add("department-unscored", true, filled_.department->title + "“" + row.name + "”：" + *row.trouble);
    }
  }

  const FilledTable& filled_;
  const TableEntry& entry_;
  const policy::Pack& pack_;
  int at_ = -1;
  std::vector<Remark> found_;
};

}  // namespace

std::vector<Remark> remarks_on(const FilledTable& filled, const TableEntry& entry, const policy::Pack& pack, FollowUpKind kind) {
  Remarks remarks(filled, entry, pack);
  return kind == FollowUpKind::monitoring ? remarks.of_monitoring() : remarks.of_self_evaluation();
}

}  // namespace jiheng::desks
