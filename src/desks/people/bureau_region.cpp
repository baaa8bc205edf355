#include "desks/people/bureau_region.h"

#include <algorithm>
#include <boost/json.hpp>

#include "access/day.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "store/failure.h"

namespace jiheng::desks {
namespace {

namespace json = boost::json;

constexpr std::string_view record_id = "bureau";
constexpr std::size_t longest_name = 240;  // bytes

Error invalid(std::string message, std::string field) {
  return {"invalid-region", std::move(message), {std::move(field)}};
}

std::string body_of(const std::vector<BureauRegion>& regions) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("regions").begin_array();
  for (const BureauRegion& each : regions) {
    out.begin_object().field("code", each.code).field("name", each.name);
    out.field("from", each.from ? Text(each.from->text()) : Text()).field("to", each.to ? Text(each.to->text()) : Text()).end_object();
  }
  out.end_array().end_object();
  return text;
}

std::optional<Date> day_of(const json::value& value) {
  return value.is_string() ? Date::parse(std::string_view(value.get_string())) : std::nullopt;
}

std::vector<BureauRegion> regions_from(const registry::Record& record) {
  try {
    std::vector<BureauRegion> regions;
    const json::value body = json::parse(record.body);
    for (const json::value& each : body.at("regions").as_array())
      regions.push_back({std::string(each.at("code").as_string()), std::string(each.at("name").as_string()), day_of(each.at("from")),
                         day_of(each.at("to"))});
    return regions;
  } catch (const boost::system::system_error& broken) {
    throw store::Failure("db-damaged", "数据库里的行政区划读不出来，可能已被改动。请运行校验，必要时用备份恢复。", broken.what());
  }
}

/// What the table says to have become the region, where it is one region.
std::optional<BureauRegion> former_of(const Regions& table, const Region& region) {
  const Region* former = nullptr;
  for (const Region& each : table.all()) {
    const bool became = std::find(each.successors.begin(), each.successors.end(), region.code) != each.successors.end();
    if (!became || !each.to || !region.from || *each.to + 1 != *region.from) continue;
    if (former != nullptr) return std::nullopt;
    former = &each;
  }
  if (former == nullptr) return std::nullopt;
  return BureauRegion{former->code, table.full_name(former->code, *former->to), former->from, former->to};
}

}  // namespace

std::vector<BureauRegion> BureauRegions::list() const {
  const auto record = registry_.latest(bureau_region_kind, record_id);
  return record ? regions_from(*record) : std::vector<BureauRegion>();
}

std::optional<BureauRegion> BureauRegions::on(Date day) const {
  for (const BureauRegion& each : list()) {
    if ((!each.from || *each.from <= day) && (!each.to || day <= *each.to)) return each;
  }
  return std::nullopt;
}

std::string BureauRegions::shown() const {
  const auto now = on(Date::parse(access::local_day(registry_.now())).value_or(Date()));
  return now ? now->name + "（" + now->code + "）" : std::string();
}

Result<std::vector<BureauRegion>> BureauRegions::put(std::string_view code, std::optional<Date> from, std::string_view name,
                                                     const Regions& table, const access::Principal& who) {
  if (!who.may(access::Permission::manage_units)) return forbidden();
  if (!is_region_code(code)) return invalid("行政区划代码应是六位数字（GB/T 2260），例如 430212。", "code");
  const Region* known = table.last(code);
  const Date today = Date::parse(access::local_day(registry_.now())).value_or(Date());
  if (!from && known != nullptr) from = known->from;
  const Date first = from.value_or(known != nullptr && known->to ? *known->to : today);
  if (known != nullptr && table.find(code, first) == nullptr)
    return invalid(known->from && first < *known->from ? std::string(code) + "（" + known->name + "）从" + known->from->text() + "起才有。"
                                                       : std::string(code) + "（" + known->name + "）到" + known->to->text() + "为止。",
                   "from");
  BureauRegion next{std::string(code), known != nullptr ? table.full_name(code, first) : normalise(name), from,
                    known != nullptr ? known->to : std::nullopt};
  if (next.name.empty() || next.name.size() > longest_name) return invalid("行政区划数据里没有这个代码，请写明名称。", "name");
  auto change = registry_.begin(author_of(who));
  const auto before = change.latest(bureau_region_kind, record_id);
  std::vector<BureauRegion> regions = before ? regions_from(*before) : std::vector<BureauRegion>();
  // What it says anew takes the place of what was said of those days.
  std::erase_if(regions, [&](const BureauRegion& each) { return !from || (each.from && *each.from >= *from); });
  if (!regions.empty() && from && (!regions.back().to || *regions.back().to >= *from)) regions.back().to = *from - 1;
  if (regions.empty() && known != nullptr) {
    if (auto former = former_of(table, *known)) regions.push_back(std::move(*former));
  }
  regions.push_back(std::move(next));
  const auto stored = change.put({std::string(bureau_region_kind),
                                  std::string(record_id),
                                  before ? before->revision : 0,
                                  "kept",
                                  before ? "edit" : "add",
                                  body_of(regions),
                                  {}});
  if (!stored) return stored.error();
  change.commit();
  return regions;
}

}  // namespace jiheng::desks
