#include "goals/goal_table.h"

#include <array>

namespace jiheng {
namespace {

struct KindNames {
  TableKind kind;
  std::string_view code;
  std::string_view name;
};
constexpr std::array kinds = {
    KindNames{TableKind::overall, "overall", "部门整体支出绩效目标表"},
    KindNames{TableKind::project, "project", "项目支出绩效目标表"},
    KindNames{TableKind::self_evaluation, "self_evaluation", "绩效自评表"},
    KindNames{TableKind::monitoring, "monitoring", "绩效运行监控表"},
};

struct ComparatorNames {
  Comparator comparator;
  std::string_view code;
  std::string_view sign;
};
constexpr std::array comparators = {
    ComparatorNames{Comparator::none, "", ""},
    ComparatorNames{Comparator::at_least, ">=", "≥"},
    ComparatorNames{Comparator::at_most, "<=", "≤"},
    ComparatorNames{Comparator::more_than, ">", ">"},
    ComparatorNames{Comparator::less_than, "<", "<"},
    ComparatorNames{Comparator::equal, "=", "="},
    ComparatorNames{Comparator::qualitative, "qualitative", "定性"},
};

}  // namespace

std::string_view kind_code(TableKind kind) {
  return kinds[static_cast<std::size_t>(kind)].code;
}

std::optional<TableKind> kind_from_code(std::string_view code) {
  for (const auto& names : kinds) {
    if (names.code == code) return names.kind;
  }
  return std::nullopt;
}

std::string_view kind_name(TableKind kind) {
  return kinds[static_cast<std::size_t>(kind)].name;
}

std::string_view comparator_code(Comparator comparator) {
  return comparators[static_cast<std::size_t>(comparator)].code;
}

std::optional<Comparator> comparator_from_code(std::string_view code) {
  for (const auto& names : comparators) {
    if (names.code == code) return names.comparator;
  }
  return std::nullopt;
}

std::string_view comparator_sign(Comparator comparator) {
  return comparators[static_cast<std::size_t>(comparator)].sign;
}

}  // namespace jiheng
