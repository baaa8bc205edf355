#include "reading/garbled.h"

#include <unicode/uchar.h>

#include <bitset>
#include <string>
#include <vector>

namespace jiheng::reading {
namespace {

/// Characters that four of five in any form are, and one of forty of all there are.
constexpr std::u32string_view common =
    U"一七万三上下不与专世业东两严个中为主么义之九也乡书了争事二于五些交产亩人什从他付"
    U"代以们件价任份众优会传但位低住体作你使保信修借值做健元先光党入全公六共关其养内军"
    U"农决况准几出分则创利别到制刷前力办加务动助努勤化北区医十升单南博卫印即压原去县又"
    U"及反发取受变口只可台各合同名后向含员周命和咨品响商善器四回因园固国图在地场均城域"
    U"培基填境增处备外多大天头套她好如妇委子学它安完定实审宣家察对导将小少就局居展山工"
    U"差已市师常干平年并幼库应度庭建开式引强当形影役待很律得心必志态思急性总情想意愿慧"
    U"成我或战户所手打执扶技把投抚护报抽招拨持指按据排接控推措提援支收改放政故效救教数"
    U"整文料断新方施旅无日旧时明是普智最月有服期本术机权村条来极构林果查标校样核根格案"
    U"检森次正此步残比民气水求污没河油治法活流济海消淤深清渔渠游溉源满灌火灾点热然照牧"
    U"物特率环现理生用田由申电疫疾病百的益监盖目直相省看着督知确社福种科积称程稳空立章"
    U"第等策签算管类系约级线组织经结给统绩续维绿缮网署群老考者而联聘育能自良色苗范药营"
    U"落行街补表被西要覆见规角解警计认训议论设访评识话询说请调象负财责质贫购费资赛起路"
    U"身车转较辆边达过运还这进违退送通造道遗那部都采里重量金链镇长门问间闻阅队防阳阶际"
    U"除险障非面革项预领题额食饮馆验高";

constexpr std::size_t least_chinese = 40;
constexpr std::size_t least_characters = 30;

constexpr char32_t first_ideograph = 0x4E00;
constexpr char32_t last_ideograph = 0x9FFF;

/// Of an ideograph.
bool is_common(char32_t c) {
  static const auto set = [] {
    std::bitset<last_ideograph - first_ideograph + 1> all;
    for (const char32_t one : common) all.set(one - first_ideograph);
    return all;
  }();
  return set[c - first_ideograph];
}

/// What no form prints. Check marks and pictures of symbol fonts stand for themselves: a few of them are no sign of anything.
bool is_odd(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return c != '\t' && c != '\n' && c != '\r';
  if (c < 0x0530) return false;                // Latin, Greek, Cyrillic
  if (c < 0x2000) return true;                 // Armenian to Ogham and beyond
  if (c >= 0xA000 && c < 0xF900) return true;  // Yi, Hangul, private use
  if (c >= 0x3400 && c < 0x4DC0) return true;  // rare ideographs
  if (c >= 0xFB00 && c < 0xFE10) return true;  // Hebrew and Arabic forms
  return c > 0x1FFFF || !u_isdefined(static_cast<UChar32>(c));
}

std::string page_list(const std::vector<int>& pages) {
  std::string text;
  for (std::size_t i = 0; i < pages.size() && i < 10; ++i) text += (i == 0 ? "" : "、") + std::to_string(pages[i]);
  return text + (pages.size() > 10 ? "等" : "");
}

}  // namespace

bool is_garbled(const Page& page) {
  std::size_t characters = 0;
  std::size_t odd = 0;
  std::size_t chinese = 0;
  std::size_t usual = 0;
  for (const Glyph& glyph : page.glyphs) {
    const char32_t c = glyph.code;
    if (c >= first_ideograph && c <= last_ideograph) {
      ++characters;
      ++chinese;
      usual += is_common(c);
    } else if (c != ' ' && c != 0xA0 && c != 0x3000 && c != 0xFFFD) {
      ++characters;
      odd += is_odd(c);
    }
  }
  if (characters >= least_characters && odd * 6 > characters) return true;
  return chinese >= least_chinese && usual * 5 < chinese * 2;
}

std::optional<Error> drop_garbled(std::span<Page> pages, std::string_view carrier, Layout& layout) {
  std::vector<int> numbers;
  std::size_t left = 0;
  for (Page& page : pages) {
    // What was recognised on a picture is marked by its confidence.
    if (!page.recognised && is_garbled(page)) {
      numbers.push_back(page.number);
      page.glyphs.clear();
    }
    left += page.glyphs.size();
  }
  if (numbers.empty()) return std::nullopt;
  if (left == 0) {
    return Error{"text-garbled",
                 std::string(carrier) +
                     "里文字的编码是坏的，取出来的是别的字，不能采用。请上传制作它的Word、Excel原件，或用原来的程序重新导出，"
                     "或打印后扫描上传。",
                 {}};
  }
  layout.notes.push_back(
      {"text-garbled", "第" + page_list(numbers) + "页文字的编码是坏的，取出来的是别的字，没有读取，请上传原件。", {}, {}, {}});
  return std::nullopt;
}

std::size_t unknown_characters(std::span<const Page> pages) {
  std::size_t unknown = 0;
  for (const Page& page : pages) {
    for (const Glyph& glyph : page.glyphs) unknown += glyph.code == 0xFFFD;
  }
  return unknown;
}

void note_unknown(std::size_t unknown, std::string_view carrier, Layout& layout) {
  if (unknown == 0) return;
  layout.notes.push_back({"characters-unknown",
                          "有" + std::to_string(unknown) + "个字在" + std::string(carrier) + "里没有文字编码，以�代替，请对照原件核对。",
                          {},
                          {},
                          {}});
}

}  // namespace jiheng::reading
