// What the auditor does to a filing before he signs or returns it.
#include <algorithm>

#include "auditing/grading.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/stored.h"
#include "desks/performance/workflow.h"

namespace jiheng::desks {
namespace {

constexpr std::size_t longest_reason = 2'000;

std::optional<Error> trouble_with_reason(const Text& reason) {
  if (!reason || trim(*reason).empty()) return Error{"why-missing", "请写明理由，单位和以后的审核人都会看到。", {"reason"}};
  if (reason->size() > longest_reason || !is_valid_utf8(*reason))
    return Error{"why-missing", "理由太长或有不能识别的字符，请改短后重试。", {"reason"}};
  return std::nullopt;
}

/// The points of an aspect of the table; nothing where there is no such table.
Text points_of(const std::vector<auditing::TableGrade>& grades, int table, auditing::Aspect aspect) {
  for (const auditing::TableGrade& each : grades) {
    if (each.table != table) continue;
    for (const auditing::AspectGrade& part : each.aspects) {
      if (part.aspect == aspect) return part.points;
    }
  }
  return std::nullopt;
}

Error invalid_points(const Decimal& most) {
  return {"invalid-points", "分数应在0到" + most.plain() + "之间，最多两位小数。", {"points"}};
}

/// "12.5" → "12.50"; nullopt for what is no such points.
std::optional<std::string> points_from(std::string_view text, const Decimal& most) {
  const auto points = Decimal::parse(trim(text));
  if (!points || points->is_negative() || *points > most) return std::nullopt;
  const Decimal rounded = Decimal::quotient(*points, Decimal(1), 2);
  return rounded == *points ? std::optional(rounded.plain()) : std::nullopt;
}

}  // namespace

struct Submissions::UnderReview {
  Opened now;
  const access::Post* post = nullptr;
};

Result<Submissions::UnderReview> Submissions::under_review(std::string_view id, int from_revision, const access::Principal& who) const {
  auto record = current(id, from_revision, who);
  if (!record) return std::move(record).error();
  UnderReview under{opened(std::move(*record), registry_)};
  under.now.summary.unit = listed_unit(*registry_.store().read_one(), registry_.tenant(), id);
  const Standing standing{under.now.summary.state, under.now.summary.unit, under.now.body.filing};
  if (auto refused = review_refusal(standing, who, filing_rules(*under.now.pack))) return std::move(*refused);
  under.post = post_for(standing, Action::approve, who);
  return under;
}

Result<Submission> Submissions::reviewed(UnderReview under, std::string_view action, Text why, const access::Principal& who) const {
  const std::string state = under.now.record.state;
  auto next = store_revision(registry_, under.now.record, std::move(under.now.body), state, std::string(action),
                             author_of(who, std::move(why), under.post));
  if (!next) return std::move(next).error();
  if (!next->summary.unit) next->summary.unit = under.now.summary.unit;
  return submission_of(std::move(*next), who);
}

Result<Submission> Submissions::judge(std::string_view id, int from_revision, int table, auditing::Aspect aspect,
                                      std::optional<std::string> points, Text reason, const access::Principal& who) const {
  auto under = under_review(id, from_revision, who);
  if (!under) return std::move(under).error();
  Review& review = under->now.body.filing.review;
  const auto removed = std::erase_if(review.judged, [&](const JudgedAspect& each) { return each.table == table && each.aspect == aspect; });
  // The points that the findings suggest, what is waived left out.
  const Text suggested = points_of(reviewed_grades(review, under->now.report, under->now.pack->audit), table, aspect);
  if (!suggested) return Error{"invalid-points", "没有这张表。", {"table"}};
  if (!points && removed == 0) return submission_of(std::move(under->now), who);
  if (points) {
    if (auto trouble = trouble_with_reason(reason)) return std::move(*trouble);
    const Decimal most = under->now.pack->audit.aspect_points[static_cast<std::size_t>(aspect)];
    const auto given = points_from(*points, most);
    if (!given) return invalid_points(most);
    review.judged.push_back({table, aspect, *given, *suggested, std::string(trim(*reason)), who.id(), who.name(), registry_.now_text()});
  }
  return reviewed(std::move(*under), "judge", std::move(reason), who);
}

Result<Submission> Submissions::waive(std::string_view id, int from_revision, std::string_view finding, Text reason,
                                      const access::Principal& who) const {
  auto under = under_review(id, from_revision, who);
  if (!under) return std::move(under).error();
  Review& review = under->now.body.filing.review;
  const std::size_t removed = std::erase_if(review.waivers, [&](const Waiver& each) { return each.finding == finding; });
  if (!reason) {
    if (removed == 0) return Error{"no-such-finding", "这条审核发现没有豁免过。", {std::string(finding)}};
    return reviewed(std::move(*under), "unwaive", std::nullopt, who);
  }
  if (auto trouble = trouble_with_reason(reason)) return std::move(*trouble);
  const auto& findings = under->now.report.findings;
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const auditing::Finding& each) {
    return each.severity == auditing::Severity::error && key_of(each) == finding;
  });
  if (found == findings.end())
    return Error{"no-such-finding", "没有这条错误，表的内容可能已经变了。请刷新后再看。", {std::string(finding)}};
  review.waivers.push_back({std::string(finding), found->message, std::string(trim(*reason)), who.id(), who.name(), registry_.now_text()});
  return reviewed(std::move(*under), "waive", std::move(reason), who);
}

Result<Submission> Submissions::propose(std::string_view id, int from_revision, std::optional<std::vector<GoalTable>> tables, Text why,
                                        const access::Principal& who) const {
  auto under = under_review(id, from_revision, who);
  if (!under) return std::move(under).error();
  Review& review = under->now.body.filing.review;
  const Error nothing{"nothing-proposed", "没有要请单位同意的修改。", {}};
  if (!tables) {
    if (!review.proposal) return nothing;
    review.proposal.reset();
    return reviewed(std::move(*under), "recall", std::nullopt, who);
  }
  if (auto trouble = trouble_with(*tables)) return std::move(*trouble);
  if (why && (why->size() > longest_reason || !is_valid_utf8(*why))) return *trouble_with_reason(Text());
  const auto editable = filing_rules(*under->now.pack).editable;
  for (const auditing::TableGrade& each : under->now.grades) {
    if (std::find(editable.begin(), editable.end(), each.grade) != editable.end()) continue;
    const std::string grade(auditing::grade_name(each.grade));
    return Error{"grade-not-editable",
                 "第" + std::to_string(each.table + 1) + "张表的综合评定是“" + grade + "”，应退回单位修改，不由审核人直接改。",
                 {std::to_string(each.table), grade}};
  }
  const auto same = [](const FiledTable& filed, const GoalTable& table) { return filed.table == table; };
  const auto& filed = under->now.body.tables;
  if (std::equal(filed.begin(), filed.end(), tables->begin(), tables->end(), same)) return nothing;
  review.declined.reset();
  review.proposal = Proposal{std::move(*tables), why, who.id(), who.name(), registry_.now_text()};
  return reviewed(std::move(*under), "propose", std::move(why), who);
}

}  // namespace jiheng::desks
