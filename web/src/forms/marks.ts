// Findings laid on the cells they speak of.
import type { Finding, GoalTable, Place, Report, Severity } from '@/api/types'
import { identityOf, indicatorCell, type CellId, type IndicatorField } from './cells'
import { columnsOf } from './columns'

export interface MarkedFinding {
  /** Stable while the report stands; joins a cell's mark with its line in the list. */
  key: string
  finding: Finding
  /** Places still in the tables; a row deleted since takes its place with it. */
  places: { table: number; cell: CellId }[]
}

export interface Marks {
  findings: MarkedFinding[]
  /** By table and cell. */
  cells: Map<string, MarkedFinding[]>
}

const severities: Severity[] = ['error', 'warning', 'hint']
export const markKey = (table: number, cell: CellId): string => `${table}/${cell}`
export const worst = (findings: MarkedFinding[]): Severity | null => severities.find((severity) => findings.some((one) => one.finding.severity === severity)) ?? null

const head_cells = new Set([
  'title',
  'year',
  'unit_name',
  'department',
  'annual_goal',
  'long_term_goal',
  'goal_result',
  'project_name',
  'project_category',
  'period',
  'amount',
  'amount_total',
  'total_score',
])

/** The cell a place speaks of, in the form as it stands; what has no cell of its own goes to the row's name or the table's title. */
export function cellOfPlace(place: Place, table: GoalTable, row: number | null): CellId {
  if (row !== null) {
    const field = place.field as IndicatorField
    const shown = columnsOf(table).some((column) => column.field === field)
    if (field === 'level1' || field === 'level2') return indicatorCell(runStart(table, row, field), field)
    return indicatorCell(row, shown ? field : 'level3')
  }
  const path = place.field.replace(/\[(\d+)\]/g, '.$1')
  if (head_cells.has(path)) return path
  if (path.startsWith('budget')) return table.kind === 'overall' ? (path === 'budget' ? 'budget.total' : path) : 'amount'
  const [part, index, field] = path.split('.')
  if (part === 'tasks') {
    const by_text = table.tasks.findIndex((task) => task.name !== null && task.name === place.text)
    const at = index !== undefined ? Number(index) : by_text
    return at >= 0 && at < table.tasks.length ? `tasks.${at}.${field ?? 'name'}` : 'annual_goal'
  }
  if (part === 'execution' && index !== undefined) return path
  return 'title'
}

function runStart(table: GoalTable, row: number, field: 'level1' | 'level2'): number {
  let first = row
  const same = (a: number, b: number): boolean =>
    table.indicators[a]?.level1 === table.indicators[b]?.level1 && (field === 'level1' || table.indicators[a]?.level2 === table.indicators[b]?.level2)
  while (first > 0 && same(first - 1, row)) first--
  return first
}

/** `audited`: the tables the report was made of; `tables`: as they stand now, perhaps edited since. */
export function layMarks(report: Report, audited: GoalTable[], tables: GoalTable[]): Marks {
  const rows_now = tables.map((table) => new Map(table.indicators.map((indicator, row) => [identityOf(indicator), row])))
  const cells = new Map<string, MarkedFinding[]>()
  const findings: MarkedFinding[] = []
  report.findings.forEach((finding, index) => {
    const marked: MarkedFinding = { key: `${finding.rule}-${index}`, finding, places: [] }
    for (const place of finding.at) {
      const then = audited[place.table]
      const now = tables[place.table]
      if (!then || !now) continue
      let row: number | null = null
      if (place.indicator !== null) {
        const indicator = then.indicators[place.indicator]
        row = indicator ? (rows_now[place.table]?.get(identityOf(indicator)) ?? null) : null
        if (row === null) continue
      }
      const cell = cellOfPlace(place, now, row)
      marked.places.push({ table: place.table, cell })
      const key = markKey(place.table, cell)
      cells.set(key, [...(cells.get(key) ?? []), marked])
    }
    findings.push(marked)
  })
  return { findings, cells }
}

/** What a proposed value would be put into: the first place of the finding that can hold it. */
export function proposalPlace(marked: MarkedFinding): { table: number; cell: CellId } | null {
  return marked.finding.proposed_value === null ? null : (marked.places[0] ?? null)
}
