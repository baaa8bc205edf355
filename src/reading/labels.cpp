#include "reading/labels.h"

#include <algorithm>
#include <array>

#include "base/byte_search.h"
#include "base/text.h"
#include "reading/label_words.h"

namespace jiheng::reading {
namespace {

constexpr std::size_t longest_label = 90;  // bytes: no label of the forms is longer

/// A Chinese character: fold_label() leaves it where it stands.
bool begins_chinese(std::string_view printed) {
  const auto lead = static_cast<unsigned char>(printed[0]);
  return lead >= 0xE4 && lead <= 0xE9;
}

template <class Meaning>
Meaning lookup(const WordMap<Meaning>& words, std::string_view printed, const TextTraits& traits, Meaning absent) {
  const auto meaning_of = [&](std::string_view word) {
    const Meaning* found = words.find(word);
    return found == nullptr ? absent : *found;
  };
  if (traits.folded) return meaning_of(printed);
  if (begins_chinese(printed) && !words.may_begin(printed)) return absent;
  std::array<char, longest_label> room;
  if (const auto meaning = meaning_of(fold_label(printed, room, false)); meaning != absent) return meaning;
  const bool brackets = has_character<U'（', U'【'>(printed) || !ByteRanges<0, '(' - 1, '(' + 1, '[' - 1, '[' + 1, 0xFF>::has_all(printed);
  if (!brackets) return absent;
  return meaning_of(fold_label(printed, room, true));
}

/// 1-7月执行数, 2026年预算金额, 2024年至2026年目标: the word without the time in front.
std::string_view without_time(std::string_view text) {
  std::size_t at = 0;
  std::size_t end = 0;
  while (at < text.size()) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    const bool part = (c >= '0' && c <= '9') || c == '-' || c == '~' || c == 0x5E74 || c == 0x6708 || c == 0x5EA6 || c == 0x81F3 ||
                      c == 0x2014 || c == 0xFF5E || c == 'x';
    if (!part) {
      end = from;
      break;
    }
    end = at;
  }
  return text.substr(end);
}

/// 项目支出年度绩效目标, 部门整体支出年度目标: the word without whose form it is, which the title says already. Only what may stand so.
Label label_of_bare_word(std::string_view printed) {
  std::array<char, longest_label> room;
  std::string_view word = fold_label(printed, room, true);
  const auto known = [](Label label) {
    return label == Label::annual_goal || label == Label::long_term_goal || label == Label::goal_result || label == Label::amount ||
           label == Label::amount_total || label == Label::period;
  };
  for (const std::string_view frame : {"项目支出", "项目", "部门整体支出", "部门整体", "整体支出", "专项资金", "政策"}) {
    if (!starts_with(word, frame)) continue;
    const Label* found = head_words().find(word.substr(frame.size()));
    if (found != nullptr && known(*found)) return *found;
  }
  return Label::none;
}

/// 项, 部, 整, 专, 政: how those frames begin.
bool may_have_frame(std::string_view printed) {
  constexpr std::size_t least = 12;  // bytes
  if (printed.size() < least) return false;
  for (const std::string_view first : {"项", "部", "整", "专", "政"}) {
    if (starts_with(printed, first)) return true;
  }
  return false;
}

bool leading_digit(std::string_view text) {
  return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

/// Quick: a digit, or a bracket or a full-width character that may hide one, at the front.
bool may_lead_with_digit(std::string_view printed) {
  return leading_digit(printed) || printed[0] == '(' || static_cast<unsigned char>(printed[0]) == 0xEF;
}

}  // namespace

std::string_view money_unit_in(std::string_view printed) {
  if (!contains(printed, "元")) return {};
  std::string room;
  const std::string_view text = normalise(printed, room);
  for (const std::string_view unit : {"万元", "元"}) {
    for (std::size_t at = text.find(unit); at != std::string_view::npos; at = text.find(unit, at + 1)) {
      const std::string_view before = text.substr(0, at);
      if (ends_with(before, "（") || ends_with(before, "(") || ends_with(before, "：") || ends_with(before, ":")) return unit;
    }
  }
  return {};
}

std::optional<std::string_view> money_unit_of(std::string_view text) {
  if (contains(text, "万元")) return "万元";
  if (contains(text, "亿元") || contains(text, "千元")) return std::nullopt;
  if (contains(text, "元")) return "元";
  return std::nullopt;
}

Label label_of(std::string_view printed) {
  return printed.size() > longest_label ? Label::none : label_of(printed, traits_of(printed));
}

Label label_of(std::string_view printed, const TextTraits& traits) {
  // No label is without Chinese words.
  if (traits.ascii || printed.size() > longest_label) return Label::none;
  Label label = lookup(head_words(), printed, traits, Label::none);
  if (label == Label::none && may_lead_with_digit(printed)) {
    std::array<char, longest_label> room;
    const std::string_view folded = fold_label(printed, room, true);
    // "1.项目名称", "2026年预算金额", "1-7月执行数".
    std::string_view rest = folded;
    if (leading_digit(rest)) {
      rest = without_time(rest);
      const bool numbered = starts_with(rest, ".");
      if (numbered) rest.remove_prefix(1);
      if (const Label* found = head_words().find(rest)) label = *found;
      // 2025年预算, 2025年度目标, where no more is said.
      const bool of_year = !numbered && rest.size() < folded.size();
      if (rest == "预算" && of_year) label = Label::amount;
      if (rest == "目标" && of_year) label = Label::goal_frame;
    }
  }
  if (label == Label::none && may_have_frame(printed)) label = label_of_bare_word(printed);
  return label;
}

Label inline_label_of(std::string_view printed, std::string_view& rest) {
  constexpr std::string_view wide = "：";
  const bool has_narrow = !ByteRanges<0, ':' - 1, ':' + 1, 0xFF>::has_all(printed);
  const bool has_wide = has_character<U'：'>(printed);
  if (!has_narrow && !has_wide) return Label::none;
  std::size_t at = has_narrow ? printed.find(':') : printed.size();
  std::size_t width = 1;
  if (const std::size_t found = has_wide ? printed.find(wide) : printed.size(); found < at) {
    at = found;
    width = wide.size();
  }
  if (at == printed.size() || at == 0) return Label::none;
  const Label label = label_of(printed.substr(0, at));
  if (label != Label::none) rest = trim(printed.substr(at + width));
  return label;
}

bool is_head_label(Label label) {
  return label != Label::none && !is_budget_label(label) && !is_fund_column(label);
}

bool opens_form(Label label) {
  return is_head_label(label) && label != Label::person && label != Label::total_score && label != Label::indicators_frame &&
         label != Label::funds_frame;
}

bool is_budget_label(Label label) {
  return label >= Label::by_source && label <= Label::fiscal_appropriation;
}

bool is_fund_column(Label label) {
  return label >= Label::fund_initial && label <= Label::score;
}

bool is_nothing(std::string_view text) {
  constexpr std::size_t longest = 9;  // bytes
  if (text.size() > longest) return false;
  for (const std::string_view word : {"", "/", "-", "—", "——", "无", "不涉及", "//", "\\"}) {
    if (text == word) return true;
  }
  return false;
}

bool is_goal_label(Label label) {
  return label == Label::annual_goal || label == Label::long_term_goal || label == Label::goal_frame || label == Label::goal_result;
}

bool is_amount_label(Label label) {
  return is_budget_label(label) || label == Label::amount || label == Label::amount_total;
}

Column column_of(std::string_view printed) {
  return printed.size() > longest_label ? Column::none : column_of(printed, traits_of(printed));
}

Column column_of(std::string_view printed, const TextTraits& traits) {
  if (traits.ascii || printed.size() > longest_label) return Column::none;
  const Column column = lookup(column_words(), printed, traits, Column::none);
  if (column != Column::none) return column;
  if (!may_lead_with_digit(printed)) return Column::none;
  std::array<char, longest_label> room;
  const std::string_view folded = fold_label(printed, room, true);
  if (leading_digit(folded)) {
    if (const Column* found = column_words().find(without_time(folded))) return *found;
  }
  return Column::none;
}

Column guessed_column(std::string_view printed) {
  constexpr std::size_t longest_guess = 54;  // bytes: a sentence is no column's name
  if (printed.empty() || printed.size() > 90) return Column::none;
  const std::string word = fold_label(printed, true);
  if (word.empty() || word.size() > longest_guess) return Column::none;
  const auto has = [&](std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return contains(word, part); });
  };
  if (has({"上年", "去年", "历史", "前三年", "前年", "依据", "来源", "佐证", "责任", "编码", "完成率", "完成比例", "偏差率", "偏离度",
           "系数", "设定标准"}))
    return Column::other;
  if (has({"未完成", "未达", "未实现", "扣分情况"})) return Column::deviation;
  if (has({"原因", "偏差", "差异", "改进措施", "纠偏"})) return Column::deviation;
  if (has({"可能性"})) return Column::likelihood;
  if (has({"得分"}) && has({"方法", "办法", "规则", "标准"})) return Column::scoring_rule;
  if (ends_with(word, "评分") && has({"部门", "财政", "单位", "专家", "复核", "中介", "第三方"})) return Column::score;
  if (has({"评分", "扣分", "赋分", "计分", "打分", "评价标准"})) return Column::scoring_rule;
  if (has({"得分", "自评分"})) return Column::score;
  if (has({"权重", "分值"})) return Column::weight;
  if (has({"预计", "预测"}) && has({"完成", "执行", "实现"})) return Column::forecast;
  if (has({"符号"})) return Column::comparator;
  if (has({"度量单位", "计量单位"})) return Column::unit;
  if (has({"解释", "说明", "内涵", "含义", "释义", "公式"})) return Column::explanation;
  if (has({"备注"})) return Column::note;
  for (const std::string_view target : {"任务值", "申报值", "设定值", "目标数", "计划数"}) {
    if (ends_with(word, target) && !has({"完成", "实际"})) return Column::value;
  }
  if (has({"计划完成", "预期完成", "应完成"}) && ends_with(word, "值") && !has({"实际"})) return Column::value;
  if (has({"指标值", "目标值"}) || (has({"预期", "计划"}) && ends_with(word, "值"))) {
    const bool long_term = has({"中期", "长期", "实施期", "周期", "总体", "总目标"}) && !has({"年度", "本年", "当年"});
    return has({"完成", "实际"}) ? Column::actual : long_term ? Column::long_term_value : Column::value;
  }
  if ((has({"完成", "实现", "执行"}) && has({"值", "情况", "结果"})) || (has({"实际"}) && ends_with(word, "值"))) return Column::actual;
  // 绩效指标性质、值、单位: all of the target in one column.
  if (has({"指标"}) && has({"性质"}) && has({"单位"})) return Column::value;
  return Column::none;
}

