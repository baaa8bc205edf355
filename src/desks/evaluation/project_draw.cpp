#include "desks/evaluation/project_draw.h"

#include <algorithm>
#include <numeric>

#include "base/hash.h"

namespace jiheng::desks {

std::string list_hash_of(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& each : lines) all.append(each).append("\n");
  return sha256_hex(all);
}

std::string ticket_of(std::string_view seed, std::string_view beacon, std::string_view list_hash, std::string_view line) {
  std::string text;
  text.append(seed).append("\n").append(beacon).append("\n").append(list_hash).append("\n").append(line);
  return sha256_hex(text);
}

std::vector<std::size_t> drawn_of(const std::vector<std::string>& lines, std::size_t count, std::string_view seed,
                                  std::string_view beacon) {
  const std::string list_hash = list_hash_of(lines);
  std::vector<std::string> tickets;
  for (const std::string& each : lines) tickets.push_back(ticket_of(seed, beacon, list_hash, each));
  std::vector<std::size_t> order(lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return tickets[a] < tickets[b]; });
  order.resize(std::min(count, order.size()));
  return order;
}

}  // namespace jiheng::desks
