// A field's value as it is shown, typed and sent.
import type { Ledger, LedgerField, LedgerRecord, LedgerValues } from '@/api/ledger_types'
import { grouped } from '@/forms/target'

/** Stands at the right, its digits in threes. */
export const isAmount = (field: Pick<LedgerField, 'type'>): boolean => field.type === 'amount' || field.type === 'decimal'
export const isRight = (field: Pick<LedgerField, 'type'>): boolean => isAmount(field) || field.type === 'integer'
export const isDay = (field: Pick<LedgerField, 'type'>): boolean => field.type === 'date' || field.type === 'time'

export function shown(field: LedgerField, values: LedgerValues): string {
  const value = values[field.name]
  return value === undefined ? '' : isAmount(field) ? grouped(value.text) : value.text
}
/** 送审金额（元） */
export const heading = (field: LedgerField): string => (field.unit ? `${field.label}（${field.unit}）` : field.label)

/** What stands in the field of the form: times as the browser's field has them, digits in threes. */
export function typedOf(field: LedgerField, values: LedgerValues): string {
  const value = values[field.name]?.value ?? ''
  if (field.type === 'time') return value.slice(0, 16)
  // A file that is kept here goes by its name.
  if (field.type === 'file') return values[field.name]?.text ?? ''
  return isAmount(field) ? grouped(value) : value
}
/** What is sent of it: the program reads what people write, but the field of a time says no offset, and separators are only for the eye. */
export function sentOf(field: LedgerField, typed: string): string {
  const text = typed.trim()
  if (field.type === 'time') return /T\d\d:\d\d$/.test(text) ? `${text}:00+08:00` : text
  return isRight(field) ? text.normalize('NFKC').replace(/[,\s]/g, '') : text
}
/** What was changed on the form; the rest stays as it is, a time to its second. */
export function toSend(fields: LedgerField[], typed: Record<string, string>, before: LedgerValues): Record<string, string> {
  const out: Record<string, string> = {}
  for (const field of fields) {
    const now = typed[field.name] ?? ''
    if (!field.computed && now !== typedOf(field, before)) out[field.name] = sentOf(field, now)
  }
  return out
}

/** Who fills in the form is told before it is sent what is missing and what is no figure. */
export function troublesOf(fields: LedgerField[], required: Set<string>, typed: Record<string, string>): Record<string, 'missing' | 'number'> {
  const out: Record<string, 'missing' | 'number'> = {}
  for (const field of fields) {
    if (field.computed) continue
    const text = sentOf(field, typed[field.name] ?? '')
    if (text === '') {
      if (required.has(field.name)) out[field.name] = 'missing'
    } else if (isRight(field) && !/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text.replace(/元$/, ''))) out[field.name] = 'number'
  }
  return out
}
/** "field: reason" of a refusal, by field; what names no field of the form is said above it. */
export function refusals(context: readonly string[] | undefined, fields: LedgerField[]): { by_field: Record<string, string>; rest: string[] } {
  const by_field: Record<string, string> = {}
  const rest: string[] = []
  for (const line of context ?? []) {
    const [, name, reason] = /^([\w.]+)\s*[:：]\s*(.*)$/s.exec(line) ?? []
    if (name !== undefined && reason !== undefined && fields.some((field) => field.name === name)) by_field[name] = reason
    else rest.push(line)
  }
  return { by_field, rest }
}

export const fieldOf = (ledger: Ledger, name: string | null): LedgerField | undefined => ledger.fields.find((field) => field.name === name)
/** What a link to the record says. */
export function titleOf(ledger: Ledger, record: Pick<LedgerRecord, 'id' | 'values'>): string {
  return record.values[ledger.title]?.text || (ledger.key && record.values[ledger.key]?.text) || shortId(record.id)
}
/** A record's number; of one that the program numbers its last signs. */
export const shortId = (id: string): string => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id) ? id.slice(-6) : id)
/** The register of units is kept among the units, not as a ledger. */
export const units_register = 'unit'
export const recordPath = (type: string, id: string): string => `/ledgers/${type}/${encodeURIComponent(id)}`
export function referencePath(field: LedgerField, values: LedgerValues): string | null {
  const value = values[field.name]
  if (field.type !== 'reference' || !field.to || !value) return null
  return field.to === units_register ? null : recordPath(field.to, value.value)
}

/** The columns that fit: number and title, the state, what is required, then money and days, in the order of the declaration. */
export function columnsOf(ledger: Ledger, most = 8): LedgerField[] {
  if (ledger.fields.length <= most) return ledger.fields
  const rank = (field: LedgerField): number => {
    if (field.name === ledger.key || field.name === ledger.title) return 0
    if (field.name === ledger.state) return 1
    if (field.required) return 2
    return field.type === 'amount' && !field.computed ? 3 : isDay(field) ? 4 : field.computed ? 5 : 6
  }
  const kept = new Set(ledger.fields.map((field, i) => ({ field, i, rank: rank(field) })).sort((a, b) => a.rank - b.rank || a.i - b.i).slice(0, most).map((one) => one.field.name))
  return ledger.fields.filter((field) => kept.has(field.name))
}
