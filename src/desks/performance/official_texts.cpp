#include "desks/performance/official_texts.h"

#include <fstream>
#include <iterator>

#include "access/day.h"
#include "base/date.h"
#include "base/embedded.h"
#include "desks/performance/publication.h"
#include "writing/official/marks.h"

namespace jiheng::embedded {
std::span<const File> official_texts();
}

namespace jiheng::desks {
namespace {

constexpr std::size_t longest_text = 256U << 10;

/// The county's own text where its folder has one.
Result<std::string> text_of(std::string_view code, const std::string& data_folder) {
  const std::string name = std::string(code) + ".txt";
  std::ifstream own(data_folder + "/documents/" + name, std::ios::binary);
  if (own) {
    std::string text((std::istreambuf_iterator<char>(own)), std::istreambuf_iterator<char>());
    if (text.size() > longest_text) return Error{"official-text", "公文文字“" + name + "”太长了。", {name}};
    return text;
  }
  for (const embedded::File& file : embedded::official_texts()) {
    if (file.name == name) return std::string(file.bytes);
  }
  return Error{"official-text", "没有公文文字“" + name + "”。", {name}};
}

}  // namespace

std::string chinese_day(std::string_view iso) {
  const auto day = Date::parse(iso);
  return day ? std::to_string(day->year()) + "年" + std::to_string(day->month()) + "月" + std::to_string(day->day()) + "日"
             : std::string(iso);
}

Result<OfficialMade> make_official(registry::Registry& registry, std::string_view code, writing::OfficialValues values, std::string name) {
  const auto text = text_of(code, registry.data_folder());
  if (!text) return text.error();
  const std::string day = access::local_day(registry.now());
  values.texts.emplace("机关", bureau_name(*registry.store().read(), registry.tenant()));
  if (!values.texts.contains("日期")) values.marked.emplace("日期", writing::marked("made:day", chinese_day(day)));
  values.marked.emplace("发文年", writing::marked("made:year", day.substr(0, 4)));
  auto document = writing::fill_official(*text, values);
  if (!document) return std::move(document).error();
  return OfficialMade{std::move(*document), std::move(name), day};
}

}  // namespace jiheng::desks
