#include "desks/follow_up/incoming.h"

#include <algorithm>

#include "base/text.h"
#include "desks/performance/indicator_identity.h"

namespace jiheng::desks {
namespace {

std::string name_of(const GoalTable& table) {
  return table.kind == TableKind::overall ? std::string("部门整体支出") : table.project_name.value_or("");
}

/// The key of a form's table: an overall form names no project.
std::string key_of(const GoalTable& table) {
  return table.project_name ? table_key_of(table) : std::string();
}

std::string shown(const Text& text) {
  return text.value_or("（空）");
}

bool same_number(const Text& a, const Text& b) {
  if (a == b) return true;
  const auto left = a ? Decimal::parse(*a) : std::nullopt;
  const auto right = b ? Decimal::parse(*b) : std::nullopt;
  return left && right && *left == *right;
}

/// The unit's row for an approved indicator: the same level and name, else the only one of that name.
const Indicator* row_for(const Indicator& target, const GoalTable& form) {
  const std::string path = identity_of(target).path_key;
  const std::string name = fold_label(target.level3);
  const Indicator* by_name = nullptr;
  int named = 0;
  for (const Indicator& each : form.indicators) {
    if (identity_of(each).path_key == path) return &each;
    if (fold_label(each.level3) != name) continue;
    by_name = &each;
    ++named;
  }
  return named == 1 ? by_name : nullptr;
}

class Taking {
 public:
  Taking(const Filling& filling, const std::vector<GoalTable>& approved, std::vector<TableEntry> entries, const Document& document)
      : filling_(filling), approved_(approved), document_(document) {
    out_.entries = std::move(entries);
    out_.entries.resize(approved.size());
    forms_.resize(approved.size(), nullptr);
  }

  Result<IncomingForm> take(Figures& figures) {
    match();
    if (out_.tables == 0) {
      const std::string kind = filling_.kind == FollowUpKind::monitoring ? "监控表" : "自评表";
      return Error{"no-form", "文件里没有和批复的绩效目标对得上的" + kind + "。请核对文件，或在页面上填写。", {document_.file}};
    }
    for (std::size_t t = 0; t < approved_.size(); ++t) {
      if (forms_[t] != nullptr) take_table(t);
    }
    auto filled = fill(filling_, approved_, out_.entries, figures);
    if (!filled) return std::move(filled).error();
    for (std::size_t t = 0; t < approved_.size(); ++t) {
      if (forms_[t] != nullptr) compare(t, (*filled)[t]);
    }
    return std::move(out_);
  }

 private:
  void fault(const char* code, std::size_t table, int indicator, std::string name, std::string ours, std::string theirs,
             std::string message) {
    out_.faults.push_back(
        {code, static_cast<int>(table), indicator, std::move(name), std::move(ours), std::move(theirs), std::move(message)});
  }

  void match() {
    const TableKind kind = filling_.kind == FollowUpKind::monitoring ? TableKind::monitoring : TableKind::self_evaluation;
    for (const GoalTable& form : document_.tables) {
      if (form.kind != kind) continue;
      const auto found = std::find_if(approved_.begin(), approved_.end(), [&](const GoalTable& each) {
        return each.kind == TableKind::overall ? !form.project_name : key_of(each) == key_of(form);
      });
      if (found == approved_.end()) {
        const std::string name = form.project_name.value_or("部门整体支出");
        out_.faults.push_back({"table-unknown", -1, -1, name, "", "", "“" + name + "”没有批复过绩效目标，这张表没有采用。"});
        continue;
      }
      const auto at = static_cast<std::size_t>(found - approved_.begin());
      if (forms_[at] == nullptr) ++out_.tables;
      forms_[at] = &form;
    }
    for (std::size_t t = 0; t < approved_.size(); ++t) {
      if (forms_[t] == nullptr && out_.tables > 0)
        fault("table-missing", t, -1, name_of(approved_[t]), "", "", "文件里没有“" + name_of(approved_[t]) + "”的表。");
    }
  }

  void take_table(std::size_t t) {
    const GoalTable& form = *forms_[t];
    TableEntry& entry = out_.entries[t];
    entry.indicators.resize(approved_[t].indicators.size());
    if (form.goal_result) entry.goal_result = form.goal_result;
    if (!form.execution.empty() && form.execution.front().executed) {
      // The form's own money unit, in ours.
      const auto number = Decimal::parse(*form.execution.front().executed);
      if (number) entry.executed = form.execution.front().executed;
    }
    take_funds(form, entry);
    for (std::size_t i = 0; i < approved_[t].indicators.size(); ++i) {
      const Indicator* row = row_for(approved_[t].indicators[i], form);
      if (row == nullptr) continue;
      IndicatorEntry& into = entry.indicators[i];
      if (row->actual) into.actual = row->actual;
      if (filling_.kind == FollowUpKind::monitoring) {
        if (row->forecast) into.forecast = row->forecast;
        if (row->likelihood == "确定能" || row->likelihood == "有可能" || row->likelihood == "完全不可能")
          into.likelihood = row->likelihood;
        if (!row->causes.empty()) into.causes = row->causes;
        if (row->note) into.note = row->note;
      } else {
        if (row->deviation) into.note = row->deviation;
        take_judgement(approved_[t].indicators[i], *row, into);
      }
    }
  }

