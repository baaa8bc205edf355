#include "desks/people/outsiders.h"

#include <algorithm>

#include <boost/json.hpp>

#include "access/accounts.h"
#include "access/day.h"
#include "access/login_log.h"
#include "access/secret.h"
#include "access/units.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/performance/body.h"
#include "desks/performance/lists.h"
#include "desks/performance/publication.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;
using access::Permission;

constexpr std::size_t longest_name = 120;  // bytes
constexpr std::size_t longest_purpose = 600;
constexpr std::size_t most_units = 5000;
constexpr std::int64_t day_seconds = 24 * 3600;
constexpr std::string_view marker = "外部人员：";  ///< before his name in the login log

constexpr std::string_view insert_link =
    "INSERT INTO outsider_links (tenant_id, id, secret_sha256, seq) VALUES (?, ?, ?, ?) ON CONFLICT (tenant_id, id) DO NOTHING";
constexpr std::string_view select_openings = "SELECT link, opened, opened_at FROM outsider_openings WHERE tenant_id = ?";
constexpr std::string_view count_opening =
    "INSERT INTO outsider_openings (tenant_id, link, opened, opened_at) VALUES (?, ?, 1, ?) ON CONFLICT (tenant_id, link) DO UPDATE SET "
    "opened = outsider_openings.opened + 1, opened_at = excluded.opened_at";
/// Of units that are known and not classified.
constexpr std::string_view select_shown =
    "SELECT s.id, u.id, u.name, u.code, s.state, s.revision, s.tables, p.filing, COALESCE(q.revision, 0), COALESCE(q.state, ''), "
    "s.year_key FROM submission_summaries s JOIN submission_pages p ON p.tenant_id = s.tenant_id AND p.id = s.id JOIN units u ON "
    "u.tenant_id = s.tenant_id AND u.id = s.unit_id LEFT JOIN publications q ON q.tenant_id = s.tenant_id AND q.submission = s.id WHERE "
    "s.tenant_id = ? AND u.classified = 0 AND ";

Error invalid(std::string message, std::string field) {
  return {"invalid-outsider", std::move(message), {std::move(field)}};
}

void note(store::Connection& connection, registry::Registry& registry, std::string login, access::LoginOutcome outcome,
          std::string_view address, std::string_view agent) {
  access::note_login(
      connection, registry.tenant(),
      {{}, registry.now(), std::move(login), std::string(access::outcome_code(outcome)), std::string(address), std::string(agent)});
}

Error not_shown() {
  return {"not-found", "这个链接里没有这份绩效目标。", {}};
}

/// `giver`: account of who gave it; empty for the operator at the machine.
std::string body_of(const OutsiderLink& link, std::string_view giver) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().field("name", link.name).field("purpose", link.purpose).field("shows", shows_code(link.shows));
  out.field("submission", link.submission).key("year").integer(link.year).key("units").begin_array();
  for (const std::string& unit : link.units) out.string(unit);
  out.end_array().key("download").boolean(link.download).key("given_at").integer(link.given_at);
  out.key("expires_at").integer(link.expires_at).field("given_by", link.given_by).key("revoked").boolean(link.revoked);
  out.field("secret_sha256", link.secret_sha256).field("giver", giver).end_object();
  return text;
}

