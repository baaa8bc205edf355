#include "policy/settings.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "policy/pack.h"

namespace jiheng::policy {
namespace {

const std::span<const embedded::File> built_in = embedded::rule_packs();

std::vector<embedded::File> with(std::string_view name, std::string_view text) {
  std::vector<embedded::File> files(built_in.begin(), built_in.end());
  files.push_back({name, text});
  return files;
}

const Setting* find(const std::vector<Setting>& settings, std::string_view path) {
  const auto found = std::find_if(settings.begin(), settings.end(), [&](const Setting& setting) { return setting.path == path; });
  return found == settings.end() ? nullptr : &*found;
}

TEST(Settings, ComeFromTheNearestFileThatSetsThem) {
  const auto settings = settings_of("lukou-2026", built_in);
  ASSERT_TRUE(settings.ok());
  EXPECT_EQ(find(*settings, "audit.required_levels")->file, "lukou-2026.yaml");
  EXPECT_EQ(find(*settings, "audit.required_levels")->value, "[成本指标, 产出指标, 效益指标, 满意度指标]");
  EXPECT_EQ(find(*settings, "scoring.level_weights.with_cost.成本指标")->file, "cn-2021.yaml");
  EXPECT_EQ(find(*settings, "scoring.weights_sum")->file, "cn-2020.yaml");
  EXPECT_GT(find(*settings, "scoring.weights_sum")->line, 80);
  EXPECT_EQ(*lineage_of("lukou-2026", built_in), (std::vector<std::string>{"lukou-2026", "cn-2021", "cn-2020"}));
}

TEST(Settings, OfTwoPacksAreComparedOneByOne) {
  const auto before = settings_of("cn-2020", built_in);
  const auto after = settings_of("cn-2021", built_in);
  const auto found = differences(*before, *after);
  const auto cost =
      std::find_if(found.begin(), found.end(), [](const Difference& d) { return d.path == "scoring.level_weights.with_cost.成本指标"; });
  ASSERT_NE(cost, found.end());
  EXPECT_EQ(cost->before, "");
  EXPECT_EQ(cost->after, "20");
  EXPECT_TRUE(std::none_of(found.begin(), found.end(), [](const Difference& d) { return d.path == "scoring.weights_sum"; }));
  EXPECT_TRUE(differences(*before, *before).empty());
}

TEST(Check, FindsNothingInWhatIsShipped) {
  for (const PackFault& fault : check_packs(built_in)) ADD_FAILURE() << fault.file << ":" << fault.line << ": " << fault.message;
}

/// "code:line" of what is wrong with a pack that inherits from cn-2021 and says `lines` from line 9 on.
std::string faults_of(const std::string& lines) {
  const std::string text =
      "name: county\nversion: 1\ntitle: t\ninherits: cn-2021\nplace: 某县\nregion_code: '430223'\nbasis: b\nconfirmed: false\n" + lines;
  std::string out;
  for (const PackFault& fault : check_packs(with("county.yaml", text))) {
    EXPECT_EQ(fault.file, "county.yaml");
    EXPECT_FALSE(fault.message.empty());
    out += (out.empty() ? "" : " ") + fault.code + ":" + std::to_string(fault.line);
  }
  return out;
}

TEST(Check, NamesFileLineAndReason) {
  EXPECT_EQ(faults_of("valid_from: 2026-01-01\n"), "");
  EXPECT_EQ(faults_of("valid_from: 2026-02-30\n"), "pack-dates:9");
  EXPECT_EQ(faults_of("valid_from: 2026-02-03\nvalid_to: 2026-02-02\n"), "pack-dates:10");
  EXPECT_EQ(faults_of("valid_from: 2026-02-03\nscoring:\n  weights_sum: ninety\n"), "pack-shape:11");
  EXPECT_EQ(faults_of("valid_from: 2026-02-03\nscoring:\n  weights_sum: 100\n"), "pack-shape:11");  // the levels above sum to 90
  EXPECT_EQ(faults_of("scoring:\n  grades:\n    - {name: 优, from: 80}\n    - {name: 良, from: 90}\n"), "pack-shape:11");
  EXPECT_EQ(faults_of("scoring:\n  missed: {forward: linear}\n"), "pack-shape:10");
  EXPECT_EQ(faults_of("scoring:\n  weight_sum: 90\n"), "unknown-parameter:10");
  EXPECT_EQ(faults_of("audit:\n  words:\n    vagueness: 及时\n"), "unknown-parameter:11");
  EXPECT_EQ(faults_of("scoring: {places: 2}\nscoring: {places: 1}\n"), "repeated-parameter:10");
  EXPECT_EQ(faults_of("scoring: [\n"), "pack-syntax:10");
  EXPECT_EQ(faults_of("---\nexamples: [a: b: c]\n"), "pack-syntax:10");
}

TEST(Check, TellsAFaultAboveOnce) {
  std::vector<embedded::File> files = {
      {"a.yaml", "name: a\n"}, {"b.yaml", "name: b\ninherits: a\n"}, {"c.yaml", "name: c\ninherits: nobody\n"}};
  const auto faults = check_packs(files);
  ASSERT_EQ(faults.size(), 3U);  // a and b lack parameters of their own files, c's parent is not there
  EXPECT_EQ(faults[2].file, "c.yaml");
  EXPECT_EQ(faults[2].code, "unknown-pack");
}

TEST(PackInForce, IsTheNearestThenTheLatest) {
  const auto on = [](const char* region, const char* day) {
    auto name = pack_in_force(region, *Date::parse(day), built_in);
    const auto pack = find_pack_in_force(region, *Date::parse(day));
    EXPECT_EQ(pack ? (*pack)->name : pack.error().code, name ? *name : name.error().code);
    return name ? *name : name.error().code;
  };
  EXPECT_EQ(on("110000", "2019-12-31"), "cn-2015");
  EXPECT_EQ(on("110000", "2020-02-24"), "cn-2015");
  EXPECT_EQ(on("110000", "2020-02-25"), "cn-2020");
  EXPECT_EQ(on("110000", "2021-08-18"), "cn-2021");
  EXPECT_EQ(on("430212", "2022-12-31"), "hunan-2015");
  EXPECT_EQ(on("430212", "2023-01-01"), "cn-2021");
  EXPECT_EQ(on("430212", "2026-06-01"), "lukou-2026");
  EXPECT_EQ(on("430211", "2026-06-01"), "cn-2021");
  EXPECT_EQ(on("430212", "2027-01-01"), "cn-2021");
  EXPECT_EQ(on("510100", "2025-09-23"), "cn-2021");
  EXPECT_EQ(on("510100", "2025-09-24"), "sichuan-2025");
  EXPECT_EQ(on("110000", "2014-12-31"), "no-pack-in-force");
}

TEST(Versions, AreKeptBesideTheOneInForce) {
  EXPECT_EQ((*find_pack("cn-2020@1"))->id(), "cn-2020@1");
  EXPECT_EQ(find_pack("cn-2020@2").error().code, "unknown-version");
  // A place that makes version 2 keeps version 1 as a file of its own: what was decided under it is not decided again.
  const auto files = with("county@1.yaml", "name: county\nversion: 1\ntitle: t\ninherits: cn-2021\n");
  std::vector<embedded::File> both = files;
  both.push_back({"county.yaml", "name: county\nversion: 2\ntitle: t\ninherits: cn-2021\nscoring: {places: 1}\n"});
  EXPECT_EQ(read_pack("county", both)->scoring.places, 1);
  EXPECT_EQ(read_pack("county@1", both)->scoring.places, 2);
  EXPECT_EQ(read_pack("county@1", both)->id(), "county@1");
  EXPECT_EQ(read_pack("county@2", both)->id(), "county@2");
  EXPECT_EQ(read_pack("county@3", both).error().code, "unknown-version");
}

}  // namespace
}  // namespace jiheng::policy
