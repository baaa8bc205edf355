// The texts of official documents: those of documents/*.txt, or the county's own in documents/ of its data folder.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "registry/registry.h"
#include "writing/official/text.h"

namespace jiheng::desks {

struct OfficialMade {
  writing::OfficialDocument document;
  std::string name;  ///< of the file, without its ending
  std::string day;   ///< of its making, an ISO date
};

/// Fills the text of that code; the bureau's name, today and its year are put in. `name`: of the file. Error: official-text.
Result<OfficialMade> make_official(registry::Registry& registry, std::string_view code, writing::OfficialValues values, std::string name);
/// 2026年3月2日.
std::string chinese_day(std::string_view iso);

}  // namespace jiheng::desks
