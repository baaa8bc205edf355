import { expect, it } from 'vitest'
import type { DeskChart, Due, Ledger, LedgerField, LedgerRecord } from '@/api/ledger_types'
import { ledgerParams } from '@/api/ledgers'
import { atOnce } from './at_once'
import { behindOf, isDrawn, valueText, wayOf } from './charts'
import { dueText, toneOf, wordsOf } from './due'
import { isPeriod, monthOf, monthsUpTo, nameOf, periodOf } from './periods'
import { isNarrowed, nextSort, questionOf, sortedBy } from './question'
import { changeOf, receiptIn } from './receipt'
import { csvOf, harmless, pastedFile } from './sheet'
import { columnsOf, referencePath, refusals, sentOf, shown, titleOf, toSend, troublesOf, typedOf } from './values'

const field = (name: string, type: LedgerField['type'] = 'text', more: Partial<LedgerField> = {}): LedgerField => ({ name, label: name, type, required: false, computed: false, numbered: false, ...more })
const ledger: Ledger = {
  type: 'payment', label: '项目支付', desk: 'budget_execution', desk_label: '预算执行', key: 'payment_no', title: 'payment_no', state: 'state', keep: true,
  fields: [field('payment_no', 'text', { required: true }), field('project', 'reference', { to: 'project', required: true }), field('paid_on', 'date', { required: true }), field('amount', 'amount', { unit: '元', required: true }), field('fund', 'choice', { choices: [{ code: 'other', label: '其他' }] }), field('state', 'choice'), field('seen_at', 'time'), field('double', 'amount', { computed: true })],
  views: [{ name: 'refunds', label: '退回' }], actions: [], limits: [], documents: [], measures: [],
}
const [number, project, paid_on, amount, , , seen_at] = ledger.fields as [LedgerField, LedgerField, LedgerField, LedgerField, LedgerField, LedgerField, LedgerField]
const id = '01939f3a-0000-7000-8000-000000000001'
const record: LedgerRecord = { id, revision: 2, due: [], values: { payment_no: { value: 'P-1', text: 'P-1' }, project: { value: id, text: '道路维修' }, amount: { value: '1234567.50', text: '1234567.50' }, seen_at: { value: '2026-03-05T14:00:07+08:00', text: '2026-03-05 14:00:07' } } }

it('shows money with its digits in threes, exactly as it was written', () => {
  expect(shown(amount, record.values)).toBe('1,234,567.50')
  expect(shown(paid_on, record.values)).toBe('')
  expect(shown(amount, { amount: { value: '-0.10', text: '-0.10' } })).toBe('-0.10')
  expect(shown(amount, { amount: { value: '', text: '123456789012345678901234.56' } })).toBe('123,456,789,012,345,678,901,234.56')
})
it('sends what was typed without separators, and times with their offset', () => {
  expect(sentOf(amount, ' １,234.5 ')).toBe('1234.5')
  expect(sentOf(number, ' A,1 ')).toBe('A,1')
  expect(sentOf(seen_at, '2026-03-05T14:00')).toBe('2026-03-05T14:00:00+08:00')
})
it('sends what was changed and nothing else, and says of what was cleared that it is empty', () => {
  const typed = Object.fromEntries(ledger.fields.map((one) => [one.name, typedOf(one, record.values)]))
  expect(toSend(ledger.fields, typed, record.values)).toEqual({})
  expect(toSend(ledger.fields, { ...typed, amount: '', paid_on: '2026-03-01' }, record.values)).toEqual({ amount: '', paid_on: '2026-03-01' })
  expect(toSend([amount], { amount: '5' }, {})).toEqual({ amount: '5' })
})
it('tells what is missing and what is no figure before anything is sent', () => {
  expect(troublesOf(ledger.fields, new Set(['payment_no', 'amount']), { payment_no: ' ', amount: '12万' })).toEqual({ payment_no: 'missing', amount: 'number' })
  expect(troublesOf(ledger.fields, new Set(), { amount: '-1,000.05' })).toEqual({})
})
it('puts the reasons of a refusal beside their fields', () => {
  expect(refusals(['amount: 不是金额', 'paid_on：没有这一天', '整行重复', 'unknown: 什么'], ledger.fields)).toEqual({ by_field: { amount: '不是金额', paid_on: '没有这一天' }, rest: ['整行重复', 'unknown: 什么'] })
})
it('leads to what a record refers to', () => {
  expect(referencePath(project, record.values)).toBe(`/ledgers/project/${id}`)
  expect(referencePath(project, { project: { value: 'P/1', text: '道路 A' } })).toBe('/ledgers/project/P%2F1')
  expect(referencePath({ ...project, to: 'unit' }, record.values)).toBeNull()
  expect(referencePath(amount, record.values)).toBeNull()
  expect(titleOf(ledger, record)).toBe('P-1')
  expect(titleOf(ledger, { id, values: {} })).toBe('000001')
})
it('shows the telling columns in the order of the declaration', () => {
  expect(columnsOf(ledger).length).toBe(8)
  expect(columnsOf(ledger, 4).map((one) => one.name)).toEqual(['payment_no', 'project', 'paid_on', 'state'])
})

