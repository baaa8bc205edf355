// A draw that anybody can do again: the list, the number and the hash of a seed are fixed and told before, the seed after.
//
//   seed hash, told before      = SHA-256(seed)                       seed: 64 hexadecimal digits
//   list hash, told before      = SHA-256(lines, each followed by a line end)
//   a line's ticket             = SHA-256(seed "\n" beacon "\n" list hash "\n" line)
//   drawn                       = the lines of the smallest tickets, as many as were asked for
//
// The beacon is a public value that nobody knows while the list is fixed (a lottery's numbers of a later day), so that whoever could read
// the seed early gains nothing. All hashes are written in lower case hexadecimal digits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiheng::desks {

std::string list_hash_of(const std::vector<std::string>& lines);
std::string ticket_of(std::string_view seed, std::string_view beacon, std::string_view list_hash, std::string_view line);
/// Places within `lines`, in the order of their tickets.
std::vector<std::size_t> drawn_of(const std::vector<std::string>& lines, std::size_t count, std::string_view seed, std::string_view beacon);

}  // namespace jiheng::desks
