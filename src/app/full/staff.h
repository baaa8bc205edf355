// The bureau's people over an open database, for the commands of `admin`.
#pragma once

#include <cstdio>

#include "app/exit_status.h"
#include "app/full/place.h"
#include "desks/people/people.h"

namespace jiheng::app {

struct Staff {
  explicit Staff(OpenPlace& open)
      : sessions(*open.store, open.registry->tenant(), [&open] { return open.registry->now(); }), people(*open.registry, sessions) {}
  access::Sessions sessions;
  desks::People people;
};

template <class Act>
int with_staff(const Place& place, const Act& act) {
  return with_place(place, [&](OpenPlace& open) -> int {
    Staff staff(open);
    return act(staff);
  });
}

inline int refused(const Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return wrong_usage;
}

}  // namespace jiheng::app
