import { describe, expect, it } from 'vitest'
import type { YearlyFigure } from '@/api/yearly_report'
import { changeUnit, headFigures, seriesOf, sizeOf, trendOf } from './figures'

const figure = (more: Partial<YearlyFigure>): YearlyFigure => ({ key: 'coverage.approved', chapter: 'coverage', label: '已批复单位', unit: '家', value: '3', last: '2', change: '1', rule: '', counted: 3, last_counted: 2, below_zero: false, ...more })

describe('a figure of the yearly report', () => {
  it('is compared with the year before', () => {
    expect(trendOf(figure({}))).toBe('up')
    expect(trendOf(figure({ change: '-0.5' }))).toBe('down')
    expect(trendOf(figure({ change: '0' }))).toBe('same')
    expect(trendOf(figure({ change: null, last: null }))).toBe('none')
    expect(trendOf(figure({ value: '-9.5', last: '-20', change: '10.5', below_zero: true }))).toBe('was')
    expect(sizeOf(figure({ change: '-0.5' }))).toBe('0.5')
    expect(changeUnit(figure({ unit: '%' }))).toBe('个百分点')
  })
  it('stands in front of its chapter in a set order', () => {
    const all = [figure({ key: 'coverage.tables' }), figure({}), figure({ key: 'coverage.lines' })]
    expect(headFigures('coverage', all).map((each) => each.key)).toEqual(['coverage.approved', 'coverage.tables'])
    expect(headFigures('nothing', all)).toEqual([])
  })
  it('is drawn as a number, and not at all where there is none', () => {
    const [series] = seriesOf({ code: 'x', chapter: 'x', title: '', unit: '', categories: ['甲', '乙'], series: [{ name: '上年', colour: 'B7C9DB', values: ['1.50', null], keys: ['a', ''] }] })
    expect(series).toEqual({ name: '上年', colour: '#B7C9DB', values: [1.5, null] })
  })
})
