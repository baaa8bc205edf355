// A goal table as the official form: sections of cells, levels merged, in the order of the paper.
import type { GoalTable } from '@/api/types'
import { cellText, indicatorCell, type CellId, type IndicatorField } from './cells'
import { columnsOf, taskColumns } from './columns'

export interface FormCell {
  /** Null for a printed label. */
  id: CellId | null
  /** Message key of a label, or of what the cell holds. */
  label: string
  text: string
  row_span: number
  column_span: number
  align: 'left' | 'center' | 'right'
  /** How many indicators a merged level cell stands for. */
  rows: number
}

export interface FormRow {
  cells: FormCell[]
  /** Index of the task or indicator this row prints, null for the head. */
  index: number | null
}

export interface FormSection {
  name: 'head' | 'budget' | 'goals' | 'tasks' | 'execution' | 'indicators'
  /** Shares of the width. */
  columns: number[]
  header: FormCell[]
  rows: FormRow[]
}

const label = (key: string, column_span = 1, row_span = 1): FormCell => ({
  id: null,
  label: key,
  text: '',
  row_span,
  column_span,
  align: 'center',
  rows: 1,
})

function value(table: GoalTable, id: CellId, key: string, more: Partial<FormCell> = {}): FormCell {
  return { id, label: key, text: cellText(table, id), row_span: 1, column_span: 1, align: 'left', rows: 1, ...more }
}

const line = (...cells: FormCell[]): FormRow => ({ cells, index: null })

function head(table: GoalTable): FormSection {
  if (table.kind === 'overall') {
    return {
      name: 'head',
      columns: [15, 52, 12, 21],
      header: [],
      rows: [line(label('unit_name'), value(table, 'unit_name', 'unit_name'), label('year'), value(table, 'year', 'year', { align: 'center' }))],
    }
  }
  return {
    name: 'head',
    columns: [15, 37, 15, 33],
    header: [],
    rows: [
      line(label('project_name'), value(table, 'project_name', 'project_name'), label('year'), value(table, 'year', 'year')),
      line(label('department'), value(table, 'department', 'department'), label('implementing_unit'), value(table, 'unit_name', 'implementing_unit')),
      line(label('project_category'), value(table, 'project_category', 'project_category'), label('period'), value(table, 'period', 'period')),
      line(label('amount'), value(table, 'amount', 'amount'), label('amount_total'), value(table, 'amount_total', 'amount_total')),
    ],
  }
}

function budget(table: GoalTable): FormSection {
  const fiscal = table.budget?.fiscal_appropriation != null
  const capital = table.budget?.state_capital != null
  const sources = ['general_public', 'government_fund', ...(capital ? ['state_capital'] : []), 'special_account', 'other', ...(fiscal ? ['fiscal_appropriation'] : [])]
  const natures = ['basic', 'project']
  const share = 72 / (sources.length + natures.length)
  const amount = (field: string): FormCell => value(table, `budget.${field}`, `budget.${field}`, { align: 'center' })
  return {
    name: 'budget',
    columns: [15, 13, ...[...sources, ...natures].map(() => share)],
    header: [],
    rows: [
      line(label('budget.label', 1, 3), label('budget.total', 1, 2), label('by_source', sources.length), label('by_nature', natures.length)),
      line(...sources.map((field) => label(`budget.${field}`)), ...natures.map((field) => label(`budget.${field}`))),
      line(amount('total'), ...sources.map(amount), ...natures.map(amount)),
    ],
  }
}

function goals(table: GoalTable): FormSection {
  const rows: FormRow[] = []
  const goal = (field: 'annual_goal' | 'long_term_goal' | 'goal_result', key: string): FormRow => line(label(key), value(table, field, key))
  if (table.long_term_goal) rows.push(goal('long_term_goal', table.kind === 'overall' ? 'long_term_goal' : 'project_goal'))
  rows.push(goal('annual_goal', table.kind === 'overall' ? 'annual_duty_goal' : 'annual_goal'))
  if (table.goal_result || table.kind === 'self_evaluation') rows.push(goal('goal_result', 'goal_result'))
  return { name: 'goals', columns: [15, 85], header: [], rows }
}

function tasks(table: GoalTable): FormSection {
  const fields = taskColumns(table)
  const widths: Record<string, number> = { name: 20, content: 65, amount: 12, goal: 25 }
  const taken = 15 + fields.filter((field) => field !== 'content').reduce((sum, field) => sum + (widths[field] ?? 0), 0)
  const body: FormRow[] = table.tasks.map((_, index) => ({
    index,
    cells: fields.map((field) => value(table, `tasks.${index}.${field}`, `task.${field}`, { align: field === 'amount' ? 'center' : 'left' })),
  }))
  const first = line(label('tasks', 1, body.length + 1), ...fields.map((field) => label(`task.${field}`)))
  return { name: 'tasks', columns: [15, ...fields.map((field) => (field === 'content' ? 100 - taken : (widths[field] ?? 10)))], header: [], rows: [first, ...body] }
}

