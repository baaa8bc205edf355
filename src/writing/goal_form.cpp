#include "writing/goal_form.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"
#include "writing/form_builder.h"
#include "writing/indicator_layout.h"
#include "writing/markup.h"

namespace jiheng::writing {
namespace {

/// Of the head's labels: what stands over the level columns, so that lines meet.
constexpr double overall_label_width = 24;
constexpr double label_width = 31;

std::string_view shown(const Text& text) {
  return text ? std::string_view(*text) : std::string_view();
}

/// Whether a reader of the title will take this year from it: it is the only one there, and no end of a span (2024年-2026年).
bool title_tells(std::string_view title, int year) {
  const auto digit = [&](std::size_t at) { return at < title.size() && std::isdigit(static_cast<unsigned char>(title[at])) != 0; };
  bool told = false;
  for (std::size_t at = 0; at < title.size();) {
    if (!digit(at)) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (digit(end)) ++end;
    const std::string_view digits = title.substr(at, end - at);
    if (digits.size() != 4 || !starts_with(digits, "20")) {
      at = end;
      continue;
    }
    if (digits != std::to_string(year) || !starts_with(title.substr(end), "年")) return false;
    const std::string_view behind = title.substr(end + std::string_view("年").size());
    for (const std::string_view sign : {"-", "—", "~", "至", "－", "～"}) {
      if (starts_with(behind, sign)) return false;
    }
    told = true;
    at = end;
  }
  return told;
}

/// The form being built of one table.
class GoalForm {
 public:
  explicit GoalForm(const GoalTable& table)
      : table_(table),
        label_width_(table.kind == TableKind::overall ? overall_label_width : label_width),
        layout_(lay_indicators(table)),
        build_(widths(), layout_.landscape),
        whole_(build_.band({label_width_, 0})) {}

  Form finish() {
    head_lines();
    identity();
    if (table_.kind == TableKind::overall) {
      goals();
      tasks();
      budget();
      execution();
    } else {
      budget();
      execution();
      goals();
      tasks();
    }
    indicator_heading();
    indicator_rows();
    total_score();
    return build_.finish();
  }

 private:
  bool is_year_end() const { return table_.kind == TableKind::self_evaluation || table_.kind == TableKind::monitoring; }

  std::vector<double> widths() const {
    std::vector<double> widths;
    widths.reserve(layout_.columns.size());
    for (const IndicatorColumn& column : layout_.columns) widths.push_back(column.width);
    return widths;
  }

  void head_lines() {
    Form& form = build_.form();
    form.title = printable(shown(table_.title));
    form.left_line = "填报单位（盖章）：" + printable(shown(table_.unit_name));
    if (table_.year && form.title.empty()) {
      form.left_line += "　　年度：" + std::to_string(*table_.year) + "年";
    } else if (table_.year && !title_tells(normalise(form.title), *table_.year)) {
      form.subtitle = "（" + std::to_string(*table_.year) + "年度）";
    }
    if (table_.money_unit) {
      form.right_line = (table_.kind == TableKind::overall ? "单位：" : "金额单位：") + printable(*table_.money_unit);
    }
    form.name = table_.kind == TableKind::overall ? "整体支出" : printable(shown(table_.project_name));
    if (form.name.empty()) form.name = std::string(kind_name(table_.kind));
  }

  /// One label with its value over the whole width.
  void line(std::string_view label, const Text& value, Style style) {
    build_.row();
    build_.cell(whole_, 0, 1, label, Style::label);
    build_.cell(whole_, 1, 2, shown(value), style);
  }

  /// Two labels with their values.
  void pair(std::string_view label, const Text& value, std::string_view label2, const Text& value2, Style style = Style::center,
            Style style2 = Style::center) {
    if (pair_.empty()) pair_ = build_.band({label_width_, 0, label_width_, 0});
    build_.row();
    build_.cell(pair_, 0, 1, label, Style::label);
    build_.cell(pair_, 1, 2, shown(value), style);
    build_.cell(pair_, 2, 3, label2, Style::label);
    build_.cell(pair_, 3, 4, shown(value2), style2);
  }

