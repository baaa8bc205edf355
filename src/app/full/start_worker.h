// Reading workers for a program with threads: the light program beside this one, started anew.
#pragma once

#include <memory>

#include "reading/isolation/isolated_reader.h"

namespace jiheng::app {

std::unique_ptr<reading::WorkerProcess> start_worker();

}  // namespace jiheng::app
