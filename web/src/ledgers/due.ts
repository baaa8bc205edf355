// How a day that something is due by stands, as a word and its colour.
import type { Due, LedgerRecord } from '@/api/ledger_types'

/** From so many days before it is near. */
export const near_days = 3
export type Tone = 'stop' | 'warn' | 'good' | 'blue' | ''
export const toneOf = (due: Due): Tone => (due.state === 'overdue' ? 'stop' : due.state === 'done_late' ? 'warn' : due.state === 'done' ? 'good' : due.state === 'paused' ? '' : isNear(due) ? 'warn' : 'blue')
export const isNear = (due: Due): boolean => due.state === 'running' && due.days_left <= near_days

/** Key of the words and how many days they name. */
export function wordsOf(due: Due): { key: string; n: number } {
  const days = due.work_days ? '_work' : ''
  // Over on a day off: no work day has passed yet.
  if (due.state === 'overdue') return due.days_left === 0 ? { key: 'overdue', n: 0 } : { key: `overdue_n${days}`, n: Math.abs(due.days_left) }
  if (due.state !== 'running') return { key: due.state, n: 0 }
  return due.days_left === 0 ? { key: 'today', n: 0 } : { key: `left${days}`, n: due.days_left }
}
/** What is over or nearly so, the longest overdue first. */
export function pressing<T extends { record: LedgerRecord }>(found: T[]): (T & { due: Due })[] {
  return found
    .flatMap((one) => one.record.due.filter((due) => due.state === 'overdue' || isNear(due)).map((due) => ({ ...one, due })))
    .sort((a, b) => a.due.due_on.localeCompare(b.due.due_on) || a.due.days_left - b.due.days_left)
}
