// The commands that both programs know: reading and auditing documents, scoring.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "auditing/finding.h"
#include "goals/goal_table.h"

namespace CLI {
class App;
}

namespace jiheng::app {

/// What every command shares.
struct Settings {
  std::string language = "zh";
  int status = 0;  ///< set by the command that ran
};

/// What an audit looked at and what it found: one report, or one for each file.
struct Audit {
  std::vector<Document> documents;
  std::vector<auditing::Report> reports;
  bool each = false;
};

/// Writes the audit sheet to a file; returns an exit status. Only the full program has one.
using SheetWriter = std::function<int(const Audit&, const std::string& path, const Settings&)>;

void add_read(CLI::App& program, Settings& settings);
void add_score(CLI::App& program, Settings& settings);
void add_audit(CLI::App& program, Settings& settings, const SheetWriter& write_sheet = {});

/// The program's description, --lang and --version.
void describe(CLI::App& program, Settings& settings);
/// Parses and runs; turns wrong usage into its exit status and a broken environment into another, with a message each.
int run(CLI::App& program, Settings& settings, int argc, char** argv);

}  // namespace jiheng::app
