#include "ledgers/papers/reading.h"

#include <algorithm>

#include "base/text.h"

namespace jiheng::ledgers {
namespace {

constexpr int most_blank_rows = 50;
constexpr std::size_t longest_text = 64U << 10;

int blank_rows(Part& part) {
  const std::string blank = part.text("blank");
  if (blank.empty()) return 0;
  if (blank.size() > 2 || !std::all_of(blank.begin(), blank.end(), [](char c) { return c >= '0' && c <= '9'; }) ||
      std::stoi(blank) > most_blank_rows)
    fail(part.node("blank"), "空行数（blank）应是不超过" + std::to_string(most_blank_rows) + "的整数");
  return std::stoi(blank);
}

std::vector<PaperPart> parts_of(Part& paper, const std::string& word, bool many) {
  std::vector<PaperPart> out;
  const YAML::Node all = paper.node(word);
  if (!all.IsDefined() || all.IsNull()) return out;
  if (!all.IsMap()) fail(all, "“" + word + "”应是若干“名称: 内容”");
  for (const auto& each : all) {
    Part part(each.second);
    PaperPart made;
    made.name = text_of(each.first, word);
    if (many) made.computed = part.text("computed");
    if (made.computed.empty()) {
      made.type = part.need("type");
      made.by = part.need("by");
    }
    if (many) {
      made.where = part.expression("where");
      made.sort = part.text("sort");
      made.blank = blank_rows(part);
    }
    part.nothing_else();
    out.push_back(std::move(made));
  }
  return out;
}

}  // namespace

Paper paper_of(const YAML::Node& node, std::string_view file) {
  Part part(node);
  Paper paper;
  paper.name = part.need("document");
  const auto good = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  if (paper.name.size() > 40 || !std::all_of(paper.name.begin(), paper.name.end(), good))
    fail(node, "名称“" + paper.name + "”应由小写字母、数字和下划线组成，不超过40个");
  paper.label = part.need("label");
  paper.type = part.need("of");
  paper.when = part.expression("when");
  paper.lists = parts_of(part, "lists", true);
  paper.ones = parts_of(part, "with", false);
  paper.text = part.need("text");
  if (paper.text.size() > longest_text) fail(part.node("text"), "文字太长了");
  paper.file = std::string(file);
  paper.line = node.Mark().line + 1;
  // The first line of `text: |` stands below the mark.
  paper.text_line = part.node("text").Mark().line + 1;
  part.nothing_else();
  return paper;
}

}  // namespace jiheng::ledgers
