import { expect, it } from 'vitest'
import type { Publishable } from '@/api/types'
import { at_once, matches, owed, publishable, publishAll } from './publishing'

const one = (over: Partial<Publishable> = {}): Publishable => ({
  submission: 'a',
  unit: 'u',
  code: '201001',
  name: '甲局',
  section: null,
  tables: 2,
  approved_revision: 5,
  approved_at: '2026-03-02T01:00:00Z',
  adjusting: false,
  state: 'due',
  due: '2026-03-22',
  days_left: 20,
  overdue: false,
  provisional: false,
  revision: 0,
  published_revision: null,
  published_at: null,
  published_by: null,
  version_code: null,
  why: null,
  ...over,
})

it('what is out, barred or not approved is not offered', () => {
  expect(publishable(one())).toBe(true)
  expect(publishable(one({ state: 'outdated' }))).toBe(true)
  expect(publishable(one({ state: 'published' }))).toBe(false)
  expect(publishable(one({ state: 'barred' }))).toBe(false)
  expect(publishable(one({ approved_revision: 0 }))).toBe(false)
})

it('what was withdrawn is not chosen with the others', () => {
  expect(publishable(one({ state: 'withdrawn' }))).toBe(true)
  expect(owed(one({ state: 'withdrawn' }))).toBe(false)
})

it('filters by state, and by what is late', () => {
  expect(matches(one(), null)).toBe(true)
  expect(matches(one(), 'published')).toBe(false)
  expect(matches(one({ overdue: true }), 'overdue')).toBe(true)
})

it('publishes a few at a time at the revision that was seen, and counts what was refused', async () => {
  const all = Array.from({ length: at_once + 3 }, (_, i) => one({ submission: `s${i}`, approved_revision: i + 1 }))
  const calls: { id: string; revision: number }[][] = []
  const steps: number[] = []
  const act = (items: { id: string; revision: number }[]): Promise<{ id: string; code: string | null; message: string | null }[]> => {
    calls.push(items)
    return Promise.resolve(items.map(({ id }) => (id === 's1' ? { id, code: 'stale-revision', message: '变了' } : { id, code: null, message: null })))
  }
  const result = await publishAll(all, act, (done) => steps.push(done))
  expect(calls.map((call) => call.length)).toEqual([at_once, 3])
  expect(calls[0]?.[1]).toEqual({ id: 's1', revision: 2 })
  expect(steps).toEqual([0, at_once])
  expect(result.done).toBe(at_once + 2)
  expect(result.refused.map((each) => each.message)).toEqual(['变了'])
})
