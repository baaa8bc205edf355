// Two states of a submission, cell by cell: what the history page marks, and what two editors who met each other's save need to see.
import type { GoalTable, Indicator } from '@/api/types'
import { cellText, indicatorCell, setCell, type CellId, type IndicatorField } from './cells'

export interface Change {
  kind: 'changed' | 'added' | 'removed'
  /** Cell in the left and the right table; a row added or removed has one side only, and its id is the name cell's. */
  left: CellId | null
  right: CellId | null
  before: string
  after: string
}

export interface TableComparison {
  /** Index in the left and the right submission; null where the table stands on one side only. */
  left: number | null
  right: number | null
  /** Indicator rows that stand for each other, in printed order. */
  rows: { left: number | null; right: number | null }[]
  changes: Change[]
}

const head_fields = [
  'title',
  'year',
  'unit_name',
  'department',
  'money_unit',
  'project_name',
  'project_category',
  'period',
  'amount',
  'amount_total',
  'long_term_goal',
  'annual_goal',
  'goal_result',
  'total_score',
]
const budget_fields = ['total', 'general_public', 'government_fund', 'state_capital', 'special_account', 'other', 'fiscal_appropriation', 'basic', 'project']
const task_fields = ['name', 'content', 'amount', 'goal']
const execution_fields = ['fund', 'initial', 'budget', 'executed', 'forecast', 'rate', 'weight', 'score']
const indicator_fields: IndicatorField[] = [
  'level1',
  'level2',
  'level3',
  'comparator',
  'value',
  'unit',
  'explanation',
  'scoring_rule',
  'note',
  'weight',
  'actual',
  'score',
  'deviation',
  'forecast',
  'likelihood',
]

const folded = (text: string | null | undefined): string => (text ?? '').replace(/\s/g, '')

/** Longest common subsequence of keys; pairs of positions. */
function alignment(left: string[], right: string[]): [number, number][] {
  const width = right.length + 1
  const lengths = new Uint16Array((left.length + 1) * width)
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [number, number][] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}

/** A renamed indicator still shares its place in the tree and its target. */
const alike = (a: Indicator, b: Indicator): boolean =>
  a.level1 === b.level1 && a.level2 === b.level2 && (a.value === b.value || a.level3 === '' || b.level3 === '' || folded(a.level3).slice(0, 4) === folded(b.level3).slice(0, 4))

export function alignRows(left: Indicator[], right: Indicator[]): { left: number | null; right: number | null }[] {
  const key = (indicator: Indicator): string => `${folded(indicator.level3)}|${indicator.horizon ?? ''}`
  const rows: { left: number | null; right: number | null }[] = []
  let i = 0
  let j = 0
  const gap = (i_end: number, j_end: number): void => {
    while (i < i_end || j < j_end) {
      const a = i < i_end ? left[i] : undefined
      const b = j < j_end ? right[j] : undefined
      if (a && b && alike(a, b)) rows.push({ left: i++, right: j++ })
      else if (a && (!b || i_end - i >= j_end - j)) rows.push({ left: i++, right: null })
      else rows.push({ left: null, right: j++ })
    }
  }
  for (const [a, b] of alignment(left.map(key), right.map(key))) {
    gap(a, b)
    rows.push({ left: i++, right: j++ })
  }
  gap(left.length, right.length)
  return rows
}

function compareCells(left: GoalTable, right: GoalTable, ids: [CellId, CellId][], changes: Change[]): void {
  for (const [l, r] of ids) {
    const before = cellText(left, l)
    const after = cellText(right, r)
    if (before !== after) changes.push({ kind: 'changed', left: l, right: r, before, after })
  }
}

export function compareTable(left: GoalTable, right: GoalTable): { rows: TableComparison['rows']; changes: Change[] } {
  const changes: Change[] = []
  const same = (ids: string[]): [string, string][] => ids.map((id) => [id, id])
  compareCells(left, right, same(head_fields), changes)
  compareCells(left, right, same(budget_fields.map((field) => `budget.${field}`)), changes)
  listed(left, right, 'tasks', task_fields, left.tasks.length, right.tasks.length, changes)
  listed(left, right, 'execution', execution_fields, left.execution?.length ?? 0, right.execution?.length ?? 0, changes)
  const rows = alignRows(left.indicators, right.indicators)
  for (const row of rows) {
    if (row.left !== null && row.right !== null) {
      const pair = { left: row.left, right: row.right }
      compareCells(
        left,
        right,
        indicator_fields.map((field) => [indicatorCell(pair.left, field), indicatorCell(pair.right, field)]),
        changes,
      )
    } else if (row.left !== null) {
      const id = indicatorCell(row.left, 'level3')
      changes.push({ kind: 'removed', left: id, right: null, before: cellText(left, id), after: '' })
    } else if (row.right !== null) {
      const id = indicatorCell(row.right, 'level3')
      changes.push({ kind: 'added', left: null, right: id, before: '', after: cellText(right, id) })
    }
  }
  return { rows, changes }
}

