#include "service/api/year_views.h"

#include "base/json_writer.h"
#include "policy/pack.h"

namespace jiheng::service {
namespace {

void write_year(JsonWriter& out, const desks::FilingYear& year) {
  const auto deadline = desks::filing_deadline(year, {});
  out.begin_object().key("year").integer(year.year).key("revision").integer(year.revision);
  out.field("opens", year.opens).key("work_days").integer(year.work_days);
  out.field("due", deadline ? Text(deadline->due.text()) : Text()).key("provisional").boolean(deadline && deadline->provisional);
  out.field("notice", year.notice).field("pack", year.pack).key("exempt").begin_array();
  for (const std::string& unit : year.exempt) out.string(unit);
  out.end_array().key("extensions").begin_array();
  for (const desks::Extension& each : year.extensions)
    out.begin_object().field("unit", each.unit).key("work_days").integer(each.work_days).field("why", each.why).end_object();
  out.end_array().key("closed").boolean(year.closed).end_object();
}

void write_tile(JsonWriter& out, const desks::Tile& tile) {
  out.begin_object().field("unit", tile.unit).field("code", tile.code).field("name", tile.name).field("section", tile.section);
  out.field("state", desks::tile_state_code(tile.state)).field("submission", tile.submission).key("revision").integer(tile.revision);
  out.key("step");
  tile.step ? out.string(desks::step_code(*tile.step)) : out.null();
  out.key("proposed").boolean(tile.proposed);
  out.key("tables").integer(tile.tables).key("error").integer(tile.errors).key("warning").integer(tile.warnings).key("grade");
  tile.grade ? out.string(auditing::grade_name(*tile.grade)) : out.null();
  out.field("due", tile.due).key("days_left").integer(tile.days_left);
  out.key("overdue").boolean(tile.overdue).key("extended").boolean(tile.extended).end_object();
}

}  // namespace

std::string packs_json() {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const std::string& name : policy::pack_names()) {
    const auto found = policy::find_pack(name);
    if (!found) continue;
    const policy::Pack& pack = **found;
    out.begin_object().field("id", pack.id()).field("name", pack.name).key("version").integer(pack.version).field("title", pack.title);
    out.field("place", pack.place).field("region_code", pack.region_code).field("basis", pack.basis);
    out.field("valid_from", pack.valid_from).field("valid_to", pack.valid_to).key("confirmed").boolean(pack.confirmed);
    out.key("steps").begin_array();
    for (const std::string& step : pack.filing.steps) out.string(step);
    out.end_array().end_object();
  }
  out.end_array();
  return text;
}

std::string year_json(const desks::FilingYear& year) {
  std::string text;
  JsonWriter out(text);
  write_year(out, year);
  return text;
}

std::string years_json(const std::vector<desks::FilingYear>& years) {
  std::string text;
  JsonWriter out(text);
  out.begin_array();
  for (const desks::FilingYear& each : years) write_year(out, each);
  out.end_array();
  return text;
}

std::string wall_json(const desks::Wall& wall) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("year");
  write_year(out, wall.year);
  out.key("counts").begin_object();
  for (int i = 0; i < 6; ++i) out.key(desks::tile_state_code(static_cast<desks::TileState>(i))).integer(wall.counts[i]);
  out.end_object().key("overdue").integer(wall.overdue).key("faulty").integer(wall.faulty).key("strangers").integer(wall.strangers);
  out.key("tiles").begin_array();
  for (const desks::Tile& tile : wall.tiles) write_tile(out, tile);
  out.end_array().end_object();
  return text;
}

}  // namespace jiheng::service
