#include "page_maker.h"

#include "base/text.h"

namespace jiheng::reading {
namespace {

std::vector<std::vector<std::string>> slots_of(std::string_view picture) {
  std::vector<std::vector<std::string>> rows;
  while (!picture.empty()) {
    const std::size_t end = std::min(picture.find('\n'), picture.size());
    std::string_view line = trim(picture.substr(0, end));
    picture.remove_prefix(std::min(end + 1, picture.size()));
    if (line.empty()) continue;
    auto& row = rows.emplace_back();
    line.remove_prefix(1);
    while (!line.empty()) {
      const std::size_t bar = std::min(line.find('|'), line.size());
      row.emplace_back(trim(line.substr(0, bar)));
      line.remove_prefix(std::min(bar + 1, line.size()));
      if (trim(line).empty()) break;
    }
  }
  return rows;
}

}  // namespace

PageMaker::PageMaker(int number, float width, float height) {
  page_.number = number;
  page_.width = width;
  page_.height = height;
}

PageMaker& PageMaker::text(float x, float baseline, std::string_view text, float size) {
  ++run_;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const float width = is_cjk(c) || c > 0x2000 ? size : size / 2;
    page_.glyphs.push_back({c, {x, baseline - size * 0.86F, x + width, baseline + size * 0.14F}, baseline, size, run_});
    x += width;
  }
  return *this;
}

PageMaker& PageMaker::across(float y, float from, float to, float thickness) {
  page_.rules.push_back({{from, y - thickness / 2, to, y + thickness / 2}});
  return *this;
}

PageMaker& PageMaker::upright(float x, float from, float to, float thickness) {
  page_.rules.push_back({{x - thickness / 2, from, x + thickness / 2, to}});
  return *this;
}

PageMaker& PageMaker::table(const std::vector<float>& columns, const std::vector<float>& rows, std::string_view picture,
                            const Drawing& drawing) {
  const auto slots = slots_of(picture);
  const auto slot = [&](std::size_t row, std::size_t column) -> const std::string& { return slots.at(row).at(column); };
  for (std::size_t row = 0; row < slots.size(); ++row) {
    for (std::size_t column = 0; column < slots[row].size(); ++column) {
      const std::string& text = slot(row, column);
      const bool left = column == 0 ? drawing.left : text != "<";
      const bool top = row == 0 ? drawing.top : text != "^" && !(text == "<" && slot(row, 0) == "^" && slot(row, column - 1) == "^");
      if (left) upright(columns[column], rows[row], rows[row + 1], drawing.thickness);
      if (top) across(rows[row], columns[column], columns[column + 1], drawing.thickness);
      if (text == "<" || text == "^") continue;
      float baseline = rows[row] + drawing.size + 1;
      for (std::string_view rest = text; !rest.empty();) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        this->text(columns[column] + 3, baseline, rest.substr(0, end), drawing.size);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        baseline += drawing.line_gap;
      }
    }
    if (drawing.right) upright(columns.back(), rows[row], rows[row + 1], drawing.thickness);
  }
  if (drawing.bottom) across(rows.back(), columns.front(), columns.back(), drawing.thickness);
  return *this;
}

}  // namespace jiheng::reading
