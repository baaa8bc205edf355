// What the program does with ledgers and measures, one function for each.
import { asked, base, ifMatch, json, part, send } from './client'
import type { Deadline, Desk, DueBoard, Ledger, LedgerDesk, LedgerDetail, LedgerImport, LedgerPage, LedgerRecord, Measure, MeasureFigure, ReceiptVerdict, RecordDocument, UsedAs, UsedRecord } from './ledger_types'
import type { LeaseAccount } from './types'

/** What a list of records is asked for. */
export interface LedgerQuestion {
  view?: string
  q?: string
  /** A field; "-" before it: greatest first. */
  sort?: string
  from_field?: string
  from?: string
  to?: string
  equal?: [field: string, value: string][]
  limit?: number
  offset?: number
}
export interface MeasureQuestion {
  from: string
  to: string
  project?: string
  as_of?: string
}
export interface ImportOptions {
  /** Nothing is stored: only told what would be. */
  check?: boolean
  skip_bad?: boolean
  create_missing?: boolean
  /** Heading → field, or '' for a column that is not to be read; remembered for the next table with the same heading. */
  columns?: Record<string, string>
}

export function ledgerParams({ equal = [], ...rest }: LedgerQuestion): URLSearchParams {
  const params = asked(rest)
  for (const [field, value] of equal) params.append('eq', `${field}:${value}`)
  return params
}
const of = (type: string): string => `/ledgers/${part(type)}`
const record = (type: string, id: string): string => `${of(type)}/records/${part(id)}`

export const ledgers = {
  all: () => json<{ desks: LedgerDesk[] }>('GET', '/ledgers'),
  one: (type: string) => json<Ledger>('GET', of(type)),
  list: (type: string, question: LedgerQuestion, signal?: AbortSignal) => json<LedgerPage>('GET', `${of(type)}/records?${ledgerParams(question)}`, undefined, undefined, signal),
  record: (type: string, id: string) => json<LedgerDetail>('GET', record(type, id)),
  add: (type: string, values: Record<string, string>, why: string | null) => json<LedgerRecord>('POST', `${of(type)}/records`, { values, why }),
  change: (type: string, id: string, revision: number, values: Record<string, string>, why: string | null) => json<LedgerRecord>('PUT', record(type, id), { values, why }, ifMatch(revision)),
  act: (type: string, id: string, revision: number, action: string, values: Record<string, string>, why: string | null) => json<LedgerRecord>('POST', `${record(type, id)}/actions`, { action, values, why }, ifMatch(revision)),
  async take(type: string, file: File, { check, skip_bad, create_missing, columns }: ImportOptions): Promise<LedgerImport> {
    const wishes = asked({ check: check ? 1 : '', skip_bad: skip_bad ? 1 : '', create_missing: create_missing ? 1 : '', columns: columns && Object.keys(columns).length > 0 ? JSON.stringify(columns) : '' })
    const form = new FormData()
    form.append('files', file, file.name)
    return (await (await send('POST', `${of(type)}/import?${wishes}`, form)).json()) as LedgerImport
  },
  /** What is overdue or near over all desks. */
  board: () => json<DueBoard>('GET', '/desks'),
  desk: (desk: string) => json<Desk>('GET', `/desks/${part(desk)}`),
  deadline: (type: string, id: string, limit: string) => json<Deadline>('GET', `${record(type, id)}/deadlines/${part(limit)}`),
  documents: async (type: string, id: string) => (await json<{ documents: RecordDocument[] }>('GET', `${record(type, id)}/documents`)).documents,
  document: (type: string, id: string, name: string, to: 'docx' | 'pdf') => `${base}${record(type, id)}/documents/${part(name)}.${to}`,
  file: (type: string, id: string, field: string) => `${base}${record(type, id)}/files/${part(field)}`,
  async keepFile(type: string, id: string, revision: number, field: string, file: File): Promise<LedgerDetail> {
    const form = new FormData()
    form.append('files', file, file.name)
    return (await (await send('PUT', `${record(type, id)}/files/${part(field)}`, form, ifMatch(revision))).json()) as LedgerDetail
  },
  account: (lease: string, by: string) => json<LeaseAccount>('GET', `/leases/${part(lease)}/account${by ? `?by=${by}` : ''}`),
  exported: (type: string, question: LedgerQuestion, as: 'xlsx' | 'csv') => {
    const params = ledgerParams(question)
    params.set('as', as)
    return `${base}${of(type)}/export?${params}`
  },
}

const figure = (id: string, question: MeasureQuestion, more = ''): string => `/measures/${part(id)}${more}?${asked(question)}`
export const measures = {
  all: () => json<{ measures: Measure[] }>('GET', '/measures'),
  figure: (id: string, question: MeasureQuestion, signal?: AbortSignal) => json<MeasureFigure>('GET', figure(id, question), undefined, undefined, signal),
  records: (id: string, question: MeasureQuestion, list: UsedAs, limit: number, offset: number) => json<{ total: number; items: UsedRecord[] }>('GET', figure(id, { ...question, list, limit, offset } as MeasureQuestion, '/records')),
  receipt: (id: string, question: MeasureQuestion) => base + figure(id, question, '/receipt'),
  verify: (receipt: unknown) => json<ReceiptVerdict>('POST', '/measures/verify', receipt),
}
