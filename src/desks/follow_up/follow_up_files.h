// What is made of forms for people to go on with: 自评报告, 部门整体支出绩效评价指标表, 预警函, 佐证目录.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "desks/follow_up/alarms.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/performance/official_texts.h"
#include "writing/list.h"

namespace jiheng::desks {

/// 株洲市渌口区财政局2026年绩效自评表, without an ending.
std::string form_file_name(const FollowUp& form);

/// Sections of the report whose words are people's own: overview, work, problems, measures, other.
std::span<const std::string_view> report_sections();
/// Every figure stands in it as the form has it, with its source in an annex. Errors: official-text, nothing-to-write (of monitoring).
Result<OfficialMade> self_evaluation_report(registry::Registry& registry, const FollowUp& form);
Result<OfficialMade> alarm_letter(registry::Registry& registry, const Alarm& alarm);

/// 部门整体支出绩效评价指标表 with figures, rates and points. Error: nothing-to-write (no such table in the form).
Result<writing::List> department_list(const FollowUp& form);

struct EvidenceFile {
  std::string path;  ///< within the zip: folder of the table, number, name
  std::string sha256;
  int table = 0;
  int indicator = -1;  ///< -1: of the table
};
std::vector<EvidenceFile> evidence_files(const FollowUp& form);
/// 佐证目录: every indicator with what proves it: files, or the receipt of what was measured.
writing::List evidence_index(const FollowUp& form);

}  // namespace jiheng::desks
