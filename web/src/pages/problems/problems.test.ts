import { expect, it } from 'vitest'
import type { ProblemPage, ProblemView } from '@/api/problems'
import { changeable, chips, closable, dueWords, extended, numbersIn, queryOf, steps } from './problems'

const person = { account: 'a', name: '张三', for_account: null, for_name: null }
const page: ProblemPage = { total: 3, counts: { open: 0, replied: 2, returned: 0, closed: 1, void: 0 }, overdue: 0, recurring: 1, mine: 0, items: [] }

it('offers what holds something, and always what is open and overdue', () => {
  expect(chips(page).map((each) => each.key)).toEqual(['overdue', 'open', 'replied', 'closed', 'recurring'])
})

it('asks for a state, or for what is overdue, recurring or mine', () => {
  expect(queryOf('replied')).toEqual({ state: 'replied' })
  expect(queryOf('mine')).toEqual({ mine: '1' })
  expect(queryOf('')).toEqual({})
})

it('says how long is left of what is owed, and nothing of the rest', () => {
  expect(dueWords({ state: 'open', days_left: -3 })).toEqual({ key: 'late', n: 3 })
  expect(dueWords({ state: 'returned', days_left: 0 })).toEqual({ key: 'today', n: 0 })
  expect(dueWords({ state: 'replied', days_left: -3 })).toBeNull()
  expect(extended({ first_due: '2026-03-02', due: '2026-03-09' })).toBe(true)
})

it('tells every step, the latest first', () => {
  const view = {
    problem: {
      raised_at: '2026-03-02T01:00:00Z', raised_by: person, text: '问题', evidence: [], remarks: [], closing: null,
      replies: [{ text: '已改', evidence: [1], at: '2026-03-03T01:00:00Z', by: { ...person, for_account: 'b', for_name: '李四' }, due: '', late: false, passed: false, opinion: '没有改', checked_at: '2026-03-04T01:00:00Z', checked_by: person }],
      times: [{ work_days: 5, why: '忙', at: '2026-03-02T02:00:00Z', by: person, granted: null, opinion: '', decided_at: '', decided_by: null, due_before: '', due_after: '' }],
    },
  } as unknown as ProblemView
  expect(steps(view).map((each) => each.key)).toEqual(['refused', 'replied', 'time_asked', 'raised'])
  expect(steps(view)[1]?.who).toBe('张三（代李四）')
})

it('offers to close on what was brought since the last reopening, and on ledgers that are not of payments', () => {
  const file = (number: number, kind: string, at: string) => ({ number, kind, at, name: '', sha256: '', bytes: 1, by: person })
  const problem = {
    evidence: [file(1, '会计凭证', '2026-03-02T01:00:00Z'), file(2, '', '2026-03-09T01:00:00Z'), file(3, '会计凭证', '2026-03-09T01:00:00Z')],
    remarks: [{ action: 'reopen' as const, text: '又错了', at: '2026-03-05T01:00:00Z', by: person }],
  }
  expect(closable(problem, ['会计凭证']).map((each) => each.number)).toEqual([3])
  expect(closable({ ...problem, remarks: [] }, ['会计凭证']).map((each) => each.number)).toEqual([1, 3])
  expect(changeable(new Map([['project', '预算项目'], ['payment', '项目支付']]), ['payment'])).toEqual([['project', '预算项目']])
})

it('parts numbers however they are written', () => {
  expect(numbersIn('Z1，Z2、Z3; Z4\n')).toEqual(['Z1', 'Z2', 'Z3', 'Z4'])
})
