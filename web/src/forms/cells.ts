// One cell of a form, named by the contract's field path: "unit_name", "budget.total", "tasks.0.content", "indicators.3.value".
// Tables are never changed in place: setting a cell gives a new table that shares everything else with the old one.
import type { Budget, Comparator, Execution, GoalTable, Indicator, Task } from '@/api/types'
import { parseComparator, parseTarget, plainText } from './target'

export type CellId = string

export type HeadField =
  | 'title'
  | 'year'
  | 'unit_name'
  | 'department'
  | 'money_unit'
  | 'annual_goal'
  | 'long_term_goal'
  | 'goal_result'
  | 'project_name'
  | 'project_category'
  | 'period'
  | 'amount'
  | 'amount_total'
  | 'total_score'
export type BudgetField = keyof Budget
export type TaskField = keyof Task
export type ExecutionField = keyof Execution
export type IndicatorField =
  | 'level1'
  | 'level2'
  | 'level3'
  | 'comparator'
  | 'value'
  | 'unit'
  | 'explanation'
  | 'scoring_rule'
  | 'note'
  | 'weight'
  | 'actual'
  | 'score'
  | 'deviation'
  | 'forecast'
  | 'likelihood'

export type Address =
  | { part: 'head'; field: HeadField }
  | { part: 'budget'; field: BudgetField }
  | { part: 'tasks'; row: number; field: TaskField }
  | { part: 'execution'; row: number; field: ExecutionField }
  | { part: 'indicators'; row: number; field: IndicatorField }

export function addressOf(id: CellId): Address {
  const [part, second, third] = id.split('.')
  switch (part) {
    case 'budget':
      return { part, field: second as BudgetField }
    case 'tasks':
      return { part, row: Number(second), field: third as TaskField }
    case 'execution':
      return { part, row: Number(second), field: third as ExecutionField }
    case 'indicators':
      return { part, row: Number(second), field: third as IndicatorField }
    default:
      return { part: 'head', field: part as HeadField }
  }
}

export const indicatorCell = (row: number, field: IndicatorField): CellId => `indicators.${row}.${field}`

const signs: Record<Comparator, string> = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=', qualitative: '定性' }
export const comparatorSign = (comparator: Comparator | null): string => (comparator ? signs[comparator] : '')

/** What the cell shows, and what an editor starts from. */
export function cellText(table: GoalTable, id: CellId): string {
  const at = addressOf(id)
  switch (at.part) {
    case 'head':
      return at.field === 'year' ? (table.year?.toString() ?? '') : (table[at.field] ?? '')
    case 'budget':
      return table.budget?.[at.field] ?? ''
    case 'tasks':
      return table.tasks[at.row]?.[at.field] ?? ''
    case 'execution':
      return table.execution?.[at.row]?.[at.field] ?? ''
    case 'indicators': {
      const indicator = table.indicators[at.row]
      if (!indicator) return ''
      if (at.field === 'comparator') return comparatorSign(indicator.comparator)
      if (at.field === 'value') return indicator.upper ? `${indicator.value ?? ''}-${indicator.upper}` : (indicator.value ?? '')
      return indicator[at.field] ?? ''
    }
  }
}

function replaced<T>(list: readonly T[], index: number, change: (item: T) => T): T[] {
  return list.map((item, i) => (i === index ? change(item) : item))
}

const emptyBudget: Budget = { total: null, general_public: null, government_fund: null, special_account: null, other: null, basic: null, project: null }

/** A new indicator under the levels of `like`. */
export function newIndicator(like?: Indicator): Indicator {
  return {
    level1: like?.level1 ?? '',
    level2: like?.level2 ?? null,
    level3: '',
    comparator: null,
    value: null,
    unit: null,
    explanation: null,
    scoring_rule: null,
    note: null,
    weight: null,
  }
}

function setIndicator(indicator: Indicator, field: IndicatorField, typed: string): Indicator {
  const text = plainText(typed)
  const changed = { ...indicator }
  switch (field) {
    case 'level1':
    case 'level3':
      changed[field] = text ?? ''
      return changed
    case 'comparator':
      changed.comparator = parseComparator(typed)
      return changed
    case 'value': {
      const target = parseTarget(text ?? '')
      changed.value = target.value ?? text
      if (target.comparator && target.value !== null) changed.comparator = target.comparator
      if (target.unit) changed.unit = target.unit
      delete changed.upper
      if (target.upper) changed.upper = target.upper
      return changed
    }
    default:
      changed[field] = text
      return changed
  }
}

/** `rows`: how many indicators a merged level cell stands for. */
export function setCell(table: GoalTable, id: CellId, typed: string, rows = 1): GoalTable {
  const at = addressOf(id)
  const text = plainText(typed)
  switch (at.part) {
    case 'head':
      if (at.field === 'year') return { ...table, year: /^\d{4}$/.test(text ?? '') ? Number(text) : null }
      return { ...table, [at.field]: text }
    case 'budget':
      return { ...table, budget: { ...(table.budget ?? emptyBudget), [at.field]: amountText(text) } }
    case 'tasks':
      return { ...table, tasks: replaced(table.tasks, at.row, (task) => ({ ...task, [at.field]: text })) }
    case 'execution':
      return { ...table, execution: replaced(table.execution ?? [], at.row, (row) => ({ ...row, [at.field]: text })) }
    case 'indicators':
      return {
        ...table,
        indicators: table.indicators.map((indicator, i) => (i >= at.row && i < at.row + rows ? kept(indicator, setIndicator(indicator, at.field, typed)) : indicator)),
      }
  }
}

/** 1,813.77 → 1813.77; anything else stays as typed. */
function amountText(text: string | null): string | null {
  return text && /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text
}

export function insertIndicator(table: GoalTable, before: number): GoalTable {
  const like = table.indicators[before - 1] ?? table.indicators[before]
  const indicators = [...table.indicators]
  indicators.splice(before, 0, newIndicator(like))
  return { ...table, indicators }
}

export function removeIndicator(table: GoalTable, row: number): GoalTable {
  return { ...table, indicators: table.indicators.filter((_, i) => i !== row) }
}

export function moveIndicator(table: GoalTable, row: number, by: -1 | 1): GoalTable {
  const indicators = [...table.indicators]
  const [moved] = indicators.splice(row, 1)
  if (moved) indicators.splice(row + by, 0, moved)
  return { ...table, indicators }
}

export function insertTask(table: GoalTable, before: number): GoalTable {
  const tasks = [...table.tasks]
  tasks.splice(before, 0, { name: null, content: null })
  return { ...table, tasks }
}

export function removeTask(table: GoalTable, row: number): GoalTable {
  return { ...table, tasks: table.tasks.filter((_, i) => i !== row) }
}

// An indicator keeps its identity through edits, so that a finding made before a row was inserted still points at its own row.
const identities = new WeakMap<Indicator, number>()
let next_identity = 1

export function identityOf(indicator: Indicator): number {
  let identity = identities.get(indicator)
  if (identity === undefined) {
    identity = next_identity++
    identities.set(indicator, identity)
  }
  return identity
}

export function kept(before: Indicator, after: Indicator): Indicator {
  identities.set(after, identityOf(before))
  return after
}
