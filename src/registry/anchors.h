// Anchors: where the journal ended on a day, noted down outside of the database, in a file elsewhere or on paper.
//
// The chain of hashes finds what was altered in the middle. Whoever cuts off its end leaves a sound chain behind; only what was noted
// outside tells that there was more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/registry.h"

namespace jiheng::registry {

struct Anchor {
  std::string at;  ///< UTC; empty for one typed in from paper
  std::string tenant;
  std::int64_t seq = 0;
  std::string hash;  ///< of the entry, or its beginning
};

/// The journal's end now. Error: nothing-yet (no entry to note).
Result<Anchor> anchor_now(Registry& registry);

/// A line of the file: time, bureau, number, hash.
std::string anchor_line(const Anchor& anchor);
/// For paper: the number, and the first twenty digits of the hash in fours: "1234-9f3a-77c2-01de-55b0-8a1c".
std::string anchor_code(const Anchor& anchor);

/// Lines of such a file; empty ones and those that begin with # are passed over. Error: bad-anchor (context: the line's number).
Result<std::vector<Anchor>> read_anchors(std::string_view text);
/// Error: bad-anchor.
Result<Anchor> read_anchor_code(std::string_view code, const std::string& tenant);

/// The first anchor of the bureau that the journal does not bear out. Codes: journal-truncated, anchor-differs.
std::optional<Verification::Bad> check_anchors(Registry& registry, const std::vector<Anchor>& anchors);

}  // namespace jiheng::registry
