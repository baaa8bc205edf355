// What the pages of problems make of what the program tells.
import type { ProblemAction, ProblemLine, ProblemPage, ProblemQuery, ProblemState, ProblemView } from '@/api/problems'
import { person } from '@/i18n'

/** What the list is narrowed to by one press. */
export type Chip = ProblemState | 'overdue' | 'recurring' | 'mine' | ''

export interface ChipCount {
  key: Chip
  n: number
}

/** Those that hold something, besides what is always wanted. */
export function chips(page: ProblemPage): ChipCount[] {
  const all: ChipCount[] = [
    { key: 'mine', n: page.mine },
    { key: 'overdue', n: page.overdue },
    { key: 'open', n: page.counts.open },
    { key: 'returned', n: page.counts.returned },
    { key: 'replied', n: page.counts.replied },
    { key: 'closed', n: page.counts.closed },
    { key: 'recurring', n: page.recurring },
    { key: 'void', n: page.counts.void },
  ]
  return all.filter((each) => each.n > 0 || each.key === 'open' || each.key === 'overdue')
}

export function queryOf(chip: Chip): ProblemQuery {
  if (chip === 'overdue') return { overdue: '1' }
  if (chip === 'recurring') return { recurring: '1' }
  if (chip === 'mine') return { mine: '1' }
  return chip === '' ? {} : { state: chip }
}

/** How the due day of what is still owed stands; nothing where nothing is owed. */
export function dueWords(line: Pick<ProblemLine, 'state' | 'days_left'>): { key: 'late' | 'today' | 'left'; n: number } | null {
  if (line.state !== 'open' && line.state !== 'returned') return null
  if (line.days_left < 0) return { key: 'late', n: -line.days_left }
  return line.days_left === 0 ? { key: 'today', n: 0 } : { key: 'left', n: line.days_left }
}

/** What it was put off to, where it was. */
export const extended = (line: Pick<ProblemLine, 'first_due' | 'due'>): boolean => line.due !== line.first_due

/** The one that leads on stands in front and in colour. */
export const leading: ProblemAction[] = ['reply', 'check', 'close', 'grant-time']
export const grave: ProblemAction[] = ['refuse', 'deny-time', 'void', 'reopen']

export interface Step {
  at: string
  who: string
  key: 'raised' | 'replied' | 'checked' | 'refused' | 'time_asked' | 'time_granted' | 'time_denied' | 'closed' | 'reopen' | 'void'
  text: string
  evidence: number[]
  /** Days asked for, the day it was put off to. */
  note: string
  late?: boolean
}

/** 李四（代张三）. */
export const named = (who: { name: string; for_name: string | null } | null): string => (who === null ? '' : who.for_name === null ? person(who.name) : `${who.name}（代${who.for_name}）`)

/** Everything that happened, the latest first. */
export function steps(view: ProblemView): Step[] {
  const { problem } = view
  const all: Step[] = [{ at: problem.raised_at, who: named(problem.raised_by), key: 'raised', text: problem.text, evidence: [], note: '' }]
  for (const reply of problem.replies) {
    all.push({ at: reply.at, who: named(reply.by), key: 'replied', text: reply.text, evidence: reply.evidence, note: '', late: reply.late })
    if (reply.passed !== null) all.push({ at: reply.checked_at, who: named(reply.checked_by), key: reply.passed ? 'checked' : 'refused', text: reply.opinion, evidence: [], note: '' })
  }
  for (const time of problem.times) {
    all.push({ at: time.at, who: named(time.by), key: 'time_asked', text: time.why, evidence: [], note: String(time.work_days) })
    if (time.granted !== null) all.push({ at: time.decided_at, who: named(time.decided_by), key: time.granted ? 'time_granted' : 'time_denied', text: time.opinion, evidence: [], note: time.due_after })
  }
  if (problem.closing) all.push({ at: problem.closing.at, who: named(problem.closing.by), key: 'closed', text: problem.closing.opinion, evidence: problem.closing.evidence > 0 ? [problem.closing.evidence] : [], note: '' })
  for (const remark of problem.remarks) all.push({ at: remark.at, who: named(remark.by), key: remark.action === 'void' ? 'void' : 'reopen', text: remark.text, evidence: [], note: '' })
  return all.map((step, i) => ({ step, i })).sort((a, b) => (a.step.at === b.step.at ? b.i - a.i : a.step.at < b.step.at ? 1 : -1)).map(({ step }) => step)
}

/** Files of a listed kind that were brought since it was last reopened: nothing closes on the others. */
export function closable(problem: Pick<ProblemView['problem'], 'evidence' | 'remarks'>, kinds: string[]): ProblemView['problem']['evidence'] {
  const reopened = problem.remarks.filter((each) => each.action === 'reopen').map((each) => each.at).sort().at(-1) ?? ''
  return problem.evidence.filter((each) => kinds.includes(each.kind) && each.at >= reopened)
}

/** Ledgers whose changed record may close a problem: not those of payments, which are looked at as such. */
export const changeable = (names: Map<string, string>, payments: string[]): [name: string, label: string][] => [...names].filter(([name]) => !payments.includes(name))

/** Numbers as people part them: “Z1，Z2 Z3”. */
export const numbersIn = (text: string): string[] => text.split(/[\s,，;；、]+/).filter((each) => each !== '')
