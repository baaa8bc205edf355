// The schema, brought forward step by step. A step is a file NNNN-title.sql of migrations/<engine>/, compiled in; what was run is
// remembered with its checksum, so that a step that was altered afterwards is noticed.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "base/result.h"
#include "store/connection.h"

namespace jiheng::store {

/// Runs what is missing, all of it or nothing. Errors: migration-altered, db-newer (context: the step).
Result<Done> migrate(Connection& connection);
/// The same with other files, for tests.
Result<Done> migrate(Connection& connection, std::span<const embedded::File> files);

}  // namespace jiheng::store
