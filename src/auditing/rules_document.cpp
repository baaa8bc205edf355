#include "auditing/rules_document.h"

#include "auditing/rules.h"

namespace jiheng::auditing {
namespace {

std::string_view severity_name(Severity severity) {
  return severity == Severity::error ? "错误" : severity == Severity::warning ? "警告" : "提示";
}

void describe(const Card& card, std::string& out) {
  out.append("## ").append(card.title).append("（`").append(card.id).append("`）\n\n");
  out.append("*").append(card.title_en).append("* · ").append(severity_name(card.severity)).append(" · ").append(aspect_name(card.aspect));
  if (!card.basis.empty()) out.append(" · ").append(card.basis);
  out.append("\n\n").append(card.explanation).append("\n\n");
  for (const Wording& wording : card.wordings) {
    if (wording.message.empty()) continue;
    out.append("- ").append(wording.message);
    if (!wording.suggestion.empty()) out.append(" *").append(wording.suggestion).append("*");
    out.append("\n");
  }
  out.append("\n");
}

}  // namespace

std::string rules_document() {
  std::string out =
      "# 审核规则\n\n"
      "本文件由 `tools/make_rules_doc` 从规则卡片生成，请勿手改。每条规则有一个编号、一个严重程度（错误、警告、提示）、一个审核方面"
      "（完整性、相关性、适当性、可行性）；花括号处由审核时的实际内容填入，斜体为修改建议。\n\n"
      "| 编号 | 严重程度 | 方面 | 名称 |\n|---|---|---|---|\n";
  for (const Card* card : cards()) {
    out.append("| `").append(card->id).append("` | ").append(severity_name(card->severity)).append(" | ").append(aspect_name(card->aspect));
    out.append(" | ").append(card->title).append(" |\n");
  }
  out.append("\n");
  for (const Card* card : cards()) describe(*card, out);
  out.pop_back();
  return out;
}

}  // namespace jiheng::auditing
