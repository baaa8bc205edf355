import { describe, expect, it } from 'vitest'
import type { Layout, LayoutCell } from '@/api/types'
import { locate, slotsOf, type GridBlock } from './original'

const cell = (row: number, column: number, text: string, row_span = 1, column_span = 1): LayoutCell => ({ row, column, text, row_span, column_span })
const grid: GridBlock = { kind: 'grid', place: '', rows: 3, columns: 3, cells: [cell(0, 0, '产出指标', 2), cell(0, 1, '国资门面数'), cell(0, 2, '160'), cell(1, 2, '12'), cell(2, 0, '合计', 1, 3)] }
const layout: Layout = { file: 'a.docx', format: 'docx', blocks: [{ kind: 'paragraph', text: '填报单位：株洲市渌口区 财政局' }, grid], pages: [] }

describe('the original beside the form', () => {
  it('has every slot of a row, those without text too', () => {
    expect(slotsOf(grid).map((row) => row.map((slot) => slot.text))).toEqual([['产出指标', '国资门面数', '160'], ['', '12'], ['合计']])
  })
  it('counts from one where the cells do', () => {
    const shifted = { ...grid, cells: grid.cells.map((one) => ({ ...one, row: one.row + 1, column: one.column + 1 })) }
    expect(slotsOf(shifted)).toEqual(slotsOf(grid))
  })
  it('finds the cell a value was read from, by its place', () => {
    expect(locate(layout, { page_or_sheet: '1', row: 2, column: 3, text: '12' }, '')).toEqual({ block: 1, row: 1, column: 2 })
  })
  it('goes by the text where the row is numbered otherwise', () => {
    expect(locate(layout, { page_or_sheet: '1', row: 7, column: 3, text: '12' }, '')).toEqual({ block: 1, row: 1, column: 2 })
  })
  it('finds what stands in a paragraph, broken as it may be', () => {
    expect(locate(layout, null, '株洲市渌口区财政局')).toEqual({ block: 0, row: null, column: null })
    expect(locate(layout, null, '别处')).toBeNull()
  })
})
