// A desk's work and its days: open records by their state, and all that is overdue or near, over all of its ledgers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledgers/due.h"
#include "ledgers/ledgers.h"

namespace jiheng::ledgers {

struct BoardLine {
  const RecordType* type = nullptr;
  std::string id;
  std::string title;
  Due due;
};

struct Tally {
  int overdue = 0;
  int near = 0;
  int running = 0;  ///< those that are near among them
  int paused = 0;
};

struct Work {
  const RecordType* type = nullptr;
  struct State {
    std::string code;
    std::string label;
    std::int64_t records = 0;
  };
  std::vector<State> states;  ///< as they are declared, those without records left out
  std::int64_t open = 0;      ///< in its list of open records, or of all that is not void
  Tally days;
};

struct Board {
  std::vector<Work> work;
  std::vector<BoardLine> lines;  ///< the longest overdue first, up to `most`
  Tally days;                    ///< over all ledgers of the desk
};

/// Of one desk, or of all where none is named. One statement for each ledger with a limit.
Board board_of(const Ledgers& ledgers, std::string_view desk, Date today, std::size_t most);

}  // namespace jiheng::ledgers
