// An audited submission → 绩效目标审核表 and the list of what was found.
#pragma once

#include <vector>

#include "writing/form.h"
#include "writing/writer.h"

namespace jiheng::writing {

/// The sheet itself, and, where there are findings, their list. `english`: the findings' sentences in English.
std::vector<Form> audit_forms(const AuditSheet& sheet, bool english);

}  // namespace jiheng::writing
