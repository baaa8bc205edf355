// What is still missing in a form, told beside the place, before anybody signs it.
#pragma once

#include <vector>

#include "desks/follow_up/follow_up.h"
#include "policy/pack.h"

namespace jiheng::desks {

std::vector<Remark> remarks_on(const FilledTable& filled, const TableEntry& entry, const policy::Pack& pack, FollowUpKind kind);

}  // namespace jiheng::desks
