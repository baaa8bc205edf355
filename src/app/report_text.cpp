#include "app/report_text.h"

namespace jiheng::app {
namespace {

struct Words {
  std::string_view severity[3];
  std::string_view table;
  std::string_view indicator;
  std::string_view suggestion;
  std::string_view proposed;
  std::string_view none;
};

const Words& words(const std::string& language) {
  static const Words chinese{{"错误", "警告", "提示"}, "表", "指标", "建议：", "建议值：", "没有发现问题。"};
  static const Words english{{"error", "warning", "hint"}, "table ", "indicator ", "Suggestion: ", "Proposed value: ", "Nothing found."};
  return language == "en" ? english : chinese;
}

void finding_text(std::string& out, const auditing::Finding& finding, const std::string& language) {
  const Words& word = words(language);
  const bool english = language == "en";
  out.append("[").append(word.severity[static_cast<int>(finding.severity)]).append("] ");
  if (!finding.at.empty()) {
    const auditing::Place& place = finding.at.front();
    out.append(place.file).append(" ").append(word.table).append(std::to_string(place.table + 1));
    if (place.indicator) out.append(" ").append(word.indicator).append(std::to_string(*place.indicator + 1));
    out += english ? ": " : "：";
  }
  out.append(english ? finding.message_en : finding.message).append("\n");
  const Text& suggestion = english ? finding.suggestion_en : finding.suggestion;
  if (suggestion) out.append("       ").append(word.suggestion).append(*suggestion).append("\n");
  if (finding.proposed_value) out.append("       ").append(word.proposed).append(*finding.proposed_value).append("\n");
}

}  // namespace

std::string report_text(const Audit& audit, const std::string& language) {
  const Words& word = words(language);
  std::string out;
  for (const auditing::Report& report : audit.reports) {
    // Errors first: what must be mended stands at the top.
    for (const auto severity : {auditing::Severity::error, auditing::Severity::warning, auditing::Severity::hint}) {
      for (const auditing::Finding& finding : report.findings) {
        if (finding.severity == severity) finding_text(out, finding, language);
      }
    }
    if (report.findings.empty()) out.append(word.none).append("\n");
    out.append(language == "en" ? "Tables: " : "共 ").append(std::to_string(report.tables)).append(language == "en" ? "; " : " 张表：");
    out.append(word.severity[0]).append(" ").append(std::to_string(report.errors)).append(language == "en" ? ", " : "，");
    out.append(word.severity[1]).append(" ").append(std::to_string(report.warnings)).append(language == "en" ? ", " : "，");
    out.append(word.severity[2]).append(" ").append(std::to_string(report.hints)).append("\n");
  }
  return out;
}

}  // namespace jiheng::app
