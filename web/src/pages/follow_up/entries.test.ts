import { describe, expect, it } from 'vitest'
import { pasteColumn, pasteFigures, setCause, setFigure, setFund, setJudged, type Entry, type DepartmentInput, type IndicatorInput } from './entries'

const row = (): IndicatorInput => ({ actual: null, forecast: null, judged_percent: null, likelihood: null, note: null, not_applicable: null, causes: [], evidence: [] })

describe('a block from a spreadsheet', () => {
  it('fills the column from where it was pasted, passing by what the ledgers measure', () => {
    const rows = [row(), row(), row(), row()]
    expect(pasteColumn('12\t次\r\n98\n\n95\n', 1, rows, 'actual', (at) => at !== 2)).toBe(2)
    expect(rows.map((each) => each.actual)).toEqual([null, '12', null, null])
  })
  it('leaves a single value to the field', () => {
    const rows = [row()]
    expect(pasteColumn('12', 0, rows, 'actual', () => true)).toBe(0)
    expect(rows[0]?.actual).toBeNull()
  })
})

describe('money rows below the total', () => {
  it('keep what was typed by fund; emptied ones go', () => {
    const entry: Pick<Entry, 'funds'> = { funds: [] }
    setFund(entry, '本年财政拨款', 'budget', '1,200.50')
    setFund(entry, '其他资金', 'budget', '3')
    setFund(entry, '本年财政拨款', 'executed', '600')
    expect(entry.funds).toEqual([
      { fund: '其他资金', budget: '3' },
      { fund: '本年财政拨款', budget: '1200.50', executed: '600' },
    ])
    setFund(entry, '其他资金', 'budget', ' ')
    expect(entry.funds.map((each) => each.fund)).toEqual(['本年财政拨款'])
  })
})

describe('causes', () => {
  it('stand in the order of the form; an empty one goes', () => {
    const entry = row()
    setCause(entry, '原因说明', '6月底才下达')
    setCause(entry, '经费保障', ' 资金到位晚 ')
    expect(entry.causes).toEqual([
      { cause: '经费保障', text: '资金到位晚' },
      { cause: '原因说明', text: '6月底才下达' },
    ])
    setCause(entry, '经费保障', '')
    expect(entry.causes.map((each) => each.cause)).toEqual(['原因说明'])
  })
})

describe('the table of a whole department', () => {
  it('keeps figures and points that were said, and drops emptied ones', () => {
    const entry: DepartmentInput = { figures: [], judged: [] }
    setFigure(entry, '编制数', ' 143 ')
    setFigure(entry, '编制数', '144')
    expect(entry.figures).toEqual([{ name: '编制数', value: '144' }])
    setFigure(entry, '编制数', '')
    expect(entry.figures).toEqual([])
    setJudged(entry, '管理制度健全性', { points: '7' })
    setJudged(entry, '管理制度健全性', { why: '缺内控手册' })
    expect(entry.judged).toEqual([{ item: '管理制度健全性', points: '7', why: '缺内控手册' }])
    setJudged(entry, '管理制度健全性', { points: '', why: '' })
    expect(entry.judged).toEqual([])
  })
  it('takes names with values from a spreadsheet, and only those that are asked for', () => {
    const entry: DepartmentInput = { figures: [{ name: '编制数', value: '1' }], judged: [] }
    expect(pasteFigures('在职人员数\t136\r\n编制数\t143\n年初预算\t5\n空\t\n', entry, ['在职人员数', '编制数'])).toBe(2)
    expect(entry.figures).toEqual([
      { name: '在职人员数', value: '136' },
      { name: '编制数', value: '143' },
    ])
  })
})
