// 重点评价 and 事前绩效评估: one project, scored by several people along the criteria of the year's pack, with working notes, evidence and
// sourced figures, until somebody who scored nothing of it concludes.
//
//   planned (拟评价) ─first score→ scoring (评分中) ─conclude→ concluded (已定稿);  void (已取消)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "desks/rectification/problem.h"
#include "policy/evaluation_parameters.h"

namespace jiheng::desks {

inline constexpr std::string_view evaluation_kind = "evaluation";

enum class EvaluationForm { key, ex_ante };
std::string_view evaluation_form_code(EvaluationForm form);  ///< "key", "ex-ante"
std::string_view evaluation_form_name(EvaluationForm form);  ///< "重点评价", "事前绩效评估"
std::optional<EvaluationForm> evaluation_form_from_code(std::string_view code);

enum class EvaluationState { planned, scoring, concluded, voided };
std::string_view evaluation_state_code(EvaluationState state);  ///< "void"
std::string_view evaluation_state_name(EvaluationState state);  ///< "拟评价"
std::optional<EvaluationState> evaluation_state_from_code(std::string_view code);

/// 工作底稿.
struct WorkingNote {
  std::optional<int> criterion;
  std::string text;
  std::vector<int> evidence;
  std::string at;
  Person by;
};

struct ScoreSheet {
  std::string evaluator;  ///< id of the expert or agency; "" for a colleague's own
  std::string name;
  std::vector<std::string> points;   ///< a criterion each
  std::vector<std::string> reasons;  ///< why points were taken
  std::string total;
  std::string at;
  Person by;  ///< whose own it is, or who entered the expert's
};

/// A figure of the report, and where it comes from.
struct SourcedFigure {
  std::string label;
  std::string value;
  std::string unit;
  std::string source;
};

struct Assigned {
  std::string evaluator;  ///< id
  std::string name;
};

struct EvaluationResult {
  std::string total;    ///< mean of the totals, two decimals
  std::string grade;    ///< or conclusion
  std::string results;  ///< points of 产出 and 效益 in it
  std::string opinion;
  std::string at;
  Person by;
};

struct Evaluation {
  std::string id;
  int revision = 0;
  EvaluationState state = EvaluationState::planned;
  EvaluationForm form = EvaluationForm::key;
  std::string unit;  ///< id
  int year = 0;
  std::string project;
  Text amount;  ///< 万元
  std::string pack;
  std::string reason;  ///< how it was chosen
  Text draw;           ///< id of the draw that chose it
  std::string made_at;
  Person made_by;
  std::vector<policy::Criterion> criteria;
  std::vector<Assigned> evaluators;
  std::vector<BroughtFile> evidence;
  std::vector<WorkingNote> notes;
  std::vector<ScoreSheet> scores;
  std::string spread_why;
  std::vector<SourcedFigure> figures;
  std::string figures_at;
  std::vector<std::string> sections;  ///< what people wrote to the report's outline; evaluation_sections() names them
  std::vector<std::string> problems;  ///< ids of those raised
  std::optional<EvaluationResult> result;
};

/// 项目概况, 评价工作开展情况, 主要经验及做法 …: the parts of the official outline that people write.
const std::vector<std::string>& evaluation_sections();

/// Mean and spread of what has been scored.
struct Scored {
  std::vector<Decimal> means;  ///< a criterion each, two decimals
  Decimal total;               ///< mean of the totals, rounded once
  Decimal least;
  Decimal most;
  Decimal spread;   ///< most - least
  Decimal results;  ///< mean of the points of the levels that say what came of it
};
Scored scored(const Evaluation& evaluation, const std::vector<std::string>& result_levels);

std::string evaluation_json(const Evaluation& evaluation);
/// Throws store::Failure (db-damaged) for what evaluation_json() cannot have written.
Evaluation evaluation_from_json(std::string_view json);

}  // namespace jiheng::desks
