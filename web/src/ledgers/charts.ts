// A chart of a desk's page: where its points lead, and how its numbers are written.
import type { DeskChart } from '@/api/ledger_types'
import { grouped } from '@/forms/target'
import { chosenAs } from './question'

export type Point = DeskChart['points'][number]
export interface Way {
  path: string
  query: Record<string, string>
}

/** From a point down to the records or to the figure's source. */
export function wayOf(chart: DeskChart, point: Point): Way | null {
  const query: Record<string, string> = {}
  if (chart.chart === 'groups' || chart.chart === 'ahead') {
    if (!chart.type || !chart.by) return null
    if (chart.view) query['view'] = chart.view
    if (chart.chart === 'groups') query[chosenAs(chart.by)] = point.code ?? ''
    else Object.assign(query, { by: chart.by, from: point.from ?? '', to: point.to ?? '' })
    return { path: `/ledgers/${chart.type}`, query }
  }
  const id = chart.chart === 'arrears' ? 'assets.arrears' : chart.measure
  if (!id) return null
  Object.assign(query, { id, from: point.from ?? '', to: point.to ?? '' })
  // A name is that of a project or of what goes by one; the figure of all has none.
  if (chart.chart === 'names' && point.code) query['project'] = point.code
  return { path: '/measures', query }
}

export const isDrawn = (chart: DeskChart): boolean => chart.chart !== 'figure' && chart.points.some((point) => point.value !== null)
export const valueText = (chart: DeskChart, point: Point): string => (point.value === null ? '—' : `${grouped(point.value)}${chart.unit === '%' ? '%' : ` ${chart.unit}`}`)
/** How far the spending is behind an even one, in points; below 0 where it is ahead. */
export const behindOf = (chart: DeskChart): number | null => {
  const last = chart.points.at(-1)
  if (chart.chart !== 'curve' || !last || last.value === null || last.even === null) return null
  return Math.round((Number(last.even) - Number(last.value)) * 100) / 100
}
