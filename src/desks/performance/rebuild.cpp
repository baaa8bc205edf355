#include <algorithm>

#include "desks/performance/audited.h"
#include "desks/performance/library.h"
#include "desks/performance/library_lists.h"
#include "desks/performance/lists.h"
#include "desks/performance/workflow.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view select_all =
    "SELECT s.revision || '|' || s.seq || '|' || s.unit_key || '|' || s.year_key || '|' || s.state || '|' || s.tables || '|' || s.errors "
    "|| '|' || s.warnings || '|' || s.hints || '|' || s.updated_at || '|' || s.updated_by || '|' || s.file || '|' || s.notes || '|' || "
    "s.search "
    "|| '|' || COALESCE(p.tables, '') || '|' || COALESCE(p.notes, '') || '|' || COALESCE(p.audit, '') || '|' || COALESCE(p.opinion, '') "
    "|| '|' || COALESCE(p.filing, '') || '|' || COALESCE(s.unit_id, '') || '|' || COALESCE(s.step, '') || '|' || s.waived || '|' || "
    "s.proposed || '|' || "
    "COALESCE(p.grades, '') || '|' || COALESCE(p.pack, '') "
    "FROM submission_summaries s LEFT JOIN submission_pages p ON p.tenant_id = s.tenant_id AND p.id = s.id WHERE s.tenant_id = ? AND s.id "
    "= ?";
constexpr std::string_view select_made_by = "SELECT made_by FROM submission_lists WHERE tenant_id = ?";
constexpr std::string_view select_ids_of_year = "SELECT id FROM submission_summaries WHERE tenant_id = ? AND year = ?";
constexpr std::string_view select_ids = "SELECT id FROM submission_summaries WHERE tenant_id = ?";

/// Everything listed of one submission as one text, to see whether it changed.
std::string listed(store::Connection& connection, const std::string& tenant, std::string_view id) {
  std::string text;
  connection.query(select_all, {tenant, id}, [&](const store::Row& row) { text = row.string(0); });
  return text;
}

/// What makes the lists: the program, its rules, and the shape of what is derived beside them (the library came later).
std::string made_by() {
  return rules_fingerprint() + " library-1 rules-1";
}

bool made_by_us(store::Connection& connection, const std::string& tenant) {
  bool ours = false;
  connection.query(select_made_by, {tenant}, [&](const store::Row& row) { ours = row.text(0) == made_by(); });
  return ours;
}

/// Of a submission that is being adjusted the library keeps what was approved.
std::optional<Body> approved_body(registry::Registry& registry, const registry::Record& record, const Body& body) {
  if (record.state == state_code(State::approved)) return body;
  if (!body.filing.adjusts) return std::nullopt;
  const auto before = registry.at_revision(submission_kind, record.id, *body.filing.adjusts);
  return before ? std::optional(body_from_json(before->body)) : std::nullopt;
}

}  // namespace

void relist_year(registry::Change& change, const std::string& tenant, int year) {
  std::vector<std::string> ids;
  change.connection().query(select_ids_of_year, {tenant, year}, [&](const store::Row& row) { ids.push_back(row.string(0)); });
  for (const std::string& id : ids) {
    auto record = change.latest(submission_kind, id);
    if (!record) continue;
    Opened each = opened(std::move(*record), change);
    if (!each.body.pack) store_lists(change.connection(), tenant, each);
  }
}

int Submissions::prepare() {
  {
    auto reading = registry_.store().read();
    if (made_by_us(*reading, registry_.tenant())) return 0;
  }
  return rebuild();
}

int Submissions::rebuild() {
  const std::string& tenant = registry_.tenant();
  auto change = registry_.begin({});
  store::Connection& connection = change.connection();
  std::vector<std::string> stray;
  connection.query(select_ids, {tenant}, [&](const store::Row& row) { stray.push_back(row.string(0)); });
  int mended = 0;
  clear_library(connection, tenant);
  registry_.each_latest(connection, submission_kind, [&](const registry::Record& record) {
    if (record.state == removed_state) return;
    std::erase(stray, record.id);
    const std::string before = listed(connection, tenant, record.id);
    Opened each = opened(record, change);
    store_rows(connection, tenant, each);
    if (const auto approved = approved_body(registry_, record, each.body)) put_library_uses(connection, tenant, record.id, *approved);
    if (before != listed(connection, tenant, record.id)) ++mended;
  });
  for (const std::string& id : stray) remove_lists(connection, tenant, id);
  registry_.each_latest(connection, library_kind,
                        [&](const registry::Record& record) { store_library_note(connection, tenant, library_note_from(record)); });
  refresh_library(connection, tenant);
  connection.run("DELETE FROM submission_lists WHERE tenant_id = ?", {tenant});
  connection.run("INSERT INTO submission_lists (tenant_id, made_by) VALUES (?, ?)", {tenant, made_by()});
  change.commit();
  return mended + static_cast<int>(stray.size());
}

}  // namespace jiheng::desks