function execution(table: GoalTable): FormSection {
  const fields =
    table.kind === 'monitoring' ? ['fund', 'initial', 'budget', 'executed', 'rate', 'forecast'] : ['fund', 'initial', 'budget', 'executed', 'weight', 'rate', 'score']
  const rows = (table.execution ?? []).map((_, index) => ({
    index,
    cells: fields.map((field) => value(table, `execution.${index}.${field}`, `execution.${field}`, { align: field === 'fund' ? 'left' : 'center' })),
  }))
  const first = line(label('execution_label', 1, rows.length + 1), ...fields.map((field) => label(`execution.${field}`)))
  return { name: 'execution', columns: [15, 20, ...fields.slice(1).map(() => 65 / (fields.length - 1))], header: [], rows: [first, ...rows] }
}

/** Rows of equal first and second level, one after another, print as one merged cell each. */
export function levelRuns(table: GoalTable): { level1: number[]; level2: number[] } {
  const level1 = table.indicators.map(() => 0)
  const level2 = table.indicators.map(() => 0)
  let first1 = 0
  let first2 = 0
  table.indicators.forEach((indicator, row) => {
    const above = table.indicators[row - 1]
    const same1 = above !== undefined && above.level1 === indicator.level1
    if (!same1) first1 = row
    if (!same1 || above.level2 !== indicator.level2) first2 = row
    level1[first1] = (level1[first1] ?? 0) + 1
    level2[first2] = (level2[first2] ?? 0) + 1
  })
  return { level1, level2 }
}

function indicators(table: GoalTable): FormSection {
  const columns = columnsOf(table)
  const runs = levelRuns(table)
  const rows: FormRow[] = table.indicators.map((_, index) => ({
    index,
    cells: columns.flatMap((column) => {
      const run = column.field === 'level1' ? runs.level1[index] : column.field === 'level2' ? runs.level2[index] : 1
      if (!run) return []
      return [value(table, indicatorCell(index, column.field), `indicator.${column.field}`, { align: column.align, row_span: run, rows: run })]
    }),
  }))
  return { name: 'indicators', columns: columns.map((column) => column.width), header: columns.map((column) => label(`indicator.${column.field}`)), rows }
}

export function layoutForm(table: GoalTable): FormSection[] {
  const sections = [head(table)]
  if (table.kind === 'overall') sections.push(goals(table), tasks(table), budget(table))
  else {
    if (table.execution?.length) sections.push(execution(table))
    sections.push(goals(table))
    if (table.tasks.length) sections.push(tasks(table))
  }
  sections.push(indicators(table))
  return sections
}

/** The form as lines of cells in printed order, each merged cell standing in every line it covers: what arrow keys walk over. */
export function walkingGrid(sections: FormSection[]): CellId[][] {
  const lines: CellId[][] = []
  for (const section of sections) {
    const carried: { id: CellId; left: number }[] = []
    for (const row of section.rows) {
      const held = carried.filter((cell) => cell.left > 0)
      const own = row.cells.filter((cell) => cell.id !== null)
      const line = [...held.map((cell) => cell.id), ...own.map((cell) => cell.id as CellId)]
      held.forEach((cell) => cell.left--)
      own.filter((cell) => cell.row_span > 1).forEach((cell) => carried.push({ id: cell.id as CellId, left: cell.row_span - 1 }))
      if (line.length > 0) lines.push(line)
    }
  }
  return lines
}

export type Direction = 'up' | 'down' | 'left' | 'right'

/** `line` is the line the walk is on, since a merged cell stands in several. */
export function step(lines: CellId[][], from: { id: CellId; line: number }, direction: Direction, field: IndicatorField | null): { id: CellId; line: number } | null {
  const current = lines[from.line]
  if (!current) return null
  const column = current.indexOf(from.id)
  if (direction === 'left' || direction === 'right') {
    const beside = current[column + (direction === 'left' ? -1 : 1)]
    return beside ? { id: beside, line: from.line } : null
  }
  const by = direction === 'up' ? -1 : 1
  for (let line = from.line + by; line >= 0 && line < lines.length; line += by) {
    const cells = lines[line] ?? []
    const same = field ? cells.find((id) => id.endsWith(`.${field}`) && id.startsWith('indicators.')) : undefined
    const id = same ?? cells[Math.min(Math.max(column, 0), cells.length - 1)]
    if (id && id !== from.id) return { id, line }
  }
  return null
}
