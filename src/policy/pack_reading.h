// Inside policy/ only: one pack out of its layers, with a log of what was asked for.
#pragma once

#include "policy/layers.h"
#include "policy/pack.h"
#include "policy/parameters.h"

namespace jiheng::policy {

Result<Pack> pack_of(std::string_view name, const std::vector<Layer>& layers, ReadingLog& log);

}  // namespace jiheng::policy
