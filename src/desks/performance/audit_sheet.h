// A submission's 绩效目标审核表: what was found, the aspects as judged, errors that were waived with their reasons.
#pragma once

#include "desks/performance/submissions.h"
#include "writing/writer.h"

namespace jiheng::desks {

writing::AuditSheet audit_sheet_of(const Submission& submission);

}  // namespace jiheng::desks
