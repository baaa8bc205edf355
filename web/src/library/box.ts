// Where the parts of a small box plot stand, and the sentence beside it. Places on the screen may be inexact; the figures shown are the
// server's own texts.
import type { LibraryEntry, TargetFigures } from '@/api/types'

export interface Box {
  least: number
  q1: number
  median: number
  q3: number
  most: number
  /** Of the table's own target, where one is shown. */
  mark: number | null
}

/** Per cent of the width, from 2 to 98. All the same: in the middle. */
export function boxOf(figures: TargetFigures, target: string | null = null): Box {
  const own = target !== null && /^-?\d+(\.\d+)?$/.test(target) ? Number(target) : null
  const ends = [Number(figures.least), Number(figures.most), ...(own === null ? [] : [own])]
  const low = Math.min(...ends)
  const span = Math.max(...ends) - low
  const at = (value: number): number => (span === 0 ? 50 : Math.round((2 + ((value - low) / span) * 96) * 10) / 10)
  return { least: at(Number(figures.least)), q1: at(Number(figures.q1)), median: at(Number(figures.median)), q3: at(Number(figures.q3)), most: at(Number(figures.most)), mark: own === null ? null : at(own) }
}

/** Which message tells the figures. */
export function figuresWord(figures: TargetFigures): string {
  if (figures.count === 1) return 'library.figures_one'
  return figures.least === figures.most ? 'library.figures_same' : 'library.figures'
}

/** "95" → 95 %, "120 公里": a unit of letters stands off. */
export const unitBehind = (unit: string | null): string => (unit ? (/^[%‰]/.test(unit) ? unit : ` ${unit}`) : '')

export const pathOf = (entry: Pick<LibraryEntry, 'level1' | 'level2'>): string => (entry.level2 && entry.level2 !== entry.level1 ? `${entry.level1} / ${entry.level2}` : entry.level1)
