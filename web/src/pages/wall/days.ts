// What is said of the days left, and of a row of tiles.
import type { Permission, Tile } from '@/api/types'

export type TileState = Tile['state']
export const tile_states: TileState[] = ['not_filed', 'draft', 'waiting', 'returned', 'refiled', 'approved']
/** What the unit owes; the rest lies with the bureau or is done. */
export const owed: TileState[] = ['not_filed', 'draft', 'returned']

export type Chosen = TileState | 'overdue' | 'faulty' | null

export function matches(tile: Tile, chosen: Chosen, section: string): boolean {
  if (section !== '' && tile.section !== section) return false
  if (chosen === null) return true
  if (chosen === 'overdue') return tile.overdue
  if (chosen === 'faulty') return tile.error > 0
  return tile.state === chosen
}

/** The units that have not filed, one a line, for a message to them. */
export function missingNames(tiles: Tile[]): string {
  return tiles
    .filter((tile) => owed.includes(tile.state))
    .map((tile) => tile.name)
    .join('\n')
}

/** The same as a message: who, until when. */
export function reminder(tiles: Tile[], words: (due: string, names: string) => string): string {
  const by_due = new Map<string, string[]>()
  for (const tile of tiles) if (owed.includes(tile.state)) by_due.set(tile.due, [...(by_due.get(tile.due) ?? []), tile.name])
  return [...by_due].map(([due, names]) => words(due, names.join('、'))).join('\n')
}

const signs: Record<NonNullable<Tile['step']>, Permission> = { unit: 'confirm_filing', department: 'audit_department', section: 'audit_section', performance: 'audit_performance', leader: 'approve_filing' }

/** Those a person may sign at once: waiting for a post of his, without an error. */
export function ready(tiles: Tile[], may: (permission: Permission) => boolean): Tile[] {
  return tiles.filter((tile) => (tile.state === 'waiting' || tile.state === 'refiled') && tile.submission !== null && !tile.proposed && tile.error === 0 && may(tile.step ? signs[tile.step] : 'audit_performance'))
}