it('reads from the address what the list is asked for', () => {
  const asked = questionOf({ view: 'refunds', q: '道路', is_fund: 'other', from: '2026-01-01', page: '3', is_unknown: 'x' }, ledger)
  expect(asked).toEqual({ view: 'refunds', q: '道路', sort: '', from_field: 'paid_on', from: '2026-01-01', to: '', equal: [['fund', 'other']] })
  expect(isNarrowed(asked)).toBe(true)
  expect(isNarrowed(questionOf({ view: 'nonsense', sort: '-amount' }, ledger))).toBe(false)
  expect(ledgerParams({ ...asked, limit: 50, offset: 0 }).toString()).toBe('view=refunds&q=%E9%81%93%E8%B7%AF&from_field=paid_on&from=2026-01-01&limit=50&offset=0&eq=fund%3Aother')
})
it('turns the order with every press of a heading', () => {
  expect([nextSort('', 'a'), nextSort('a', 'a'), nextSort('-a', 'a'), nextSort('b', 'a')]).toEqual(['a', '-a', '', 'a'])
  expect(sortedBy('-a', 'a')).toBe('descending')
})

const due = (state: Due['state'], days_left: number, more: Partial<Due> = {}): Due => ({ name: 'due', label: '期限', due_on: '2026-03-01', days_left, work_days: false, state, provisional: false, near: state === 'running' && days_left <= 3, explained: false, ...more })
it('says in words how a day stands', () => {
  expect(wordsOf(due('overdue', -3))).toEqual({ key: 'overdue_n', n: 3 })
  expect(wordsOf(due('running', 0))).toEqual({ key: 'today', n: 0 })
  expect(wordsOf(due('running', 5, { work_days: true }))).toEqual({ key: 'left_work', n: 5 })
  expect(wordsOf(due('paused', 4))).toEqual({ key: 'paused', n: 0 })
  expect(['overdue', 'running', 'done', 'paused'].map((state) => toneOf(due(state as Due['state'], 2)))).toEqual(['stop', 'warn', 'good', ''])
})
it('says hours where days are too coarse', () => {
  const ticket = (minutes_left: number): Due => due(minutes_left < 0 ? 'overdue' : 'running', 0, { minutes_left, due_at: '2026-03-05T16:30:00+08:00' })
  expect(wordsOf(ticket(125))).toEqual({ key: 'left_hours', n: 2, m: 5 })
  expect(wordsOf(ticket(-40))).toEqual({ key: 'overdue_minutes', n: 0, m: 40 })
  expect(wordsOf(ticket(-3 * 1440))).toEqual({ key: 'overdue_n', n: 3 })
  expect(dueText(ticket(5))).toBe('2026-03-05 16:30')
  expect(dueText(due('running', 2))).toBe('2026-03-01')
})
it('leads from every point of a chart to what it is made of', () => {
  const point: DeskChart['points'][number] = { label: '3月', value: '12.50', code: null, from: '2026-03-01', to: '2026-03-31', even: null, amount: null }
  const chart = (more: Partial<DeskChart>): DeskChart => ({ chart: 'months', label: '', unit: '万元', measure: 'review.savings', type: null, by: null, view: null, points: [point], gaps: [], ...more })
  expect(wayOf(chart({}), point)).toEqual({ path: '/measures', query: { id: 'review.savings', from: '2026-03-01', to: '2026-03-31' } })
  const groups = chart({ chart: 'groups', measure: null, type: 'ticket', by: 'category', view: 'open' })
  expect(wayOf(groups, { ...point, code: 'fault' })).toEqual({ path: '/ledgers/ticket', query: { view: 'open', is_category: 'fault' } })
  expect(wayOf(chart({ chart: 'ahead', measure: null, type: 'lease', by: 'ends_on' }), point)).toEqual({ path: '/ledgers/lease', query: { by: 'ends_on', from: '2026-03-01', to: '2026-03-31' } })
  expect(wayOf(chart({ chart: 'names' }), { ...point, code: '专项' })?.query['project']).toBe('专项')
  expect(wayOf(chart({ measure: null }), point)).toBeNull()
  expect(valueText(chart({}), point)).toBe('12.50 万元')
  expect(isDrawn(chart({ points: [{ ...point, value: null }] }))).toBe(false)
  expect(behindOf(chart({ chart: 'curve', points: [{ ...point, value: '12.50', even: '24.66' }] }))).toBe(12.16)
})

