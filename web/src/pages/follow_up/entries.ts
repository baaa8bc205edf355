// What a person adds to a form, with every field there, so that inputs can be bound to it.
import type { FollowUp, IndicatorEntry } from '@/api/types'

export type Likelihood = '确定能' | '有可能' | '完全不可能'
export interface IndicatorInput {
  actual: string | null
  forecast: string | null
  judged_percent: string | null
  likelihood: Likelihood | null
  note: string | null
  not_applicable: string | null
  causes: { cause: string; text: string }[]
  evidence: { sha256: string; name: string }[]
}
export interface Entry {
  goal_result: string | null
  budget: string | null
  executed: string | null
  execution_note: string | null
  execution_forecast: string | null
  funds: { fund?: string | null; initial?: string | null; budget?: string | null; executed?: string | null; forecast?: string | null }[]
  indicators: IndicatorInput[]
  evidence: { sha256: string; name: string }[]
  department: DepartmentInput
}
/** What a person says for the table of a whole department. */
export interface DepartmentInput {
  figures: { name: string; value: string }[]
  judged: { item: string; points: string; why?: string }[]
}

export type FundColumn = 'initial' | 'budget' | 'executed' | 'forecast'

export const likelihoods: Likelihood[] = ['确定能', '有可能', '完全不可能']
/** The official form's columns of causes. */
export const causes = ['经费保障', '制度保障', '人员保障', '硬件条件保障', '其他', '原因说明'] as const

const indicatorOf = (from: IndicatorEntry): IndicatorInput => ({
  actual: from.actual ?? null,
  forecast: from.forecast ?? null,
  judged_percent: from.judged_percent ?? null,
  likelihood: (from.likelihood ?? null) as Likelihood | null,
  note: from.note ?? null,
  not_applicable: from.not_applicable ?? null,
  causes: (from.causes ?? []).map((each) => ({ ...each })),
  evidence: from.evidence ?? [],
})

export const entriesOf = (form: FollowUp): Entry[] =>
  form.entries.map((from) => ({
    goal_result: from.goal_result ?? null,
    budget: from.budget ?? null,
    executed: from.executed ?? null,
    execution_note: from.execution_note ?? null,
    execution_forecast: from.execution_forecast ?? null,
    funds: (from.funds ?? []).map((each) => ({ ...each })),
    indicators: (from.indicators ?? []).map(indicatorOf),
    evidence: from.evidence ?? [],
    department: {
      figures: (from.department?.figures ?? []).map((each) => ({ ...each })),
      judged: (from.department?.judged ?? []).map((each) => ({ ...each })),
    },
  }))

/** An amount of a money row below the total; a row without amounts goes. Units and separators that Excel brings along go too. */
export function setFund(entry: Pick<Entry, 'funds'>, fund: string, column: FundColumn, text: string): void {
  const before = entry.funds.find((each) => each.fund === fund) ?? { fund }
  const next = { ...before, [column]: text.replace(/[,，\s]/g, '') || null }
  const rest = entry.funds.filter((each) => each.fund !== fund)
  entry.funds = next.initial || next.budget || next.executed || next.forecast ? [...rest, next] : rest
}
/** A basic figure of a department; an empty text takes it out. */
export function setFigure(entry: DepartmentInput, name: string, value: string): void {
  const rest = entry.figures.filter((each) => each.name !== name)
  if (value.trim() !== '') rest.push({ name, value: value.trim() })
  entry.figures = rest
}
/** Points that somebody judges, or why they are not full; both empty takes the item out. */
export function setJudged(entry: DepartmentInput, item: string, change: { points?: string; why?: string }): void {
  const before = entry.judged.find((each) => each.item === item) ?? { item, points: '', why: '' }
  const next = { ...before, ...change }
  entry.judged = entry.judged.filter((each) => each.item !== item)
  if (next.points.trim() !== '' || (next.why ?? '').trim() !== '') entry.judged.push({ item, points: next.points.trim(), why: next.why ?? '' })
}
/** Lines of "name<tab>value" from a spreadsheet; returns how many named a figure that is asked for. */
export function pasteFigures(text: string, entry: DepartmentInput, open: string[]): number {
  let taken = 0
  for (const line of text.replace(/\r/g, '').split('\n')) {
    const [name = '', value = ''] = line.split('\t').map((cell) => cell.trim())
    if (!open.includes(name) || value === '') continue
    setFigure(entry, name, value)
    taken += 1
  }
  return taken
}

/** The text of a cause; an empty one takes it out. */
export function setCause(entry: IndicatorInput, cause: string, text: string): void {
  const rest = entry.causes.filter((each) => each.cause !== cause)
  if (text.trim() !== '') rest.push({ cause, text: text.trim() })
  entry.causes = causes.flatMap((name) => rest.filter((each) => each.cause === name))
}

/**
 * A block copied from a spreadsheet into a column of inputs: a line for each row, from `first` on. Returns how many were taken; rows whose
 * value comes from a ledger are passed by.
 */
export function pasteColumn(text: string, first: number, rows: IndicatorInput[], field: 'actual' | 'note', open: (row: number) => boolean): number {
  const lines = text.replace(/\r/g, '').replace(/\n$/, '').split('\n')
  if (lines.length < 2) return 0
  let taken = 0
  lines.forEach((line, index) => {
    const row = rows[first + index]
    if (!row || !open(first + index)) return
    row[field] = (line.split('\t')[0] ?? '').trim() || null
    taken += 1
  })
  return taken
}
