// Months as a calendar shows them, and what is said of the things on them. Days are ISO texts throughout: they are days in China, whatever
// the browser's clock thinks.
import type { Calendar, CalendarDay, CalendarEntry } from '@/api/types'

const day_ms = 86_400_000
const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`)
const asDay = (date: Date): string => date.toISOString().slice(0, 10)

export const later = (day: string, days: number): string => asDay(new Date(asDate(day).getTime() + days * day_ms))
/** "2026-03-17" → "2026-03". */
export const monthOf = (day: string): string => day.slice(0, 7)
/** Seven for Sunday. */
export const weekday = (day: string): number => asDate(day).getUTCDay() || 7

/** The month `by` months on. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return monthOf(asDay(new Date(Date.UTC(year, number - 1 + by, 1))))
}

/** Whole weeks, Monday first, that the month lies in. */
export function spanOf(month: string): { from: string; to: string } {
  const first = `${month}-01`
  const last = later(`${monthAfter(month, 1)}-01`, -1)
  return { from: later(first, 1 - weekday(first)), to: later(last, 7 - weekday(last)) }
}

export interface Cell {
  date: string
  day: CalendarDay
  entries: CalendarEntry[]
  outside: boolean
  today: boolean
}

export function weeksOf(calendar: Calendar, month: string): Cell[][] {
  const { from, to } = spanOf(month)
  const on = byDay(calendar.entries)
  const cells = calendar.days
    .filter((day) => day.date >= from && day.date <= to)
    .map((day) => ({ date: day.date, day, entries: on.get(day.date) ?? [], outside: monthOf(day.date) !== month, today: day.date === calendar.today }))
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

export function byDay(entries: CalendarEntry[]): Map<string, CalendarEntry[]> {
  const days = new Map<string, CalendarEntry[]>()
  for (const entry of entries) days.set(entry.date, [...(days.get(entry.date) ?? []), entry])
  return days
}

/** What was due before the month and is not done: it must not be forgotten by turning the page. */
export const leftBehind = (calendar: Calendar, month: string): CalendarEntry[] => calendar.entries.filter((entry) => entry.overdue && entry.date < `${month}-01`)

/** The little word on a day: off though it is no weekend, worked though it is. */
export const mark = (day: CalendarDay): 'off' | 'worked' | null => (day.kind === 'holiday' ? 'off' : day.kind === 'make_up_work_day' ? 'worked' : null)
export const isOff = (day: CalendarDay): boolean => day.kind === 'holiday' || day.kind === 'weekend'

type Words = (key: string, values: Record<string, string | number>) => string

export function titleOf(entry: CalendarEntry, t: Words): string {
  const values = { year: entry.year ?? '', unit: entry.units[0] ?? '', n: entry.count, total: entry.total, form: entry.form ? t(`calendar.forms.${entry.form}`, { year: entry.year ?? '', month: entry.month ?? '' }) : '' }
  if (entry.kind === 'opens') return t('calendar.opens', values)
  if (entry.kind === 'delegation') return t(entry.given ? 'calendar.delegation_given' : 'calendar.delegation_taken', values)
  const one = entry.total === 1 ? '_one' : ''
  if (entry.kind === 'step' && entry.step === null) return t(`calendar.answer${one}`, values)
  if (entry.done) return t(`calendar.${entry.kind}_done${one}`, values)
  return t(`calendar.${entry.kind}${one}`, values)
}

/** How long there is, or how late it is. */
export function leftOf(entry: CalendarEntry, t: Words): string {
  if (entry.done || entry.kind === 'opens') return ''
  if (!entry.limited) return t('calendar.no_limit', {})
  const unit = entry.work_days ? 'work' : 'plain'
  if (entry.days_left === 0 && !entry.overdue) return t('calendar.today_due', {})
  return entry.overdue ? t(`calendar.late_${unit}`, { n: -entry.days_left }) : t(`calendar.left_${unit}`, { n: entry.days_left })
}
