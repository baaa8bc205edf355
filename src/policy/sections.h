// Inside policy/ only: the parts of a pack, each read in a file of its own.
#pragma once

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
std::vector<GradeBand> bands_of(const Parameters& p, const char* name);

}  // namespace jiheng::policy
