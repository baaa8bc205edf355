// 行政区划 of the bureau: which code it bore from which day. A region is an attribute of the bureau that changes with the years; the code
// that names a tenant never does.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/date.h"
#include "base/regions.h"
#include "base/result.h"
#include "registry/registry.h"

namespace jiheng::desks {

inline constexpr std::string_view bureau_region_kind = "bureau-region";

struct BureauRegion {
  std::string code;
  std::string name;          ///< in full, as it was told then
  std::optional<Date> from;  ///< none: from the beginning
  std::optional<Date> to;    ///< none: until now
};

/// Thread-safe.
class BureauRegions {
 public:
  explicit BureauRegions(registry::Registry& registry) : registry_(registry) {}

  /// The oldest first.
  std::vector<BureauRegion> list() const;
  std::optional<BureauRegion> on(Date day) const;
  /// 湖南省株洲市渌口区（430212）, of today; "" where nobody said it.
  std::string shown() const;

  /// From that day on; without one from the day that the table says, or from the beginning. What was before ends the day before; what the
  /// table says to have become it stands before it by itself. `name` is told where the table does not know the code. Errors: forbidden,
  /// invalid-region (context: the field).
  Result<std::vector<BureauRegion>> put(std::string_view code, std::optional<Date> from, std::string_view name, const Regions& table,
                                        const access::Principal& who);

 private:
  registry::Registry& registry_;
};

}  // namespace jiheng::desks