std::optional<TableKind> title_kind(std::string_view printed) {
  constexpr std::size_t shortest_title = std::string_view("自评表").size();
  constexpr std::size_t longest_title = 150;  // bytes
  if (printed.size() < shortest_title || printed.size() > longest_title) return std::nullopt;
  // Most cells are no title: they hold neither 表 nor 书 nor 绩.
  if (!has_character<U'表', U'书', U'绩'>(printed)) return std::nullopt;
  const bool form_word = has_character<U'表', U'书'>(printed);
  // 绩效目标 alone is a title beside a year only.
  if (!form_word && (!has_character<U'年'>(printed) || !contains(printed, "绩效目标"))) return std::nullopt;
  // 项目支出绩效目标表——“雪亮工程”建设（2026年）: whose form it is stands behind.
  constexpr std::string_view dash = "——";
  if (const std::size_t at = printed.find(dash); at != std::string_view::npos && at > 0) {
    if (ends_with(trim(printed.substr(0, at)), "表")) return title_kind(printed.substr(0, at));
  }
  std::array<char, longest_title> room;
  const std::string_view title = fold_label(printed, room, true);
  const bool goals_of_year = ends_with(title, "绩效目标") && year_of(title) && (contains(title, "项目") || contains(title, "整体"));
  const bool form = goals_of_year || ends_with(title, "表") || ends_with(title, "申报书") ||
                    ((ends_with(title, "年度") || ends_with(title, "年")) && contains(title, "表"));
  if (!form) return std::nullopt;
  if (names_evaluation(title)) return std::nullopt;
  if (contains(title, "。") || contains(title, "通知") || contains(title, "说明") || contains(title, "报告") || contains(title, "审核表") ||
      contains(title, "审核情况") || contains(title, "目录") || contains(title, "任务分解"))
    return std::nullopt;
  const bool self_assessed = contains(title, "自评表") || ends_with(title, "项目自评结果表") || ends_with(title, "支出自评结果表");
  if (!contains(title, "绩效") && !contains(title, "整体支出") && !self_assessed) return std::nullopt;
  if (contains(title, "监控") || contains(title, "绩效跟踪") || contains(title, "目标跟踪")) return TableKind::monitoring;
  for (const std::string_view word : {"自评", "评价表", "完成情况", "评分表", "打分表"}) {
    if (contains(title, word)) return TableKind::self_evaluation;
  }
  const bool of_goals =
      contains(title, "目标") || contains(title, "申报") || contains(title, "绩效信息表") || ends_with(title, "支出绩效表");
  if (!of_goals) return std::nullopt;
  // 部门专项业务经费绩效目标表 is a project's.
  const bool of_department = contains(title, "部门") && !contains(title, "项目") && !contains(title, "专项");
  return contains(title, "整体") || of_department ? TableKind::overall : TableKind::project;
}