/** Tasks and money rows are few and keep their order: compared by position. */
function listed(left: GoalTable, right: GoalTable, part: string, fields: string[], in_left: number, in_right: number, changes: Change[]): void {
  for (let row = 0; row < Math.max(in_left, in_right); row++) {
    const id = `${part}.${row}.${fields[0] ?? ''}`
    if (row >= in_right) changes.push({ kind: 'removed', left: id, right: null, before: cellText(left, id), after: '' })
    else if (row >= in_left) changes.push({ kind: 'added', left: null, right: id, before: '', after: cellText(right, id) })
    else
      compareCells(
        left,
        right,
        fields.map((field) => [`${part}.${row}.${field}`, `${part}.${row}.${field}`]),
        changes,
      )
  }
}

const tableKey = (table: GoalTable): string => `${table.kind}|${folded(table.project_name)}`

/** Tables that stand for each other: same kind and project; what is left over pairs in order when the kind agrees. */
export function compareTables(left: GoalTable[], right: GoalTable[]): TableComparison[] {
  const partner = new Map<number, number>()
  const taken = new Set<number>()
  const pair = (same: (a: GoalTable, b: GoalTable) => boolean): void => {
    left.forEach((a, i) => {
      if (partner.has(i)) return
      const j = right.findIndex((b, k) => !taken.has(k) && same(a, b))
      if (j >= 0) {
        partner.set(i, j)
        taken.add(j)
      }
    })
  }
  pair((a, b) => tableKey(a) === tableKey(b))
  pair((a, b) => a.kind === b.kind && left.length === right.length)

  const result: TableComparison[] = left.map((a, i) => {
    const j = partner.get(i)
    const b = j === undefined ? undefined : right[j]
    if (j === undefined || !b) return { left: i, right: null, rows: [], changes: [] }
    return { left: i, right: j, ...compareTable(a, b) }
  })
  right.forEach((_, j) => {
    if (!taken.has(j)) result.push({ left: null, right: j, rows: [], changes: [] })
  })
  return result
}

export interface Merge {
  tables: GoalTable[]
  /** Cells that both changed, differently; mine stands in `tables`. */
  contested: { table: number; mine: Change; theirs: string }[]
  applied: number
}

/**
 * Lays what I changed since `base` over what the other one saved. Null where rows or tables were added or removed on my side, since then
 * no cell can be laid over another without guessing.
 */
export function layOver(base: GoalTable[], mine: GoalTable[], theirs: GoalTable[]): Merge | null {
  const my_changes = compareTables(base, mine)
  if (my_changes.some((table) => table.left === null || table.right === null || table.changes.some((change) => change.kind !== 'changed'))) return null
  const to_theirs = compareTables(base, theirs)
  const tables = [...theirs]
  const contested: Merge['contested'] = []
  let applied = 0
  for (const comparison of my_changes) {
    if (comparison.changes.length === 0) continue
    const other = to_theirs.find((table) => table.left === comparison.left)
    const index = other?.right
    if (!other || index === null || index === undefined) return null
    for (const change of comparison.changes) {
      const id = translated(change.left ?? '', other.rows)
      const table = tables[index]
      const base_table = base[comparison.left ?? 0]
      if (id === null || !table || !base_table) return null
      const their_text = cellText(table, id)
      if (their_text !== cellText(base_table, change.left ?? '') && their_text !== change.after) contested.push({ table: index, mine: change, theirs: their_text })
      tables[index] = setCell(table, id, change.after)
      applied++
    }
  }
  return { tables, contested, applied }
}

/** The cell of `base` in the other one's table, whose rows may have moved. */
function translated(id: CellId, rows: TableComparison['rows']): CellId | null {
  const parts = id.split('.')
  if (parts[0] !== 'indicators') return id
  const row = rows.find((pair) => pair.left === Number(parts[1]))?.right
  return row === null || row === undefined ? null : `indicators.${row}.${parts[2] ?? ''}`
}
