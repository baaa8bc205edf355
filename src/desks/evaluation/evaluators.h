// 专家和第三方机构: who may be asked to evaluate, and what each has to keep away from (回避).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view evaluator_kind = "evaluator";

struct Evaluator {
  std::string id;
  int revision = 0;
  std::string name;
  bool agency = false;                ///< 第三方机构, else an expert
  std::string field;                  ///< 专业
  std::string lead;                   ///< 主评人 of an agency
  std::string employer;               ///< of an expert
  std::vector<std::string> units;     ///< ids: works there, or worked for them
  std::vector<std::string> projects;  ///< names: had a hand in them
  bool active = true;
};

/// Why he must keep away from the project of the unit; "" where he need not. `unit_name`, as the employer may be written.
std::string conflict_of(const Evaluator& evaluator, std::string_view unit, std::string_view unit_name, std::string_view project);

/// Thread-safe. For who audits for the performance section.
class Evaluators {
 public:
  explicit Evaluators(registry::Registry& registry) : registry_(registry) {}
  /// Nothing for who may not.
  std::vector<Evaluator> list(const access::Principal& who) const;
  std::optional<Evaluator> find(std::string_view id) const;
  /// New without an id. Errors: forbidden, invalid-evaluation (context: the field), stale-revision, not-found.
  Result<Evaluator> put(Evaluator evaluator, const access::Principal& who) const;

 private:
  registry::Registry& registry_;
};

}  // namespace jiheng::desks
