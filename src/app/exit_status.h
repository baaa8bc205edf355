// The program's exit statuses (the contract of the command line).
#pragma once

namespace jiheng::app {

enum ExitStatus : int {
  done = 0,
  found_errors = 1,  ///< audit: at least one finding of severity error
  wrong_usage = 2,
  unreadable_input = 3,   ///< some input could not be read
  environment_failed = 4  ///< database, disk
};

}  // namespace jiheng::app
