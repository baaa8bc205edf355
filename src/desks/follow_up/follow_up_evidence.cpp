// 佐证材料: files that prove what a form says.
#include <algorithm>

#include "base/text.h"
#include "desks/follow_up/follow_up_steps.h"
#include "desks/follow_up/standing.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Permission;

constexpr std::size_t most_evidence = 200;  ///< files of one form
constexpr std::size_t longest_name = 300;

}  // namespace

std::vector<std::string> FollowUpBody::attachments() const {
  std::vector<std::string> all;
  const auto add = [&](const std::vector<Evidence>& evidence) {
    for (const Evidence& each : evidence) {
      if (std::find(all.begin(), all.end(), each.sha256) == all.end()) all.push_back(each.sha256);
    }
  };
  for (const TableEntry& table : entries) {
    add(table.evidence);
    for (const IndicatorEntry& each : table.indicators) add(each.evidence);
  }
  return all;
}

Result<FollowUp> FollowUps::add_evidence(std::string_view id, int from_revision, int table, int indicator, std::string_view bytes,
                                         std::string name, const access::Principal& who) {
  auto found = standing_at(id, from_revision, who);
  if (!found) return found.error();
  FollowUpBody& body = found->body;
  if (!may_file(body, who)) return forbidden();
  if (!is_open(found->state)) return not_allowed(found->state, "添加佐证材料");
  if (table < 0 || static_cast<std::size_t>(table) >= body.entries.size()) return Error{"invalid-entry", "没有这张表。", {"table"}};
  TableEntry& entry = body.entries[static_cast<std::size_t>(table)];
  if (indicator < -1 || indicator >= static_cast<int>(entry.indicators.size()))
    return Error{"invalid-entry", "没有这个指标。", {"indicator"}};
  if (bytes.empty()) return Error{"invalid-entry", "文件是空的。", {"file"}};
  if (name.empty() || name.size() > longest_name || !is_valid_utf8(name))
    return Error{"invalid-entry", "文件名太长或有不能识别的字符。", {"name"}};
  if (body.attachments().size() >= most_evidence)
    return Error{"invalid-entry", "一份表最多附" + std::to_string(most_evidence) + "个文件，请合并后再传。", {"file"}};
  auto& evidence = indicator < 0 ? entry.evidence : entry.indicators[static_cast<std::size_t>(indicator)].evidence;
  const Evidence added{registry_.keep(bytes), std::move(name)};
  if (std::find(evidence.begin(), evidence.end(), added) == evidence.end()) evidence.push_back(added);
  add_hand(body, who);
  const FollowUpState state = found->state;
  return store(std::move(*found), state, "add-evidence", {}, who, Permission::file_submissions);
}

Result<FollowUp> FollowUps::remove_evidence(std::string_view id, int from_revision, int table, int indicator, std::string_view sha256,
                                            const access::Principal& who) {
  auto found = standing_at(id, from_revision, who);
  if (!found) return found.error();
  FollowUpBody& body = found->body;
  if (!may_file(body, who)) return forbidden();
  if (!is_open(found->state)) return not_allowed(found->state, "删除佐证材料");
  if (table < 0 || static_cast<std::size_t>(table) >= body.entries.size()) return Error{"invalid-entry", "没有这张表。", {"table"}};
  TableEntry& entry = body.entries[static_cast<std::size_t>(table)];
  if (indicator < -1 || indicator >= static_cast<int>(entry.indicators.size()))
    return Error{"invalid-entry", "没有这个指标。", {"indicator"}};
  auto& evidence = indicator < 0 ? entry.evidence : entry.indicators[static_cast<std::size_t>(indicator)].evidence;
  if (std::erase_if(evidence, [&](const Evidence& each) { return each.sha256 == sha256; }) == 0)
    return Error{"not-found", "没有这个佐证材料，它可能已被删除。", {}};
  add_hand(body, who);
  const FollowUpState state = found->state;
  return store(std::move(*found), state, "remove-evidence", {}, who, Permission::file_submissions);
}

Result<FollowUps::File> FollowUps::evidence(std::string_view id, std::string_view sha256, const access::Principal& who) const {
  const auto found = standing(id, who);
  if (!found) return found.error();
  std::vector<TableEntry> entries = found->body.entries;
  for (const AcceptedBefore& each : found->body.accepted_before) {
    if (const auto record = registry_.at_revision(follow_up_kind, id, each.revision)) {
      for (TableEntry& entry : follow_up_from_json(record->body).entries) entries.push_back(std::move(entry));
    }
  }
  for (const TableEntry& table : entries) {
    const auto named = [&](const std::vector<Evidence>& evidence) {
      const auto each = std::find_if(evidence.begin(), evidence.end(), [&](const Evidence& e) { return e.sha256 == sha256; });
      return each == evidence.end() ? nullptr : &*each;
    };
    const Evidence* file = named(table.evidence);
    for (const IndicatorEntry& each : table.indicators) {
      if (file == nullptr) file = named(each.evidence);
    }
    if (file == nullptr) continue;
    auto bytes = registry_.attachment(sha256);
    if (!bytes) return bytes.error();
    return File{file->name, std::move(*bytes)};
  }
  return Error{"not-found", "没有这个佐证材料，它可能已被删除。", {}};
}

}  // namespace jiheng::desks
