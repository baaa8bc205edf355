// 试算: nothing of it is stored.
import { json, part } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type TargetTrial = Schemas['TargetTrial']
export type TriedIndicator = Schemas['TargetTrialRequest']['indicator']
export type PackTrial = Schemas['PackTrial']

export const what_if = {
  target: (submission: string, table: number, indicator: TriedIndicator) => json<TargetTrial>('POST', `/submissions/${part(submission)}/target-trial`, { table, indicator }),
  pack: (year: number, pack: string) => json<PackTrial>('GET', `/pack-trial?year=${year}&pack=${part(pack)}`),
}
