// An entry of the library put into a row of a form.
import type { Comparator, GoalTable, LibraryEntry } from '@/api/types'
import { addressOf, kept, type CellId } from '@/forms/cells'

const comparators: Record<LibraryEntry['direction'], Comparator> = { at_least: '>=', at_most: '<=', exact: '=', qualitative: 'qualitative' }

/** Name, sign and unit are the entry's; levels and explanation only where the row has none: what the clerk wrote himself stays. */
export function takeEntry(table: GoalTable, row: number, entry: LibraryEntry): GoalTable {
  return {
    ...table,
    indicators: table.indicators.map((one, i) => {
      if (i !== row) return one
      const sign = (entry.comparator || comparators[entry.direction]) as Comparator
      return kept(one, { ...one, level1: one.level1 || entry.level1, level2: one.level2 ?? entry.level2, level3: entry.name, comparator: sign, unit: entry.unit, explanation: one.explanation ?? entry.explanation })
    }),
  }
}

export function takeInto(tables: GoalTable[], index: number, cell: CellId, entry: LibraryEntry): GoalTable[] {
  const at = addressOf(cell)
  return at.part === 'indicators' ? tables.map((table, i) => (i === index ? takeEntry(table, at.row, entry) : table)) : tables
}

/** Of the row's own level first, the order else kept. */
export function nearFirst(entries: LibraryEntry[], level2: string | null): LibraryEntry[] {
  if (!level2) return entries
  return [...entries.filter((one) => one.level2 === level2), ...entries.filter((one) => one.level2 !== level2)]
}
