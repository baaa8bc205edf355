// What the words say: qualitative targets, explanations, slips of the pen.
#include <algorithm>

#include "auditing/findings.h"
#include "auditing/names.h"
#include "auditing/rules.h"
#include "auditing/slips.h"
#include "base/text.h"

namespace jiheng::auditing {
namespace {

constexpr std::size_t four_characters = 12;
/// Longer sentences mostly say somewhere how they are to be checked.
constexpr std::size_t longest_vague = 24;

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

/// Something by which a person could check it: a number, a date, a standard.
bool has_criterion(std::string_view text, const policy::Words& words) {
  return has_digit(text) || words.criterion.in(text);
}

/// How the target is scored, or the explanation, may give what the target itself leaves out.
bool criterion_elsewhere(const Indicator& indicator, const policy::Words& words) {
  return (indicator.explanation && *indicator.explanation != indicator.level3 && has_criterion(*indicator.explanation, words)) ||
         (indicator.scoring_rule && has_criterion(*indicator.scoring_rule, words));
}

/// `text` is made of pieces of `name`, two characters or more each, in the same order.
bool pieced_together(std::string_view text, std::string_view name) {
  constexpr std::size_t two_characters = 6;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0, found = from;
    for (std::size_t end = at; end < text.size();) {
      next_code_point(text, end);
      const std::size_t place = name.find(text.substr(at, end - at), from);
      if (place == std::string_view::npos) break;
      length = end - at;
      found = place;
    }
    if (length < two_characters) return false;
    from = found + length;
    at += length;
  }
  return true;
}

bool restates(const IndicatorView& indicator, const policy::Words& words) {
  if (indicator.comparator() != Comparator::qualitative || !indicator.raw->value) return false;
  const std::string value = fold_label(*indicator.raw->value);
  if (value.size() < four_characters || value.size() > 600 || has_criterion(value, words)) return false;
  if (value == indicator.name) return true;
  const std::string telling = words.filler.replaced(value);
  return telling.size() >= four_characters && pieced_together(telling, indicator.name);
}

constexpr Card qualitative_restates{
    .id = "qualitative-restates-name",
    .severity = Severity::warning,
    .aspect = Aspect::appropriateness,
    .basis = "财预〔2015〕88号 细化量化",
    .title = "定性目标只是重复指标名称",
    .title_en = "Qualitative target restates the name",
    .explanation = "定性指标的目标值只是把指标名称再说一遍，没有说明做到什么程度算达成。",
    .explanation_en = "The target only repeats the name and does not say what counts as reached.",
    .wordings = {{{"", "“{indicator}”的指标值写作“{target}”，只是重复指标名称，没有说明做到什么程度算达成。",
                   "The target of “{indicator}”, “{target}”, only repeats the name.",
                   "建议写明可核对的标准，如完成时间、通过的验收或考核结果、不发生的情形，或改为数值指标。",
                   "Name a standard that can be checked: a date, an acceptance, what must not happen; or set a number."}}},
};

/// 财预〔2015〕88号: goals are 细化量化; what cannot be a number is described in grades.
void check_restates(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    for (const IndicatorView& indicator : table.indicators) {
      if (restates(indicator, submission.words())) findings.add(Draft(qualitative_restates).at(table, indicator, "value").about(indicator));
    }
  }
}

constexpr Card qualitative_unmeasurable{
    .id = "qualitative-unmeasurable",
    .severity = Severity::warning,
    .aspect = Aspect::appropriateness,
    .basis = "财预〔2015〕88号 细化量化",
    .title = "定性目标无法衡量",
    .title_en = "Unmeasurable target",
    .explanation = "目标值只有“及时”“提升”“加强”“良好”一类的词，没有时间、数量或标准，指标解释和评分标准中也没有。",
    .explanation_en =
        "Only 及时, 提升, 加强, 良好 and the like, without a date, number or standard, neither in the explanation nor in the scoring rule.",
    .wordings = {{{"", "“{indicator}”的指标值为“{target}”，没有可以衡量的标准，年终无法判断是否达成。",
                   "“{indicator}” is set at “{target}”, which nobody can measure.",
                   "建议写明做到什么程度算达成，如比上年提高多少、符合什么标准，或改为数值指标。",
                   "Say what counts as reached: by how much, to what standard; or set a number."},
                  {"timely", "“{indicator}”的指标值为“{target}”，没有写明时间要求，年终无法判断是否达成。",
                   "“{indicator}” is set at “{target}” without any date.", "建议写明完成时间，如“12月31日前完成”，或改为及时率等数值指标。",
                   "Name a date, or set a rate of timely completion."}}},
};

/// The vague word without which nothing is said; empty where the target can be checked.
std::string_view vague_word(const IndicatorView& indicator, const policy::Words& words) {
  if (indicator.comparator() != Comparator::qualitative || !indicator.raw->value) return {};
  const std::string& value = *indicator.raw->value;
  if (length_utf8(value) > longest_vague || has_criterion(value, words) || criterion_elsewhere(*indicator.raw, words)) return {};
  return words.vague.find(value);
}

