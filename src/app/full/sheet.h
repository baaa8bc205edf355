// What was audited, as the audit sheet states it.
#pragma once

#include <span>

#include "writing/writer.h"

namespace jiheng::app {

/// The bureau's own opinion where one was given, else the suggested one.
writing::AuditSheet sheet_of(std::span<const Document> documents, const auditing::Report& report);

}  // namespace jiheng::app
