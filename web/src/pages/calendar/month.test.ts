import { expect, it } from 'vitest'
import type { Calendar, CalendarDay, CalendarEntry } from '@/api/types'
import { byDay, isOff, later, leftBehind, leftOf, mark, monthAfter, spanOf, titleOf, weekday, weeksOf } from './month'

const day = (date: string, kind: CalendarDay['kind'] = 'work_day'): CalendarDay => ({ date, kind, name: null, provisional: false })
const entry = (change: Partial<CalendarEntry>): CalendarEntry => ({
  id: 'filing-2026', kind: 'filing', date: '2026-03-10', year: 2026, count: 1, total: 1, units: ['甲局'], submission: null, form: null, month: null, step: null, limited: true,
  extended: false, why: null, role: null, given: false, days_left: 6, work_days: true, overdue: false, done: false, provisional: false, page: '/wall?year=2026', ...change,
})
const said = (key: string, values: Record<string, string | number>): string => `${key} ${Object.values(values).join(' ')}`.trim()

it('months and weeks are reckoned over ends of years and leap days', () => {
  expect(later('2028-02-28', 1)).toBe('2028-02-29')
  expect(monthAfter('2026-12', 1)).toBe('2027-01')
  expect(monthAfter('2026-01', -1)).toBe('2025-12')
  expect(weekday('2026-03-01')).toBe(7)
  expect(spanOf('2026-03')).toEqual({ from: '2026-02-23', to: '2026-04-05' })
  expect(spanOf('2027-02')).toEqual({ from: '2027-02-01', to: '2027-02-28' })
})

it('a month is whole weeks with what is on each day', () => {
  const { from, to } = spanOf('2026-03')
  const days: CalendarDay[] = []
  for (let date = from; date <= to; date = later(date, 1)) days.push(day(date))
  const calendar: Calendar = { today: '2026-03-02', days, entries: [entry({})] }
  const weeks = weeksOf(calendar, '2026-03')
  expect(weeks).toHaveLength(6)
  expect(weeks.every((week) => week.length === 7)).toBe(true)
  expect(weeks[0]?.[0]?.outside).toBe(true)
  expect(weeks.flat().filter((cell) => cell.today)).toHaveLength(1)
  expect(weeks.flat().find((cell) => cell.date === '2026-03-10')?.entries).toHaveLength(1)
})

it('holidays and Saturdays that are worked are marked', () => {
  expect(mark(day('2026-10-01', 'holiday'))).toBe('off')
  expect(mark(day('2026-02-28', 'make_up_work_day'))).toBe('worked')
  expect(mark(day('2026-03-07', 'weekend'))).toBe(null)
  expect(isOff(day('2026-02-28', 'make_up_work_day'))).toBe(false)
})

it('what is late from months before stays in sight', () => {
  const calendar: Calendar = { today: '2026-04-02', days: [], entries: [entry({ overdue: true }), entry({ date: '2026-04-01', overdue: true }), entry({ done: true })] }
  expect(leftBehind(calendar, '2026-04').map((one) => one.date)).toEqual(['2026-03-10'])
  expect([...byDay(calendar.entries).keys()]).toEqual(['2026-03-10', '2026-04-01'])
})

it('one unit is named, several are counted', () => {
  expect(titleOf(entry({}), said)).toBe('calendar.filing_one 2026 甲局 1 1')
  expect(titleOf(entry({ total: 3, count: 2 }), said)).toBe('calendar.filing 2026 甲局 2 3')
  expect(titleOf(entry({ done: true, count: 0 }), said)).toBe('calendar.filing_done_one 2026 甲局 0 1')
  expect(titleOf(entry({ kind: 'step' }), said)).toMatch(/^calendar.answer_one/)
  expect(titleOf(entry({ kind: 'delegation', given: true }), said)).toMatch(/^calendar.delegation_given/)
})

it('says how long there is in the days that count', () => {
  expect(leftOf(entry({}), said)).toBe('calendar.left_work 6')
  expect(leftOf(entry({ work_days: false, days_left: 20 }), said)).toBe('calendar.left_plain 20')
  expect(leftOf(entry({ days_left: -3, overdue: true }), said)).toBe('calendar.late_work 3')
  expect(leftOf(entry({ days_left: 0 }), said)).toBe('calendar.today_due')
  expect(leftOf(entry({ limited: false }), said)).toBe('calendar.no_limit')
  expect(leftOf(entry({ done: true }), said)).toBe('')
})
