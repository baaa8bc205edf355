#include "desks/rectification/problem_documents.h"

#include <algorithm>

#include "desks/performance/publication.h"
#include "desks/rectification/problem_json.h"

namespace jiheng::desks {
namespace {

using writing::OfficialValues;

std::string name_of(const std::optional<Person>& person) {
  return person ? desks::name_of(*person) : "";
}

std::string file_name(const Problem& problem, int number) {
  const auto found =
      std::find_if(problem.evidence.begin(), problem.evidence.end(), [&](const BroughtFile& each) { return each.number == number; });
  return found == problem.evidence.end() ? "" : found->name + (found->kind.empty() ? "" : "（" + found->kind + "）");
}

OfficialValues reply_row(const Problem& problem, std::size_t at) {
  const ProblemReply& reply = problem.replies[at];
  std::vector<std::string> files;
  for (const int number : reply.evidence) files.push_back(file_name(problem, number));
  return {.texts = {{"次数", std::to_string(at + 1)},
                    {"回复日期", local_day_of(reply.at) + (reply.late ? "（逾期）" : "")},
                    {"整改情况", reply.text},
                    {"证明材料", joined(files, "；")},
                    {"回复人", name_of(reply.by)},
                    {"核查意见", reply.passed ? std::string(*reply.passed ? "通过：" : "退回：") + reply.opinion : ""},
                    {"核查人", name_of(reply.checked_by)}},
          .source = problem.number + "回复" + std::to_string(at + 1)};
}

OfficialValues time_row(const Problem& problem, std::size_t at) {
  const TimeAsked& time = problem.times[at];
  const std::string answer = !time.granted ? "" : *time.granted ? "同意" : "不同意";
  return {.texts = {{"申请日期", local_day_of(time.at)},
                    {"理由", time.why},
                    {"工作日", std::to_string(time.work_days)},
                    {"答复", answer + (time.opinion.empty() ? "" : "：" + time.opinion)},
                    {"延至", time.due_after},
                    {"答复人", name_of(time.decided_by)}},
          .source = problem.number + "延期" + std::to_string(at + 1)};
}

std::vector<OfficialValues> basis_rows(const Problem& problem) {
  const ClosingBasis& basis = problem.closing->basis;
  const std::string kind(closing_kind_name(basis.kind));
  const auto row = [&](const std::string& source, std::string record, std::string revision, std::string day, std::string amount) {
    return OfficialValues{.texts = {{"依据种类", kind},
                                    {"记录", std::move(record)},
                                    {"版本", std::move(revision)},
                                    {"记录日期", std::move(day)},
                                    {"记录金额", std::move(amount)}},
                          .source = source};
  };
  if (basis.kind == ClosingBasis::Kind::document) {
    const auto file = std::find_if(problem.evidence.begin(), problem.evidence.end(),
                                   [&](const BroughtFile& each) { return each.number == basis.evidence; });
    return {row(problem.number + "证明材料" + std::to_string(basis.evidence), file_name(problem, basis.evidence), "",
                file == problem.evidence.end() ? "" : local_day_of(file->at), "")};
  }
  std::vector<OfficialValues> rows;
  for (const ClosingBasis::Named& each : basis.records)
    rows.push_back(row(each.id, each.label, "第" + std::to_string(each.revision) + "版", each.day, each.amount));
  return rows;
}

OfficialValues common(const ProblemView& view) {
  const Problem& problem = view.problem;
  OfficialValues values;
  values.texts = {{"编号", problem.number},
                  {"单位", view.unit_name},
                  {"年度", std::to_string(problem.year)},
                  {"类别", problem.kind_name},
                  {"来源", std::string(problem_source_name(problem.source)) +
                               (problem.reference.label.empty() ? "" : "（" + problem.reference.label + "）")},
                  {"问题", problem.text},
                  {"金额", problem.amount.value_or("")},
                  {"依据", problem.basis.value_or("")},
                  {"整改要求", problem.action},
                  {"提出人", name_of(problem.raised_by)}};
  values.source = problem.number;
  return values;
}

}  // namespace

std::optional<ProblemDocument> problem_document_from_code(std::string_view code) {
  if (code == "notice") return ProblemDocument::notice;
  if (code == "closing") return ProblemDocument::closing;
  return std::nullopt;
}

Result<OfficialMade> problem_document(registry::Registry& registry, const Problems& problems, ProblemDocument document, std::string_view id,
                                      const access::Principal& who) {
  const auto view = problems.open(id, who);
  if (!view) return view.error();
  const Problem& problem = view->problem;
  OfficialValues values = common(*view);
  const std::string about = view->unit_name + "问题" + problem.number;
  const bool extended = problem.extensions() > 0;
  if (document == ProblemDocument::notice) {
    if (problem.state == ProblemState::voided) return Error{"nothing-to-write", "这个问题已经撤销，没有整改通知。", {}};
    std::vector<std::string> earlier;
    for (const ProblemLine& each : view->earlier) earlier.push_back(each.number);
    values.texts["期限"] = chinese_day(problem.due);
    values.texts["原期限"] = chinese_day(problem.first_due);
    values.texts["提出日期"] = chinese_day(problem.raised_on);
    values.texts["工作日"] = std::to_string(problem.work_days);
    values.texts["延期"] = extended ? "是" : "";
    values.texts["再次发生"] = earlier.empty() ? "" : std::to_string(earlier.size());
    values.texts["再犯年限"] = std::to_string(view->rules->recurrence_years);
    values.texts["以前编号"] = joined(earlier, "、");
    values.texts["材料种类"] = joined(view->rules->documents, "、");
    return make_official(registry, "problem_notice", values, about + "整改通知");
  }
  if (problem.state != ProblemState::closed) return Error{"nothing-to-write", "这个问题还没有销号，没有销号审批单。", {}};
  values.texts["期限"] = problem.due;
  values.texts["原期限"] = problem.first_due;
  values.texts["提出日期"] = problem.raised_on;
  values.texts["销号意见"] = problem.closing->opinion;
  values.texts["销号人"] = name_of(problem.closing->by);
  values.texts["销号日期"] = chinese_day(local_day_of(problem.closing->at));
  for (std::size_t i = 0; i < problem.replies.size(); ++i) values.lists["回复"].push_back(reply_row(problem, i));
  values.lists["延期"];
  for (std::size_t i = 0; i < problem.times.size(); ++i) values.lists["延期"].push_back(time_row(problem, i));
  values.lists["销号依据"] = basis_rows(problem);
  return make_official(registry, "problem_closing", values, about + "销号审批单");
}

}  // namespace jiheng::desks
