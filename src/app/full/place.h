// The database and the original files that a command works on.
#pragma once

#include <memory>

#include "app/full/commands.h"
#include "base/result.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jiheng::app {

/// An open database with its registry.
struct OpenPlace {
  std::unique_ptr<store::Store> store;
  std::unique_ptr<registry::Registry> registry;
};

/// Errors: those of store::open.
Result<OpenPlace> open_place(const Place& place);

registry::Author author_of(const Place& place);

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