OutsiderLink link_from(const registry::Record& record) {
  // What the registry verified and we wrote; anything else is damage.
  try {
    const json::value body = json::parse(record.body);
    OutsiderLink link;
    link.id = record.id;
    link.revision = record.revision;
    link.name = std::string(body.at("name").as_string());
    link.purpose = std::string(body.at("purpose").as_string());
    link.shows = shows_from_code(body.at("shows").as_string()).value_or(OutsiderLink::Shows::published);
    if (body.at("submission").is_string()) link.submission = std::string(body.at("submission").as_string());
    link.year = static_cast<int>(body.at("year").as_int64());
    for (const json::value& unit : body.at("units").as_array()) link.units.emplace_back(unit.as_string());
    link.download = body.at("download").as_bool();
    link.given_at = body.at("given_at").as_int64();
    link.expires_at = body.at("expires_at").as_int64();
    link.given_by = std::string(body.at("given_by").as_string());
    link.revoked = body.at("revoked").as_bool();
    link.secret_sha256 = std::string(body.at("secret_sha256").as_string());
    return link;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里外部人员的链接读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

std::string giver_of(const registry::Record& record) {
  const json::value body = json::parse(record.body);
  const json::value* giver = body.as_object().if_contains("giver");
  return giver != nullptr && giver->is_string() ? std::string(giver->get_string()) : std::string();
}

/// Whether who gave it could give it today: a link stands on his post and ends with it.
bool giver_may(store::Connection& connection, registry::Registry& registry, const std::string& giver) {
  if (giver.empty()) return true;
  const auto account = access::find_account(connection, registry.tenant(), giver);
  if (!account || !account->active) return false;
  return access::principal_of(connection, registry.tenant(), *account, access::local_day(registry.now()))
      .may(Permission::audit_performance);
}

void store_link(store::Connection& connection, const std::string& tenant, const OutsiderLink& link, std::int64_t seq) {
  connection.run(insert_link, {tenant, link.id, link.secret_sha256, seq});
}

std::optional<Error> trouble_with(const OutsiderLink& link, int days) {
  if (trim(link.name).empty() || link.name.size() > longest_name || !is_valid_utf8(link.name))
    return invalid("请填写给谁看：姓名和单位（不超过40个字）。", "name");
  if (trim(link.purpose).empty() || link.purpose.size() > longest_purpose || !is_valid_utf8(link.purpose))
    return invalid("请写明看来做什么（不超过200个字）。", "purpose");
  if (days < 1 || days > longest_link_days) return invalid("有效期应在1到180天之间。", "days");
  if ((link.shows == OutsiderLink::Shows::submission) != link.submission.has_value())
    return invalid("请选择给他看哪一份，或者哪一年。", "submission");
  if (link.shows != OutsiderLink::Shows::submission && (link.year < 2000 || link.year > 2199)) return invalid("年度不对。", "year");
  if (link.units.size() > most_units) return invalid("单位太多了。", "units");
  return std::nullopt;
}

/// Nothing where the link does not show it.
std::optional<ShownTables> shown_of(const store::Row& row, const OutsiderLink& link) {
  if (!link.units.empty() && std::find(link.units.begin(), link.units.end(), row.text(1)) == link.units.end()) return std::nullopt;
  const State state = state_from_code(row.text(4)).value_or(State::draft);
  ShownTables shown;
  shown.submission = row.string(0);
  shown.unit_name = row.string(2);
  shown.code = row.string(3);
  shown.tables = row.small(6);
  shown.year = row.small(10);
  shown.state = std::string(state_code(state));
  switch (link.shows) {
    case OutsiderLink::Shows::submission:
      shown.revision = row.small(5);
      break;
    case OutsiderLink::Shows::approved:
      shown.revision = approved_revision(state, row.small(5), filing_from_json(row.text(7)));
      break;
    case OutsiderLink::Shows::published:
      shown.revision = row.text(9) == "published" ? row.small(8) : 0;
      break;
  }
  if (link.shows != OutsiderLink::Shows::submission) shown.state = std::string(state_code(State::approved));
  return shown.revision > 0 ? std::optional(std::move(shown)) : std::nullopt;
}

}  // namespace

std::string_view shows_code(OutsiderLink::Shows shows) {
  static constexpr std::string_view codes[] = {"submission", "approved", "published"};
  return codes[static_cast<int>(shows)];
}

std::optional<OutsiderLink::Shows> shows_from_code(std::string_view code) {
  for (const auto shows : {OutsiderLink::Shows::submission, OutsiderLink::Shows::approved, OutsiderLink::Shows::published}) {
    if (code == shows_code(shows)) return shows;
  }
  return std::nullopt;
}

Result<Outsiders::Given> Outsiders::give(OutsiderLink link, int days, const access::Principal& who) {
  if (!who.may(Permission::audit_performance)) return forbidden();
  if (auto trouble = trouble_with(link, days)) return std::move(*trouble);
  const std::string secret = access::new_secret();
  link.id = registry::new_id();
  link.revision = 0;
  link.name = normalise(link.name);
  link.given_at = registry_.now();
  link.expires_at = link.given_at + days * day_seconds;
  link.given_by = who.name();
  link.revoked = false;
  link.secret_sha256 = sha256_hex(secret);
  auto change = registry_.begin(author_of(who, link.purpose));
  for (const std::string& unit : link.units) {
    if (!access::find_unit(change.connection(), registry_.tenant(), unit)) return invalid("没有这个单位。", "units");
    if (!who.may(Permission::see_submissions, unit)) return forbidden();
  }
  if (link.submission) {
    const Text unit = listed_unit(change.connection(), registry_.tenant(), *link.submission);
    if (!unit || !who.may(Permission::see_submissions, *unit)) return Error{"not-found", "没有这份绩效目标。", {*link.submission}};
    const auto known = access::find_unit(change.connection(), registry_.tenant(), *unit);
    if (!known || known->classified) return invalid("涉密单位的绩效目标不给外部人员看。", "submission");
  }
  const auto record = change.put(
      {std::string(outsider_kind), link.id, 0, "given", "give-link", body_of(link, who.is_operator() ? std::string() : who.id()), {}});
  if (!record) return record.error();
  link.revision = record->revision;
  store_link(change.connection(), registry_.tenant(), link, record->seq);
  change.commit();
  return Given{std::move(link), secret};
}

Result<Done> Outsiders::revoke(std::string_view id, const access::Principal& who) {
  if (!who.may(Permission::audit_performance)) return forbidden();
  auto change = registry_.begin(author_of(who));
  const auto record = change.latest(outsider_kind, id);
  if (!record) return Error{"not-found", "没有这个链接。", {std::string(id)}};
  OutsiderLink link = link_from(*record);
  if (link.revoked) return Done{};
  link.revoked = true;
  const auto stored =
      change.put({std::string(outsider_kind), link.id, link.revision, "revoked", "revoke-link", body_of(link, giver_of(*record)), {}});
  if (!stored) return stored.error();
  change.commit();
  return Done{};
}

Result<std::vector<OutsiderLink>> Outsiders::list(const access::Principal& who) const {
  if (!who.may(Permission::audit_performance)) return forbidden();
  std::vector<OutsiderLink> found;
  std::map<std::string, std::pair<int, std::int64_t>> openings;
  auto reading = registry_.store().read();
  std::vector<std::string> givers;
  registry_.each_latest(*reading, outsider_kind, [&](const registry::Record& record) {
    found.push_back(link_from(record));
    givers.push_back(giver_of(record));
  });
  std::map<std::string, bool> may;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [known, fresh] = may.try_emplace(givers[i]);
    if (fresh) known->second = giver_may(*reading, registry_, givers[i]);
    found[i].lapsed = !found[i].revoked && !known->second;
  }
  reading->query(select_openings, {registry_.tenant()},
                 [&](const store::Row& row) { openings[row.string(0)] = {row.small(1), row.integer(2)}; });
  for (OutsiderLink& link : found) std::tie(link.opened, link.opened_at) = openings[link.id];
  std::reverse(found.begin(), found.end());
  return found;
}

