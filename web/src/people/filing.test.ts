import { expect, it } from 'vitest'
import type { Filing, Signature } from '@/api/types'
import { lineOf, needsAnother } from './filing'

const signature = (step: Signature['step']): Signature => ({ step, name: '李', for_name: null, at: '2026-11-26T01:00:00Z', opinion: null, content: '' })
const filing: Filing = { round: 1, steps: ['unit', 'section', 'leader'], signatures: [signature('unit')], adjusts: null, adjust_why: null, filed_before: null, review: { judged: [], waivers: [], proposal: null, declined: null } }

it('the first step without a signature is the one that is waited for', () => {
  expect(lineOf(filing, 'submitted').map(({ step, waiting, signature: signed }) => [step, waiting, signed?.name ?? null])).toEqual([
    ['unit', false, '李'],
    ['section', true, null],
    ['leader', false, null],
  ])
  expect(lineOf({ ...filing, signatures: filing.steps.map(signature) }, 'approved').some((one) => one.waiting)).toBe(false)
})
it('who may return it and not sign it is told that another must', () => {
  expect(needsAnother('submitted', ['return'])).toBe(true)
  expect(needsAnother('submitted', ['return', 'approve'])).toBe(false)
  expect(needsAnother('submitted', [])).toBe(false)
})