it('knows the periods of a year and their names', () => {
  expect(periodOf('q1', '2026-11-26')).toEqual({ from: '2026-01-01', to: '2026-03-31' })
  expect(periodOf('last_year', '2026-11-26')).toEqual({ from: '2025-01-01', to: '2025-12-31' })
  expect(nameOf({ from: '2026-07-01', to: '2026-12-31' }, '2026-11-26')).toBe('half2')
  expect(nameOf({ from: '2026-07-02', to: '2026-12-31' }, '2026-11-26')).toBe('')
  expect(isPeriod({ from: '2026-02-01', to: '2026-01-01' })).toBe(false)
  expect(monthOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  expect(monthsUpTo('2026-03-10')).toEqual(['2025-04', '2025-05', '2025-06', '2025-07', '2025-08', '2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'])
})

it('takes rows pasted from Excel as a file of the same content', async () => {
  const pasted = pastedFile('项目编码\t项目名称\nP1\t"甲,乙\n丙"\n\n', '粘贴.csv')
  expect(pasted?.rows).toBe(1)
  expect(await pasted?.file.text()).toBe('项目编码,项目名称\r\nP1,"甲,乙\n丙"\r\n')
  expect(pastedFile('只有一行\t表头', 'x.csv')).toBeNull()
  expect(pastedFile('一列\n一列', 'x.csv')).toBeNull()
})
it('gives no spreadsheet a formula that somebody wrote into a ledger', () => {
  expect(harmless('=cmd()')).toBe("'=cmd()")
  expect(harmless('-1,234.50')).toBe('-1,234.50')
  expect(csvOf([['a"b', 'c']])).toBe('\ufeff"a""b",c\r\n')
})
it('knows a receipt from another file', () => {
  expect(receiptIn('{"measure":"execution.paid","receipt":{}}')?.['measure']).toBe('execution.paid')
  expect(receiptIn('{"measure":1}')).toBeNull()
  expect(receiptIn('no')).toBeNull()
  expect([changeOf({ type: 'a', type_label: 'a', id, revision: null, now: 1 }), changeOf({ type: 'a', type_label: 'a', id, revision: 1, now: null }), changeOf({ type: 'a', type_label: 'a', id, revision: 1, now: 2 })]).toEqual(['came', 'went', 'changed'])
})
it('does many things a few at a time and answers in their order', async () => {
  let busy = 0
  let most = 0
  const answers = await atOnce([3, 1, 2, 5, 4], 2, async (n) => {
    most = Math.max(most, ++busy)
    await new Promise((resolve) => setTimeout(resolve, n))
    busy--
    return n * 2
  })
  expect(answers).toEqual([6, 2, 4, 10, 8])
  expect(most).toBe(2)
})
