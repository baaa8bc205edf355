#include "desks/performance/public_site.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <list>
#include <map>
#include <set>

#include "base/hash.h"
#include "writing/site/site.h"

namespace jiheng::desks {
namespace {

constexpr std::string_view assets[] = {"style.css", "search.js", "compare.js"};

writing::SiteUnit site_unit(const Published& each) {
  writing::SiteUnit unit;
  unit.code = each.code;
  unit.name = each.name;
  unit.section = each.section;
  unit.year = each.year;
  unit.revision = each.revision;
  unit.version = each.version;
  unit.content = each.content;
  unit.approved = local_day_of(each.approved_at);
  unit.published = local_day_of(each.published_at);
  for (const PublishedFile& file : each.files) unit.downloads.push_back({file.carrier, file.sha256, file.bytes});
  return unit;
}

/// A year's data, or all of it under the year 0.
writing::SiteData data_of(const Publications& publications, const std::vector<Published>& published,
                          const std::vector<writing::SiteUnit>& units, int year) {
  writing::SiteData data;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].year == year) data.add(units[i], publications.tables(published[i]));
  }
  return data;
}

std::set<int, std::greater<>> years_of(const std::vector<writing::SiteUnit>& units) {
  std::set<int, std::greater<>> years;
  for (const writing::SiteUnit& each : units) years.insert(each.year);
  return years;
}

int newest(const std::vector<writing::SiteUnit>& units) {
  const auto years = years_of(units);
  return years.empty() ? 0 : *years.begin();
}

/// What the index shows of its tables.
void take_summary(writing::SiteUnit& unit, const std::map<std::string, writing::SiteUnit, std::less<>>& summaries,
                  std::string_view content) {
  const auto found = summaries.find(content);
  if (found == summaries.end()) return;
  unit.kinds = found->second.kinds;
  unit.overall = found->second.overall;
  unit.projects = found->second.projects;
  unit.others = found->second.others;
  unit.amount = found->second.amount;
}

}  // namespace

/// What was published at one moment, with the pages made of it so far.
struct PublicSite::Snapshot {
  std::string mark;
  writing::SiteHead head;
  std::vector<Published> published;
  std::vector<writing::SiteUnit> units;  ///< beside `published`
  std::map<std::string, std::size_t, std::less<>> by_stem;

  std::mutex mutex;
  std::map<std::string, File, std::less<>> pages;
  std::list<std::string> order;  ///< of their making
  std::size_t bytes = 0;
  /// The one asked for last of those that are too large: a year's data of a province. Whoever has no account must not have it made anew
  /// each time.
  std::pair<std::string, File> large;

  std::optional<File> kept(std::string_view path) {
    const std::lock_guard lock(mutex);
    if (large.second.bytes && path == large.first) return large.second;
    const auto found = pages.find(path);
    return found == pages.end() ? std::nullopt : std::optional(found->second);
  }
  File keep(std::string_view path, std::string text, std::size_t most) {
    const std::string etag = "\"" + sha256_hex(text).substr(0, 16) + "\"";
    File file{std::make_shared<const std::string>(std::move(text)), etag};
    const std::lock_guard lock(mutex);
    if (file.bytes->size() > most) {
      large = {std::string(path), file};
      return file;
    }
    if (!pages.emplace(std::string(path), file).second) return file;
    order.emplace_back(path);
    bytes += file.bytes->size();
    while (bytes > most) {
      const auto oldest = pages.find(order.front());
      bytes -= oldest->second.bytes->size();
      pages.erase(oldest);
      order.pop_front();
    }
    return file;
  }
  /// nullopt: there is no such page. Files of units are not made here.
  std::optional<std::string> make(const Publications& publications, std::string_view path) const;
  /// Of what stands in the year's folder beside the units' pages.
  std::optional<std::string> of_year(const Publications& publications, int year, std::string_view name) const;
};

std::optional<std::string> PublicSite::Snapshot::make(const Publications& publications, std::string_view path) const {
  if (path == "index.html") return writing::index_page(head, units, newest(units), writing::IndexPlace::front);
  if (path == "compare.html" && head.live) return writing::compare_page(head);
  if (std::ranges::find(assets, path) != std::end(assets)) return std::string(*writing::site_asset(path));
  if (path.size() > 5 && path[4] == '/') {
    for (const int year : years_of(units)) {
      if (std::to_string(year) != path.substr(0, 4)) continue;
      if (auto made = of_year(publications, year, path.substr(5))) return made;
    }
  }
  if (!path.ends_with(".html")) return std::nullopt;
  const auto found = by_stem.find(path.substr(0, path.size() - 5));
  if (found == by_stem.end()) return std::nullopt;
  return writing::unit_page(head, units[found->second], publications.tables(published[found->second]));
}

