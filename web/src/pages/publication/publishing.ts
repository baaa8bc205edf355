// What of the year is chosen, and how many are published at a time.
import type { Outcome, Publishable } from '@/api/types'

export type PublicationState = Publishable['state']
export const publication_states: PublicationState[] = ['due', 'outdated', 'published', 'withdrawn', 'barred']
export type Chosen = PublicationState | 'overdue' | null

/** Files are made as they are published: a few at a time, so that one sees how far it is. */
export const at_once = 8

export const matches = (each: Publishable, chosen: Chosen): boolean => chosen === null || (chosen === 'overdue' ? each.overdue : each.state === chosen)

/** What can be published: approved, and not out at this very version. */
export const publishable = (each: Publishable): boolean => each.approved_revision > 0 && (each.state === 'due' || each.state === 'outdated' || each.state === 'withdrawn')

/** What is chosen at one click: what must be out. Who withdrew something publishes it again by hand. */
export const owed = (each: Publishable): boolean => publishable(each) && each.state !== 'withdrawn'

type Act = (items: { id: string; revision: number }[]) => Promise<Outcome[]>

export interface Published {
  done: number
  refused: Outcome[]
}

/** `told` hears of every step. What failed as a whole is thrown, with nothing of the rest tried. */
export async function publishAll(chosen: Publishable[], act: Act, told: (done: number) => void): Promise<Published> {
  const result: Published = { done: 0, refused: [] }
  for (let at = 0; at < chosen.length; at += at_once) {
    told(at)
    const outcomes = await act(chosen.slice(at, at + at_once).map((each) => ({ id: each.submission, revision: each.approved_revision })))
    result.refused.push(...outcomes.filter((outcome) => outcome.code !== null))
    result.done += outcomes.filter((outcome) => outcome.code === null).length
  }
  return result
}
