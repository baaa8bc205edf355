import { describe, expect, it } from 'vitest'
import { pasteColumn, setCause, type IndicatorInput } from './entries'

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
