// The commands of the full program.
#pragma once

#include <memory>
#include <string>

#include "app/commands.h"

namespace jiheng::app {

/// Where a command's database and original files are, who acts, and why.
struct Place {
  std::string database = "sqlite:data/jiheng.db";
  std::string data_folder = "data";
  std::string account = "local";
  std::string why;
  std::string bureau;  ///< code of a further bureau (admin bureau add); empty: the first one
};

/// Adds --db, --data and --bureau; with `changes` also --as and --why.
void add_place(CLI::App& command, Place& place, bool changes);

void add_convert(CLI::App& program, Settings& settings);
void add_import(CLI::App& program, Settings& settings);
void add_export(CLI::App& program, Settings& settings);
void add_publish(CLI::App& program, Settings& settings);
void add_demo(CLI::App& program, Settings& settings);
void add_serve(CLI::App& program, Settings& settings);
void add_admin(CLI::App& program, Settings& settings);
/// Parts of `admin`.
void add_accounts(CLI::App& admin, Settings& settings);
void add_units(CLI::App& admin, Settings& settings);
void add_bureaus(CLI::App& admin, Settings& settings);
void add_admin_deadline(CLI::App& admin, Settings& settings);
void add_admin_policy(CLI::App& admin, Settings& settings);
void add_anchors(CLI::App& admin, Settings& settings);
void add_keys(CLI::App& admin, Settings& settings);
/// Adds --key.
void add_key_option(CLI::App& command, std::string& file);
void add_ledger(CLI::App& program, Settings& settings);
void add_measure(CLI::App& program, Settings& settings);
void add_completion(CLI::App& program, Settings& settings);

int write_audit_sheet_file(const Audit& audit, const std::string& path, const Settings& settings);

}  // namespace jiheng::app
