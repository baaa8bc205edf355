// What a list of records is asked for, kept in the page's address.
import type { Ledger } from '@/api/ledger_types'
import type { LedgerQuestion } from '@/api/ledgers'
import type { LocationQuery } from 'vue-router'
import { isDay } from './values'

const text = (query: LocationQuery, name: string): string => (typeof query[name] === 'string' ? (query[name] as string) : '')
/** A choice field's name in the address. */
export const chosenAs = (field: string): string => `is_${field}`
export const isChosenBy = (ledger: Ledger): Ledger['fields'] => ledger.fields.filter((field) => field.type === 'choice' || field.type === 'yes_no' || field.type === 'year')

export function questionOf(query: LocationQuery, ledger: Ledger): LedgerQuestion {
  const days = ledger.fields.filter(isDay)
  const from_field = days.find((field) => field.name === text(query, 'by'))?.name ?? days[0]?.name ?? ''
  const spanned = text(query, 'from') !== '' || text(query, 'to') !== ''
  return {
    view: ledger.views.some((view) => view.name === text(query, 'view')) ? text(query, 'view') : '',
    q: text(query, 'q'),
    sort: text(query, 'sort'),
    from_field: spanned ? from_field : '',
    from: text(query, 'from'),
    to: text(query, 'to'),
    equal: isChosenBy(ledger).flatMap((field): [string, string][] => (text(query, chosenAs(field.name)) === '' ? [] : [[field.name, text(query, chosenAs(field.name))]])),
  }
}
export const isNarrowed = (question: LedgerQuestion): boolean => Boolean(question.view || question.q || question.from || question.to || question.equal?.length)

/** A heading pressed again turns the order, and the third time lets it go. */
export const nextSort = (now: string, field: string): string => (now === field ? `-${field}` : now === `-${field}` ? '' : field)
export const sortedBy = (now: string, field: string): 'ascending' | 'descending' | 'none' => (now === field ? 'ascending' : now === `-${field}` ? 'descending' : 'none')
