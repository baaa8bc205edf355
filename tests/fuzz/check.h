// What must hold of everything that is read, whatever the input was. A breach ends the fuzzer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "goals/goal_table.h"
#include "reading/reader.h"

namespace jiheng::fuzz {

inline std::string_view view(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Small enough that a slow input shows itself in seconds.
reading::Limits small_limits();
/// Texts are UTF-8; spans stay inside their grid; cells do not cover each other; limits are kept; an error has its code and its sentence.
void check(const Result<reading::Layout>& layout);
void check(const Error& error);
/// The JSON of the document reads back as the same document.
void check(const Document& document);
void require(bool holds, const char* what);

}  // namespace jiheng::fuzz
