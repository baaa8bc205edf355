#include "desks/follow_up/forecast.h"

#include "scoring/light.h"

namespace jiheng::desks {
namespace {

ledgers::Period months(int year, int first, int last) {
  const Date from = *Date::of(year, first, 1);
  const Date next = last == 12 ? *Date::of(year + 1, 1, 1) : *Date::of(year, last + 1, 1);
  return {from, next + -1};
}

std::string span_of(int month) {
  return month == 1 ? "1月" : "1-" + std::to_string(month) + "月";
}

/// Whole where the figure itself is, and is no amount.
int places_of(const Decimal& actual, std::string_view unit) {
  return actual.is_integer() && unit != "万元" && unit != "元" ? 0 : 2;
}

/// Whether the months' own figures add up to that of all of them.
Result<bool> adds_up(const ledgers::Measure& measure, const std::string& project, const Decimal& actual, int year, int month,
                     Figures& figures) {
  Decimal sum;
  for (int each = 1; each <= month; ++each) {
    const auto figure = figures.of(measure, project, months(year, each, each));
    if (!figure) return figure.error();
    if (figure->denominator) return false;
    sum += figure->value.value_or(Decimal());
  }
  // Amounts are rounded once a month: a cent each may be lost.
  const Decimal off = (sum - actual).abs();
  return off <= Decimal::quotient(Decimal(month), Decimal(100), 2) && (off.is_zero() || !actual.is_integer() || measure.unit == "万元");
}

Forecast steady(const Decimal& actual) {
  return {actual.plain(), "按目前水平预计"};
}

Forecast mean(const Decimal& actual, int month, int places) {
  const auto value = Decimal::share(Decimal(12), actual, Decimal(month), places);
  const Decimal monthly = Decimal::quotient(actual, Decimal(month), 2);
  return {value.value_or(actual).plain(), "按" + span_of(month) + "月均" + monthly.plain() + "推算"};
}

}  // namespace

Forecast even_forecast(const Decimal& actual, int month, const std::optional<Decimal>& most) {
  if (month >= 12) return {actual.plain(), "全年数"};
  Forecast out = mean(actual, month, 2);
  if (most && Decimal::parse(out.value).value_or(Decimal()) > *most) return {most->plain(), out.method + "，以预算数为限"};
  return out;
}

Result<std::optional<Forecast>> forecast_of(const ledgers::Measure& measure, const std::string& project, const Decimal& actual, int year,
                                            int month, Figures& figures) {
  if (month >= 12) return std::optional(Forecast{actual.plain(), "全年数"});
  const auto adds = adds_up(measure, project, actual, year, month, figures);
  if (!adds) return adds.error();
  if (!*adds) return std::optional(steady(actual));
  const int places = places_of(actual, measure.unit);
  const auto before = figures.of(measure, project, months(year - 1, 1, month));
  if (!before) return before.error();
  const auto whole = figures.of(measure, project, months(year - 1, 1, 12));
  if (!whole) return whole.error();
  if (before->value && whole->value && *before->value > Decimal() && *whole->value > *before->value) {
    const auto value = Decimal::share(actual, *whole->value, *before->value, places);
    const auto part = Decimal::share(Decimal(100), *before->value, *whole->value, 1);
    if (value && part) {
      return std::optional(Forecast{value->plain(), "按上年" + span_of(month) + "占全年的" + part->plain() + "%推算"});
    }
  }
  return std::optional(mean(actual, month, places));
}

std::optional<Forecast> forecast_of(const Indicator& indicator, int month, const policy::Monitoring& rules) {
  if (indicator.comparator == Comparator::qualitative || !indicator.actual) return std::nullopt;
  const auto actual = Decimal::parse(*indicator.actual);
  if (!actual || actual->text().size() > 24) return std::nullopt;
  if (month >= 12) return Forecast{actual->plain(), "全年数"};
  if (!scoring::grows(indicator, rules)) return steady(*actual);
  return mean(*actual, month, places_of(*actual, indicator.unit.value_or("")));
}

}  // namespace jiheng::desks
