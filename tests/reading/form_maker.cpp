#include "form_maker.h"

#include <algorithm>

namespace jiheng::reading {
namespace {

using Words = std::vector<const char*>;

enum class Part {
  unit_name,  // of a list, the four
  project,
  amount,
  goal,
  frame,
  level1,
  level2,
  level3,
  comparator,
  value,
  long_term,
  unit,
  weight,
  explanation,
  scoring_rule,
  note,
  actual,
  score,
  deviation,
  forecast,
  cause,   // six columns under one header
  choice,  // three columns under one header
};

const std::vector<const char*> cause_names = {"经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"};
const std::vector<const char*> choice_names = {"确定能", "有可能", "完全不可能"};

/// The levels, with the second levels and the names that forms print for each.
struct Level {
  const char* canonical;
  Words printed;
};
const std::vector<Level> level1s = {{"成本指标", {"成本指标", "成本", "成本指标（20分）"}},
                                    {"产出指标", {"产出指标", "产出类指标", "项目产出", "产出指标（50分）", "一、产出指标"}},
                                    {"效益指标", {"效益指标", "效益", "效果指标", "项目效益"}},
                                    {"满意度指标", {"满意度指标", "满意度", "满意度指标(10分)"}}};
const std::vector<std::vector<Level>> level2s = {
    {{"经济成本指标", {"经济成本指标", "经济成本"}}, {"社会成本指标", {"社会成本指标"}}, {"生态环境成本指标", {"生态环境成本指标"}}},
    {{"数量指标", {"数量指标", "数量", "产出数量"}}, {"质量指标", {"质量指标", "质量"}}, {"时效指标", {"时效指标", "产出时效"}}},
    {{"经济效益指标", {"经济效益指标", "经济效益"}},
     {"社会效益指标", {"社会效益指标", "社会效益"}},
     {"生态效益指标", {"生态效益指标", "环境效益指标", "生态效益"}},
     {"可持续影响指标", {"可持续影响指标", "可持续影响"}}},
    {{"服务对象满意度指标", {"服务对象满意度指标", "服务对象满意度", "社会公众或服务对象满意度指标"}}}};

const Words subjects = {"渠道养护", "闸门更新", "水质监测", "泵站检修", "河道巡查", "堤防加固", "灌区计量", "水库除险"};
const Words measures = {"长度", "次数", "覆盖面", "及时性", "合格情况", "控制水平", "人数", "受益面", "完好程度", "投诉处理"};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  MadeForm make();

 private:
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  std::string pick(const Words& words) { return words[below(words.size())]; }
  bool has(Part part) const { return std::find(columns_.begin(), columns_.end(), part) != columns_.end(); }
  void choose_columns();
  std::string header_of(Part part);
  static bool has_none_of(const std::vector<Part>& parts, std::initializer_list<Part> unwanted) {
    return std::none_of(unwanted.begin(), unwanted.end(), [&](Part p) { return std::find(parts.begin(), parts.end(), p) != parts.end(); });
  }
  void head(GoalTable& table);
  void pair_row(const std::string& label, const std::string& value);
  void indicators(GoalTable& table);
  void indicator_header();
  void foot(GoalTable& table);
  void list_cells(GoalTable& table, std::size_t first_row);
  void target(Indicator& indicator, std::string& name, std::string& comparator, std::string& value, std::string& unit);
  void add_row(std::vector<std::string> texts);
  void merge_down(std::size_t column, std::size_t from, std::size_t to);

