// What the audit finds, by the contract of `jiheng audit --json`. A finding is data; its sentences are made from the rule's card.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "goals/goal_table.h"

namespace jiheng::auditing {

enum class Severity { error, warning, hint };
/// The four aspects of 绩效目标审核表 (财预〔2015〕88号 附件).
enum class Aspect { completeness, relevance, appropriateness, feasibility };

struct Place {
  std::string file;
  int table = 0;                 ///< within its file
  std::optional<int> indicator;  ///< within its table
  std::string field;             ///< name of the contract's field: value, comparator, unit_name, budget.total …
  std::string text;              ///< as printed
};

struct Finding {
  std::string_view rule;  ///< id of the rule's card; static
  Severity severity = Severity::warning;
  Aspect aspect = Aspect::completeness;
  std::string message;     ///< Chinese, a complete sentence, with the numbers
  std::string message_en;  ///< the same in English
  Text suggestion;
  Text suggestion_en;
  Text proposed_value;
  std::vector<Place> at;
  Text basis;  ///< document number and clause
};

/// 优 良 中 差.
enum class Grade { excellent, good, fair, poor };

struct AspectGrade {
  Aspect aspect = Aspect::completeness;
  Grade grade = Grade::excellent;
  std::string points;  ///< decimal
};

struct TableGrade {
  std::string file;
  int table = 0;
  Grade grade = Grade::excellent;
  std::vector<AspectGrade> aspects;  ///< in the order of Aspect
};

struct Report {
  std::string pack;  ///< cn-2020@1: what the findings were found under
  int tables = 0;
  std::vector<Finding> findings;  ///< by file, table, indicator, rule
  int errors = 0;
  int warnings = 0;
  int hints = 0;
  std::vector<TableGrade> grades;
};

std::string_view severity_code(Severity severity);  ///< "error"
std::string_view aspect_name(Aspect aspect);        ///< "完整性"
std::string_view grade_name(Grade grade);           ///< "优"

}  // namespace jiheng::auditing
