// The yearly report on performance management.
import { base, json } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type YearlyReport = Schemas['YearlyReport']
export type YearlyFigure = Schemas['YearlyFigure']
export type YearlyChart = Schemas['YearlyChart']

export const yearlyReport = {
  /** The newest year that has begun and of which anything is stored, where none is named. */
  open: (year: number | null) => json<YearlyReport>('GET', `/yearly-report${year === null ? '' : `?year=${year}`}`),
  file: (year: number) => `${base}/yearly-report/file?year=${year}`,
}