  std::mt19937_64 random_;
  MadeForm form_;
  TableKind kind_ = TableKind::project;
  std::vector<Part> columns_;
  bool unit_in_name_ = false;
  bool unit_in_value_ = false;
  bool list_ = false;
  bool wide_labels_ = false;
  bool split_header_ = false;
  int list_style_ = 0;  ///< as level_style_, of the list's own columns
  std::size_t header_row_ = 0;
  std::vector<std::string> header_texts_;
  int level_style_ = 0;  ///< 0 merged, 1 repeated, 2 left blank
  std::size_t width_ = 0;
};

void Maker::choose_columns() {
  columns_ = {Part::level1, Part::level2, Part::level3};
  if (chance(10)) std::reverse(columns_.begin(), columns_.end());
  std::vector<Part> rest = {Part::value};
  if (chance(60)) rest.push_back(Part::comparator);
  const int units = static_cast<int>(below(10));
  if (units < 6) rest.push_back(Part::unit);
  unit_in_value_ = units >= 6 && units < 9;
  unit_in_name_ = units == 9;
  for (const Part part : {Part::explanation, Part::scoring_rule, Part::note}) {
    if (chance(40)) rest.push_back(part);
  }
  if (chance(40) || kind_ == TableKind::self_evaluation) rest.push_back(Part::weight);
  if (kind_ == TableKind::self_evaluation) {
    for (const Part part : {Part::actual, Part::score, Part::deviation}) rest.push_back(part);
  }
  if (kind_ == TableKind::monitoring) {
    for (const Part part : {Part::actual, Part::forecast}) rest.push_back(part);
  }
  // The mid-term value in a column of its own, of the same comparator and unit.
  if (kind_ == TableKind::project && !list_ && has_none_of(rest, {Part::actual}) && chance(10)) rest.push_back(Part::long_term);
  for (std::size_t i = rest.size(); i > 1; --i) std::swap(rest[i - 1], rest[below(i)]);
  columns_.insert(columns_.end(), rest.begin(), rest.end());
  if (has(Part::weight) && chance(15)) {
    // Between the levels.
    columns_.erase(std::find(columns_.begin(), columns_.end(), Part::weight));
    columns_.insert(columns_.begin() + static_cast<std::ptrdiff_t>(1 + below(2)), Part::weight);
  }
  split_header_ = kind_ == TableKind::monitoring;
  if (split_header_) {
    columns_.insert(columns_.end(), cause_names.size(), Part::cause);
    columns_.insert(columns_.end(), choice_names.size(), Part::choice);
  }
  if (list_) {
    std::vector<Part> own = {Part::project};
    if (chance(50)) own.insert(own.begin(), Part::unit_name);
    if (chance(60)) own.push_back(Part::amount);
    if (chance(60)) own.push_back(Part::goal);
    columns_.insert(columns_.begin(), own.begin(), own.end());
    list_style_ = static_cast<int>(below(3));
  } else if (chance(40)) {
    columns_.insert(columns_.begin(), Part::frame);
  }
  level_style_ = static_cast<int>(below(3));
  width_ = columns_.size();
}

std::string Maker::header_of(Part part) {
  switch (part) {
    case Part::unit_name:
      return pick({"单位名称", "预算单位"});
    case Part::project:
      return "项目名称";
    case Part::amount:
      return pick({"预算金额", "预算数", "年度资金总额", "资金总额", "预算金额（万元）"});
    case Part::goal:
      return pick({"绩效目标", "年度目标", "年度绩效目标"});
    case Part::long_term:
      return pick({"中期指标值", "实施期指标值", "中期目标值"});
    case Part::forecast:
      return pick({"全年预计完成情况", "全年预计完成值", "预计全年完成值"});
    case Part::cause:
      return pick({"偏差原因分析", "原因分析"});
    case Part::choice:
      return pick({"完成目标可能性", "完成可能性", "目标完成可能性"});
    case Part::frame:
      return pick({"绩效指标", "年度绩效指标", "绩效指标（90分）"});
    case Part::level1:
      return pick({"一级指标", "一级\n指标"});
    case Part::level2:
      return pick({"二级指标", "二级 指标"});
    case Part::level3:
      return pick({"三级指标", "指标名称", "三级指标名称"});
    case Part::comparator:
      return pick({"指标值类型", "指标性质", "计算符号", "指标方向", "比较符号", "指标方向性", "运算符号"});
    case Part::value:
      return pick({"指标值", "目标值", "年度指标值", "本年指标值", "指标目标值"});
    case Part::unit:
      return pick({"度量单位", "计量单位", "单位"});
    case Part::weight:
      return pick({"权重", "分值", "分值权重", "权重（%）"});
    case Part::explanation:
      return pick({"指标解释", "指标值说明", "指标说明", "指标值说明（指标解释）"});
    case Part::scoring_rule:
      return pick({"评（扣）分标准", "评价标准", "赋分规则", "评分标准"});
    case Part::note:
      return "备注";
    case Part::actual:
      if (kind_ == TableKind::monitoring) return pick({"1-7月执行情况", "1-6月完成情况", "目前完成情况"});
      return pick({"实际完成值", "全年完成值", "完成值", "全年实际完成值"});
    case Part::score:
      return pick({"得分", "自评得分"});
    case Part::deviation:
      return pick({"偏差原因分析及改进措施", "未完成原因分析", "偏差原因"});
  }
  return {};
}

void Maker::add_row(std::vector<std::string> texts) {
  std::vector<MadeCell> row(width_);
  for (std::size_t i = 0; i < texts.size() && i < width_; ++i) row[i].text = std::move(texts[i]);
  form_.rows.push_back(std::move(row));
}

void Maker::merge_down(std::size_t column, std::size_t from, std::size_t to) {
  form_.rows[from][column].row_span = static_cast<std::uint32_t>(to - from);
  for (std::size_t row = from + 1; row < to; ++row) form_.rows[row][column] = {"", 1, 1, true};
}

void Maker::pair_row(const std::string& label, const std::string& value) {
  // The label over one column or over two.
  const std::size_t from = wide_labels_ && width_ > 3 ? 2 : 1;
  add_row({});
  std::vector<MadeCell>& row = form_.rows.back();
  row[0].text = label;
  row[from].text = value;
  row[0].column_span = static_cast<std::uint32_t>(from);
  row[from].column_span = static_cast<std::uint32_t>(width_ - from);
  for (std::size_t i = 1; i < width_; ++i) row[i].covered = i != from;
}

void Maker::head(GoalTable& table) {
  if (kind_ == TableKind::overall) {
    table.annual_goal = "保障灌溉和防汛，" + pick(subjects) + "按期完成。";
    pair_row(pick({"年度履职目标", "年度总体目标", "整体绩效目标"}), *table.annual_goal);
    return;
  }
  table.project_name = pick(subjects) + pick({"专项", "经费", "项目"});
  pair_row("项目名称", *table.project_name);
  if (kind_ == TableKind::project && chance(60)) {
    table.amount = std::to_string(below(9000)) + (chance(50) ? ".50" : "");
    pair_row(pick({"年度预算金额", "年度资金总额：", "本年预算"}), *table.amount);
  }
  if (chance(70)) {
    table.annual_goal = "完成" + pick(subjects) + "，保障用水。";
    pair_row(pick({"本年度绩效目标", "年度目标", "年度绩效目标"}), *table.annual_goal);
  }
}

void Maker::target(Indicator& indicator, std::string& name, std::string& comparator, std::string& value, std::string& unit) {
  if (chance(15)) {
    indicator.value = pick({"提升", "健全", "有效改善", "及时完成", "持续向好"});
    indicator.comparator = Comparator::qualitative;
    value = *indicator.value;
    if (has(Part::comparator) && chance(70)) comparator = "定性";
    return;
  }
  std::string number = std::to_string(2 + below(90));
  std::string printed = number;
  switch (below(4)) {
    case 0:
      number += "." + std::to_string(1 + below(9)) + (chance(30) ? "0" : "");
      printed = number;
      break;
    case 1:
      number = std::to_string(1 + below(9)) + std::to_string(100 + below(900));
      printed = chance(50) ? number.substr(0, 1) + "," + number.substr(1) : number;
      break;
    default:
      break;
  }
  indicator.value = number;
  const std::string printed_unit = pick({"公里", "次", "%", "百分比", "万元", "台（套）", "元/人", "户", "个工作日", "人次"});
  const Text canonical = printed_unit == "百分比" ? "%" : printed_unit;
  struct Sign {
    Comparator comparator;
    Words signs;
    Words words;
    Words behind;
  };
  static const std::vector<Sign> all = {
      {Comparator::at_least, {"≥", "≧", ">=", "＞＝"}, {"不低于", "大于等于", "不少于", "至少"}, {"以上", "（含）以上", "及以上"}},
      {Comparator::at_most, {"≤", "<=", "≦"}, {"不超过", "不高于", "小于等于", "不多于"}, {"以内", "以下", "及以下"}},
      {Comparator::more_than, {">", "＞"}, {"大于", "超过"}, {}},
      {Comparator::less_than, {"<", "＜"}, {"小于"}, {}},
      {Comparator::equal, {"=", "＝"}, {"等于"}, {}}};
  const Sign& sign = all[below(all.size())];
  const bool none = !has(Part::comparator) && chance(5);
  if (!none) indicator.comparator = sign.comparator;
  std::string shown_unit;
  if (has(Part::unit)) {
    unit = printed_unit;
    indicator.unit = canonical;
    if (chance(10)) shown_unit = printed_unit;
  } else if (unit_in_value_) {
    shown_unit = printed_unit;
    indicator.unit = canonical;
  } else if (unit_in_name_) {
    name += "（" + printed_unit + "）";
    indicator.unit = canonical;
  }
  value = printed + (shown_unit.empty() || !chance(20) ? shown_unit : "(" + shown_unit + ")");
  if (none) return;
  if (has(Part::comparator)) {
    comparator = chance(70) ? pick(sign.signs) : pick(sign.words);
    return;
  }
  const std::size_t way = below(3);
  if (way == 0 && sign.behind.size() > 0)
    value += pick(sign.behind);
  else if (way == 1)
    value = pick(sign.words) + value;
  else
    value = pick(sign.signs) + (chance(20) ? " " : "") + value;
}

void Maker::indicator_header() {
  header_row_ = form_.rows.size();
  std::vector<std::string> header;
  Part last = Part::frame;
  for (const Part part : columns_) {
    const bool same = part == last && (part == Part::cause || part == Part::choice);
    header.push_back(same ? "" : header_of(part));
    last = part;
  }
  header_texts_ = header;
  add_row(header);
  if (!split_header_) return;
  add_row({});
  std::size_t cause = 0;
  std::size_t choice = 0;
  for (std::size_t i = 0; i < width_; ++i) {
    MadeCell& over = form_.rows[header_row_][i];
    MadeCell& under = form_.rows[header_row_ + 1][i];
    if (columns_[i] == Part::cause) {
      over.covered = cause > 0;
      if (cause == 0) over.column_span = static_cast<std::uint32_t>(cause_names.size());
      under.text = cause_names[cause++];
    } else if (columns_[i] == Part::choice) {
      over.covered = choice > 0;
      if (choice == 0) over.column_span = static_cast<std::uint32_t>(choice_names.size());
      under.text = choice_names[choice++];
    } else {
      over.row_span = 2;
      under.covered = true;
    }
  }
}

/// The project beside its indicators: in one merged cell, on each row, or on the first only.
void Maker::list_cells(GoalTable& table, std::size_t first_row) {
  const std::size_t end = form_.rows.size();
  if (end == first_row) return;
  for (std::size_t column = 0; column < width_; ++column) {
    std::string text;
    switch (columns_[column]) {
      case Part::unit_name:
        text = *(table.unit_name = "青禾县" + pick({"灌区站", "机电站"}));
        break;
      case Part::project:
        text = *(table.project_name = pick(subjects) + "第" + std::to_string(form_.truth.size() + 1) + "期");
        break;
      case Part::amount:
        text = *(table.amount = std::to_string(1 + below(5000)));
        break;
      case Part::goal:
        text = *(table.annual_goal = "完成" + pick(subjects) + "，保障用水。");
        break;
      default:
        continue;
    }
    for (std::size_t row = first_row; row < end; ++row) {
      if (row == first_row || list_style_ == 1) form_.rows[row][column].text = text;
    }
    if (list_style_ == 0) merge_down(column, first_row, end);
  }
}

/// The total, and what stands below: rows that hold no indicator.
void Maker::foot(GoalTable& table) {
  if (kind_ == TableKind::self_evaluation && chance(60)) {
    add_row({});
    std::vector<MadeCell>& row = form_.rows.back();
    const auto at = [&](Part part) {
      return static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), part) - columns_.begin());
    };
    row[has(Part::frame) ? 1 : 0].text = "总分";
    if (at(Part::weight) > at(Part::level3)) row[at(Part::weight)].text = "100";
    row[at(Part::score)].text = *(table.total_score = std::to_string(60 + below(40)) + ".5");
  }
  if (!list_ && !has(Part::frame) && chance(30)) {
    add_row({pick({"填报人：林某某", "联系电话：0731-0000000", "备注", "其他需要说明的问题"}), ""});
    form_.rows.back()[1].text = pick({"无", "2026年1月8日"});
  }
}

