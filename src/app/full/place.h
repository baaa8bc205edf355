// The database and the original files that a command works on.
#pragma once

#include <memory>

#include "access/principal.h"
#include "app/full/commands.h"
#include "base/result.h"
#include "goals/goal_table.h"
#include "ledgers/catalogue.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jiheng::app {

/// An open database with its registry.
struct OpenPlace {
  std::unique_ptr<store::Store> store;
  std::unique_ptr<registry::Registry> registry;
  std::unique_ptr<ledgers::Catalogue> catalogue;  ///< the ledgers declared
};

/// Makes what the declared ledgers need, and what is behind the records. Errors: those of store::open, load_catalogue, migrate_ledgers.
Result<OpenPlace> open_place(const Place& place);

/// Whoever has the machine before him, under the name he gives.
access::Principal who_of(const Place& place);
Text why_of(const Place& place);

/// Runs `act` and turns a broken database into a message and its exit status.
template <class Act>
int with_place(const Place& place, Act act);

/// Prints the error and returns the exit status of a broken environment.
int report_environment(const Error& error);

template <class Act>
int with_place(const Place& place, Act act) {
  auto open = open_place(place);
  if (!open) return report_environment(open.error());
  try {
    return act(*open);
  } catch (const store::Failure& failure) {
    return report_environment(failure.error());
  }
}

}  // namespace jiheng::app
