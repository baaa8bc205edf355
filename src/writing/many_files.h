// A run of files written one after the other: fonts are looked up and opened once for all of them, and what cutting fonts down took of
// memory (some 30 MB) is given back at the end instead of behind every file.
#pragma once

namespace jiheng::writing {

/// Alive as long as the run lasts. Several may be at the same time; the last one gives back. Thread-safe.
class ManyFiles {
 public:
  ManyFiles();
  ~ManyFiles();
  ManyFiles(const ManyFiles&) = delete;
  ManyFiles& operator=(const ManyFiles&) = delete;
};

}  // namespace jiheng::writing
