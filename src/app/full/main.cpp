// jiheng-full: every command. Started by `jiheng` for all but reading and auditing.
#include <CLI/CLI.hpp>

#include "app/full/commands.h"

int main(int argc, char** argv) {
  using namespace jiheng::app;
  Settings settings;
  CLI::App program;
  describe(program, settings);
  add_read(program, settings);
  add_audit(program, settings, write_audit_sheet_file);
  add_score(program, settings);
  add_convert(program, settings);
  add_import(program, settings);
  add_export(program, settings);
  add_publish(program, settings);
  add_serve(program, settings);
  add_demo(program, settings);
  add_ledger(program, settings);
  add_measure(program, settings);
  add_admin(program, settings);
  add_completion(program, settings);
  return run(program, settings, argc, argv);
}