  void identity() {
    const bool overall = table_.kind == TableKind::overall;
    const bool project = table_.kind == TableKind::project;
    if (overall) {
      department_itself();
    } else {
      if (project || table_.project_name) line("项目名称", table_.project_name, Style::center);
      if (is_year_end() && !table_.project_name && contains(shown(table_.title), "整体"))
        department_itself();
      else if (is_year_end())
        pair("主管部门及代码", table_.department, "实施单位", table_.unit_name);
      else if (table_.department)
        pair("主管部门", table_.department, "实施单位", table_.unit_name);
    }
    if (project || table_.amount || table_.project_category) {
      pair("年度本级预算金额", table_.amount, "项目类别", table_.project_category, Style::number);
    }
    if (table_.amount_total)
      pair("项目支出实施期", table_.period, "项目总金额", table_.amount_total, Style::center, Style::number);
    else if (project || table_.period)
      line("项目支出实施期", table_.period, Style::center);
  }

  /// A form of the whole department is about no project.
  void department_itself() {
    line("部门（单位）名称", table_.unit_name, Style::center);
    if (table_.department) line("主管部门", table_.department, Style::center);
  }

  void goals() {
    if (table_.long_term_goal) line("中期目标", table_.long_term_goal, Style::text);
    if (table_.kind == TableKind::self_evaluation || table_.goal_result) {
      const auto edges = build_.band({label_width_, 0, 0});
      build_.row(true);
      build_.cell(edges, 0, 1, "年度总体目标", Style::label, 2);
      build_.cell(edges, 1, 2, "预期目标", Style::label);
      build_.cell(edges, 2, 3, "实际完成情况", Style::label);
      build_.row();
      build_.cell(edges, 1, 2, shown(table_.annual_goal), Style::text);
      build_.cell(edges, 2, 3, shown(table_.goal_result), Style::text);
      return;
    }
    line(table_.kind == TableKind::overall   ? "年度履职目标"
         : table_.kind == TableKind::project ? "本年度绩效目标"
                                             : "年度总体目标",
         table_.annual_goal, Style::text);
  }

  void tasks() {
    if (table_.tasks.empty() && table_.kind != TableKind::overall) return;
    struct Part {
      std::string_view heading;
      Text Task::* field;
      double width;
      Style style;
    };
    std::vector<Part> parts = {{"任务名称", &Task::name, 42, Style::center}, {"主要内容", &Task::content, 0, Style::text}};
    const auto used = [&](Text Task::* field) {
      return std::any_of(table_.tasks.begin(), table_.tasks.end(), [&](const Task& task) { return (task.*field).has_value(); });
    };
    if (used(&Task::amount)) parts.push_back({"任务金额", &Task::amount, 26, Style::number});
    if (used(&Task::goal)) parts.push_back({"任务目标", &Task::goal, 0, Style::text});
    std::vector<double> widths = {label_width_};
    for (const Part& part : parts) widths.push_back(part.width);
    const auto edges = build_.band(widths);
    build_.row(true);
    build_.cell(edges, 0, 1, "年度主要任务", Style::label, static_cast<int>(std::max<std::size_t>(table_.tasks.size(), 1)) + 1);
    for (std::size_t i = 0; i < parts.size(); ++i) build_.cell(edges, i + 1, i + 2, parts[i].heading, Style::label);
    static const std::vector<Task> blank(1);
    for (const Task& task : table_.tasks.empty() ? blank : table_.tasks) {
      build_.row();
      for (std::size_t i = 0; i < parts.size(); ++i) build_.cell(edges, i + 1, i + 2, shown(task.*parts[i].field), parts[i].style);
    }
  }

  struct AmountPart {
    std::string_view heading;
    const Text* amount;
  };

  /// The label, then each amount in the room it needs.
  FormBuilder::Edges amount_band(const Text& total, const std::vector<AmountPart>& sources, const std::vector<AmountPart>& natures) {
    constexpr double usual = 15;
    constexpr double least_amount = 13;
    std::vector<double> widths = {label_width_, std::max(usual, unbroken_width(shown(total)))};
    std::vector<double> least = {18, std::max(least_amount, unbroken_width(shown(total)))};
    for (const auto* parts : {&sources, &natures}) {
      for (const AmountPart& part : *parts) {
        const double needed = unbroken_width(shown(*part.amount));
        widths.push_back(std::max(usual, needed));
        least.push_back(std::max(least_amount, needed));
      }
    }
    double sum = 0;
    for (std::size_t i = 1; i < widths.size(); ++i) sum += widths[i];
    const double scale = (usable_width(layout_.landscape) - label_width_) / sum;
    for (std::size_t i = 1; i < widths.size(); ++i) widths[i] *= scale;
    return build_.band(widths, least);
  }

