// What the page of the yearly report shows of a figure.
import type { YearlyChart, YearlyFigure } from '@/api/yearly_report'

/** What is said beside the year before: more, less, as much; `was` where a figure may be below 0 and more or less would mislead. */
export type Trend = 'up' | 'down' | 'same' | 'was' | 'none'
export function trendOf(figure: YearlyFigure): Trend {
  if (figure.change === null) return 'none'
  if (figure.below_zero) return 'was'
  if (/^-?0(\.0*)?$/.test(figure.change)) return 'same'
  return figure.change.startsWith('-') ? 'down' : 'up'
}

export const sizeOf = (figure: YearlyFigure): string => (figure.change ?? '').replace(/^-/, '')
export const changeUnit = (figure: YearlyFigure): string => (figure.unit === '%' ? '个百分点' : figure.unit)

/** The few that stand in front of each chapter. */
const heads: Record<string, string[]> = {
  coverage: ['coverage.approved', 'coverage.approved_rate', 'coverage.tables', 'coverage.covered_rate'],
  audit: ['audit.findings', 'audit.error', 'audit.returned', 'audit.waived'],
  monitoring: ['monitoring.rounds', 'alarms.raised', 'alarms.closed', 'alarms.overdue'],
  self: ['self.filed', 'self.tables', 'self.mean'],
  rechecks: ['rechecks.tables', 'rechecks.lower', 'rechecks.difference', 'rechecks.regraded'],
  evaluation: ['evaluation.key', 'evaluation.mean', 'evaluation.ex_ante'],
  problems: ['problems.raised', 'problems.closed', 'problems.overdue', 'problems.recurred'],
  money: ['money.projects', 'money.suggested', 'money.decided', 'money.undecided'],
}
export const headFigures = (chapter: string, figures: YearlyFigure[]): YearlyFigure[] =>
  (heads[chapter] ?? []).flatMap((key) => figures.find((each) => each.key === key) ?? [])

/** Where its records are. */
export function recordsOf(chapter: string, year: number): string {
  const pages: Record<string, string> = {
    coverage: `/wall?year=${year}`,
    audit: `/overview?year=${year}`,
    monitoring: `/monitoring?year=${year}`,
    self: `/self-evaluation?year=${year}`,
    rechecks: `/self-evaluation?year=${year}`,
    evaluation: '/evaluations',
    problems: '/problems',
    money: '/results',
  }
  return pages[chapter] ?? '/'
}

/** For drawing alone: what is read are the exact texts. */
export const seriesOf = (chart: YearlyChart) => chart.series.map((one) => ({ name: one.name, colour: `#${one.colour}`, values: one.values.map((value) => (value === null ? null : Number(value))) }))
