// Figures of measures, each worked out once however many indicators ask for it.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "ledgers/measure.h"

namespace jiheng::desks {

/// For the time of one answer; not to be shared between threads.
class Figures {
 public:
  explicit Figures(const ledgers::Ledgers& ledgers) : ledgers_(ledgers) {}

  const ledgers::Ledgers& ledgers() const { return ledgers_; }
  /// Errors: those of ledgers::figure_of().
  Result<ledgers::Figure> of(const ledgers::Measure& measure, const std::string& project, const ledgers::Period& period) {
    const Key key{measure.id, project, period.from.text(), period.to.text()};
    if (const auto found = figures_.find(key); found != figures_.end()) return found->second;
    auto figure = ledgers::figure_of(ledgers_, {&measure, period, project, std::nullopt});
    if (figure) figures_.emplace(key, *figure);
    return figure;
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  const ledgers::Ledgers& ledgers_;
  std::map<Key, ledgers::Figure> figures_;
};

}  // namespace jiheng::desks
