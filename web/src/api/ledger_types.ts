// The objects of the ledgers and measures. Amounts, decimals and dates are text, exact as the program wrote them.
export type FieldType = 'text' | 'amount' | 'decimal' | 'integer' | 'year' | 'date' | 'time' | 'month' | 'yes_no' | 'choice' | 'reference' | 'file'
export interface LedgerField {
  name: string
  label: string
  type: FieldType
  unit?: string | null
  required: boolean
  computed: boolean
  note?: string | null
  /** Of a reference: the register's type. */
  to?: string | null
  choices?: { code: string; label: string }[]
}
export interface LedgerAction {
  name: string
  label: string
  /** Empty: from any state that is not void. */
  from: string[]
  to: string | null
  fields: string[]
  required: string[]
}
export interface Named {
  name: string
  label: string
}
export interface MeasureName {
  id: string
  label: string
}
export interface Ledger {
  type: string
  label: string
  desk: string
  /** The field that is a record's number; empty where the program numbers. */
  key: string | null
  title: string | null
  state: string | null
  keep: boolean
  fields: LedgerField[]
  views: Named[]
  actions: LedgerAction[]
  limits: Named[]
  measures: MeasureName[]
}
export interface LedgerDesk {
  desk: string
  label: string
  types: { type: string; label: string; records: number; keep: boolean }[]
}
export interface LedgerValue {
  /** As exports write it; of a reference the record's id. */
  value: string
  /** As people read it. */
  text: string
}
export type LedgerValues = Record<string, LedgerValue>
export interface Due {
  name: string
  label: string
  due_on: string
  /** Below 0: overdue by so many. */
  days_left: number | null
  work_days?: boolean
  state: 'running' | 'paused' | 'done' | 'done_late' | 'overdue'
  provisional: boolean
}
export interface LedgerRecord {
  id: string
  revision: number
  values: LedgerValues
  due: Due[]
}
export interface LedgerMoment {
  revision: number
  action: string
  label: string
  at: string
  by: string
  why: string | null
  changes: { field: string; label: string; before: string | null; after: string | null }[]
}
export interface LedgerDetail extends LedgerRecord {
  actions: string[]
  timeline: LedgerMoment[]
  measures: MeasureName[]
}
export interface LedgerPage {
  total: number
  totals: Record<string, string>
  items: LedgerRecord[]
}
export interface LedgerImport {
  stored: boolean
  added: number
  changed: number
  same: number
  skipped: number
  bad: { row: number; field: string; label: string; reason: string }[]
  notes: string[]
  created: string[]
}

export interface Measure {
  id: string
  label: string
  unit: string
  desk: string
  /** It can be narrowed to a project. */
  projects: boolean
}
export interface MeasureFigure {
  measure: string
  label: string
  unit: string
  value: string | null
  numerator: string | null
  denominator: string | null
  period: { from: string; to: string }
  project: string | null
  gaps: string[]
  journal: number
  sha256: string
  counted: number
  excluded: number
  consulted: number
}
export type UsedAs = 'counted' | 'excluded' | 'consulted'
export interface UsedRecord {
  type: string
  type_label: string
  id: string
  revision: number
  title: string
  reason: string | null
  values: LedgerValues
}
export interface ReceiptVerdict {
  same: boolean
  state: 'same' | 'stale' | 'foreign' | 'redefined'
  changed: { type: string; type_label: string; id: string; revision: number | null; now: number | null }[]
  value: string | null
}
