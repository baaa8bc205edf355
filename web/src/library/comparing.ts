// The comparisons of the stored tables, laid on the tables as they stand now.
import type { Comparison, Comparisons, GoalTable } from '@/api/types'
import { identityOf, indicatorCell, type CellId } from '@/forms/cells'
import { markKey } from '@/forms/marks'

export interface Compared {
  one: Comparison
  table: number
  /** In the table as it stands now. */
  row: number
  name: string
  cell: CellId
  /** The row says something else than what was compared. */
  stale: boolean
}

/** `stored`: the tables that were compared. What was deleted since is left out. */
export function layComparisons(found: Comparisons | null, stored: GoalTable[], tables: GoalTable[]): Compared[] {
  if (!found) return []
  const rows = tables.map((table) => new Map(table.indicators.map((indicator, row) => [identityOf(indicator), row])))
  return found.items.flatMap((one) => {
    const then = stored[one.table]?.indicators[one.indicator]
    const row = then ? rows[one.table]?.get(identityOf(then)) : undefined
    const now = row === undefined ? undefined : tables[one.table]?.indicators[row]
    if (!then || !now || row === undefined) return []
    const stale = now.value !== then.value || now.upper !== then.upper || now.comparator !== then.comparator || now.unit !== then.unit || now.level3 !== then.level3
    return [{ one, table: one.table, row, name: now.level3, cell: indicatorCell(row, 'value'), stale }]
  })
}

/** Those with something to say, by table and cell. */
export function comparedCells(all: Compared[]): Map<string, Compared> {
  return new Map(all.filter((each) => each.one.hints.length > 0 && !each.stale).map((each) => [markKey(each.table, each.cell), each]))
}
