// The original document's grids made ready to show, and the place in them that a value was read from.
import type { Layout, LayoutBlock, LayoutCell, Source } from '@/api/types'

export type GridBlock = Extract<LayoutBlock, { kind: 'grid' }>

export interface Slot {
  row: number
  column: number
  row_span: number
  column_span: number
  text: string
}

/** Cells without text are not sent; their slots are filled here, so that every row has all its columns. Rows and columns count from 0. */
export function slotsOf(grid: GridBlock): Slot[][] {
  const base = baseOf(grid)
  const covered = new Set<number>()
  const at = new Map<number, LayoutCell>()
  for (const cell of grid.cells) {
    at.set((cell.row - base) * grid.columns + cell.column - base, cell)
    for (let row = 0; row < cell.row_span; row++) {
      for (let column = 0; column < cell.column_span; column++) covered.add((cell.row - base + row) * grid.columns + cell.column - base + column)
    }
  }
  return Array.from({ length: grid.rows }, (_, row) =>
    Array.from({ length: grid.columns }, (_, column): Slot | null => {
      const key = row * grid.columns + column
      const cell = at.get(key)
      if (cell) return { row, column, row_span: cell.row_span, column_span: cell.column_span, text: cell.text }
      return covered.has(key) ? null : { row, column, row_span: 1, column_span: 1, text: '' }
    }).filter((slot) => slot !== null),
  )
}

/** Cells count from 0; a grid whose last row is called by its number counts from 1. */
function baseOf(grid: GridBlock): 0 | 1 {
  const from_one = grid.cells.some((cell) => cell.row + cell.row_span > grid.rows || cell.column + cell.column_span > grid.columns)
  return from_one ? 1 : 0
}

export interface Found {
  block: number
  /** Null where a paragraph holds it. */
  row: number | null
  column: number | null
}

const folded = (text: string): string => text.replace(/\s/g, '')

/** A grid without a name of its own is called by its number among the grids, as the reader of documents counts them. */
function gridNamed(blocks: LayoutBlock[], name: string): number {
  let number = 0
  return blocks.findIndex((block) => {
    if (block.kind !== 'grid') return false
    number++
    return block.place === name || (block.place === '' && String(number) === name)
  })
}

const covers = (slot: Slot, row: number, column: number): boolean =>
  row >= slot.row && row < slot.row + slot.row_span && column >= slot.column && column < slot.column + slot.column_span

/**
 * Where `source` lies. A sheet's rows may be numbered as people see them, with empty ones left out of the grid, so the text decides where the
 * place and the text disagree. Without a source the first cell or paragraph with that text is taken.
 */
export function locate(layout: Layout, source: Source | null, text: string): Found | null {
  const wanted = folded(source?.text ?? text)
  if (source && source.row > 0) {
    const block = gridNamed(layout.blocks, source.page_or_sheet)
    const grid = layout.blocks[block]
    if (grid?.kind === 'grid') {
      const slots = slotsOf(grid).flat()
      const there = slots.find((slot) => covers(slot, source.row - 1, source.column - 1))
      if (there && folded(there.text) === wanted) return { block, row: there.row, column: there.column }
      const same = slots.filter((slot) => wanted !== '' && folded(slot.text) === wanted).sort((a, b) => Math.abs(a.row - source.row + 1) - Math.abs(b.row - source.row + 1))[0]
      const best = same ?? there
      if (best) return { block, row: best.row, column: best.column }
    }
  }
  if (wanted.length < 2) return null
  for (const [block, one] of layout.blocks.entries()) {
    if (one.kind === 'paragraph') {
      if (folded(one.text).includes(wanted)) return { block, row: null, column: null }
    } else {
      const slot = slotsOf(one)
        .flat()
        .find((each) => folded(each.text) === wanted)
      if (slot) return { block, row: slot.row, column: slot.column }
    }
  }
  return null
}
