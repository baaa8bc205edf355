// Dated rule packs: what differs from place to place and from year to year (levels asked for, points, weights, words) is data, not
// code. A pack names the pack it inherits from (nation → province → city → county) and overrides single parameters of it.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/embedded.h"
#include "base/result.h"
#include "policy/follow_up_parameters.h"
#include "policy/scoring_parameters.h"
#include "policy/word_list.h"
#include "policy/year_parameters.h"

namespace jiheng::embedded {
/// The files of policies/, compiled in.
std::span<const File> rule_packs();
}  // namespace jiheng::embedded

namespace jiheng::policy {

struct EvaluationRules;

/// The words the audit knows. What each list is for stands beside it in the pack's file.
struct Words {
  WordList vague;               ///< 及时, 提升 …: no criterion by themselves
  WordList criterion;           ///< makes a sentence measurable without a number: 全覆盖, 规定期限 …
  WordList filler;              ///< 持续, 有效 …: adds nothing to a repeated name
  WordList name_verbs;          ///< 组织, 开展 …: left out at the head of a name when names are compared
  WordList project_suffixes;    ///< 专项经费, 项目 …: left out at the end of a project's name
  WordList shares;              ///< names of shares, which lie within 0–100 %
  WordList not_shares;          ///< names of percentages that may lie outside: growth, return, completion …
  WordList may_be_negative;     ///< 利润, 差额 …
  WordList worse_when_higher;   ///< 差错, 投诉 …
  WordList countable_units;     ///< 个, 家, 次 …: whole numbers only
  WordList placeholder_units;   ///< 无, /, - …
  WordList rate_units;          ///< what a rate may be measured in
  WordList rate_endings;        ///< 率, 占比 …
  WordList not_rates;           ///< 频率, 功率 …
  WordList count_endings;       ///< 数量, 人数 …
  WordList not_counts;          ///< 指数, 倍数 …
  WordList satisfaction;        ///< 满意度 …, at the end of a name
  WordList satisfaction_level;  ///< what may stand under 满意度指标
  WordList time_limits;         ///< 及时率, 完成时间 …, at the end of a name: 时效指标
  WordList quality_rates;       ///< 合格率, 差错率 …, at the end of a name: 质量指标
  WordList inputs;              ///< 投入, 经费支出 …
  WordList not_inputs;          ///< 节约, 收入 …
  WordList total_costs;         ///< 总成本, 预算数 …
  WordList total_fillers;       ///< 全年, 项目 …: name no part
  WordList part_costs;          ///< 人均, 单价 …
  WordList generic;             ///< words that tell no task from another
  WordList contrasts;           ///< 城市 and 农村, 小 and 中 …: tell two names apart
  WordList layout_notes;        ///< codes of reader's notes that mean a repaired layout
};

struct AuditParameters {
  std::vector<std::string> required_levels;  ///< 一级指标 that every table must have
  WordList cost_required_for;                ///< projects named so must have 成本指标 too
  std::vector<Decimal> weight_sums;          ///< sums of weights that are right
  std::array<Decimal, 4> aspect_points;      ///< 完整性, 相关性, 适当性, 可行性
  Decimal error_percent;                     ///< of the aspect's points that one error takes
  Decimal warning_percent;
  Decimal hint_percent;
  Decimal hint_limit_percent;  ///< hints together take no more than this
  std::vector<GradeBand> grades;
  std::string best_with_error;      ///< a table with an error is graded no better
  std::string best_with_poor_part;  ///< nor one with an aspect graded 差
  std::string best_with_fair_part;  ///< nor one with an aspect graded 中
  Words words;
};

/// Immutable; lives as long as the program.
struct Pack {
  std::string name;
  int version = 1;
  std::string title;
  std::string place;        ///< 全国, 湖南省 …
  std::string region_code;  ///< GB/T 2260, 000000 for the nation
  std::string basis;        ///< document number
  std::string valid_from;   ///< ISO date
  std::string valid_to;     ///< ISO date, "" while in force
  std::string inherits;     ///< name of the pack above, "" for none
  bool confirmed = false;   ///< a person has compared it with the official text
  AuditParameters audit;
  ScoringParameters scoring;
  Filing filing;
  Monitoring monitoring;
  std::vector<DeadlineRule> deadlines;
  Rectification rectification;
  std::shared_ptr<const EvaluationRules> evaluation;                ///< policy/evaluation_parameters.h; never null in a pack that was read
  std::vector<std::pair<std::string, std::string>> use_of_results;  ///< grade → what follows for the next budget
  std::vector<std::string> ex_ante_conclusions;
  std::optional<OverallTable> overall;  ///< the table of a whole department, where the place has one

  /// cn-2020@1: what was decided under the pack keeps this.
  std::string id() const { return name + "@" + std::to_string(version); }
};

inline constexpr std::string_view default_pack = "cn-2020";

/// The pack of that name ("" is the default one), or of that name and version (cn-2020@1), read from the embedded files the first time
/// it is asked for. Errors: unknown-pack, unknown-version, pack-syntax, pack-shape. Threads may call it at once.
Result<const Pack*> find_pack(std::string_view name);

/// The pack that holds in a place (GB/T 2260) on a day: of those whose place contains it and whose dates contain the day, the nearest
/// place's, and there the latest. Errors: no-pack-in-force and those above.
Result<const Pack*> find_pack_in_force(std::string_view region_code, Date day);

/// Names of all packs, sorted.
std::vector<std::string> pack_names();

/// A pack out of files as in policies/ (NAME.yaml), for tests and for packs that a place keeps itself.
Result<Pack> read_pack(std::string_view name, std::span<const embedded::File> files);

}  // namespace jiheng::policy
