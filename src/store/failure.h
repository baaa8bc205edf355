// What a broken database throws. Nothing here is an expected failure: a full disk, a lost server, a locked file end the request or job.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "base/result.h"

namespace jiheng::store {

/// Codes: db-full, db-read-only, db-busy, db-lost, db-conflict, db-constraint, db-damaged, db-failed. what() is a complete Chinese
/// sentence for people; `detail` is the engine's own words, for the log. The transaction it came from is rolled back as a whole.
class Failure : public std::runtime_error {
 public:
  Failure(std::string code, const std::string& message, std::string detail)
      : std::runtime_error(message), code_(std::move(code)), detail_(std::move(detail)) {}

  const std::string& code() const { return code_; }
  const std::string& detail() const { return detail_; }
  Error error() const { return {code_, what(), {detail_}}; }

 private:
  std::string code_;
  std::string detail_;
};

}  // namespace jiheng::store
