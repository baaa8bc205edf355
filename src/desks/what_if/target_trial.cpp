#include "desks/what_if/target_trial.h"

#include <algorithm>
#include <map>
#include <set>

#include "desks/follow_up/follow_up.h"
#include "desks/follow_up/follow_ups.h"
#include "desks/performance/actuals.h"
#include "desks/performance/audited.h"
#include "desks/performance/figures.h"
#include "desks/performance/indicator_identity.h"
#include "desks/performance/years.h"
#include "scoring/indicator_score.h"

namespace jiheng::desks {
namespace {

constexpr int years_back = 5;
constexpr int measured_years = 3;
constexpr std::int64_t most_forms = 300;  ///< of this unit, and of others; the newest
/// Of units that whoever asks may not see: of fewer the exact values could be worked out by trying target after target.
constexpr std::size_t fewest_hidden = 3;

/// Forms of earlier years in which the indicator stands, whichever way its target binds.
constexpr std::string_view select_forms =
    "SELECT DISTINCT f.id, f.revision, f.year, f.unit_id, f.unit_name FROM library_uses u "
    "JOIN follow_ups f ON f.tenant_id = u.tenant_id AND f.submission = u.submission AND f.kind = 'self_evaluation' "
    "LEFT JOIN units n ON n.tenant_id = f.tenant_id AND n.id = f.unit_id "
    "WHERE u.tenant_id = ? AND u.entry IN (?, ?, ?, ?) AND f.year < ? AND f.year >= ? AND f.state IN ('filed', 'accepted') ";
/// A form laid before its unit was known has the name alone.
constexpr std::string_view of_this_unit =
    "AND (f.unit_id = ? OR (f.unit_id IS NULL AND f.unit_name = ? AND f.unit_name <> '')) ORDER BY f.year DESC, f.id LIMIT ?";
/// What classified units did is nobody's measure.
constexpr std::string_view of_others =
    "AND f.unit_id IS NOT NULL AND f.unit_id <> ? AND COALESCE(n.classified, 0) = 0 ORDER BY f.year DESC, f.id LIMIT ?";
constexpr std::string_view select_body = "SELECT body FROM records WHERE tenant_id = ? AND kind = ? AND id = ? AND revision = ?";

struct Form {
  std::string id;
  int revision = 0;
  int year = 0;
  bool own = false;
  std::string unit;
  std::string unit_name;
};

/// What the target comes to on somebody's values.
struct Side {
  TriedSide counts;
  Decimal percents;
  std::set<std::string> units;

  void add(const Side& other) {
    counts.count += other.counts.count;
    counts.met += other.counts.met;
    percents += other.percents;
  }
};

class Trying {
 public:
  Trying(const ledgers::Ledgers& ledgers, const Submission& submission, int year, const GoalTable& table, const Indicator& indicator,
         const access::Principal& who)
      : ledgers_(ledgers),
        submission_(submission),
        year_(year),
        table_(table),
        indicator_(indicator),
        who_(who),
        pack_(pack_for({}, year_pack(ledgers.registry(), year))),
        identity_(identity_of(indicator)) {}

  Result<TargetTrial> run() {
    out_.target = target_text(indicator_) + indicator_.unit.value_or("");
    out_.weight = indicator_.weight;
    // Without an actual value nothing but the target can be at fault.
    scoring::EvaluatedIndicator target = scoring::evaluated(indicator_);
    target.actual.reset();
    if (const auto fits = scoring::score_indicator(target, Decimal(100), pack_.scoring); !fits)
      return Error{"invalid-entry", fits.error().message, {"indicator"}};
    for (const Form& form : forms()) read(form);
    if (auto failed = add_measured()) return std::move(*failed);
    finish();
    return std::move(out_);
  }

