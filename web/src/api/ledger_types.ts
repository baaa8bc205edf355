// The objects of the ledgers and measures, by the names that docs/openapi.json gives them. Amounts, decimals and dates are text, exact as
// the program wrote them.
import type { components } from './schema'

type Schemas = components['schemas']
export type LedgerDesk = Schemas['Ledgers']['desks'][number]
export type Ledger = Schemas['RecordType']
export type LedgerField = Schemas['LedgerField']
export type LedgerAction = Schemas['LedgerAction']
/** By field; what is empty is left out. Of a reference the value is the id of the record. */
export type LedgerValues = Partial<Schemas['RecordValues']>
export type Due = Schemas['RecordDue']
export type DueBoard = Schemas['DueBoard']
export type BoardLine = Schemas['BoardLine']
export type DeskWork = Schemas['DeskWork']
export type Desk = Schemas['Desk']
export type DeskChart = Schemas['DeskChart']
export type RecordDocument = Schemas['RecordDocuments']['documents'][number]
export type Deadline = Schemas['Deadline']
export type LedgerRecord = Omit<Schemas['LedgerRecord'], 'values'> & { values: LedgerValues }
export type LedgerDetail = Omit<Schemas['OpenRecord'], 'values'> & { values: LedgerValues }
export type LedgerMoment = Schemas['RecordMoment']
export type LedgerPage = Omit<Schemas['RecordList'], 'items'> & { items: LedgerRecord[] }
export type LedgerImport = Schemas['ImportedRecords']

export type Measure = Schemas['Measures']['measures'][number]
export type MeasureFigure = Schemas['Figure']
export type UsedAs = 'counted' | 'excluded' | 'consulted'
export type UsedRecord = Omit<Schemas['MeasuredRecords']['items'][number], 'values'> & { values: LedgerValues }
export type ReceiptVerdict = Schemas['ReceiptCheck']
