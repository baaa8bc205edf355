#include "reading/target_doubts.h"

#include <chrono>
#include <string>

#include "base/text.h"

namespace jiheng::reading {
namespace {

bool mentions_any(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (contains(text, word)) return true;
  }
  return false;
}

/// "0.95", "1", "1.00": at most one.
bool is_fraction(std::string_view value) {
  return starts_with(value, "0.") || value == "1" ||
         (starts_with(value, "1.") && value.find_first_not_of("0", 2) == std::string_view::npos);
}

/// 满意度 ≥ 0.95 %: a share that somebody wrote as a fraction.
bool is_share_as_fraction(const Target& target, std::string_view name) {
  if (target.unit != "%" || !is_fraction(*target.value) || target.upper) return false;
  if (target.comparator != Comparator::at_least && target.comparator != Comparator::equal && target.comparator != Comparator::more_than &&
      target.comparator != Comparator::none)
    return false;
  return mentions_any(name, {"率", "满意度", "比例", "占比"}) &&
         !mentions_any(name, {"增长", "增幅", "提高", "提升", "下降", "降低", "差错", "投诉", "死亡", "故障", "事故", "发生", "误差",
                              "缺陷", "违规"});
}

/// 46022 where a date is asked for: the day as a spreadsheet counts it. Empty where it is none.
std::string date_of_serial(const Target& target, std::string_view name) {
  const std::string_view value = *target.value;
  if (target.unit || value.size() != 5 || value < "42000" || value > "56000" || value.find('.') != std::string_view::npos) return {};
  if (!mentions_any(name, {"时间", "日期", "时限", "期限", "时点", "完成", "及时"})) return {};
  const std::chrono::sys_days day =
      std::chrono::sys_days(std::chrono::year(1899) / 12 / 30) + std::chrono::days(std::stoi(std::string(value)));
  const std::chrono::year_month_day date(day);
  return std::to_string(static_cast<int>(date.year())) + "年" + std::to_string(static_cast<unsigned>(date.month())) + "月" +
         std::to_string(static_cast<unsigned>(date.day())) + "日";
}

}  // namespace

std::string_view doubt_of_number(const Target& target, std::string_view name, TextPool& texts) {
  if (!target.value) return {};
  if (is_share_as_fraction(target, name)) {
    return texts.join({"指标值“", *target.value, "”的单位是%，可能是把百分数写成了小数，按原样保留，请核对。"});
  }
  if (const std::string date = date_of_serial(target, name); !date.empty())
    return texts.join({"指标值“", *target.value, "”像是电子表格里日期的序号（", date, "），按原样保留，请核对。"});
  return {};
}

}  // namespace jiheng::reading
