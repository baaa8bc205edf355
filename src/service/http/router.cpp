#include "service/http/router.h"

#include <optional>

namespace jiheng::service {
namespace {

bool is_name(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::optional<Pairs> match(const std::vector<std::string_view>& pattern, const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  Pairs params;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_name(pattern[i]))
      params.emplace_back(pattern[i].substr(1, pattern[i].size() - 2), path[i]);
    else if (pattern[i] != path[i])
      return std::nullopt;
  }
  return params;
}

}  // namespace

void Router::add(Route route) {
  std::vector<std::string_view> segments;
  std::string_view rest = route.pattern.substr(1);
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    segments.push_back(rest.substr(0, slash));
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
  }
  patterns_.push_back(std::move(segments));
  routes_.push_back(std::move(route));
}

Router::Match Router::find(std::string_view method, const std::vector<std::string>& path) const {
  const std::string_view asked = method == "HEAD" ? "GET" : method;
  Match found;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    auto params = match(patterns_[i], path);
    if (!params) continue;
    if (routes_[i].method == asked) {
      found.route = &routes_[i];
      found.params = std::move(*params);
      found.allow.clear();
      return found;
    }
    found.allow.append(found.allow.empty() ? "" : ", ").append(routes_[i].method == "GET" ? "GET, HEAD" : routes_[i].method);
  }
  const bool api = !path.empty() && path.front() == "api";
  if (!found.allow.empty() || api || !fallback_.handle) return found;
  if (asked == "GET")
    found.route = &fallback_;
  else
    found.allow = "GET, HEAD";
  return found;
}

}  // namespace jiheng::service
