// Scores as a table for people at a terminal.
#pragma once

#include <span>
#include <string>

#include "policy/pack.h"
#include "scoring/score.h"

namespace jiheng::app {

std::string score_text(std::span<const scoring::EvaluatedTable> tables, std::span<const scoring::TableScore> scores,
                       const policy::Pack& pack, const std::string& language);

}  // namespace jiheng::app
