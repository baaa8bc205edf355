#include "writing/writer.h"

#include <array>
#include <map>

#include "writing/audit_form.h"
#include "writing/carriers.h"
#include "writing/goal_form.h"
#include "writing/markup.h"

namespace jiheng::writing {
namespace {

constexpr std::array<std::string_view, 4> carrier_names = {"docx", "xlsx", "pdf", "html"};
constexpr std::size_t most_tables = 5000;
constexpr std::size_t most_cells = 1000000;

Result<std::string> draw(std::span<const Form> forms, Carrier carrier, const FileInfo& info) {
  switch (carrier) {
    case Carrier::docx:
      return draw_docx(forms, info);
    case Carrier::xlsx:
      return draw_xlsx(forms, info);
    case Carrier::pdf:
      return draw_pdf(forms, info);
    case Carrier::html:
      return draw_html(forms, info);
  }
  return Error{"carrier-not-offered", "没有这种文件格式。", {}};
}

std::size_t slot_count(std::span<const Form> forms) {
  std::size_t count = 0;
  for (const Form& form : forms) count += form.rows.size() * form.columns.size();
  return count;
}

Error too_large() {
  return {"too-large", "要写的表太多，一个文件放不下。请分成几个文件导出。", {}};
}

/// The value that most tables state; the earlier one where two are even.
template <class Value>
std::optional<Value> most_stated(const std::vector<Value>& values) {
  std::map<Value, int> counts;
  std::optional<Value> best;
  for (const Value& value : values) ++counts[value];
  for (const Value& value : values) {
    if (!best || counts[value] > counts[*best]) best = value;
  }
  return best;
}

}  // namespace

std::optional<Carrier> carrier_from_name(std::string_view name) {
  for (std::size_t i = 0; i < carrier_names.size(); ++i) {
    if (carrier_names[i] == name) return static_cast<Carrier>(i);
  }
  return std::nullopt;
}

std::string_view carrier_name(Carrier carrier) {
  return carrier_names[static_cast<std::size_t>(carrier)];
}

Result<std::string> write_forms(std::span<const GoalTable> tables, Carrier carrier, const WriteOptions& options) {
  if (tables.empty()) return Error{"nothing-to-write", "没有可写的绩效目标表。请先选至少一张表。", {}};
  if (tables.size() > most_tables) return too_large();
  std::vector<Form> forms;
  forms.reserve(tables.size());
  std::size_t slots = 0;
  for (const GoalTable& table : tables) {
    forms.push_back(goal_form(table));
    slots += slot_count({&forms.back(), 1});
    if (slots > most_cells) return too_large();
  }
  std::string title = printable(tables.front().unit_name.value_or(""));
  title += forms.size() == 1 && !forms.front().title.empty() ? forms.front().title : "绩效目标表";
  return draw(forms, carrier, {title, options.font_folder, options.code, options.made});
}

AuditSheet audit_sheet(std::span<const Document> documents, auditing::Report report, std::string opinion) {
  AuditSheet sheet;
  std::vector<std::string> units;
  std::vector<int> years;
  for (const Document& document : documents) {
    for (std::size_t i = 0; i < document.tables.size(); ++i) {
      const GoalTable& table = document.tables[i];
      AuditedTable audited{document.file, static_cast<int>(i), table.title.value_or(""), table.project_name.value_or(""), {}};
      for (const Indicator& indicator : table.indicators) audited.indicators.push_back(indicator.level3);
      sheet.tables.push_back(std::move(audited));
      if (table.unit_name) units.push_back(*table.unit_name);
      if (table.year) years.push_back(*table.year);
    }
  }
  sheet.unit_name = most_stated(units).value_or("");
  sheet.year = most_stated(years);
  sheet.report = std::move(report);
  sheet.opinion = std::move(opinion);
  return sheet;
}

Result<std::string> write_audit_sheet(const AuditSheet& sheet, Carrier carrier, const WriteOptions& options) {
  if (carrier == Carrier::xlsx) return Error{"carrier-not-offered", "绩效目标审核表只能写成 Word、PDF 或网页。请换一种格式。", {}};
  const std::vector<Form> forms = audit_forms(sheet, options.language == "en");
  if (slot_count(forms) > most_cells) return too_large();
  return draw(forms, carrier, {printable(sheet.unit_name) + forms.front().title, options.font_folder, options.code, options.made});
}

}  // namespace jiheng::writing
