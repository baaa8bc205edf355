// Goal tables and audit reports → files. Each is laid out once (form.h) and drawn by the carrier.
//
// Reading a written form gives the same tables again, field by field (contracts/goal-tables.md; `source` aside): what is null is not
// printed, or printed as a label with nothing beside it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "auditing/finding.h"
#include "base/result.h"
#include "goals/goal_table.h"

namespace jiheng::writing {

enum class Carrier { docx, xlsx, pdf, html };

struct WriteOptions {
  std::string font_folder;      ///< fonts that the county filled in (仿宋_GB2312, 方正小标宋); "" where there is none
  std::string language = "zh";  ///< of the findings' sentences: zh, en. The forms are the official ones, in Chinese
  std::string code = {};        ///< 版本码 at the foot of every page (goals/version_code.h); "" for none
  std::string made = {};        ///< the day that the file gives as its own, an ISO date: the same bytes whenever it is made; "": now
};

std::optional<Carrier> carrier_from_name(std::string_view name);  ///< "docx", "xlsx", "pdf", "html"
std::string_view carrier_name(Carrier carrier);

/// The official form of each table, one after the other, each on a page or sheet of its own. Yields the bytes of the file.
/// Errors: nothing-to-write (no tables), cell-too-long (a text that xlsx cannot hold), too-large.
Result<std::string> write_forms(std::span<const GoalTable> tables, Carrier carrier, const WriteOptions& options = {});

/// One table of the submission that was audited, named as the findings name it: by file and index.
struct AuditedTable {
  std::string file;
  int table = 0;
  std::string title;
  std::string project_name;             ///< empty for the overall table
  std::vector<std::string> indicators;  ///< their names, in order
};

struct AuditSheet {
  std::string unit_name;
  std::optional<int> year;
  std::vector<AuditedTable> tables;
  auditing::Report report;  ///< findings and the suggested grades
  std::string opinion;      ///< 总体意见 as suggested; people change it
  bool judged = false;      ///< the grades are no suggestions any more: people signed them
};

/// The tables of the documents that were audited, as the sheet names them; unit and year are those that most tables state.
AuditSheet audit_sheet(std::span<const Document> documents, auditing::Report report, std::string opinion);

/// 绩效目标审核表 (财预〔2015〕88号 附件): aspects, suggested grades, findings worst first, opinion, signatures.
/// Errors: carrier-not-offered (xlsx).
Result<std::string> write_audit_sheet(const AuditSheet& sheet, Carrier carrier, const WriteOptions& options = {});

}  // namespace jiheng::writing