  /// What the rows below the total say; a form without them changes nothing.
  static void take_funds(const GoalTable& form, TableEntry& entry) {
    std::vector<Execution> told;
    for (std::size_t i = 1; i < form.execution.size(); ++i) {
      const Execution& from = form.execution[i];
      Execution row;
      if (from.fund) row.fund = official_fund(*from.fund);
      for (const auto field : {&Execution::initial, &Execution::budget, &Execution::executed, &Execution::forecast}) {
        if (from.*field && Decimal::parse(*(from.*field))) row.*field = from.*field;
      }
      if (row.fund && (row.initial || row.budget || row.executed || row.forecast)) told.push_back(std::move(row));
    }
    if (!told.empty()) entry.funds = std::move(told);
  }

  /// Of a qualitative target the unit's score says how far it holds to have come.
  static void take_judgement(const Indicator& target, const Indicator& row, IndicatorEntry& into) {
    if (target.comparator != Comparator::qualitative || !row.score || !row.weight) return;
    const auto score = Decimal::parse(*row.score);
    const auto weight = Decimal::parse(*row.weight);
    if (!score || !weight || weight->is_zero() || score->is_negative() || *score > *weight) return;
    if (const auto percent = Decimal::share(Decimal(100), *score, *weight, 2)) into.judged_percent = percent->plain();
  }

  void compare(std::size_t t, const FilledTable& ours) {
    const GoalTable& form = *forms_[t];
    compare_money(t, ours, form);
    for (std::size_t i = 0; i < approved_[t].indicators.size(); ++i) {
      const Indicator& target = approved_[t].indicators[i];
      const Indicator* row = row_for(target, form);
      if (row == nullptr) {
        fault("indicator-dropped", t, static_cast<int>(i), target.level3, target_text(target), "",
              "批复的指标“" + target.level3 + "”在表里没有了。");
        continue;
      }
      compare_indicator(t, i, target, *row, ours);
    }
    for (const Indicator& row : form.indicators) {
      const auto known = std::any_of(approved_[t].indicators.begin(), approved_[t].indicators.end(),
                                     [&](const Indicator& target) { return row_for(target, form) == &row; });
      if (!known) fault("indicator-added", t, -1, row.level3, "", target_text(row), "“" + row.level3 + "”不在批复的指标里。");
    }
    if (filling_.kind == FollowUpKind::self_evaluation && form.total_score && ours.table.total_score &&
        !same_number(form.total_score, ours.table.total_score))
      fault("total-miscounted", t, -1, name_of(approved_[t]), *ours.table.total_score, *form.total_score,
            "表上的总分是" + *form.total_score + "，按" + filling_.pack.title + "算是" + *ours.table.total_score + "。");
  }

  void compare_money(std::size_t t, const FilledTable& ours, const GoalTable& form) {
    if (form.execution.empty() || ours.money.source != Actual::Source::measured) return;
    const Execution& theirs = form.execution.front();
    const Execution& kept = ours.table.execution.front();
    if (theirs.budget && !same_number(theirs.budget, kept.budget))
      fault("budget-differs", t, -1, "全年预算数", shown(kept.budget), *theirs.budget,
            "全年预算数填的是" + *theirs.budget + "，预算批复是" + shown(kept.budget) + "。");
    if (theirs.executed && !same_number(theirs.executed, kept.executed))
      fault("executed-differs", t, -1, "执行数", shown(kept.executed), *theirs.executed,
            "执行数填的是" + *theirs.executed + "，支付台账是" + shown(kept.executed) + "。");
  }

  void compare_indicator(std::size_t t, std::size_t i, const Indicator& target, const Indicator& row, const FilledTable& ours) {
    const auto at = static_cast<int>(i);
    const bool same_target = row.comparator == target.comparator && same_number(row.value, target.value) &&
                             measure_unit_key(row.unit) == measure_unit_key(target.unit);
    if (!same_target)
      fault("target-changed", t, at, target.level3, target_text(target) + target.unit.value_or(""),
            target_text(row) + row.unit.value_or(""),
            "“" + target.level3 + "”的目标批复是" + target_text(target) + target.unit.value_or("") + "，表上写成" + target_text(row) +
                row.unit.value_or("") + "。");
    const Indicator& filled = ours.table.indicators[i];
    const auto source = ours.facts[i].origin.source;
    const bool measured = source == Actual::Source::measured || source == Actual::Source::surveyed;
    if (measured && row.actual && !same_number(row.actual, filled.actual))
      fault("actual-differs", t, at, target.level3, shown(filled.actual), *row.actual,
            "“" + target.level3 + "”的完成值填的是" + *row.actual + "，业务台账是" + shown(filled.actual) + "。");
    if (filling_.kind != FollowUpKind::self_evaluation) return;
    if (row.score && filled.score && !same_number(row.score, filled.score))
      fault("score-miscounted", t, at, target.level3, *filled.score, *row.score,
            "“" + target.level3 + "”填的得分是" + *row.score + "，应是" + *filled.score + "。");
    const auto& score = ours.facts[i].score;
    if (score && score->met == false && filled.actual && !row.deviation)
      fault("deviation-unexplained", t, at, target.level3, "", "", "“" + target.level3 + "”没有完成目标，表上没有写原因和措施。");
  }

  const Filling& filling_;
  const std::vector<GoalTable>& approved_;
  const Document& document_;
  std::vector<const GoalTable*> forms_;  ///< beside approved_
  IncomingForm out_;
};

}  // namespace

Result<IncomingForm> take_form(const Filling& filling, const std::vector<GoalTable>& approved, const std::vector<TableEntry>& entries,
                               const Document& document, Figures& figures) {
  if (document.error) return Error{document.error->code, document.error->message, {document.file}};
  return Taking(filling, approved, entries, document).take(figures);
}

}  // namespace jiheng::desks
