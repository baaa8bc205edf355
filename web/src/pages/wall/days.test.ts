import { expect, it } from 'vitest'
import type { Tile } from '@/api/types'
import { matches, missingNames, ready, reminder } from './days'

const tile = (name: string, more: Partial<Tile>): Tile => ({
  unit: name,
  code: name,
  name,
  section: null,
  state: 'not_filed',
  submission: null,
  revision: 0,
  step: null,
  proposed: false,
  tables: 0,
  error: 0,
  warning: 0,
  grade: null,
  due: '2026-03-03',
  days_left: 1,
  overdue: false,
  extended: false,
  ...more,
})

const tiles = [tile('甲局', {}), tile('乙局', { state: 'returned', due: '2026-03-06', section: 's' }), tile('丙局', { state: 'waiting', submission: 'x', step: 'section' }), tile('丁局', { state: 'refiled', submission: 'y', step: 'section', error: 2 }), tile('戊局', { state: 'approved' })]

it('names who owes something, one a line', () => {
  expect(missingNames(tiles)).toBe('甲局\n乙局')
})

it('reminds by the day until which each has time', () => {
  expect(reminder(tiles, (due, names) => `${due} ${names}`)).toBe('2026-03-03 甲局\n2026-03-06 乙局')
})

it('offers for signing at once only what waits for him and has no error', () => {
  expect(ready(tiles, (permission) => permission === 'audit_section').map((each) => each.name)).toEqual(['丙局'])
  expect(ready(tiles, (permission) => permission === 'approve_filing')).toEqual([])
})

it('shows what was chosen', () => {
  const names = (chosen: Parameters<typeof matches>[1], section = ''): string => tiles.filter((each) => matches(each, chosen, section)).map((each) => each.name).join('')
  expect(names(null)).toBe('甲局乙局丙局丁局戊局')
  expect(names('faulty')).toBe('丁局')
  expect(names('returned')).toBe('乙局')
  expect(names(null, 's')).toBe('乙局')
})
