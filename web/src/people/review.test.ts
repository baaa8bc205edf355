import { describe, expect, it } from 'vitest'
import type { Submission } from '@/api/types'
import { mayPropose, openErrors, pointsFault, stopped } from './review'

const submission = (grade: string, waived: string[], proposal: object | null = null): Submission =>
  ({
    audit: { findings: [{ key: 'a', severity: 'error' }, { key: 'b', severity: 'error' }, { key: 'c', severity: 'warning' }] },
    grades: [{ table: 0, grade }],
    may_review: true,
    rules: { passing_grades: ['优', '良'], editable_grades: ['良'] },
    filing: { review: { judged: [], waivers: waived.map((finding) => ({ finding })), proposal } },
  }) as unknown as Submission

describe('review', () => {
  it('counts the errors that are not waived', () => {
    expect(openErrors(submission('优', ['a'])).map((one) => one.key)).toEqual(['b'])
  })
  it('knows which tables cannot go on', () => {
    expect(stopped(submission('中', []))).toHaveLength(1)
    expect(stopped(submission('良', []))).toHaveLength(0)
  })
  it('lets the auditor write only in tables graded so, and one proposal at a time', () => {
    expect(mayPropose(submission('良', []))).toBe(true)
    expect(mayPropose(submission('中', []))).toBe(false)
    expect(mayPropose(submission('良', [], {}))).toBe(false)
  })
  it('takes points with two decimals up to what the aspect has', () => {
    expect(pointsFault('29.75', '30')).toBeNull()
    expect(pointsFault('30', '30')).toBeNull()
    expect(pointsFault('30.01', '30')).toBe('range')
    expect(pointsFault('二十', '30')).toBe('shape')
    expect(pointsFault('-1', '30')).toBe('shape')
    expect(pointsFault('1.234', '30')).toBe('shape')
  })
})
