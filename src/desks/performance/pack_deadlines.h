// The deadlines of the year's rule pack, for the limits of ledgers that name one.
#pragma once

#include "ledgers/ledgers.h"

namespace jiheng::desks {

/// Of the pack that was chosen for the day's year.
ledgers::Ledgers::PackDeadlines pack_deadlines(registry::Registry& registry);

}  // namespace jiheng::desks
