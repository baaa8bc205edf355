// The SQLite driver.
#pragma once

#include <memory>
#include <string>

#include "store/connection.h"

namespace jiheng::store {

/// Opens (and makes, with its folders) the file: WAL, every commit synced, foreign keys held to. Throws Failure.
std::unique_ptr<Connection> connect_sqlite(const std::string& path, int busy_timeout_ms, bool writes = false);

}  // namespace jiheng::store
