// Requests made out of the OpenAPI document: as it wants them, at its edges, and wrong in every way that came to mind. The same seed makes
// the same requests.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "service/http_client.h"

namespace jiheng::service::tests {

/// splitmix64: the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(next() % n); }
  bool once_in(std::size_t n) { return below(n) == 0; }
  template <class Sequence>
  const auto& pick(const Sequence& from) {
    return from[below(from.size())];
  }

 private:
  std::uint64_t state_;
};

/// Values that mean something in the test's bureau, by the name of the field or parameter ("unit", "submissions" for ids below that path).
using Known = std::map<std::string, std::vector<std::string>, std::less<>>;

struct FuzzRequest {
  std::string method;
  std::string target;
  std::string body;
  Headers headers;
};

/// One operation of the document.
struct Operation {
  std::string id;
  std::string method;
  std::string path;
  const boost::json::object* description = nullptr;
};
std::vector<Operation> operations();

/// A value of that schema; of `known` where the name is there.
boost::json::value value_of(const boost::json::value& schema, std::string_view name, const Known& known, Dice& dice, int depth = 0);
FuzzRequest request_of(const Operation& operation, const Known& known, Dice& dice);

}  // namespace jiheng::service::tests
