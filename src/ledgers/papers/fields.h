// Inside ledgers/ only: what a paper's text may call the fields of a record.
//
//   送审金额            as the label says; of a reference its title
//   建设单位.主管部门    a field of what the reference names
//   送审金额（大写）     in capital numerals
//   审减额÷送审金额      in percent
//   评审时限到期日       the last day of a limit
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "ledgers/catalogue.h"

namespace jiheng::ledgers {

/// What every paper knows: the bureau, the day, who makes it.
inline constexpr std::array<std::string_view, 4> own_names = {"机关", "今天", "今年", "经办人"};
inline constexpr std::string_view in_capitals = "（大写）";
inline constexpr std::string_view divided_by = "÷";

std::vector<std::string> labels_of(const RecordType& type);
/// Those that stand for one record without being worked out.
std::vector<std::string> names_of_record(const Catalogue& catalogue, const RecordType& type);
const Field* labelled(const RecordType& type, std::string_view label);
bool is_worked_out(const RecordType& type, std::string_view name);

}  // namespace jiheng::ledgers
