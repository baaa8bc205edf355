// 布置通知, 催报单, 批复, 审核意见表, 退回通知: what is known put into the texts of documents/*.txt, or into those a county keeps in
// documents/ of its data folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/principal.h"
#include "base/result.h"
#include "desks/performance/official_texts.h"
#include "desks/performance/publication.h"
#include "desks/performance/submissions.h"
#include "desks/performance/years.h"

namespace jiheng::desks {

enum class OfficialKind { notice, reminder, approval, opinion, send_back };
std::string_view official_code(OfficialKind kind);  ///< "notice" "reminder" "approval" "opinion" "return"
std::string_view official_name(OfficialKind kind);  ///< "布置通知"
std::optional<OfficialKind> official_from_code(std::string_view code);

/// Thread-safe.
class OfficialDocuments {
 public:
  OfficialDocuments(registry::Registry& registry, const Years& years, const Submissions& submissions, const Publications& publications)
      : registry_(registry), years_(years), submissions_(submissions), publications_(publications) {}

  /// notice, reminder, approval. Errors: not-found, forbidden (only who opens years or approves), official-text, nothing-to-write.
  Result<OfficialMade> of_year(OfficialKind kind, int year, const access::Principal& who) const;
  /// opinion, return, approval. Errors: not-found, official-text, nothing-to-write (it was never returned, or approved).
  Result<OfficialMade> of_submission(OfficialKind kind, std::string_view id, const access::Principal& who) const;

 private:
  Result<OfficialMade> made(OfficialKind kind, const writing::OfficialValues& values, std::string about) const;
  Result<OfficialMade> notice(int year, const access::Principal& who, bool reminding) const;
  Result<OfficialMade> approval(const std::vector<Publishable>& units, int year, std::string addressees, std::string about) const;
  Result<OfficialMade> opinion(const Submission& submission) const;
  Result<OfficialMade> send_back(const Submission& submission) const;

  registry::Registry& registry_;
  const Years& years_;
  const Submissions& submissions_;
  const Publications& publications_;
};

}  // namespace jiheng::desks
