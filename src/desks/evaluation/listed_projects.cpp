#include "desks/evaluation/listed_projects.h"

#include "desks/follow_up/money.h"
#include "desks/performance/body.h"
#include "desks/performance/lists.h"

namespace jiheng::desks {
namespace {

std::vector<ListedProject> projects_in(const registry::Record& record) {
  std::vector<ListedProject> found;
  for (const FiledTable& each : body_from_json(record.body).tables) {
    if (each.table.kind == TableKind::overall || !each.table.project_name) continue;
    const auto amount = in_wan(each.table.amount, each.table.money_unit);
    found.push_back({*each.table.project_name, amount ? Text(amount->plain()) : each.table.amount});
  }
  return found;
}

}  // namespace

std::vector<ListedProjects::List> ListedProjects::of(registry::Registry& registry, const std::vector<Version>& wanted) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> unread;
  for (const auto& [submission, revision] : wanted) {
    const auto found = kept_.find(submission);
    if (found == kept_.end() || found->second.revision != revision) unread.push_back(submission);
  }
  // What was stored meanwhile is read as it is now, and once more when its list says so.
  for (const auto& [submission, record] : registry.latest_of(submission_kind, unread))
    kept_[submission] = {record.revision, std::make_shared<const std::vector<ListedProject>>(projects_in(record))};
  static const List none = std::make_shared<const std::vector<ListedProject>>();
  std::vector<List> out;
  for (const auto& [submission, revision] : wanted) {
    const auto found = kept_.find(submission);
    out.push_back(found == kept_.end() ? none : found->second.projects);
  }
  return out;
}

}  // namespace jiheng::desks