/// 财预〔2015〕88号: goals are 细化量化.
void check_unmeasurable(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    for (const IndicatorView& indicator : table.indicators) {
      const std::string_view word = vague_word(indicator, submission.words());
      if (word.empty() || restates(indicator, submission.words())) continue;
      const bool timely = word == "及时" || word == "按时";
      findings.add(Draft(qualitative_unmeasurable, timely ? "timely" : "").at(table, indicator, "value").about(indicator));
    }
  }
}

constexpr Card explanation_restates{
    .id = "explanation-restates-name",
    .severity = Severity::hint,
    .aspect = Aspect::appropriateness,
    .basis = "财预〔2021〕101号 指标解释",
    .title = "指标解释只是重复名称",
    .title_en = "Explanation restates the name",
    .explanation = "指标解释与指标名称相同，没有说明统计口径、计算方法和数据来源。每张表只提示一次。",
    .explanation_en = "The explanation is the name again and does not say how the figure is counted. One hint a table.",
    .wordings = {{{"", "{names}的指标解释与指标名称相同，没有说明统计口径和计算方法。",
                   "The explanations of {names_en} only repeat the names.", "请写明统计范围、计算方法和数据来源。",
                   "Say what is counted, how, and from which source."}}},
};

/// 财预〔2021〕101号 指标解释: formula or statistical scope.
void check_explanations(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    Draft draft(explanation_restates);
    std::vector<std::string_view> names;
    for (const IndicatorView& indicator : table.indicators) {
      if (!indicator.raw->explanation || fold_label(*indicator.raw->explanation) != indicator.name) continue;
      if (names.size() < 200) draft.at(table, indicator, "explanation");
      names.push_back(indicator.raw->level3);
    }
    if (names.empty()) continue;
    findings.add(draft.with("names", listed(names, "项指标")).with("names_en", listed_en(names)));
  }
}

constexpr Card text_slip{
    .id = "text-slip",
    .severity = Severity::hint,
    .aspect = Aspect::completeness,
    .basis = "",
    .title = "文字差错",
    .title_en = "Slip of the pen",
    .explanation = "连词后面直接是标点、词语重复、标点重复。",
    .explanation_en = "A conjunction before punctuation, doubled words, doubled punctuation.",
    .wordings = {{{"dangling", "“{excerpt}”中“{word}”后面缺少内容，疑为漏字或多写了“{word}”。", "In “{excerpt}” nothing follows “{word}”.",
                   "请核对后补全或删去“{word}”。", "Complete it, or delete “{word}”."},
                  {"doubled-word", "“{excerpt}”中“{word}”重复。", "“{word}” is doubled in “{excerpt}”.", "请删去一个“{word}”。",
                   "Delete one."},
                  {"doubled-mark", "“{excerpt}”中标点“{word}”重复或连用不当。", "The punctuation “{word}” is doubled in “{excerpt}”.",
                   "请改正标点。", "Correct it."}}},
};

void look_at(const TableView& table, const IndicatorView* indicator, std::string_view field, const Text& text, Findings& findings) {
  if (!text) return;
  const auto slip = first_slip(*text);
  if (!slip) return;
  // 养老服务服务对象满意度 is a compound, not a slip; and so it is where the explanation cites the name.
  if (indicator != nullptr && slip->kind == "doubled-word" && contains(indicator->raw->level3, slip->word + slip->word)) return;
  Draft draft(text_slip, slip->kind);
  indicator == nullptr ? draft.at(table, field, slip->excerpt) : draft.at(table, *indicator, field);
  findings.add(draft.with("excerpt", slip->excerpt).with("word", slip->word));
}

/// Plain sense.
void check_slips(const Submission& submission, Findings& findings) {
  for (const TableView& table : submission.tables) {
    const GoalTable& raw = *table.raw;
    look_at(table, nullptr, "annual_goal", raw.annual_goal, findings);
    look_at(table, nullptr, "long_term_goal", raw.long_term_goal, findings);
    for (std::size_t i = 0; i < raw.tasks.size(); ++i) {
      look_at(table, nullptr, "tasks[" + std::to_string(i) + "].name", raw.tasks[i].name, findings);
      look_at(table, nullptr, "tasks[" + std::to_string(i) + "].content", raw.tasks[i].content, findings);
    }
    for (const IndicatorView& indicator : table.indicators) {
      look_at(table, &indicator, "level3", indicator.raw->level3, findings);
      if (!indicator.numeric && view(indicator.raw->value) != indicator.raw->level3)
        look_at(table, &indicator, "value", indicator.raw->value, findings);
      if (view(indicator.raw->explanation) != indicator.raw->level3)
        look_at(table, &indicator, "explanation", indicator.raw->explanation, findings);
      look_at(table, &indicator, "note", indicator.raw->note, findings);
    }
  }
}

}  // namespace

std::span<const Rule> wording_rules() {
  static constexpr Rule all[] = {{&qualitative_restates, check_restates},
                                 {&qualitative_unmeasurable, check_unmeasurable},
                                 {&explanation_restates, check_explanations},
                                 {&text_slip, check_slips}};
  return all;
}

}  // namespace jiheng::auditing