namespace {

/// 二〇二五年: a year in Chinese numerals, digit by digit.
std::optional<int> year_in_numerals(std::string_view text) {
  constexpr std::array<std::string_view, 10> digits = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  const std::size_t end = text.find("年");
  constexpr std::size_t size = 12;  // bytes of four characters
  if (end == std::string_view::npos || end < size) return std::nullopt;
  int year = 0;
  for (std::size_t at = end - size; at < end; at += 3) {
    const std::string_view c = text.substr(at, 3);
    const auto digit = c == "零" || c == "○" ? digits.begin() : std::find(digits.begin(), digits.end(), c);
    if (digit == digits.end()) return std::nullopt;
    year = year * 10 + static_cast<int>(digit - digits.begin());
  }
  return year >= 2000 && year < 2100 ? std::optional<int>(year) : std::nullopt;
}

}  // namespace

std::optional<int> year_of(std::string_view printed) {
  if (!has_character<U'年'>(printed)) return std::nullopt;
  if (contains(printed, "二")) {
    if (const auto year = year_in_numerals(printed)) return year;
  }
  std::string room;
  const std::string_view text = normalise(printed, room);
  std::optional<int> year;
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    if (!leading_digit(text.substr(at)) || (at > 0 && leading_digit(text.substr(at - 1)))) continue;
    std::size_t end = at;
    while (end < text.size() && leading_digit(text.substr(end))) ++end;
    std::string_view behind = trim(text.substr(end));
    if (end - at == 4 && text[at] == '2' && text[at + 1] == '0' && starts_with(behind, "年")) {
      const int found = std::stoi(std::string(text.substr(at, 4)));
      if (year && *year != found) return std::nullopt;
      year = found;
      // 2024年-2026年, 2024年至2026年: a span, no budget year.
      behind = trim(behind.substr(std::string_view("年").size()));
      for (const std::string_view sign : {"-", "—", "~", "至", "－"}) {
        if (starts_with(behind, sign)) return std::nullopt;
      }
    } else if (end - at == 4 && text[at] == '2' && text[at + 1] == '0' &&
               (starts_with(behind, "-") || starts_with(behind, "—") || starts_with(behind, "至"))) {
      return std::nullopt;
    }
    at = end;
  }
  return year;
}

