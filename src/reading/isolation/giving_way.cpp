#include "reading/isolation/giving_way.h"

#if defined(__linux__)
#include <sched.h>
#endif

namespace jiheng::reading {

#if defined(__linux__)
GivingWay::GivingWay() {
  const sched_param none{};
  changed_ = sched_getscheduler(0) == SCHED_OTHER && sched_setscheduler(0, SCHED_BATCH, &none) == 0;
}

GivingWay::~GivingWay() {
  const sched_param none{};
  if (changed_) sched_setscheduler(0, SCHED_OTHER, &none);
}
#else
GivingWay::GivingWay() = default;
GivingWay::~GivingWay() = default;
#endif

}  // namespace jiheng::reading
