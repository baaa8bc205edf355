// How far a filing has come, as the page tells it.
import type { Action, Filing, Signature, State, Step, Summary } from '@/api/types'

export interface StepOnLine {
  step: Step
  signature: Signature | null
  waiting: boolean
}

export function lineOf(filing: Filing, state: State): StepOnLine[] {
  return filing.steps.map((step, i) => ({ step, signature: filing.signatures[i] ?? null, waiting: state === 'submitted' && i === filing.signatures.length }))
}

/** Returning takes the post alone, signing a second person, too: who may return and not sign has had his hand in it. */
export const needsAnother = (state: State, actions: Action[]): boolean => state === 'submitted' && actions.includes('return') && !actions.includes('approve')

/** 批复 at the last step, 审核通过 before it. */
export const approvalName = (step: Step | null): 'approve' | 'approve_last' => (step === 'leader' ? 'approve_last' : 'approve')

/** The official documents that there is something to put into. */
export function officialDocuments(loaded: { submission: Pick<Summary, 'state'>; filing: Pick<Filing, 'round' | 'adjusts'> }): ('opinion' | 'return' | 'approval')[] {
  const { state } = loaded.submission
  const returned = state === 'returned' || loaded.filing.round > 1
  const approved = state === 'approved' || loaded.filing.adjusts !== null
  return ['opinion', ...(returned ? (['return'] as const) : []), ...(approved ? (['approval'] as const) : [])]
}