 private:
  std::vector<Form> forms() const {
    std::array<std::string, 4> entries;
    constexpr std::array directions{Direction::at_least, Direction::at_most, Direction::exact, Direction::qualitative};
    for (std::size_t i = 0; i < entries.size(); ++i)
      entries[i] = identity_of(indicator_.level1, indicator_.level2, indicator_.level3, indicator_.unit, directions[i]).id;
    std::vector<Form> found;
    const std::string unit = submission_.summary.unit.value_or("");
    const std::string name = submission_.summary.unit_name.value_or("");
    auto reading = ledgers_.registry().store().read();
    const auto ask = [&](std::string_view whose, std::initializer_list<store::Value> who, bool own) {
      std::vector<store::Value> values{
          ledgers_.registry().tenant(), entries[0], entries[1], entries[2], entries[3], year_, year_ - years_back};
      values.insert(values.end(), who);
      values.emplace_back(most_forms);
      reading->query_all(std::string(select_forms).append(whose), values, [&](const store::Row& row) {
        found.push_back({row.string(0), row.small(1), row.small(2), own, row.optional_text(3).value_or(""), row.string(4)});
      });
    };
    ask(of_this_unit, {unit, name}, true);
    ask(of_others, {unit}, false);
    return found;
  }

  bool is_same(const Indicator& row) const {
    return !row.long_term && identity_of(row).path_key == identity_.path_key &&
           measure_unit_key(row.unit) == measure_unit_key(indicator_.unit);
  }

  /// What was filed is what counts: the approved tables may have become others since.
  void read(const Form& form) {
    FollowUpBody body;
    {
      auto reading = ledgers_.registry().store().read_one();
      reading->query(select_body, {ledgers_.registry().tenant(), follow_up_kind, form.id, form.revision},
                     [&](const store::Row& row) { body = follow_up_from_json(row.text(0)); });
    }
    const bool seen = form.own || who_.may(access::Permission::see_submissions, form.unit);
    for (const FilledTable& table : body.filed) {
      for (std::size_t i = 0; i < table.facts.size(); ++i) {
        const Indicator& row = table.table.indicators[i];
        if (!row.actual || !is_same(row)) continue;
        TriedCase tried;
        tried.year = form.year;
        tried.own = form.own;
        if (seen) tried.unit_name = form.unit_name;
        tried.actual = *row.actual;
        tried.target = target_text(row);
        tried.measured =
            table.facts[i].origin.source == Actual::Source::measured || table.facts[i].origin.source == Actual::Source::surveyed;
        if (form.own) years_told_.insert(form.year);
        add(std::move(tried), form.unit);
      }
    }
  }

  /// A measure that a person confirmed tells of years too in which nothing was filed.
  std::optional<Error> add_measured() {
    GoalTable alone = table_;
    alone.indicators = {indicator_};
    Figures figures(ledgers_);
    for (int year = year_ - 1; year >= year_ - measured_years; --year) {
      if (years_told_.contains(year)) continue;
      const ledgers::Period period{*Date::of(year, 1, 1), *Date::of(year, 12, 31)};
      const auto actuals = confirmed_actuals_of({alone}, period, figures);
      if (!actuals) return actuals.error();
      const Actual& each = actuals->front();
      if (!each.value || !each.value->value) continue;
      if (each.value->value->is_zero() && !is_proven_zero(*each.link, period)) continue;
      TriedCase tried;
      tried.year = year;
      tried.own = true;
      tried.unit_name = submission_.summary.unit_name;
      tried.actual = each.value->value->plain();
      tried.measured = true;
      add(std::move(tried), {});
    }
    return std::nullopt;
  }

  /// Years from before the ledger was kept have zeros that nobody counted.
  bool is_proven_zero(const MeasureLink& link, const ledgers::Period& period) const {
    const ledgers::Measure* measure = ledgers_.catalogue().measure(link.measure);
    const auto weighed = ledgers::weigh(ledgers_, {measure, period, link.project, std::nullopt});
    return weighed && weighed->figure.gaps.empty() && weighed->counted + weighed->excluded + weighed->consulted > 0;
  }