void Maker::indicators(GoalTable& table) {
  if (!list_ || form_.rows.empty()) indicator_header();
  const std::size_t top = header_row_;
  const std::size_t first_of_table = form_.rows.size();
  std::size_t serial = 0;
  std::vector<std::size_t> order = {0, 1, 2, 3};
  if (chance(30)) std::swap(order[0], order[3]);
  const auto column_of = [&](Part part) {
    return static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), part) - columns_.begin());
  };
  for (const std::size_t one : order) {
    if (chance(20)) continue;
    const std::size_t first_row = form_.rows.size();
    const std::string printed1 = pick(level1s[one].printed);
    for (const Level& second : level2s[one]) {
      if (chance(30)) continue;
      const std::size_t second_row = form_.rows.size();
      const std::string printed2 = pick(second.printed);
      for (std::size_t n = 1 + below(3); n > 0; --n) {
        Indicator indicator;
        indicator.level1 = level1s[one].canonical;
        indicator.level2 = second.canonical;
        std::string name = pick(subjects) + pick(measures) + std::to_string(++serial) + "号";
        std::string comparator;
        std::string value;
        std::string unit;
        target(indicator, name, comparator, value, unit);
        indicator.level3 = name;
        std::vector<std::string> texts(width_);
        const auto put = [&](Part part, const std::string& text) {
          if (has(part)) texts[column_of(part)] = text;
        };
        const auto fill = [&](Part part, Text& field, const std::string& text, int percent) {
          if (!has(part) || !chance(percent)) return;
          field = text;
          put(part, text);
        };
        const bool blank = level_style_ != 1;
        put(Part::level1, blank && form_.rows.size() > first_row ? "" : printed1);
        put(Part::level2, blank && form_.rows.size() > second_row ? "" : printed2);
        put(Part::level3, name);
        put(Part::comparator, comparator);
        put(Part::value, value);
        put(Part::unit, unit);
        fill(Part::weight, indicator.weight, std::to_string(1 + below(20)) + (chance(20) ? ".5" : ""), 100);
        fill(Part::explanation, indicator.explanation, "反映" + pick(subjects) + "的实际情况", 70);
        fill(Part::scoring_rule, indicator.scoring_rule, "每少1个单位扣" + std::to_string(1 + below(3)) + "分，扣完为止", 60);
        fill(Part::note, indicator.note, pick({"以实际为准", "含上年结转", "抽查"}), 40);
        fill(Part::actual, indicator.actual, indicator.comparator == Comparator::qualitative ? "达成预期" : std::to_string(1 + below(100)),
             90);
        fill(Part::score, indicator.score, std::to_string(below(20)), 90);
        if (kind_ == TableKind::monitoring) {
          fill(Part::forecast, indicator.forecast,
               indicator.comparator == Comparator::qualitative ? "达成预期" : std::to_string(1 + below(100)), 80);
          const std::size_t causes = column_of(Part::cause);
          for (std::size_t i = 0; i < cause_names.size(); ++i) {
            if (!chance(15)) continue;
            texts[causes + i] = pick({"资金到位晚", "人手不足", "制度待建"});
            indicator.causes.emplace_back(cause_names[i], texts[causes + i]);
          }
          if (chance(80)) {
            const std::size_t chosen = below(choice_names.size());
            texts[column_of(Part::choice) + chosen] = pick({"√", "☑", "✓"});
            indicator.likelihood = choice_names[chosen];
          }
        }
        fill(Part::deviation, indicator.deviation, pick({"汛期停工", "资金到位晚", "无"}), 40);
        const bool plain = indicator.comparator != Comparator::qualitative && indicator.comparator != Comparator::none;
        if (has(Part::long_term) && plain && has(Part::comparator) && has(Part::unit)) {
          Indicator long_term = indicator;
          long_term.long_term = true;
          long_term.value = std::to_string(100 + below(900));
          texts[column_of(Part::long_term)] = *long_term.value;
          const bool first = column_of(Part::long_term) < column_of(Part::value);
          if (first) table.indicators.push_back(std::move(long_term));
          table.indicators.push_back(std::move(indicator));
          if (!first) table.indicators.push_back(std::move(long_term));
        } else {
          table.indicators.push_back(std::move(indicator));
        }
        if (!list_ && level_style_ == 1 && !split_header_ && !has(Part::frame) && chance(3)) add_row(header_texts_);  // a page break
        add_row(std::move(texts));
      }
      if (level_style_ == 0) merge_down(column_of(Part::level2), second_row, form_.rows.size());
    }
    if (level_style_ == 0 && form_.rows.size() > first_row) merge_down(column_of(Part::level1), first_row, form_.rows.size());
  }
  if (list_) list_cells(table, first_of_table);
  foot(table);
  if (has(Part::frame)) merge_down(0, top, form_.rows.size());
}

