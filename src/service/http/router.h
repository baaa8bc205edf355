// Which handler answers what. The table is filled once at start and only read afterwards; tests hold the OpenAPI document against it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "access/role.h"
#include "service/http/message.h"

namespace jiheng::service {

/// What a route takes as body. `none`: what comes all the same is read and dropped. `small_files`: of somebody who need not be known,
/// HttpOptions::max_small_bytes together.
enum class BodyKind { none, json, files, small_files };

/// Who may call a route. Every route says it: one that does not would not compile.
struct Need {
  enum class Kind { open, known, permission, visit };
  Kind kind;
  access::Permission permission;

  /// Whoever comes.
  static constexpr Need open() { return Need(Kind::open, {}); }
  /// Whoever is logged in.
  static constexpr Need known() { return Need(Kind::known, {}); }
  /// Whoever has a link as an outsider, and nobody else.
  static constexpr Need visit() { return Need(Kind::visit, {}); }
  constexpr Need(access::Permission needed) : kind(Kind::permission), permission(needed) {}

 private:
  constexpr Need(Kind k, access::Permission needed) : kind(k), permission(needed) {}
};

/// Passwords take a processor and 64 MiB each: such requests have threads and a queue of their own, so that a morning's logins hold up
/// nothing else.
enum class Pace { usual, slow };

using Handler = std::function<Response(Request&)>;

struct Route {
  std::string_view method;
  std::string_view pattern;    ///< "/api/v1/submissions/{id}/tables"
  std::string_view operation;  ///< its operationId in the OpenAPI document
  BodyKind body;
  Need need;
  Handler handle;
  Pace pace = Pace::usual;
};

class Router {
 public:
  void add(Route route);
  /// Answers GET of every path outside /api that no route takes.
  void set_fallback(Handler handle) { fallback_.handle = std::move(handle); }

  struct Match {
    const Route* route = nullptr;
    Pairs params;
    std::string allow;  ///< where the path is known but not for this method: the methods it takes
  };
  Match find(std::string_view method, const std::vector<std::string>& path) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string_view>> patterns_;
  Route fallback_{"GET", "", "page", BodyKind::none, Need::open(), {}};
};

}  // namespace jiheng::service
