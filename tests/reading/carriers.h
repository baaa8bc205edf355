// A made form in every carrier.
#pragma once

#include <string>

#include "form_maker.h"
#include "reading/grid.h"

namespace jiheng::reading {

Layout as_grid(const MadeForm& form);
std::string as_html(const MadeForm& form);
/// Tabs between cells; merged cells leave blanks behind.
std::string as_text(const MadeForm& form);
std::string as_csv(const MadeForm& form);
std::string as_docx(const MadeForm& form);
std::string as_doc(const MadeForm& form);
std::string as_xlsx(const MadeForm& form);
std::string as_xls(const MadeForm& form);
/// One page, as large as the form needs; the lines above the table, then the table with all its rules.
std::string as_pdf(const MadeForm& form);
std::string as_ofd(const MadeForm& form);

}  // namespace jiheng::reading
