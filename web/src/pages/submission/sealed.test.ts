import { describe, expect, it } from 'vitest'
import type { SealedForm, SealedValue } from '@/api/types'
import { groups, guessed, printed } from './sealed'

const value = (over: Partial<SealedValue>): SealedValue => ({ kind: 'changed', certain: true, confidence: null, table: '运维', place: '产出指标 / 巡检', field: '指标值', record: '≥12次', sealed: '≥10次', page: '1', row: 4, column: 4, ...over })
const form = (over: Partial<SealedForm>): SealedForm => ({ number: 1, file: '盖章.pdf', sha256: '', at: '2026-03-02T01:00:00Z', by: 'clerk', outcome: 'differs', revision: 5, approved: true, current: true, code: null, printed: null, recognised: true, message: null, differing: 0, unsure: 0, values: [], ...over })

describe('a sealed form', () => {
  it('tells what differs apart from what could not be checked, in the order of the paper', () => {
    const found = groups(form({ values: [value({ page: '2' }), value({ row: 9 }), value({ certain: false }), value({ row: 3 })] }))
    expect(found.certain.map((each) => `${each.page}/${each.row}`)).toEqual(['1/3', '1/9', '2/4'])
    expect(found.unsure).toHaveLength(1)
  })
  it('knows a value that was only guessed right', () => {
    expect(guessed(value({ sealed: '≥12次' }))).toBe(true)
    expect(guessed(value({}))).toBe(false)
  })
  it('says which print it was', () => {
    expect(printed(form({}))).toBe('none')
    expect(printed(form({ code: 'JH5-AAAA', printed: 5 }))).toBe('same')
    expect(printed(form({ code: 'JH5-AAAA', printed: 3 }))).toBe('other')
    expect(printed(form({ code: 'JH5-AAAA' }))).toBe('foreign')
  })
})
