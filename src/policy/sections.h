// Inside policy/ only: the parts of a pack, each read in a file of its own.
#pragma once

#include "policy/evaluation_parameters.h"
#include "policy/pack.h"
#include "policy/parameters.h"
#include "policy/scoring_parameters.h"

namespace jiheng::policy {

AuditParameters audit_of(const Parameters& p);
ScoringParameters scoring_of(const Parameters& p);
Filing filing_of(const Parameters& p);
Monitoring monitoring_of(const Parameters& p);
std::vector<DeadlineRule> deadlines_of(const Parameters& p);
OverallTable overall_of(const Parameters& p);
Rectification rectification_of(const Parameters& p);
EvaluationRules evaluation_of(const Parameters& p);
/// Complains, and yields `least`, where it is none between the two.
int whole_number(const Parameters& p, const char* name, int least, int most);
std::vector<GradeBand> bands_of(const Parameters& p, const char* name);

}  // namespace jiheng::policy
