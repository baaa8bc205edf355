// qpdf's own filters have no bound on what comes out of them: these take their place.
#pragma once

#include "reading/formats/pdf/filters.h"

namespace jiheng::reading::pdf {

/// While it lives, what qpdf inflates on this thread (cross-reference and object streams) is held to the budget.
class BoundedInflation {
 public:
  explicit BoundedInflation(std::size_t bytes);
  ~BoundedInflation();
  BoundedInflation(const BoundedInflation&) = delete;
  BoundedInflation& operator=(const BoundedInflation&) = delete;
  void allow(std::size_t bytes) { budget_.left = bytes; }
  bool exceeded() const { return budget_.exceeded; }

 private:
  Budget budget_;
  Budget* outer_;
};

}  // namespace jiheng::reading::pdf
