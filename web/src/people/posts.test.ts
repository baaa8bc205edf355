import { expect, it } from 'vitest'
import type { Post } from '@/api/types'
import { daysAfter, today } from './day'
import { clash, termOf, troubleWith } from './posts'

const post = (more: Partial<Post>): Post => ({ role: 'unit_clerk', unit: 'u', from: null, to: null, ...more })

it('a post is in force from its first day through its last', () => {
  const term = post({ from: '2026-11-01', to: '2026-11-30' })
  expect(termOf(term, '2026-10-31')).toBe('later')
  expect(termOf(term, '2026-11-01')).toBe('now')
  expect(termOf(term, '2026-11-30')).toBe('now')
  expect(termOf(term, '2026-12-01')).toBe('over')
  expect(termOf(post({}), '2026-12-01')).toBe('now')
})
it('a post of a unit wants its unit, and days in order', () => {
  expect(troubleWith(post({ unit: null }))).toBe('place')
  expect(troubleWith(post({ role: 'bureau_leader', unit: null }))).toBeNull()
  expect(troubleWith(post({ from: '2026-12-01', to: '2026-11-01' }))).toBe('days')
})
it('an administrator holds no other post', () => {
  expect(clash([post({ role: 'system_admin', unit: null })])).toBe(false)
  expect(clash([post({}), post({ role: 'unit_head' })])).toBe(false)
  expect(clash([post({ role: 'system_admin', unit: null }), post({})])).toBe(true)
  expect(clash([post({ role: 'system_admin', unit: null }), post({ role: 'audit_admin', unit: null })])).toBe(true)
})
it('days are those of the bureau, wherever the browser is', () => {
  expect(today(new Date('2026-11-25T16:30:00Z'))).toBe('2026-11-26')
  expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01')
  expect(daysAfter('2028-03-01', -1)).toBe('2028-02-29')
})
