// A thread that hands out work and takes it back lets those who do it finish first.
#pragma once

namespace jiheng::reading {

/// While it lives, the calling thread, and processes it forks, take no processor from one who runs (SCHED_BATCH): a worker whose answer
/// wakes its asker reads on with what it has in hand. Where a system knows no such thing, nothing changes. To be made and destroyed in
/// one thread.
class GivingWay {
 public:
  GivingWay();
  ~GivingWay();
  GivingWay(const GivingWay&) = delete;
  GivingWay& operator=(const GivingWay&) = delete;

 private:
  bool changed_ = false;
};

}  // namespace jiheng::reading
