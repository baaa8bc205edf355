// The PostgreSQL driver.
#pragma once

#include <memory>
#include <string>

#include "store/connection.h"

namespace jiheng::store {

/// Connects by the URL as libpq understands it. Throws Failure; db-encoding where the database is not in UTF-8.
std::unique_ptr<Connection> connect_postgresql(const std::string& url, int lock_timeout_ms);

}  // namespace jiheng::store
