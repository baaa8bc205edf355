// Why a table is not scored. The message says what is wrong and what to do; the context, from the inside out, which indicator of which
// table.
#pragma once

#include <string>

#include "base/decimal.h"
#include "base/result.h"
#include "scoring/evaluation.h"

namespace jiheng::scoring {

/// "第3个指标“满意度”".
std::string place_of(const EvaluatedTable& table, std::size_t indicator);
/// "第1张表“道路养护”".
std::string place_of_table(const EvaluatedTable& table, std::size_t index);

/// A number that is printed where it should be and is not below zero. `what`: 目标值, 完成值 …; errors: not-a-number, number-too-long,
/// negative.
Result<Decimal> amount_of(const std::string& text, const std::string& what);

}  // namespace jiheng::scoring
