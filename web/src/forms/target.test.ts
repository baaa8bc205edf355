import { describe, expect, it } from 'vitest'
import { grouped, parseComparator, parseTarget } from './target'

describe('a target as people type it', () => {
  it.each([
    ['≥95%', '>=', '95', '%'],
    ['≧95', '>=', '95', null],
    ['>=95 %', '>=', '95', '%'],
    ['不低于95%', '>=', '95', '%'],
    ['大于等于 95', '>=', '95', null],
    ['95%以上', '>=', '95', '%'],
    ['95%(含)以上', '>=', '95', '%'],
    ['30万元以内', '<=', '30', '万元'],
    ['不超过1,813.77万元', '<=', '1813.77', '万元'],
    ['＜２小时', '<', '2', '小时'],
    ['=100%', '=', '100', '%'],
    ['-3', null, '-3', null],
  ])('reads %s', (typed, comparator, value, unit) => {
    expect(parseTarget(typed)).toMatchObject({ comparator, value, unit })
  })
  it.each(['及时完成', '开展至少1次培训', '不低于上年度水平', '2026年', '12月31日前'])('keeps %s as it stands', (typed) => {
    expect(parseTarget(typed)).toMatchObject({ value: typed, comparator: null })
  })
  it('reads a range with both its bounds', () => {
    expect(parseTarget('95%-98%')).toEqual({ comparator: null, value: '95', unit: '%', upper: '98' })
  })
  it('knows a comparator only where nothing else stands', () => {
    expect(parseComparator('大于等于')).toBe('>=')
    expect(parseComparator('定性')).toBe('qualitative')
    expect(parseComparator('≥95')).toBeNull()
    expect(parseComparator('大概')).toBeNull()
  })
})

it('groups digits without touching their value', () => {
  expect(grouped('1813.77')).toBe('1,813.77')
  expect(grouped('-12345678901234567890.10')).toBe('-12,345,678,901,234,567,890.10')
  expect(grouped('约100')).toBe('约100')
  expect(grouped(null)).toBe('')
})
