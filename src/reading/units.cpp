#include "reading/units.h"

#include "base/text.h"
#include "base/word_map.h"

namespace jiheng::reading {
namespace {

constexpr std::string_view simple_units_text =
    "% ‰ 百分比 百分点 个百分点 元 万元 亿元 千元 百元 百万元 美元 万美元 个 家 次 人 件 份 亩 万亩 公里 千米 米 "
    "场 场次 起 年 月 日 天 周 季 季度 小时 分钟 秒 工作日 个工作日 日历天 台 套 台套 台次 条 项 座 处 户 户次 人次 "
    "篇 期 批 批次 吨 万吨 千克 公斤 克 斤 升 毫升 平方米 万平方米 平方公里 平方千米 ㎡ m2 m² 立方米 万立方米 m3 "
    "m³ 公顷 万人 万人次 万户 万次 万件 万份 万册 万个 分 名 所 支 辆 棵 株 只 头 羽 尾 本 册 张 幅 例 宗 类 种 "
    "门 课时 学时 节 级 倍 度 千瓦时 千瓦 兆瓦 兆 兆字节 GB TB MB Mbps M 个月 部 副 把 块 片 根 盏 口 眼 栋 幢 间 "
    "层 床 张床 站 站点 点 路 对 组 队 届 班 班次 车次 航班 趟 艘 架 门次 卷 盒 箱 袋 瓶 桶 枚 面 道 段 扇 樘 延米 "
    "厘米 毫米 km m kg t t/a ℃ 分贝 人天 人日 套次 件次 例次 标段 村 乡镇 镇 县 社区 街道 单位 系统 平台 万字 字 "
    "页 秒钟 万台 万套 万辆 万株 万头 万只 吨标准煤 毫克 微克 小时内 元整 刻 岁 周岁 剂 剂次 人份 人月 首 集 稿 "
    "亿斤 万斤 万吨公里 立方 平方 万平方 万立方 万公里 车 辆次 航次 标箱 万标箱 W kW KW MW kwh kWh 万千瓦 万千瓦时 "
    "亿千瓦时 KB PB mg L g ml 企业 学校 项次 台数 万元整 亿 万 桌 餐 款次 笔 万笔 单 万单 票 案 案件 窝 箱次 丛 穴 "
    "垄 里 孔 井 泵 栏 屏 套件 幅次 人年 户年 床位 张次 机构 人份数 万亩次 亩次 株次 校 园 馆 厂 师 寸 盘 版 例数 "
    "宗地 则 款 万尾 万棵 万条 万张 万本 万盆";

const WordMap<bool>& simple_units() {
  static const WordMap<bool> units = [] {
    std::vector<WordMap<bool>::Entry> entries;
    add_words(entries, simple_units_text, true);
    return WordMap<bool>(std::move(entries));
  }();
  return units;
}

/// The parts of 元/人·月, 台（套）, 人次（户） one by one.
bool parts_are_units(std::string_view text) {
  std::size_t part = 0;  // where the present one begins
  int parts = 0;
  const auto ends_at = [&](std::size_t end) {
    if (end == part) return true;
    ++parts;
    return simple_units().contains(text.substr(part, end - part));
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    const bool separator = c == '/' || c == 0xB7 || c == 0x2022 || c == 0x30FB || c == '(' || c == ')' || c == 0xFF08 || c == 0xFF09 ||
                           c == 0x3001 || c == '*' || c == ' ' || c == 0x6BCF;  // 每
    if (!separator) continue;
    if (!ends_at(from)) return false;
    part = at;
  }
  return ends_at(text.size()) && parts >= 1 && parts <= 4;
}

/// "(%)", "（度）": the text without brackets that close round all of it.
std::string_view without_brackets(std::string_view text) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}, {"（", ")"}, {"(", "）"}}) {
    if (text.size() <= open.size() + close.size() || !starts_with(text, open) || !ends_with(text, close)) continue;
    const std::string_view inner = text.substr(open.size(), text.size() - open.size() - close.size());
    if (!contains(inner, open)) return trim(inner);
  }
  return text;
}

/// 万页, 亿单位, 千株: a unit counted in thousands and more.
bool is_unit_by_number(std::string_view text) {
  for (const std::string_view number : {"万", "亿", "千"}) {
    if (starts_with(text, number)) return simple_units().contains(text.substr(number.size()));
  }
  return false;
}

}  // namespace

bool is_measurement_unit(std::string_view text) {
  if (text.empty() || text.size() > 36) return false;
  return simple_units().contains(text) || is_unit_by_number(text) || parts_are_units(text);
}

std::string_view canonical_unit(std::string_view printed, TextPool& texts) {
  if (printed != "百分比" && simple_units().contains(printed)) return printed;
  std::string_view unit = texts.normal(printed);
  if (!unit.empty() && (unit.back() == ')' || ends_with(unit, "）"))) {
    unit = without_brackets(unit);
    // The sign and the word for it, each explaining the other: "%（百分比）".
    for (const std::string_view sign : {"%", "百分比"}) {
      if (!starts_with(unit, sign) || unit.size() == sign.size()) continue;
      const std::string_view inner = without_brackets(unit.substr(sign.size()));
      if (inner == "%" || inner == "百分比") return "%";
    }
  }
  return unit == "百分比" ? "%" : unit;
}

}  // namespace jiheng::reading
