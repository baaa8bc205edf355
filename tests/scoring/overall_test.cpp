#include "scoring/overall.h"

#include <gtest/gtest.h>

#include "policy/pack.h"

namespace jiheng::scoring {
namespace {

const policy::OverallItem& item(std::string_view name) {
  for (const policy::OverallItem& each : (*policy::find_pack("hunan-2015"))->overall->items) {
    if (each.name == name) return each;
  }
  throw std::runtime_error("no such item");
}

using Figures = std::vector<std::pair<std::string, Decimal>>;

std::string points(std::string_view name, const Figures& figures) {
  const auto scored = score_overall(item(name), figures);
  return scored ? scored->points.text() : scored.error().code;
}

std::string staff(int now) {
  return points("在职人员控制率", {{"在职人员数", now}, {"编制数", 100}});
}

TEST(Overall, StepsCostPointsByWholeStepsDownToNothing) {
  EXPECT_EQ(staff(100), "5.00");
  EXPECT_EQ(staff(101), "4.50");
  EXPECT_EQ(staff(110), "0.00");
  EXPECT_EQ(staff(200), "0.00");
}

TEST(Overall, BandsEndWithTheirLimit) {
  const auto control = [](const char* added) { return points("预算控制率", {{"本年追加", *Decimal::parse(added)}, {"年初预算", 100}}); };
  EXPECT_EQ(control("0"), "5.00");
  EXPECT_EQ(control("0.01"), "4.00");
  EXPECT_EQ(control("10"), "4.00");
  EXPECT_EQ(control("30"), "2.00");
  EXPECT_EQ(control("30.001"), "0.00");
}

TEST(Overall, WhatCannotBeReckonedIsRefused) {
  EXPECT_EQ(points("在职人员控制率", {{"在职人员数", 1}}), "figure-missing");
  EXPECT_EQ(points("在职人员控制率", {{"在职人员数", 1}, {"编制数", 0}}), "no-denominator");
  EXPECT_EQ(points("管理制度健全性", {}), "judged-item");
  EXPECT_EQ(points("在职人员控制率", {{"在职人员数", *Decimal::parse("999999999999999999999999999999999999")}, {"编制数", 1}}),
            "number-too-long");
}

TEST(Overall, TheTableSumsToAHundred) {
  Decimal sum;
  for (const policy::OverallItem& each : (*policy::find_pack("hunan-2015"))->overall->items) sum += each.points;
  EXPECT_EQ(sum, Decimal(100));
}

}  // namespace
}  // namespace jiheng::scoring
