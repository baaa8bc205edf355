// What self-evaluations and evaluations say of a project, as next year's money wants it. Whoever grades projects yields these.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace jiheng::desks {

struct GradedProject {
  enum class Source { self_evaluation, evaluation };
  std::string unit;     ///< id
  std::string project;  ///< its name; "" for the whole department
  int year = 0;
  Decimal amount;  ///< 万元, this year's
  Source source = Source::self_evaluation;
  std::string record;  ///< id of the one that graded it
  Decimal total;       ///< of 100
  std::string grade;   ///< 优
};

/// Of a year; what is final alone.
using GradedProjects = std::function<std::vector<GradedProject>(int year)>;

/// What a project is known by from year to year.
std::string project_key(std::string_view unit, std::string_view project);

}  // namespace jiheng::desks
