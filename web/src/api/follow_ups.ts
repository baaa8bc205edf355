// Monitoring and self-evaluation, one function for each thing the server does.
import { asked, base, ifMatch, json, part } from './client'
import type { Alarm, AlarmPage, FollowUp, FollowUpAction, FollowUpKind, FollowUpPage, FollowUpState, FormFault, Light, Round, RoundRequest, TableEntry } from './types'

export interface FollowUpQuery {
  kind: FollowUpKind
  year: number
  month: number
  state?: FollowUpState | ''
  light?: Light | ''
  q?: string
  mine?: 'true' | ''
  drawn?: 'true' | ''
  limit?: number
  offset?: number
}
export interface RecheckRequest {
  table: number
  indicator: number
  actual: string | null
  score: string
  why: string
}
const of = (id: string): string => `/follow-ups/${part(id)}`
const earlier = (revision: number | null, sign = '?'): string => (revision === null ? '' : `${sign}revision=${revision}`)
const spot = (table: number, indicator: number | null): string => (indicator === null ? `table=${table}` : `table=${table}&indicator=${indicator}`)

export const follow_ups = {
  rounds: () => json<Round[]>('GET', '/follow-up-rounds'),
  /** `revision` null: it is opened. */
  putRound: (request: RoundRequest, revision: number | null) => json<Round>('PUT', '/follow-up-rounds', request, revision === null ? undefined : ifMatch(revision)),
  layForms: (kind: FollowUpKind, year: number, month: number) => json<{ laid: number }>('POST', `/follow-up-rounds/forms?${asked({ kind, year, month })}`),
  draw: (year: number, percent: number, seed: string) => json<{ drawn: string[] }>('POST', '/follow-up-rounds/draw', { year, percent, seed }),
  list: (query: FollowUpQuery, signal?: AbortSignal) => json<FollowUpPage>('GET', `/follow-ups?${asked(query)}`, undefined, undefined, signal),
  /** `revision` null: as it stands; else one that was accepted and sent back since. */
  open: (id: string, revision: number | null = null) => json<FollowUp>('GET', `${of(id)}${earlier(revision)}`),
  edit: (id: string, revision: number, tables: TableEntry[]) => json<FollowUp>('PUT', of(id), { tables }, ifMatch(revision)),
  act: (id: string, revision: number, action: FollowUpAction, opinion: string | null) => json<FollowUp>('POST', `${of(id)}/actions`, { action, opinion }, ifMatch(revision)),
  addEvidence(id: string, revision: number, table: number, indicator: number | null, file: File): Promise<FollowUp> {
    const form = new FormData()
    form.append('files', file, file.name)
    return json('POST', `${of(id)}/evidence?${spot(table, indicator)}`, form, ifMatch(revision))
  },
  /** A form that was filled in elsewhere. */
  takeForm(id: string, revision: number, file: File): Promise<{ form: FollowUp; faults: FormFault[] }> {
    const form = new FormData()
    form.append('files', file, file.name)
    return json('POST', `${of(id)}/form`, form, ifMatch(revision))
  },
  removeEvidence: (id: string, revision: number, table: number, indicator: number | null, sha256: string) => json<FollowUp>('DELETE', `${of(id)}/evidence/${part(sha256)}?${spot(table, indicator)}`, undefined, ifMatch(revision)),
  setWords: (id: string, revision: number, words: Record<string, string>) => json<FollowUp>('PUT', `${of(id)}/report`, words, ifMatch(revision)),
  recheck: (id: string, revision: number, request: RecheckRequest) => json<FollowUp>('POST', `${of(id)}/rechecks`, request, ifMatch(revision)),
  choose: (id: string, revision: number, drawn: boolean) => json<FollowUp>('PUT', `${of(id)}/drawn`, { drawn }, ifMatch(revision)),
  evidenceUrl: (id: string, sha256: string): string => `${base}${of(id)}/evidence/${part(sha256)}`,
  formUrl: (id: string, to: string, revision: number | null = null): string => `${base}${of(id)}/export?to=${to}${earlier(revision, '&')}`,
  departmentUrl: (id: string, to: string, revision: number | null = null): string => `${base}${of(id)}/department-table?to=${to}${earlier(revision, '&')}`,
  reportUrl: (id: string, to: string, revision: number | null = null): string => `${base}${of(id)}/report?to=${to}${earlier(revision, '&')}`,
  zipUrl: (id: string, revision: number | null = null): string => `${base}${of(id)}/evidence${earlier(revision)}`,

  alarms: (query: { year: number; state?: string; follow_up?: string; overdue?: string; limit?: number }) => json<AlarmPage>('GET', `/alarms?${asked(query)}`),
  actOnAlarm: (id: string, revision: number, body: { action: string; choice?: string; words?: string }) => json<Alarm>('POST', `/alarms/${part(id)}/actions`, body, ifMatch(revision)),
  letterUrl: (id: string): string => `${base}/alarms/${part(id)}/letter?to=docx`,
}
