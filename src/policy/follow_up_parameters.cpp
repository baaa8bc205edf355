#include "policy/follow_up_parameters.h"

#include <algorithm>

#include "policy/sections.h"

namespace jiheng::policy {

const ProblemKind* Rectification::kind(std::string_view code) const {
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const ProblemKind& each) { return each.code == code; });
  return found == kinds.end() ? nullptr : &*found;
}

Rectification rectification_of(const Parameters& p) {
  Rectification rules;
  const Parameters kinds = p.part("kinds");
  if (!kinds.node().IsMap()) kinds.complain("", "应是各类问题");
  for (const auto& entry : kinds.node()) {
    const std::string code = text_of(entry.first);
    const Parameters kind = kinds.part(code.c_str());
    rules.kinds.push_back({code, kind.text("name"), whole_number(kind, "days", 1, 1000)});
  }
  rules.redo_days = whole_number(p, "redo_days", 0, 1000);
  const Parameters extension = p.part("extension");
  rules.extension_times = whole_number(extension, "times", 0, 100);
  rules.extension_days = whole_number(extension, "days", 0, 1000);
  rules.recurrence_years = whole_number(p, "recurrence_years", 0, 100);
  rules.documents = p.list("documents");
  for (const Parameters& each : p.parts("payments")) rules.payments.push_back({each.text("type"), each.text("day"), each.text("amount")});
  return rules;
}

}  // namespace jiheng::policy
