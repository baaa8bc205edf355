#include <algorithm>

#include "base/text.h"
#include "desks/follow_up/follow_up_lists.h"
#include "desks/follow_up/standing.h"
#include "desks/people/people.h"

namespace jiheng::desks {
namespace {

using access::Permission;
using scoring::Light;

/// Whether he has the next move.
bool is_his(const FollowUpSummary& form, const access::Principal& who) {
  const std::string unit = form.unit.value_or("");
  switch (form.state) {
    case FollowUpState::draft:
    case FollowUpState::returned:
      return who.may(Permission::file_submissions, unit);
    case FollowUpState::submitted:
      return who.may(Permission::confirm_filing, unit);
    case FollowUpState::filed:
      return who.may(Permission::audit_performance, unit);
    default:
      return false;
  }
}

bool names(const FollowUpSummary& form, const std::string& folded) {
  if (contains(fold_label(form.unit_name), folded)) return true;
  return std::any_of(form.tables.begin(), form.tables.end(),
                     [&](const TableSummary& each) { return contains(fold_label(each.project_name.value_or("")), folded); });
}

bool is_wanted(const FollowUpSummary& form, const FollowUpFilter& filter, const std::string& folded, const access::Principal& who) {
  if (filter.state && form.state != *filter.state) return false;
  if (filter.light &&
      std::none_of(form.tables.begin(), form.tables.end(), [&](const TableSummary& each) { return each.light == *filter.light; }))
    return false;
  if (filter.mine && !is_his(form, who)) return false;
  if (filter.drawn && !form.drawn) return false;
  return folded.empty() || names(form, folded);
}

/// Monitoring: the worst light in front. Self-evaluation: the lowest total.
bool is_worse(const FollowUpSummary& a, const FollowUpSummary& b) {
  if (a.light() != b.light()) return a.light() > b.light();
  const auto lowest = [](const FollowUpSummary& form) {
    std::optional<Decimal> least;
    for (const TableSummary& each : form.tables) {
      const auto total = each.total ? Decimal::parse(*each.total) : std::nullopt;
      if (total && (!least || *total < *least)) least = total;
    }
    return least;
  };
  const auto left = lowest(a);
  const auto right = lowest(b);
  if (left.has_value() != right.has_value()) return left.has_value();
  return left && *left < *right;
}

}  // namespace

Light FollowUpSummary::light() const {
  Light worst = Light::none;
  for (const TableSummary& each : tables) worst = std::max(worst, each.light);
  return worst;
}

FollowUpPage FollowUps::page(const FollowUpFilter& filter, const access::Principal& who) const {
  FollowUpPage page;
  const access::Reach reach = who.reach(Permission::see_submissions);
  auto all = summaries_of(*registry_.store().read(), registry_.tenant(), filter.kind, filter.year, filter.month);
  const std::string folded = fold_label(filter.query);
  std::vector<FollowUpSummary> wanted;
  for (FollowUpSummary& form : all) {
    if (!reach.contains(form.unit.value_or(""))) continue;
    ++page.counts[static_cast<int>(form.state)];
    for (const TableSummary& each : form.tables) ++page.lights[static_cast<int>(each.light)];
    page.mine += is_his(form, who) ? 1 : 0;
    if (is_wanted(form, filter, folded, who)) wanted.push_back(std::move(form));
  }
  std::stable_sort(wanted.begin(), wanted.end(), is_worse);
  page.total = static_cast<int>(wanted.size());
  const auto first = static_cast<std::size_t>(std::clamp(filter.offset, 0, page.total));
  const auto last = std::min(wanted.size(), first + static_cast<std::size_t>(std::max(filter.limit, 0)));
  page.items.assign(std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(first)),
                    std::make_move_iterator(wanted.begin() + static_cast<std::ptrdiff_t>(last)));
  return page;
}

std::vector<GradedProject> FollowUps::graded(int year) const {
  std::vector<GradedProject> out;
  for (const FollowUpSummary& form : summaries_of(*registry_.store().read(), registry_.tenant(), FollowUpKind::self_evaluation, year, 12)) {
    if (form.state != FollowUpState::accepted || !form.unit) continue;
    for (const TableSummary& table : form.tables) {
      const Text& total = table.rechecked_total ? table.rechecked_total : table.total;
      const Text& grade = table.rechecked_grade ? table.rechecked_grade : table.grade;
      // Money is decided project by project; the whole department's would be counted twice.
      if (!table.project_name || !total || !grade) continue;
      GradedProject graded;
      graded.unit = *form.unit;
      graded.project = *table.project_name;
      graded.year = year;
      graded.amount = Decimal::parse(table.budget.value_or("0")).value_or(Decimal());
      graded.source = GradedProject::Source::self_evaluation;
      graded.record = form.id;
      graded.total = Decimal::parse(*total).value_or(Decimal());
      graded.grade = *grade;
      out.push_back(std::move(graded));
    }
  }
  return out;
}

}  // namespace jiheng::desks
