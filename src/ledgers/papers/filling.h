// A paper of a record that stands, ready for print or for Word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledgers/ledgers.h"
#include "ledgers/papers/paper.h"
#include "writing/official/document.h"

namespace jiheng::ledgers {

struct MadePaper {
  writing::OfficialDocument document;
  std::string name;  ///< of the file, without its ending
};

/// Who makes it, and when.
struct Making {
  std::string bureau;
  std::string by;  ///< name of the person
  Date today;
};

/// Those that the record is in a state for, in the order of their declaration.
std::vector<const Paper*> papers_of(const Ledgers& ledgers, const RecordType& type, const Entry& entry, Date today);
/// Errors: not-found (no such paper for this record as it stands), those of lease_account().
Result<MadePaper> make_paper(const Ledgers& ledgers, const RecordType& type, const Entry& entry, std::string_view paper,
                             const Making& making);

}  // namespace jiheng::ledgers
