// Collects findings: a rule drafts one with its arguments and places, the card gives the sentences.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auditing/card.h"
#include "auditing/submission.h"

namespace jiheng::auditing {

/// A finding being put together.
class Draft {
 public:
  explicit Draft(const Card& card, std::string_view variant = {})
      : card_(&card), wording_(&card.wording(variant)), severity_(card.severity) {}

  /// A place in the head of a table. The first place given is the one that is marked and that the finding is sorted and graded by.
  Draft& at(const TableView& table, std::string_view field, std::string_view text);
  /// A place in an indicator; its text is what the field says.
  Draft& at(const TableView& table, const IndicatorView& indicator, std::string_view field);
  /// Fills {table} with what the table is called.
  Draft& about(const TableView& table);
  /// Fills {indicator} with the indicator's name and {target} with its target.
  Draft& about(const IndicatorView& indicator);
  /// Fills {name} in the sentences.
  Draft& with(std::string_view name, std::string_view value);
  Draft& with(std::string_view name, std::string_view chinese, std::string_view english);
  Draft& less_severe(Severity severity) {
    severity_ = severity;
    return *this;
  }
  Draft& propose(Text value) {
    proposed_ = std::move(value);
    return *this;
  }

 private:
  friend class Findings;
  struct Argument {
    std::string_view name;
    std::string chinese;
    std::string english;
  };

  const Card* card_;
  const Wording* wording_;
  Severity severity_;
  std::vector<Argument> arguments_;
  std::vector<Place> places_;
  Text proposed_;
  int document_ = 0;  ///< of the first place, for sorting
  int ordinal_ = 0;
};

/// Not shared between threads.
class Findings {
 public:
  /// At most so many findings of one rule in one table are kept; the last one says how many more there are.
  static constexpr int most_of_one_rule = 500;

  void add(const Draft& draft);

  struct Entry {
    Finding finding;
    int rank = 0;            ///< of the rule
    int ordinal = 0;         ///< of the first place's table among all tables
    std::size_t number = 0;  ///< as found
  };
  /// Sorted by file, table, indicator, rule.
  std::vector<Entry> take();

 private:
  struct Tally {
    int kept = 0;
    int more = 0;
    std::size_t last = 0;  ///< entry of the last one kept
  };
  std::vector<Entry> entries_;
  std::unordered_map<std::uint64_t, Tally> tallies_;
};

/// "“国资管理专项”", "整体支出表": how sentences call a table.
std::string table_name(const TableView& table);
/// The table's money unit as printed; 万元 where none is.
std::string_view money_unit_name(const TableView& table);
/// A target as the form would print it in one piece: "≥95%", "＜2小时", "95%～98%", "及时".
std::string target_text(const Indicator& indicator);
/// "“甲”“乙”“丙”等5项" / "“甲”, “乙”, “丙” and 2 more".
std::string listed(const std::vector<std::string_view>& names, std::string_view counter);
std::string listed_en(const std::vector<std::string_view>& names);

}  // namespace jiheng::auditing
