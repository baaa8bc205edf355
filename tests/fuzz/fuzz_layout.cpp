// Forms that no carrier would make: words of the forms and the fuzzer's own, in cells of any span, in any order.
#include <algorithm>
#include <array>
#include <string>

#include "check.h"
#include "goals/views.h"
#include "reading/encoding.h"
#include "reading/recognise.h"
#include "reading/text_pool.h"

namespace {

using namespace jiheng;

constexpr std::array words = {"",
                              "一级指标",
                              "二级指标",
                              "三级指标",
                              "指标名称",
                              "绩效指标",
                              "指标值",
                              "中期指标值",
                              "度量单位",
                              "指标性质",
                              "计算符号",
                              "分值",
                              "得分",
                              "完成值",
                              "偏差原因分析",
                              "经费保障",
                              "确定能",
                              "有可能",
                              "完成可能性",
                              "指标解释",
                              "评分标准",
                              "备注",
                              "产出指标",
                              "数量指标",
                              "效益指标",
                              "满意度指标",
                              "服务对象满意度指标",
                              "≥",
                              "定性",
                              "≥95%",
                              "42.5公里",
                              "1600人、200人",
                              "95%-98%",
                              "%",
                              "项目名称",
                              "单位名称",
                              "主管部门",
                              "实施单位",
                              "年度目标",
                              "中期目标",
                              "长期绩效指标",
                              "年度绩效指标",
                              "实际完成情况",
                              "主要任务",
                              "任务名称",
                              "主要内容",
                              "资金总额",
                              "一般公共预算",
                              "基本支出",
                              "项目支出",
                              "年初预算数",
                              "全年执行数",
                              "执行率",
                              "年度资金总额：",
                              "总分",
                              "合计",
                              "填报人",
                              "渠道养护",
                              "受益农户≥1300户；农户满意度≥90%",
                              "2026年项目支出绩效目标表",
                              "项目支出绩效自评表",
                              "项目支出绩效目标执行监控表",
                              "部门整体支出绩效目标表",
                              "（2026年度）",
                              "填报单位：某局    单位：万元",
                              "1813.77",
                              "☑确定能 □有可能",
                              "√",
                              "……",
                              "无",
                              "指标1：",
                              "一、产出指标"};

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}
  bool empty() const { return bytes_.empty(); }
  std::uint8_t take() {
    if (bytes_.empty()) return 0;
    const auto byte = static_cast<std::uint8_t>(bytes_[0]);
    bytes_.remove_prefix(1);
    return byte;
  }
  std::string_view take(std::size_t size) {
    const std::string_view part = bytes_.substr(0, size);
    bytes_.remove_prefix(part.size());
    return part;
  }

 private:
  std::string_view bytes_;
};

std::string_view text_of(Bytes& bytes, reading::Layout& layout) {
  const std::uint8_t which = bytes.take();
  if (which < words.size()) return words[which];
  const std::string_view own = bytes.take(which % 16);
  return reading::first_invalid_utf8(own) == std::string_view::npos ? layout.pool.keep(own) : std::string_view();
}

reading::Block grid_of(Bytes& bytes, reading::Layout& layout) {
  reading::Block block;
  block.kind = reading::Block::Kind::grid;
  const std::uint8_t shape = bytes.take();
  block.from_lines = (shape & 1) != 0;
  const std::uint32_t columns = 1 + (shape >> 1 & 15);
  const std::uint32_t rows = 1 + bytes.take() % 24;
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (std::uint32_t column = 0; column < columns; ++column) {
      const std::uint8_t spans = bytes.take();
      if ((spans & 0x80) != 0) continue;
      reading::Cell cell;
      cell.text = text_of(bytes, layout);
      cell.row = row;
      cell.column = column;
      if (!block.from_lines) {
        cell.row_span = 1 + (spans >> 4 & 3);
        cell.column_span = std::min(1U + (spans & 3), columns - column);
      }
      cell.percent = (spans & 0x0C) == 0x0C;
      block.grid.cells.push_back(cell);
    }
  }
  block.grid.settle();
  return block;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(fuzz::view(data, size));
  reading::Layout layout;
  while (!bytes.empty() && layout.blocks.size() < 6) {
    if (bytes.take() % 3 == 0) {
      reading::Block block;
      block.text = text_of(bytes, layout);
      layout.blocks.push_back(std::move(block));
    } else {
      layout.blocks.push_back(grid_of(bytes, layout));
    }
  }
  reading::TextPool texts;
  views::Document read;
  read.format = "text";
  reading::recognise(layout, read, texts);
  const Document document = views::owned(read);
  fuzz::check(document);
  for (const Note& note : document.notes) {
    fuzz::require(!note.table || (*note.table >= 0 && *note.table < static_cast<int>(document.tables.size())), "a note on no table");
    if (!note.table || !note.indicator) continue;
    const auto count = static_cast<int>(document.tables[static_cast<std::size_t>(*note.table)].indicators.size());
    fuzz::require(*note.indicator >= 0 && *note.indicator < count, "a note on no indicator");
  }
  return 0;
}
