#include "base/regions.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/embedded.h"
#include "base/text.h"

namespace jiheng::embedded {
std::span<const File> regions();
}

namespace jiheng {
namespace {

constexpr std::size_t column_count = 6;
constexpr std::string_view heading = "code,name,from,to,successors,basis";

Error invalid(std::size_t line, std::string_view why) {
  return {"invalid-regions", "行政区划数据第" + std::to_string(line) + "行" + std::string(why) + "。", {std::to_string(line)}};
}

/// No cell of it holds a comma or a quote: successors are parted by blanks.
std::array<std::string_view, column_count> cells_of(std::string_view line) {
  std::array<std::string_view, column_count> cells;
  for (std::string_view& cell : cells) {
    const std::size_t comma = line.find(',');
    cell = trim(line.substr(0, comma));
    line.remove_prefix(comma == std::string_view::npos ? line.size() : comma + 1);
  }
  return cells;
}

/// false where it is neither blank nor a day.
bool read_day(std::string_view text, std::optional<Date>& day) {
  day = Date::parse(text);
  return text.empty() || day.has_value();
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (blank != 0) words.emplace_back(text.substr(0, blank));
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return words;
}

}  // namespace

bool is_region_code(std::string_view code) {
  return code.size() == 6 && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         code.substr(0, 2) != "00";
}

Result<Regions> Regions::read(std::string_view csv) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (csv.starts_with(mark)) csv.remove_prefix(mark.size());
  Regions read;
  std::size_t number = 0;
  while (!csv.empty()) {
    const std::size_t end = csv.find('\n');
    const std::string_view line = trim(csv.substr(0, end));
    csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
    ++number;
    if (number == 1 && line != heading) return invalid(number, "应是表头 " + std::string(heading));
    if (number == 1 || line.empty()) continue;
    const auto [code, name, from, to, successors, basis] = cells_of(line);
    Region region{std::string(code), std::string(name), {}, {}, words_of(successors), std::string(basis)};
    if (!is_region_code(code)) return invalid(number, "的代码不是六位数字");
    if (name.empty() || !is_valid_utf8(name)) return invalid(number, "没有名称");
    if (!read_day(from, region.from) || !read_day(to, region.to)) return invalid(number, "的日期不对，应如 2018-06-19");
    if (region.from && region.to && *region.to < *region.from) return invalid(number, "的止日在起日之前");
    if (!std::all_of(region.successors.begin(), region.successors.end(), is_region_code)) return invalid(number, "的后继代码不是六位数字");
    read.regions_.push_back(std::move(region));
  }
  return read;
}

const Regions& Regions::shipped() {
  static const Regions regions = [] {
    Regions all;
    for (const embedded::File& file : embedded::regions()) {
      const auto read = Regions::read(file.bytes);
      if (!read) throw std::logic_error(read.error().message);
      all.add(*read);
    }
    return all;
  }();
  return regions;
}

void Regions::add(const Regions& other) {
  for (const Region& each : other.regions_) {
    const auto same = std::find_if(regions_.begin(), regions_.end(),
                                   [&](const Region& known) { return known.code == each.code && known.from == each.from; });
    if (same == regions_.end())
      regions_.push_back(each);
    else
      *same = each;
  }
}

const Region* Regions::find(std::string_view code, Date day) const {
  const auto found =
      std::find_if(regions_.begin(), regions_.end(), [&](const Region& each) { return each.code == code && each.is_valid_on(day); });
  return found == regions_.end() ? nullptr : &*found;
}

const Region* Regions::last(std::string_view code) const {
  const Region* found = nullptr;
  for (const Region& each : regions_) {
    if (each.code == code && (found == nullptr || (each.from && (!found->from || *found->from < *each.from)))) found = &each;
  }
  return found;
}

std::string Regions::full_name(std::string_view code, Date day) const {
  if (find(code, day) == nullptr) return {};
  const std::string province = std::string(code.substr(0, 2)) + "0000";
  const std::string city = std::string(code.substr(0, 4)) + "00";
  std::string name;
  for (const std::string& each : {province, city}) {
    const Region* above = each == code ? nullptr : find(each, day);
    if (above != nullptr) name += above->name;
    if (each == code) break;
  }
  return name + find(code, day)->name;
}

}  // namespace jiheng