std::optional<std::string> PublicSite::Snapshot::of_year(const Publications& publications, int year, std::string_view name) const {
  if (name == "index.html") return writing::index_page(head, units, year, writing::IndexPlace::folder);
  if (name == "words.js") {
    const auto words = publications.words(year);
    std::vector<writing::SiteUnit> searched;
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (units[i].year != year) continue;
      searched.push_back(units[i]);
      if (const auto found = words.find(published[i].content); found != words.end()) searched.back().words = found->second;
    }
    return writing::words_script(searched);
  }
  if (name == "data.csv") return data_of(publications, published, units, year).csv();
  if (name == "data.json") return data_of(publications, published, units, year).json();
  return std::nullopt;
}

PublicSite::PublicSite(registry::Registry& registry, const Publications& publications, std::size_t most_bytes)
    : registry_(registry), publications_(publications), most_bytes_(most_bytes) {}
PublicSite::~PublicSite() = default;

std::shared_ptr<PublicSite::Snapshot> PublicSite::now() {
  const std::string head = registry_.head().second;
  const std::lock_guard lock(mutex_);
  if (snapshot_ && head == head_) return snapshot_;
  const std::string mark = publications_.mark();
  if (!snapshot_ || snapshot_->mark != mark) {
    auto fresh = std::make_shared<Snapshot>();
    fresh->mark = mark;
    fresh->head = {publications_.bureau(), true, publications_.region()};
    fresh->published = publications_.published();
    const auto summaries = publications_.summaries();
    for (const Published& each : fresh->published) {
      fresh->units.push_back(site_unit(each));
      take_summary(fresh->units.back(), summaries, each.content);
    }
    writing::set_stems(fresh->units);
    for (std::size_t i = 0; i < fresh->units.size(); ++i) fresh->by_stem.emplace(fresh->units[i].stem, i);
    snapshot_ = std::move(fresh);
  }
  head_ = head;
  return snapshot_;
}

std::optional<PublicSite::File> PublicSite::find(std::string_view path) {
  const auto snapshot = now();
  if (auto kept = snapshot->kept(path)) return kept;
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  if (const auto found = snapshot->by_stem.find(path.substr(0, dot)); found != snapshot->by_stem.end()) {
    for (const PublishedFile& each : snapshot->published[found->second].files) {
      if (each.carrier != path.substr(dot + 1)) continue;
      auto bytes = publications_.file(each);
      if (!bytes) return std::nullopt;
      return File{std::make_shared<const std::string>(std::move(*bytes)), "\"" + each.sha256.substr(0, 16) + "\""};
    }
  }
  auto made = snapshot->make(publications_, path);
  if (!made) return std::nullopt;
  return snapshot->keep(path, std::move(*made), most_bytes_);
}

std::string PublicSite::page_of(std::string_view submission) {
  const auto snapshot = now();
  for (std::size_t i = 0; i < snapshot->published.size(); ++i) {
    if (snapshot->published[i].submission == submission) return snapshot->units[i].stem + ".html";
  }
  return {};
}

Result<int> each_site_file(const Publications& publications, int year, const TakeSiteFile& take) {
  const writing::SiteHead head{publications.bureau(), false, publications.region()};
  const std::vector<Published> published = publications.published(year);
  std::vector<writing::SiteUnit> units;
  for (const Published& each : published) units.push_back(site_unit(each));
  writing::set_stems(units);
  std::string sums;
  const auto put = [&](const std::string& path, std::string_view bytes) {
    sums += sha256_hex(bytes) + "  " + path + "\n";
    return take(path, bytes);
  };
  std::map<int, writing::SiteData> data;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto tables = publications.tables(published[i]);
    writing::summarise(units[i], tables);
    data[units[i].year].add(units[i], tables);
    if (const auto done = put(units[i].stem + ".html", writing::unit_page(head, units[i], tables)); !done) return done.error();
    for (const PublishedFile& each : published[i].files) {
      const auto bytes = publications.file(each);
      if (!bytes) return bytes.error();
      if (const auto done = put(units[i].stem + "." + each.carrier, *bytes); !done) return done.error();
    }
  }
  std::vector<std::pair<std::string, std::string>> rest{
      {"index.html", writing::index_page(head, units, newest(units), writing::IndexPlace::front)},
      {"style.css", std::string(*writing::site_asset("style.css"))},
      {"search.js", std::string(*writing::site_asset("search.js"))}};
  for (const auto& [of, each] : data) {
    rest.emplace_back(std::to_string(of) + "/data.json", each.json());
    rest.emplace_back(std::to_string(of) + "/data.csv", each.csv());
    rest.emplace_back(std::to_string(of) + "/index.html", writing::index_page(head, units, of, writing::IndexPlace::folder));
    std::vector<writing::SiteUnit> searched;
    std::ranges::copy_if(units, std::back_inserter(searched), [&](const writing::SiteUnit& unit) { return unit.year == of; });
    rest.emplace_back(std::to_string(of) + "/words.js", writing::words_script(searched));
  }
  for (const auto& [path, bytes] : rest) {
    if (const auto done = put(path, bytes); !done) return done.error();
  }
  if (const auto done = take("SHA256SUMS", sums); !done) return done.error();
  return static_cast<int>(units.size());
}

}  // namespace jiheng::desks
