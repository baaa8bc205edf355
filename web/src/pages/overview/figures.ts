// What the overview says of its figures.
import type { Overview, SectionFigures } from '@/api/types'
import { tile_states, type TileState } from '@/pages/wall/days'

export const state_colours: Record<TileState, string> = { not_filed: '#b9c3ce', draft: '#d9c27a', waiting: '#6c9fd2', returned: '#c98a2b', refiled: '#3f73ab', approved: '#3d8a5f' }
export const severity_colours = { error: '#a82017', warning: '#c98a2b', hint: '#8fb0d3' } as const

/** Filed at all: it waits, came back, or is done. */
export const filed = (one: SectionFigures): number => one.counts.waiting + one.counts.returned + one.counts.refiled + one.counts.approved

/** Whole per cents; nothing of nothing is nothing. */
export const share = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((100 * part) / whole)}%`)

export const seriesOf = (sections: SectionFigures[], name: (state: TileState) => string): { name: string; colour: string; values: number[] }[] =>
  tile_states.map((state) => ({ name: name(state), colour: state_colours[state], values: sections.map((one) => one.counts[state]) }))

/** The rules that most units break, so many that they are taken in at a glance. */
export const worstRules = (overview: Overview, most = 12): Overview['rules'] => [...overview.rules].sort((a, b) => b.units - a.units || b.findings - a.findings).slice(0, most)
