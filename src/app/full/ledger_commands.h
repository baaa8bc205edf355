// What the commands of the ledgers share.
#pragma once

#include <cstdio>
#include <string>

#include "app/exit_status.h"
#include "app/full/place.h"
#include "ledgers/ledgers.h"

namespace jiheng::app {

void add_ledger_import(CLI::App& ledger, Settings& settings);
void add_ledger_document(CLI::App& ledger, Settings& settings);

/// The declared type, or a message on standard error.
inline const ledgers::RecordType* type_named(const ledgers::Catalogue& catalogue, const std::string& name) {
  const ledgers::RecordType* type = catalogue.type(name);
  if (type == nullptr) {
    for (const ledgers::RecordType& each : catalogue.types()) {
      if (each.label == name) return &each;
    }
    std::fprintf(stderr, "没有台账“%s”。有哪些台账，见 jiheng ledger list。\n", name.c_str());
  }
  return type;
}

inline int refuse(const Error& error, int status) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return status;
}

}  // namespace jiheng::app
