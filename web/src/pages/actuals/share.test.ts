import { expect, test } from 'vitest'
import { shareOf } from './share'

test('a target that is met fills the bar, one that is missed never does', () => {
  expect(shareOf({ target: '>300个', value: '311', met: true })).toBe(100)
  expect(shareOf({ target: '>10000万元', value: '9192.70', met: false })).toBe(92)
  expect(shareOf({ target: '>300个', value: '300', met: false })).toBe(99)
})

test('where less is better the bar shrinks with more', () => {
  expect(shareOf({ target: '≤3%', value: '6', met: false })).toBe(50)
})

test('what cannot be told is a thin line', () => {
  expect(shareOf({ target: '=0次', value: '2', met: false })).toBe(4)
  expect(shareOf({ target: '定性：提升', value: null, met: null })).toBe(4)
})
