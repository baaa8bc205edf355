// Stored submissions as the files that offices print and file.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "desks/performance/submissions.h"
#include "writing/writer.h"

namespace jiheng::service {

enum class ExportKind { form, audit };

struct ExportFile {
  std::string name;  ///< 株洲市渌口区财政局2026年绩效目标表.docx
  std::string bytes;
  std::string_view content_type;
};

std::string_view content_type(writing::Carrier carrier);

/// Errors: nothing-to-export (no tables), those of the writer.
Result<ExportFile> export_submission(const desks::Submission& submission, ExportKind kind, writing::Carrier carrier,
                                     const writing::WriteOptions& options);
/// A zip; files of the same name are numbered.
ExportFile zip_of(std::vector<ExportFile> files, ExportKind kind);

}  // namespace jiheng::service