  void budget() {
    if (!table_.budget) return;  // labels alone would be read as a budget without amounts
    const Budget& budget = *table_.budget;
    std::vector<AmountPart> sources;
    if (budget.fiscal_appropriation) sources.push_back({"财政拨款", &budget.fiscal_appropriation});
    sources.push_back({"一般公共预算", &budget.general_public});
    sources.push_back({"政府性基金拨款", &budget.government_fund});
    if (budget.state_capital) sources.push_back({"国有资本经营预算", &budget.state_capital});
    sources.push_back({"财政专户管理资金", &budget.special_account});
    sources.push_back({"其他资金", &budget.other});
    const std::vector<AmountPart> natures = {{"基本支出", &budget.basic}, {"项目支出", &budget.project}};

    const auto edges = amount_band(budget.total, sources, natures);
    const std::size_t source_end = 2 + sources.size();
    build_.row(true);
    build_.cell(edges, 0, 1, "预算情况", Style::label, 3);
    build_.cell(edges, 1, 2, "资金总额", Style::label);
    build_.cell(edges, 2, source_end, "按收入性质分", Style::label);
    build_.cell(edges, source_end, source_end + 2, "按支出性质分", Style::label);
    build_.row(true);
    build_.cell(edges, 1, 2, shown(budget.total), Style::number, 2);
    for (std::size_t i = 0; i < sources.size(); ++i) build_.cell(edges, 2 + i, 3 + i, sources[i].heading, Style::label);
    for (std::size_t i = 0; i < 2; ++i) build_.cell(edges, source_end + i, source_end + i + 1, natures[i].heading, Style::label);
    build_.row();
    for (std::size_t i = 0; i < sources.size(); ++i) build_.cell(edges, 2 + i, 3 + i, shown(*sources[i].amount), Style::number);
    for (std::size_t i = 0; i < 2; ++i) build_.cell(edges, source_end + i, source_end + i + 1, shown(*natures[i].amount), Style::number);
  }

  void execution() {
    if (table_.execution.empty()) return;
    struct Part {
      std::string_view heading;
      Text Execution::* field;
      bool always;
    };
    // What the official form of the kind has stands in it, known or not.
    const bool monitoring = table_.kind == TableKind::monitoring;
    const bool evaluation = table_.kind == TableKind::self_evaluation;
    std::vector<Part> parts = {Part{"年初预算数", &Execution::initial, monitoring || evaluation},
                               Part{"全年预算数", &Execution::budget, !monitoring},
                               Part{"全年执行数", &Execution::executed, true},
                               Part{"全年预计执行数", &Execution::forecast, monitoring},
                               Part{"分值", &Execution::weight, evaluation},
                               Part{"执行率", &Execution::rate, true},
                               Part{"得分", &Execution::score, evaluation}};
    if (monitoring) std::swap(parts[3], parts[5]);
    std::vector<Part> used;
    for (const Part& part : parts) {
      if (part.always || std::any_of(table_.execution.begin(), table_.execution.end(),
                                     [&](const Execution& row) { return (row.*part.field).has_value(); })) {
        used.push_back(part);
      }
    }
    std::vector<double> widths(2 + used.size(), 0);
    widths[0] = label_width_;
    widths[1] = 38;
    const auto edges = build_.band(widths);
    build_.row(true);
    build_.cell(edges, 0, 1, table_.money_unit ? "项目资金（" + *table_.money_unit + "）" : "项目资金", Style::label,
                static_cast<int>(table_.execution.size()) + 1);
    build_.cell(edges, 1, 2, "", Style::label);
    const std::string period = monitored_period(table_);
    for (std::size_t i = 0; i < used.size(); ++i) {
      const bool of_period = !period.empty() && (used[i].field == &Execution::executed || used[i].field == &Execution::rate);
      const std::string heading =
          of_period ? period + (used[i].field == &Execution::executed ? "执行数" : "执行率") : std::string(used[i].heading);
      build_.cell(edges, 2 + i, 3 + i, heading, Style::label);
    }
    for (const Execution& row : table_.execution) {
      build_.row();
      build_.cell(edges, 1, 2, shown(row.fund), Style::text);
      for (std::size_t i = 0; i < used.size(); ++i) {
        std::string text(shown(row.*used[i].field));
        if (used[i].field == &Execution::rate && !text.empty()) text += "%";
        build_.cell(edges, 2 + i, 3 + i, text, Style::number);
      }
    }
  }

