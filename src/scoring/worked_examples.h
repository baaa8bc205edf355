// Runs the examples that a pack brings along.
#pragma once

#include <string>
#include <vector>

#include "policy/examples.h"
#include "policy/pack.h"

namespace jiheng::scoring {

struct ExampleFault {
  int line = 0;  ///< in the pack's file
  std::string message;
};

/// Empty where every example comes out as the pack says.
std::vector<ExampleFault> run_examples(const policy::Pack& pack, const policy::Examples& examples);

}  // namespace jiheng::scoring
