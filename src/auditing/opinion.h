// The audit opinion (审核意见) that the report suggests: for every table and for the whole submission, in formal Chinese. A person edits
// and signs it; nothing here decides.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "auditing/finding.h"

namespace jiheng::auditing {

/// What is suggested to follow (财预〔2015〕88号: 优 goes on, 良 is mended together, 中 goes back, 差 must not go on).
enum class Conclusion { approve, mend, send_back, refuse };

struct TableOpinion {
  std::string file;
  int table = 0;
  std::string name;  ///< how the sentences call it: 整体支出表, “国资管理专项”
  Grade grade = Grade::excellent;
  Conclusion conclusion = Conclusion::approve;
  std::string points;                  ///< sum of the four aspects
  std::array<std::string, 4> aspects;  ///< a sentence for each, in the order of Aspect
  std::string problems;                ///< the gravest errors and warnings, one numbered a line; empty where there are none
  std::string text;                    ///< the opinion, paragraphs parted by line ends
};

struct Opinion {
  Grade grade = Grade::excellent;  ///< the worst of the tables'
  Conclusion conclusion = Conclusion::approve;
  std::array<std::string, 4> aspects;
  std::string text;
  std::vector<TableOpinion> tables;  ///< in the order of report.grades
};

/// `documents` are those the report was made of; they give the names.
Opinion opinion_of(const Report& report, std::span<const Document> documents);

Conclusion conclusion_for(Grade grade);
std::string_view conclusion_name(Conclusion conclusion);  ///< "审核通过", "修改后通过", "退回修改", "不予通过"

}  // namespace jiheng::auditing
