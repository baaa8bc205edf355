// What the program does with problems (问题整改), one function for each.
import { asked, base, ifMatch, json, part, send } from './client'
import type { components } from './schema'

type Schemas = components['schemas']
export type ProblemLine = Schemas['RectificationLine']
export type ProblemPage = Schemas['RectificationPage']
export type ProblemView = Schemas['RectificationView']
export type ProblemRules = Schemas['RectificationRules']
export type ProblemBoard = Schemas['RectificationBoard']
export type ProblemRequest = Schemas['RectificationRequest']
export type ProblemDraft = Schemas['RectificationDraft']
/** Where a problem was found. */
export type ProblemPlace = Schemas['RectificationPlace']
export type ProblemDeed = Schemas['RectificationActionRequest']
export type ProblemState = ProblemLine['state']
export type ProblemSource = ProblemLine['source']
export type ProblemAction = ProblemDeed['action']
export type Evidence = ProblemView['problem']['evidence'][number]

export interface ProblemQuery {
  state?: ProblemState | ''
  source?: ProblemSource | ''
  unit?: string
  kind?: string
  year?: string
  q?: string
  overdue?: '1' | ''
  recurring?: '1' | ''
  mine?: '1' | ''
  limit?: number
  offset?: number
}

export const problems = {
  list: (query: ProblemQuery, signal?: AbortSignal) => json<ProblemPage>('GET', `/problems?${asked(query)}`, undefined, undefined, signal),
  board: (year: string) => json<ProblemBoard>('GET', `/problems/board?${asked({ year })}`),
  rules: (year: number) => json<ProblemRules>('GET', `/problems/rules?year=${year}`),
  /** What the place proposes to say; indicator -1, of the money, is none in the question. */
  draft: (found: ProblemPlace) => json<ProblemDraft>('GET', `/problems/draft?${asked({ kind: found.kind, id: found.id, table: found.table ?? undefined, indicator: found.indicator !== null && found.indicator !== undefined && found.indicator >= 0 ? found.indicator : undefined, item: found.item ?? undefined })}`),
  open: (id: string) => json<ProblemView>('GET', `/problems/${part(id)}`),
  raise: (request: ProblemRequest) => json<ProblemView>('POST', '/problems', request),
  act: (id: string, revision: number, deed: ProblemDeed) => json<ProblemView>('POST', `/problems/${part(id)}/actions`, deed, ifMatch(revision)),
  async bring(id: string, revision: number, file: File, kind: string): Promise<ProblemView> {
    const form = new FormData()
    form.append('files', file, file.name)
    const response = await send('POST', `/problems/${part(id)}/evidence?${asked({ kind })}`, form, ifMatch(revision))
    return (await response.json()) as ProblemView
  },
  evidence: (id: string, number: number) => `${base}/problems/${part(id)}/evidence/${number}`,
  document: (id: string, document: 'notice' | 'closing', to: 'docx' | 'pdf') => `${base}/problems/${part(id)}/documents/${document}?to=${to}`,
}
