// Inside desks/evaluation only: who may take which step with an evaluation, and those steps that need nothing but it.
#pragma once

#include <optional>
#include <string>

#include "access/principal.h"
#include "desks/evaluation/evaluations.h"
#include "policy/pack.h"

namespace jiheng::desks {

const policy::Pack& pack_of(const Evaluation& evaluation);
const policy::EvaluationRules& rules_of(const Evaluation& evaluation);
/// The post he works on it in, where it is another's; nullptr for his own.
const access::Post* post_of(const Evaluation& evaluation, const access::Principal& who);
/// nullopt where he may; the error else.
std::optional<Error> refusal(const Evaluation& evaluation, EvaluationAction action, const access::Principal& who);

// Each does its step; the error where it cannot be done.
std::optional<Error> replace_criteria(Evaluation& evaluation, const EvaluationDeed& deed);
std::optional<Error> add_note(Evaluation& evaluation, const EvaluationDeed& deed, Person by, std::string at);
std::optional<Error> conclude_it(Evaluation& evaluation, const EvaluationDeed& deed, Person by, std::string at);

Error invalid_evaluation(std::string message, std::string field);
Error evaluation_step_refused(std::string message);

}  // namespace jiheng::desks
