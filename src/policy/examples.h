// The worked examples that a pack brings along: the second document of its file, behind `---`, so that nobody pays for reading them who
// does not run them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/embedded.h"
#include "base/result.h"

namespace jiheng::policy {

/// A table with actuals and what it must score.
struct ScoringExample {
  std::string title;
  int line = 0;
  std::string table_json;  ///< as `jiheng score` takes it
  /// weights, scores, met, achievements (one for each indicator), execution, total, grade; or refused: the refusal's code.
  std::map<std::string, std::vector<std::optional<std::string>>> expected;
};

/// Basic figures and what an item of the table of a whole department must give.
struct OverallExample {
  std::string item;
  int line = 0;
  std::vector<std::pair<std::string, Decimal>> figures;
  std::optional<std::string> rate;
  std::optional<std::string> points;
};

/// A total of 100 and what must come of it: the grade and its effect on the amount, or of an ex-ante evaluation the conclusion.
struct OutcomeExample {
  int line = 0;
  Decimal total;
  std::optional<Decimal> amount;
  std::optional<std::string> grade;
  std::optional<std::string> effect;
  std::optional<std::string> conclusion;
};

struct Examples {
  std::vector<ScoringExample> scoring;
  std::vector<OverallExample> overall;
  std::vector<OutcomeExample> outcomes;
};

/// Errors: unknown-pack, pack-syntax, pack-shape.
Result<Examples> examples_of(std::string_view name, std::span<const embedded::File> files);

}  // namespace jiheng::policy
