// Printed pages of an original: their words, and the place in them that a value was read from.
import type { Layout, LayoutPage, Source } from '@/api/types'

export type Box = [left: number, top: number, right: number, bottom: number]

export interface Word {
  left: number
  baseline: number
  size: number
  width: number
  text: string
}

export function wordsOf(page: LayoutPage): Word[] {
  return page.words.map(([left, baseline, size, width, text]) => ({
    left: Number(left),
    baseline: Number(baseline),
    size: Number(size),
    width: Math.max(Number(width), 0.1),
    text: String(text),
  }))
}

const folded = (text: string): string => text.replace(/\s/g, '')

/**
 * The cell that `source` names; where several tables of a page have one there, the one with the same text. Without a source, the first cell
 * with that text.
 */
export function placeOf(layout: Layout, source: Source | null, text: string): { page: number; box: Box } | null {
  const wanted = folded(source?.text ?? text)
  const cells = layout.blocks.flatMap((block) => (block.kind === 'grid' ? block.cells : [])).filter((cell) => cell.page !== undefined && cell.box?.length === 4)
  const there = source
    ? cells.filter(
        (cell) =>
          String(cell.page) === source.page_or_sheet &&
          source.row - 1 >= cell.row &&
          source.row - 1 < cell.row + cell.row_span &&
          source.column - 1 >= cell.column &&
          source.column - 1 < cell.column + cell.column_span,
      )
    : []
  const same = (cell: { text: string }): boolean => folded(cell.text) === wanted
  const found = there.find(same) ?? (wanted.length > 1 ? cells.find(same) : undefined) ?? there[0]
  return found ? { page: found.page ?? 1, box: found.box as Box } : null
}
