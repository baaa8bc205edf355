import { describe, expect, it } from 'vitest'
import type { Layout, LayoutCell } from '@/api/types'
import { placeOf, wordsOf } from './pages'

const cell = (row: number, column: number, text: string, page: number, box: number[], span = 1): LayoutCell => ({ row, column, row_span: span, column_span: 1, text, page, box })
const layout: Layout = {
  file: '甲局.pdf',
  format: 'pdf',
  blocks: [
    { kind: 'paragraph', text: '绩效目标表' },
    { kind: 'grid', place: '', rows: 3, columns: 2, cells: [cell(0, 0, '数量指标', 1, [0, 0, 50, 60], 3), cell(0, 1, '≥ 95%', 1, [50, 0, 90, 20]), cell(2, 1, '12', 2, [50, 5, 90, 30])] },
    { kind: 'grid', place: '', rows: 1, columns: 2, cells: [cell(0, 1, '300', 1, [50, 400, 90, 420])] },
  ],
  pages: [{ number: 1, width: 595, height: 842, words: [[10, 20, 12, 24, '指标'], [40, 20, 12, 0, '。']], rules: [] }],
}

describe('the place of a value on a printed page', () => {
  it('is the cell that the source names', () => {
    expect(placeOf(layout, { page_or_sheet: '2', row: 3, column: 2, text: '12' }, '12')).toEqual({ page: 2, box: [50, 5, 90, 30] })
  })
  it('is told by the text where two tables of a page have such a cell', () => {
    expect(placeOf(layout, { page_or_sheet: '1', row: 1, column: 2, text: '300' }, '300')?.box).toEqual([50, 400, 90, 420])
    expect(placeOf(layout, { page_or_sheet: '1', row: 1, column: 2, text: '≥95%' }, '')?.box).toEqual([50, 0, 90, 20])
  })
  it('is a merged cell where the source lies in it', () => {
    expect(placeOf(layout, { page_or_sheet: '1', row: 2, column: 1, text: '数量指标' }, '')?.box).toEqual([0, 0, 50, 60])
  })
  it('is found by the text alone, and nowhere where there is none', () => {
    expect(placeOf(layout, null, '数量指标')?.page).toBe(1)
    expect(placeOf(layout, null, '没有这一项')).toBeNull()
    expect(placeOf(layout, null, '')).toBeNull()
  })
})

it('words have a width that can be drawn', () => {
  expect(wordsOf(layout.pages[0]!)).toEqual([
    { left: 10, baseline: 20, size: 12, width: 24, text: '指标' },
    { left: 40, baseline: 20, size: 12, width: 0.1, text: '。' },
  ])
})
