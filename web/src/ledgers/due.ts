// How a day that something is due by stands, as a word and its colour.
import type { Due } from '@/api/ledger_types'

export type Tone = 'stop' | 'warn' | 'good' | 'blue' | ''
export const toneOf = (due: Due): Tone => (due.state === 'overdue' ? 'stop' : due.state === 'done_late' ? 'warn' : due.state === 'done' ? 'good' : due.state === 'paused' ? '' : isNear(due) ? 'warn' : 'blue')
export const isNear = (due: Due): boolean => due.near

/** Key of the words and how many days they name; of hours how many hours and minutes. */
export function wordsOf(due: Due): { key: string; n: number; m?: number } {
  if (due.minutes_left !== undefined && (due.state === 'running' || due.state === 'overdue')) {
    const minutes = Math.abs(due.minutes_left)
    const [n, m] = [Math.floor(minutes / 60), minutes % 60]
    // Whoever is days late wants no minutes.
    if (n >= 48) return { key: due.state === 'running' ? 'left' : 'overdue_n', n: Math.floor(n / 24) }
    return { key: `${due.state === 'running' ? 'left' : 'overdue'}_${n > 0 ? 'hours' : 'minutes'}`, n, m }
  }
  const days = due.work_days ? '_work' : ''
  // Over on a day off: no work day has passed yet.
  if (due.state === 'overdue') return due.days_left === 0 ? { key: 'overdue', n: 0 } : { key: `overdue_n${days}`, n: Math.abs(due.days_left) }
  if (due.state !== 'running') return { key: due.state, n: 0 }
  return due.days_left === 0 ? { key: 'today', n: 0 } : { key: `left${days}`, n: due.days_left }
}
/** When it is due, as people say it: a day, of hours the moment. */
export const dueText = (due: Due): string => (due.due_at ? due.due_at.slice(0, 16).replace('T', ' ') : due.due_on)
