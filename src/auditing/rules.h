// All rules of the audit (contracts: audit-rules). One rule is one function and one card.
#pragma once

#include <span>
#include <vector>

#include "auditing/card.h"

namespace jiheng::auditing {

struct Submission;
class Findings;

struct Rule {
  const Card* card = nullptr;
  void (*check)(const Submission&, Findings&) = nullptr;
};

/// The cards in the order of the contract, which is also the order of findings on one indicator.
std::span<const Card* const> cards();
/// The card of that id, nullptr where there is none.
const Card* find_card(std::string_view id);

/// The rules in the order of their cards.
std::span<const Rule> rules();
/// Place of a card in cards().
int rank_of(const Card& card);

// The families, one source file each under rules/.
std::span<const Rule> head_rules();
std::span<const Rule> money_rules();
std::span<const Rule> structure_rules();
std::span<const Rule> weight_rules();
std::span<const Rule> whole_and_part_rules();
std::span<const Rule> cost_rules();
std::span<const Rule> target_rules();
std::span<const Rule> unit_rules();
std::span<const Rule> level_rules();
std::span<const Rule> wording_rules();

}  // namespace jiheng::auditing