MadeForm Maker::make() {
  form_ = {};
  kind_ = std::vector<TableKind>{TableKind::project, TableKind::project, TableKind::overall, TableKind::self_evaluation,
                                 TableKind::monitoring}[below(5)];
  list_ = kind_ == TableKind::project && chance(25);
  wide_labels_ = chance(30);
  const std::string year = std::to_string(2022 + below(6));
  const std::string core = kind_ == TableKind::overall   ? pick({"部门整体支出绩效目标表", "部门整体支出绩效目标申报表"})
                           : kind_ == TableKind::project ? pick({"项目支出绩效目标表", "项目支出绩效目标申报表", "预算项目绩效目标公开表"})
                           : kind_ == TableKind::monitoring ? pick({"项目支出绩效运行监控表", "项目支出绩效目标执行监控表"})
                                                            : pick({"项目支出绩效自评表", "部门预算项目支出绩效自评表"});
  std::string title = core;
  switch (below(3)) {
    case 0:
      title = year + "年" + core;
      form_.lines = {title};
      break;
    case 1:
      title = core + "（" + year + "年度）";
      form_.lines = {title};
      break;
    default:
      form_.lines = {title, "（" + year + "年度）"};
  }
  const std::string unit = "青禾县" + pick({"水务局", "渠道管理所", "水文站"});
  const std::string money = pick({"万元", "元"});
  form_.lines.push_back("填报单位（盖章）：" + unit + "    " + pick({"金额单位：", "单位："}) + money);
  choose_columns();
  const std::size_t count = list_ ? 1 + below(4) : kind_ != TableKind::overall && chance(20) ? 2 : 1;
  for (std::size_t n = 0; n < count; ++n) {
    GoalTable table;
    table.kind = kind_;
    if (n == 0 || list_) table.title = title;
    table.year = std::stoi(year);
    table.unit_name = unit;
    table.money_unit = money;
    if (!list_) head(table);
    indicators(table);
    // A project of a list without indicators leaves no row.
    if (list_ && table.indicators.empty()) continue;
    form_.truth.push_back(std::move(table));
  }
  if (form_.truth.empty()) return make();
  form_.options = core + (list_ ? " (list), " : ", ") + std::to_string(width_) + " columns, levels " +
                  std::vector<std::string>{"merged", "repeated", "blank"}[static_cast<std::size_t>(level_style_)];
  return std::move(form_);
}

}  // namespace

MadeForm make_form(std::uint64_t seed) {
  return Maker(seed).make();
}

}  // namespace jiheng::reading