bool names_evaluation(std::string_view printed) {
  constexpr std::size_t longest = 120;  // bytes
  if (printed.size() > longest || !has_character<U'系', U'专'>(printed)) return false;
  std::array<char, longest> room;
  const std::string_view title = fold_label(printed, room, true);
  // 绩效评价专家打分表
  if (contains(title, "专家") && ends_with(title, "表"))
    return contains(title, "打分") || contains(title, "评分") || contains(title, "评审");
  if (!contains(title, "指标体系")) return false;
  // A sentence tells of it; a unit's own form is built by it.
  if (contains(title, "。") || contains(title, "，") || contains(title, "自评") || contains(title, "目标")) return false;
  if (!contains(title, "评价指标体系") && !contains(title, "共性指标体系")) return false;
  return ends_with(title, "体系") || ends_with(title, "框架") || ends_with(title, "表") || ends_with(title, "标准");
}

bool is_other_title(std::string_view printed) {
  constexpr std::size_t longest = 120;  // bytes
  constexpr std::size_t shortest = 12;
  if (printed.size() > longest || printed.size() < shortest) return false;
  if (names_evaluation(printed)) return true;
  // Most lines end otherwise.
  const std::string_view end = printed.substr(printed.size() - std::string_view("表").size());
  if (end != "表" && end != "单" && end != "）" && end.back() != ')' && end.back() != ' ') return false;
  if (!has_character<U'表', U'单'>(printed)) return false;
  std::string title = normalise(printed);
  std::erase(title, ' ');
  // 收支总表（公开）
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
    if (const std::size_t at = title.rfind(open); at != std::string::npos && at > 0 && ends_with(title, close)) title.resize(at);
  }
  const std::size_t word = std::string_view("表").size();
  if (title.size() < shortest || (!ends_with(title, "表") && !ends_with(title, "清单"))) return false;
  if (title[title.size() - word - 1] >= '0' && title[title.size() - word - 1] <= '9') return false;
  for (std::string_view number = "一二三四五六七八九十"; !number.empty(); number.remove_prefix(word)) {
    if (ends_with(std::string_view(title).substr(0, title.size() - word), number.substr(0, word))) return false;
  }
  const auto has = [&](std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return contains(title, part); });
  };
  const auto ends = [&](std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return ends_with(title, part); });
  };
  // Whatever is evaluated, such tables hold no goals.
  if (ends({"基础数据表", "统计表", "整改清单", "问题清单", "成员表", "记录表"}) && !contains(title, "，")) return true;
  // Sentences, and what else may stand over a form of ours: its number (部门公开表, 附表), the name of the whole.
  if (has({"。", "，", "；", "：", ":", ",", "绩效", "目标", "自评", "评价", "监控", "申报"})) return false;
  if (ends({"附表", "续表", "下表", "上表", "本表", "此表", "公开表", "报表", "部门预算表", "部门决算表", "单位预算表", "单位决算表"}))
    return false;
  return !contains(title, "指标") || has({"经济", "社会发展", "考核"});
}

bool heads_title(std::string_view line) {
  constexpr std::size_t longest = 90;  // bytes
  if (line.size() > longest) return false;
  for (const std::string_view end : {"预算", "决算", "年度", "年", "预算公开", "决算公开"}) {
    if (ends_with(line, end)) return true;
  }
  return false;
}

bool is_year_line(std::string_view text) {
  constexpr std::size_t longest = 36;  // bytes
  if (text.size() > longest || !has_character<U'年'>(text) || !year_of(text)) return false;
  const std::string line = fold_label(text);
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(line, at);
    if ((c >= '0' && c <= '9') || c == '-' || c == '~' || c == 0x2014 || c == 0xFF5E) continue;
    constexpr std::string_view of_time = "年月度至上下半季第一二三四底";
    bool known = false;
    for (std::size_t k = 0; k < of_time.size() && !known; k += 3)
      known = of_time.substr(k, 3) == std::string_view(line).substr(from, at - from);
    if (!known) return false;
  }
  return true;
}

}  // namespace jiheng::reading
