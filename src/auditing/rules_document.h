// docs/rules.md out of the cards, so that the document can never differ from the rules.
#pragma once

#include <string>

namespace jiheng::auditing {

std::string rules_document();

}  // namespace jiheng::auditing
