// Administrative regions by their code of GB/T 2260, with the days that they were valid and what came in their place: 株洲县 430221 became
// 渌口区 430212. What ships with the program is policies/regions; a bureau adds what it needs from a file of the same columns.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace jiheng {

struct Region {
  std::string code;                     ///< six digits
  std::string name;                     ///< its own, without what it lies in
  std::optional<Date> from;             ///< the first day; none: before the table begins
  std::optional<Date> to;               ///< the last day; none: until now
  std::vector<std::string> successors;  ///< codes of what it became
  std::string basis;

  bool is_valid_on(Date day) const { return (!from || *from <= day) && (!to || day <= *to); }
};

/// Six digits, the first two not naught.
bool is_region_code(std::string_view code);

class Regions {
 public:
  /// Errors: invalid-regions (context: the line).
  static Result<Regions> read(std::string_view csv);
  static const Regions& shipped();

  /// Those of the other beside these; of the same code and first day the other's holds.
  void add(const Regions& other);
  const std::vector<Region>& all() const { return regions_; }
  /// nullptr where the table knows none of that code on that day.
  const Region* find(std::string_view code, Date day) const;
  /// The last that bore the code, valid or not.
  const Region* last(std::string_view code) const;
  /// 湖南省株洲市渌口区, as far as the table knows what it lies in; "" where it does not know it on that day.
  std::string full_name(std::string_view code, Date day) const;

 private:
  std::vector<Region> regions_;
};

}  // namespace jiheng