  void add(TriedCase tried, const std::string& unit) {
    scoring::EvaluatedIndicator asked = scoring::evaluated(indicator_);
    asked.actual = tried.actual;
    const auto scored = scoring::score_indicator(asked, Decimal(100), pack_.scoring);
    // A past value that cannot be scored (words, a refund's minus) is passed over.
    if (!scored || !scored->score) return;
    tried.met = scored->met.value_or(false);
    tried.percent = scored->score->plain();
    Side& side = tried.own ? own_ : tried.unit_name ? seen_ : hidden_;
    ++side.counts.count;
    side.counts.met += tried.met ? 1 : 0;
    side.percents += *scored->score;
    side.units.insert(unit);
    // Another's figures are counted; what they are is told to who may see that unit.
    if (tried.own || tried.unit_name) out_.cases.push_back(std::move(tried));
  }

  void finish() {
    Side peers = seen_;
    if (hidden_.units.size() >= fewest_hidden) peers.add(hidden_);
    out_.own = own_.counts;
    out_.peers = peers.counts;
    const Side& told = own_.counts.count > 0 ? own_ : peers;
    if (told.counts.count == 0) {
      out_.none = hidden_.counts.count > 0 ? "以前年度本单位没有这个指标的完成值，有完成值的其他单位不到" + std::to_string(fewest_hidden) +
                                                 "家，不便比较，无法试算。"
                                           : "以前年度没有这个指标的完成值，本单位和其他单位都没有，无法试算。";
      return;
    }
    const Decimal mean = Decimal::quotient(told.percents, Decimal(told.counts.count), 2);
    out_.expected_percent = mean.plain();
    const auto weight = indicator_.weight ? Decimal::parse(*indicator_.weight) : std::nullopt;
    if (weight && weight->text().size() <= 12) out_.expected_points = Decimal::quotient(mean * *weight, Decimal(100), 2).plain();
    std::stable_sort(out_.cases.begin(), out_.cases.end(),
                     [](const TriedCase& a, const TriedCase& b) { return a.own != b.own ? a.own : a.year > b.year; });
    if (out_.cases.size() > most_tried_cases) out_.cases.resize(most_tried_cases);
  }

  const ledgers::Ledgers& ledgers_;
  const Submission& submission_;
  int year_;
  const GoalTable& table_;
  const Indicator& indicator_;
  const access::Principal& who_;
  const policy::Pack& pack_;
  Identity identity_;
  TargetTrial out_;
  Side own_;
  Side seen_;    ///< of others whom whoever asks may see
  Side hidden_;  ///< of others besides
  std::set<int> years_told_;
};

}  // namespace

Result<TargetTrial> try_target(const Submissions& submissions, const ledgers::Ledgers& ledgers, std::string_view submission, int table,
                               const Indicator& indicator, const access::Principal& who) {
  const auto opened = submissions.open(submission, who);
  if (!opened) return opened.error();
  if (table < 0 || static_cast<std::size_t>(table) >= opened->tables.size()) return Error{"invalid-entry", "没有这张表。", {"table"}};
  const GoalTable& of = opened->tables[static_cast<std::size_t>(table)].table;
  const auto year = of.year ? of.year : opened->summary.year;
  TargetTrial nothing;
  nothing.target = target_text(indicator) + indicator.unit.value_or("");
  nothing.weight = indicator.weight;
  if (indicator.comparator == Comparator::qualitative) nothing.none = "定性指标靠评判打分，不能试算。";
  if (!indicator.value) nothing.none = "还没有填指标值。";
  if (indicator.long_term) nothing.none = "中长期目标不在年度自评中打分，不能试算。";
  if (!year || *year < Date::first_year + years_back || *year > Date::last_year)
    nothing.none = "表上没有写年度，或者年度不对，不知道和哪些年比。";
  if (!nothing.none.empty()) return nothing;
  return Trying(ledgers, *opened, *year, of, indicator, who).run();
}

}  // namespace jiheng::desks
