// Work on a submission that was typed and not yet stored, as a value: where it stands towards what the program has now.
import type { GoalTable } from '@/api/types'
import { setCell, type CellId } from './cells'
import { compareTables } from './compare'

export interface Draft {
  /** Id of the account; 'local' while there are none. */
  person: string
  submission: string
  /** Two windows on one submission keep theirs apart. */
  window: string
  /** What it was made from. */
  revision: number
  base: GoalTable[]
  tables: GoalTable[]
  /** UTC, ISO 8601. */
  at: string
}

/** A cell that is being written and has not been left yet. */
export interface OpenCell {
  table: number
  cell: CellId
  text: string
  rows: number
}

export const sameTables = (a: GoalTable[], b: GoalTable[]): boolean => compareTables(a, b).every((one) => one.left === one.right && one.changes.length === 0)

export function withOpenCell(tables: GoalTable[], open: OpenCell | null): GoalTable[] {
  return open ? tables.map((one, i) => (i === open.table ? setCell(one, open.cell, open.text, open.rows) : one)) : tables
}

export const changesOf = (draft: Draft): number =>
  compareTables(draft.base, draft.tables).reduce((sum, one) => sum + Math.max(one.changes.length, one.left === null || one.right === null ? 1 : 0), 0)

/** Those worth offering, newest first; `idle` says what the program has already, or what changes nothing. */
export function sortDrafts(drafts: Draft[], stored: GoalTable[]): { offered: Draft[]; idle: Draft[] } {
  const isIdle = (draft: Draft): boolean => sameTables(draft.tables, stored) || sameTables(draft.tables, draft.base)
  return {
    offered: drafts.filter((draft) => !isIdle(draft)).sort((a, b) => b.at.localeCompare(a.at)),
    idle: drafts.filter(isIdle),
  }
}
