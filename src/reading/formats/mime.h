// Mail's way of putting several files into one (RFC 2045, 2557): parts between boundaries, each with a head and its own encoding.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jiheng::reading {

struct MimePart {
  std::string type;      ///< "text/html", lower case
  std::string location;  ///< Content-Location, lower case
  std::string id;        ///< Content-ID without its brackets, lower case
  std::string content;   ///< decoded from base64 and quoted-printable
};

/// The parts of the wanted types, in order, those of parts inside parts among them. Never fails: what is damaged is decoded as far as it
/// goes.
std::vector<MimePart> mime_parts(std::string_view message, std::string_view wanted_type, std::size_t most);

std::string decode_base64(std::string_view text);
std::string decode_quoted_printable(std::string_view text);

}  // namespace jiheng::reading
