#include "desks/what_if/pack_trial.h"

#include <algorithm>
#include <map>

#include "desks/follow_up/filling.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/performance/audited.h"
#include "desks/performance/lists.h"
#include "desks/performance/years.h"
#include "scoring/score.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view select_form =
    "SELECT r.body FROM follow_ups f JOIN records r ON r.tenant_id = f.tenant_id AND r.kind = ? AND r.id = f.id AND r.revision = "
    "f.revision "
    "WHERE f.tenant_id = ? AND f.id = ?";
/// The tables that a form was filled from.
constexpr std::string_view select_approved = "SELECT body FROM records WHERE tenant_id = ? AND kind = ? AND id = ? AND revision = ?";
constexpr std::string_view select_ids =
    "SELECT f.id FROM follow_ups f WHERE f.tenant_id = ? AND f.kind = 'self_evaluation' AND f.year = ? AND f.state = 'accepted' ORDER BY "
    "f.unit_name, f.id";

using Grades = std::map<std::string, int>;

std::vector<std::pair<std::string, int>> in_order(Grades found, const policy::Pack& pack) {
  std::vector<std::pair<std::string, int>> grades;
  for (const policy::GradeBand& band : pack.scoring.grades) {
    grades.emplace_back(band.name, found[band.name]);
    found.erase(band.name);
  }
  for (const auto& [name, count] : found) grades.emplace_back(name, count);
  return grades;
}

/// 0 for the best; behind all of them where the pack has no such grade.
std::size_t place_of(const std::string& grade, const policy::Pack& pack) {
  const auto& bands = pack.scoring.grades;
  return static_cast<std::size_t>(
      std::find_if(bands.begin(), bands.end(), [&](const policy::GradeBand& band) { return band.name == grade; }) - bands.begin());
}

}  // namespace

Result<PackTrial> try_pack(registry::Registry& registry, int year, std::string_view name) {
  const auto pack = policy::find_pack(name);
  if (!pack) return pack.error();
  return try_pack(registry, year, **pack);
}

PackTrial try_pack(registry::Registry& registry, int year, const policy::Pack& pack) {
  const policy::Pack& real = pack_for({}, year_pack(registry, year));
  PackTrial out;
  out.year = year;
  out.pack = &pack;
  const std::string& tenant = registry.tenant();
  std::vector<std::string> ids;
  auto reading = registry.store().read();
  reading->query(select_ids, {tenant, year}, [&](const store::Row& row) { ids.push_back(row.string(0)); });
  Grades grades;
  Grades tried_grades;
  Decimal sum;
  Decimal tried_sum;
  for (const std::string& id : ids) {
    FollowUpBody body;
    reading->query(select_form, {follow_up_kind, tenant, id}, [&](const store::Row& row) { body = follow_up_from_json(row.text(0)); });
    Body approved;
    reading->query(select_approved, {tenant, submission_kind, body.submission, body.submission_revision},
                   [&](const store::Row& row) { approved = body_from_json(row.text(0)); });
    for (std::size_t t = 0; t < body.filed.size(); ++t) {
      const FilledTable& filled = body.filed[t];
      const auto total = filled.table.total_score ? Decimal::parse(*filled.table.total_score) : std::nullopt;
      if (!total) continue;
      TriedTable item{
          id,   static_cast<int>(t), body.unit_name, filled.table.project_name, total->text(), filled.grade.value_or(""), {}, {}, {}, {},
          false};
      const GoalTable& targets = t < approved.tables.size() ? approved.tables[t].table : filled.table;
      const auto scored =
          scoring::score(evaluated_table(filled.table, targets, t < body.entries.size() ? body.entries[t] : TableEntry()), pack.scoring);
      if (!scored) {
        ++out.untried;
        item.trouble = scoring::refusal_text(scored.error());
        out.items.push_back(std::move(item));
        continue;
      }
      item.tried_total = scored->total.text();
      item.tried_grade = scored->grade;
      item.difference = (scored->total - *total).text();
      item.regraded = item.grade != scored->grade;
      ++out.tables;
      out.regraded += item.regraded ? 1 : 0;
      out.better += item.regraded && place_of(scored->grade, pack) < place_of(item.grade, real) ? 1 : 0;
      ++grades[item.grade];
      ++tried_grades[scored->grade];
      sum += *total;
      tried_sum += scored->total;
      out.items.push_back(std::move(item));
    }
  }
  if (out.tables > 0) {
    out.mean = Decimal::quotient(sum, Decimal(out.tables), 2).plain();
    out.tried_mean = Decimal::quotient(tried_sum, Decimal(out.tables), 2).plain();
  }
  out.grades = in_order(std::move(grades), real);
  out.tried_grades = in_order(std::move(tried_grades), pack);
  const auto size = [](const TriedTable& each) { return Decimal::parse(each.difference.value_or("0")).value_or(Decimal()).abs(); };
  std::stable_sort(out.items.begin(), out.items.end(), [&](const TriedTable& a, const TriedTable& b) {
    if (a.regraded != b.regraded) return a.regraded;
    return size(a) > size(b);
  });
  return out;
}

}  // namespace jiheng::desks
