// What a round's table shows of a form.
import type { FollowUpState, FollowUpTable, Light } from '@/api/types'

export const states: FollowUpState[] = ['draft', 'submitted', 'filed', 'returned', 'accepted']
export const lights: Light[] = ['red', 'yellow', 'blue', 'green', 'none']

export interface Cell {
  name: string
  light: Light
  /** "（58%）", or nothing. */
  percent: string
}
/** A table's indicators as the server lists them: name, light, per cent, source. */
export const cellsOf = (table: FollowUpTable): Cell[] =>
  table.cells.map(([name, light, percent]) => ({ name: name ?? '', light: (light ?? 'none') as Light, percent: percent === null || percent === undefined ? '' : `（${percent}%）` }))

export const stateTone = (state: FollowUpState): string => ({ draft: '', submitted: 'blue', filed: 'warn', returned: 'stop', accepted: 'good' })[state]