  /// One row of headings; two where some columns share one above them (偏差原因分析, 中期绩效指标).
  void indicator_heading() {
    const auto& columns = layout_.columns;
    const auto& edges = build_.main();
    const bool two = std::any_of(columns.begin(), columns.end(), [](const IndicatorColumn& column) { return !column.above.empty(); });
    build_.begin_header();
    build_.row(true);
    for (std::size_t i = 0; i < columns.size();) {
      std::size_t end = i + 1;
      while (!columns[i].above.empty() && end < columns.size() && columns[end].above == columns[i].above) ++end;
      if (columns[i].above.empty()) {
        build_.cell(edges, i, end, columns[i].heading, Style::head, two ? 2 : 1).open_bottom = columns[i].field == Field::frame;
      } else {
        build_.cell(edges, i, end, columns[i].above, Style::head);
      }
      i = end;
    }
    if (two) {
      build_.row(true);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i].above.empty()) build_.cell(edges, i, i + 1, columns[i].heading, Style::head);
      }
    }
    build_.end_header();
  }

  const Indicator& at(std::size_t row) const { return layout_.rows[row].any(); }

  bool begins_level1(std::size_t row) const {
    return row == 0 || at(row).level1 != at(row - 1).level1 || at(row).level2.has_value() != at(row - 1).level2.has_value();
  }
  bool begins_level2(std::size_t row) const { return begins_level1(row) || at(row).level2 != at(row - 1).level2; }

  template <class Begins>
  int span(std::size_t row, Begins begins) const {
    std::size_t end = row + 1;
    while (end < layout_.rows.size() && !begins(end)) ++end;
    return static_cast<int>(end - row);
  }

  void indicator_rows() {
    if (layout_.rows.empty()) return blank_row();
    const auto& edges = build_.main();
    for (std::size_t row = 0; row < layout_.rows.size(); ++row) {
      build_.row();
      for (std::size_t c = 0; c < layout_.columns.size(); ++c) {
        const IndicatorColumn& column = layout_.columns[c];
        if (column.field == Field::frame) {
          if (row == 0) frame_cell(c, static_cast<int>(layout_.rows.size()));
        } else if (column.field == Field::level1) {
          if (begins_level1(row)) level1_cell(row, c);
        } else if (column.field == Field::level2) {
          if (at(row).level2 && begins_level2(row)) {
            build_.cell(edges, c, c + 1, *at(row).level2, Style::level, span(row, [&](std::size_t r) { return begins_level2(r); }));
          }
        } else {
          const std::string text = printed(layout_.rows[row], column);
          build_.cell(edges, c, c + 1, text, style_of(layout_.rows[row], column, text));
        }
      }
    }
  }

  /// A null second level is told by a first level over both columns; a blank cell would be read as filled down.
  void level1_cell(std::size_t row, std::size_t c) {
    const bool over_both = !at(row).level2 && layout_.columns[c + 1].field == Field::level2;
    build_.cell(build_.main(), c, c + (over_both ? 2 : 1), at(row).level1, Style::level,
                span(row, [&](std::size_t r) { return begins_level1(r); }));
  }

  void frame_cell(std::size_t c, int rows) {
    build_.cell(build_.main(), c, c + 1, is_year_end() ? "年度绩效指标" : "本年度绩效指标", Style::label, rows).open_top = true;
  }

  /// A form without indicators shows where they belong.
  void blank_row() {
    build_.row();
    for (std::size_t c = 0; c < layout_.columns.size(); ++c) {
      if (layout_.columns[c].field == Field::frame)
        frame_cell(c, 1);
      else
        build_.cell(build_.main(), c, c + 1, "", Style::text);
    }
  }

  void total_score() {
    if (!table_.total_score && table_.kind != TableKind::self_evaluation) return;
    const auto& edges = build_.main();
    const auto& columns = layout_.columns;
    const auto score =
        std::find_if(columns.begin(), columns.end(), [](const IndicatorColumn& column) { return column.field == Field::score; });
    const std::size_t place = std::min(static_cast<std::size_t>(score - columns.begin()), columns.size() - 1);
    build_.row();
    build_.cell(edges, 0, place, "总分", Style::label);
    build_.cell(edges, place, place + 1, shown(table_.total_score), Style::number);
    if (place + 1 < columns.size()) build_.cell(edges, place + 1, columns.size(), "", Style::text);
  }

  const GoalTable& table_;
  double label_width_;
  IndicatorLayout layout_;
  FormBuilder build_;
  FormBuilder::Edges whole_;
  FormBuilder::Edges pair_;
};

}  // namespace

Form goal_form(const GoalTable& table) {
  return GoalForm(table).finish();
}

}  // namespace jiheng::writing