std::optional<OutsiderLink> Outsiders::good(std::string_view secret) const {
  if (secret.empty()) return std::nullopt;
  std::string id;
  registry_.store().read()->query("SELECT id FROM outsider_links WHERE tenant_id = ? AND secret_sha256 = ?",
                                  {registry_.tenant(), sha256_hex(secret)}, [&](const store::Row& row) { id = row.string(0); });
  if (id.empty()) return std::nullopt;
  const auto record = registry_.latest(outsider_kind, id);
  if (!record) return std::nullopt;
  OutsiderLink link = link_from(*record);
  if (link.revoked || registry_.now() >= link.expires_at) return std::nullopt;
  if (!giver_may(*registry_.store().read(), registry_, giver_of(*record))) return std::nullopt;
  return link;
}

void Outsiders::opened(const OutsiderLink& link, std::string_view address, std::string_view agent) {
  auto writing = registry_.store().write();
  note(*writing, registry_, std::string(marker) + link.name, access::LoginOutcome::visit, address, agent);
  writing->run(count_opening, {registry_.tenant(), link.id, registry_.now()});
  writing.commit();
}

void Outsiders::looked(const OutsiderLink& link, std::string_view unit_name, bool took_file, std::string_view address,
                       std::string_view agent) {
  auto writing = registry_.store().write();
  note(*writing, registry_, std::string(marker) + link.name + "（" + std::string(unit_name) + "）",
       took_file ? access::LoginOutcome::visit_download : access::LoginOutcome::visit_look, address, agent);
  writing.commit();
}

void Outsiders::turned_away(std::string_view address, std::string_view agent) {
  auto writing = registry_.store().write();
  note(*writing, registry_, {}, access::LoginOutcome::void_link, address, agent);
  writing.commit();
}

std::vector<ShownTables> Outsiders::shown(const OutsiderLink& link) const {
  std::vector<ShownTables> found;
  const auto take = [&](const store::Row& row) {
    if (auto each = shown_of(row, link)) found.push_back(std::move(*each));
  };
  auto reading = registry_.store().read();
  if (link.shows == OutsiderLink::Shows::submission) {
    reading->query(std::string(select_shown) + "s.id = ?", {registry_.tenant(), link.submission.value_or("")}, take);
  } else {
    reading->query(std::string(select_shown) + "s.year_key = ? ORDER BY u.code, s.id", {registry_.tenant(), link.year}, take);
  }
  return found;
}

Result<std::pair<ShownTables, std::vector<GoalTable>>> Outsiders::tables(const OutsiderLink& link, std::string_view submission) const {
  for (ShownTables& each : shown(link)) {
    if (each.submission != submission) continue;
    const auto record = registry_.at_revision(submission_kind, submission, each.revision);
    if (!record) return not_shown();
    std::vector<GoalTable> tables;
    for (FiledTable& filed : body_from_json(record->body).tables) tables.push_back(std::move(filed.table));
    return std::pair(std::move(each), std::move(tables));
  }
  return not_shown();
}

void Outsiders::rebuild() {
  auto writing = registry_.store().write();
  writing->run("DELETE FROM outsider_links WHERE tenant_id = ?", {registry_.tenant()});
  std::vector<std::pair<OutsiderLink, std::int64_t>> links;
  registry_.each_latest(*writing, outsider_kind,
                        [&](const registry::Record& record) { links.emplace_back(link_from(record), record.seq); });
  for (const auto& [link, seq] : links) store_link(*writing, registry_.tenant(), link, seq);
  writing.commit();
}

}  // namespace jiheng::desks
